"""Sessions by what is asked of them, and the people on them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from pyispyb.tables import BLSession, SessionType
from tests.world import NOW, World

SESSIONS = ("session", "past_session", "coming_session")


async def found(world: World, role: str = "member", **query: Any) -> set[str]:
    page = await world.get(role, "/sessions", proposal=world.proposal, **query)
    names = {world.ids[name]: name for name in SESSIONS}
    return {names[session["sessionId"]] for session in page["results"]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"active": True}, {"session"}),
        ({"upcoming": True}, {"coming_session"}),
        ({"previous": True}, {"past_session"}),
        ({"active": False}, {"past_session", "coming_session"}),
        ({"beamLineName": "BL2"}, {"coming_session"}),
        ({"beamLineName": "bl2"}, {"coming_session"}),
        ({"beamLineGroup": "mx"}, set(SESSIONS)),
        ({"beamLineGroup": "EM"}, set()),
        ({"beamLineGroup": "no such group"}, set()),
        ({"scheduled": True}, set(SESSIONS)),
        ({"scheduled": False}, set()),
        ({"sessionType": "Remote"}, set()),
        ({"search": "BL2"}, {"coming_session"}),
        ({"search": "enzymes"}, set(SESSIONS)),
    ],
    ids=lambda value: str(sorted(value) if isinstance(value, set) else value),
)
async def test_sessions_are_found_by(furnished: World, query: dict[str, Any], expected: set[str]) -> None:
    assert await found(furnished, **query) == expected


async def test_a_session_is_found_by_its_name_in_any_case(furnished: World) -> None:
    for name in (f"{furnished.proposal}-1", f"{furnished.proposal.upper()}-1"):
        (session,) = (await furnished.get("member", "/sessions", session=name))["results"]
        assert session["session"] == f"{furnished.proposal}-1"
    assert (await furnished.get("member", "/sessions", session=f"{furnished.proposal}-99"))["results"] == []


async def test_a_session_tells_its_type_and_whether_it_runs(world: World) -> None:
    async with world.service.database() as db:
        await db.execute(SessionType.__table__.insert().values(sessionId=world.ids["session"], typeName="Remote"))
    session = await world.get("member", f"/sessions/{world.ids['session']}")
    assert session["_metadata"]["sessionTypes"] == ["Remote"]
    assert (session["_metadata"]["active"], session["_metadata"]["active_soon"]) == (True, True)
    assert session["_metadata"]["datacollections"] == 2
    assert await found(world, sessionType="Remote") == {"session"}


async def test_a_session_that_begins_within_minutes_is_active_soon(world: World) -> None:
    async with world.service.database() as db:
        await db.execute(
            update(BLSession)
            .where(BLSession.sessionId == world.ids["coming_session"])
            .values(startDate=NOW + timedelta(minutes=15))
        )
    session = await world.get("member", f"/sessions/{world.ids['coming_session']}")
    assert (session["_metadata"]["active"], session["_metadata"]["active_soon"]) == (False, True)


async def test_a_group_of_beamlines_shows_one_session_for_each(world: World) -> None:
    shown = await world.get("member", "/sessions/group", beamLineGroup="MX")
    assert {session["beamLineName"]: session["sessionId"] for session in shown} == {
        "BL1": world.ids["session"],
        "BL2": world.ids["coming_session"],
    }


async def test_people_have_their_role_and_their_sessions(furnished: World) -> None:
    (person,) = (await furnished.get("member", "/persons", sessionId=furnished.ids["session"]))["results"]
    assert (person["personId"], person["_metadata"]["role"]) == (furnished.ids["session_member"], "Team Leader")
    (member,) = (await furnished.get("staff", "/persons", proposal=furnished.proposal))["results"]
    assert (member["login"], member["_metadata"]["sessions"]) == (furnished.logins["member"], 0)


async def test_people_are_asked_for_by_session_or_proposal(furnished: World) -> None:
    assert (await furnished.refused("administrator", "GET", "/persons"))["status"] == 422
