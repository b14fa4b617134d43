"""What pipelines made of the simulated data: numbers that hang together, and files that open."""

import itertools
import json
from collections import Counter, defaultdict
from pathlib import Path

import gemmi
import numpy as np
import pytest

from pyispyb.demo.experiment import Target, plan
from pyispyb.demo.facility import BEAMLINES
from pyispyb.demo.macromolecules import MACROMOLECULES
from pyispyb.demo.processing.container import container
from pyispyb.demo.processing.datasets import Dataset, grouped
from pyispyb.demo.processing.pipelines import PIPELINES
from pyispyb.demo.processing.runs import Run, runs_of
from pyispyb.demo.processing.symmetry import refined, symmetry
from pyispyb.demo.traces import Place
from pyispyb.processing.autoproc_xml import Container
from pyispyb.processing.schemas import Attachment, Integration, Result, StatisticsFields
from pyispyb.processing.statistics import of_table
from pyispyb.tables import (
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcProgramAttachment,
    AutoProcProgramMessage,
    AutoProcScaling,
    AutoProcScaling_has_Int,
    AutoProcScalingStatistics,
    BLSample,
    Crystal,
    DataCollection,
    Protein,
    ScalingExtra,
    StructureRun,
)

from .conftest import NOW

CELL = ("a", "b", "c", "alpha", "beta", "gamma")


def datasets(acronym: str, samples: int = 40) -> list[Dataset]:
    """Data sets of some crystals of a protein."""
    place = Place.of_session(Path("/nowhere"), "mx1", "BL1-MX", NOW)
    targets = (Target(number, f"x{number}", "E1", MACROMOLECULES[acronym], "P1", 1, 1) for number in range(1, samples))
    return [
        Dataset(place, target, sweeps, tuple(range(1, len(sweeps) + 1)))
        for target in targets
        for sweeps in grouped(plan(target, BEAMLINES[0], "test"))
    ]


def results(acronym: str, samples: int = 40) -> list[Run]:
    runs = [run for dataset in datasets(acronym, samples) for run in runs_of(dataset)]
    return [run for run in runs if run.outcome is not None]


def by(rows, key):
    found = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


@pytest.fixture(scope="session")
def documents(made):
    """The results of the facility's past as pipelines would send them, from their rows."""
    programs = {row["autoProcProgramId"]: row for row in made.rows.of(AutoProcProgram)}
    scalings = by(made.rows.of(AutoProcScaling), "autoProcId")
    statistics = by(made.rows.of(AutoProcScalingStatistics), "autoProcScalingId")
    links = by(made.rows.of(AutoProcScaling_has_Int), "autoProcScalingId")
    sweeps = {row["autoProcIntegrationId"]: row for row in made.rows.of(AutoProcIntegration)}
    extras = {row["autoProcScalingId"]: row for row in made.rows.of(ScalingExtra)}
    files = by(made.rows.of(AutoProcProgramAttachment), "autoProcProgramId")

    def known(model, row):
        return {name: row[name] for name in model.model_fields if name in row}

    def scaling(key):
        extra = extras[key]
        return {
            "kind": extra["kind"],
            "ellipsoid": json.loads(extra["ellipsoid"] or "null"),
            "shells": of_table(json.loads(extra["shells"])),
            "statistics": {row["scalingStatisticsType"]: known(StatisticsFields, row) for row in statistics[key]},
            "integrations": [known(Integration, sweeps[link["autoProcIntegrationId"]]) for link in links[key]],
        }

    def document(row):
        program = programs[row["autoProcProgramId"]]
        told = {name: value for name, value in program.items() if name.startswith("processing")}
        return {
            "dataCollectionId": program["dataCollectionId"],
            "program": told | {"processingStatus": program["processingStatus"].lower()},
            "spaceGroup": row["spaceGroup"],
            **{f"refinedCell_{name}": row[f"refinedCell_{name}"] for name in CELL},
            "scalings": [scaling(each["autoProcScalingId"]) for each in scalings[row["autoProcId"]]],
            "attachments": [known(Attachment, each) for each in files[row["autoProcProgramId"]]],
        }

    # What people asked for is announced first; tests of requests look at that.
    asked = {key for key, row in programs.items() if "processingJobId" in row}
    return [document(row) for row in made.rows.of(AutoProc) if row["autoProcProgramId"] not in asked]


def test_every_result_is_one_that_could_be_sent(documents):
    assert len(documents) > 1000
    for document in documents:
        Result.model_validate(document)


def test_every_data_set_that_ended_well_has_a_run_of_each_program(made):
    ended = {
        row["dataCollectionId"]
        for row in made.rows.of(DataCollection)
        if row["runStatus"] == "Data collection successful" and row["experimentType"] != "Mesh"
    }
    worked_on = defaultdict(set)
    solved = {row["autoProcProgramId"] for row in made.rows.of(StructureRun)}
    for row in made.rows.of(AutoProcProgram):
        if row["autoProcProgramId"] in solved:
            continue
        worked_on[row["dataCollectionId"]].add(row["processingPrograms"])
    assert set(worked_on) <= ended
    of_sweeps = {frozenset(programs) for programs in worked_on.values()}
    assert of_sweeps == {frozenset({"EDNA 1.12"}), frozenset(each.programs for each in PIPELINES)}
    kinds = {row["dataCollectionId"]: row["experimentType"] for row in made.rows.of(DataCollection)}
    assert {kinds[key] for key in ended - set(worked_on)} <= {"Collect - Multiwedge", "SAD - Inverse Beam"}


def test_sweeps_that_belong_together_are_merged(made, documents):
    together = Counter(len(scaling["integrations"]) for document in documents for scaling in document["scalings"])
    assert set(together) == {1, 2, 3}
    sessions = {row["dataCollectionId"]: row["dataCollectionGroupId"] for row in made.rows.of(DataCollection)}
    for document in documents:
        swept = {sweep["dataCollectionId"] for scaling in document["scalings"] for sweep in scaling["integrations"]}
        assert len({sessions[key] for key in swept}) == 1


def test_runs_end_in_every_way_and_say_why(made):
    states = Counter(row["processingStatus"] for row in made.rows.of(AutoProcProgram))
    assert states["SUCCESS"] > 10 * states["FAILED"] > 400
    assert 2 <= states[None] < 15
    messages = by(made.rows.of(AutoProcProgramMessage), "autoProcProgramId")
    for row in made.rows.of(AutoProcProgram):
        if row["processingStatus"] is None:
            assert row["processingStartTime"] is None
            continue
        collected = made.rows.of(DataCollection)[row["dataCollectionId"] - 1]
        assert collected["endTime"] < row["processingStartTime"] < row["processingEndTime"] < NOW
        if row["processingStatus"] == "FAILED":
            (message,) = messages[row["autoProcProgramId"]]
            assert (message["severity"], message["message"]) == ("ERROR", row["processingMessage"])


def test_most_runs_on_crystals_that_hardly_diffract_fail():
    failed = {True: [], False: []}
    for acronym in ("KIN4", "TMPB", "LYSO"):
        for dataset in datasets(acronym, 250):
            resolution = dataset.target.diffraction.resolution
            if resolution > 3.3 or resolution < 2.5:
                failed[resolution > 3.3] += [run.state == "failed" for run in runs_of(dataset)]
    assert np.mean(failed[True]) > 0.6
    assert np.mean(failed[False]) < 0.1


@pytest.mark.parametrize("acronym", MACROMOLECULES)
def test_statistics_hang_together(acronym):
    for run in results(acronym):
        for merged in run.outcome.merged:
            check_quality(merged.shells)
            check_quality([merged.statistics["overall"]])
            assert merged.statistics["innerShell"] == merged.shells[0]
            assert merged.statistics["outerShell"] == merged.shells[-1]
            check_sums(merged.statistics["overall"], merged.shells)
            check_fall(merged.shells)


def check_quality(statistics: list[dict]) -> None:
    for row in statistics:
        assert 0 < row["rPimAllIPlusIMinus"] < row["rMerge"] < row["rMeasAllIPlusIMinus"]
        measured = row["nTotalUniqueObservations"] * row["multiplicity"]
        assert row["nTotalObservations"] == pytest.approx(measured, rel=0.01)
        assert 0 < row["completeness"] <= 100
        assert 0 < row["anomalousCompleteness"] <= row["completeness"]
        assert row["resolutionLimitLow"] > row["resolutionLimitHigh"]
        assert row["ccHalf"] < 1


def check_sums(overall: dict, shells: list[dict]) -> None:
    for name in ("nTotalObservations", "nTotalUniqueObservations"):
        assert overall[name] == sum(shell[name] for shell in shells)
    assert overall["resolutionLimitHigh"] == shells[-1]["resolutionLimitHigh"]
    for name in ("rMerge", "meanIOverSigI", "completeness", "ccHalf", "multiplicity"):
        values = [shell[name] for shell in shells]
        assert min(values) <= overall[name] <= max(values)


def check_fall(shells: list[dict]) -> None:
    for inner, outer in itertools.pairwise(shells):
        assert inner["resolutionLimitHigh"] == outer["resolutionLimitLow"]
        assert outer["ccHalf"] < inner["ccHalf"] + 0.02
        assert outer["meanIOverSigI"] < 1.08 * inner["meanIOverSigI"]
        assert outer["rMeasAllIPlusIMinus"] > 0.92 * inner["rMeasAllIPlusIMinus"]
    assert shells[0]["ccHalf"] > 0.99
    assert 0.3 < shells[-1]["ccHalf"] < 0.99
    assert 10 <= len(shells) <= 20


@pytest.mark.parametrize("acronym", MACROMOLECULES)
def test_pipelines_agree_with_the_crystal(acronym):
    protein = MACROMOLECULES[acronym]
    group = gemmi.find_spacegroup_by_name(protein.space_group)
    seen = results(acronym)
    assert {run.pipeline.name for run in seen} == {each.name for each in PIPELINES}
    for run in seen:
        assert run.outcome.symmetry.name == group.hm
        assert run.outcome.cell == pytest.approx(protein.cell, rel=0.015)
        assert gemmi.UnitCell(*run.outcome.cell).is_compatible_with_spacegroup(group)
        limit = run.dataset.target.diffraction.resolution
        for merged in run.outcome.merged:
            assert limit - 0.3 <= merged.resolution <= limit + 0.6
            assert merged.resolution >= run.dataset.edge


def test_pipelines_differ_a_little():
    for _, runs in itertools.groupby(results("TRYP", 80), key=lambda run: run.dataset.name):
        finest = [run.outcome.merged[0].resolution for run in runs]
        assert max(finest) - min(finest) < 0.4
    assert len({run.outcome.merged[0].resolution for run in results("TRYP", 80)}) > 40


def test_anisotropic_data_reach_as_far_as_their_ellipsoid():
    anisotropic = [merged for run in results("TMPB") for merged in run.outcome.merged if merged.kind == "anisotropic"]
    assert anisotropic
    for merged in anisotropic:
        assert merged.resolution == pytest.approx(min(merged.ellipsoid["limits"]), abs=0.02)
        overall = merged.statistics["overall"]
        assert overall["completenessSpherical"] == overall["completeness"] <= overall["completenessEllipsoidal"] <= 100


def test_selenium_is_seen_at_its_edge_and_sulphur_is_not():
    with_selenium = [run.outcome.merged[0].shells[0]["ccAnomalous"] for run in results("PTAF", 60)]
    with_sulphur = [run.outcome.merged[0].shells[0]["ccAnomalous"] for run in results("LYSO", 60)]
    assert np.median(with_selenium) > 0.4
    assert np.median(np.abs(with_sulphur)) < 0.15


def test_low_symmetry_and_a_small_turn_leave_data_incomplete():
    wedges = [dataset for dataset in datasets("TMPB", 200) if dataset.sweeps[0].group == "wedges"]
    complete = {
        dataset.turn: run.outcome.merged[0].statistics["overall"]["completeness"]
        for dataset in wedges
        for run in runs_of(dataset)
        if run.outcome is not None
    }
    assert complete[min(complete)] < complete[max(complete)]
    assert symmetry("P43212", MACROMOLECULES["LYSO"].cell).alike == 16
    assert symmetry("C2", MACROMOLECULES["TMPA"].cell).alike == 4


@pytest.mark.parametrize(("group", "cell"), [("", (50, 60, 70, 90, 90, 90)), ("P43212", (50, 60, 70, 90, 90, 90))])
def test_a_space_group_that_cannot_be_is_p1(group, cell):
    assert symmetry(group, cell).name == "P 1"


def test_a_refined_cell_keeps_its_shape():
    a, b, c, alpha, beta, gamma = refined((50.0, 50.0, 70.0, 90, 98.5, 120), make_random(), 2e-3)
    assert a == b != 50
    assert c != 70
    assert (alpha, gamma) == (90, 120)
    assert beta not in {98.5, 90}


def make_random():
    return datasets("LYSO", 8)[0].chance("cell")


def test_a_container_says_the_same_as_a_result():
    run = next(run for run in results("PTAG") if run.pipeline.xml and len(run.dataset.sweeps) > 1)
    files = [{"fileType": "Log", "fileName": "x.log", "filePath": "/data", "importanceRank": 1}]
    times = {"processingStartTime": NOW.isoformat(), "processingEndTime": NOW.isoformat()}
    read = Container(container(run.program() | times, run.made(), files))
    sent = Result.model_validate(read.result(None))
    wanted = Result.model_validate({"program": run.program() | times, **run.made(), "attachments": files})
    assert not read.passed_over
    for scaling in wanted.scalings:
        scaling.shells, scaling.kind = [], None
    assert sent.model_dump() == wanted.model_dump()


def test_results_are_of_the_protein_of_the_sample(made, documents):
    collections = made.rows.of(DataCollection)
    samples, crystals = made.rows.of(BLSample), made.rows.of(Crystal)
    for document in documents:
        sample = samples[collections[document["dataCollectionId"] - 1]["blSampleId"] - 1]
        acronym = made.rows.of(Protein)[crystals[sample["crystalId"] - 1]["proteinId"] - 1]["acronym"]
        protein = MACROMOLECULES[acronym]
        cells = [form.cell for form in protein.forms]
        assert any(document["refinedCell_a"] == pytest.approx(cell[0], rel=0.015) for cell in cells)
