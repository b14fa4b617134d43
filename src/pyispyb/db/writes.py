"""Rows in: named columns only, checked against what the connected database can hold.

A column this database lacks is left out and reported; a value it cannot keep is refused with the column's name,
before the database would cut, change or reject it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, inspect, update
from sqlalchemy.orm import InstrumentedAttribute

from ..errors import FieldError, Invalid
from ..tables.base import Base
from .catalogue import Catalogue, ColumnFacts
from .database import Database
from .driver import NewKey

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """The key of a written row, and the columns this database had no place for."""

    key: int
    not_kept: tuple[str, ...] = ()


async def insert_row(db: Database, table: type[Base], values: Values) -> Written:
    """Add one row; answers its key. Raises Invalid for values the database cannot keep."""
    kept, not_kept = checked(db.catalogue, table, values)
    return Written(await db.insert(table, kept), not_kept)


async def update_rows(db: Database, table: type[Base], where: ColumnElement[bool], values: Values) -> tuple[str, ...]:
    """Change the named columns of the rows that `where` selects; answers the columns not kept."""
    kept, not_kept = checked(db.catalogue, table, values)
    if kept:
        await db.execute(update(table).where(where).values(kept))
    return not_kept


_ALWAYS_KEPT = frozenset({type(None), bool, datetime, NewKey})


def checked(
    catalogue: Catalogue, table: type[Base], values: Values, at: str = ""
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What the database keeps of a row, and the columns it has no place for. Raises Invalid for what it cannot keep."""
    there, missing = _columns(catalogue, table, tuple(values))
    errors: list[FieldError] = []
    for name, facts in there:
        value = values[name]
        kind = value.__class__
        # Asked here of what most columns hold: a call for each of the hundreds of a document would take longer.
        if kind in _ALWAYS_KEPT or (kind is float and value - value == 0):
            continue
        if reason := refusal(facts, value):
            errors.append(FieldError(at + name, reason))
    if errors:
        raise Invalid("; ".join(f"{error.path} {error.message}" for error in errors), *errors)
    if not missing:
        return dict(values), ()
    return {name: values[name] for name, _ in there}, tuple(name for name in missing if values[name] is not None)


@lru_cache(maxsize=1024)
def _columns(
    catalogue: Catalogue, table: type[Base], names: tuple[str, ...]
) -> tuple[tuple[tuple[str, ColumnFacts], ...], tuple[str, ...]]:
    """Those of the named columns that the database has, with what it can keep there, and those that it lacks.

    Raises KeyError for a name that is no column of any ISPyB's table.
    """
    kept, missing = catalogue.present(table, dict.fromkeys(names))
    facts = catalogue.facts_of(table)
    return tuple((name, facts[name]) for name in kept), missing


def refusal(facts: ColumnFacts, value: Any) -> str | None:
    """Why a column cannot keep a value, or None when it can."""
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
    if "\0" in value:  # programs in C take it for the end, and tell of such a text its beginning only
        return "has a NUL character"
    if facts.max_length is not None and len(value) > facts.max_length:
        return f"is longer than the {facts.max_length} characters this database keeps"
    if facts.enum_values is not None and value.casefold() not in _folded(facts.enum_values):
        return f"must be one of {', '.join(facts.enum_values)} in this database"
    return None if value.isascii() else _letters_refusal(facts, value)


@lru_cache(maxsize=256)
def _folded(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(value.casefold() for value in values)


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
