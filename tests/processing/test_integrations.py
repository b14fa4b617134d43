"""What was refined of each sweep comes back with the result that it belongs to."""

from copy import deepcopy
from typing import Any

import orjson
import pytest

from pyispyb.processing.schemas import Integration
from tests.world import World

from .documents import result
from .test_results import RESULTS, store

SWEEP: dict[str, Any] = {
    "startImageNumber": 1,
    "endImageNumber": 3600,
    "refinedDetectorDistance": 551.5,
    "refinedXBeam": 211.25,
    "refinedYBeam": 215.5,
    "rotationAxisX": 1.0,
    "rotationAxisY": -0.00158,
    "rotationAxisZ": 0.00207,
    "beamVectorX": -0.002272,
    "beamVectorY": -0.000357,
    "beamVectorZ": 0.896191,
    "cell_a": 78.05,
    "cell_b": 78.06,
    "cell_c": 37.2,
    "cell_alpha": 90.0,
    "cell_beta": 90.1,
    "cell_gamma": 119.9,
    "anomalous": True,
}


def swept(world: World, *of_scalings: list[dict[str, Any]]) -> dict[str, Any]:
    """A result with these sweeps in each of its ways of scaling."""
    sent = result(world.ids["collection"])
    (scaling,) = sent["scalings"]
    return {**sent, "scalings": [{**deepcopy(scaling), "integrations": sweeps} for sweeps in of_scalings]}


async def test_every_sweep_comes_back_with_its_ways_of_scaling(world: World) -> None:
    assert Integration.model_fields.keys() == {*SWEEP, "dataCollectionId"}, "a field that is not tested"
    other = {"dataCollectionId": world.ids["second_collection"], "startImageNumber": 1, "endImageNumber": 184}
    made = await store(world, swept(world, [SWEEP, other], [SWEEP]))
    told = (await world.get("member", f"{RESULTS}/{made['autoProcProgramId']}"))["integrations"]
    keys = [(key, way["autoProcScalingId"]) for way in made["scalings"] for key in way["autoProcIntegrationIds"]]
    assert [(sweep["autoProcIntegrationId"], *sweep["autoProcScalingIds"]) for sweep in told] == keys
    nothing = dict.fromkeys(SWEEP)
    of_first = {"dataCollectionId": world.ids["collection"], **SWEEP}
    for sweep, wanted in zip(told, (of_first, {**nothing, **other}, of_first), strict=True):
        assert {name: sweep[name] for name in wanted} == pytest.approx(wanted)


async def test_a_run_without_sweeps_has_none(world: World) -> None:
    async with world.as_("key") as client:
        sent = {"dataCollectionId": world.ids["collection"], "processingPrograms": "dimple"}
        run = (await client.post("/processings/programs", json=sent)).json()["autoProcProgramId"]
    assert (await world.get("member", f"{RESULTS}/{run}"))["integrations"] == []


async def test_statements_do_not_grow_with_sweeps(world: World, caplog: pytest.LogCaptureFixture) -> None:
    counts = []
    for number in (1, 6):
        made = await store(world, swept(world, *[[SWEEP] * number] * number))
        caplog.clear()
        with caplog.at_level("INFO", logger="pyispyb.requests"):
            await world.get("member", f"{RESULTS}/{made['autoProcProgramId']}")
        (line,) = [record.getMessage() for record in caplog.records if record.name == "pyispyb.requests"]
        counts.append(orjson.loads(line)["statements"])
    assert counts[0] == counts[1]
