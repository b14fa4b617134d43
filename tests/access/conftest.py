"""A world with something behind every route, which tests of access only read."""

from pathlib import Path

import pytest
from PIL import Image as Picture

from pyispyb.db.writes import update_rows
from pyispyb.tables import (
    BeamLineSetup,
    BLSession,
    BLSubSample,
    Crystal,
    DataCollection,
    DataCollectionFileAttachment,
    Detector,
    EnergyScan,
    Image,
    RobotAction,
    XFEFluorescenceSpectrum,
)
from tests.service import Service
from tests.world import World, build_world


@pytest.fixture(scope="session")
async def furnished(service: Service, files_root: Path) -> World:
    """The world of one test for many: nothing may be changed in it."""
    world = await build_world(service)
    picture = files_root / f"access-{world.number}.png"
    Picture.new("RGB", (8, 6), "white").save(picture)
    await _pictures(world, str(picture))
    ids = world.ids
    ids["attachment"] = await world.add(
        DataCollectionFileAttachment, dataCollectionId=ids["collection"], fileFullPath=str(picture), fileType="snapshot"
    )
    ids["crystal"] = await world.add(Crystal, proteinId=ids["protein"])
    ids["sub_sample"] = await world.add(BLSubSample, blSampleId=ids["sample1"])
    await world.add(Detector, detectorManufacturer="DECTRIS", detectorModel=f"access {world.number}")
    ids["setup"] = await world.add(BeamLineSetup, focusingOptic="KB")
    async with service.database() as db:
        await update_rows(db, BLSession, BLSession.sessionId == ids["session"], {"beamLineSetupId": ids["setup"]})
    return world


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
