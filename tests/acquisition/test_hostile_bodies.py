"""Whatever is sent is kept as it is or refused with the fields at fault; the service goes on."""

import re
from collections.abc import AsyncIterator, Collection
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from sqlalchemy.exc import OperationalError

from pyispyb.app import API_BASE, BULK_WRITES, LARGEST_BODY, STREAMS
from pyispyb.auth.dependencies import ACCESS_COOKIE, PAGE_HEADER
from pyispyb.db.database import Database
from pyispyb.settings import Settings
from pyispyb.tables import DataCollection, DataCollectionGroup
from tests.test_protection import ALWAYS
from tests.world import World

GROUP, COLLECTION, SCAN = "/datacollections/group", "/datacollections/datacollection", "/events/energyscan"
QUALITY = "/datacollections/quality"
SMALL = Settings.model_fields["body_bytes"].default
IMAGES = 10_000
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
        b"[" * 60_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
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
        "key", "POST", SCAN, json={"sessionId": world.ids["session"], "element": "Se" * 30_000}
    )
    assert [error["path"] for error in problem["errors"]] == ["element"]
    assert "45" in problem["errors"][0]["message"]
    assert len(problem["detail"]) < 500


@pytest.mark.parametrize(
    "text", ["😀 crystal", "Größe in Å, 5 €", "日本語", "'; DROP TABLE BLSession; --", "\\' \" %s %(a)s :x ?"]
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


async def test_a_nul_is_refused_by_the_field_that_it_stands_in(world: World) -> None:
    answer = await send(world, COLLECTION, orjson.dumps({"group_id": world.ids["group"], "comments": "a\0b"}))
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"path": "comments", "message": "has a NUL character"}]


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


# -- how much may be sent


def is_problem(answer: httpx.Response, status: int, kind: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith(f"/{kind}")
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


class Sent:
    """A body without a length; counts how much of it is read."""

    def __init__(self, content: bytes, times: int) -> None:
        self.content, self.times, self.read = content, times, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(self.times):
            self.read += len(self.content)
            yield self.content


async def ask(world: World, role: str, path: str, content: Any, **headers: str) -> httpx.Response:
    async with world.as_(role) as client:
        return await client.post(path, content=content, headers={**JSON, **headers})


def quality(world: World, collection: str) -> bytes:
    """Indicators of so many images that they need more than other requests may have."""
    columns = {"imageNumber": list(range(1, IMAGES + 1)), "dozor_score": [1.5] * IMAGES}
    return orjson.dumps({"dataCollectionId": world.ids[collection], **columns})


async def test_a_body_beyond_the_limit_is_refused_before_it_is_read(world: World) -> None:
    for path in (COLLECTION, SCAN, "/auth/login", "/auth/refresh", "/nothing", f"{QUALITY}/more"):
        is_problem(await send(world, path, b" " * (SMALL + 1)), 413, "too-large")
        assert (await send(world, path, b" " * SMALL)).status_code != 413


async def test_a_body_that_hides_its_length_is_cut_off_at_the_limit(world: World) -> None:
    for path in (COLLECTION, "/auth/login"):
        body = Sent(b" " * 10_000, 1000)
        answer = await send(world, path, body)
        is_problem(answer, 413, "too-large")
        assert "64 KiB" in answer.json()["detail"]
        assert body.read <= SMALL + 20_000


async def test_a_key_may_send_indicators_of_many_images(world: World) -> None:
    content = quality(world, "collection")
    assert len(content) > SMALL
    assert (await ask(world, "key", QUALITY, content)).json()["added"] == IMAGES

    async def in_parts() -> AsyncIterator[bytes]:
        content = quality(world, "second_collection")
        for begin in range(0, len(content), 10_000):
            yield content[begin : begin + 10_000]

    assert (await ask(world, "key", QUALITY, in_parts())).json()["added"] == IMAGES


async def test_nobody_may_send_more_than_the_largest_bulk_write(world: World) -> None:
    is_problem(await ask(world, "key", QUALITY, b" " * (LARGEST_BODY + 1)), 413, "too-large")
    body = Sent(b" " * 2**20, 1000)
    answer = await ask(world, "key", QUALITY, body)
    is_problem(answer, 413, "too-large")
    assert "16384 KiB" in answer.json()["detail"]
    assert body.read <= LARGEST_BODY + 2 * 2**20


@pytest.mark.parametrize(
    ("role", "token", "status", "kind"),
    [
        ("nobody", None, 401, "not-logged-in"),
        ("nobody", "unknown", 401, "not-logged-in"),
        ("nobody", "ispyb_" + "x" * 43, 401, "not-logged-in"),
        ("member", None, 403, "not-allowed"),
        ("administrator", None, 403, "not-allowed"),
    ],
)
async def test_a_bulk_write_is_read_only_of_those_who_may_make_it(
    world: World, role: str, token: str | None, status: int, kind: str
) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    declared = Sent(b"{},", 2**20)
    answer = await ask(world, role, QUALITY, declared, **headers, **{"Content-Length": str(3 * 2**20)})
    is_problem(answer, status, kind)
    assert declared.read == 0
    hidden = Sent(b"[{}," * 2500, 1000)
    is_problem(await ask(world, role, QUALITY, hidden, **headers), status, kind)
    assert hidden.read <= SMALL + 20_000


async def test_another_sites_page_sends_no_bulk_write(world: World) -> None:
    cookie = {"Cookie": f"{ACCESS_COOKIE}={world.tokens['member']}"}
    answer = await ask(world, "nobody", QUALITY, b" " * (SMALL + 1), **cookie)
    is_problem(answer, 403, "not-allowed")
    assert PAGE_HEADER in answer.json()["detail"]


async def test_a_bulk_write_waits_for_the_database(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: Any) -> Any:
        raise OperationalError("SELECT", {}, Exception("the server has gone away"))

    monkeypatch.setattr(Database, "rows", away)
    is_problem(await ask(world, "key", QUALITY, b" " * (SMALL + 1)), 503, "unavailable")
    is_problem(await ask(world, "key", QUALITY, Sent(b" " * 10_000, 100)), 503, "unavailable")


async def test_every_bulk_write_is_one_that_is_offered(world: World) -> None:
    offered = world.service.app.openapi()["paths"]
    assert all("post" in offered[API_BASE + path] for path in (*BULK_WRITES, *STREAMS))


@pytest.mark.parametrize(("size", "paths"), [("16m", BULK_WRITES), ("0", STREAMS)])
def test_the_example_of_a_proxy_lets_bulk_writes_through(size: str, paths: Collection[str]) -> None:
    example = (Path(__file__).parents[2] / "docs" / "how-to" / "install-for-production.md").read_text()
    found = re.search(rf"location ~ (\S+) \{{[^}}]*client_max_body_size +{size};", example)
    assert found is not None
    assert all(re.search(found[1], API_BASE + path) for path in paths)


@pytest.mark.parametrize("key", ["x" * 121, ""])
async def test_an_idempotency_key_has_1_to_120_letters(world: World, key: str) -> None:
    answer = await send(world, GROUP, orjson.dumps({"sessionId": world.ids["session"]}), **{"Idempotency-Key": key})
    assert answer.status_code == 422
    assert [error["path"] for error in answer.json()["errors"]] == ["Idempotency-Key"]


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "text/plain"}, {"Content-Type": "nonsense"}])
async def test_a_body_that_is_not_called_json_is_refused(world: World, headers: dict[str, str]) -> None:
    body = orjson.dumps({"sessionId": world.ids["session"]})
    problem = await world.refused("key", "POST", GROUP, content=body, headers=headers)
    assert problem["type"].endswith("/unsupported-media-type")
    assert (problem["status"], problem["errors"]) == (415, [])
    assert "Content-Type: application/json" in problem["detail"]
    hidden = await world.refused("nobody", "POST", GROUP, content=body, headers=headers)
    assert hidden["status"] == 401
    async with world.as_("key") as client:
        answer = await client.post(
            GROUP, content=body, headers={"Content-Type": "application/vnd.x+json;charset=utf-8"}
        )
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"password": "s3cret"', "line 1, column 22"),
        (b'{"a": 1,\n\n  "password": s3cret}', "line 3, column 15"),
        ('{"ä": 1}\n "s3cret'.encode(), "line 2, column 2"),
        (b"s3cret", "line 1, column 1"),
        (b'{"a": "' + b"1" * 10_000 + b'" s3cret', "line 1, column 10010"),
        (b'{"a": ' + b"1" * 10_000 + b"}", "line 1, column 7"),
        (b'{"a": "s3cret\xff"}', "not valid UTF-8: surrogates not allowed at line 1, column 1"),
        (b"[" * 2000 + b'"s3cret"', "line 1, column 1026"),
    ],
)
async def test_where_json_breaks_is_told_and_nothing_of_it(world: World, body: bytes, place: str) -> None:
    problem = await world.refused("key", "POST", GROUP, content=body, headers={"Content-Type": "application/json"})
    assert problem["status"] == 422
    assert problem["detail"].endswith(place)
    assert problem["errors"] == [{"path": "", "message": problem["detail"]}]
    assert "s3cret" not in problem["detail"]
    assert len(problem["detail"]) < 150


async def test_a_body_that_is_missing_is_said_to_be(world: World) -> None:
    problem = await world.refused("key", "POST", GROUP)
    assert problem["errors"] == [{"path": "", "message": problem["detail"]}]
    assert problem["detail"] == "A body is needed, and none was sent"


async def test_of_a_name_that_is_there_twice_the_last_value_counts(world: World) -> None:
    body = f'{{"sessionId": {world.ids["session"]}, "comments": "first", "comments": "last"}}'
    async with world.as_("key") as client:
        answer = await client.post(GROUP, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 201, answer.text
    group = await world.get("member", f"/datacollections/group/{answer.json()['dataCollectionGroupId']}")
    assert group["comments"] == "last"
