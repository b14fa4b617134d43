"""A database as a request sees it: one connection, one transaction, and what the connected schema has."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, PoolProxiedConnection, Row, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.util import greenlet_spawn

from ..errors import IspybError
from ..tables.base import Base
from .catalogue import Catalogue
from .driver import Insert, NewKey, driver_of
from .engine import create_engine
from .prepared import prepared_insert, prepared_select

Answer = TypeVar("Answer")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Addition:
    """A row to be added whose `key` is wanted, or rows of the same columns whose keys nobody asks for.

    A value may be the key of a row that is added before.
    """

    table: type[Base]
    rows: Sequence[Mapping[str, Any]]
    key: NewKey | None = None


class Database:
    """One connection, within one transaction if it `writes`; counts the statements it sends."""

    def __init__(
        self, engine: AsyncEngine, pooled: PoolProxiedConnection, catalogue: Catalogue, *, writes: bool
    ) -> None:
        self.catalogue = catalogue
        self.statements = 0
        self._engine = engine
        self._dialect = engine.dialect
        self._pooled = pooled
        self._writes = writes
        self._made: AsyncConnection | None = None
        self._driver = driver_of(self._dialect.name, pooled.driver_connection, self.sent)
        if writes:
            self._driver.begin()

    @property
    def connection(self) -> AsyncConnection:
        """SQLAlchemy's: made when something is asked of it, since that takes longer than a statement by a key."""
        if self._made is None:
            connection = Connection(self._engine.sync_engine, self._pooled)
            if self._writes:
                connection.begin()
            self._made = AsyncConnection(self._engine, connection)
        return self._made

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
        named = prepared_select(self._dialect, statement).named
        return [named(row) for row in await self.tuples(statement, values)]

    async def tuples(self, statement: Select[Any], values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """The same by place: of very many rows."""
        prepared = prepared_select(self._dialect, statement)
        if not all(values[name] for name in prepared.lists):
            return await self.all(statement, values)  # it knows how to say that nothing is in a list
        sql, asked = prepared.asked(values)
        return prepared.tuples(await self._driven("fetch", sql, asked))

    async def meanwhile(self, question: Coroutine[Any, Any, Answer], work: Callable[[], Made]) -> tuple[Answer, Made]:
        """The answer to a question, and what is made while a database server looks for it.

        Raises what is wrong with the question before anything that is wrong with the work.
        """
        if not self._driver.has_server:
            return await question, work()
        asked = asyncio.create_task(question)
        try:
            await asyncio.sleep(0)  # the question leaves
            made = work()
        finally:
            answer = await asked  # whatever happens: nobody else may read it
        return answer, made

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
        prepared = prepared_insert(self._dialect, addition.table, tuple(addition.rows[0]))
        key = addition.key
        if key is not None and prepared.key in addition.rows[0]:  # whoever adds the row has chosen it
            key.value, key = addition.rows[0][prepared.key], None
        return Insert(prepared.sql, [prepared.values(row) for row in addition.rows], key)

    def sent(self, _sql: str, _values: Any) -> None:
        """What the driver is about to send: no event of SQLAlchemy's tells of it."""
        self.statements += 1

    async def _driven(self, what: Literal["fetch", "insert", "commit", "rollback"], *asked: Any) -> Any:
        """Have the driver do it, with the errors, and the end of a connection, that SQLAlchemy would tell."""
        dialect = self._dialect
        failure = dialect.loaded_dbapi.Error
        try:
            return await getattr(self._driver, what)(*asked)
        except (failure, AttributeError) as error:
            # asyncmy has this error for a connection that is gone. SQLAlchemy then gives up all that are as old.
            if isinstance(error, AttributeError) or dialect.is_disconnect(error, self._pooled, None):
                await self.connection.exec_driver_sql("SELECT 1")
                raise
            raise DBAPIError.instance(
                _without_values(what, *asked), None, error, failure, hide_parameters=True, dialect=dialect
            ) from error
        except BaseException:
            await self.connection.invalidate()  # stopped half-way: what it would answer next belongs to nobody
            raise

    async def commit(self) -> None:
        """Keep what was written, and give the connection back."""
        if self._made is None:
            await self._driven("commit")
            await self.release()
        else:
            await self._made.run_sync(_commit)

    async def undo(self) -> None:
        """Forget what was written, and give the connection back."""
        if self._made is None:
            try:
                await self._driven("rollback")
            except BaseException:
                await self.connection.invalidate()  # nobody may go on with what is half done
                raise
        await self.release()

    async def release(self) -> None:
        """Give the connection back: at the end, or before long work that has nothing to do with it. None may follow."""
        if self._made is None:
            await greenlet_spawn(self._pooled.close)
        else:
            await self._made.close()

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
        db = await self._open(self.reading, writes=False)
        try:
            yield db
        except BaseException:
            await asyncio.shield(asyncio.create_task(db.release()))
            raise
        await db.release()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Database]:
        """A connection within a transaction."""
        db = await self._open(self.writing, writes=True)
        try:
            yield db
            await db.commit()
        except BaseException:
            await asyncio.shield(asyncio.create_task(db.undo()))
            raise

    async def _open(self, engine: AsyncEngine, *, writes: bool) -> Database:
        failure = engine.dialect.loaded_dbapi.Error
        try:
            pooled = await greenlet_spawn(engine.sync_engine.raw_connection)
        except failure as error:
            raise DBAPIError.instance(
                None, None, error, failure, hide_parameters=True, dialect=engine.dialect
            ) from error
        return self.opened(engine, pooled, self.catalogue, writes=writes)

    async def close(self) -> None:
        """Close every connection."""
        await self.reading.dispose()
        await self.writing.dispose()


def _without_values(what: str, asked: Any = None, *_: Any) -> str:
    """What the driver was asked for, as errors tell it."""
    if what == "insert":
        return "; ".join(insert.sql for insert in asked)
    return asked or what.upper()


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
