"""Reading the audit trail: filtered, paged, exported, and by nobody who may not."""

from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import insert

from pyispyb.audit import service
from pyispyb.clock import local_now, local_of, utc_now
from pyispyb.tables import Audit
from tests.admin.trail import entries
from tests.world import World

LONG_AGO = datetime(2020, 3, 4, 5, 6, 7)


async def write(world: World, count: int = 1, **values: Any) -> str:
    """Entries of long ago, as another program would write them; answers whom they are about."""
    subject = f"person:{9_000_000 + world.number}"
    row = {"doneAt": LONG_AGO, "subject": subject, "action": "export", "login": f"log {world.number}", **values}
    async with world.service.database() as db:
        await db.execute(insert(Audit), [{**row, "objectId": str(number)} for number in range(count)])
    return subject


async def test_an_entry_says_who_did_what_when_and_from_where(world: World) -> None:
    subject = await write(world, address="2001:db8::1", objectKind="sample", detail='{"rows": 3}', request="0f")
    (entry,) = (await world.get("admin", "/admin/activity", subject=subject))["results"]
    del entry["auditId"]
    assert entry == {
        "doneAt": local_of(LONG_AGO).isoformat(),
        "doneAtUtc": "2020-03-04T05:06:07Z",
        "subject": subject,
        "login": f"log {world.number}",
        "address": "2001:db8::1",
        "action": "export",
        "objectKind": "sample",
        "objectId": "0",
        "detail": {"rows": 3},
        "request": "0f",
    }


@pytest.mark.parametrize("detail", ["not JSON", "[1]", '"text"', "null", "{"])
async def test_the_trail_stays_readable_whatever_was_written_into_it(world: World, detail: str) -> None:
    subject = await write(world, detail=detail)
    (entry,) = (await world.get("admin", "/admin/activity", subject=subject))["results"]
    assert isinstance(entry["detail"], dict)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"action": "export"}, True),
        ({"action": "login"}, False),
        ({"login": "LOG {number}"}, True),
        ({"login": "log"}, False),
        ({"objectKind": "sample"}, True),
        ({"objectKind": "sample", "objectId": "0"}, True),
        ({"objectKind": "sample", "objectId": "7"}, False),
        ({"since": "{before}"}, True),
        ({"since": "{at}", "until": "{at}"}, True),
        ({"since": "{after}"}, False),
        ({"until": "{before}"}, False),
        ({"until": "{after}+05:00"}, True),
        ({"action": "no such word"}, False),
        ({"action": "exp%"}, False),
    ],
)
async def test_filters_find_what_they_say(world: World, query: dict[str, str], found: bool) -> None:
    subject = await write(world, objectKind="sample")
    at = local_of(LONG_AGO)
    around = {
        name: (at + timedelta(seconds=step)).isoformat() for name, step in (("before", -1), ("at", 0), ("after", 1))
    }
    asked = {name: value.format(number=world.number, **around) for name, value in query.items()}
    results = (await world.get("admin", "/admin/activity", subject=subject, **asked))["results"]
    assert bool(results) is found


@pytest.mark.parametrize(
    "query",
    [
        {"since": "yesterday"},
        {"since": "0001-01-01T00:00:00"},
        {"until": "9999-12-31T23:59:59"},
        {"subject": "x" * 61},
        {"after": "nonsense"},
        {"who": "me"},
    ],
)
async def test_what_is_no_filter_is_refused(world: World, query: dict[str, str]) -> None:
    for path in ("/admin/activity", "/admin/activity/export"):
        problem = await world.refused("admin", "GET", path, params=query)
        assert problem["status"] == 422


async def test_pages_go_back_in_time_and_show_everything_once(world: World) -> None:
    subject = await write(world, 7)
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = await world.get("admin", "/admin/activity", subject=subject, limit=3, **after)
        seen += [entry["objectId"] for entry in page["results"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert seen == list("6543210")


async def exported(world: World, **query: Any) -> list[dict[str, Any]]:
    async with world.as_("admin") as client:
        answer = await client.get("/admin/activity/export", params=query)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-ndjson")
    assert "attachment" in answer.headers["content-disposition"]
    lines = answer.content.splitlines(keepends=True)
    assert all(line.endswith(b"\n") for line in lines)
    return [orjson.loads(line) for line in lines]


async def test_an_export_is_whole_in_order_and_recorded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "EXPORTED_AT_ONCE", 4)
    subject = await write(world, 10)
    lines = await exported(world, subject=subject)
    assert [line["objectId"] for line in lines] == [str(number) for number in range(10)]
    page = await world.get("admin", "/admin/activity", subject=subject)
    assert lines == page["results"][::-1]
    (entry,) = [entry for entry in await entries(world, "audit.export") if subject in str(entry["detail"])]
    assert entry["login"] == world.logins["admin"]
    assert entry["detail"] == {"asked": {"subject": subject}}


async def test_an_export_of_nothing_is_empty_and_recorded_all_the_same(world: World) -> None:
    assert await exported(world, login=f"nobody {world.number}") == []
    assert any(f"nobody {world.number}" in str(entry["detail"]) for entry in await entries(world, "audit.export"))


async def test_an_export_ends_where_it_began(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written while somebody reads, such as by the export itself, does not keep it going for ever."""
    monkeypatch.setattr(service, "EXPORTED_AT_ONCE", 1)
    subject = await write(world, 3)
    lines = await service.begin_export(
        world.service.databases, service.Origin(subject="command"), service.ActivityFilter(subject=subject)
    )
    first = await anext(lines)
    await write(world, 3, doneAt=utc_now())
    rest = [line async for line in lines]
    assert [orjson.loads(line)["objectId"] for line in (first, *rest)] == ["0", "1", "2"]


async def test_only_those_who_may_see_it_are_told_and_a_refused_export_is_none(world: World) -> None:
    before = len(await entries(world, "audit.export"))
    for role, status in (("nobody", 401), ("clerk", 403), ("administrator", 403), ("key", 403)):
        for path in ("/admin/activity", "/admin/activity/export"):
            assert (await world.refused(role, "GET", path))["status"] == status
    assert len(await entries(world, "audit.export")) == before


async def test_what_was_done_a_moment_ago_is_on_top(world: World) -> None:
    await exported(world, objectId="x")
    newest = (await world.get("admin", "/admin/activity", limit=1))["results"][0]
    assert newest["action"] == "audit.export"
    assert abs(datetime.fromisoformat(newest["doneAt"]) - local_now()) < timedelta(minutes=1)
