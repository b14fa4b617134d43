"""What the connected database really has, seen once.

Two flavours of ISPyB's schema are in use and every facility's copy differs a little, so nothing else in the code asks
which flavour it is: it asks whether a column is there, and what it can keep.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from sqlalchemy import Column, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from ..tables import Base

AnyColumn = InstrumentedAttribute[Any] | Column[Any]
Description = Literal["dls", "collab", "complete", "unknown"]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """One column as the database has it.

    `data_type` is the database's lower-case word for its type, `max_length` counts characters, `minimum` and `maximum`
    bound whole numbers. What the database does not limit is None.
    """

    data_type: str
    nullable: bool
    max_length: int | None = None
    enum_values: tuple[str, ...] | None = None
    character_set: str | None = None
    minimum: int | None = None
    maximum: int | None = None

    @property
    def is_integer(self) -> bool:
        """True for a column of whole numbers, flags among them."""
        return self.maximum is not None


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One table or view as the database has it; columns and indexes, the primary key among them, in lower case."""

    name: str
    is_view: bool
    columns: Mapping[str, ColumnFacts]
    indexes: tuple[tuple[str, ...], ...]


class Catalogue:
    """The tables of the connected database; never changes."""

    def __init__(self, tables: Iterable[TableFacts]) -> None:
        self.tables: Mapping[str, TableFacts] = MappingProxyType({table.name.lower(): table for table in tables})
        """Every table and view by its lower-case name."""
        self._columns = {
            mapper.class_: tuple(
                getattr(mapper.class_, attribute.key)
                for attribute in mapper.column_attrs
                if self._facts(getattr(mapper.class_, attribute.key)) is not None
            )
            for mapper in Base.registry.mappers
        }
        self._facts_of = {
            table: {column.key: facts for column in columns if (facts := self._facts(column))}
            for table, columns in self._columns.items()
        }

    @classmethod
    async def read(cls, connection: AsyncConnection) -> "Catalogue":
        """Look at the database, in three statements."""
        sqlite = connection.dialect.name == "sqlite"
        tables, columns, indexes = [
            (await connection.execute(text(statement))).all() for statement in (_SQLITE if sqlite else _MARIADB)
        ]
        facts = _sqlite_facts if sqlite else _mariadb_facts
        columns_of = _by_table((table, (name.lower(), facts(*rest))) for table, name, *rest in columns)
        indexes_of = _by_table((table, (index, column.lower())) for table, index, _, column in indexes)
        return cls(
            TableFacts(name, "view" in kind.lower(), dict(columns_of.get(name, ())), _indexes(indexes_of.get(name, ())))
            for name, kind in tables
        )

    def has_table(self, table: type[Base]) -> bool:
        """True when the database has this table."""
        return table.__tablename__.lower() in self.tables

    def has(self, column: AnyColumn) -> bool:
        """True when the database has this column."""
        if isinstance(column, Column):
            return self._facts(column) is not None
        return column.key in self._facts_of[column.parent.class_]

    def columns(self, table: type[Base]) -> tuple[InstrumentedAttribute[Any], ...]:
        """Those columns of a table that the database has, in declared order."""
        return self._columns[table]

    def present(self, table: type[Base], values: Mapping[str, Value]) -> tuple[dict[str, Value], tuple[str, ...]]:
        """Values for columns that the database has, and the names of those that it lacks.

        Raises KeyError for a name that is no column of any ISPyB's table.
        """
        there = self._facts_of[table]
        kept = {name: value for name, value in values.items() if name in there}
        missing = tuple(name for name in values if name not in kept)
        for name in missing:
            inspect(table).column_attrs[name]
        return kept, missing

    def has_index(self, table: type[Base], *columns: str) -> bool:
        """True when the primary key or an index of the table begins with exactly these columns, in this order."""
        facts = self.tables.get(table.__tablename__.lower())
        wanted = tuple(name.lower() for name in columns)
        return facts is not None and any(index[: len(wanted)] == wanted for index in facts.indexes)

    def facts(self, column: AnyColumn) -> ColumnFacts:
        """What the database says about a column. Raises KeyError when it has none such."""
        known = not isinstance(column, Column) and self._facts_of[column.parent.class_].get(column.key)
        facts = known or self._facts(column)
        if facts is None:
            raise KeyError(str(column))
        return facts

    def facts_of(self, table: type[Base]) -> Mapping[str, ColumnFacts]:
        """What the database says about those columns of a table that it has, by their names."""
        return self._facts_of[table]

    def describe(self) -> Description:
        """Which schema people would call this; for people alone, since code asks for columns."""
        has_dls, has_collab = self._has_most_of("dls"), self._has_most_of("collab")
        if has_dls and has_collab:
            return "complete"
        return "dls" if has_dls else "collab" if has_collab else "unknown"

    def _has_most_of(self, flavour: str) -> bool:
        there = [self.has_table(table) for table in self._columns if table.__only__ == flavour]
        return 2 * sum(there) > len(there)

    def _facts(self, column: AnyColumn) -> ColumnFacts | None:
        declared = column if isinstance(column, Column) else column.property.columns[0]
        table = self.tables.get(declared.table.name.lower())
        return table.columns.get(declared.name.lower()) if table else None


def _by_table(rows: Iterable[tuple[str, Value]]) -> dict[str, list[Value]]:
    tables: dict[str, list[Value]] = {}
    for table, row in rows:
        tables.setdefault(table, []).append(row)
    return tables


def _indexes(rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(column for _, column in columns) for _, columns in groupby(rows, key=lambda row: row[0]))


_MARIADB = (
    "SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = DATABASE()",
    """SELECT table_name, column_name, data_type, column_type, is_nullable, character_maximum_length, character_set_name
       FROM information_schema.columns WHERE table_schema = DATABASE()""",
    """SELECT table_name, index_name, seq_in_index, column_name FROM information_schema.statistics
       WHERE table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index""",
)

_INTEGER_BITS = {"tinyint": 8, "smallint": 16, "mediumint": 24, "int": 32, "bigint": 64}


def _mariadb_facts(
    data_type: str, column_type: str, is_nullable: str, max_length: int | None, character_set: str | None
) -> ColumnFacts:
    values = None
    if data_type == "enum":
        values = tuple(value.replace("''", "'") for value in re.findall(r"'((?:[^']|'')*)'", column_type))
    minimum = maximum = None
    if bits := _INTEGER_BITS.get(data_type):
        unsigned = "unsigned" in column_type
        minimum, maximum = (0, 2**bits - 1) if unsigned else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    return ColumnFacts(
        data_type, is_nullable == "YES", None if values else max_length, values, character_set, minimum, maximum
    )


_SQLITE = (
    "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    """SELECT t.name, c.name, c.type, c."notnull" FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c
       WHERE t.type IN ('table', 'view')""",
    """SELECT t.name, '', c.pk, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
       WHERE t.type = 'table' AND c.pk
       UNION ALL
       SELECT t.name, i.name, c.seqno, c.name FROM sqlite_schema t JOIN pragma_index_list(t.name) i
       JOIN pragma_index_info(i.name) c WHERE t.type = 'table' ORDER BY 1, 2, 3""",
)


def _sqlite_facts(declared: str, not_null: int) -> ColumnFacts:
    data_type, _, length = declared.rstrip(")").partition("(")
    minimum, maximum = (-(2**63), 2**63 - 1) if data_type == "INTEGER" else (None, None)
    return ColumnFacts(
        data_type.lower(), not not_null, int(length) if length else None, minimum=minimum, maximum=maximum
    )
