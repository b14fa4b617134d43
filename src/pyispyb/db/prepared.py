"""Statements compiled once, in the driver's own words.

Finding what was compiled before takes SQLAlchemy longer than the database takes for a statement by a key: what every
request sends, and what programs write day and night, is found here by its object or its columns instead.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Select, insert, inspect
from sqlalchemy.types import TypeEngine

from ..answers import taking
from ..tables.base import Base
from .types import finite

Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]
_Places = tuple[tuple[int, _Convert], ...]
"""Places of values that are kept otherwise than they are told, and what makes one of the other."""


@dataclass(frozen=True, slots=True)
class PreparedInsert:
    """An INSERT of certain columns, and what puts values as the driver takes them."""

    sql: str
    key: str
    """Name of the first column of the primary key."""
    in_order: Callable[[Values], tuple[Any, ...]]
    bound: _Places

    def values(self, row: Values) -> tuple[Any, ...]:
        """The values of a row in the order of the statement."""
        return _converted(self.in_order(row), self.bound)


@dataclass(frozen=True, slots=True)
class PreparedSelect:
    """A SELECT with parameters, and what makes rows, with names, of what the driver answers."""

    sql: str
    given: Values
    """Values that are a part of the statement, by their names."""
    in_order: Callable[[Values], tuple[Any, ...]]
    bound: _Places
    named: Callable[[Sequence[Any]], Any]
    read: _Places

    def values(self, parameters: Values) -> tuple[Any, ...]:
        """The values in the order of the statement. Raises KeyError for a parameter that is not given."""
        return _converted(self.in_order({**self.given, **parameters}), self.bound)

    def rows(self, answered: Sequence[Sequence[Any]]) -> list[Any]:
        """Rows by name, with their values as the types of the columns tell them."""
        if not self.read:
            return [self.named(row) for row in answered]
        return [self.named(_converted(tuple(row), self.read)) for row in answered]


def _converted(values: tuple[Any, ...], places: _Places) -> tuple[Any, ...]:
    if not places:
        return values
    changed = list(values)
    for place, convert in places:
        changed[place] = convert(changed[place])
    return tuple(changed)


@lru_cache(maxsize=1024)
def prepared_insert(dialect: Dialect, table: type[Base], names: tuple[str, ...]) -> PreparedInsert:
    """An INSERT of these columns of a table."""
    mapper = inspect(table)
    columns = {mapper.column_attrs[name].columns[0]: name for name in names}
    statement = insert(table).compile(dialect=dialect, column_keys=[column.key for column in columns])
    by_key = {column.key: (name, column.type) for column, name in columns.items()}
    ordered = [by_key[key] for key in statement.positiontup or ()]
    binds = [type_.dialect_impl(dialect).bind_processor(dialect) for _, type_ in ordered]
    return PreparedInsert(
        str(statement),
        mapper.get_property_by_column(mapper.primary_key[0]).key,
        taking([name for name, _ in ordered]),
        # Whoever inserts knows the values, and that numbers are finite.
        tuple((place, bind) for place, bind in enumerate(binds) if bind not in {None, finite}),
    )


@lru_cache(maxsize=1024)
def prepared_select(dialect: Dialect, statement: Select[Any]) -> PreparedSelect:
    """A SELECT that was built once. Raises TypeError for one with a list as its parameter."""
    compiled = statement.compile(dialect=dialect)
    wanted = {name for name, bind in compiled.binds.items() if bind.required}
    if any(compiled.binds[name].expanding for name in wanted):
        raise TypeError("the text of a statement hangs on how long a list is: it cannot be a parameter")
    # The text has a place for each value of a list: those that belong to the statement are known.
    state = compiled.construct_expanded_state(dict.fromkeys(wanted))
    order = state.positiontup or []
    reading = [(place, _reader(dialect, column.type)) for place, column in enumerate(statement.selected_columns)]
    return PreparedSelect(
        state.statement,
        {name: state.parameters[name] for name in order if name not in wanted},
        taking(order),
        tuple((place, state.processors[name]) for place, name in enumerate(order) if name in state.processors),
        _naming(statement.selected_columns.keys()),
        tuple((place, read) for place, read in reading if read is not None),
    )


def _naming(names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    row = namedtuple("Row", names)  # type: ignore[misc]
    return row._make


def _reader(dialect: Dialect, type_: TypeEngine[Any]) -> _Convert | None:
    return type_.dialect_impl(dialect).result_processor(dialect, None)
