"""What people ask to be processed once more: what pipelines make of it, and that the simulated cluster takes it up."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from pyispyb.app import API_BASE
from pyispyb.demo.accounts import PIPELINES, program_keys
from pyispyb.demo.client import Caller
from pyispyb.demo.experiment import Target, plan
from pyispyb.demo.facility import beamline, files_root, settings
from pyispyb.demo.macromolecules import MACROMOLECULES
from pyispyb.demo.processing.asked import Wish, asked_run
from pyispyb.demo.processing.cluster import Cluster
from pyispyb.demo.processing.datasets import Dataset, grouped
from pyispyb.demo.processing.requests import Desk
from pyispyb.demo.specimen import make_diffraction
from pyispyb.demo.traces import Place
from pyispyb.tables import AutoProcIntegration, BLSession, DataCollection

from ..service import Service, running_service
from .conftest import NOW

RECIPE = "autoprocessing-xia2-dials"
GOOD = 1.8
"""Crystals that diffract so far never fail for themselves [Å]."""


@pytest.fixture(scope="module")
def lysozyme() -> Dataset:
    """A sweep of 1800 images and more of a good crystal, P 43 21 2."""
    place = Place.of_session(Path("/data"), "mx452", "BL1-MX", NOW)
    for number in range(100, 400):
        target = Target(number, f"l{number}", "E1", MACROMOLECULES["LYSO"], "P1", 1, 1)
        if make_diffraction(number).resolution < GOOD:
            for sweeps in grouped(plan(target, beamline("BL1-MX"), "request")):
                if sweeps[0].group == "osc":
                    return Dataset(place, target, sweeps, (1,))
    pytest.fail("no such data set")


def part(dataset: Dataset, first: int, last: int) -> Dataset:
    (sweep,) = dataset.sweeps
    return replace(dataset, sweeps=(replace(sweep, first=first, measured=last - first + 1),))


def overall(dataset: Dataset, **wish: Any) -> dict[str, Any]:
    run = asked_run(dataset, RECIPE, Wish(**wish), 1)
    assert run.outcome is not None, run.message
    return run.outcome.merged[0].statistics["overall"]


def test_fewer_images_give_less_complete_data_measured_less_often(lysozyme: Dataset) -> None:
    whole, narrow = overall(part(lysozyme, 1, 1800)), overall(part(lysozyme, 301, 500))
    assert narrow["multiplicity"] < whole["multiplicity"] / 4
    assert narrow["completeness"] < whole["completeness"] - 5
    (integration,) = asked_run(part(lysozyme, 301, 500), RECIPE, Wish(), 1).made()["scalings"][0]["integrations"]
    assert (integration["startImageNumber"], integration["endImageNumber"]) == (301, 500)


def test_data_are_cut_where_somebody_asked_for_it(lysozyme: Dataset) -> None:
    assert overall(lysozyme)["resolutionLimitHigh"] < 2.5
    assert overall(lysozyme, d_min=2.5)["resolutionLimitHigh"] == 2.5
    assert overall(lysozyme, d_min=0.5)["resolutionLimitHigh"] == overall(lysozyme)["resolutionLimitHigh"]


def test_a_subgroup_and_other_screw_axes_may_be_asked_for(lysozyme: Dataset) -> None:
    lower = asked_run(lysozyme, RECIPE, Wish(space_group="P 21 21 21"), 1)
    assert lower.made()["spaceGroup"] == "P 21 21 21"
    assert overall(lysozyme, space_group="P212121")["multiplicity"] < overall(lysozyme)["multiplicity"] / 1.5
    assert asked_run(lysozyme, RECIPE, Wish(space_group="P41212"), 1).made()["spaceGroup"] == "P 41 21 2"


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"space_group": "P 6 2 2"}, "do not have the symmetry of P 6 2 2"),
        ({"space_group": "C 2 2 21"}, "do not have the symmetry"),
        ({"space_group": "P 21/c"}, "mirrors"),
        ({"space_group": "P 43 21"}, "No space group is called"),
        ({"cell": (50, 60, 70, 90, 90, 90)}, "unit cell asked for"),
    ],
)
def test_what_the_data_do_not_have_fails_and_says_so(lysozyme: Dataset, wish: dict[str, Any], words: str) -> None:
    run = asked_run(lysozyme, RECIPE, Wish(**wish), 1)
    assert (run.state, run.outcome) == ("failed", None)
    assert words in (run.message or "")
    assert run.messages[0]["severity"] == "ERROR"


def test_too_few_images_cannot_be_indexed(lysozyme: Dataset) -> None:
    assert asked_run(part(lysozyme, 1, 5), RECIPE, Wish(), 1).message == "Too few images to index"


def test_parameters_are_read_as_the_service_keeps_them() -> None:
    given = {"d_min": "1.9", "unit_cell": "78.6, 78.6,37.1,90,90,90", "anomalous": "false", "spacegroup": "P 43 21 2"}
    wish = Wish.of(given)
    assert wish == Wish(1.9, "P 43 21 2", (78.6, 78.6, 37.1, 90, 90, 90), False)
    assert wish.words() == " d_min=1.9 spacegroup=P43212 unit_cell=78.6,78.6,37.1,90,90,90 anomalous=False"


@pytest.fixture
async def facility(copied: Path) -> AsyncIterator[tuple[Service, Path]]:
    async with running_service(settings(copied, [])) as service:
        yield service, copied


async def good_collections(service: Service, count: int) -> list[int]:
    """Sweeps of the same session, of crystals that never fail."""
    async with service.databases.read() as db:
        rows = await db.all(
            select(DataCollection.dataCollectionId, DataCollection.blSampleId, BLSession.sessionId)
            .join(BLSession, BLSession.sessionId == DataCollection.sessionId)
            .where(DataCollection.experimentType == "OSC", DataCollection.runStatus == "Data collection successful")
            .order_by(BLSession.sessionId.desc())
        )
    good = [row for row in rows if make_diffraction(row.blSampleId).resolution < GOOD]
    found = [row.dataCollectionId for row in good if row.sessionId == good[0].sessionId]
    assert len(found) >= count
    return found[:count]


async def test_the_cluster_takes_requests_up_runs_them_and_hands_in(facility: tuple[Service, Path]) -> None:
    service, folder = facility
    first, second = await good_collections(service, 2)
    caller = Caller(f"http://ispyb{API_BASE}/", service.transport, program_keys(folder)[PIPELINES])

    async def ask(recipe: str, collections: list[int], **parameters: str) -> int:
        sweeps = [{"dataCollectionId": each, "startImage": 101, "endImage": 700} for each in collections]
        given = [{"parameterKey": key, "parameterValue": value} for key, value in parameters.items()]
        made = await caller.post("processings/jobs", {"recipe": recipe, "sweeps": sweeps, "parameters": given})
        return int(made["processingJobId"])

    asked = await ask(RECIPE, [first], d_min="2.4")
    several = await ask("autoprocessing-multi-xia2-dials", [first, second])
    wrong = await ask("autoprocessing-xia2-3dii", [first], unit_cell="20,30,40,90,90,90")
    cluster = Cluster(caller, 0.001)
    desk = Desk(caller, cluster, files_root(folder))
    await desk.look()
    await cluster.finish()

    done, merged, failed = [await caller.get(f"processings/jobs/{number}") for number in (asked, several, wrong)]
    assert [job["state"] for job in (done, merged, failed)] == ["success", "success", "failed"]
    assert failed["runs"][0]["processingMessage"] == "No lattice with the unit cell asked for"
    result = await caller.get(f"processings/results/{done['runs'][0]['autoProcProgramId']}")
    assert result["scalings"][0]["statistics"]["overall"]["resolutionLimitHigh"] == 2.4
    assert "d_min=2.4" in result["processingCommandLine"]
    async with service.databases.read() as db:
        swept = await db.all(
            select(AutoProcIntegration.dataCollectionId, AutoProcIntegration.startImageNumber).where(
                AutoProcIntegration.autoProcProgramId == merged["runs"][0]["autoProcProgramId"]
            )
        )
    assert {(row.dataCollectionId, row.startImageNumber) for row in swept} == {(first, 101), (second, 101)}
    await desk.look()
    assert cluster._work == set(), "what was taken up does not wait any more"
    await cluster.close()
