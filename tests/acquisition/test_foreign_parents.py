"""A key writes to its own beamline and to the proposal it measures for; whatever is refused leaves nothing behind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import update

from pyispyb.tables import (
    BeamLineSetup,
    BLSample_has_EnergyScan,
    BLSession,
    DataCollection,
    DataCollectionGroup,
    EnergyScan,
    GridInfo,
    Idempotency,
    Image,
    ImageQualityIndicators,
    RobotAction,
    XFEFluorescenceSpectrum,
)
from tests.world import PEOPLE, World

from .mxcube import mx_collection

WRITTEN = (
    BeamLineSetup,
    BLSession,
    DataCollection,
    DataCollectionGroup,
    EnergyScan,
    GridInfo,
    Idempotency,
    Image,
    ImageQualityIndicators,
    RobotAction,
    XFEFluorescenceSpectrum,
)
TIMES = {"startTimestamp": "2026-11-20 14:00:00", "endTimestamp": "2026-11-20 14:00:31"}
DAY = {"startDate": "2031-01-01T09:00:00", "endDate": "2031-01-01T17:00:00"}
QUALITY, GRID = "/datacollections/quality", "/datacollections/grid-info"
GROUP, COLLECTION = "/datacollections/group", "/datacollections/datacollection"
SCAN, SPECTRUM, ROBOT = "/events/energyscan", "/events/xfe-fluorescence-spectrum", "/events/robot-action"
ASSOCIATE = "/events/energyscan/associate-bl-sample"


@dataclass(frozen=True)
class Attempt:
    """A write that the key of BL1 may not make, and how it is refused."""

    name: str
    method: str
    path: str
    body: Callable[[dict[str, int]], dict[str, Any] | None]
    status: int
    role: str = "key"
    field: str | None = None

    def __str__(self) -> str:
        return self.name


ATTEMPTS = (
    # parents on another beamline do not exist for the key
    Attempt("group in a foreign session", "POST", GROUP, lambda ids: {"sessionId": ids["other_session"]}, 404),
    Attempt(
        "group in a session of another beamline", "POST", GROUP, lambda ids: {"sessionId": ids["coming_session"]}, 404
    ),
    Attempt("group in a missing session", "POST", GROUP, lambda ids: {"sessionId": 2**31 - 1}, 404),
    Attempt("collection in a foreign group", "POST", COLLECTION, lambda ids: {"group_id": ids["other_group"]}, 404),
    Attempt(
        "collection in a foreign group sent as an object",
        "POST",
        COLLECTION,
        lambda ids: {"group_id": {"dataCollectionGroupId": ids["other_group"]}},
        404,
    ),
    Attempt(
        "change of a foreign collection",
        "POST",
        COLLECTION,
        lambda ids: {"collection_id": ids["other_collection"], "comments": "mine"},
        404,
    ),
    Attempt(
        "collection moved to a foreign group",
        "POST",
        COLLECTION,
        lambda ids: {"collection_id": ids["collection"], "group_id": ids["other_group"]},
        404,
    ),
    Attempt(
        "collection moved to another group of its own",
        "POST",
        COLLECTION,
        lambda ids: {"collection_id": ids["collection"], "group_id": ids["second_group"]},
        422,
        field="group_id",
    ),
    Attempt(
        "collection that names another session than its group",
        "POST",
        COLLECTION,
        lambda ids: {"group_id": ids["group"], "sessionId": ids["past_session"]},
        422,
        field="sessionId",
    ),
    Attempt("collection without a group", "POST", COLLECTION, lambda ids: {"status": "Running"}, 422, field="group_id"),
    Attempt(
        "collection with an unknown detector",
        "POST",
        COLLECTION,
        lambda ids: {"group_id": ids["group"], "detectorId": 2**31 - 1},
        422,
        field="detectorId",
    ),
    Attempt(
        "image of a foreign collection",
        "POST",
        "/images/image",
        lambda ids: {"dataCollectionId": ids["other_collection"], "imageNumber": 1},
        404,
    ),
    Attempt(
        "indicators of a foreign collection",
        "POST",
        QUALITY,
        lambda ids: {"dataCollectionId": ids["other_collection"], "imageNumber": [1], "spotTotal": [5]},
        404,
    ),
    Attempt(
        "grid of a foreign collection",
        "POST",
        GRID,
        lambda ids: {"dataCollectionId": ids["other_collection"], "steps_x": 3, "steps_y": 3},
        404,
    ),
    Attempt(
        "robot action in a foreign session",
        "POST",
        ROBOT,
        lambda ids: {"sessionId": ids["other_session"], **TIMES},
        404,
    ),
    Attempt("scan in a foreign session", "POST", SCAN, lambda ids: {"sessionId": ids["other_session"]}, 404),
    Attempt("spectrum in a foreign session", "POST", SPECTRUM, lambda ids: {"sessionId": ids["other_session"]}, 404),
    Attempt(
        "scan of another beamline given a sample",
        "PATCH",
        ASSOCIATE,
        lambda ids: {"energyScanId": ids["energy_scan"], "blSampleId": ids["sample1"]},
        404,
        role="other_key",
    ),
    # samples of another proposal
    *(
        Attempt(
            f"{what} of another proposal's sample",
            "POST",
            path,
            lambda ids, more=more: {"sessionId": ids["session"], "blSampleId": ids["other_sample1"], **more},
            422,
            field="blSampleId",
        )
        for what, path, more in (
            ("group", GROUP, {}),
            ("robot action", ROBOT, TIMES),
            ("scan", SCAN, {}),
            ("spectrum", SPECTRUM, {}),
        )
    ),
    Attempt(
        "collection of another proposal's sample",
        "POST",
        COLLECTION,
        lambda ids: {"group_id": ids["group"], "sample_reference": {"blSampleId": ids["other_sample1"]}},
        422,
        field="blSampleId",
    ),
    Attempt(
        "scan given another proposal's sample",
        "PATCH",
        ASSOCIATE,
        lambda ids: {"energyScanId": ids["energy_scan"], "blSampleId": ids["other_sample1"]},
        422,
        field="blSampleId",
    ),
    Attempt(
        "change of a foreign sample", "PATCH", "/samples/{other_sample1}", lambda ids: {"blSampleStatus": "gone"}, 404
    ),
    # sessions
    Attempt(
        "session on another beamline",
        "POST",
        "/sessions",
        lambda ids: {"proposalId": ids["proposal"], "beamLineName": "BL2", **DAY},
        403,
    ),
    Attempt(
        "session of a proposal never on this beamline",
        "POST",
        "/sessions",
        lambda ids: {"proposalId": ids["other_proposal"], "beamLineName": "BL1", **DAY},
        404,
    ),
    Attempt(
        "session that ends before it begins",
        "POST",
        "/sessions",
        lambda ids: {
            "proposalId": ids["proposal"],
            "beamLineName": "BL1",
            "startDate": DAY["endDate"],
            "endDate": DAY["startDate"],
        },
        422,
        field="endDate",
    ),
    Attempt(
        "set-up of a foreign session",
        "PATCH",
        "/sessions/{other_session}/associate-beamline-setup?beamLineSetupId=1",
        lambda ids: None,
        404,
    ),
    Attempt(
        "unknown set-up of a session",
        "PATCH",
        "/sessions/{session}/associate-beamline-setup?beamLineSetupId=2147483647",
        lambda ids: None,
        404,
    ),
)


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=str)
async def test_a_refused_write_leaves_nothing_behind(world: World, attempt: Attempt) -> None:
    before = await _state(world)
    async with world.as_(attempt.role) as client:
        answer = await client.request(
            attempt.method,
            attempt.path.format(**world.ids),
            json=attempt.body(world.ids),
            headers={"Idempotency-Key": "refused"},
        )
    assert answer.status_code == attempt.status, answer.text
    if attempt.field:
        assert attempt.field in [error["path"] for error in answer.json()["errors"]]
    assert await _state(world) == before


async def _state(world: World) -> Any:
    """Counts of everything that is written, and the rows that an attempt could have changed."""
    tables = [table for table in WRITTEN if world.service.databases.catalogue.has_table(table)]
    if world.service.databases.catalogue.has_table(BLSample_has_EnergyScan):
        tables.append(BLSample_has_EnergyScan)
    return (
        await world.count(*tables),
        await world.get("administrator", f"/datacollections/{world.ids['collection']}"),
        await world.get("administrator", f"/datacollections/{world.ids['other_collection']}"),
        await world.get("administrator", f"/samples/{world.ids['other_sample1']}"),
        await world.get("administrator", f"/sessions/{world.ids['other_session']}"),
    )


@pytest.mark.parametrize("role", PEOPLE)
async def test_people_write_nothing_that_beamlines_write(world: World, role: str) -> None:
    before = await _state(world)
    ids = world.ids
    bodies: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", GROUP, {"sessionId": ids["session"]}),
        ("POST", COLLECTION, mx_collection(ids["session"], group_id=ids["group"])),
        ("POST", "/images/image", {"dataCollectionId": ids["collection"], "imageNumber": 1}),
        ("POST", QUALITY, {"dataCollectionId": ids["collection"], "imageNumber": [1]}),
        ("POST", GRID, {"dataCollectionId": ids["collection"], "steps_x": 1, "steps_y": 1}),
        ("POST", ROBOT, {"sessionId": ids["session"], **TIMES}),
        ("POST", SCAN, {"sessionId": ids["session"]}),
        ("POST", SPECTRUM, {"sessionId": ids["session"]}),
        ("PATCH", ASSOCIATE, {"energyScanId": ids["energy_scan"], "blSampleId": ids["sample1"]}),
        ("POST", "/sessions", {"proposalId": ids["proposal"], "beamLineName": "BL1", **DAY}),
        ("PATCH", f"/samples/{ids['sample1']}", {"blSampleStatus": "mine"}),
        ("POST", "/beamline-setups/beamline-setup", {"focusing_optic": "none"}),
        ("PATCH", f"/sessions/{ids['session']}/associate-beamline-setup?beamLineSetupId=1", {}),
    ]
    async with world.as_(role) as client:
        statuses = {path: (await client.request(method, path, json=body)).status_code for method, path, body in bodies}
    assert set(statuses.values()) == {403}, statuses
    assert await _state(world) == before


async def test_anonymous_callers_write_nothing(world: World) -> None:
    assert (await world.refused("nobody", "POST", GROUP, json={"sessionId": world.ids["session"]}))["status"] == 401


async def test_a_set_up_in_use_on_another_beamline_is_not_there_for_a_key(world: World) -> None:
    setup = await world.add(BeamLineSetup, focusingOptic="foreign")
    async with world.service.database() as db:
        await db.execute(
            update(BLSession).where(BLSession.sessionId == world.ids["other_session"]).values(beamLineSetupId=setup)
        )
    path = f"/sessions/{world.ids['session']}/associate-beamline-setup"
    problem = await world.refused("key", "PATCH", path, params={"beamLineSetupId": setup})
    assert problem["status"] == 404
    assert (await world.get("key", f"/sessions/{world.ids['session']}"))["BeamLineSetup"] is None


async def test_a_refusal_names_the_beamline_of_the_key(world: World) -> None:
    body = {"proposalId": world.ids["proposal"], "beamLineName": "BL2", **DAY}
    problem = await world.refused("key", "POST", "/sessions", json=body)
    assert "covers BL1" in problem["detail"]
    assert "BL2" in problem["detail"]


async def test_a_foreign_parent_is_refused_in_the_words_of_a_missing_one(world: World) -> None:
    foreign = await world.refused("key", "POST", GROUP, json={"sessionId": world.ids["other_session"]})
    missing = await world.refused("key", "POST", GROUP, json={"sessionId": 2**31 - 1})
    assert foreign["detail"].replace(str(world.ids["other_session"]), "N") == missing["detail"].replace(
        str(2**31 - 1), "N"
    )


async def test_a_foreign_sample_is_refused_in_the_words_of_a_missing_one(world: World) -> None:
    def group(sample: int) -> dict[str, int]:
        return {"sessionId": world.ids["session"], "blSampleId": sample}

    foreign = await world.refused("key", "POST", GROUP, json=group(world.ids["other_sample1"]))
    missing = await world.refused("key", "POST", GROUP, json=group(2**31 - 1))
    assert foreign["detail"].replace(str(world.ids["other_sample1"]), "N") == missing["detail"].replace(
        str(2**31 - 1), "N"
    )
