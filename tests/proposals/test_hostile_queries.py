"""Whatever is asked in an address is answered: with what was meant, or with what is wrong about it."""

import base64
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from sqlalchemy import update

from pyispyb.tables import Proposal
from tests.world import World

LISTS = (
    "/proposals",
    "/sessions",
    "/events",
    "/samples",
    "/samples/sub",
    "/proteins",
    "/containers",
    "/beamline-setups",
)
PAGED = (*LISTS, "/datacollections/attachments")
ODD_TEXTS = (
    "' OR 1=1 --",
    '"; DROP TABLE Proposal; --',
    "\\",
    "\0",
    "a\0b",
    "😀",
    "𝕏" * 40,
    "ü€ß",
    "%",
    "_",
    "%%%",
    "-",
    "--1",
    "mx-",
    "-999999999999999999999",
    "mx1-99999999999",
    "١٢٣",
    "mx-²",
    " ",
    "\u202e\u0000\ufeff",
)


def needs(path: str) -> dict[str, str]:
    return {"dataCollectionId": "1"} if path == "/datacollections/attachments" else {}


@pytest.mark.parametrize("text", ODD_TEXTS)
async def test_odd_texts_find_nothing_and_break_nothing(furnished: World, text: str) -> None:
    asked = [
        *((path, {"search": text}) for path in ("/proposals", "/sessions", "/events", "/samples", "/proteins")),
        *((path, {"proposal": text}) for path in ("/sessions", "/events", "/samples", "/containers", "/persons")),
        *((path, {"beamLineName": text}) for path in ("/proposals", "/sessions", "/events", "/beamline-setups")),
        ("/proposals", {"proposalCode": text}),
        ("/proposals", {"proposalNumber": text}),
        ("/sessions", {"session": text}),
        ("/sessions", {"sessionType": text}),
        ("/sessions", {"beamLineGroup": text}),
        ("/events", {"session": text}),
        ("/events", {"eventType": text}),
    ]
    found = {}
    async with furnished.as_("stranger") as client:
        for path, query in asked:
            answer = await client.get(path, params=query)
            assert answer.status_code in {200, 422}, answer.text
            if answer.status_code == 200 and answer.json()["results"]:
                found[path] = query
        assert found == {}
        for path in (f"/proposals/{quote(text, safe='')}", f"/detectors?model={quote(text)}"):
            assert (await client.get(path)).status_code in {404, 422}


@pytest.mark.parametrize("text", ODD_TEXTS)
async def test_odd_texts_are_harmless_to_those_who_see_much(furnished: World, text: str) -> None:
    async with furnished.as_("administrator") as client:
        for path in ("/proposals", "/sessions", "/events", "/samples", "/proteins"):
            answer = await client.get(path, params={"search": text, "limit": 5})
            assert answer.status_code in {200, 422}, answer.text


@pytest.mark.parametrize(
    ("text", "matches"), [("100%", True), ("0%_", False), ("%", True), ("_", False), ("0_", False)]
)
async def test_wildcards_of_sql_are_ordinary_letters(world: World, text: str, matches: bool) -> None:
    async with world.service.database() as db:
        await db.execute(
            update(Proposal).where(Proposal.proposalId == world.ids["proposal"]).values(title="Yield of 100% and more")
        )
    found = await world.get("member", "/proposals", search=text)
    assert bool(found["results"]) == matches


@pytest.mark.parametrize("limit", ["0", "-1", "501", "ten", "1e2", ""])
@pytest.mark.parametrize("path", PAGED)
async def test_a_limit_is_between_1_and_500(furnished: World, path: str, limit: str) -> None:
    problem = await furnished.refused("member", "GET", path, params={"limit": limit, **needs(path)})
    assert (problem["status"], [error["path"] for error in problem["errors"]]) == (422, ["limit"])


def _cursor(content: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(content)).rstrip(b"=").decode()


CURSORS = (
    "garbage",
    "",
    "ééé",
    "AAAA",
    "e30",
    _cursor(5),
    _cursor([]),
    _cursor({}),
    _cursor(None),
    _cursor([None]),
    _cursor(["x"]),
    _cursor([1, 2, 3]),
    _cursor([True]),
    _cursor([1.5]),
    _cursor([2**64 - 1]),
    _cursor([-(2**63)]),
    _cursor([1e300]),
    _cursor([None, {"dc": 5}]),
    _cursor([None, {"dc": ["2026-01-01", 1, 2]}]),
    _cursor([["x", 1], {}]),
    _cursor([None, {"dc": [None, True]}]),
    _cursor([None, {"dc": ["2026-01-01T00:00:00+02:00", 1]}]),
    _cursor(["2026-01-01T00:00:00+02:00", 1]),
    _cursor([["2026-01-01T00:00:00Z", 1], {}]),
)


@pytest.mark.parametrize("cursor", CURSORS)
async def test_a_cursor_that_is_not_ours_is_refused_or_harmless(furnished: World, cursor: str) -> None:
    async with furnished.as_("member") as client:
        for path in PAGED:
            answer = await client.get(path, params={"after": cursor, **needs(path)})
            assert answer.status_code in {200, 422}, answer.text
            if answer.status_code == 422:
                assert [error["path"] for error in answer.json()["errors"]] == ["after"]


async def test_a_cursor_of_another_list_is_refused(furnished: World) -> None:
    sessions = (await furnished.get("member", "/sessions", limit=1))["next"]
    events = (await furnished.get("member", "/events", sessionId=furnished.ids["session"], limit=1))["next"]
    for path, cursor in (("/events", sessions), ("/sessions", events), ("/samples", sessions), ("/proposals", events)):
        problem = await furnished.refused("member", "GET", path, params={"after": cursor})
        assert [error["path"] for error in problem["errors"]] == ["after"]


@pytest.mark.parametrize("path", [*PAGED, "/persons", "/user/current", "/auth/config", "/detectors", "/events/types"])
async def test_a_parameter_that_is_not_known_is_refused(furnished: World, path: str) -> None:
    problem = await furnished.refused("member", "GET", path, params={"unknown": "1", "Limit2": "x"})
    assert problem["status"] == 422
    assert {"unknown", "Limit2"} <= {error["path"] for error in problem["errors"]}


async def test_a_second_value_of_a_parameter_that_has_one_is_refused(furnished: World) -> None:
    ids = furnished.ids
    twice = {"sessionId": [ids["session"], ids["other_session"]], "limit": [1, 2], "blSampleId": 1, "none": [1, 2]}
    problem = await furnished.refused("member", "GET", "/events", params=twice)
    assert (problem["status"], [error["path"] for error in problem["errors"]]) == (422, ["limit", "none", "sessionId"])
    assert "sessionId is there more than once" in problem["detail"]
    several = {"proposal": furnished.proposal, "rank": ["rMerge:overall", "completeness:overall"]}
    await furnished.get("member", "/processings/results", **several)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/events", {"status": "wonderful"}),
        ("/samples", {"status": "wonderful"}),
        ("/samples", {"order_by": "crystalId"}),
        ("/samples", {"order": "sideways"}),
        ("/sessions", {"order": "sideways"}),
        ("/sessions", {"active": "perhaps"}),
        ("/sessions", {"month": "13"}),
        ("/sessions", {"day": "0"}),
        ("/sessions", {"year": "1"}),
        ("/sessions", {"total": "about"}),
    ],
)
async def test_a_value_that_is_not_known_is_refused(furnished: World, path: str, query: dict[str, str]) -> None:
    problem = await furnished.refused("member", "GET", path, params=query)
    assert (problem["status"], [error["path"] for error in problem["errors"]]) == (422, list(query))


async def test_every_wrong_field_is_named_at_once(furnished: World) -> None:
    query = {"limit": "0", "skip": "-1", "month": "13", "order": "sideways", "proposalId": "x"}
    problem = await furnished.refused("member", "GET", "/sessions", params=query)
    assert {"limit", "skip", "month", "order", "proposalId"} == {error["path"] for error in problem["errors"]}


KEYS = {
    "/events": (
        "sessionId",
        "proposalId",
        "dataCollectionId",
        "dataCollectionGroupId",
        "blSampleId",
        "blSubSampleId",
        "proteinId",
    ),
    "/events/types": ("sessionId", "dataCollectionId"),
    "/proposals": ("proposalId",),
    "/sessions": ("proposalId",),
    "/samples": ("proteinId", "containerId", "sessionId"),
    "/samples/sub": ("blSampleId", "proteinId"),
    "/containers": ("sessionId",),
    "/persons": ("sessionId",),
    "/datacollections/attachments": ("dataCollectionId", "dataCollectionGroupId"),
    "/datacollections/quality": ("dataCollectionId",),
}
THINGS = ("/sessions/{}", "/samples/{}", "/proteins/{}", "/containers/{}", "/datacollections/{}", "/beamline-setups/{}")


@pytest.mark.parametrize("key", [0, -1, 2**31, 2**32, 2**63, 2**64, 10**30])
async def test_keys_beyond_every_row_find_nothing(furnished: World, key: int) -> None:
    async with furnished.as_("administrator") as client:
        for path, names in KEYS.items():
            for name in names:
                answer = await client.get(path, params={name: key})
                assert answer.status_code in {200, 404, 422}, (path, name, answer.text)
                if answer.status_code == 200 and path != "/events/types":
                    assert answer.json()["results"] == []
        for path in THINGS:
            assert (await client.get(path.format(key))).status_code in {404, 422}


async def test_an_address_that_is_none_and_a_method_that_is_not_there_are_problems(furnished: World) -> None:
    async with furnished.as_("member") as client:
        missing = await client.get("/no/such/thing")
        wrong = await client.delete("/sessions")
    for answer, status in ((missing, 404), (wrong, 405)):
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
