"""A new database: every table of both schema flavours, our own tables, and the rows they start with."""

from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncEngine

from ..tables import Base
from ..tables.own import PREFIX
from .lookups import lookup_rows
from .migrations import upgrade_connection


class NotEmptyError(Exception):
    """The database already has tables."""


async def create_database(engine: AsyncEngine) -> None:
    """Fill an empty database, SQLite or MariaDB.

    Raises NotEmptyError when it has any table, and changes nothing then.
    """
    async with engine.begin() as connection:
        await connection.run_sync(_create)


def _create(connection: Connection) -> None:
    if tables := inspect(connection).get_table_names():
        raise NotEmptyError(f"the database has tables already, such as {tables[0]}")
    facility_tables = [table for table in Base.metadata.tables.values() if not table.name.startswith(PREFIX)]
    Base.metadata.create_all(connection, facility_tables, checkfirst=False)
    upgrade_connection(connection)
    for table, rows in lookup_rows():
        connection.execute(table.insert(), rows)
