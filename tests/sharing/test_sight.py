"""Who sees an object, as it is told; that it is right is proved in `tests/access/test_random_worlds.py`."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import pytest

from pyispyb.clock import utc_now
from pyispyb.sharing.sight_queries import MOST, keys
from pyispyb.tables import Person, ProposalHasPerson
from tests.world import World

from .bag import LEADER, OUTSIDER, THEIRS

PATHS = (
    "/proposals/{proposal}/access",
    "/sessions/{session}/access",
    "/samples/{sample1}/access",
    "/datacollections/{collection}/access",
)


def address(world: World, path: str) -> str:
    return path.format(**{**world.ids, "proposal": world.proposal})


async def told(world: World, role: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = await world.get(role, address(world, path))
    return found


async def test_people_are_named_with_every_reason(bag: World) -> None:
    found = await told(bag, "member", "/proposals/{proposal}/access")
    people = {person["personId"]: person["because"] for person in found["people"]}
    assert people == {
        bag.ids[LEADER]: ["Leads the proposal."],
        bag.ids["member"]: ["Is on the proposal."],
        bag.ids[THEIRS]: ["Is on the proposal."],
        bag.ids["session_member"]: ["Is on one of its sessions."],
    }
    assert found["you"] == {"may": ["see"], "because": "You are on the proposal."}


@pytest.mark.parametrize(
    ("role", "path", "complete"),
    [
        (LEADER, "/proposals/{proposal}/access", True),
        ("staff", "/datacollections/{collection}/access", True),
        ("member", "/sessions/{session}/access", True),
        ("member", "/proposals/{proposal}/access", False),
        ("session_member", "/samples/{sample1}/access", False),
        ("key", "/samples/{sample1}/access", False),
    ],
)
async def test_it_says_whether_that_is_all(bag: World, role: str, path: str, complete: bool) -> None:
    found = await told(bag, role, path)
    # Other tests have made keys, maybe more than are told.
    async with bag.service.database() as db:
        many = len(await db.all(keys(utc_now()))) > MOST
    assert found["complete"] == (complete and not many)


async def test_in_a_shared_proposal_a_sample_names_its_laboratory_only(bag: World) -> None:
    found = await told(bag, LEADER, "/samples/{sample1}/access")
    people = {person["personId"]: (person["laboratory"], person["because"]) for person in found["people"]}
    ours = f"our_laboratory {bag.number}"
    part = " Works in the laboratory that it belongs to."
    assert people == {
        bag.ids[LEADER]: (None, ["Leads the proposal."]),
        bag.ids["member"]: (ours, ["Is on the proposal." + part]),
        bag.ids["session_member"]: (ours, ["Is on a session that it was measured in or waits for." + part]),
    }
    assert found["you"]["may"] == ["see", "change", "move", "share"]


@pytest.mark.parametrize("path", PATHS)
async def test_staff_administrators_and_keys_are_named_as_groups(bag: World, path: str) -> None:
    found = await told(bag, "member", path)
    groups = {group["name"]: group for group in found["groups"]}
    assert set(groups["MX"]["beamLines"]) <= {"BL1", "BL2"}
    assert "BL1" in groups["MX"]["beamLines"]
    assert "EM" not in groups
    assert any(group["kind"] == "administrators" for group in found["groups"])
    assert f"key-{bag.number}" in {key["name"] for key in found["keys"]}


async def test_keys_that_read_nothing_there_are_not_named(bag: World) -> None:
    keys = {key["name"] for key in (await told(bag, "member", "/sessions/{session}/access"))["keys"]}
    assert f"other_key-{bag.number}" not in keys


@pytest.mark.parametrize("path", PATHS)
async def test_who_sees_it_is_not_told_to_those_who_do_not(bag: World, path: str) -> None:
    assert (await bag.refused("stranger", "GET", address(bag, path)))["status"] == 404
    assert (await bag.refused("nobody", "GET", address(bag, path)))["status"] == 401


async def test_a_key_is_told_names_and_no_account(bag: World) -> None:
    found = await told(bag, "key", "/sessions/{session}/access")
    assert {person["personId"] for person in found["people"]} >= {bag.ids["member"], bag.ids["session_member"]}
    assert not any(login in orjson.dumps(found).decode() for login in bag.logins.values())
    assert found["you"] == {"may": ["see", "close", "write"], "because": "The key covers its beamline."}


async def test_a_laboratory_that_it_is_shared_with_is_named(bag: World) -> None:
    async with bag.as_(THEIRS) as client:
        sent = {"blSampleId": bag.ids["their_sample"], "laboratoryId": bag.ids["our_laboratory"]}
        assert (await client.post("/shares", json=sent)).status_code == 201
    for path in ("/samples/{their_sample}/access", "/datacollections/{their_collection}/access"):
        found = await told(bag, LEADER, path)
        (laboratory,) = [group for group in found["groups"] if group["kind"] == "laboratory"]
        assert laboratory["name"] == f"our_laboratory {bag.number}"
        assert laboratory["because"] == f"It is shared with the laboratory by Test {THEIRS} {bag.number}."


@pytest.mark.parametrize(
    ("sharer", "sent", "paths", "knowing", "others"),
    [
        (
            THEIRS,
            {"blSampleId": "their_sample"},
            ("/proposals/{proposal}/access",),
            (THEIRS, LEADER, "staff", "administrator"),
            ("member", "session_member", "key"),
        ),
        (
            "member",
            {"blSampleId": "sample1"},
            ("/samples/{sample1}/access", "/datacollections/{collection}/access"),
            ("member", LEADER, "staff", "administrator"),
            ("session_member", "key"),
        ),
    ],
)
@pytest.mark.parametrize("receiver", ["login", "laboratoryId"])
async def test_a_share_is_told_to_those_who_may_know_of_it(
    bag: World,
    sharer: str,
    sent: dict[str, str],
    paths: tuple[str, ...],
    knowing: tuple[str, ...],
    others: tuple[str, ...],
    receiver: str,
) -> None:
    ids, third = bag.ids, bag.ids["third_laboratory"]
    to: dict[str, Any] = {"login": bag.logins[OUTSIDER]}
    if receiver == "laboratoryId":
        to = {"laboratoryId": third}
        await bag.add(ProposalHasPerson, proposalId=ids["proposal"], personId=await bag.add(Person, laboratoryId=third))
    async with bag.as_(sharer) as client:
        body = {name: ids[key] for name, key in sent.items()} | to
        assert (await client.post("/shares", json=body)).status_code == 201
    names = f"{OUTSIDER} {bag.number}" if receiver == "login" else f"third_laboratory {bag.number}", "hared with the"
    for path in paths:
        for role in knowing:
            text = orjson.dumps(await told(bag, role, path)).decode()
            assert (role, [name in text for name in names]) == (role, [True, True])
        for role in others:
            found = await told(bag, role, path)
            shared = [row for row in (*found["people"], *found["groups"]) if names[1] in str(row["because"])]
            assert (role, shared, found["complete"]) == (role, [], False)
            assert OUTSIDER not in orjson.dumps(found).decode()


@pytest.fixture
def statements_of(caplog: pytest.LogCaptureFixture) -> Callable[..., Awaitable[int]]:
    """Statements that an answer took, as the log tells."""

    async def ask(world: World, path: str) -> int:
        caplog.clear()
        with caplog.at_level("INFO", logger="pyispyb.requests"):
            await told(world, LEADER, path)
        (line,) = [record.getMessage() for record in caplog.records if record.name == "pyispyb.requests"]
        statements: int = orjson.loads(line)["statements"]
        return statements

    return ask


@pytest.mark.parametrize("path", PATHS)
async def test_what_it_costs_does_not_grow_with_the_people(
    bag: World, statements_of: Callable[..., Awaitable[int]], path: str
) -> None:
    before = await statements_of(bag, path)
    for number in range(5):
        person = await bag.add(Person, familyName=f"More {number}")
        await bag.add(ProposalHasPerson, proposalId=bag.ids["proposal"], personId=person)
    assert await statements_of(bag, path) == before <= 10
