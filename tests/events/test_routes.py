"""The stream of events, on every kind of database."""

from typing import Any

import pytest

from tests.world import World


async def events(world: World, role: str, **query: Any) -> list[dict[str, Any]]:
    async with world.as_(role) as client:
        answer = await client.get("/events", params=query)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["results"]
        return found


async def test_anonymous_callers_are_asked_to_log_in(world: World) -> None:
    async with world.as_("nobody") as client:
        assert (await client.get("/events")).status_code == 401


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("stranger", 0),
        ("member", 5),
        ("session_member", 5),
        ("staff", 5),
        ("other_staff", 0),
        ("administrator", 5),
        ("key", 5),
        ("other_key", 0),
    ],
)
async def test_events_of_a_session_are_seen_by_those_who_see_the_session(world: World, role: str, seen: int) -> None:
    assert len(await events(world, role, sessionId=world.ids["session"])) == seen


async def test_events_are_newest_first_whatever_their_kind(world: World) -> None:
    found = await events(world, "member", session=f"{world.proposal}-1")
    assert [event["type"] for event in found] == ["xrf", "es", "dc", "dc", "robot"]
    assert [event["id"] for event in found][2:4] == [world.ids["second_collection"], world.ids["collection"]]
    assert found[3]["blSample"] == "lyso-x1"
    assert found[3]["Item"]["_metadata"]["state"] == "done"
