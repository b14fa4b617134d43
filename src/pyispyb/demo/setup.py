"""Make the simulated facility in a folder once, and bring it up to date on every later start."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ..db.create import create_database
from ..db.engine import create_engine
from .accounts import KEYS, add_accounts, add_keys, password_hashes
from .facility import database_url, files_root
from .refresh import refresh
from .schedule import running_since
from .world import World, build

MARKER = "demo.json"
VERSION = 11
"""Counts the versions of the simulated facility; an older one is made anew."""


class NotADemoFolderError(Exception):
    """The folder holds something else, which must not be touched."""


@dataclass(frozen=True)
class Marker:
    """What an earlier start wrote into the folder."""

    version: int
    finished: bool
    since: str
    """Begin of the running sessions, ISO."""

    @property
    def usable(self) -> bool:
        """The facility in the folder can be brought up to date."""
        return self.finished and self.version == VERSION


async def prepare(data_dir: Path, now: datetime, say: Callable[[str], None]) -> None:
    """Make or refresh the facility in this folder, so that sessions run at this local time.

    Raises NotADemoFolderError for a folder that has files but was not made by this function.
    """
    marker = _marker(data_dir)
    if marker and marker.usable:
        say("Bringing the simulated facility up to date ...")
        since = await _refresh(data_dir, datetime.fromisoformat(marker.since), now)
    else:
        say("Making the simulated facility, once: people, samples, sessions, pictures ...")
        await _make(data_dir, now)
        since = running_since(now)
    _mark(data_dir, Marker(VERSION, True, since.isoformat()))


async def _refresh(data_dir: Path, since: datetime, now: datetime) -> datetime:
    engine = create_engine(database_url(data_dir))
    try:
        async with engine.begin() as connection:
            return await refresh(connection, since, now)
    finally:
        await engine.dispose()


async def _make(data_dir: Path, now: datetime) -> None:
    _clear(data_dir)
    _mark(data_dir, Marker(VERSION, False, now.isoformat()))
    root = files_root(data_dir)
    pool = asyncio.create_task(_fill_pool(root / "pool"))
    try:
        hashes, world = await asyncio.gather(asyncio.to_thread(password_hashes), asyncio.to_thread(build, now, root))
        await _fill_database(world, hashes, data_dir)
    finally:
        await pool
    await asyncio.to_thread(_write_files, world)


async def _fill_pool(folder: Path) -> None:
    """Draw what all sessions share, in a process that Ctrl-C does not reach: a set-up is always finished.

    Raises ChildProcessError when that ends in trouble; it has said which.
    """
    command = (sys.executable, "-m", "pyispyb.demo.filling", str(folder))
    process = await asyncio.create_subprocess_exec(*command, start_new_session=True)
    if await process.wait():
        raise ChildProcessError("the pictures of the simulated facility could not be made")


async def _fill_database(world: World, hashes: dict[str, str], data_dir: Path) -> None:
    engine = create_engine(database_url(data_dir))
    try:
        await create_database(engine)
        async with engine.begin() as connection:
            await world.rows.insert(connection)
            await add_accounts(connection, hashes)
            await add_keys(connection, data_dir)
    finally:
        await engine.dispose()


def _write_files(world: World) -> None:
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
        for _ in threads.map(lambda job: job(), world.jobs):
            pass


def _marker(data_dir: Path) -> Marker | None:
    """What an earlier start left here; None for an empty folder, which is made when there is none."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / MARKER
    if path.exists():
        return Marker(**json.loads(path.read_text()))
    if any(data_dir.iterdir()):
        raise NotADemoFolderError(f"{data_dir} is not empty and holds no demo: choose another folder.")
    return None


def _mark(data_dir: Path, marker: Marker) -> None:
    (data_dir / MARKER).write_text(json.dumps(asdict(marker)) + "\n")


def _clear(data_dir: Path) -> None:
    """Remove what an earlier set-up made, and nothing else."""
    for path in data_dir.glob("ispyb.sqlite*"):
        path.unlink()
    for path in data_dir.glob(f"*{KEYS}"):
        path.unlink()
    shutil.rmtree(files_root(data_dir), ignore_errors=True)
