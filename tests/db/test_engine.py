"""What every connection is set up with."""

import time
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from pyispyb.db.database import Databases, connect
from tests.servers import MariaDB

LIMIT = 0.4


@pytest.fixture
async def databases(mariadb: MariaDB) -> AsyncIterator[Databases]:
    """A database that gives up early what it reads."""
    name = "test_statement_seconds"
    mariadb.run(f"DROP DATABASE IF EXISTS {name}")
    connected = await connect(mariadb.create(name), statement_seconds=LIMIT)
    yield connected
    await connected.close()


SLOW = text("SELECT COUNT(*) FROM seq_1_to_100000 a JOIN seq_1_to_100000 b ON a.seq % 7 = b.seq % 11")


async def test_a_dear_statement_that_reads_is_given_up(databases: Databases) -> None:
    started = time.monotonic()
    with pytest.raises(OperationalError) as given_up:
        async with databases.read() as db:
            await db.execute(SLOW)
    assert given_up.value.orig is not None
    assert given_up.value.orig.args[0] == 1969
    assert time.monotonic() - started < LIMIT + 2
    async with databases.read() as db:
        assert await db.scalar(text("SELECT 1")) == 1


async def test_what_writes_may_take_its_time(databases: Databases) -> None:
    async with databases.write() as db:
        assert float(await db.scalar(text("SELECT @@max_statement_time"))) == 0


async def test_exists_asks_about_one_row(databases: Databases) -> None:
    async with databases.write() as db:
        for table in ("asked", "many"):
            numbers = "SELECT seq AS id, seq AS number FROM seq_1_to_5000"
            await db.execute(text(f"CREATE TABLE {table} (id INT PRIMARY KEY, number INT, KEY (number)) {numbers}"))
    async with databases.read() as db:
        plan = await db.all(
            text("EXPLAIN SELECT id FROM asked WHERE NOT EXISTS (SELECT 1 FROM many WHERE many.number = asked.number)")
        )
    assert [row.select_type for row in plan] == ["PRIMARY", "DEPENDENT SUBQUERY"]
