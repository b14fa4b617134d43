"""Whatever is sent is kept as it is or refused with the fields at fault; the service goes on."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import orjson
import pytest

from pyispyb.app import LARGEST_BODY
from pyispyb.tables import DataCollection, DataCollectionGroup
from tests.world import World

GROUP, COLLECTION, SCAN = "/datacollections/group", "/datacollections/datacollection", "/events/energyscan"
JSON = {"Content-Type": "application/json"}


async def send(world: World, path: str, content: Any, **headers: str) -> httpx.Response:
    async with world.as_("key") as client:
        return await client.post(path, content=content, headers={**JSON, **headers})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"{'a': 1}",
        b"[]",
        b"null",
        b"5",
        b'"text"',
        b"\xff\xfe{}",
        b'{"sessionId": 1, "sessionId": [2]}',
        b'{"sessionId": {"deeper": 1}}',
        b"[" * 1000 + b"]" * 1000,
        b"[" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"sessionId": ' + b"9" * 5000 + b"}",
        b'{"sessionId": 1e400}',
    ],
    ids=range(15),
)
async def test_a_body_that_cannot_be_read_is_refused(world: World, content: bytes) -> None:
    for path in (GROUP, COLLECTION, SCAN, "/sessions", "/images/image", "/auth/login"):
        answer = await send(world, path, content)
        assert answer.status_code in {400, 401, 422}, answer.text
        assert len(answer.content) < 5000


async def test_what_is_nested_deep_in_a_field_that_is_passed_over_is_harmless(world: World) -> None:
    nested = b'{"sessionId": %d, "motors": ' % world.ids["session"] + b"[" * 500 + b"]" * 500 + b"}"
    assert (await send(world, GROUP, nested)).status_code == 201


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e400", b'"nan"', b'"inf"'])
async def test_what_is_no_finite_number_is_refused(world: World, number: bytes) -> None:
    body = b'{"sessionId": %d, "startEnergy": %b, "flux": %b}' % (world.ids["session"], number, number)
    answer = await send(world, SCAN, body)
    assert answer.status_code == 422
    assert {error["path"] for error in answer.json()["errors"]} == {"startEnergy", "flux"}


async def test_every_wrong_field_of_a_body_is_named_at_once(world: World) -> None:
    body = {
        "group_id": "x",
        "wavelength": "blue",
        "oscillation_sequence": [{"exposure_time": -1, "number_of_images": "many"}],
        "collection_start_time": "yesterday",
    }
    problem = await world.refused("key", "POST", COLLECTION, json=body)
    assert [error["path"] for error in problem["errors"]] == [
        "group_id",
        "oscillation_sequence[0].number_of_images",
        "oscillation_sequence[0].exposure_time",
        "collection_start_time",
        "wavelength",
    ]


@pytest.mark.parametrize("key", [0, -1, 2**31, 2**32, 2**63, 2**64, 10**30])
async def test_keys_beyond_every_row_are_refused(world: World, key: int) -> None:
    ids = world.ids
    bodies: list[tuple[str, dict[str, Any]]] = [
        (GROUP, {"sessionId": key}),
        (COLLECTION, {"group_id": key}),
        (COLLECTION, {"collection_id": key}),
        *([(COLLECTION, {"group_id": ids["group"], "detectorId": key})] if key > 0 else []),
        ("/images/image", {"dataCollectionId": key, "imageNumber": 1}),
        ("/images/image", {"dataCollectionId": ids["collection"], "imageNumber": key or -1}),
        ("/datacollections/grid-info", {"dataCollectionId": key, "steps_x": 1, "steps_y": 1}),
        ("/datacollections/quality", {"dataCollectionId": key, "imageNumber": [1]}),
        ("/sessions", {"proposalId": key, "beamLineName": "BL1", "startDate": "2030-01-01", "endDate": "2030-01-02"}),
    ]
    before = await world.count(DataCollection, DataCollectionGroup)
    for path, body in bodies:
        answer = await send(
            world, path, orjson.dumps(body) if abs(key) < 2**63 else str(body).replace("'", '"').encode()
        )
        if body.get("imageNumber") == key and 0 < key < 2**63:
            continue  # an image may have any number that the database keeps
        assert answer.status_code in {404, 422}, (path, body, answer.text)
    assert await world.count(DataCollection, DataCollectionGroup) == before


async def test_a_text_that_is_too_long_is_refused_with_its_limit(world: World) -> None:
    problem = await world.refused(
        "key", "POST", SCAN, json={"sessionId": world.ids["session"], "element": "Se" * 100_000}
    )
    assert [error["path"] for error in problem["errors"]] == ["element"]
    assert "45" in problem["errors"][0]["message"]
    assert len(problem["detail"]) < 500


@pytest.mark.parametrize(
    "text", ["😀 crystal", "Größe in Å, 5 €", "日本語", "a\0b", "'; DROP TABLE BLSession; --", "\\' \" %s %(a)s :x ?"]
)
async def test_a_text_is_kept_letter_by_letter_or_refused_by_its_field(world: World, text: str) -> None:
    answer = await send(world, COLLECTION, orjson.dumps({"group_id": world.ids["group"], "comments": text}))
    if answer.status_code == 422:
        assert [error["path"] for error in answer.json()["errors"]] == ["comments"]
        characters = world.service.databases.catalogue.facts(DataCollection.comments).character_set
        assert characters == "latin1"
        with pytest.raises(UnicodeEncodeError):
            text.encode("cp1252")
    else:
        kept = await world.get("key", f"/datacollections/{answer.json()['dataCollectionId']}")
        assert kept["comments"] == text


async def test_numbers_that_a_column_cannot_keep_are_refused_by_their_field(world: World) -> None:
    largest = world.service.databases.catalogue.facts(DataCollection.numberOfImages).maximum
    assert largest is not None
    sweep = {"number_of_images": largest + 1}
    problem = await world.refused(
        "key", "POST", COLLECTION, json={"group_id": world.ids["group"], "oscillation_sequence": [sweep]}
    )
    assert problem["status"] == 422
    (error,) = problem["errors"]
    assert error["path"] in {"numberOfImages", "oscillation_sequence[0].number_of_images"}


async def test_a_body_beyond_the_limit_is_refused_before_it_is_read(world: World) -> None:
    for path in (COLLECTION, "/auth/login"):
        answer = await send(world, path, b" " * (LARGEST_BODY + 1))
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"].endswith("/too-large")


async def test_a_body_that_hides_its_length_is_cut_off_at_the_limit(world: World) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(1000):
            read += 2**20
            yield b" " * 2**20

    answer = await send(world, COLLECTION, endless())
    assert answer.status_code == 413
    assert answer.json()["type"].endswith("/too-large")


@pytest.mark.parametrize("key", ["x" * 121, ""])
async def test_an_idempotency_key_has_1_to_120_letters(world: World, key: str) -> None:
    answer = await send(world, GROUP, orjson.dumps({"sessionId": world.ids["session"]}), **{"Idempotency-Key": key})
    assert answer.status_code == 422
    assert [error["path"] for error in answer.json()["errors"]] == ["Idempotency-Key"]


async def test_a_body_that_is_not_json_is_refused(world: World) -> None:
    body = orjson.dumps({"sessionId": world.ids["session"]})
    async with world.as_("key") as client:
        answer = await client.post(GROUP, content=body, headers={"Content-Type": "text/plain"})
    assert answer.status_code == 422
