"""The simulated facility, made once for all tests that look at it."""

import fcntl
import json
import shutil
import subprocess
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pytest

from pyispyb.demo.setup import MARKER, VERSION, Marker, prepare
from pyispyb.demo.world import World, build

NOW = datetime(2026, 11, 22, 14, 5)
LEFT_OVER = "left-over.txt"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The plan of the facility at a fixed time."""
    return build(NOW, tmp_path_factory.mktemp("plan") / "files")


@pytest.fixture(scope="session")
async def demo_dir(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder in which the facility was made at the fixed time; tests read it, and change only copies.

    It is made once, however many workers the tests have.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "facility"
    with folder.with_suffix(".lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if not lock.read():
            await _make(folder)
            lock.write("made")
    return folder


async def _make(folder: Path) -> None:
    """Set the facility up where a set-up had begun before and was interrupted."""
    (folder / "files").mkdir(parents=True)
    (folder / MARKER).write_text(json.dumps(asdict(Marker(VERSION, False, NOW.isoformat()))))
    (folder / "ispyb.sqlite").write_text("the begin of a database")
    (folder / "files" / LEFT_OVER).write_text("of an interrupted set-up")
    await prepare(folder, NOW, lambda _: None)


@pytest.fixture
def copied(demo_dir: Path, tmp_path: Path) -> Path:
    """A copy of the facility that a test may change; pictures are shared with the original."""
    folder = tmp_path / "copy"
    # SQLite's own files beside the database come and go while others read it; nobody writes there.
    shutil.copytree(demo_dir, folder, ignore=shutil.ignore_patterns("files", "*-wal", "*-shm"))
    subprocess.run(["cp", "--archive", "--link", demo_dir / "files", folder / "files"], check=True)
    return folder
