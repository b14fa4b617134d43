"""What programs made of the simulated merged data: models, maps that show what they lack, runs that hang together."""

import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

import gemmi
import numpy as np
import pytest

from pyispyb.demo.macromolecules import MACROMOLECULES
from pyispyb.demo.on_demand import make
from pyispyb.demo.structures.bundle import bundle
from pyispyb.demo.structures.density import pictured
from pyispyb.demo.structures.models import crystal_of
from pyispyb.demo.structures.solutions import solutions_of
from pyispyb.mx.structures.schemas import Structure
from pyispyb.tables import MXMRRun, MXMRRunBlob, PhasingStep, StructureRun

from .test_processing import results


def test_the_bundle_has_the_geometry_of_a_chain() -> None:
    alphas = np.array([residue["CA"] for residue in bundle()])
    assert np.linalg.norm(np.diff(alphas, axis=0), axis=1) == pytest.approx(np.full(len(alphas) - 1, 3.8), abs=0.06)
    apart = np.linalg.norm(alphas[:, None] - alphas, axis=2) + 10 * (np.abs(np.subtract.outer(*[range(68)] * 2)) < 3)
    assert apart.min() > 4.3
    for residue in bundle():
        assert np.linalg.norm(residue["CB"] - residue["CA"]) == pytest.approx(1.53, abs=0.03)
        chirality = np.dot(
            np.cross(residue["N"] - residue["CA"], residue["C"] - residue["CA"]), residue["CB"] - residue["CA"]
        )
        assert chirality > 2  # an L-amino acid


@pytest.mark.parametrize("acronym", ["LYSO", "LPMO", "INS"])
def test_the_difference_map_shows_what_the_model_lacks(acronym: str) -> None:
    crystal = crystal_of(MACROMOLECULES[acronym])
    mtz = pictured(MACROMOLECULES[acronym])
    observed, calculated = (np.array(mtz.column_with_label(label)) for label in ("F", "FC"))
    assert 0.12 < np.abs(observed - calculated).sum() / observed.sum() < 0.25
    grid = mtz.transform_f_phi_to_map("DELFWT", "PHDELWT", sample_rate=3)
    sigma = np.std(np.asarray(grid))
    shown = [max(grid.interpolate_value(at + gemmi.Position(x, 0, 0)) for x in (-1.4, 0, 1.4)) for at in crystal.blobs]
    assert max(shown) > 6 * sigma
    assert min(shown) > 3.5 * sigma
    assert np.asarray(grid).max() < 1.2 * max(shown) + 6 * sigma


def test_solutions_are_documents_that_the_service_takes() -> None:
    kinds = set()
    for acronym in ("LYSO", "KIN4", "PTAG"):
        for run in results(acronym, 25):
            for solution in solutions_of(run):
                program = solution.program() | {"processingStatus": solution.state}
                more = {"shells": solution.shells, "blobs": solution.blobs, **solution.numbers}
                sent = Structure(autoProcScalingId=1, kind=solution.kind, program=program, **more)
                kinds.add((acronym, solution.kind, solution.state))
                assert sent.rFreeValueEnd is None or sent.rFreeValueEnd > sent.rValueEnd
    assert {kind for acronym, kind, _ in kinds if acronym == "PTAG"} >= {"phasing", "model building"}
    assert {kind for acronym, kind, _ in kinds if acronym == "KIN4"} == {"refinement", "ligand fit"}
    assert {kind for acronym, kind, _ in kinds if acronym == "LYSO"} == {"refinement"}


def test_structures_of_the_past_name_rows_that_are_there(made) -> None:
    structures = made.rows.of(StructureRun)
    assert 300 < len(structures) < 2000
    for table, name in ((MXMRRun, "mxMRRunId"), (PhasingStep, "phasingStepId")):
        keys = [row[name] for row in structures if row[name] is not None]
        assert sorted(keys) == [row[name] for row in made.rows.of(table)]
    assert {row["mxMRRunId"] for row in made.rows.of(MXMRRunBlob)} <= {row["mxMRRunId"] for row in structures}


@pytest.fixture(scope="module")
def made_files(demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, Any], Path]]:
    """Models and reflections of some structures of each kind, with what their structure says and its merged data."""
    with closing(sqlite3.connect(demo_dir / "ispyb.sqlite")) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute("""
            select p.autoProcProgramId, x.kind, x.further, m.rValueEnd, m.rFreeValueEnd, m.mxMRRunId, d.spaceGroup,
                   d.refinedCell_a, d.refinedCell_b, d.refinedCell_c, s.resolutionLimitHigh, s.nTotalUniqueObservations
            from pyispyb_structure x join AutoProcProgram p using (autoProcProgramId)
            join AutoProcScaling c using (autoProcScalingId) join AutoProc d using (autoProcId)
            join AutoProcScalingStatistics s using (autoProcScalingId)
            left join MXMRRun m using (mxMRRunId)
            where s.scalingStatisticsType = 'overall' and p.processingStatus = 'SUCCESS'
        """).fetchall()
        kinds = defaultdict(list)
        for row in rows:
            kinds[row["kind"], row["spaceGroup"]].append(dict(row))
        found = []
        for number, row in enumerate(row for same in kinds.values() for row in same[:2]):
            folder = tmp_path_factory.mktemp(f"structure{number}")
            files = connection.execute(
                "select filePath, fileName from AutoProcProgramAttachment where autoProcProgramId = ?",
                (row["autoProcProgramId"],),
            ).fetchall()
            for path, name in files:
                if not name.endswith(".log"):
                    assert make(Path(path, name), folder / name)
                    found.append((row, folder / name))
    return found


def test_reflections_of_a_structure_are_those_of_its_data(made_files) -> None:
    reflections = [(row, gemmi.read_mtz_file(str(path))) for row, path in made_files if path.suffix == ".mtz"]
    assert {row["kind"] for row, _ in reflections} >= {"refinement", "ligand fit", "phasing", "model building"}
    for row, mtz in reflections:
        assert mtz.spacegroup.hm == row["spaceGroup"]
        assert mtz.cell.parameters[:3] == pytest.approx([row[f"refinedCell_{axis}"] for axis in "abc"], abs=2e-3)
        assert mtz.resolution_high() == pytest.approx(row["resolutionLimitHigh"], abs=0.0051)
        assert mtz.nreflections == row["nTotalUniqueObservations"]
        assert ("DELFWT" in mtz.column_labels()) != ("PHIB" in mtz.column_labels())


def test_a_model_and_its_reflections_have_the_r_values_of_their_structure(made_files) -> None:
    refined = [(row, path) for row, path in made_files if row["rFreeValueEnd"] is not None]
    assert {path.name for _, path in refined} >= {"final.pdb", "final.mtz", "ligand_fit.pdb"}
    for row, path in refined:
        wanted = (row["rValueEnd"], row["rFreeValueEnd"])
        if path.suffix == ".mtz":
            mtz = gemmi.read_mtz_file(str(path))
            observed, calculated = (mtz.column_with_label(label).array for label in ("F", "FC"))
            free = mtz.column_with_label("FREE").array == 0
            apart = np.abs(observed - calculated)
            values = [apart[of].sum() / observed[of].sum() for of in (~free, free)]
            assert 0.02 < free.mean() < 0.08
            assert values == pytest.approx(wanted, abs=2e-4)
        else:
            model = gemmi.read_structure(str(path))
            assert model.resolution == pytest.approx(row["resolutionLimitHigh"], abs=0.0051)
            assert (model.meta.refinement[0].r_work, model.meta.refinement[0].r_free) == pytest.approx(wanted)
            assert model.cell.parameters[:3] == pytest.approx([row[f"refinedCell_{axis}"] for axis in "abc"], abs=2e-3)
            told = json.loads(row["further"] or "{}").get("meanB")
            if told is not None:
                assert np.mean([site.atom.b_iso for site in model[0].all()]) == pytest.approx(told, abs=0.02)


def test_blobs_are_about_as_high_as_in_the_map(demo_dir: Path, made_files) -> None:
    with closing(sqlite3.connect(demo_dir / "ispyb.sqlite")) as connection:
        blobs = defaultdict(list)
        for run, x, y, z, height in connection.execute("select mxMRRunId, x, y, z, height from MXMRRunBlob"):
            blobs[run].append((gemmi.Position(x, y, z), height))
    ratios = []
    for row, path in made_files:
        if path.name == "final.mtz" and row["kind"] == "refinement":
            grid = gemmi.read_mtz_file(str(path)).transform_f_phi_to_map("DELFWT", "PHDELWT", sample_rate=2.2)
            sigma = np.std(np.asarray(grid))
            for place, height in blobs[row["mxMRRunId"]]:
                near = [place + gemmi.Position(*move) for move in product((-1.4, -0.7, 0, 0.7, 1.4), repeat=3)]
                ratios.append(max(map(grid.interpolate_value, near)) / sigma / height)
    assert len(ratios) > 10
    assert min(ratios) > 0.4
    assert max(ratios) < 1.8
    assert np.median(ratios) == pytest.approx(1, abs=0.15)


def test_pictures_of_blobs_are_there(demo_dir: Path) -> None:
    with closing(sqlite3.connect(demo_dir / "ispyb.sqlite")) as connection:
        views = connection.execute(
            "select filePath || '/' || view3 from MXMRRunBlob where view3 is not null"
        ).fetchall()
    assert len(views) > 100
    assert all(Path(path).is_file() for (path,) in views)
