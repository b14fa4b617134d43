"""Samples, proteins and containers: found by every filter, changed by the beamline they are on."""

from typing import Any

import pytest
from sqlalchemy import select, update

from pyispyb.tables import BLSample, BLSubSample, Container, Crystal, Protein
from tests.world import World


async def names(world: World, role: str = "member", **query: Any) -> list[str]:
    found = await world.get(role, "/samples", proposal=world.proposal, **query)
    return [sample["name"] for sample in found["results"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["lyso-x1", "lyso-x2"]),
        ({"order": "desc", "order_by": "name"}, ["lyso-x2", "lyso-x1"]),
        ({"search": "x2"}, ["lyso-x2"]),
        ({"search": "LYSO"}, ["lyso-x1", "lyso-x2"]),
        ({"search": "x%2"}, []),
        ({"beamLineName": "BL1"}, ["lyso-x1", "lyso-x2"]),
        ({"beamLineName": "BL2"}, []),
        ({"status": "Sample Action"}, ["lyso-x1"]),
        ({"status": "Data Collected"}, ["lyso-x1", "lyso-x2"]),
        ({"status": "Strategy"}, ["lyso-x1"]),
        ({"status": "Auto Integrated"}, ["lyso-x1"]),
    ],
    ids=str,
)
async def test_samples_are_found_by(furnished: World, query: dict[str, str], found: list[str]) -> None:
    assert await names(furnished, **query) == found


async def test_samples_of_a_session_were_measured_in_it_or_wait_for_it(world: World) -> None:
    box = await world.add(
        Container, sessionId=world.ids["past_session"], code=f"B{world.number}", priorityPipelineId=None
    )
    crystal = await world.add(Crystal, proteinId=world.ids["protein"])
    await world.add(BLSample, crystalId=crystal, containerId=box, name="waiting")
    assert await names(world, sessionId=world.ids["past_session"]) == ["lyso-x1", "waiting"]


async def test_a_sample_counts_its_parts_and_its_experiments(world: World) -> None:
    await world.add(BLSubSample, blSampleId=world.ids["sample1"])
    found = (await world.get("member", f"/samples/{world.ids['sample1']}"))["_metadata"]
    assert (found["subsamples"], found["datacollections"], found["types"]) == (1, 2, ["OSC"])
    assert found["proposal"] == world.proposal
    assert found["lastCollection"]


async def test_a_change_keeps_what_it_does_not_name_and_clears_what_it_names_null(world: World) -> None:
    path = f"/samples/{world.ids['sample1']}"
    async with world.as_("key") as client:
        await client.patch(path, json={"blSampleStatus": "mounted", "lastKnownCenteringPosition": "(phi=1)"})
        changed = await client.patch(path, json={"lastKnownCenteringPosition": None, "isInSampleChanger": True})
    assert changed.status_code == 200
    kept = await world.get("member", path)
    assert (kept["blSampleStatus"], kept["lastKnownCenteringPosition"]) == ("mounted", None)
    assert (kept["name"], kept["location"], kept["isInSampleChanger"]) == ("lyso-x1", "1", True)


async def test_a_change_of_what_may_not_change_is_said_to_be_passed_over(world: World) -> None:
    async with world.as_("key") as client:
        answer = await client.patch(
            f"/samples/{world.ids['sample1']}", json={"name": "stolen", "crystalId": 1, "blSampleStatus": "seen"}
        )
    assert {"name", "crystalId"} <= set(answer.json()["_metadata"]["notKept"])
    assert answer.json()["name"] == "lyso-x1"


async def test_a_long_sequence_comes_with_one_protein_only(world: World) -> None:
    protein = await world.add(
        Protein, proposalId=world.ids["proposal"], acronym="titin", sequence="MTTQAPTFTQPLQ" * 1000
    )
    (listed,) = (await world.get("member", "/proteins", proposal=world.proposal, search="titin"))["results"]
    assert "sequence" not in listed
    assert len((await world.get("member", f"/proteins/{protein}"))["sequence"]) == 13_000


@pytest.mark.parametrize(
    ("query", "found"), [({}, True), ({"beamLineName": "BL1"}, True), ({"beamLineName": "BL2"}, False)]
)
async def test_containers_are_found_by(furnished: World, query: dict[str, str], found: bool) -> None:
    page = await furnished.get("member", "/containers", proposal=furnished.proposal, **query)
    assert [row["containerId"] for row in page["results"]] == ([furnished.ids["container"]] if found else [])


async def _guest(world: World) -> tuple[int, int]:
    """Somebody's sample in a container of the competing proposal, assigned to its session: container and dewar."""
    container = world.ids["other_container"]
    crystal = await world.add(Crystal, proteinId=world.ids["protein"])
    await world.add(BLSample, crystalId=crystal, containerId=container, name="guest", location="7")
    async with world.service.database() as db:
        there = Container.containerId == container
        await db.execute(update(Container).where(there).values(sessionId=world.ids["other_session"]))
        return container, await db.scalar(select(Container.dewarId).where(there))


@pytest.mark.parametrize(
    ("role", "whole", "samples"),
    [("member", False, 1), ("staff", True, 3), ("administrator", True, 3), ("other_key", True, 3)],
)
async def test_a_container_with_a_guest_tells_no_more_than_one_sees(
    world: World, role: str, whole: bool, samples: int
) -> None:
    container, dewar = await _guest(world)
    found = await world.get(role, f"/containers/{container}")
    told = (found["_metadata"]["proposal"], found["sessionId"], found["dewarId"])
    assert told == ((world.other_proposal, world.ids["other_session"], dewar) if whole else (None, None, None))
    assert found["_metadata"]["samples"] == samples
    for query in ({"proposal": world.other_proposal}, {"sessionId": world.ids["other_session"]}):
        listed = await world.get(role, "/containers", **query, total="exact")
        assert [row["containerId"] for row in listed["results"]] == ([container] if whole else [])
        assert listed["total"] == len(listed["results"])
    by_sample = await world.get(role, "/containers", proposal=world.proposal)
    assert container in [row["containerId"] for row in by_sample["results"]]


async def test_a_session_s_member_is_told_of_the_session_and_the_shipment(world: World) -> None:
    async with world.service.database() as db:
        there = Container.containerId == world.ids["container"]
        await db.execute(update(Container).where(there).values(sessionId=world.ids["session"]))
    found = await world.get("session_member", f"/containers/{world.ids['container']}")
    assert (found["sessionId"], found["_metadata"]["proposal"]) == (world.ids["session"], world.proposal)
    assert found["dewarId"] is not None
