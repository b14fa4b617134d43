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
    """With one place for each list."""
    given: Values
    """Values that are a part of the statement, by their names."""
    in_order: Callable[[Values], tuple[Any, ...]]
    bound: _Places
    lists: tuple[str, ...]
    """Parameters that are lists, of which none may be empty."""
    list_places: frozenset[int]
    """Their places among the values."""
    mark: str
    """What stands in the text for a value."""
    named: Callable[[Sequence[Any]], Any]
    read: _Places

    def asked(self, parameters: Values) -> tuple[str, tuple[Any, ...]]:
        """The text, and the values in its order. Raises KeyError for a parameter that is not given."""
        values = _converted(self.in_order({**self.given, **parameters}), self.bound)
        return (self.sql, values) if not self.lists else self._with_lists(values)

    def _with_lists(self, values: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        first, *texts = self.sql.split(self.mark)
        sql = [first]
        flat: list[Any] = []
        for place, (value, text) in enumerate(zip(values, texts, strict=True)):
            some = value if place in self.list_places else (value,)
            sql += (", ".join([self.mark] * len(some)), text)
            flat += some
        return "".join(sql), tuple(flat)

    def tuples(self, answered: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        """Rows, with their values as the types of the columns tell them."""
        return [_converted(tuple(row), self.read) for row in answered] if self.read else answered


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


_MARKS = {"qmark": "?", "format": "%s"}


@lru_cache(maxsize=1024)
def prepared_select(dialect: Dialect, statement: Select[Any]) -> PreparedSelect:
    """A SELECT that was built once. Raises TypeError where its text does not tell where values stand."""
    compiled = statement.compile(dialect=dialect)
    wanted = {name for name, bind in compiled.binds.items() if bind.required}
    lists = {name for name in wanted if compiled.binds[name].expanding}
    # The text has a place for each value of a list: those that belong to the statement are known, others get one.
    state = compiled.construct_expanded_state({name: [None] if name in lists else None for name in wanted})
    of_list = {f"{name}_1": name for name in lists}
    order = [of_list.get(name, name) for name in state.positiontup or []]
    mark = _MARKS[dialect.paramstyle]
    if lists and state.statement.count(mark) != len(order):
        raise TypeError(f"the text has {mark} where no value stands")
    bound = [
        (place, _of_each(state.processors[name]) if name in of_list else state.processors[name])
        for place, name in enumerate(state.positiontup or [])
        if name in state.processors
    ]
    reading = [(place, _reader(dialect, column.type)) for place, column in enumerate(statement.selected_columns)]
    return PreparedSelect(
        state.statement,
        {name: state.parameters[name] for name in order if name not in wanted},
        taking(order),
        tuple(bound),
        tuple(lists),
        frozenset(place for place, name in enumerate(order) if name in lists),
        mark,
        _naming(statement.selected_columns.keys()),
        tuple((place, read) for place, read in reading if read is not None),
    )


def _of_each(convert: _Convert) -> _Convert:
    return lambda values: [convert(value) for value in values]


def _naming(names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    row = namedtuple("Row", names)  # type: ignore[misc]
    return row._make


def _reader(dialect: Dialect, type_: TypeEngine[Any]) -> _Convert | None:
    return type_.dialect_impl(dialect).result_processor(dialect, None)
