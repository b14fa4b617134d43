"""Rows of a database that is not there yet: given their keys as they are planned, inserted all at once."""

from collections import defaultdict
from typing import Any

from sqlalchemy import insert, inspect
from sqlalchemy.ext.asyncio import AsyncConnection

from ..tables.base import Base

Row = dict[str, Any]


class Rows:
    """Rows by table, in the order in which they may be inserted: a row comes after those it refers to."""

    def __init__(self) -> None:
        self.by_table: dict[type[Base], list[Row]] = {}

    def add(self, table: type[Base], **values: Any) -> int:
        """Plan a row of a table whose key counts from 1; answers the key."""
        rows = self.by_table.setdefault(table, [])
        (key,) = inspect(table).primary_key
        rows.append({str(key.key): len(rows) + 1, **values})
        return len(rows)

    def put(self, table: type[Base], *rows: Row) -> None:
        """Plan rows that carry their keys."""
        self.by_table.setdefault(table, []).extend(rows)

    def of(self, table: type[Base]) -> list[Row]:
        """The rows planned for a table."""
        return self.by_table.get(table, [])

    async def insert(self, connection: AsyncConnection) -> None:
        """Insert everything; columns that a row does not name take the database's default."""
        for table, rows in self.by_table.items():
            alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
            for row in rows:
                alike[tuple(row)].append(row)
            for group in alike.values():
                await connection.execute(insert(table), group)
