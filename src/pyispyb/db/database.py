"""A database as a request sees it: one connection, one transaction, and what the connected schema has."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, CursorResult, Engine, Executable, Row, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.util import greenlet_spawn

from ..errors import IspybError
from ..tables.base import Base
from .catalogue import Catalogue
from .driver import Driver, Insert, NewKey, driver_of
from .engine import create_engine
from .prepared import prepared_insert, prepared_select


@dataclass(frozen=True, slots=True)
class Addition:
    """A row to be added whose `key` is wanted, or rows of the same columns whose keys nobody asks for.

    A value may be the key of a row that is added before.
    """

    table: type[Base]
    rows: Sequence[Mapping[str, Any]]
    key: NewKey | None = None


class Database:
    """One connection within one transaction; counts the statements it sends."""

    def __init__(self, connection: AsyncConnection, catalogue: Catalogue) -> None:
        self.connection = connection
        self.catalogue = catalogue
        self.statements = 0
        self._driver: Driver | None = None
        self._last_sql = ""

    async def execute(self, statement: Executable, values: Any = None) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement; with a list of mappings in `values`, once for each of them."""
        self.statements += 1
        return await self.connection.execute(statement, values)

    async def all(self, statement: Executable, values: Any = None) -> Sequence[Row[Any]]:
        """Every row."""
        return (await self.execute(statement, values)).all()

    async def first(self, statement: Executable, values: Any = None) -> Row[Any] | None:
        """The first row, or None."""
        return (await self.execute(statement, values)).first()

    async def one(self, statement: Executable, missing: IspybError, values: Any = None) -> Row[Any]:
        """The first row; raises `missing` when there is none."""
        row = await self.first(statement, values)
        if row is None:
            raise missing
        return row

    async def rows(self, statement: Select[Any], values: Mapping[str, Any]) -> list[Any]:
        """Every row of a statement that was built once for all times, by names: what is asked again and again."""
        named = prepared_select(self.connection.dialect, statement).named
        return [named(row) for row in await self.tuples(statement, values)]

    async def tuples(self, statement: Select[Any], values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """The same by place: of very many rows."""
        prepared = prepared_select(self.connection.dialect, statement)
        if not all(values[name] for name in prepared.lists):
            return await self.all(statement, values)  # it knows how to say that nothing is in a list
        sql, asked = prepared.asked(values)
        return prepared.tuples(await self._driven("fetch", sql, asked))

    async def insert(self, table: type[Base], values: Mapping[str, Any]) -> int:
        """Add a row of values that the database is known to keep; answers its key."""
        key = NewKey()
        await self.insert_all([Addition(table, [values], key)])
        return int(key)

    async def insert_many(self, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows of the same columns, very many if need be, of values that the database is known to keep."""
        await self.insert_all([Addition(table, rows)])

    async def insert_all(self, additions: Sequence[Addition]) -> None:
        """Add rows of several tables in their order, in as few round trips as the database allows; tells their keys."""
        await self._driven("insert", [self.insert_of(addition) for addition in additions])

    def insert_of(self, addition: Addition) -> Insert:
        """The statement that adds rows."""
        prepared = prepared_insert(self.connection.dialect, addition.table, tuple(addition.rows[0]))
        key = addition.key
        if key is not None and prepared.key in addition.rows[0]:  # whoever adds the row has chosen it
            key.value, key = addition.rows[0][prepared.key], None
        return Insert(prepared.sql, [prepared.values(row) for row in addition.rows], key)

    def sent(self, sql: str, _values: Any) -> None:
        """What the driver is about to send: no event of SQLAlchemy's tells of it."""
        self.statements += 1
        self._last_sql = sql

    async def _driven(self, what: Literal["fetch", "insert"], *asked: Any) -> Any:
        """Have the driver do it, with the errors, and the end of a connection, that SQLAlchemy would tell."""
        dialect, connection = self.connection.dialect, self.connection.sync_connection
        assert connection is not None
        if self._driver is None:
            self._driver = driver_of(dialect.name, connection.connection.driver_connection, self.sent)
        failure = dialect.loaded_dbapi.Error
        try:
            return await getattr(self._driver, what)(*asked)
        except (failure, AttributeError) as error:
            # asyncmy has this error for a connection that is gone. SQLAlchemy then gives up all that are as old.
            if isinstance(error, AttributeError) or dialect.is_disconnect(error, connection.connection, None):
                self._driver = None
                await self.connection.exec_driver_sql("SELECT 1")
                raise
            raise DBAPIError.instance(
                self._last_sql, None, error, failure, hide_parameters=True, dialect=dialect
            ) from error
        except BaseException:
            self._driver = None
            await self.connection.invalidate()  # stopped half-way: what it would answer next belongs to nobody
            raise

    async def release(self) -> None:
        """Give the connection back before work that has nothing to do with it and may take long. None may follow."""
        await self.connection.close()

    async def scalar(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        return (await self.execute(statement)).scalar()


@dataclass(frozen=True)
class Databases:
    """The connected database: how to read it, how to change it, and what it has.

    Reads run outside a transaction, so that they cost no more round trips than their statements;
    writes run in one transaction that is committed when the block ends well and undone otherwise.
    """

    reading: AsyncEngine
    writing: AsyncEngine
    catalogue: Catalogue
    opened: type[Database] = Database

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Database]:
        """A connection for reading."""
        async with self.reading.connect() as connection:
            yield self.opened(connection, self.catalogue)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Database]:
        """A connection within a transaction."""
        # As `writing.begin()` does it, by half the ways into SQLAlchemy and back, which take longer than a statement.
        connection = AsyncConnection(self.writing, await greenlet_spawn(_begin, self.writing.sync_engine))
        try:
            yield self.opened(connection, self.catalogue)
            await connection.run_sync(_commit)
        except BaseException:
            await asyncio.shield(asyncio.create_task(connection.close()))
            raise

    async def close(self) -> None:
        """Close every connection."""
        await self.reading.dispose()
        await self.writing.dispose()


def _begin(engine: Engine) -> Connection:
    connection = engine.connect()
    try:
        connection.begin()
    except BaseException:
        connection.close()
        raise
    return connection


def _commit(connection: Connection) -> None:
    connection.commit()
    connection.close()


async def connect(
    url: str, *, pool_size: int = 10, connect_timeout: float = 5.0, statement_seconds: float = 0
) -> Databases:
    """Connect and look once at what the database has. A statement that reads may take `statement_seconds`, 0: for ever.

    Raises sqlalchemy.exc.OperationalError when the server does not answer within `connect_timeout` seconds.
    """
    reading = create_engine(
        url,
        pool_size=pool_size,
        connect_timeout=connect_timeout,
        autocommit=True,
        statement_seconds=statement_seconds,
    )
    writing = create_engine(url, pool_size=pool_size, connect_timeout=connect_timeout)
    try:
        async with reading.connect() as connection:
            catalogue = await Catalogue.read(connection)
    except BaseException:
        await reading.dispose()
        raise
    return Databases(reading, writing, catalogue)
