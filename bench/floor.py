"""The floor: what the database, its driver and JSON take for the same statements, without any service around them.

The statements a route sends, with their values, run on the bare driver (asyncmy or aiosqlite) in this process, and
`orjson` writes their rows. HTTP is not part of the floor. Writes run in a transaction, with its end: what makes them
last is a part of writing. What they wrote is taken back before they come again.
"""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

import aiosqlite
import asyncmy
import orjson
from sqlalchemy.engine import make_url

from pyispyb.db.engine import MARIADB_SESSION, SQLITE_SESSION

from .service import Statement


class Floor(Protocol):
    """A bare connection."""

    async def run(self, statement: Statement) -> Sequence[Any]:
        """The rows of a statement."""
        ...

    async def command(self, sql: str) -> None:
        """Run a statement that answers no rows."""
        ...


class MariaDBFloor:
    """A connection of asyncmy."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def run(self, statement: Statement) -> Sequence[Any]:
        """The rows of a statement."""
        async with self._connection.cursor() as cursor:
            if statement.many:
                await cursor.executemany(statement.sql, statement.known())
                return ()
            await cursor.execute(statement.sql, statement.known())
            if statement.key is not None:
                statement.key.value = cursor.lastrowid
            rows: Sequence[Any] = await cursor.fetchall()
            return rows

    async def command(self, sql: str) -> None:
        """Run a statement that answers no rows."""
        async with self._connection.cursor() as cursor:
            await cursor.execute(sql)


class SQLiteFloor:
    """A connection of aiosqlite."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def run(self, statement: Statement) -> Sequence[Any]:
        """The rows of a statement."""
        if statement.many:
            await self._connection.executemany(statement.sql, statement.known())
            return ()
        if statement.key is not None:
            (statement.key.value,) = await self._connection.execute_insert(statement.sql, statement.known())
            return ()
        return list(await self._connection.execute_fetchall(statement.sql, statement.known()))

    async def command(self, sql: str) -> None:
        """Run a statement that answers no rows."""
        # As the service begins: a transaction that read first could not write after somebody else did.
        await self._connection.execute("BEGIN IMMEDIATE" if sql == "BEGIN" else sql)


@asynccontextmanager
async def open_floor(url: str) -> AsyncIterator[Floor]:
    """A bare connection with the session settings of the service."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        async with aiosqlite.connect(address.database or "", isolation_level=None) as lite:
            for pragma in SQLITE_SESSION:
                await lite.execute(f"PRAGMA {pragma}")
            yield SQLiteFloor(lite)
        return
    connection = await asyncmy.connect(
        host=address.host,
        port=address.port,
        user=address.username,
        db=address.database,
        charset="utf8mb4",
        autocommit=True,
        init_command=MARIADB_SESSION,
    )
    try:
        yield MariaDBFloor(connection)
    finally:
        await connection.ensure_closed()


async def floor_seconds(
    floor: Floor, statements: Sequence[Statement], seconds: float, *, writes: bool, undo: Sequence[str]
) -> list[float]:
    """How long the statements and their JSON took, again and again for that long [s].

    `undo` comes after each: for statements that can be carried out only once.
    """
    took = []
    give_up = time.perf_counter() + seconds
    while not took or time.perf_counter() < give_up:
        started = time.perf_counter()
        if writes:
            await floor.command("BEGIN")
        for statement in statements:
            orjson.dumps(await floor.run(statement), default=str)
        if writes:
            await floor.command("COMMIT")
        took.append(time.perf_counter() - started)
        for sql in undo:
            await floor.command(sql)
    return took
