"""A database as a request sees it: one connection, one transaction, and what the connected schema has."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult, Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ..errors import IspybError
from .catalogue import Catalogue
from .engine import create_engine


class Database:
    """One connection within one transaction; counts the statements it sends."""

    def __init__(self, connection: AsyncConnection, catalogue: Catalogue) -> None:
        self.connection = connection
        self.catalogue = catalogue
        self.statements = 0

    async def execute(self, statement: Executable, values: Any = None) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement; with a list of mappings in `values`, once for each of them."""
        self.statements += 1
        return await self.connection.execute(statement, values)

    async def execute_driver_sql(
        self, sql: str, values: tuple[Any, ...] | list[tuple[Any, ...]]
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run SQL in the driver's own words; with a list of rows of values, once for each of them."""
        self.statements += 1
        return await self.connection.exec_driver_sql(sql, values)

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

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Database]:
        """A connection for reading."""
        async with self.reading.connect() as connection:
            yield Database(connection, self.catalogue)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Database]:
        """A connection within a transaction."""
        async with self.writing.begin() as connection:
            yield Database(connection, self.catalogue)

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
