"""What the two drivers are asked for without SQLAlchemy between: statements that are ready, and their values."""

from collections.abc import Sequence
from typing import Any, Protocol

Row = tuple[Any, ...]


class Driver(Protocol):
    """A connection of a driver."""

    async def fetch(self, sql: str, values: Row) -> Sequence[Row]:
        """Every row."""
        ...

    async def insert(self, sql: str, values: Row) -> int:
        """Add a row; answers the key that the database gave it, 0 where it gave none."""
        ...

    async def insert_many(self, sql: str, rows: Sequence[Row]) -> None:
        """Add rows."""
        ...


class MariaDBDriver:
    """asyncmy."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def fetch(self, sql: str, values: Row) -> Sequence[Row]:
        """Every row."""
        async with self._connection.cursor() as cursor:
            await cursor.execute(sql, values)
            rows: Sequence[Row] = await cursor.fetchall()
            return rows

    async def insert(self, sql: str, values: Row) -> int:
        """Add a row; answers its key."""
        async with self._connection.cursor() as cursor:
            await cursor.execute(sql, values)
            return int(cursor.lastrowid or 0)

    async def insert_many(self, sql: str, rows: Sequence[Row]) -> None:
        """Add rows."""
        async with self._connection.cursor() as cursor:
            await cursor.executemany(sql, rows)


class SQLiteDriver:
    """aiosqlite."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def fetch(self, sql: str, values: Row) -> Sequence[Row]:
        """Every row."""
        return list(await self._connection.execute_fetchall(sql, values))

    async def insert(self, sql: str, values: Row) -> int:
        """Add a row; answers its key."""
        async with self._connection.execute(sql, values) as cursor:
            return int(cursor.lastrowid or 0)

    async def insert_many(self, sql: str, rows: Sequence[Row]) -> None:
        """Add rows."""
        await (await self._connection.executemany(sql, rows)).close()


def driver_of(dialect: str, connection: Any) -> Driver:
    """What asks this connection of the driver."""
    return SQLiteDriver(connection) if dialect == "sqlite" else MariaDBDriver(connection)
