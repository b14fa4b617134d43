"""Something behind every route that reads: pictures, files, grids, set-ups."""

from pathlib import Path

from PIL import Image as Picture

from pyispyb.db.writes import update_rows
from pyispyb.tables import (
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcProgramAttachment,
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
    RobotAction,
    XFEFluorescenceSpectrum,
)

from .world import World


async def furnish(world: World, folder: Path) -> World:
    """Put one of everything beside the proposal's first collection; its files go to a folder that is served."""
    picture = folder / f"access-{world.number}.png"
    Picture.new("RGB", (8, 6), "white").save(picture)
    await _pictures(world, str(picture))
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
    await _processing(world, picture)
    ids["setup"] = await world.add(BeamLineSetup, focusingOptic="KB")
    async with world.service.database() as db:
        await update_rows(db, BLSession, BLSession.sessionId == ids["session"], {"beamLineSetupId": ids["setup"]})
    return world


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
