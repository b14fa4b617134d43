"""Files that are made when somebody asks for them: whole, once, and only where they may be read."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gemmi
import pytest

from pyispyb.demo.facility import settings
from pyispyb.demo.on_demand import ORDERS, FilesOnDemand, Order, install, leave
from pyispyb.demo.processing.runs import Run
from pyispyb.errors import NotFound
from pyispyb.files.roots import Owner, Stored

from ..service import running_service
from .test_processing import results

OWNER = Owner("mx", "1", "1", "BL1-MX")
NAME = "truncate-unique.mtz"


@pytest.fixture(scope="module")
def run() -> Run:
    return results("LYSO", 9)[0]


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """A folder of the session in which a file can be made."""
    assert run.outcome is not None
    folder = tmp_path / "mx1" / "processed"
    folder.mkdir(parents=True)
    leave(folder, {NAME: Order("merged", run.outcome.merged[0].reflections)})
    return folder


@pytest.fixture
def files(tmp_path: Path) -> FilesOnDemand:
    return FilesOnDemand([tmp_path], ["**/{proposal}"])


def test_a_file_is_made_once_and_nothing_else_is_left(files: FilesOnDemand, folder: Path, run: Run) -> None:
    found = files.find(Stored(str(folder / NAME), OWNER))
    assert found == folder / NAME
    assert run.outcome is not None
    overall = run.outcome.merged[0].statistics["overall"]
    assert gemmi.read_mtz_file(str(found)).nreflections == overall["nTotalUniqueObservations"]
    before = found.stat().st_mtime_ns
    assert files.find(Stored(str(folder / NAME), OWNER)).stat().st_mtime_ns == before
    assert sorted(os.listdir(folder)) == [ORDERS, NAME]


def test_who_asks_at_the_same_time_gets_whole_files(files: FilesOnDemand, folder: Path) -> None:
    def ask(_: int) -> bytes:
        return files.find(Stored(str(folder / NAME), OWNER)).read_bytes()

    with ThreadPoolExecutor(6) as threads:
        contents = set(threads.map(ask, range(6)))
    assert len(contents) == 1
    assert sorted(os.listdir(folder)) == [ORDERS, NAME]


def test_nothing_is_made_where_nothing_may_be_read(files: FilesOnDemand, folder: Path) -> None:
    with pytest.raises(NotFound):
        files.find(Stored(str(folder / NAME), Owner("mx", "2", "1", "BL1-MX")))
    assert os.listdir(folder) == [ORDERS]


@pytest.mark.parametrize("name", ["another.mtz", "..", ".", "", " ", "\0", f"sub/{NAME}", "../../etc/passwd"])
def test_what_nobody_noted_is_not_there(files: FilesOnDemand, folder: Path, name: str) -> None:
    with pytest.raises(NotFound):
        files.find(Stored(f"{folder}/{name}", OWNER))
    assert os.listdir(folder) == [ORDERS]


@pytest.mark.parametrize("path", [None, "", "/", "relative.mtz"])
def test_a_path_that_is_none_is_not_there(files: FilesOnDemand, path: str | None) -> None:
    with pytest.raises(NotFound):
        files.find(Stored(path, OWNER))


async def test_an_application_makes_files_only_in_its_facility(copied: Path, folder: Path) -> None:
    async with running_service(settings(copied, [])) as service:
        install(service.app)
        with pytest.raises(NotFound):
            service.app.state.file_roots.find(Stored(str(folder / NAME), OWNER))
        inside = copied / "files" / "mx1" / "bl1-mx"
        inside.mkdir(parents=True)
        (inside / ORDERS).write_bytes((folder / ORDERS).read_bytes())
        assert service.app.state.file_roots.find(Stored(str(inside / NAME), OWNER)).is_file()
