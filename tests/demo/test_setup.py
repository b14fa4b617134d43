"""The facility on disk: complete, refreshed on a later day, never made over something else."""

import json
import sqlite3
import stat
from contextlib import closing
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import h5py
import pytest
from PIL import Image

from pyispyb.demo.accounts import KEYS, PIPELINES
from pyispyb.demo.schedule import RUNNING
from pyispyb.demo.setup import MARKER, VERSION, Marker, NotADemoFolderError, prepare
from pyispyb.diffraction.locate import Candidate, Source
from pyispyb.diffraction.reader import ImageReader
from pyispyb.files.roots import FileRoots, Owner, Stored
from pyispyb.tables import ImageQualityIndicators

from .conftest import LEFT_OVER, NOW

PATHS = (
    ("DataCollection", "imageDirectory"),
    *(("DataCollection", f"xtalSnapshotFullPath{number}") for number in range(1, 5)),
    ("DataCollection", "imageQualityIndicatorsPlotPath"),
    ("DataCollectionFileAttachment", "fileFullPath"),
    ("EnergyScan", "scanFileFullPath"),
    ("EnergyScan", "choochFileFullPath"),
    ("EnergyScan", "jpegChoochFileFullPath"),
    ("Image", "fileLocation"),
    ("Image", "jpegFileFullPath"),
    ("Image", "jpegThumbnailFileFullPath"),
    ("RobotAction", "xtalSnapshotBefore"),
    ("RobotAction", "xtalSnapshotAfter"),
    ("XFEFluorescenceSpectrum", "scanFileFullPath"),
    ("XFEFluorescenceSpectrum", "jpegScanFileFullPath"),
)
RUNNING_NOW = """
    select s.sessionId, s.beamLineName, p.proposalCode || p.proposalNumber
    from BLSession s join Proposal p using (proposalId)
    where s.startDate <= :now and s.endDate > :now order by s.beamLineName
"""


def ask(folder: Path, question: str, **values: object) -> list[tuple]:
    with closing(sqlite3.connect(folder / "ispyb.sqlite")) as connection:
        return connection.execute(question, values).fetchall()


def running(folder: Path, now) -> dict[str, str]:
    found = ask(folder, RUNNING_NOW, now=str(now))
    assert len(found) == len({line for _, line, _ in found})
    return {line: proposal for _, line, proposal in found}


@pytest.mark.parametrize(("table", "column"), PATHS)
def test_every_stored_path_exists_below_the_files_root(demo_dir, table, column):
    stored = ask(demo_dir, f"select distinct {column} from {table} where {column} is not null")
    assert stored
    for (path,) in stored:
        assert Path(path).resolve().is_relative_to(demo_dir.resolve() / "files")
        assert Path(path).exists()


def test_every_picture_of_the_page_has_its_thumbnail(demo_dir):
    for table, column in PATHS:
        for (path,) in ask(demo_dir, f"select distinct {column} from {table} where {column} like '%.jpg'"):
            picture = Path(path)
            if table != "Image" or column == "jpegFileFullPath":
                assert picture.with_name(f"{picture.stem}t{picture.suffix}").exists()


def test_foreign_keys_hold(demo_dir):
    assert ask(demo_dir, "pragma foreign_key_check") == []


def test_the_data_files_open_and_hold_images(demo_dir):
    ((folder, template),) = ask(
        demo_dir, "select imageDirectory, fileTemplate from DataCollection where experimentType = 'OSC' limit 1"
    )
    with h5py.File(Path(folder) / template) as file:
        images = file["/entry/data/data_000001"]
        assert images.shape[0] >= 1000
        assert images[0].max() > 100
        assert 0.9 < file["/entry/instrument/beam/incident_wavelength"][()] < 1.1


def test_what_stands_beside_images_is_what_was_registered(demo_dir):
    rows = ask(
        demo_dir,
        """select imageDirectory || fileTemplate, detectorDistance, wavelength, exposureTime from DataCollection
           where fileTemplate like '%_master.h5' and runStatus like '%successful' and dataCollectionId % 40 = 0""",
    )
    assert len(rows) > 10
    for path, distance, wavelength, exposure in rows:
        with h5py.File(path) as file:
            assert file["/entry/instrument/detector/detector_distance"][()] * 1000 == pytest.approx(distance, rel=0.01)
            assert file["/entry/instrument/beam/incident_wavelength"][()] == pytest.approx(wavelength, rel=0.001)
            assert file["/entry/instrument/detector/count_time"][()] == pytest.approx(exposure, rel=0.01)


def test_every_image_of_the_last_days_can_be_read(demo_dir):
    rows = ask(
        demo_dir,
        """select d.experimentType, max(d.imageDirectory || d.fileTemplate), count(*) from DataCollection d
           where d.startTime > datetime((select max(startTime) from DataCollection), '-2 days')
             and runStatus like '%successful'
           group by d.experimentType, substr(d.fileTemplate, -4)""",
    )
    assert {"Mesh", "OSC", "Characterization"} <= {kind for kind, *_ in rows}
    assert {path[-4:] for _, path, _ in rows} == {".cbf", "r.h5"}
    reader = ImageReader(FileRoots([demo_dir / "files"], ["/"]))
    owner = Owner("mx", "1", "1", "BL1-MX")
    for _, path, _ in rows:
        index = 0 if "%" in path else 3
        stored = Stored(path % 4 if "%" in path else path, owner)
        source = Source(4, (Candidate(stored, index),), owner)
        told = reader.tell(source)
        assert told.known.wavelength
        assert told.known.detectorDistance
        image = reader.read(source, [])
        assert (image == 2**told.bits - 1).mean() < 0.1


def test_the_snapshot_of_a_grid_has_room_for_the_grid(demo_dir):
    rows = ask(
        demo_dir,
        """select d.xtalSnapshotFullPath1, g.snapshot_offsetXPixel, g.snapshot_offsetYPixel,
                  g.steps_x * g.dx_mm * 1000 / g.micronsPerPixelX, g.steps_y * g.dy_mm * 1000 / g.micronsPerPixelY
           from GridInfo g join DataCollection d using (dataCollectionId)""",
    )
    sizes = {}
    for path, left, top, width, height in rows:
        if path not in sizes:
            with Image.open(path) as picture:
                sizes[path] = picture.size
        assert left > 0
        assert top > 0
        assert left + width < sizes[path][0]
        assert top + height < sizes[path][1]


def test_it_stays_small(demo_dir):
    files = (demo_dir / "files").rglob("*")
    seen = {entry.stat().st_ino: entry.stat().st_size for entry in files if entry.is_file()}
    assert sum(seen.values()) + (demo_dir / "ispyb.sqlite").stat().st_size < 150e6


def test_the_keys_of_programs_are_for_their_owner_only(demo_dir):
    assert stat.S_IMODE((demo_dir / KEYS).stat().st_mode) == 0o600
    assert set(json.loads((demo_dir / KEYS).read_text())) == {*RUNNING, PIPELINES}


async def test_a_second_start_on_the_same_day_changes_nothing(copied):
    before = ask(copied, "select * from BLSession")
    await prepare(copied, NOW + timedelta(hours=1), lambda _: None)
    assert ask(copied, "select * from BLSession") == before


@pytest.mark.parametrize("later", [timedelta(hours=15, minutes=30), timedelta(days=1), timedelta(days=40)])
async def test_later_the_same_groups_measure_and_others_still_come(copied, later):
    now = NOW + later
    coming = "select count(*) from BLSession where startDate > :now"
    before = ask(copied, coming, now=str(NOW))
    await prepare(copied, now, lambda _: None)
    assert running(copied, now) == RUNNING
    assert ask(copied, coming, now=str(now)) == before
    (names,) = zip(*ask(copied, "select proposalId || '-' || visit_number from BLSession"), strict=True)
    assert len(set(names)) == len(names)


async def test_the_new_sessions_have_the_people_and_the_pucks_of_the_last_ones(copied):
    people = """select personId from Session_has_Person sp join BLSession s using (sessionId)
                where s.beamLineName = 'BL1-MX' and s.startDate <= :now and s.endDate > :now order by personId"""
    pucks = "select c.code from Container c where c.beamlineLocation = 'BL1-MX' and c.sessionId = :session order by 1"
    before = ask(copied, people, now=str(NOW)), ask(copied, pucks, session=ask(copied, RUNNING_NOW, now=str(NOW))[0][0])
    now = NOW + timedelta(days=3)
    await prepare(copied, now, lambda _: None)
    after = ask(copied, people, now=str(now)), ask(copied, pucks, session=ask(copied, RUNNING_NOW, now=str(now))[0][0])
    assert before == after
    assert all(before)


async def test_many_starts_leave_one_running_session_on_each_beamline(copied):
    for hours in range(0, 100, 7):
        now = NOW + timedelta(hours=hours)
        await prepare(copied, now, lambda _: None)
        assert running(copied, now) == RUNNING


async def test_collections_that_were_cut_off_are_over_after_the_next_start(copied):
    with closing(sqlite3.connect(copied / "ispyb.sqlite")) as connection, connection:
        connection.execute(
            "update DataCollection set runStatus = 'Data collection running', endTime = null where dataCollectionId = 9"
        )
    await prepare(copied, NOW + timedelta(hours=1), lambda _: None)
    ((status, start, end),) = ask(
        copied, "select runStatus, startTime, endTime from DataCollection where dataCollectionId = 9"
    )
    assert status == "Data collection stopped"
    assert end >= start


async def test_runs_that_were_cut_off_have_failed_after_the_next_start(copied):
    cut_off = "update AutoProcProgram set processingStatus = 'RUNNING', processingEndTime = null where {}"
    one = "autoProcProgramId = (select min(autoProcProgramId) from AutoProcProgram where processingStatus = 'SUCCESS')"
    with closing(sqlite3.connect(copied / "ispyb.sqlite")) as connection, connection:
        connection.execute(cut_off.format(one))
    await prepare(copied, NOW + timedelta(hours=1), lambda _: None)
    assert ask(copied, "select count(*) from AutoProcProgram where processingStatus = 'RUNNING'") == [(0,)]
    ((start, end),) = ask(
        copied,
        """select processingStartTime, processingEndTime from AutoProcProgram
           where processingStatus = 'FAILED' and processingMessage = 'The cluster was switched off'""",
    )
    assert start == end


async def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "thesis.txt").write_text("years of work")
    with pytest.raises(NotADemoFolderError):
        await prepare(tmp_path, NOW, lambda _: None)
    assert (tmp_path / "files" / "thesis.txt").read_text() == "years of work"


async def test_a_set_up_that_fails_says_so_and_is_begun_again(tmp_path, capfd):
    (tmp_path / MARKER).write_text(json.dumps(asdict(Marker(VERSION, False, NOW.isoformat()))))
    (tmp_path / "files").write_text("no folder")
    with pytest.raises(ChildProcessError):
        await prepare(tmp_path, NOW, lambda _: None)
    assert "NotADirectoryError" in capfd.readouterr().err
    assert json.loads((tmp_path / MARKER).read_text())["finished"] is False


def test_the_database_holds_what_was_planned(demo_dir, made):
    columns = made.rows.columns[ImageQualityIndicators]
    stored = ask(demo_dir, f"select {', '.join(columns)} from ImageQualityIndicators order by 1, 2")
    assert stored == sorted(zip(*columns.values(), strict=True))


def test_what_an_interrupted_set_up_left_is_gone(demo_dir):
    assert not (demo_dir / "files" / LEFT_OVER).exists()
    assert json.loads((demo_dir / MARKER).read_text())["finished"] is True
