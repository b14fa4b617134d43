"""Counts, totals, kinds and filters say no more than the viewer may see."""

from typing import Any

import pytest

from pyispyb.tables import (
    BeamLineSetup,
    BLSample,
    BLSession,
    Container,
    Crystal,
    DataCollection,
    DataCollectionGroup,
)
from tests.world import World


async def metadata(world: World, role: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = (await world.get(role, path))["_metadata"]
    return found


@pytest.mark.parametrize(
    ("role", "sessions", "beamlines"),
    [("member", 3, ["BL1", "BL2"]), ("session_member", 1, ["BL1"]), ("key", 2, ["BL1"]), ("other_key", 1, ["BL2"])],
)
async def test_a_proposal_counts_the_sessions_one_sees(
    world: World, role: str, sessions: int, beamlines: list[str]
) -> None:
    found = await metadata(world, role, f"/proposals/{world.proposal}")
    assert (found["sessions"], found["beamLines"]) == (sessions, beamlines)


@pytest.mark.parametrize(("role", "collected"), [("member", 2), ("session_member", 1), ("staff", 2), ("key", 2)])
async def test_a_sample_counts_the_collections_one_sees(world: World, role: str, collected: int) -> None:
    assert (await metadata(world, role, f"/samples/{world.ids['sample1']}"))["datacollections"] == collected


@pytest.mark.parametrize(("role", "counts"), [("member", (2, 3, 3)), ("session_member", (1, 2, 2))])
async def test_a_protein_counts_the_crystals_samples_and_collections_one_sees(
    world: World, role: str, counts: tuple[int, int, int]
) -> None:
    hidden = await world.add(Crystal, proteinId=world.ids["protein"])
    await world.add(BLSample, crystalId=hidden, name="at home")
    found = await metadata(world, role, f"/proteins/{world.ids['protein']}")
    assert (found["crystals"], found["samples"], found["datacollections"]) == counts


@pytest.mark.parametrize(("role", "samples"), [("member", 2), ("session_member", 2), ("staff", 3)])
async def test_a_container_counts_the_samples_one_sees(world: World, role: str, samples: int) -> None:
    foreign = await world.add(Crystal, proteinId=world.ids["other_protein"])
    await world.add(BLSample, crystalId=foreign, containerId=world.ids["container"], name="a guest")
    assert (await metadata(world, role, f"/containers/{world.ids['container']}"))["samples"] == samples


@pytest.mark.parametrize(("role", "kinds"), [("member", {"OSC": 3, "Mesh": 1}), ("session_member", {"OSC": 2})])
async def test_kinds_of_event_are_counted_among_what_one_sees(world: World, role: str, kinds: dict[str, int]) -> None:
    group = await world.add(DataCollectionGroup, sessionId=world.ids["coming_session"], experimentType="Mesh")
    await world.add(DataCollection, dataCollectionGroupId=group)
    found = await world.get(role, "/events/types", proposal=world.proposal, eventType="dc")
    counts = {kind["eventType"]: kind["count"] for kind in found}
    assert counts == kinds


async def test_how_far_a_sample_has_come_is_told_of_what_one_sees(world: World) -> None:
    crystal = await world.add(Crystal, proteinId=world.ids["protein"])
    waiting = await world.add(BLSample, crystalId=crystal, containerId=world.ids["container"])
    group = await world.add(DataCollectionGroup, sessionId=world.ids["coming_session"], blSampleId=waiting)
    await world.add(DataCollection, dataCollectionGroupId=group, blSampleId=waiting)
    seen = {
        role: {
            sample["blSampleId"]
            for sample in (await world.get(role, "/samples", proposal=world.proposal, status="Data Collected"))[
                "results"
            ]
        }
        for role in ("member", "session_member")
    }
    assert waiting in seen["member"]
    assert waiting not in seen["session_member"]
    assert (await world.get("session_member", f"/samples/{waiting}"))["_metadata"]["datacollections"] == 0


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/sessions", {"proposal": "{other}"}),
        ("/sessions", {"session": "{other}-1"}),
        ("/sessions", {"search": "{other}"}),
        ("/proposals", {"search": "{other}"}),
        ("/events", {"session": "{other}-1"}),
        ("/events", {"sessionId": "{session}"}),
        ("/events", {"proposal": "{other}"}),
        ("/events", {"dataCollectionId": "{collection}"}),
        ("/events", {"dataCollectionGroupId": "{group}"}),
        ("/events", {"blSampleId": "{sample}"}),
        ("/events", {"search": "other_"}),
        ("/samples", {"proposal": "{other}"}),
        ("/samples", {"sessionId": "{session}"}),
        ("/samples", {"search": "other_lyso"}),
        ("/proteins", {"proposal": "{other}"}),
        ("/proteins", {"search": "other_lyso"}),
        ("/containers", {"proposal": "{other}"}),
        ("/containers", {"sessionId": "{session}"}),
        ("/persons", {"proposal": "{other}"}),
        ("/persons", {"sessionId": "{session}"}),
        ("/datacollections/attachments", {"dataCollectionId": "{collection}"}),
    ],
)
async def test_a_filter_that_names_something_hidden_finds_nothing(
    furnished: World, path: str, query: dict[str, str]
) -> None:
    ids = furnished.ids
    hidden = {
        "other": furnished.other_proposal,
        "session": ids["other_session"],
        "collection": ids["other_collection"],
        "group": ids["other_group"],
        "sample": ids["other_sample1"],
    }
    asked = {name: value.format(**hidden) for name, value in query.items()}
    paging = {} if path == "/persons" else {"total": "exact"}
    found = await furnished.get("member", path, **asked, **paging)
    assert (found["results"], found["next"]) == ([], None)
    assert not found["total"]


async def test_a_container_is_not_found_by_a_session_one_does_not_see(world: World) -> None:
    container = await world.add(
        Container,
        beamlineLocation="BL1",
        sessionId=world.ids["other_session"],
        code=f"LENT-{world.number}",
        priorityPipelineId=None,
    )
    await world.get("key", f"/containers/{container}")
    for path in ("/containers", "/samples"):
        assert (await world.get("key", path, sessionId=world.ids["other_session"]))["results"] == []


async def test_a_set_up_is_not_found_by_a_beamline_one_does_not_see(world: World) -> None:
    setup = await world.add(BeamLineSetup, focusingOptic="shared")
    for beamline in ("BL1", "BL2"):
        await world.add(
            BLSession,
            proposalId=world.ids["proposal" if beamline == "BL1" else "other_proposal"],
            beamLineName=beamline,
            beamLineSetupId=setup,
        )
    found = {
        beamline: [
            row["beamLineSetupId"]
            for row in (await world.get("key", "/beamline-setups", beamLineName=beamline))["results"]
        ]
        for beamline in ("BL1", "BL2")
    }
    assert setup in found["BL1"]
    assert setup not in found["BL2"]
