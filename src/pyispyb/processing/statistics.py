"""Statistics of merged data as the connected database keeps them.

The two flavours have different columns for the same number, and lack some of them; what they lack goes to a table of
our own, so that nothing that a program says is lost.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy.orm import InstrumentedAttribute

from ..answers import taking
from ..db.catalogue import Catalogue
from ..db.types import flag
from ..tables import AutoProcScaling, AutoProcScalingStatistics
from .schemas import Ellipsoid, Scaling, Statistics, StatisticsFields

NAMES = tuple(StatisticsFields.model_fields)

_TABLE = AutoProcScalingStatistics
_ELSEWHERE = {"ccAnomalous": "ccAno"}
"""Columns of the other flavour for the same number."""

_AS_TEXT = frozenset({"sigAno", "isa"})
"""Numbers that ISPyB keeps as text."""

COLUMNS = tuple(getattr(_TABLE, name) for name in (*_ELSEWHERE.values(), *NAMES))
"""The number's own column is the last word on it."""


def stored(catalogue: Catalogue, sent: Statistics) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values by column, every column every time, and those numbers that this database has no column for."""
    values = {column: sent.get(name) for name, column in _places(catalogue).items()}
    for name in _AS_TEXT & values.keys():
        if values[name] is not None:
            values[name] = f"{values[name]:g}"
    further = {name: sent[name] for name in _homeless(catalogue) if sent.get(name) is not None}
    return values, further


@lru_cache(maxsize=8)
def _places(catalogue: Catalogue) -> Mapping[str, str]:
    """Columns of this database for what is said, by its name."""
    found = {}
    for name in NAMES:
        for column in (name, _ELSEWHERE.get(name)):
            if column is not None and catalogue.has(getattr(_TABLE, column)):
                found[name] = column
                break
    return found


@lru_cache(maxsize=8)
def _homeless(catalogue: Catalogue) -> tuple[str, ...]:
    """What this database has no column for."""
    return tuple(name for name in NAMES if name not in _places(catalogue))


@lru_cache(maxsize=8)
def held(catalogue: Catalogue) -> tuple[InstrumentedAttribute[Any], ...]:
    """Columns of this database for statistics."""
    return tuple(column for column in COLUMNS if catalogue.has(column))


def told(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Statistics as they are told, of each of the rows, which end in values of these columns.

    There may be very many rows, and most columns are empty in all of them: those are passed over.
    """
    of_column = {other: name for name, other in _ELSEWHERE.items()}
    said = _said(len(names), rows)
    keys = [of_column.get(names[place], names[place]) for place in said]
    found = [
        # Of two columns for the same number the last one that says it counts.
        {key: value for key, value in zip(keys, values, strict=True) if value is not None}
        if None in values
        else dict(zip(keys, values))  # noqa: B905 - as many; asking for that takes half as long again
        for values in map(taking(said), rows)
    ]
    for name in _KINDS.keys() & keys:
        _convert(found, name, _KINDS[name])
    return found


def _said(number: int, rows: Sequence[Sequence[Any]]) -> list[int]:
    """Places, from the end, of those of the last columns that are not empty in all of the rows."""
    empty = list(range(-number, 0))
    take, nothing = taking(empty), (None,) * number
    for row in rows:
        if take(row) != nothing:
            empty = [place for place in empty if row[place] is None]
            take, nothing = taking(empty), (None,) * len(empty)
    return [place for place in range(-number, 0) if place not in empty]


def _convert(found: Iterable[dict[str, Any]], name: str, convert: Callable[[Any], Any]) -> None:
    """A number that is kept otherwise as it is told, where it says something."""
    known: dict[Any, Any] = {}
    for statistics in found:
        if name not in statistics:
            continue
        kept = statistics[name]
        if kept not in known:
            known[kept] = convert(kept)
        if known[kept] is None:
            del statistics[name]
        else:
            statistics[name] = known[kept]


def _number(text: Any) -> float | None:
    """A number that was kept as text; programs write other texts there too."""
    try:
        number = float(text)
    except (TypeError, ValueError):
        return None
    return number if number - number == 0 else None


_KINDS: Mapping[str, Callable[[Any], Any]] = {"anomalous": flag, **dict.fromkeys(_AS_TEXT, _number)}
"""What makes of a value that is kept otherwise what is told."""


def as_table(shells: Sequence[Mapping[str, Any]]) -> list[Sequence[Any]]:
    """Statistics by resolution, each with every name, as they are kept: names, then values of each range.

    Without what nobody said of any; None for what nobody said of one.
    """
    first = shells[0].keys()
    if all(shell.keys() == first for shell in shells):
        rows = list(map(taking(list(first)), shells))
        if not any(None in row for row in rows):
            return [list(first), *rows]
    names = [name for name in NAMES if any(shell.get(name) is not None for shell in shells)]
    return [names, *([shell.get(name) for name in names] for shell in shells)]


def of_table(table: Sequence[Any]) -> list[dict[str, Any]]:
    """The same as they are told; they were kept so, one by one, at first."""
    names, *rows = table
    if isinstance(names, dict):
        return list(table)
    return [{name: value for name, value in zip(names, values, strict=True) if value is not None} for values in rows]


def told_beside(scaling: Scaling) -> dict[str, str | None]:
    """What is kept of a way of scaling in our own table only."""
    return {
        "kind": scaling.kind,
        "ellipsoid": as_json(scaling.ellipsoid.model_dump()) if scaling.ellipsoid else None,
        "shells": as_json(as_table(scaling.shells)) if scaling.shells else None,
    }


def as_json(content: Any) -> str:
    """As our own tables keep it."""
    return orjson.dumps(content).decode()


_AXES = tuple(tuple(f"resolutionEllipsoidAxis{axis}{place}" for place in (1, 2, 3)) for axis in (1, 2, 3))
_LIMITS = tuple(f"resolutionEllipsoidValue{axis}" for axis in (1, 2, 3))

ELLIPSOID_COLUMNS = tuple(
    getattr(AutoProcScaling, name) for name in (*(name for axis in _AXES for name in axis), *_LIMITS)
)


def stored_ellipsoid(ellipsoid: Ellipsoid | None) -> dict[str, float]:
    """Columns of AutoProcScaling that one flavour has for it."""
    if ellipsoid is None:
        return {}
    numbers = (*(number for axis in ellipsoid.axes for number in axis), *ellipsoid.limits)
    return {column.key: number for column, number in zip(ELLIPSOID_COLUMNS, numbers, strict=True)}


def told_ellipsoid(held: Mapping[str, Any]) -> dict[str, Any] | None:
    """The ellipsoid of a row by column; None where it has none, or only a part of one."""
    numbers = [held.get(column.key) for column in ELLIPSOID_COLUMNS]
    if any(number is None for number in numbers):
        return None
    return {"axes": [numbers[0:3], numbers[3:6], numbers[6:9]], "limits": numbers[9:12]}
