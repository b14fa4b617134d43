"""Laboratories that share a proposal see each other's names and sessions, and nothing of each other's samples."""

from typing import Any

import pytest
from sqlalchemy import select, update

from pyispyb.tables import (
    BLSample,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    LabContact,
    Person,
    Protein,
    Shipping,
)
from tests.world import World

from .bag import LEADER, THEIRS, measure

ALL = (LEADER, "staff", "administrator", "key")
OURS = ("member", "session_member")

ONE_BY_ONE = (
    "/samples/{prefix}sample",
    "/proteins/{prefix}protein",
    "/datacollections/{prefix}collection",
    "/datacollections/quality?dataCollectionId={prefix}collection",
    "/datacollections/images/diffraction/{prefix}collection",
    "/datacollections/group/{prefix}group",
    "/datacollections/attachments/{prefix}attachment",
    "/events/images/robot-action/{prefix}robot",
    "/events/images/energyscan/{prefix}scan",
    "/events/images/xfe-fluorescence-spectrum/{prefix}spectrum",
    "/samples/{prefix}sample/access",
    "/datacollections/{prefix}collection/access",
)


def named(world: World, path: str, prefix: str) -> str:
    """A path with keys in place of the names in braces."""
    head, _, name = path.format(prefix=prefix).rpartition("/" if "?" not in path else "=")
    name, _, rest = name.partition("/")
    if path.endswith("/access"):
        head, _, name = head.rpartition("/")
        rest = "/access"
    return f"{head}{'=' if '?' in path else '/'}{world.ids[name]}{rest}"


async def is_seen(world: World, role: str, address: str) -> bool:
    """True unless the object is missing for somebody; a picture that is not on disk is missing in other words."""
    async with world.as_(role) as client:
        answer = await client.get(address)
    return answer.status_code == 200 or "that you can see" not in answer.json()["detail"]


@pytest.mark.parametrize("path", ONE_BY_ONE)
async def test_members_see_what_is_of_their_laboratory(bag: World, path: str) -> None:
    bag.ids.update(ours_sample=bag.ids["sample1"], ours_protein=bag.ids["protein"])
    await measure(bag, "ours_", bag.ids["sample1"])
    seen = {
        prefix: {role for role in (*ALL, *OURS, THEIRS) if await is_seen(bag, role, named(bag, path, prefix))}
        for prefix in ("ours_", "their_")
    }
    assert seen == {"ours_": {*ALL, *OURS}, "their_": {*ALL, THEIRS}}


@pytest.mark.parametrize("path", [path for path in ONE_BY_ONE if "group" in path or "robot" in path or "scan" in path])
async def test_what_was_measured_without_a_sample_is_for_leader_and_staff(bag: World, path: str) -> None:
    await measure(bag, "their_", None)
    seen = {role for role in (*ALL, *OURS, THEIRS) if await is_seen(bag, role, named(bag, path, "their_"))}
    assert seen == set(ALL)


@pytest.mark.parametrize(
    ("role", "events", "samples"),
    [("member", 3, 2), ("session_member", 3, 2), (THEIRS, 4, 1), (LEADER, 9, 3), ("staff", 9, 3), ("key", 9, 3)],
)
async def test_lists_and_counts_are_of_what_one_sees(bag: World, role: str, events: int, samples: int) -> None:
    ids = bag.ids
    listed = await bag.get(role, "/events", sessionId=ids["session"], total="exact")
    assert (len(listed["results"]), listed["total"]) == (events, events)
    walked = await bag.get(role, "/events", proposal=bag.proposal, total="exact")
    of_session = [event for event in walked["results"] if event["sessionId"] == ids["session"]]
    assert len(of_session) == events
    assert walked["total"] == len(walked["results"])
    kinds = await bag.get(role, "/events/types", sessionId=ids["session"])
    assert sum(kind["count"] for kind in kinds) == events
    groups = sum(event["type"] == "dc" for event in listed["results"])
    session = await bag.get(role, f"/sessions/{ids['session']}")
    assert session["_metadata"]["datacollections"] == groups
    found = await bag.get(role, "/samples", proposal=bag.proposal, total="exact")
    assert (len(found["results"]), found["total"]) == (samples, samples)
    container = await bag.get(role, f"/containers/{ids['container']}")
    assert container["_metadata"]["samples"] == samples
    assert (await bag.get(role, "/samples", containerId=ids["container"]))["total"] == samples


@pytest.mark.parametrize(("role", "found"), [("member", 0), (THEIRS, 1), (LEADER, 1)])
async def test_searches_and_filters_find_nothing_of_another_laboratory(bag: World, role: str, found: int) -> None:
    for path, query in (
        ("/samples", {"search": "secret-1"}),
        ("/proteins", {"search": "secret"}),
        ("/events", {"search": "their_prefix", "sessionId": bag.ids["session"]}),
        ("/events", {"blSampleId": bag.ids["their_sample"], "eventType": "dc"}),
        ("/events", {"proteinId": bag.ids["their_protein"], "eventType": "dc"}),
        ("/events", {"dataCollectionGroupId": bag.ids["their_group"]}),
        ("/events", {"dataCollectionId": bag.ids["their_collection"]}),
        ("/events", {"eventType": "Mesh", "sessionId": bag.ids["session"]}),
        ("/datacollections/attachments", {"dataCollectionGroupId": bag.ids["their_group"]}),
    ):
        answer = await bag.get(role, path, **query, total="exact")
        assert (path, len(answer["results"]), answer["total"]) == (path, found, found)


async def test_a_session_with_nothing_of_ours_takes_no_place_in_the_stream(bag: World) -> None:
    """Neither its events nor that there are any."""
    hidden = await bag.add(DataCollectionGroup, sessionId=bag.ids["coming_session"], blSampleId=bag.ids["their_sample"])
    await bag.add(DataCollection, dataCollectionGroupId=hidden)
    found = await bag.get("member", "/events", proposal=bag.proposal)
    assert {event["sessionId"] for event in found["results"]} == {bag.ids["session"], bag.ids["past_session"]}
    assert found["next"] is None


async def _sample(bag: World, *, owner: int | None, container: int | None = None) -> int:
    protein = await bag.add(Protein, proposalId=bag.ids["proposal"], acronym="orphan", personId=owner)
    crystal = await bag.add(Crystal, proteinId=protein)
    return await bag.add(BLSample, crystalId=crystal, containerId=container, name="orphan")


async def _sees(bag: World, sample: int) -> set[str]:
    return {role for role in ("member", THEIRS, LEADER) if await is_seen(bag, role, f"/samples/{sample}")}


async def test_where_the_protein_names_nobody_the_sender_tells_the_laboratory(bag: World) -> None:
    orphan = await _sample(bag, owner=None, container=bag.ids["container"])
    assert await _sees(bag, orphan) == {LEADER}
    contact = await bag.add(
        LabContact, personId=bag.ids[THEIRS], proposalId=bag.ids["proposal"], cardName=f"card {bag.number}"
    )
    async with bag.service.database() as db:
        of_proposal = Shipping.proposalId == bag.ids["proposal"]
        await db.execute(update(Shipping).where(of_proposal).values(sendingLabContactId=contact))
    assert await _sees(bag, orphan) == {LEADER, THEIRS}


async def test_a_protein_that_names_somebody_is_theirs_whoever_sent_it(bag: World) -> None:
    contact = await bag.add(
        LabContact, personId=bag.ids[THEIRS], proposalId=bag.ids["proposal"], cardName=f"card {bag.number}"
    )
    async with bag.service.database() as db:
        of_proposal = Shipping.proposalId == bag.ids["proposal"]
        await db.execute(update(Shipping).where(of_proposal).values(sendingLabContactId=contact))
    assert await _sees(bag, bag.ids["sample1"]) == {LEADER, "member"}


async def test_somebody_without_laboratory_sees_the_proteins_that_name_them(bag: World) -> None:
    async with bag.service.database() as db:
        alone = Person.personId == bag.ids["member"]
        await db.execute(update(Person).where(alone).values(laboratoryId=None))
    assert await _sees(bag, bag.ids["sample1"]) == {LEADER, "member"}
    assert await _sees(bag, await _sample(bag, owner=bag.ids[THEIRS])) == {LEADER, THEIRS}
    assert await _sees(bag, await _sample(bag, owner=None)) == {LEADER}


async def test_a_group_of_two_laboratories_is_seen_by_neither(bag: World) -> None:
    group = await bag.add(DataCollectionGroup, sessionId=bag.ids["session"], blSampleId=bag.ids["sample1"])
    collections = [
        await bag.add(DataCollection, dataCollectionGroupId=group, blSampleId=bag.ids[sample])
        for sample in ("sample1", "their_sample")
    ]
    for collection in collections:
        seen = {
            role
            for role in ("member", THEIRS, LEADER, "staff")
            if await is_seen(bag, role, f"/datacollections/{collection}")
        }
        assert seen == {LEADER, "staff"}


async def test_a_member_of_a_session_sees_their_laboratory_s_part_of_that_session_only(bag: World) -> None:
    assert not await is_seen(bag, "session_member", f"/datacollections/{bag.ids['past_collection']}")
    assert await is_seen(bag, "member", f"/datacollections/{bag.ids['past_collection']}")
    sample = await bag.get("session_member", f"/samples/{bag.ids['sample1']}")
    assert sample["_metadata"]["datacollections"] == 1


async def test_marking_and_unmarking_counts_at_once(bag: World) -> None:
    path, theirs = f"/proposals/{bag.proposal}/sharing", f"/samples/{bag.ids['their_sample']}"
    assert not await is_seen(bag, "member", theirs)
    async with bag.as_(LEADER) as client:
        answer = await client.patch(path, json={"bag": False})
    assert answer.json() == {"proposalId": bag.ids["proposal"], "proposal": bag.proposal, "bag": False}
    assert await is_seen(bag, "member", theirs)
    async with bag.as_(LEADER) as client:
        await client.patch(path, json={"bag": True})
    assert not await is_seen(bag, "member", theirs)
    assert (await bag.get("member", f"/proposals/{bag.proposal}"))["_metadata"]["bag"] is True


@pytest.mark.parametrize(
    ("role", "status"),
    [("nobody", 401), ("stranger", 404), ("member", 403), ("session_member", 403), ("staff", 403), ("key", 403)],
)
async def test_only_the_leader_marks_a_proposal(bag: World, role: str, status: int) -> None:
    problem = await bag.refused(role, "PATCH", f"/proposals/{bag.proposal}/sharing", json={"bag": False})
    assert problem["status"] == status
    assert not await is_seen(bag, "member", f"/samples/{bag.ids['their_sample']}")


async def _mark(world: World, role: str, *, bag: bool) -> int:
    async with world.as_(role) as client:
        return (await client.patch(f"/proposals/{world.proposal}/sharing", json={"bag": bag})).status_code


@pytest.mark.parametrize("role", ["member", "session_member"])
async def test_who_looks_after_groups_does_not_lift_the_mark_that_narrows_them(bag: World, role: str) -> None:
    group = f"/admin/groups/{bag.ids['clerk_group']}/person"
    async with bag.as_("clerk") as client:
        assert (await client.post(group, json={"personId": bag.ids[role]})).status_code == 204
    assert await _mark(bag, role, bag=False) == 403
    assert not await is_seen(bag, role, f"/samples/{bag.ids['their_sample']}")
    assert await _mark(bag, "administrator", bag=False) == 200
    assert await _mark(bag, role, bag=True) == 200
    assert not await is_seen(bag, "member", f"/samples/{bag.ids['their_sample']}")


async def test_what_a_key_writes_for_one_laboratory_is_hidden_from_the_other(bag: World) -> None:
    async with bag.as_("key") as client:
        body = {"sessionId": bag.ids["session"], "blSampleId": bag.ids["their_sample"]}
        group = (await client.post("/datacollections/group", json=body)).json()["dataCollectionGroupId"]
    assert not await is_seen(bag, "member", f"/datacollections/group/{group}")
    assert await is_seen(bag, THEIRS, f"/datacollections/group/{group}")


@pytest.mark.parametrize(
    ("path", "key", "name"),
    [
        ("/datacollections", DataCollection.dataCollectionId, "their_collection"),
        ("/datacollections/group", DataCollectionGroup.dataCollectionGroupId, "their_group"),
    ],
)
async def test_nobody_remarks_on_what_is_of_another_laboratory(bag: World, path: str, key: Any, name: str) -> None:
    comments = select(key.class_.comments).where(key == bag.ids[name])
    async with bag.service.database() as db:
        before = await db.scalar(comments)
    problem = await bag.refused("member", "PATCH", f"{path}/{bag.ids[name]}", json={"comments": "mine"})
    assert problem["status"] == 404
    async with bag.service.database() as db:
        assert await db.scalar(comments) == before != "mine"
