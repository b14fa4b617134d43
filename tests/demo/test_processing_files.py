"""What runs leave on disk: files that open and say what the results do."""

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from pyispyb.demo.experiment import Target, plan
from pyispyb.demo.facility import BEAMLINES
from pyispyb.demo.macromolecules import Macromolecule
from pyispyb.demo.on_demand import ORDERS
from pyispyb.demo.processing import reports
from pyispyb.demo.processing.datasets import Dataset, grouped
from pyispyb.demo.processing.runs import runs_of
from pyispyb.demo.specimen import make_diffraction
from pyispyb.demo.traces import Place

from .conftest import NOW

FILES = """
    select a.filePath, a.fileName, p.processingPrograms, r.spaceGroup, r.refinedCell_a, r.refinedCell_b,
           r.refinedCell_c, r.refinedCell_alpha, r.refinedCell_beta, r.refinedCell_gamma
    from AutoProcProgramAttachment a join AutoProcProgram p using (autoProcProgramId)
    join AutoProc r using (autoProcProgramId)
    where a.fileName like :name
"""


def files(folder: Path, name: str) -> list[tuple]:
    with closing(sqlite3.connect(folder / "ispyb.sqlite")) as connection:
        return connection.execute(FILES, {"name": name}).fetchall()


def test_every_file_of_a_run_is_below_its_session_or_made_there_on_demand(demo_dir):
    with closing(sqlite3.connect(demo_dir / "ispyb.sqlite")) as connection:
        stored = connection.execute("""
            select a.filePath || '/' || a.fileName, d.imageDirectory from AutoProcProgramAttachment a
            join AutoProcProgram p using (autoProcProgramId) join DataCollection d using (dataCollectionId)
        """).fetchall()
    assert len(stored) > 5000
    for text, images in stored:
        path = Path(text)
        assert path.is_file() or path.name in json.loads(path.with_name(ORDERS).read_text())
        assert text.startswith(images.split("/RAW_DATA/")[0] + "/PROCESSED_DATA/")


def test_every_result_has_its_merged_data(demo_dir):
    with closing(sqlite3.connect(demo_dir / "ispyb.sqlite")) as connection:
        (without,) = connection.execute("""
            select count(*) from AutoProc r where not exists (
                select 1 from AutoProcProgramAttachment a
                where a.autoProcProgramId = r.autoProcProgramId and a.fileName like '%.mtz'
            )
        """).fetchone()
    assert without == 0


def test_logs_reports_and_tables_tell_what_the_result_does(demo_dir):
    for folder, name, program, group, *cell in files(demo_dir, "report.html")[::40]:
        page = (Path(folder) / name).read_text()
        assert program in page
        assert f"{cell[0]:.2f}" in page
        assert "<script" not in page
        (log,) = Path(folder).glob("*.log")
        assert group in log.read_text()
        with (Path(folder) / "statistics.csv").open() as table:
            rows = list(csv.DictReader(table))
        assert {row["merged"] for row in rows} == (
            {"isotropic", "anisotropic"} if "autoPROC" in program else {"isotropic"}
        )
        assert all(0 < float(row["completeness"]) <= 100 for row in rows)


def test_a_report_shows_names_as_text():
    protein = Macromolecule("<b>", "<script>", 0.0, "P212121", (60.0, 70.0, 80.0, 90, 90, 90))
    number = next(number for number in range(1, 50) if make_diffraction(number).resolution < 2)
    target = Target(number, "<img src=x>", "", protein, "", 1, 1)
    place = Place.of_session(Path("/nowhere"), "mx1", "BL1-MX", NOW)
    sweeps = next(sweeps for sweeps in grouped(plan(target, BEAMLINES[0], "test")) if sweeps[0].group != "char")
    run = next(run for run in runs_of(Dataset(place, target, sweeps, (1,) * len(sweeps))) if run.outcome)
    page = reports.page(run, NOW)
    assert "&lt;img src=x&gt;" in page
    assert "<img" not in page
