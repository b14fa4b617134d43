"""Each filter of the stream leaves what it says, and together they leave what all of them say."""

from datetime import timedelta
from typing import Any

import pytest

from pyispyb.tables import (
    BLSample,
    BLSubSample,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    Protein,
    RobotAction,
)
from tests.world import NOW, World


async def keys(world: World, role: str = "member", **query: Any) -> list[tuple[str, int]]:
    page = await world.get(role, "/events", **query)
    return [(event["type"], event["id"]) for event in page["results"]]


async def test_one_kind_of_event(world: World) -> None:
    session = world.ids["session"]
    for kind, name in (("robot", "robot"), ("es", "energy_scan"), ("xrf", "spectrum")):
        assert await keys(world, sessionId=session, eventType=kind) == [(kind, world.ids[name])]
    assert len(await keys(world, sessionId=session, eventType="dc")) == 2
    assert await keys(world, sessionId=session, eventType="DC") == await keys(world, sessionId=session, eventType="dc")


async def test_one_kind_of_experiment(world: World) -> None:
    group = await world.add(DataCollectionGroup, sessionId=world.ids["session"], experimentType="Mesh", startTime=NOW)
    mesh = await world.add(DataCollection, dataCollectionGroupId=group, startTime=NOW)
    assert await keys(world, sessionId=world.ids["session"], eventType="Mesh") == [("dc", mesh)]
    assert ("dc", mesh) not in await keys(world, sessionId=world.ids["session"], eventType="OSC")
    assert await keys(world, sessionId=world.ids["session"], eventType="Helical") == []


async def test_a_group_is_one_event_until_its_collections_are_asked_for(world: World) -> None:
    second = await world.add(
        DataCollection, dataCollectionGroupId=world.ids["group"], startTime=NOW - timedelta(minutes=20)
    )
    (grouped,) = (
        await world.get(
            "member", "/events", blSampleId=world.ids["sample1"], sessionId=world.ids["session"], eventType="dc"
        )
    )["results"]
    assert (grouped["id"], grouped["count"]) == (second, 2)
    assert await keys(world, dataCollectionGroupId=world.ids["group"]) == [
        ("dc", second),
        ("dc", world.ids["collection"]),
    ]
    assert await keys(world, dataCollectionId=second) == [("dc", second)]


async def test_a_group_is_shown_by_the_collection_that_the_filter_is_about(world: World) -> None:
    """A rastered crystal that failed twice and then worked is found among the failed by its last failure."""
    session = world.ids["coming_session"]
    group = await world.add(DataCollectionGroup, sessionId=session, startTime=NOW - timedelta(minutes=9))
    made = []
    for minutes, words in ((9, "Aborted"), (6, "Aborted"), (3, "Data collection successful")):
        start = NOW - timedelta(minutes=minutes)
        made.append(
            await world.add(
                DataCollection,
                dataCollectionGroupId=group,
                startTime=start,
                endTime=start + timedelta(minutes=1),
                runStatus=words,
                imagePrefix=f"try{minutes}",
            )
        )
    for query, shown in (
        ({"status": "failed"}, made[1]),
        ({"status": "success"}, made[2]),
        ({"search": "try9"}, made[0]),
        ({}, made[2]),
    ):
        (found,) = (await world.get("member", "/events", sessionId=session, **query))["results"]
        assert (found["id"], found["count"]) == (shown, 3)
    (failed,) = (await world.get("member", "/events", sessionId=session, status="failed"))["results"]
    assert failed["Item"]["_metadata"]["state"] == "failed"


async def test_a_group_without_collections_is_no_event(world: World) -> None:
    await world.add(DataCollectionGroup, sessionId=world.ids["session"], startTime=NOW)
    assert len(await keys(world, sessionId=world.ids["session"], eventType="dc")) == 2


@pytest.mark.parametrize(
    ("status", "words", "ended"),
    [
        ("success", "Data collection successful", True),
        ("failed", "DataCollection Unsuccessful", True),
        ("stopped", "Data collection stopped", True),
        ("running", "Running", False),
    ],
)
async def test_how_it_went(world: World, status: str, words: str, ended: bool) -> None:
    start = NOW - timedelta(minutes=5)
    group = await world.add(DataCollectionGroup, sessionId=world.ids["coming_session"], startTime=start)
    made = await world.add(
        DataCollection,
        dataCollectionGroupId=group,
        startTime=start,
        endTime=NOW if ended else None,
        runStatus=words,
    )
    for asked in ("success", "failed", "stopped", "running"):
        found = await keys(world, sessionId=world.ids["coming_session"], status=asked)
        assert found == ([("dc", made)] if asked == status else [])


async def test_how_the_robot_did(world: World) -> None:
    failed = await world.add(
        RobotAction,
        blsessionId=world.ids["session"],
        startTimestamp=NOW,
        endTimestamp=NOW,
        actionType="LOAD",
        status="ERROR",
    )
    session = world.ids["session"]
    assert await keys(world, sessionId=session, status="failed", eventType="robot") == [("robot", failed)]
    assert await keys(world, sessionId=session, status="success", eventType="robot") == [("robot", world.ids["robot"])]
    assert await keys(world, sessionId=session, status="running", eventType="robot") == []


async def test_a_sample_a_part_of_it_and_its_protein(world: World) -> None:
    ids = world.ids
    part = await world.add(BLSubSample, blSampleId=ids["sample1"])
    group = await world.add(DataCollectionGroup, sessionId=ids["session"], blSampleId=ids["sample1"], startTime=NOW)
    made = await world.add(
        DataCollection, dataCollectionGroupId=group, blSampleId=ids["sample1"], blSubSampleId=part, startTime=NOW
    )
    of_sample = await keys(world, blSampleId=ids["sample1"])
    assert set(of_sample) == {
        ("dc", made),
        ("dc", ids["collection"]),
        ("dc", ids["past_collection"]),
        ("robot", ids["robot"]),
    }
    assert await keys(world, blSubSampleId=part) == [("dc", made)]
    assert set(await keys(world, proteinId=ids["protein"])) == {*of_sample, ("dc", ids["second_collection"])}
    other = await world.add(Protein, proposalId=ids["proposal"], acronym="none")
    assert await keys(world, proteinId=other) == []


async def test_a_part_of_a_name_or_of_a_remark(world: World) -> None:
    crystal = await world.add(Crystal, proteinId=world.ids["protein"])
    sample = await world.add(BLSample, crystalId=crystal, name="needle-in-hay")
    group = await world.add(DataCollectionGroup, sessionId=world.ids["session"], blSampleId=sample, startTime=NOW)
    made = await world.add(
        DataCollection,
        dataCollectionGroupId=group,
        blSampleId=sample,
        startTime=NOW,
        imagePrefix="prefix_of_it",
        comments="50% of the crystal",
    )
    for search in ("needle", "NEEDLE", "x_of_", "50%"):
        assert ("dc", made) in await keys(world, sessionId=world.ids["session"], search=search)
    for search in ("needle%hay", "xxof", "nothing like it"):
        assert ("dc", made) not in await keys(world, sessionId=world.ids["session"], search=search)


async def test_filters_add_up(world: World) -> None:
    ids = world.ids
    assert await keys(
        world,
        sessionId=ids["session"],
        blSampleId=ids["sample2"],
        eventType="dc",
        status="success",
        proposal=world.proposal,
    ) == [("dc", ids["second_collection"])]
    assert await keys(world, sessionId=ids["session"], beamLineName="BL2") == []
    assert await keys(world, session=f"{world.proposal}-1", proposal=world.other_proposal) == []


async def test_kinds_are_those_that_the_filter_leaves(world: World) -> None:
    found = await world.get("member", "/events/types", sessionId=world.ids["session"])
    assert {kind["eventType"]: kind["count"] for kind in found} == {"OSC": 2, "robot": 1, "es": 1, "xrf": 1}
    found = await world.get("member", "/events/types", dataCollectionId=world.ids["collection"])
    assert {kind["eventType"]: kind["count"] for kind in found} == {"OSC": 1}
