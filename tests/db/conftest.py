"""Databases to look at: fresh ones of both kinds, and the two flavours with rows as facilities have them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from pyispyb.db.create import create_database
from pyispyb.db.database import Database, Databases, connect
from pyispyb.db.engine import create_engine
from tests.flavours import Flavour, build_flavour
from tests.servers import MariaDB

# What time and other programs have left in facilities' tables; no program of today could write it.
OLD_ROWS = """
SET FOREIGN_KEY_CHECKS = 0, sql_mode = '';
INSERT INTO Person (personId, givenName, familyName, login) VALUES (1, 'Ångström', 'Müller', 'amuller');
INSERT INTO Proposal (proposalId, personId, proposalCode, proposalNumber, title) VALUES (1, 1, 'MX', '415', 'Lysozyme');
INSERT INTO BLSession (sessionId, proposalId, startDate, endDate, scheduled, beamLineName, visit_number) VALUES
  (1, 1, '0000-00-00 00:00:00', '2019-00-00 00:00:00', 2, 'i03', 1),
  (2, 1, '2019-02-03 10:11:12', NULL, -1, 'i03', 2),
  (3, 1, '2019-02-00 10:11:12', NULL, 0, 'i04', 3);
INSERT INTO RobotAction (robotActionId, blsessionId, startTimestamp, actionType) VALUES
  (1, 1, '2019-02-03 10:11:12', 'no such action');
INSERT INTO DataCollectionGroup (dataCollectionGroupId, sessionId, experimentType) VALUES (1, 1, 'OSC');
INSERT INTO DataCollection (dataCollectionId, dataCollectionGroupId, sessionId, wavelength, flux) VALUES
  (1, 1, 1, 0.97949, 1.5e12);
INSERT INTO Shipping (shippingId, proposalId, shippingName, deliveryAgent_shippingDate) VALUES
  (1, 1, 'first', '0000-00-00'), (2, 1, 'second', '2019-02-03');
INSERT INTO AutoProcProgram (autoProcProgramId, processingStatus) VALUES (1, '1'), (2, '0'), (3, NULL);
INSERT INTO Movie (movieId, dataCollectionId, positionX) VALUES (1, 1, '12.5'), (2, 1, '');
"""

OF_DLS = """
UPDATE Shipping SET readyByTime = '09:30:00', closeTime = '25:00:00' WHERE shippingId = 1;
"""

OF_COLLAB = """
INSERT INTO AutoProcProgram (autoProcProgramId, processingStatus) VALUES (4, 'RUNNING'), (5, 'SUCCESS'), (6, 'FAILED');
UPDATE Movie SET positionX = '' WHERE movieId = 2;
"""


@pytest.fixture(scope="session")
def dls_url(mariadb: MariaDB) -> str:
    """A database like one of the dls flavour, with old rows."""
    return with_old_rows(mariadb, "dls")


@pytest.fixture(scope="session")
def collab_url(mariadb: MariaDB) -> str:
    """A database like one of the collab flavour, with old rows."""
    return with_old_rows(mariadb, "collab")


def with_old_rows(mariadb: MariaDB, flavour: Flavour, database: str | None = None) -> str:
    """Build a flavour and fill it with rows as they are found at facilities; answers its address."""
    name = database or f"{flavour}_of_db_tests"
    url = build_flavour(mariadb, flavour, name)
    mariadb.run(OLD_ROWS + (OF_DLS if flavour == "dls" else OF_COLLAB), name)
    return url


@pytest.fixture(scope="session", params=["dls", "collab"])
def flavour(request: pytest.FixtureRequest) -> Flavour:
    """Each flavour in turn."""
    chosen: Flavour = request.param
    return chosen


@pytest.fixture
async def facility(request: pytest.FixtureRequest, flavour: Flavour) -> AsyncIterator[AsyncEngine]:
    """An engine on a facility's database, one flavour after the other."""
    async with opened(request.getfixturevalue(f"{flavour}_url")) as engine:
        yield engine


@pytest.fixture(scope="session", params=["sqlite", "mariadb"])
async def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[AsyncEngine]:
    """An engine on a database that we created, SQLite and then MariaDB."""
    make: Callable[[], str] = {
        "sqlite": lambda: sqlite_url(tmp_path_factory.mktemp("fresh") / "fresh.sqlite"),
        "mariadb": lambda: request.getfixturevalue("mariadb").create("fresh_of_db_tests"),
    }[request.param]
    async with opened(make()) as engine:
        await create_database(engine)
        yield engine


def sqlite_url(file: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite+aiosqlite:///{file}"


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[AsyncEngine]:
    """An engine for the length of the block."""
    engine = create_engine(url)
    try:
        yield engine
    finally:
        await engine.dispose()


@pytest.fixture
async def databases(fresh: AsyncEngine) -> AsyncIterator[Databases]:
    """SQLite and then MariaDB, as a service has them."""
    connected = await connect(fresh.url.render_as_string(hide_password=False))
    yield connected
    await connected.close()


@pytest.fixture
async def db(databases: Databases) -> AsyncIterator[Database]:
    """A transaction that is undone."""
    async with databases.write() as opened:
        yield opened
        await opened.connection.rollback()
