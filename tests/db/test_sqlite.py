"""SQLite's thread is gone to once for each statement, and answers what SQLAlchemy asks of a cursor."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import bindparam, text
from sqlalchemy.exc import IntegrityError, OperationalError, TimeoutError

from pyispyb.db.database import Databases, connect
from pyispyb.db.sqlite import Connection


@pytest.fixture
async def databases(tmp_path: Path) -> AsyncIterator[Databases]:
    """A database with one table."""
    connected = await connect(f"sqlite+aiosqlite:///{tmp_path}/db.sqlite", pool_size=1)
    async with connected.write() as db:
        await db.execute(text("CREATE TABLE kept (id INTEGER PRIMARY KEY, word TEXT UNIQUE)"))
    yield connected
    await connected.close()


async def test_a_statement_is_one_way(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[Any] = []
    go = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, work: Any, *values: Any, **named: Any) -> Any:
        gone.append(work)
        return await go(self, work, *values, **named)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    async with databases.read() as db:
        assert (await db.all(text("SELECT 1 AS one UNION SELECT 2")))[1].one == 2
    assert len(gone) == 1
    gone.clear()
    async with databases.write() as db:
        await db.execute(text("INSERT INTO kept (word) VALUES ('a')"))
    assert len(gone) == 2, "INSERT with the begin of its transaction, COMMIT"


async def test_a_transaction_without_statements_ends_well(databases: Databases, tmp_path: Path) -> None:
    async with databases.write():
        pass
    other = sqlite3.connect(f"{tmp_path}/db.sqlite", isolation_level=None, timeout=0)
    other.execute("BEGIN IMMEDIATE")  # nobody holds it
    other.close()


async def test_a_transaction_that_could_not_begin_writes_nothing(databases: Databases, tmp_path: Path) -> None:
    async with databases.write() as db:
        await db.execute(text("PRAGMA busy_timeout = 10"))
    other = sqlite3.connect(f"{tmp_path}/db.sqlite", isolation_level=None)
    insert = text("INSERT INTO kept (word) VALUES ('a')")

    async def stubborn() -> None:
        async with databases.write() as db:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(OperationalError, match="locked"):
                await db.execute(insert)
            other.execute("ROLLBACK")
            await db.execute(insert)
            raise LookupError

    with pytest.raises(LookupError):
        await stubborn()
    assert other.execute("SELECT COUNT(*) FROM kept").fetchone() == (0,), "what came later was in a transaction too"
    other.close()


async def test_who_writes_stands_in_line(databases: Databases) -> None:
    done: list[int] = []

    async def write(number: int) -> None:
        async with databases.write() as db:
            await db.execute(text("INSERT INTO kept (word) VALUES (:word)"), {"word": str(number)})
            done.append(number)

    async with asyncio.TaskGroup() as writing, databases.write() as db:
        for number in range(20):
            writing.create_task(write(number))
        await db.execute(text("INSERT INTO kept (word) VALUES ('first')"))
        async with databases.read() as reading:
            assert await reading.scalar(text("SELECT COUNT(*) FROM kept")) == 0, "who reads waits for nobody"
        assert done == []
    assert done == list(range(20))


async def test_the_line_is_left_after_a_while(tmp_path: Path) -> None:
    databases = await connect(f"sqlite+aiosqlite:///{tmp_path}/db.sqlite", connect_timeout=0.05)
    async with databases.write():
        with pytest.raises(TimeoutError):
            async with databases.write():
                pass
    async with databases.write() as db:
        assert await db.scalar(text("SELECT 1")) == 1
    await databases.close()


async def test_what_was_changed_is_told(databases: Databases) -> None:
    insert = text("INSERT INTO kept (word) VALUES (:word)").bindparams(bindparam("word"))
    async with databases.write() as db:
        assert (await db.execute(insert, {"word": "a"})).lastrowid == 1
        await db.execute(insert, [{"word": "b"}, {"word": "c"}])
        assert (await db.execute(text("UPDATE kept SET word = word || '!' WHERE id > 1"))).rowcount == 2
        returned = await db.all(text("DELETE FROM kept WHERE id < 3 RETURNING id, word"))
        assert sorted(tuple(row) for row in returned) == [(1, "a"), (2, "b!")]
        assert (await db.all(text("SELECT word FROM kept WHERE id = 99"))) == []


async def test_errors_are_those_of_any_database(databases: Databases) -> None:
    async def twice() -> None:
        async with databases.write() as db:
            await db.execute(text("INSERT INTO kept (word) VALUES ('twice')"))
            await db.execute(text("INSERT INTO kept (word) VALUES ('twice')"))

    with pytest.raises(IntegrityError):
        await twice()
    async with databases.read() as db:
        assert await db.scalar(text("SELECT COUNT(*) FROM kept")) == 0
        with pytest.raises(OperationalError):
            await db.execute(text("SELECT nothing FROM nowhere"))
        driven = db.connection.sync_connection
        assert driven is not None
        connection = driven.connection.driver_connection
        assert isinstance(connection, Connection)
        await connection.close()
        with pytest.raises(OperationalError):
            await db.scalar(text("SELECT 1"))
