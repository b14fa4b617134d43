"""What people and keys change of a session, and what they may not."""

from datetime import timedelta
from typing import Any

import httpx
import orjson
import pytest
from sqlalchemy import select, update

from pyispyb.tables import ApiKey, Audit, BLSession
from tests.world import NOW, World


async def change(world: World, role: str, tag: str | None = None, **values: Any) -> httpx.Response:
    headers = {"If-Match": tag} if tag else {}
    async with world.as_(role) as client:
        return await client.patch(f"/sessions/{world.ids['session']}", json=values, headers=headers)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("nobody", 401),
        ("stranger", 404),
        ("other_staff", 404),
        ("other_key", 404),
        ("member", 403),
        ("session_member", 403),
        ("key", 403),
        ("staff", 200),
        ("administrator", 200),
    ],
)
async def test_staff_and_administrators_change_what_is_said_of_a_session(world: World, role: str, status: int) -> None:
    answer = await change(world, role, comments="Bring the long pins.", beamLineOperator="Local contact")
    assert answer.status_code == status, answer.text
    session = await world.get("member", f"/sessions/{world.ids['session']}")
    kept = ("Bring the long pins.", "Local contact") if status == 200 else (None, None)
    assert (session["comments"], session["beamLineOperator"]) == kept


async def test_who_may_is_said_to_who_may_not(world: World) -> None:
    detail = (await change(world, "member", comments="mine")).json()["detail"]
    assert detail == "You may see it. To change it takes: administrator or staff of its beamline."


async def test_what_is_not_sent_stays_and_null_clears(world: World) -> None:
    await change(world, "staff", comments="one", beamLineOperator="two")
    answer = await change(world, "staff", comments=None)
    assert (answer.json()["comments"], answer.json()["beamLineOperator"]) == (None, "two")


async def test_a_key_closes_its_session_and_changes_nothing_else(world: World) -> None:
    end = NOW.replace(microsecond=0) + timedelta(minutes=5)
    answer = await change(world, "key", endDate=end.isoformat())
    assert (answer.status_code, answer.json()["endDate"]) == (200, end.isoformat())
    answer = await change(world, "key", endDate=end.isoformat(), comments="mine")
    assert (answer.status_code, answer.json()["detail"]) == (
        403,
        "A key may say when a session ends, and nothing else of it: comments, endDate.",
    )


async def test_a_key_without_the_scope_closes_nothing(world: World) -> None:
    async with world.service.database() as db:
        named = ApiKey.name == f"key-{world.number}"
        await db.execute(update(ApiKey).where(named).values(scopes="read"))
    answer = await change(world, "key", endDate=NOW.isoformat())
    assert answer.status_code == 403
    assert "acquisition:write" in answer.json()["detail"]


async def test_a_session_does_not_end_before_it_begins(world: World) -> None:
    answer = await change(world, "staff", endDate="2001-01-01T00:00:00")
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "endDate")


async def test_a_change_of_what_was_read_before_another_change_is_refused(world: World) -> None:
    async with world.as_("staff") as client:
        tag = (await client.get(f"/sessions/{world.ids['session']}")).headers["ETag"]
    first = await change(world, "staff", tag, comments="first")
    assert first.status_code == 200
    second = await change(world, "administrator", tag, comments="second")
    assert (second.status_code, second.json()["type"].rpartition("/")[2]) == (412, "changed-meanwhile")
    third = await change(world, "administrator", first.headers["ETag"], comments="third")
    assert (third.status_code, third.json()["comments"]) == (200, "third")
    assert (await change(world, "staff", "*", comments="fourth")).status_code == 200


async def test_a_tag_outlives_what_is_measured_meanwhile(world: World) -> None:
    path = f"/sessions/{world.ids['session']}"
    async with world.as_("key") as client:
        tag = (await client.get(path)).headers["ETag"]
        await client.post("/datacollections/group", json={"sessionId": world.ids["session"]})
        assert (await client.get(path)).headers["ETag"] == tag


async def test_a_change_leaves_its_trace(world: World) -> None:
    await change(world, "staff", comments="traced")
    await change(world, "staff", comments="traced")
    async with world.service.database() as db:
        found = select(Audit.action, Audit.objectId, Audit.detail).where(
            Audit.subject == f"person:{world.ids['staff']}"
        )
        (row,) = await db.all(found)
    assert (row.action, row.objectId) == ("session.change", str(world.ids["session"]))
    assert orjson.loads(row.detail) == {"old": {"comments": None}, "new": {"comments": "traced"}}


# -- archived beamlines


@pytest.fixture
async def archived(world: World) -> int:
    """A session on a beamline that is no longer in operation, of a proposal that was nowhere else."""
    return await world.add(
        BLSession,
        proposalId=world.ids["other_proposal"],
        beamLineName="BL0",
        startDate=NOW - timedelta(days=400),
        endDate=NOW - timedelta(days=399),
        visit_number=7,
    )


async def listed(world: World, path: str, **query: Any) -> set[int]:
    field = "sessionId" if path == "/sessions" else "proposalId"
    return {row[field] for row in (await world.get("staff", path, limit=500, **query))["results"]}


async def test_archived_beamlines_are_listed_only_when_asked_for(world: World, archived: int) -> None:
    async with world.service.database() as db:
        elsewhere = BLSession.sessionId == world.ids["other_session"]
        await db.execute(update(BLSession).where(elsewhere).values(beamLineName="EM1"))
    long_ago = (NOW - timedelta(days=400)).year
    assert archived not in await listed(world, "/sessions", year=long_ago)
    assert archived in await listed(world, "/sessions", year=long_ago, archived=True)
    assert world.ids["other_proposal"] not in await listed(world, "/proposals")
    assert world.ids["other_proposal"] in await listed(world, "/proposals", archived=True)


@pytest.mark.parametrize("query", [{"beamLineName": "BL0"}, {"session": "{other}-7"}, {"proposal": "{other}"}])
async def test_what_is_named_is_asked_for(world: World, archived: int, query: dict[str, str]) -> None:
    asked = {name: value.format(other=world.other_proposal) for name, value in query.items()}
    assert archived in await listed(world, "/sessions", **asked)
    assert (await world.get("staff", f"/sessions/{archived}"))["beamLineName"] == "BL0"


async def test_asking_for_archived_beamlines_gives_nobody_more(world: World, archived: int) -> None:
    for role in ("member", "other_staff", "key", "stranger"):
        found = await world.get(role, "/sessions", archived=True, limit=500)
        assert archived not in {row["sessionId"] for row in found["results"]}
