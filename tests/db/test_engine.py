"""What every connection is set up with."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path

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


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[tuple[Databases, sqlite3.Connection]]:
    """An SQLite database, and another program that writes to it."""
    connected = await connect(f"sqlite+aiosqlite:///{tmp_path}/db.sqlite", pool_size=1)
    async with connected.write() as db:
        await db.execute(text("CREATE TABLE written (number INTEGER)"))
        await db.execute(text("PRAGMA busy_timeout = 300"))
    other = sqlite3.connect(f"{tmp_path}/db.sqlite", isolation_level=None, timeout=2)
    yield connected, other
    other.close()
    await connected.close()


async def test_a_file_that_others_write_to_for_long_is_an_error_as_of_any_database(
    file: tuple[Databases, sqlite3.Connection],
) -> None:
    databases, other = file
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        async with databases.write() as db:
            await db.execute(text("INSERT INTO written VALUES (0)"))
    other.execute("ROLLBACK")
    async with databases.write() as db:
        await db.execute(text("INSERT INTO written VALUES (1)"))


async def test_who_leaves_while_a_file_is_written_to_by_others_holds_up_nobody(
    file: tuple[Databases, sqlite3.Connection],
) -> None:
    databases, other = file
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with databases.write() as db:
            await db.execute(text("INSERT INTO written VALUES (1)"))

    leaving = asyncio.create_task(write())
    await asyncio.sleep(0.1)
    leaving.cancel()
    await asyncio.sleep(0.05)
    other.execute("ROLLBACK")
    with pytest.raises(asyncio.CancelledError):
        await leaving
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    await write()
    assert other.execute("SELECT COUNT(*) FROM written").fetchone() == (1,)
