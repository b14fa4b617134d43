"""Files of merged data say what their run says: symmetry, cell, wavelength, limits, numbers, strength, completeness."""

import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

import gemmi
import numpy as np
import pytest

from pyispyb.demo.on_demand import make
from pyispyb.demo.processing.asked import Wish, asked_run
from pyispyb.demo.processing.outcomes import Merged
from pyispyb.demo.processing.pipelines import PIPELINES
from pyispyb.demo.processing.reflections import write_reflections
from pyispyb.processing.statistics import of_table

from .test_processing import CELL, datasets, results

STORED = """
    select a.filePath, a.fileName, p.processingPrograms, p.processingJobId, d.wavelength, r.*, x.kind, x.ellipsoid,
           x.shells, o.*
    from AutoProcProgramAttachment a join AutoProcProgram p using (autoProcProgramId)
    join AutoProc r using (autoProcProgramId) join AutoProcScaling s using (autoProcId)
    join pyispyb_scaling x using (autoProcScalingId) join AutoProcScalingStatistics o using (autoProcScalingId)
    join DataCollection d using (dataCollectionId)
    where a.fileName like '%.mtz' and o.scalingStatisticsType = 'overall'
"""
WITHIN_ELLIPSOID = {pipeline.within_ellipsoid for pipeline in PIPELINES}
EACH = 2
"""Files of each kind that are opened."""
ROUNDED = 0.0051
"""By how much limits of resolution may be off that are told with two decimals [Å]."""
Row = dict[str, Any]


def stored(folder: Path) -> list[Row]:
    """Each file of merged data with what its run says of the way in which it was merged."""
    with closing(sqlite3.connect(folder / "ispyb.sqlite")) as connection:
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute(STORED)]
    return [row for row in rows if (row["fileName"] in WITHIN_ELLIPSOID) == (row["kind"] == "anisotropic")]


def sampled(rows: list[Row]) -> list[Row]:
    """Some of every program, way of merging and space group, asked for by somebody or not."""
    kinds: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        asked = row["processingJobId"] is not None
        kinds[row["processingPrograms"], row["kind"], row["spaceGroup"], asked].append(row)
    return [row for found in kinds.values() for row in found[:: max(1, len(found) // EACH)][:EACH]]


@pytest.fixture(scope="module")
def opened(demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Row, gemmi.Mtz]]:
    folder, found = tmp_path_factory.mktemp("merged"), []
    for row in sampled(stored(demo_dir)):
        target = folder / "merged.mtz"
        assert make(Path(row["filePath"], row["fileName"]), target)
        found.append((row, gemmi.read_mtz_file(str(target))))
    return found


def test_every_way_of_merging_has_its_file_and_some_of_each_are_looked_at(demo_dir, opened):
    rows = stored(demo_dir)
    with closing(sqlite3.connect(demo_dir / "ispyb.sqlite")) as connection:
        (scalings,) = connection.execute("select count(*) from AutoProcScaling").fetchone()
    assert len({row["autoProcScalingId"] for row in rows}) == len(rows) == scalings > 1500
    assert {row["kind"] for row, _ in opened} == {"isotropic", "anisotropic"}
    assert {row["processingPrograms"] for row, _ in opened} == {pipeline.programs for pipeline in PIPELINES}
    assert any(row["processingJobId"] for row, _ in opened)
    assert len(opened) > 60


def test_symmetry_cell_and_wavelength_are_those_of_the_run(opened):
    for row, mtz in opened:
        assert mtz.spacegroup.hm == row["spaceGroup"]
        assert mtz.cell.parameters == pytest.approx([row[f"refinedCell_{name}"] for name in CELL], abs=2e-3)
        assert mtz.datasets[1].wavelength == pytest.approx(row["wavelength"], abs=2e-5)
        assert row["processingPrograms"] in mtz.title


def test_limits_and_numbers_of_reflections_are_those_of_the_run(opened):
    for row, mtz in opened:
        assert mtz.resolution_high() == pytest.approx(row["resolutionLimitHigh"], abs=ROUNDED)
        assert mtz.resolution_low() == pytest.approx(row["resolutionLimitLow"], abs=ROUNDED)
        assert mtz.nreflections == row["nTotalUniqueObservations"]
        indices = np.array(mtz.make_miller_array())
        assert len(np.unique(indices, axis=0)) == len(indices)
        assert not mtz.spacegroup.operations().systematic_absences(indices).any()


def test_completeness_is_what_gemmi_counts(opened):
    for row, mtz in opened:
        # In a cubic crystal many reflections lie at the very limit, which a file keeps with six digits or so.
        high, low = mtz.resolution_high() * (1 - 1e-6), mtz.resolution_low() * (1 + 1e-6)
        possible = gemmi.count_reflections(mtz.cell, mtz.spacegroup, high, low)
        assert 100 * mtz.nreflections / possible == pytest.approx(row["completeness"], abs=0.02)


def test_signal_falls_with_resolution_as_in_the_shells(opened):
    for row, mtz in opened:
        ratios = mtz.column_with_label("IMEAN").array / mtz.column_with_label("SIGIMEAN").array
        assert ratios.mean() == pytest.approx(row["meanIOverSigI"], abs=0.01)
        spacings, counted = mtz.make_d_array(), 0
        for shell in of_table(json.loads(row["shells"])):
            low, high = shell["resolutionLimitLow"], shell["resolutionLimitHigh"]
            counted += shell["nTotalUniqueObservations"]
            assert (spacings > high + ROUNDED).sum() <= counted <= (spacings > high - ROUNDED).sum()
            of_shell = (spacings <= low) & (spacings >= high)
            assert ratios[of_shell].mean() == pytest.approx(shell["meanIOverSigI"], rel=0.15)


def test_nothing_lies_outside_the_ellipsoid(opened):
    squeezed = [(row, mtz) for row, mtz in opened if row["kind"] == "anisotropic"]
    for row, mtz in squeezed:
        ellipsoid = json.loads(row["ellipsoid"])
        vectors = mtz.make_miller_array() @ np.array(mtz.cell.frac.mat.tolist())
        along = vectors @ np.array(ellipsoid["axes"]).T * np.array(ellipsoid["limits"])
        reached = (along**2).sum(axis=1)
        assert 0.97 < reached.max() < 1.001
        assert row["completenessEllipsoidal"] > 90 or row["completeness"] < 90
    assert (
        min(row["completeness"] for row, _ in squeezed)
        < 85
        < max(row["completenessEllipsoidal"] for row, _ in squeezed)
    )


def test_columns_are_those_of_the_program(opened):
    for row, mtz in opened:
        labels = set(mtz.column_labels())
        assert {"H", "K", "L", "IMEAN", "SIGIMEAN"} <= labels
        assert ({"FreeR_flag", "F", "SIGF"} <= labels) == row["processingPrograms"].startswith(("autoPROC", "fast_dp"))
        assert all((mtz.column_with_label(label).array > 0).all() for label in labels if label in {"SIGIMEAN", "SIGF"})


def written(merged: Merged, folder: Path) -> gemmi.Mtz:
    path = folder / "merged.mtz"
    write_reflections(path, merged.reflections)
    return gemmi.read_mtz_file(str(path))


def test_friedel_mates_are_apart_where_the_run_keeps_them_apart(tmp_path):
    apart = {acronym: results(acronym, 12)[0] for acronym in ("LYSO", "PTAF")}
    assert {acronym: run.outcome.anomalous for acronym, run in apart.items()} == {"LYSO": False, "PTAF": True}
    files = {acronym: written(run.outcome.merged[0], tmp_path) for acronym, run in apart.items()}
    assert "I(+)" not in files["LYSO"].column_labels()
    mtz, merged = files["PTAF"], apart["PTAF"].outcome.merged[0]
    plus, minus, *errors = (mtz.column_with_label(f"{name}").array for name in ("I(+)", "I(-)", "SIGI(+)", "SIGI(-)"))
    assert np.isfinite(plus).sum() + np.isfinite(minus).sum() > 1.8 * mtz.nreflections
    assert (np.isfinite(plus) | np.isfinite(minus)).all()
    spacings, differences = mtz.make_d_array(), np.abs(plus - minus) / np.hypot(*errors)
    inner = merged.shells[0]
    assert np.nanmean(differences[spacings >= inner["resolutionLimitHigh"]]) == pytest.approx(inner["sigAno"], rel=0.1)


def test_two_pipelines_measured_the_same_crystal(tmp_path):
    intensities = []
    for run in results("THAU", 9)[:2]:
        mtz = written(run.outcome.merged[0], tmp_path)
        values = mtz.column_with_label("IMEAN").array
        intensities.append(dict(zip(map(tuple, mtz.make_miller_array().tolist()), values.tolist(), strict=True)))
    common = sorted(intensities[0].keys() & intensities[1].keys())
    assert len(common) > 0.9 * min(map(len, intensities))
    one, other = ([each[index] for index in common] for each in intensities)
    assert np.corrcoef(one, other)[0, 1] > 0.98


@pytest.mark.parametrize("wish", [{"space_group": "P 21 21 21"}, {"d_min": 2.6, "anomalous": True}])
def test_what_somebody_asked_for_is_in_the_file(tmp_path, wish):
    run = next(
        run
        for each in datasets("LYSO", 30)
        if (run := asked_run(each, "autoprocessing-xia2-dials", Wish(**wish), 1)).outcome
    )
    mtz, overall = written(run.outcome.merged[0], tmp_path), run.outcome.merged[0].statistics["overall"]
    assert mtz.spacegroup.hm == wish.get("space_group", "P 43 21 2") == run.outcome.symmetry.name
    assert mtz.nreflections == overall["nTotalUniqueObservations"]
    assert mtz.resolution_high() == pytest.approx(overall["resolutionLimitHigh"], abs=ROUNDED)
    assert ("I(+)" in mtz.column_labels()) == ("anomalous" in wish)
