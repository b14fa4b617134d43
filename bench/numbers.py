"""Rows that a database makes itself: INSERT … SELECT from a table of numbers, the same on SQLite and MariaDB."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Dialect, String, case, cast, func, insert, literal, select, text
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table
from sqlalchemy.ext.asyncio import AsyncConnection

from pyispyb.tables.base import Base

Expression = ColumnElement[Any]

_NUMBERS = sql_table("bench_numbers", sql_column("n"))

N: Expression = _NUMBERS.c.n
"""Number of a row, from 0."""


async def make_numbers(connection: AsyncConnection, count: int) -> None:
    """Make the table of the numbers below `count`, or a few more: each statement doubles it."""
    await connection.execute(text("CREATE TEMPORARY TABLE bench_numbers (n INTEGER PRIMARY KEY)"))
    await connection.execute(insert(_NUMBERS).values(n=0))
    made = 1
    while made < count:
        # MariaDB reads a temporary table once in a statement, and buffers what it adds to the same one.
        await connection.execute(insert(_NUMBERS).from_select(["n"], select(N + made)))
        made *= 2


async def add_rows(connection: AsyncConnection, table: type[Base], count: int, **columns: Any) -> None:
    """Add `count` rows; columns are values, or expressions of `N`."""
    values = [value if isinstance(value, ColumnElement) else literal(value) for value in columns.values()]
    rows = select(*values).where(_NUMBERS.c.n < count)
    await connection.execute(insert(table).from_select(list(columns), rows))


def numbered(text_before: str, number: Expression, text_behind: str = "") -> Expression:
    """`text_before`, the number, `text_behind`."""
    return literal(text_before) + cast(number, String(10)) + text_behind


def one_of(number: Expression, *values: Any) -> Expression:
    """The values in turn."""
    return case(dict(enumerate(values)), value=number % len(values))


def seconds_after(dialect: Dialect, start: datetime, seconds: Expression) -> Expression:
    """A time that many seconds after `start`."""
    if dialect.name == "sqlite":
        return func.datetime(start.isoformat(" "), cast(seconds, String) + " seconds")
    return func.timestampadd(text("SECOND"), seconds, literal(start.isoformat(" ")))
