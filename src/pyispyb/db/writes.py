"""Rows in: named columns only, checked against what the connected database can hold.

A column this database lacks is left out and reported; a value it cannot keep is refused with the column's name,
before the database would cut, change or reject it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Dialect, insert, inspect, update
from sqlalchemy.orm import InstrumentedAttribute

from ..answers import taking
from ..errors import FieldError, Invalid
from ..tables.base import Base
from .catalogue import Catalogue, ColumnFacts
from .database import Database

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """The key of a written row, and the columns this database had no place for."""

    key: int
    not_kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An INSERT of certain columns in the driver's own words, and what puts values as the driver takes them."""

    sql: str
    key: str
    """Name of the first column of the primary key."""
    in_order: Callable[[Values], tuple[Any, ...]]
    bound: tuple[tuple[int, Callable[[Any], Any]], ...]
    """Places of values that are kept otherwise than they come, and how."""

    def values(self, row: Values) -> tuple[Any, ...]:
        """The values of a row in the order of the statement."""
        values = self.in_order(row)
        if not self.bound:
            return values
        changed = list(values)
        for place, bind in self.bound:
            changed[place] = bind(changed[place])
        return tuple(changed)


@lru_cache(maxsize=1024)
def _prepared(dialect: Dialect, table: type[Base], names: tuple[str, ...]) -> _Prepared:
    """Compiled once: finding what was compiled before, for each row anew, takes longer than the database."""
    mapper = inspect(table)
    columns = {mapper.column_attrs[name].columns[0]: name for name in names}
    statement = insert(table).compile(dialect=dialect, column_keys=[column.key for column in columns])
    by_key = {column.key: (name, column.type) for column, name in columns.items()}
    ordered = [by_key[key] for key in statement.positiontup or ()]
    binds = [type_.dialect_impl(dialect).bind_processor(dialect) for _, type_ in ordered]
    key = mapper.get_property_by_column(mapper.primary_key[0]).key
    return _Prepared(
        str(statement),
        key,
        taking([name for name, _ in ordered]),
        tuple((place, bind) for place, bind in enumerate(binds) if bind is not None),
    )


async def insert_row(db: Database, table: type[Base], values: Values) -> Written:
    """Add one row; answers its key. Raises Invalid for values the database cannot keep."""
    kept, not_kept = _checked(db.catalogue, table, values)
    prepared = _prepared(db.connection.dialect, table, tuple(kept))
    result = await db.execute_driver_sql(prepared.sql, prepared.values(kept))
    key = kept.get(prepared.key)
    return Written(int(result.lastrowid if key is None else key), not_kept)


async def insert_rows(db: Database, table: type[Base], rows: Sequence[Values]) -> tuple[str, ...]:
    """Add many rows with the same columns in one statement; answers the columns not kept."""
    if not rows:
        return ()
    checked = [_checked(db.catalogue, table, row, at=f"[{number}].") for number, row in enumerate(rows)]
    await insert_known(db, table, [kept for kept, _ in checked])
    return checked[0][1]


async def insert_known(db: Database, table: type[Base], rows: Sequence[Values]) -> None:
    """Add rows of the same columns, very many if need be, of values that the database is known to keep."""
    prepared = _prepared(db.connection.dialect, table, tuple(rows[0]))
    await db.execute_driver_sql(prepared.sql, [prepared.values(row) for row in rows])


async def update_rows(db: Database, table: type[Base], where: ColumnElement[bool], values: Values) -> tuple[str, ...]:
    """Change the named columns of the rows that `where` selects; answers the columns not kept."""
    kept, not_kept = _checked(db.catalogue, table, values)
    if kept:
        await db.execute(update(table).where(where).values(kept))
    return not_kept


def _checked(
    catalogue: Catalogue, table: type[Base], values: Values, at: str = ""
) -> tuple[dict[str, Any], tuple[str, ...]]:
    kept, not_kept = catalogue.present(table, values)
    facts = catalogue.facts_of(table)
    errors = [
        FieldError(at + name, reason)
        for name, value in kept.items()
        if value is not None and (reason := refusal(facts[name], value))
    ]
    if errors:
        raise Invalid("; ".join(f"{error.path} {error.message}" for error in errors), *errors)
    return kept, tuple(name for name in not_kept if values[name] is not None)


def refusal(facts: ColumnFacts, value: Any) -> str | None:
    """Why a column cannot keep a value, or None when it can."""
    if value is None:
        return None
    if isinstance(value, str):
        return _text_refusal(facts, value)
    if isinstance(value, float):
        return None if value - value == 0 else "is not a finite number"
    if isinstance(value, int) and not isinstance(value, bool) and facts.minimum is not None:
        assert facts.maximum is not None
        if not facts.minimum <= value <= facts.maximum:
            return f"must lie between {facts.minimum} and {facts.maximum}"
    return None


def _text_refusal(facts: ColumnFacts, value: str) -> str | None:
    if facts.max_length is not None and len(value) > facts.max_length:
        return f"is longer than the {facts.max_length} characters this database keeps"
    if facts.enum_values is not None and value.casefold() not in {known.casefold() for known in facts.enum_values}:
        return f"must be one of {', '.join(facts.enum_values)} in this database"
    return None if value.isascii() else _letters_refusal(facts, value)


def _letters_refusal(facts: ColumnFacts, value: str) -> str | None:
    if any("\ud800" <= character <= "\udfff" for character in value):
        return "has half a character"
    if facts.character_set in {"latin1", "utf8", "utf8mb3"}:
        try:
            value.encode("cp1252" if facts.character_set == "latin1" else "utf-8")
        except UnicodeEncodeError:
            return "has a character that this database's column cannot keep"
        if facts.character_set != "latin1" and any(ord(character) > 0xFFFF for character in value):
            return "has a character that this database's column cannot keep"
    return None


def columns(catalogue: Catalogue, *wanted: InstrumentedAttribute[Any]) -> list[InstrumentedAttribute[Any]]:
    """Those of the wanted columns that this database has."""
    return [column for column in wanted if catalogue.has(column)]


def all_columns(catalogue: Catalogue, table: type[Base], omit: Iterable[str] = ()) -> list[InstrumentedAttribute[Any]]:
    """Every column of a table that this database has, but for those omitted."""
    left_out = set(omit)
    return [
        getattr(table, attribute.key)
        for attribute in inspect(table).column_attrs
        if attribute.key not in left_out and catalogue.has(getattr(table, attribute.key))
    ]
