"""Any valid characterisation and any structure comes back as it was sent, on every database."""

from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pyispyb.mx.centring.schemas import FoundFields
from pyispyb.mx.screening.schemas import (
    InputFields,
    LatticeFields,
    OutputFields,
    Screening,
    StrategyFields,
    SubWedgeFields,
    WedgeFields,
)
from pyispyb.mx.structures.schemas import Blob, Kind, Structure, StructureNumbers
from pyispyb.mx.workflows.schemas import StepFields, WorkflowFields
from pyispyb.tables import DataCollectionGroup
from tests.world import World

from .structures.documents import scaling
from .valid import fields

ANY_VALID = settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.generate],  # making a failing example smaller takes minutes, and tells little more
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

PLACES = ("wedgeNumber", "subWedgeNumber")
"""Given by the order of what is sent."""

SUB_WEDGES = fields(SubWedgeFields, *PLACES).filter(lambda part: part.get("axisStart") != part.get("axisEnd", ""))
WEDGES = st.tuples(fields(WedgeFields, *PLACES), st.lists(SUB_WEDGES, max_size=2)).map(
    lambda made: {**made[0], "subWedges": made[1]}
)
STRATEGIES = st.tuples(fields(StrategyFields), st.lists(WEDGES, max_size=2)).map(
    lambda made: {**made[0], "wedges": made[1]}
)


@st.composite
def screenings(draw: st.DrawFn) -> dict[str, Any]:
    """A characterisation of nothing yet."""
    output = draw(fields(OutputFields))
    return {
        "input": draw(fields(InputFields)),
        "output": {
            **output,
            "lattices": draw(st.lists(fields(LatticeFields), max_size=2)),
            "strategies": draw(st.lists(STRATEGIES, max_size=2)) if output["strategySuccess"] else [],
        },
    }


def holds(told: dict[str, Any], sent: dict[str, Any], lost: set[str]) -> None:
    """Everything that was sent is told, but for what this database has no column for, as it said."""
    plain = {name: value for name, value in sent.items() if not isinstance(value, list | dict) and name not in lost}
    assert {name: told.get(name) for name in plain} == pytest.approx(plain)


@ANY_VALID
@given(sent=screenings())
async def test_any_valid_characterisation_comes_back(world: World, sent: dict[str, Any]) -> None:
    sent = {**sent, "dataCollectionId": world.ids["collection"]}
    Screening.model_validate(sent)
    async with world.as_("key") as client:
        stored = await client.post("/processings/screenings", json=sent)
    assert stored.status_code == 201, stored.text
    made = stored.json()
    lost = {name.rsplit(".", 1)[-1] for name in made["_metadata"]["notKept"]}
    told = await world.get("member", f"/processings/screenings/{made['screeningId']}")
    (output,) = told["ScreeningOutput"]
    holds(output, sent["output"], lost)
    if sent["input"]:
        holds(told["ScreeningInput"][0], sent["input"], lost)
    for lattice, wanted in zip(output["ScreeningOutputLattice"], sent["output"]["lattices"], strict=True):
        holds(lattice, wanted, lost)
    for strategy, wanted in zip(output["ScreeningStrategy"], sent["output"]["strategies"], strict=True):
        holds(strategy, wanted, lost)
        for wedge, of_wedge in zip(strategy["ScreeningStrategyWedge"], wanted["wedges"], strict=True):
            holds(wedge, of_wedge, lost)
            for part, of_part in zip(wedge["ScreeningStrategySubWedge"], of_wedge["subWedges"], strict=True):
                holds(part, of_part, lost)


@st.composite
def structures(draw: st.DrawFn) -> dict[str, Any]:
    """A structure of nothing yet."""
    numbers = draw(fields(StructureNumbers, "method"))
    if {"lowRes", "highRes"} <= numbers.keys() and numbers["lowRes"] < numbers["highRes"]:
        numbers["lowRes"], numbers["highRes"] = numbers["highRes"], numbers["lowRes"]
    blobs = draw(st.lists(fields(Blob, "mapType", "filePath", "views"), max_size=3))
    return {**numbers, "kind": draw(st.sampled_from(get_args(Kind))), "blobs": blobs}


@ANY_VALID
@given(sent=structures())
async def test_any_valid_structure_comes_back(world: World, sent: dict[str, Any]) -> None:
    sent = {
        **sent,
        "autoProcScalingId": await scaling(world),
        "program": {"processingPrograms": "program 1.0", "processingStatus": "success"},
    }
    Structure.model_validate(sent)
    async with world.as_("key") as client:
        stored = await client.post("/structures", json=sent)
    assert stored.status_code == 201, stored.text
    told = await world.get("member", f"/structures/{stored.json()['structureId']}")
    holds(told, {name: value for name, value in sent.items() if name != "program"}, set())
    blobs = sorted(told["blobs"], key=_by_place)
    for blob, wanted in zip(blobs, sorted(sent["blobs"], key=_by_place), strict=True):
        holds(blob, wanted, set())


def _by_place(blob: dict[str, Any]) -> tuple[float, ...]:
    return blob["x"], blob["y"], blob["z"], blob.get("height") or 0.0, blob.get("occupancy") or 0.0


@st.composite
def found_crystals(draw: st.DrawFn) -> dict[str, Any]:
    """What X-ray centring found, with its edges in order."""
    found = draw(fields(FoundFields, "gridInfoId", "blSampleId"))
    for axis in "XYZ":
        low, high = f"boundingBoxMin{axis}", f"boundingBoxMax{axis}"
        if {low, high} <= found.keys() and found[low] > found[high]:
            found[low], found[high] = found[high], found[low]
    return {**found, "status": draw(st.sampled_from(["success", "failure", "pending"]))}


@ANY_VALID
@given(results=st.lists(found_crystals(), max_size=3))
async def test_any_valid_centring_comes_back(world: World, results: list[dict[str, Any]]) -> None:
    sent = {"dataCollectionGroupId": world.ids["group"], "xrayCentringType": "3d", "results": results}
    async with world.as_("key") as client:
        stored = await client.post("/processings/xray-centrings", json=sent)
    assert stored.status_code == 201, stored.text
    made = stored.json()
    told = await world.get("member", f"/processings/xray-centrings/{made['xrayCentringId']}")
    by_key = {found["xrayCentringResultId"]: found for found in told["XrayCentringResult"]}
    for key, wanted in zip(made["xrayCentringResultIds"], results, strict=True):
        holds(by_key[key], wanted, set(made["_metadata"]["notKept"]))


@ANY_VALID
@given(workflow=fields(WorkflowFields, "workflowType"), steps=st.lists(fields(StepFields), max_size=3))
async def test_any_valid_workflow_comes_back(
    world: World, workflow: dict[str, Any], steps: list[dict[str, Any]]
) -> None:
    group = await world.add(DataCollectionGroup, sessionId=world.ids["session"], experimentType="OSC")
    sent = {**workflow, "dataCollectionGroupIds": [group], "steps": steps}
    async with world.as_("key") as client:
        stored = await client.post("/datacollections/workflows", json=sent)
    assert stored.status_code == 201, stored.text
    made = stored.json()
    lost = {name.rsplit(".", 1)[-1] for name in made["_metadata"]["notKept"]}
    told = await world.get("member", f"/datacollections/workflows/{made['workflowId']}")
    holds(told, workflow, lost)
    for step, wanted in zip(told["steps"], steps, strict=True):
        holds(step, wanted, lost)
