"""A simulated beamline against the real service: it measures, goes on after trouble, and stops cleanly."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from pyispyb.app import API_BASE
from pyispyb.demo import columns
from pyispyb.demo.accounts import program_keys
from pyispyb.demo.beamline import SimulatedBeamline, target_of
from pyispyb.demo.client import Client
from pyispyb.demo.facility import beamline, files_root, settings
from pyispyb.demo.schedule import RUNNING
from pyispyb.demo.setup import prepare
from pyispyb.tables import (
    BLSession,
    DataCollection,
    DataCollectionGroup,
    EnergyScan,
    GridInfo,
    Image,
    ImageQualityIndicators,
    RobotAction,
    XFEFluorescenceSpectrum,
)

from ..service import Service, running_service

LINE = "BL2-MX"
"""Its proposal also scans edges."""
QUICK = 0.02
"""Seconds between two events."""


@pytest.fixture
async def facility(copied: Path) -> AsyncIterator[tuple[Service, Path]]:
    """The service on a facility whose sessions run now."""
    await prepare(copied, datetime.now().replace(microsecond=0), lambda _: None)
    async with running_service(settings(copied, [])) as service:
        yield service, copied


def simulated(folder: Path, transport: httpx.AsyncBaseTransport, name: str = LINE) -> SimulatedBeamline:
    client = Client(f"http://ispyb{API_BASE}/", name, program_keys(folder)[name], transport)
    return SimulatedBeamline(beamline(name), RUNNING[name], client, files_root(folder), QUICK)


@asynccontextmanager
async def measuring(line: SimulatedBeamline) -> AsyncIterator[None]:
    task = asyncio.create_task(line.run())
    try:
        yield
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def since(service: Service, before: dict[str, int]) -> dict[str, list]:
    """Rows that came after the highest keys of before, by the name of their table."""
    found = {}
    async with service.databases.read() as db:
        for table, key in KEYS.items():
            found[table.__name__] = await db.all(select(table.__table__).where(key > before[table.__name__]))
    return found


KEYS = {
    DataCollection: DataCollection.dataCollectionId,
    DataCollectionGroup: DataCollectionGroup.dataCollectionGroupId,
    GridInfo: GridInfo.gridInfoId,
    Image: Image.imageId,
    RobotAction: RobotAction.robotActionId,
    EnergyScan: EnergyScan.energyScanId,
    XFEFluorescenceSpectrum: XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId,
}


async def highest(service: Service) -> dict[str, int]:
    async with service.databases.read() as db:
        return {table.__name__: await db.scalar(select(func.max(key))) or 0 for table, key in KEYS.items()}


async def until(service: Service, before: dict[str, int], enough) -> dict[str, list]:
    """What was registered, as soon as it is enough; a minute is the limit."""
    async with asyncio.timeout(60):
        while not enough(found := await since(service, before)):
            await asyncio.sleep(0.1)
    return found


def ended(found: dict[str, list]) -> list:
    return [row for row in found["DataCollection"] if row.endTime is not None]


async def test_it_measures_samples_from_load_to_unload(facility):
    service, folder = facility
    before = await highest(service)
    async with measuring(simulated(folder, service.transport)):
        found = await until(
            service,
            before,
            lambda found: (
                found["EnergyScan"]
                and found["XFEFluorescenceSpectrum"]
                and len(ended(found)) > 8
                and len(found["RobotAction"]) > 4
            ),
        )
    async with service.databases.read() as db:
        (session,) = await db.all(
            select(BLSession.sessionId).where(
                BLSession.beamLineName == LINE,
                BLSession.startDate <= datetime.now(),
                BLSession.endDate > datetime.now(),
            )
        )
        images = dict(
            tuple(row)
            for row in await db.all(
                select(ImageQualityIndicators.dataCollectionId, func.count()).group_by(
                    ImageQualityIndicators.dataCollectionId
                )
            )
        )
    assert {row.blsessionId for row in found["RobotAction"]} == {session.sessionId}
    assert {row.sessionId for row in found["DataCollection"]} == {session.sessionId}
    assert {row.actionType for row in found["RobotAction"]} == {"LOAD", "UNLOAD"}
    for row in ended(found):
        check_collection(row, images.get(row.dataCollectionId, 0))
    meshes = [row.dataCollectionId for row in ended(found) if row.experimentType == "Mesh"]
    assert meshes
    assert set(meshes) <= {row.dataCollectionId for row in found["GridInfo"]}
    assert_files(
        *(row.jpegChoochFileFullPath for row in found["EnergyScan"]),
        *(row.jpegScanFileFullPath for row in found["XFEFluorescenceSpectrum"]),
        *(row.jpegFileFullPath for row in found["Image"]),
        *(row.xtalSnapshotAfter for row in found["RobotAction"]),
    )
    assert all(row.blSampleId for row in found["EnergyScan"])


def check_collection(row, images: int) -> None:
    assert row.startTime <= row.endTime
    assert None not in (row.blSampleId, row.detectorId, row.wavelength, row.imagePrefix)
    assert_files(row.xtalSnapshotFullPath1)
    if row.runStatus == "Data collection successful":
        template = row.fileTemplate
        assert_files(row.imageDirectory + (template % 1 if "%" in template else template))
        assert images == row.numberOfImages


def assert_files(*paths: str) -> None:
    assert all(Path(path).is_file() for path in paths)


async def test_collections_of_one_kind_share_their_group(facility):
    service, folder = facility
    before = await highest(service)
    async with measuring(simulated(folder, service.transport)):
        found = await until(service, before, lambda found: len(ended(found)) > 4)
    of_group: dict[int, set[str]] = {}
    for row in found["DataCollection"]:
        of_group.setdefault(row.dataCollectionGroupId, set()).add(row.experimentType)
    assert all(len(kinds) == 1 for kinds in of_group.values())
    assert any([row.dataCollectionGroupId for row in found["DataCollection"]].count(group) == 2 for group in of_group)


class Flaky(httpx.AsyncBaseTransport):
    """Passes requests on; every third answer is lost on its way."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.count = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.count += 1
        response = await self.inner.handle_async_request(request)
        if self.count % 3 == 0:
            raise httpx.ReadTimeout("lost", request=request)
        return response


async def test_lost_answers_leave_nothing_twice(facility, monkeypatch):
    monkeypatch.setattr("pyispyb.demo.client.FIRST_WAIT", 0.005)
    service, folder = facility
    before = await highest(service)
    async with measuring(simulated(folder, Flaky(service.transport))):
        found = await until(service, before, lambda found: len(ended(found)) > 4 and len(found["RobotAction"]) > 1)
    runs = [(row.blSampleId, row.dataCollectionNumber) for row in found["DataCollection"]]
    assert len(runs) == len(set(runs))
    loads = [(row.blsampleId, row.actionType) for row in found["RobotAction"]]
    assert len(loads) == len(set(loads))


class Recorder(httpx.AsyncBaseTransport):
    """Passes requests on and remembers what was written about collections."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.collections: list[dict] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("datacollections/datacollection"):
            self.collections.append(json.loads(request.content))
        return await self.inner.handle_async_request(request)


async def test_what_is_known_only_at_the_end_is_told_then(facility):
    service, folder = facility
    before, recorder = await highest(service), Recorder(service.transport)
    async with measuring(simulated(folder, recorder)):
        found = await until(service, before, lambda found: len(ended(found)) > 2)
    running = [sent for sent in recorder.collections if sent["status"] == columns.RUNNING]
    assert len(running) >= len(ended(found))
    assert not any({"comments", "flux_end"} & set(sent) for sent in running)
    assert all(row.flux_end < row.flux for row in ended(found) if row.runStatus != columns.STOPPED)
    assert_files(*(f"{row.imageDirectory}{row.imagePrefix}_{row.dataCollectionNumber}.log" for row in ended(found)[:2]))


async def test_there_is_a_picture_of_every_box_of_a_grid(facility):
    service, folder = facility
    before = await highest(service)
    async with measuring(simulated(folder, service.transport)):
        found = await until(service, before, lambda found: len(ended(found)) > 1 and found["GridInfo"])
    grid, mesh = found["GridInfo"][0], ended(found)[0]
    boxes = [row.imageNumber for row in found["Image"] if row.dataCollectionId == mesh.dataCollectionId]
    assert grid.dataCollectionId == mesh.dataCollectionId
    assert boxes == list(range(1, round(grid.steps_x * grid.steps_y) + 1))


async def test_switched_off_in_the_middle_it_says_that_the_collection_was_stopped(facility):
    service, folder = facility
    before = await highest(service)
    line = simulated(folder, service.transport)
    line.interval = 3.0
    async with measuring(line):
        await until(service, before, lambda found: found["DataCollection"])
    (row,) = (await since(service, before))["DataCollection"]
    assert row.runStatus == "Data collection stopped"
    assert row.endTime is not None


async def test_measured_samples_are_marked(facility):
    service, folder = facility
    before = await highest(service)
    line = simulated(folder, service.transport)
    async with measuring(line):
        found = await until(service, before, lambda found: len(ended(found)) > 2)
    reader = simulated(folder, service.transport).client
    samples = {sample["blSampleId"]: sample for sample in await reader.get("samples", proposal=RUNNING[LINE])}
    await reader.close()
    assert samples[ended(found)[0].blSampleId]["blSampleStatus"] == "Data collected"


def sample(**changes):
    return {
        "blSampleId": 3,
        "name": "x/1 ä",
        "code": None,
        "location": None,
        "Container": {"code": None, "sampleChangerLocation": "B7"},
        "Crystal": {"spaceGroup": None, "Protein": {"acronym": "MINE"}},
        **changes,
    }


def test_a_sample_that_somebody_added_is_measured_in_the_standard_way():
    target = target_of(sample())
    assert target.protein.strategy == "standard"
    assert (target.containerSlot, target.slot) == (7, 0)


def test_a_known_protein_is_measured_as_its_group_does():
    assert target_of(sample(Crystal={"Protein": {"acronym": "LPMO"}})).protein.strategy == "metal"


def test_names_of_samples_never_lead_out_of_the_folder():
    target = target_of(sample(name="../../etc/passwd", Crystal={"Protein": {"acronym": "../x"}}))
    assert "/" not in target.name + target.protein.acronym
