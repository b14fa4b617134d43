"""Naming something in a write shows it to nobody who did not see it before."""

import re
from typing import Any

import orjson
import pytest
from sqlalchemy import update

from pyispyb.tables import (
    ApiKey,
    BLSample,
    Container,
    DataCollection,
    DataCollectionGroup,
    Screening,
    ScreeningOutput,
    ScreeningStrategy,
    ScreeningStrategySubWedge,
    ScreeningStrategyWedge,
    Workflow,
)
from tests.world import NOW, World

GROUP, COLLECTION = "/datacollections/group", "/datacollections/datacollection"
HALF = b'"\\ud800"'
"""Half of a pair of surrogates, as JSON may have it."""


async def elsewhere(world: World) -> int:
    """A sample of the key's proposal in a container on another beamline, measured nowhere."""
    container = await world.add(Container, code=f"FAR-{world.number}", beamlineLocation="BL2", priorityPipelineId=None)
    async with world.service.database() as db:
        await db.execute(
            update(BLSample).where(BLSample.blSampleId == world.ids["sample2"]).values(containerId=container)
        )
        await db.execute(
            update(DataCollectionGroup)
            .where(DataCollectionGroup.blSampleId == world.ids["sample2"])
            .values(blSampleId=None)
        )
    return world.ids["sample2"]


@pytest.mark.parametrize(
    ("path", "more"),
    [
        (GROUP, {}),
        ("/events/energyscan", {}),
        ("/events/xfe-fluorescence-spectrum", {}),
        ("/events/robot-action", {"startTimestamp": "2026-11-20 14:00:00", "endTimestamp": "2026-11-20 14:00:31"}),
    ],
)
async def test_a_sample_on_another_beamline_cannot_be_named_to_be_seen(
    world: World, path: str, more: dict[str, Any]
) -> None:
    sample = await elsewhere(world)
    assert (await world.refused("key", "GET", f"/samples/{sample}"))["status"] == 404
    sent = {"sessionId": world.ids["session"], **more}
    hidden = await world.refused("key", "POST", path, json={**sent, "blSampleId": sample})
    missing = await world.refused("key", "POST", path, json={**sent, "blSampleId": 2**31 - 1})
    assert hidden["status"] == missing["status"] == 422
    same = re.sub(rf"\b{sample}\b", str(2**31 - 1), hidden["detail"])
    assert same == missing["detail"]
    assert (await world.refused("key", "GET", f"/samples/{sample}"))["status"] == 404


async def test_a_workflow_of_others_cannot_be_named_to_be_read(world: World) -> None:
    if not world.service.databases.catalogue.has(DataCollectionGroup.workflowId):
        pytest.skip("this flavour has no such column")
    foreign, own, unused = [await world.add(Workflow, workflowTitle=name) for name in ("foreign", "own", "unused")]
    async with world.service.database() as db:
        for group, workflow in (("other_group", foreign), ("group", own)):
            await db.execute(
                update(DataCollectionGroup)
                .where(DataCollectionGroup.dataCollectionGroupId == world.ids[group])
                .values(workflowId=workflow)
            )
    sent = {"sessionId": world.ids["session"]}
    for workflow in (foreign, 2**31 - 1):
        problem = await world.refused("key", "POST", GROUP, json={**sent, "workflowId": workflow})
        assert (problem["status"], problem["errors"][0]["message"]) == (422, f"no workflow {workflow}")
    async with world.as_("key") as client:
        for workflow in (own, unused):
            assert (await client.post(GROUP, json={**sent, "workflowId": workflow})).status_code == 201


async def test_a_strategy_for_others_cannot_be_named(world: World) -> None:
    wedges = {}
    for collection in ("collection", "other_collection"):
        screening = await world.add(Screening, dataCollectionId=world.ids[collection], bltimeStamp=NOW)
        output = await world.add(ScreeningOutput, screeningId=screening)
        strategy = await world.add(ScreeningStrategy, screeningOutputId=output)
        wedge = await world.add(ScreeningStrategyWedge, screeningStrategyId=strategy)
        wedges[collection] = await world.add(ScreeningStrategySubWedge, screeningStrategyWedgeId=wedge)
    sent = {"group_id": world.ids["group"]}
    for wedge in (wedges["other_collection"], 2**31 - 1):
        problem = await world.refused("key", "POST", COLLECTION, json={**sent, "screening_sub_wedge_id": wedge})
        assert problem["errors"] == [{"path": "screening_sub_wedge_id", "message": f"no sub-wedge {wedge}"}]
    async with world.as_("key") as client:
        made = await client.post(COLLECTION, json={**sent, "screening_sub_wedge_id": wedges["collection"]})
    assert made.status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "/samples/{sample1}", {}),
        ("PATCH", "/sessions/{session}", {}),
        ("PATCH", "/datacollections/{collection}", {"comments": None}),
        ("PATCH", "/datacollections/group/{group}", {"comments": None}),
        ("PATCH", "/sessions/{session}/associate-beamline-setup?beamLineSetupId=1", None),
        ("POST", "/sessions", {}),
    ],
)
async def test_a_key_that_may_not_read_is_not_shown_what_it_changes(
    world: World, method: str, path: str, body: Any
) -> None:
    async with world.service.database() as db:
        await db.execute(update(ApiKey).where(ApiKey.name == f"key-{world.number}").values(scopes="acquisition:write"))
    problem = await world.refused("key", method, path.format(**world.ids), json=body)
    assert problem["status"] == 403
    assert "'read'" in problem["detail"]


async def test_half_a_character_is_refused(world: World) -> None:
    session = world.ids["session"]
    for path, field, body in (
        (GROUP, "comments", b'{"sessionId": %d, "comments": %b}'),
        (GROUP, "actualContainerBarcode", b'{"sessionId": %d, "actualContainerBarcode": %b}'),
    ):
        async with world.as_("key") as client:
            answer = await client.post(
                path, content=body % (session, HALF), headers={"Content-Type": "application/json"}
            )
        assert answer.status_code in {400, 422}, answer.text
        assert answer.status_code == 400 or field in orjson.dumps(answer.json()["errors"]).decode()


@pytest.mark.parametrize("time", ["9999-12-31 23:59:59", "0001-01-01 00:00:00"])
async def test_a_year_that_no_facility_measures_in_is_refused(world: World, time: str) -> None:
    before = await world.count(DataCollection)
    sent = {"group_id": world.ids["group"], "collection_start_time": time}
    problem = await world.refused("key", "POST", COLLECTION, json=sent)
    assert problem["status"] == 422
    assert problem["errors"][0]["path"] == "collection_start_time"
    assert await world.count(DataCollection) == before
