"""X-ray centring comes back as it was sent, on every flavour."""

from typing import Any

import pytest

from pyispyb.tables import GridInfo
from tests.world import World

from .documents import centring

CENTRINGS = "/processings/xray-centrings"


async def test_every_number_comes_back(world: World) -> None:
    ids = world.ids
    grid = await world.add(
        GridInfo, dataCollectionGroupId=ids["group"], dataCollectionId=ids["collection"], steps_x=4, steps_y=3
    )
    sent = centring(ids["group"], gridInfoId=grid, blSampleId=ids["sample1"])
    async with world.as_("key") as client:
        answer = await client.post(CENTRINGS, json=sent)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["_metadata"]["notKept"] == []
    (told,) = (await world.get("member", CENTRINGS, dataCollectionId=ids["collection"]))["results"]
    assert told == await world.get("member", f"{CENTRINGS}/{made['xrayCentringId']}")
    assert (told["status"], told["xrayCentringType"], told["sessionId"]) == ("success", "3d", ids["session"])
    (found,) = told["XrayCentringResult"]
    assert found["xrayCentringResultId"] == made["xrayCentringResultIds"][0]
    assert {name: found[name] for name in sent["results"][0]} == sent["results"][0]
    assert (await world.get("stranger", CENTRINGS, dataCollectionId=ids["collection"]))["results"] == []


async def test_grids_and_samples_of_others_are_refused(world: World) -> None:
    ids = world.ids
    grid = await world.add(
        GridInfo, dataCollectionGroupId=ids["other_group"], dataCollectionId=ids["other_collection"], steps_x=4
    )
    sent = centring(ids["group"], gridInfoId=grid, blSampleId=ids["other_sample1"])
    problem = await world.refused("key", "POST", CENTRINGS, json=sent)
    assert [error["path"] for error in problem["errors"]] == ["results[0].gridInfoId", "results[0].blSampleId"]


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        ({"centreOfMassX": 4.25}, ["centreOfMassX"]),
        ({"centreOfMassY": -0.5, "maxVoxelY": 3}, ["centreOfMassY", "maxVoxelY"]),
        ({"maxVoxelX": 4}, ["maxVoxelX"]),
        ({"centreOfMassX": 4.0, "centreOfMassY": 0, "maxVoxelX": 3, "maxVoxelY": 2, "centreOfMassZ": 90.0}, []),
    ],
)
async def test_a_place_beside_the_grid_is_refused(world: World, place: dict[str, Any], fields: list[str]) -> None:
    ids = world.ids
    of_group = {"dataCollectionGroupId": ids["group"], "dataCollectionId": ids["collection"]}
    grid, unsized = await world.add(GridInfo, **of_group, steps_x=4, steps_y=3), await world.add(GridInfo, **of_group)
    sent = centring(ids["group"], gridInfoId=grid, **place)
    if fields:
        problem = await world.refused("key", "POST", CENTRINGS, json=sent)
        assert problem["status"] == 422
        assert [error["path"] for error in problem["errors"]] == [f"results[0].{name}" for name in fields]
    async with world.as_("key") as client:
        for named in (unsized, None) if fields else (grid,):
            sent["results"][0]["gridInfoId"] = named
            answer = await client.post(CENTRINGS, json=sent)
            assert answer.status_code == 201, answer.text


async def test_a_two_dimensional_one_has_no_depth(world: World) -> None:
    sent = {**centring(world.ids["group"]), "xrayCentringType": "2d"}
    assert "centreOfMassZ" in (await world.refused("key", "POST", CENTRINGS, json=sent))["detail"]
