"""Rows of a database that is not there yet: given their keys as they are planned, inserted all at once."""

from collections import defaultdict
from typing import Any

from sqlalchemy import insert, inspect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler

from ..tables.base import Base

Row = dict[str, Any]


class Rows:
    """Rows by table, in the order in which they may be inserted: a row comes after those it refers to."""

    def __init__(self) -> None:
        self.by_table: dict[type[Base], list[Row]] = {}
        self.columns: dict[type[Base], dict[str, list[Any]]] = {}
        """Tables of so many rows that even a dictionary for each would take long: lists of equal length."""

    def add(self, table: type[Base], **values: Any) -> int:
        """Plan a row of a table whose key counts from 1; answers the key."""
        rows = self.by_table.setdefault(table, [])
        (key,) = inspect(table).primary_key
        rows.append({str(key.key): len(rows) + 1, **values})
        return len(rows)

    def put(self, table: type[Base], *rows: Row) -> None:
        """Plan rows that carry their keys."""
        self.by_table.setdefault(table, []).extend(rows)

    def extend(self, table: type[Base], columns: dict[str, list[int] | list[float]]) -> None:
        """Plan many rows of numbers that carry their keys and that no other row refers to."""
        planned = self.columns.setdefault(table, {name: [] for name in columns})
        for name, values in columns.items():
            planned[name].extend(values)

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
        for table, columns in self.columns.items():
            statement = insert(table).compile(dialect=connection.dialect, column_keys=list(columns))
            assert isinstance(statement, SQLCompiler)
            assert statement.positiontup is not None
            in_order = [columns[name] for name in statement.positiontup]
            # Straight to the driver, which takes numbers as they are: five times as fast.
            await connection.exec_driver_sql(statement.string, list(zip(*in_order, strict=True)))
