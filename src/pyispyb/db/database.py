"""A database as a request sees it: one connection, one transaction, and what the connected schema has."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import CursorResult, Executable, Row, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ..errors import IspybError
from ..tables.base import Base
from .catalogue import Catalogue
from .driver import Driver, driver_of
from .engine import create_engine
from .prepared import prepared_insert, prepared_select

Told = Callable[[str, Any], None]
"""Gets SQL and its values: a list of rows of values where it goes to the driver once for many."""


class Database:
    """One connection within one transaction; counts the statements it sends.

    `told` gets those that do not go by SQLAlchemy, and with them no event of it.
    """

    def __init__(self, connection: AsyncConnection, catalogue: Catalogue, told: Told | None = None) -> None:
        self.connection = connection
        self.catalogue = catalogue
        self.statements = 0
        self._told = told
        self._driver: Driver | None = None

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
        prepared = prepared_select(self.connection.dialect, statement)
        return prepared.rows(await self._driven("fetch", prepared.sql, prepared.values(values)))

    async def insert(self, table: type[Base], values: Mapping[str, Any]) -> int:
        """Add a row of values that the database is known to keep; answers its key."""
        prepared = prepared_insert(self.connection.dialect, table, tuple(values))
        key = await self._driven("insert", prepared.sql, prepared.values(values))
        return int(values.get(prepared.key) or key)

    async def insert_many(self, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows of the same columns, very many if need be, of values that the database is known to keep."""
        prepared = prepared_insert(self.connection.dialect, table, tuple(rows[0]))
        await self._driven("insert_many", prepared.sql, [prepared.values(row) for row in rows])

    async def _driven(self, what: Literal["fetch", "insert", "insert_many"], sql: str, values: Any) -> Any:
        """Have the driver do it, with the errors, and the end of a connection, that SQLAlchemy would tell."""
        self.statements += 1
        if self._told is not None:
            self._told(sql, values)
        dialect, connection = self.connection.dialect, self.connection.sync_connection
        assert connection is not None
        if self._driver is None:
            self._driver = driver_of(dialect.name, connection.connection.driver_connection)
        failure = dialect.loaded_dbapi.Error
        try:
            return await getattr(self._driver, what)(sql, values)
        except (failure, AttributeError) as error:
            # asyncmy has this error for a connection that is gone. SQLAlchemy then gives up all that are as old.
            if isinstance(error, AttributeError) or dialect.is_disconnect(error, connection.connection, None):
                self._driver = None
                await self.connection.exec_driver_sql("SELECT 1")
                raise
            raise DBAPIError.instance(sql, None, error, failure, hide_parameters=True, dialect=dialect) from error
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
    told: Told | None = None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Database]:
        """A connection for reading."""
        async with self.reading.connect() as connection:
            yield Database(connection, self.catalogue, self.told)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Database]:
        """A connection within a transaction."""
        async with self.writing.begin() as connection:
            yield Database(connection, self.catalogue, self.told)

    async def close(self) -> None:
        """Close every connection."""
        await self.reading.dispose()
        await self.writing.dispose()


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
