"""The programs of the tutorial, run as its reader runs them, against a real server."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from pyispyb.cli import app
from pyispyb.db.create import create_database
from pyispyb.db.database import connect
from pyispyb.db.writes import insert_row
from pyispyb.tables import BLSession, Person, Proposal

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial"
START_SECONDS = 60


@dataclass(frozen=True)
class Facility:
    """A running service with one session, and what its programs are told."""

    address: str
    url: str
    environment: dict[str, str]

    def key(self, name: str, beamline: str) -> str:
        """A key made by `pyispyb token create`."""
        made = CliRunner().invoke(app, ["token", "create", name, "--beamline", beamline, "--url", self.url])
        assert made.exit_code == 0, made.output
        return made.output.strip()

    def program(self, name: str, key: str) -> list[str]:
        """A program of the tutorial with its arguments."""
        return [sys.executable, str(TUTORIAL / name), self.address, key, "mx415", "BL1-MX"]


async def make_world(url: str) -> None:
    """A session that runs now on one beamline."""
    databases = await connect(url)
    await create_database(databases.writing)
    await databases.close()
    databases = await connect(url)
    now = datetime.now().replace(microsecond=0)
    async with databases.write() as db:
        person = (await insert_row(db, Person, {"login": "ada", "familyName": "Example"})).key
        named = {"proposalCode": "mx", "proposalNumber": "415", "personId": person}
        proposal = (await insert_row(db, Proposal, named)).key
        begin, end = now - timedelta(hours=1), now + timedelta(hours=1)
        when = {"startDate": begin, "endDate": end, "visit_number": 4, "lastUpdate": now}
        await insert_row(db, BLSession, {"proposalId": proposal, "beamLineName": "BL1-MX", **when})
    await databases.close()


@pytest.fixture(scope="module")
def facility(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facility]:
    """A service in a folder of its own."""
    folder = tmp_path_factory.mktemp("tutorial")
    url = f"sqlite+aiosqlite:///{folder / 'ispyb.sqlite'}"
    asyncio.run(make_world(url))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "ISPYB_DATABASE__URL": url, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "pyispyb", "serve", "--port", str(port)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, cwd=folder, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, server, folder / "log")
            yield Facility(address, url, environment)
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the server answers."""
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        assert server.poll() is None, log.read_text()
        try:
            httpx.get(f"{address}/ispyb/api/v1/auth/config")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(log.read_text())


@contextmanager
def watching(facility: Facility, key: str) -> Iterator["subprocess.Popen[str]"]:
    """The program that watches, from its first line on."""
    command = facility.program("watch_session.py", key)
    with subprocess.Popen(command, env=facility.environment, stdout=subprocess.PIPE, text=True) as watcher:
        try:
            assert watcher.stdout is not None
            assert watcher.stdout.readline().split() == ["session"]
            yield watcher
        finally:
            watcher.terminate()


def test_a_collection_is_registered_and_seen_as_it_happens(facility: Facility) -> None:
    key = facility.key("tutorial", "BL1-MX")
    with watching(facility, key) as watcher:
        printed = subprocess.check_output(
            facility.program("first_collection.py", key), env=facility.environment, text=True
        ).splitlines()
        assert printed[0] == "session mx415-4"
        assert printed[2:6] == ["images 5"] * 4
        assert printed[6].startswith("ended 20")
        collection = printed[1].removeprefix("collection ")
        assert watcher.stdout is not None
        seen = [watcher.stdout.readline().strip()]
        while seen[-1] != f"indicators {collection} 20":
            seen.append(watcher.stdout.readline().strip())
    assert seen[0] == f"collection {collection} running"
    assert f"collection {collection} done" in seen


def test_a_key_of_another_beamline_is_told_that_nothing_runs(facility: Facility) -> None:
    key = facility.key("elsewhere", "BL2-MX")
    program = facility.program("first_collection.py", key)
    done = subprocess.run(program, env=facility.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no session of mx415 runs on BL1-MX" in done.stderr
