"""What programs made of the simulated merged data: models, maps that show what they lack, runs that hang together."""

import sqlite3
from contextlib import closing
from pathlib import Path

import gemmi
import numpy as np
import pytest

from pyispyb.demo.macromolecules import MACROMOLECULES
from pyispyb.demo.structures.bundle import bundle
from pyispyb.demo.structures.density import write_coefficients
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
def test_the_difference_map_shows_what_the_model_lacks(tmp_path: Path, acronym: str) -> None:
    crystal = crystal_of(MACROMOLECULES[acronym])
    mtz = write_coefficients(tmp_path / "a.mtz", MACROMOLECULES[acronym], crystal)
    observed, calculated = (np.array(mtz.column_with_label(label)) for label in ("F", "FC"))
    assert 0.12 < np.abs(observed - calculated).sum() / observed.sum() < 0.25
    grid = mtz.transform_f_phi_to_map("DELFWT", "PHDELWT", sample_rate=3)
    sigma = np.std(np.asarray(grid))
    shown = [max(grid.interpolate_value(at + gemmi.Position(x, 0, 0)) for x in (-1.4, 0, 1.4)) for at in crystal.blobs]
    assert min(shown) > 6 * sigma
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


def test_files_of_structures_are_shared_and_open(demo_dir) -> None:
    with closing(sqlite3.connect(demo_dir / "ispyb.sqlite")) as connection:
        paths = connection.execute("""
            select a.filePath || '/' || a.fileName from AutoProcProgramAttachment a
            join pyispyb_structure s using (autoProcProgramId)
        """).fetchall()
        views = connection.execute(
            "select filePath || '/' || view3 from MXMRRunBlob where view3 is not null"
        ).fetchall()
    distinct = {Path(path).stat().st_ino: path for (path,) in paths if not path.endswith(".log")}
    assert len(distinct) <= 4 * len(MACROMOLECULES)
    for path in distinct.values():
        opened = gemmi.read_mtz_file(path) if path.endswith(".mtz") else gemmi.read_structure(path)
        assert opened.spacegroup_hm if path.endswith(".pdb") else opened.nreflections > 5000
    assert len(views) > 100
    assert all(Path(path).is_file() for (path,) in views)
