"""aiosqlite, by one way to the thread of a connection and back for each statement.

That way is longer than most statements take. aiosqlite itself goes it for a cursor, with the statement, for its rows,
and to close the cursor. A transaction begins along with its first statement, so that it needs no way of its own.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import aiosqlite

Answer = TypeVar("Answer")


class Connection(aiosqlite.Connection):
    """A connection whose cursors hold every row as soon as a statement was carried out."""

    _begins = False
    """A transaction is wanted, and no statement came yet. Only the thread says that it has begun."""

    def begin(self) -> None:
        """Begin a transaction that will write, with the first statement, unless one goes on."""
        self._begins = True

    async def commit(self) -> None:
        """Keep what was done since a transaction began."""
        await self._execute(self._end, sqlite3.Connection.commit)  # type: ignore[no-untyped-call]

    async def rollback(self) -> None:
        """Undo what was done since a transaction began."""
        await self._execute(self._end, sqlite3.Connection.rollback)  # type: ignore[no-untyped-call]

    def cursor(self) -> "Cursor":  # type: ignore[override]
        """A cursor, as SQLAlchemy asks for it."""
        return Cursor(self)

    async def in_thread(self, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Do some work in the thread of the connection."""
        answer: Answer = await self._execute(self._do, work)  # type: ignore[no-untyped-call]
        return answer

    def _do(self, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
        if self._begins:
            # Taken at once: a transaction that read first and wrote later could find its snapshot out of date.
            if not self._conn.in_transaction:
                self._conn.execute("BEGIN IMMEDIATE")
            self._begins = False
        return work(self._conn)

    def _end(self, end: Callable[[sqlite3.Connection], None]) -> None:
        self._begins = False
        end(self._conn)


class Cursor:
    """What SQLAlchemy needs of a cursor."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, sql: str, values: Any = ()) -> None:
        """Carry out a statement, and keep its rows."""

        def work(connection: sqlite3.Connection) -> None:
            self._note(connection.execute(sql, values))

        await self._connection.in_thread(work)

    async def executemany(self, sql: str, rows: Sequence[Any]) -> None:
        """Carry out a statement once for each of the rows of values."""

        def work(connection: sqlite3.Connection) -> None:
            self._note(connection.executemany(sql, rows))

        await self._connection.in_thread(work)

    def _note(self, done: sqlite3.Cursor) -> None:
        try:
            self._rows = done.fetchall()
            self.description, self.rowcount, self.lastrowid = done.description, done.rowcount, done.lastrowid
        finally:
            done.close()

    async def fetchall(self) -> list[Any]:
        """The rows."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""


def connect(database: str, **options: Any) -> Connection:
    """A connection that is to be awaited; `options` are those of `sqlite3.connect`."""
    connection = Connection(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # it must not keep a process that has ended
    return connection
