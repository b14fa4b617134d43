"""The simulated cluster against the real service: runs are announced, end well or badly, and can be read."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from pyispyb.app import API_BASE
from pyispyb.clock import local_now
from pyispyb.demo import on_demand
from pyispyb.demo.accounts import PIPELINES, program_keys
from pyispyb.demo.beamline import SimulatedBeamline
from pyispyb.demo.client import Caller, Client
from pyispyb.demo.experiment import Target, plan
from pyispyb.demo.facility import beamline, files_root, settings
from pyispyb.demo.macromolecules import MACROMOLECULES
from pyispyb.demo.processing.cluster import Cluster
from pyispyb.demo.processing.datasets import Dataset, grouped
from pyispyb.demo.processing.runs import runs_of
from pyispyb.demo.schedule import RUNNING
from pyispyb.demo.setup import prepare
from pyispyb.demo.structures.solutions import solutions_of
from pyispyb.demo.traces import Place
from pyispyb.tables import BLSession, DataCollection

from ..service import Service, running_service
from .conftest import NOW

LINE = "BL2-MX"
HURRY = 0.01
"""Runs take so little of their time."""


@pytest.fixture
async def facility(copied: Path) -> AsyncIterator[tuple[Service, Path]]:
    async with running_service(settings(copied, [])) as service:
        on_demand.install(service.app)
        yield service, copied


def caller(service: Service, folder: Path, transport: httpx.AsyncBaseTransport | None = None) -> Caller:
    return Caller(f"http://ispyb{API_BASE}/", transport or service.transport, program_keys(folder)[PIPELINES])


async def collected(service: Service) -> tuple[int, str, datetime]:
    """A collection of a session of the facility, and where and when that was."""
    async with service.databases.read() as db:
        (row,) = await db.all(
            select(DataCollection.dataCollectionId, BLSession.beamLineName, BLSession.startDate)
            .join(BLSession, BLSession.sessionId == DataCollection.sessionId)
            .where(DataCollection.experimentType == "Mesh", BLSession.beamLineName == LINE)
            .order_by(DataCollection.dataCollectionId.desc())
            .limit(1)
        )
    return row.dataCollectionId, row.beamLineName, row.startDate


async def dataset(
    service: Service, folder: Path, wanted: Callable[[list[str]], bool], acronym: str = "KIN4"
) -> Dataset:
    """A data set whose runs end as wanted, on a collection that has none: of LYSO a characterisation."""
    collection, line, start = await collected(service)
    place = Place.of_session(files_root(folder), RUNNING[LINE], line, start)
    for number in range(5000, 9000):
        target = Target(number, f"live-x{number}", "E1", MACROMOLECULES[acronym], "P1", 1, 1)
        sweeps = next(iter(grouped(plan(target, beamline(LINE), "live"))), None)
        if sweeps is not None:
            found = Dataset(place, target, sweeps, (collection,) * len(sweeps))
            if wanted([run.state for run in runs_of(found)]):
                return found
    pytest.fail("no such data set")


async def told(service: Service, folder: Path, collection: int) -> list[dict]:
    asked = caller(service, folder)
    found = await asked.get("processings/results", dataCollectionId=collection)
    await asked.close()
    return found


async def processed(service: Service, folder: Path, given: Dataset) -> dict[str, dict]:
    """What the service tells of the runs on a data set after they ended, by the pipeline."""
    cluster = Cluster(caller(service, folder), HURRY)
    cluster.take(given)
    await cluster.finish()
    await cluster.close()
    return {each["pipeline"]: each for each in await told(service, folder, given.collections[0])}


async def test_runs_of_a_data_set_end_with_results_that_can_be_read(facility):
    service, folder = facility
    given = await dataset(service, folder, lambda states: set(states) == {"success"})
    found = await processed(service, folder, given)
    runs = {run.pipeline.name: run for run in runs_of(given)}
    assert set(found) == set(runs) == {"autoPROC", "xia2 dials", "fast_dp", "xia2 3dii"}
    asked = caller(service, folder)
    for name, result in found.items():
        outcome = runs[name].outcome
        assert result["state"] == "success"
        assert result["spaceGroup"] == outcome.symmetry.name
        assert result["cell"]["a"] == pytest.approx(outcome.cell[0])
        assert len(result["scalings"]) == len(outcome.merged)
        key = result["autoProcProgramId"]
        detail = await asked.get(f"processings/results/{key}")
        assert len(detail["shells"]) == (0 if runs[name].pipeline.xml else len(outcome.merged))
        files = await asked.get(f"processings/programs/{key}/attachments")
        assert [each["fileType"] for each in files] == ["Log", *["Result"] * len(outcome.merged), "Graph", "Log"]
    structures = await asked.get("structures", dataCollectionId=given.collections[0])
    await asked.close()
    assert sorted(result["rank"] for result in found.values()) == [1, 2, 3, 4]
    planned = [solution for run in runs.values() for solution in solutions_of(run)]
    states = {(solution.programs, solution.state) for solution in planned}
    assert {(each["processingPrograms"], each["state"]) for each in structures} == states
    assert {each["kind"] for each in structures} >= {"refinement"}


async def test_files_of_a_run_can_be_downloaded(facility):
    service, folder = facility
    given = await dataset(service, folder, lambda states: set(states) == {"success"})
    found = await processed(service, folder, given)
    asked = caller(service, folder)
    files = await asked.get(f"processings/programs/{found['fast_dp']['autoProcProgramId']}/attachments")
    key = {"Authorization": f"Bearer {program_keys(folder)[PIPELINES]}"}
    async with httpx.AsyncClient(transport=service.transport, base_url=f"http://ispyb{API_BASE}", headers=key) as http:
        contents = {each["fileName"]: (await http.get(each["url"])).content for each in files}
    await asked.close()
    assert contents["fast_dp.mtz"].startswith(b"MTZ ")
    assert b"fast_dp 1.6" in contents["report.html"]


async def test_files_of_merged_data_say_what_their_run_does(facility):
    service, folder = facility
    given = await dataset(service, folder, lambda states: set(states) == {"success"})
    found = await processed(service, folder, given)
    asked = caller(service, folder)
    summed = []
    for result in found.values():
        files = await asked.get(f"processings/programs/{result['autoProcProgramId']}/attachments")
        merged = [each for each in files if each["content"] == "reflections"]
        scalings = sorted(result["scalings"], key=lambda each: each["kind"] == "anisotropic")
        for file, scaling in zip(merged, scalings, strict=True):
            summary = await asked.get(f"processings/attachments/{file['autoProcProgramAttachmentId']}/summary")
            overall = scaling["statistics"]["overall"]
            assert summary["reflections"] == overall["nTotalUniqueObservations"]
            assert summary["highRes"] == pytest.approx(overall["resolutionLimitHigh"], abs=0.0051)
            assert summary["lowRes"] == pytest.approx(overall["resolutionLimitLow"], abs=0.0051)
            assert 100 * summary["completeness"] == pytest.approx(overall["completeness"], abs=0.05)
            assert summary["spaceGroup"] == result["spaceGroup"]
            assert summary["cell"] == pytest.approx(result["cell"], abs=2e-3)
            summed.append(file["fileName"])
    await asked.close()
    assert sorted(summed) == [
        "AUTOMATIC_DEFAULT_scaled.mtz",
        "AUTOMATIC_DEFAULT_scaled.mtz",
        "fast_dp.mtz",
        "staraniso_alldata-unique.mtz",
        "truncate-unique.mtz",
    ]


async def test_runs_that_fail_say_why(facility):
    service, folder = facility
    given = await dataset(service, folder, lambda states: states == ["failed"] * 4)
    found = await processed(service, folder, given)
    asked = caller(service, folder)
    for run in runs_of(given):
        result = found[run.pipeline.name]
        assert result["state"] == "failed"
        assert result["processingMessage"] == run.message
        assert result["scalings"] == []
        key = result["autoProcProgramId"]
        (message,) = await asked.get(f"processings/programs/{key}/messages")
        assert (message["severity"], message["message"]) == ("ERROR", run.message)
        (log,) = await asked.get(f"processings/programs/{key}/attachments")
        assert log["fileType"] == "Log"
    await asked.close()


async def test_a_characterisation_gives_a_strategy(facility):
    service, folder = facility
    given = await dataset(service, folder, lambda states: states == ["success"], "LYSO")
    found = await processed(service, folder, given)
    assert found["EDNA"]["state"] == "success"
    assert "0.1° images" in found["EDNA"]["processingMessage"]
    asked = caller(service, folder)
    told = await asked.get("processings/screenings", dataCollectionId=given.collections[0])
    await asked.close()
    (screening,) = [each for each in told if each["autoProcProgramId"] == found["EDNA"]["autoProcProgramId"]]
    assert screening["_metadata"]["state"] == "strategy"
    assert screening["ScreeningOutput"][0]["ScreeningOutputLattice"][0]["spaceGroup"] == "P43212"


async def test_a_run_that_the_cluster_forgot_waits(facility):
    service, folder = facility
    given = await dataset(service, folder, lambda states: states[0] == "queued")
    found = await processed(service, folder, given)
    assert found["autoPROC"]["state"] == "queued"


class Watching(httpx.AsyncBaseTransport):
    """Passes requests on and remembers what was sent when."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.sent: list[tuple[str, str]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append((request.method, request.url.path.removeprefix(f"{API_BASE}/")))
        return await self.inner.handle_async_request(request)


async def test_runs_wait_begin_and_end_one_after_the_other(facility):
    service, folder = facility
    given = await dataset(service, folder, lambda states: set(states) == {"success"})
    watching = Watching(service.transport)
    cluster = Cluster(caller(service, folder, watching), HURRY)
    cluster.take(given)
    await cluster.finish()
    await cluster.close()
    kinds = [(method, path.rstrip("0123456789")) for method, path in watching.sent]
    assert kinds.count(("POST", "processings/programs")) == 3
    assert kinds.count(("PATCH", "processings/programs/")) == 3
    assert kinds.count(("POST", "processings/results")) == 3
    assert kinds.count(("POST", "processings/autoproc-container")) == 1


async def test_it_drops_its_work_at_once_when_it_is_switched_off(facility):
    service, folder = facility
    given = await dataset(service, folder, lambda states: set(states) == {"success"})
    cluster = Cluster(caller(service, folder))
    cluster.take(given)
    async with asyncio.timeout(20):
        while [each["state"] for each in await told(service, folder, given.collections[0])] != ["running"] * 3:
            await asyncio.sleep(0.05)
    before = time.monotonic()
    await cluster.close()
    assert time.monotonic() - before < 2
    await prepare(folder, NOW, lambda _: None)
    states = {each["state"] for each in await told(service, folder, given.collections[0])}
    assert states == {"failed"}


async def test_what_a_beamline_measures_is_processed(copied):
    await prepare(copied, local_now(), lambda _: None)
    async with running_service(settings(copied, [])) as service:
        given: list[Dataset] = []
        client = Client(f"http://ispyb{API_BASE}/", LINE, program_keys(copied)[LINE], service.transport)
        line = SimulatedBeamline(beamline(LINE), RUNNING[LINE], client, files_root(copied), 0.02, given.append)
        measuring = asyncio.create_task(line.run())
        async with asyncio.timeout(60):
            while not any(not each.characterisation for each in given):
                await asyncio.sleep(0.05)
        measuring.cancel()
        with pytest.raises(asyncio.CancelledError):
            await measuring
        last = next(each for each in given if not each.characterisation)
        found = await processed(service, copied, last)
        assert len(found) == len([run for run in runs_of(last) if run.state != "queued" or not run.pipeline.xml])
        async with service.databases.read() as db:
            kinds = await db.all(
                select(DataCollection.experimentType, DataCollection.runStatus, DataCollection.endTime).where(
                    DataCollection.dataCollectionId.in_(last.collections)
                )
            )
        assert {row.runStatus for row in kinds} == {"Data collection successful"}
        assert {row.experimentType for row in kinds} == {last.sweeps[0].experimentType}
        assert all(row.endTime for row in kinds)
