"""Something behind every route that reads: pictures, files, grids, set-ups."""

import json
from pathlib import Path

import h5py
import numpy as np
from PIL import Image as Picture

from pyispyb.clock import local_now, utc_now
from pyispyb.db.writes import update_rows
from pyispyb.mx.centring.place import place_of as place_of_centring
from pyispyb.mx.workflows.place import link
from pyispyb.mx.workflows.place import place_of as place_of_workflows
from pyispyb.reprocessing.place import place_of as place_of_jobs
from pyispyb.tables import (
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcProgramAttachment,
    AutoProcProgramMessage,
    AutoProcScaling,
    BeamLineSetup,
    BLSession,
    BLSubSample,
    Crystal,
    DataCollection,
    DataCollectionFileAttachment,
    Detector,
    EnergyScan,
    GridInfo,
    Image,
    MXMRRun,
    ProcessingJob,
    Reprocessing,
    RobotAction,
    Screening,
    ScreeningOutput,
    StructureRun,
    XFEFluorescenceSpectrum,
)

from .mx.structures.documents import write_coefficients, write_model
from .world import World


async def furnish(world: World, folder: Path) -> World:
    """Put one of everything beside the proposal's first collection; its files go to a folder that is served."""
    picture = folder / f"access-{world.number}.png"
    Picture.new("RGB", (8, 6), "white").save(picture)
    await _pictures(world, str(picture))
    await _detector_image(world, folder / f"access-{world.number}.h5")
    ids = world.ids
    ids["attachment"] = await world.add(
        DataCollectionFileAttachment, dataCollectionId=ids["collection"], fileFullPath=str(picture), fileType="snapshot"
    )
    ids["crystal"] = await world.add(Crystal, proteinId=ids["protein"])
    ids["sub_sample"] = await world.add(BLSubSample, blSampleId=ids["sample1"])
    await world.add(Detector, detectorManufacturer="DECTRIS", detectorModel=f"access {world.number}")
    await world.add(
        GridInfo, dataCollectionGroupId=ids["group"], dataCollectionId=ids["collection"], steps_x=4, steps_y=3
    )
    merged = folder / f"access-{world.number}.mtz"
    await _processing(world, merged)
    await _structure(world, merged, picture)
    await _crystal(world, str(picture))
    await _job(world)
    ids["setup"] = await world.add(BeamLineSetup, focusingOptic="KB")
    async with world.service.database() as db:
        await update_rows(db, BLSession, BLSession.sessionId == ids["session"], {"beamLineSetupId": ids["setup"]})
    return world


async def _crystal(world: World, picture: str) -> None:
    """A characterisation of the collection, a workflow with a step, and where X-ray centring found the crystal."""
    ids = world.ids
    ids["screening"] = await world.add(Screening, dataCollectionId=ids["collection"], programVersion="EDNA")
    await world.add(ScreeningOutput, screeningId=ids["screening"], indexingSuccess=True)
    catalogue = world.service.databases.catalogue
    place, centring = place_of_workflows(catalogue), place_of_centring(catalogue)
    ids["workflow"] = await world.add(place.workflow, workflowTitle="MXPressA", status="success")
    async with world.service.database() as db:
        await link(db, ids["group"], ids["workflow"])
    ids["workflow_step"] = await world.add(
        place.step, workflowId=ids["workflow"], workflowStepType="Mesh", imageResultFilePath=picture
    )
    ids["centring"] = await world.add(
        centring.centring, dataCollectionGroupId=ids["group"], status="success", xrayCentringType="2d"
    )


async def _job(world: World) -> None:
    """A request to process the collection once more, which waits."""
    place = place_of_jobs(world.service.databases.catalogue)
    job = world.ids["job"] = await world.add(
        place.job, dataCollectionId=world.ids["collection"], recipe="any", automatic=False, recordTimestamp=local_now()
    )
    await world.add(Reprocessing, processingJobId=job, requestedBy=world.ids["member"], requestedAt=utc_now())
    await world.add(
        place.sweep, processingJobId=job, dataCollectionId=world.ids["collection"], startImage=1, endImage=2
    )
    await _other_run(world)


async def _other_run(world: World) -> None:
    """A run on the collection that integrated nothing, with a message where there are such."""
    catalogue = world.service.databases.catalogue
    link = {"dataCollectionId": world.ids["collection"]}
    if not catalogue.has(AutoProcProgram.dataCollectionId):
        link = {"processingJobId": await world.add(ProcessingJob, automatic=True, **link)}
    run = world.ids["other_run"] = await world.add(AutoProcProgram, processingPrograms="other 1.0", **link)
    if catalogue.has_table(AutoProcProgramMessage):
        world.ids["run_message"] = await world.add(
            AutoProcProgramMessage, autoProcProgramId=run, severity="WARNING", message="m"
        )


async def _processing(world: World, file: Path) -> None:
    """A run on the collection that integrated it, with a file."""
    run = world.ids["run"] = await world.add(AutoProcProgram, processingPrograms="pipeline 1.0")
    await world.add(AutoProcIntegration, dataCollectionId=world.ids["collection"], autoProcProgramId=run)
    world.ids["run_file"] = await world.add(
        AutoProcProgramAttachment,
        autoProcProgramId=run,
        fileType="Result",
        fileName=file.name,
        filePath=str(file.parent),
    )


async def _structure(world: World, coefficients: Path, picture: Path) -> None:
    """A model refined against what the run merged, with map coefficients and a picture of a blob."""
    write_coefficients(coefficients, write_model(coefficients.with_suffix(".pdb")))
    merged = await world.add(AutoProc, autoProcProgramId=world.ids["run"], spaceGroup="P 65 2 2")
    scaling = world.ids["scaling"] = await world.add(AutoProcScaling, autoProcId=merged)
    program = await world.add(AutoProcProgram, processingPrograms="refinement 1.0")
    refined = await world.add(MXMRRun, autoProcScalingId=scaling, rValueEnd=0.2)
    blob = {"x": 1.0, "y": 2.0, "z": 3.0, "filePath": str(picture.parent), "views": [picture.name]}
    await world.add(
        StructureRun,
        autoProcProgramId=program,
        autoProcScalingId=scaling,
        dataProgramId=world.ids["run"],
        kind="refinement",
        mxMRRunId=refined,
        blobs=json.dumps([blob]),
    )
    world.ids["structure"] = f"run-{program}"  # type: ignore[assignment]
    world.ids["structure_file"] = await world.add(
        AutoProcProgramAttachment,
        autoProcProgramId=program,
        fileType="Result",
        fileName=coefficients.name,
        filePath=str(coefficients.parent),
    )
    world.ids["structure_model"] = await world.add(
        AutoProcProgramAttachment,
        autoProcProgramId=program,
        fileType="Result",
        fileName=coefficients.with_suffix(".pdb").name,
        filePath=str(coefficients.parent),
    )
    world.ids["first"] = 1


async def _detector_image(world: World, file: Path) -> None:
    with h5py.File(file, "w") as made:
        made["entry/data/data"] = np.zeros((1, 6, 8), dtype=np.uint16)
    where = {"imageDirectory": str(file.parent), "fileTemplate": file.name}
    async with world.service.database() as db:
        await update_rows(db, DataCollection, DataCollection.dataCollectionId == world.ids["collection"], where)


async def _pictures(world: World, picture: str) -> None:
    ids = world.ids
    await world.add(Image, dataCollectionId=ids["collection"], imageNumber=1, jpegFileFullPath=picture)
    async with world.service.database() as db:
        await update_rows(
            db,
            DataCollection,
            DataCollection.dataCollectionId == ids["collection"],
            {"xtalSnapshotFullPath1": picture, "imageQualityIndicatorsPlotPath": picture},
        )
        await update_rows(db, RobotAction, RobotAction.robotActionId == ids["robot"], {"xtalSnapshotAfter": picture})
        await update_rows(
            db, EnergyScan, EnergyScan.energyScanId == ids["energy_scan"], {"jpegChoochFileFullPath": picture}
        )
        await update_rows(
            db,
            XFEFluorescenceSpectrum,
            XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId == ids["spectrum"],
            {"jpegScanFileFullPath": picture},
        )
