"""Real databases of every kind, the application on each of them, and a world to ask about."""

import gc
import os
import zlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from pyispyb.db.create import create_database
from pyispyb.db.engine import create_engine
from pyispyb.db.migrations import upgrade_own_tables
from pyispyb.demo.recipes import RECIPES
from pyispyb.settings import BeamLine, BeamlineGroup, Settings

from .flavours import build_flavour
from .furnish import furnish
from .servers import MariaDB, MariaDBMissingError, start_mariadb
from .service import Service, running_service
from .world import World, build_world

BACKENDS = ("sqlite", "dls", "collab")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is marked `in_turn` is asked on one kind of database each, all of them in turn; on all if so wished."""
    if os.environ.get("ISPYB_TEST_EVERYWHERE"):
        return
    left_out = [item for item in items if item.get_closest_marker("in_turn") and not _is_its_turn(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def pytest_collection_finish() -> None:
    """What is loaded stays: looking through it for garbage again and again takes a tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _is_its_turn(item: pytest.Item) -> bool:
    asked = getattr(item, "callspec", None)
    backend = asked.params.get("service") if asked else None
    if backend is None:
        return True
    question = item.nodeid.replace(backend, "")
    return BACKENDS[zlib.crc32(question.encode()) % len(BACKENDS)] == backend


def missing(what: str, how: str) -> None:
    """Skip where a server cannot be had; fail where the whole suite must run."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: {how}")
    pytest.skip(f"{what} is missing: {how}")


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDB]:
    """A private MariaDB server."""
    try:
        with start_mariadb() as server:
            yield server
    except MariaDBMissingError as error:
        missing("MariaDB", str(error))


@pytest.fixture(scope="session")
def files_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one folder that files are served from."""
    return tmp_path_factory.mktemp("files")


def make_settings(url: str, files_root: Path) -> Settings:
    """Settings of the tests: two groups of beamlines, one beamline archived."""
    return Settings(
        facility="Test Light Source",
        database={"url": url},
        files={"roots": [files_root], "session_folders": [str(files_root)]},
        live={"poll_seconds": 0.2, "heartbeat_seconds": 1.0, "linger_seconds": 4.0},
        secure_cookies=False,
        reprocessing={"recipes": RECIPES},
        auth={"attempts": {"per_account": 30, "per_address": 10_000, "tokens_per_address": 10_000}},
        beamline_groups=[
            BeamlineGroup(
                groupName="MX",
                uiGroup="mx",
                permission="bl_mx",
                beamLines=[
                    BeamLine(beamLineName="BL1"),
                    BeamLine(beamLineName="BL2"),
                    BeamLine(beamLineName="BL0", archived=True),
                ],
            ),
            BeamlineGroup(groupName="EM", uiGroup="em", permission="bl_em", beamLines=[BeamLine(beamLineName="EM1")]),
        ],
    )


async def new_database(backend: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """Address of a new database: ours in SQLite, or a facility's of either flavour in MariaDB."""
    if backend == "sqlite":
        return await _new_sqlite(folder / "ispyb.sqlite")
    server: MariaDB = request.getfixturevalue("mariadb")
    url = build_flavour(server, backend, f"test_{backend}_{folder.name}".replace("-", "_"))
    engine = create_engine(url)
    await upgrade_own_tables(engine)
    await engine.dispose()
    return url


_blank: list[bytes] = []
"""A new SQLite database, once there is one: making it takes longer than most tests."""


async def _new_sqlite(file: Path) -> str:
    url = f"sqlite+aiosqlite:///{file}"
    if _blank:
        file.write_bytes(_blank[0])
        return url
    engine = create_engine(url)
    await create_database(engine)
    await engine.dispose()
    _blank.append(file.read_bytes())
    return url


@pytest.fixture(scope="session", params=BACKENDS)
async def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, files_root: Path
) -> AsyncIterator[Service]:
    """The application on each kind of database."""
    url = await new_database(request.param, request, tmp_path_factory.mktemp(request.param))
    async with running_service(make_settings(url, files_root)) as running:
        yield running


@pytest.fixture
async def world(service: Service) -> World:
    """A proposal with sessions and collections of its own, a competing one, and people of every role."""
    return await build_world(service)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly when a part of the suite did not run."""
    skipped = terminalreporter.stats.get("skipped", ())
    lacking = [report for report in skipped if " is missing: " in str(report.longrepr)]
    if lacking:
        terminalreporter.section(f"{len(lacking)} TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line("They need servers or a browser that this machine does not have; the reasons are listed.")


@pytest.fixture(scope="session")
async def furnished(service: Service, files_root: Path) -> World:
    """One world for many tests, with something behind every route that reads: nothing may be changed in it."""
    return await furnish(await build_world(service), files_root)
