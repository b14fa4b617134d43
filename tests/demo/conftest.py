"""The simulated facility, made once for all tests that look at it."""

import json
import os
import shutil
from collections.abc import Callable
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
async def demo_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the facility was made at the fixed time; tests read it, and change only copies.

    A set-up had begun there before and was interrupted.
    """
    folder = tmp_path_factory.mktemp("demo")
    (folder / MARKER).write_text(json.dumps(asdict(Marker(VERSION, False, NOW.isoformat()))))
    (folder / "ispyb.sqlite").write_text("the begin of a database")
    (folder / "files").mkdir()
    (folder / "files" / LEFT_OVER).write_text("of an interrupted set-up")
    await prepare(folder, NOW, lambda _: None)
    return folder


@pytest.fixture
def copied(demo_dir: Path, tmp_path: Path) -> Path:
    """A copy of the facility that a test may change; pictures are shared with the original."""
    folder = tmp_path / "copy"
    shutil.copytree(demo_dir, folder, copy_function=_link_files(demo_dir / "files"))
    return folder


def _link_files(shared: Path) -> Callable[[str, str], object]:
    def copy(source: str, target: str) -> object:
        return os.link(source, target) if Path(source).is_relative_to(shared) else shutil.copy2(source, target)

    return copy
