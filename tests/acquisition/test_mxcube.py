"""Everything that control software asks and writes during a visit, the way it does it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from pyispyb.clock import utc_now
from pyispyb.tables import (
    BLSample,
    BLSession,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    Detector,
    EnergyScan,
    GridInfo,
    Login,
    Protein,
    RobotAction,
    Token,
)
from tests.world import NOW, World

from .mxcube import BEAMLINE_CONFIG, MXCuBE, RefusedError, mx_collection

MANY = 520
"""More than any page of a list holds."""


async def row(world: World, table: Any, key: Any, value: int, *columns: Any) -> tuple[Any, ...]:
    async with world.service.database() as db:
        found = await db.first(select(*columns).select_from(table).where(key == value))
    assert found is not None
    return tuple(found)


async def make_collection(mxcube: MXCuBE, world: World, **changes: Any) -> dict[str, Any]:
    """A group and its collection, the group's whole answer sent back as its id."""
    sent = mx_collection(world.ids["session"], world.ids["sample1"], **changes)
    sent["group_id"] = await mxcube.post("/datacollections/group", sent)
    made: dict[str, Any] = await mxcube.post("/datacollections/datacollection", sent)
    return made


async def test_the_key_of_a_beamline_has_a_name_to_show(mxcube: MXCuBE) -> None:
    user = await mxcube.get("/user/current")
    assert user["givenName"]
    assert user["familyName"]


async def test_an_ended_token_is_refreshed_once_and_work_goes_on(mxcube: MXCuBE, world: World) -> None:
    logins = select(Login.loginId).where(Login.apiKeyId.is_not(None))
    async with world.service.database() as db:
        await db.execute(
            update(Token)
            .where(Token.loginId.in_(logins), Token.kind == "access")
            .values(expiresAt=utc_now() - timedelta(seconds=1))
        )
    assert await mxcube.get("/proposals")
    assert await mxcube.get("/proposals")
    assert mxcube.refreshed == 1


async def test_proposals_have_code_number_and_name(mxcube: MXCuBE, world: World) -> None:
    found = {proposal["proposalId"]: proposal for proposal in await mxcube.get("/proposals")}
    proposal = found[world.ids["proposal"]]
    assert proposal["proposal"] == f"{proposal['proposalCode']}{proposal['proposalNumber']}" == world.proposal
    assert {"title", "type", "state"} <= set(proposal)


@pytest.mark.parametrize("query", ["proposalId", "search"])
async def test_one_proposal_is_found_by_key_and_by_its_upper_case_name(
    mxcube: MXCuBE, world: World, query: str
) -> None:
    asked = {"proposalId": world.ids["proposal"], "search": world.proposal.upper()}[query]
    found = await mxcube.get("/proposals", **{query: asked})
    assert found[0]["proposalId"] == world.ids["proposal"]


async def test_the_running_session_is_recognised_by_a_clock_without_zone(mxcube: MXCuBE, world: World) -> None:
    found = await mxcube.current_sessions(world.proposal, "BL1")
    assert [session["sessionId"] for session in found] == [world.ids["session"]]


async def test_sessions_of_a_day_are_found_by_year_month_and_day(mxcube: MXCuBE, world: World) -> None:
    begin = NOW - timedelta(hours=3)
    found = await mxcube.get(
        "/sessions",
        proposal=world.proposal.upper(),
        beamLineName="BL1",
        year=begin.year,
        month=begin.month,
        day=begin.day,
    )
    assert [session["sessionId"] for session in found] == [world.ids["session"]]


async def test_a_session_made_on_the_spot_runs_at_once_and_is_made_once(mxcube: MXCuBE, world: World) -> None:
    new = {
        "proposalId": str(world.ids["proposal"]),
        "startDate": f"{NOW:%Y-%m-%d}T00:00:00.000000Z",
        "endDate": f"{NOW + timedelta(days=1):%Y-%m-%d}T23:59:59.000000Z",
        "beamLineName": "BL1",
        "comments": "Session created by control software",
        "scheduled": False,
    }
    made = await mxcube.post("/sessions", new)
    again = await mxcube.post("/sessions", new)
    assert made["startDate"] == f"{NOW:%Y-%m-%d}T00:00:00"
    assert made["visit_number"] == 4
    assert again["sessionId"] == made["sessionId"]
    assert made["sessionId"] in {found["sessionId"] for found in await mxcube.current_sessions(world.proposal, "BL1")}
    assert (await mxcube.get(f"/sessions/{made['sessionId']}"))["proposal"] == world.proposal


async def test_the_first_page_holds_every_session_of_a_proposal(mxcube: MXCuBE, world: World) -> None:
    begin = NOW - timedelta(days=2000)
    async with world.service.database() as db:
        await db.execute(
            insert(BLSession),
            [
                {
                    "proposalId": world.ids["proposal"],
                    "beamLineName": "BL1",
                    "startDate": begin + timedelta(days=number),
                    "endDate": begin + timedelta(days=number, hours=8),
                    "visit_number": number,
                    "lastUpdate": NOW,
                }
                for number in range(10, 10 + MANY)
            ],
        )
    found = await mxcube.get("/sessions", proposal=world.proposal.upper(), beamLineName="BL1")
    assert len(found) == MANY + 2


async def test_the_first_page_holds_every_sample_of_a_proposal(mxcube: MXCuBE, world: World) -> None:
    crystal = await world.add(Crystal, proteinId=world.ids["protein"])
    async with world.service.database() as db:
        await db.execute(
            insert(BLSample),
            [
                {"crystalId": crystal, "containerId": world.ids["container"], "name": f"many-{number}"}
                for number in range(MANY)
            ],
        )
    found = await mxcube.get("/samples", proposal=world.proposal, beamLineName="BL1")
    assert len(found) == MANY + 2


async def test_samples_have_nested_objects_even_where_there_is_nothing(mxcube: MXCuBE, world: World) -> None:
    protein = await world.add(Protein, proposalId=world.ids["proposal"])
    bare = await world.add(BLSample, crystalId=await world.add(Crystal, proteinId=protein))
    await world.add(DataCollectionGroup, sessionId=world.ids["session"], blSampleId=bare)
    found = {sample["blSampleId"]: sample for sample in await mxcube.get("/samples", proposal=world.proposal)}
    assert found[bare]["Container"]["sampleChangerLocation"] is None
    assert found[bare]["DiffractionPlan"]["diffractionPlanId"] is None
    assert found[bare]["Crystal"]["Protein"]["acronym"] is None
    full = found[world.ids["sample1"]]
    assert full["Container"]["sampleChangerLocation"] == "3"
    assert full["Crystal"]["space_group"] == "P43212"
    assert full["Crystal"]["cell_a"] == pytest.approx(78.1)
    assert full["Crystal"]["Protein"]["acronym"] == "lyso"
    assert full["location"] == "1"


async def test_a_sample_takes_status_and_position_and_passes_over_the_rest(mxcube: MXCuBE, world: World) -> None:
    sample = world.ids["sample1"]
    changed = await mxcube.patch(
        f"/samples/{sample}",
        {
            "blSampleId": sample,
            "blSampleStatus": "processing",
            "lastKnownCenteringPosition": "(phi=1)",
            "location": 1,
            "code": "anything",
            "containerId": 999_999,
        },
    )
    assert changed["blSampleStatus"] == "processing"
    assert changed["lastKnownCenteringPosition"] == "(phi=1)"
    assert changed["containerId"] == world.ids["container"]


async def test_a_detector_is_one_object_and_an_unknown_one_is_missing(mxcube: MXCuBE, world: World) -> None:
    words = {"detectorType": "EIGER", "detectorManufacturer": "DECTRIS", "detectorModel": f"E{world.number}"}
    detector = await world.add(Detector, **words, detectorMode="1")
    found = await mxcube.get("/detectors", manufacturer="dectris", model=f"e{world.number}", mode="1", type="eiger")
    assert found["detectorId"] == detector
    with pytest.raises(RefusedError) as refused:
        await mxcube.get("/detectors", manufacturer="nobody", model="nothing", mode="1", type="none")
    assert refused.value.status == 404


async def test_a_group_is_made_from_few_fields(mxcube: MXCuBE, world: World) -> None:
    sent = {
        "sessionId": str(world.ids["session"]),
        "experimentType": "OSC",
        "actualContainerSlotInSC": 3,
        "actualSampleSlotInContainer": 1,
    }
    made = await mxcube.post("/datacollections/group", sent)
    assert (made["sessionId"], made["experimentType"]) == (world.ids["session"], "OSC")
    assert {"blSampleId", "workflowId"} <= set(made)


async def test_a_collection_is_kept_in_the_columns_of_ispyb(mxcube: MXCuBE, world: World) -> None:
    made = await make_collection(mxcube, world)
    kept = await mxcube.get(f"/datacollections/{made['dataCollectionId']}")
    expected = {
        "dataCollectionGroupId": made["dataCollectionGroupId"],
        "sessionId": world.ids["session"],
        "blSampleId": world.ids["sample1"],
        "imageDirectory": "/data/visitor/RAW_DATA/run1",
        "imagePrefix": "lyso-x1",
        "fileTemplate": "lyso-x1_1_%05d.h5",
        "dataCollectionNumber": 1,
        "numberOfImages": 3600,
        "runStatus": "Running",
        "startTime": "2026-11-20T14:05:09",
    }
    assert {name: kept[name] for name in expected} == expected
    assert kept["axisEnd"] == pytest.approx(370.0)
    assert kept["wavelength"] == pytest.approx(0.9763)
    assert kept["flux"] == pytest.approx(2.1e12)


@pytest.mark.parametrize("unknown", [None, "", 0, -1])
async def test_a_sample_mounted_by_hand_has_no_key(mxcube: MXCuBE, world: World, unknown: Any) -> None:
    sent = mx_collection(world.ids["session"])
    sent["sample_reference"]["blSampleId"] = unknown
    sent["group_id"] = await mxcube.post("/datacollections/group", sent)
    made = await mxcube.post("/datacollections/datacollection", sent)
    assert (await mxcube.get(f"/datacollections/{made['dataCollectionId']}"))["BLSample"] is None


async def test_begin_and_end_of_a_running_collection_can_be_read_as_times(mxcube: MXCuBE, world: World) -> None:
    made = await make_collection(mxcube, world)
    kept = await mxcube.get(f"/datacollections/{made['dataCollectionId']}")
    length = datetime.fromisoformat(kept["endTime"]) - datetime.fromisoformat(kept["startTime"])
    assert length == timedelta(seconds=36)
    assert kept["_metadata"]["endTimeExpected"]


async def test_a_collection_without_begin_or_images_still_has_both_times(mxcube: MXCuBE, world: World) -> None:
    made = await make_collection(mxcube, world, collection_start_time=None, oscillation_sequence=[])
    kept = await mxcube.get(f"/datacollections/{made['dataCollectionId']}")
    assert datetime.fromisoformat(kept["startTime"]) <= datetime.fromisoformat(kept["endTime"])


async def test_a_collection_that_ended_is_changed_and_closes_its_group(mxcube: MXCuBE, world: World) -> None:
    made = await make_collection(mxcube, world)
    key = made["dataCollectionId"]
    first, last = await mxcube.update_collection(
        mx_collection(
            world.ids["session"],
            world.ids["sample1"],
            collection_id=key,
            group_id={"dataCollectionGroupId": made["dataCollectionGroupId"]},
            status="Data collection successful",
            collection_end_time="2026-11-20 14:06:00",
            flux_end=1.9e12,
        )
    )
    assert first != last
    kept = await mxcube.get(f"/datacollections/{key}")
    assert kept["runStatus"] == "Data collection successful"
    assert kept["endTime"] == kept["DataCollectionGroup"]["endTime"] == "2026-11-20T14:06:00"
    assert kept["_metadata"]["state"] == "done"
    assert kept["xtalSnapshotFullPath1"].endswith(".jpeg")


async def test_what_a_change_does_not_name_stays(mxcube: MXCuBE, world: World) -> None:
    made = await make_collection(mxcube, world)
    key = made["dataCollectionId"]
    await mxcube.update_collection({"collection_id": key, "comments": "a remark"})
    assert await row(
        world,
        DataCollection,
        DataCollection.dataCollectionId,
        key,
        DataCollection.comments,
        DataCollection.imagePrefix,
        DataCollection.runStatus,
    ) == ("a remark", "lyso-x1", "Running")


async def test_a_grid_scan_leaves_its_grid(mxcube: MXCuBE, world: World) -> None:
    sweep = {
        "start": 0,
        "range": 0.0,
        "number_of_images": 200,
        "number_of_lines": 10,
        "mesh_range": [0.4, 0.2],
        "exposure_time": 0.01,
    }
    made = await make_collection(mxcube, world, experiment_type="Mesh", oscillation_sequence=[sweep])
    kept = await mxcube.get(f"/datacollections/{made['dataCollectionId']}")
    (grid,) = kept["GridInfo"]
    assert (grid["steps_x"], grid["steps_y"]) == (20, 10)
    columns = (GridInfo.dx_mm, GridInfo.dy_mm)
    group = made["dataCollectionGroupId"]
    stored = await row(world, GridInfo, GridInfo.dataCollectionGroupId, group, *columns)
    whole = not world.service.databases.catalogue.has(GridInfo.micronsPerPixelX)
    assert stored == pytest.approx((0.4, 0.2) if whole else (0.02, 0.02))


async def test_an_image_is_noted_once_and_changed_when_sent_again(mxcube: MXCuBE, world: World) -> None:
    image = {
        "dataCollectionId": world.ids["collection"],
        "imageNumber": 1,
        "fileName": "lyso-x1_1_00001.h5",
        "fileLocation": "/data",
        "measuredIntensity": 1.2e12,
        "synchrotronCurrent": 199.1,
        "machineMessage": "User operation",
        "temperature": 100.0,
        "anything": {"else": 1},
    }
    first = await mxcube.post("/images/image", image)
    again = await mxcube.post("/images/image", {**image, "machineMessage": "Refill"})
    assert first["imageId"] == again["imageId"]


async def test_a_robot_action_is_noted_in_its_session(mxcube: MXCuBE, world: World) -> None:
    sent = {
        "sessionId": str(world.ids["session"]),
        "blSampleId": world.ids["sample1"],
        "startTimestamp": "2026-11-20 14:00:00",
        "endTimestamp": "2026-11-20 14:00:31",
        "actionType": "LOAD",
        "status": "SUCCESS",
        "containerLocation": 3,
        "dewarLocation": 1,
        "message": "",
        "xtalSnapshotBefore": None,
    }
    made = await mxcube.post("/events/robot-action", sent)
    assert await row(
        world,
        RobotAction,
        RobotAction.robotActionId,
        made["robotActionId"],
        RobotAction.blsessionId,
        RobotAction.blsampleId,
        RobotAction.startTimestamp,
    ) == (world.ids["session"], world.ids["sample1"], datetime(2026, 11, 20, 14))


async def test_an_energy_scan_is_given_its_sample_by_its_own_answer(mxcube: MXCuBE, world: World) -> None:
    sent = {
        "sessionId": world.ids["session"],
        "element": "Se",
        "edgeEnergy": "K",
        "startEnergy": 12.6,
        "endEnergy": 12.72,
        "startTime": "2026-11-20 15:00:00",
        "endTime": "2026-11-20 15:01:00",
        "peakEnergy": 12.6612,
        "peakFPrime": -7.1,
        "jpegChoochFileFullPath": "/data/scan.png",
    }
    made = await mxcube.post("/events/energyscan", sent)
    linked = await mxcube.patch(
        "/events/energyscan/associate-bl-sample", {"energyScanId": made, "blSampleId": world.ids["sample2"]}
    )
    assert linked["energyScanId"] == made["energyScanId"]
    assert linked["blSampleId"] == world.ids["sample2"]
    events = await mxcube.get("/events", sessionId=world.ids["session"], eventType="es")
    assert made["energyScanId"] in {event["id"] for event in events}
    stored = await row(world, EnergyScan, EnergyScan.energyScanId, made["energyScanId"], EnergyScan.peakEnergy)
    assert stored[0] == pytest.approx(12.6612)


async def test_a_fluorescence_spectrum_is_noted_in_its_session(mxcube: MXCuBE, world: World) -> None:
    sent = {
        "sessionId": world.ids["session"],
        "blSampleId": world.ids["sample1"],
        "energy": 12.7,
        "exposureTime": 3.0,
        "startTime": "2026-11-20 15:10:00",
        "endTime": "2026-11-20 15:11:00",
        "annotatedPymcaXfeSpectrum": "/data/xrf.html",
        "beamTransmission": 0.1,
    }
    made = await mxcube.post("/events/xfe-fluorescence-spectrum", sent)
    events = await mxcube.get("/events", sessionId=world.ids["session"], eventType="xrf")
    assert made["xfeFluorescenceSpectrumId"] in {event["id"] for event in events}


async def test_a_session_is_tied_to_the_set_up_of_its_beamline(mxcube: MXCuBE, world: World) -> None:
    setup = await mxcube.post("/beamline-setups/beamline-setup", BEAMLINE_CONFIG)
    tied = await mxcube.patch(
        f"/sessions/{world.ids['session']}/associate-beamline-setup", beamLineSetupId=setup["beamLineSetupId"]
    )
    assert tied["BeamLineSetup"]["beamLineSetupId"] == setup["beamLineSetupId"]
    assert tied["BeamLineSetup"]["undulatorType1"] == "U20"
    assert tied["BeamLineSetup"]["goniostatMaxOscillationSpeed"] == pytest.approx(360)


async def test_a_revoked_login_asks_for_a_new_one(mxcube: MXCuBE) -> None:
    await mxcube.call("POST", "/auth/logout")
    with pytest.raises(RefusedError) as refused:
        await mxcube.get("/proposals")
    assert refused.value.status == 401
    await mxcube.log_in()
    assert await mxcube.get("/proposals")
