"""What the two drivers are asked for without SQLAlchemy between: statements that are ready, and their values."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol

from . import sqlite

Row = tuple[Any, ...]
Told = Callable[[str, Any], None]
"""Gets what is sent: SQL and its values, a list of rows of values where the driver gets it once for many."""

BLOCK_SIZE = 1_000_000
"""Characters of values in a block of statements, as the driver bounds its own: a server takes 16 MiB at once."""
BLOCK_KEYS = 500
"""New keys of a block: they are answered as one row, which has at most 4096 columns."""


@dataclass(eq=False, slots=True)
class NewKey:
    """The key of a row that is to be added: known once that is done."""

    value: int | None = None

    def __int__(self) -> int:
        """Raises ValueError as long as the row is not there."""
        if self.value is None:
            raise ValueError("the row was not added yet")
        return self.value


@dataclass(frozen=True, slots=True)
class Insert:
    """An INSERT of one row whose `key` is wanted, or of some whose keys nobody asks for.

    A value may be the key of a row that was added before, or by an insert that stands before this one.
    """

    sql: str
    rows: Sequence[Row]
    key: NewKey | None = None


def _known(row: Row) -> Row:
    """The row with the keys of rows that are there."""
    return tuple(int(value) if value.__class__ is NewKey else value for value in row)


class Driver(Protocol):
    """A connection of a driver."""

    has_server: bool
    """The database works in a process of its own, beside ours; SQLite works in this one."""

    def begin(self) -> None:
        """Begin a transaction, along with the first statement."""
        ...

    async def commit(self) -> None:
        """Keep what was done since."""
        ...

    async def rollback(self) -> None:
        """Undo what was done since."""
        ...

    async def fetch(self, sql: str, values: Row) -> Sequence[Row]:
        """Every row."""
        ...

    async def insert(self, inserts: Sequence[Insert]) -> None:
        """Add rows, and tell the keys that the database gave them."""
        ...


class MariaDBDriver:
    """asyncmy."""

    has_server = True

    def __init__(self, connection: Any, told: Told) -> None:
        self._connection = connection
        self._told = told
        self.commit = connection.commit
        self.rollback = connection.rollback

    def begin(self) -> None:
        """Nothing: one begins by itself where the last one ended."""

    async def fetch(self, sql: str, values: Row) -> Sequence[Row]:
        """Every row."""
        self._told(sql, values)
        async with self._connection.cursor() as cursor:
            await cursor.execute(sql, values)
            rows: Sequence[Row] = await cursor.fetchall()
            return rows

    async def insert(self, inserts: Sequence[Insert]) -> None:
        """Add rows, and tell their keys: all in one round trip, unless there is very much of them."""
        for some in _blocks(inserts):
            wanted = [insert.key for insert in some if insert.key is not None]
            sql, values = _block(some, wanted) if len(some) > 1 else _alone(some[0])
            self._told(sql, values)
            async with self._connection.cursor() as cursor:
                await cursor.execute(sql, values)
                keys = (cursor.lastrowid,) if len(some) == 1 else (await cursor.fetchall() or [()])[0]
            for key, value in zip(wanted, keys, strict=len(some) > 1):
                key.value = int(value)


def _blocks(inserts: Sequence[Insert]) -> Iterator[list[Insert]]:
    """The inserts in their order, as many together as are not too much for one statement."""
    some: list[Insert] = []
    size = keys = 0
    for insert, larger in chain.from_iterable(map(_parts, inserts)):
        if some and (size + larger > BLOCK_SIZE or keys == BLOCK_KEYS):
            yield some
            some, size, keys = [], 0, 0
        some.append(insert)
        size += larger
        keys += insert.key is not None
    yield some


def _parts(insert: Insert) -> Iterator[tuple[Insert, int]]:
    """An insert in parts that are not too much for one statement, each with its size."""
    rows: list[Row] = []
    size = 0
    for row in insert.rows:
        larger = sum([len(value) if value.__class__ in _LONG else 16 for value in row])
        if rows and size + larger > BLOCK_SIZE:
            yield Insert(insert.sql, rows), size
            rows, size = [], 0
        rows.append(row)
        size += larger
    yield Insert(insert.sql, rows, insert.key), size


_LONG = frozenset({str, bytes})


class _Text:
    """SQL of inserts, and the values that are left to the driver.

    Numbers stand in it as they are: the driver takes ten times as long to write one as it takes here.
    """

    def __init__(self, names: Mapping[NewKey, str]) -> None:
        self.values: list[Any] = []
        self._names = names
        """What stands for keys that are not known yet."""

    def line(self, insert: Insert) -> str:
        """One insert."""
        head, _, _ = insert.sql.partition(" VALUES ")
        write = self._written
        rows = [f"({', '.join(['NULL' if value is None else write(value) for value in row])})" for row in insert.rows]
        return f"{head} VALUES {', '.join(rows)}"

    def _written(self, value: Any) -> str:
        kind = value.__class__
        if kind is float and value - value == 0:
            text = repr(value)
            return text if "e" in text else text + "e0"  # or else it would be taken for a decimal number
        if kind is int:
            return repr(value)
        if kind is NewKey:
            return self._names[value] if value in self._names else repr(int(value))
        self.values.append(value)
        return "%s"


def _alone(insert: Insert) -> tuple[str, Row]:
    """The statement of an insert, and its values."""
    text = _Text({})
    return text.line(insert), tuple(text.values)


def _block(inserts: Sequence[Insert], wanted: Sequence[NewKey]) -> tuple[str, Row]:
    """One statement that does them all and answers the keys that are wanted, and its values."""
    names = {key: f"new_{number}" for number, key in enumerate(wanted)}
    text = _Text(names)
    lines = []
    for insert in inserts:
        lines.append(text.line(insert))
        if insert.key is not None:
            lines.append(f"SET {names[insert.key]} = LAST_INSERT_ID()")
    if wanted:
        lines.insert(0, f"DECLARE {', '.join(names.values())} BIGINT UNSIGNED")
        lines.append(f"SELECT {', '.join(names.values())}")
    return "BEGIN NOT ATOMIC\n" + ";\n".join(lines) + ";\nEND", tuple(text.values)


class SQLiteDriver:
    """aiosqlite."""

    has_server = False

    def __init__(self, connection: sqlite.Connection, told: Told) -> None:
        self._connection = connection
        self._told = told
        self.begin = connection.begin
        self.commit = connection.commit
        self.rollback = connection.rollback

    async def fetch(self, sql: str, values: Row) -> Sequence[Row]:
        """Every row."""
        self._told(sql, values)
        return await self._connection.in_thread(lambda connection: connection.execute(sql, values).fetchall())

    async def insert(self, inserts: Sequence[Insert]) -> None:
        """Add rows, and tell their keys: one after the other, in one go."""

        def work(connection: sqlite3.Connection) -> None:
            for insert in inserts:
                self._insert(connection, insert)

        await self._connection.in_thread(work)

    def _insert(self, connection: sqlite3.Connection, insert: Insert) -> None:
        rows = [_known(row) for row in insert.rows]
        if insert.key is None:
            self._told(insert.sql, rows)
            connection.executemany(insert.sql, rows)
        else:
            self._told(insert.sql, rows[0])
            insert.key.value = connection.execute(insert.sql, rows[0]).lastrowid


def driver_of(dialect: str, connection: Any, told: Told) -> Driver:
    """What asks this connection of the driver, and tells what it sends."""
    return SQLiteDriver(connection, told) if dialect == "sqlite" else MariaDBDriver(connection, told)
