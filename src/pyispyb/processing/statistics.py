"""Statistics of merged data as the connected database keeps them.

The two flavours have different columns for the same number, and lack some of them; what they lack goes to a table of
our own, so that nothing that a program says is lost.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ..answers import taking
from ..db.catalogue import Catalogue
from ..tables import AutoProcScaling, AutoProcScalingStatistics
from .schemas import Ellipsoid, Statistics, StatisticsFields

NAMES = tuple(StatisticsFields.model_fields)

_TABLE = AutoProcScalingStatistics
_ELSEWHERE = {"ccAnomalous": "ccAno"}
"""Columns of the other flavour for the same number."""

_AS_TEXT = frozenset({"sigAno", "isa"})
"""Numbers that ISPyB keeps as text."""

_ODD = frozenset({*_ELSEWHERE.values(), *_AS_TEXT})
"""Columns whose values are not told as they are kept."""

COLUMNS = tuple(getattr(_TABLE, name) for name in (*NAMES, *_ELSEWHERE.values()))


def stored(catalogue: Catalogue, sent: Statistics) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values by column, every column every time, and those numbers that this database has no column for."""
    said = sent.__dict__
    values = {column: said[name] for name, column in _places(catalogue).items()}
    for name in _AS_TEXT & values.keys():
        if values[name] is not None:
            values[name] = f"{values[name]:g}"
    further = {name: said[name] for name in _homeless(catalogue) if said[name] is not None}
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


class Said:
    """Takes the columns of rows that have a value, by their names.

    Usually the same ones have in row after row: they are looked for anew where others have.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._all = tuple(names)
        self._names: tuple[str, ...] = ()
        self._take: Callable[[Any], tuple[Any, ...]] = taking(())

    def __call__(self, values: tuple[Any, ...]) -> dict[str, Any]:
        """Of the values of one row, in the order of the names."""
        said = self._take(values)
        if None in said or len(said) + values.count(None) != len(values):
            places = [place for place, value in enumerate(values) if value is not None]
            self._names = tuple(self._all[place] for place in places)
            self._take = taking(places)
            said = self._take(values)
        return dict(zip(self._names, said, strict=True))


def told(held: Iterable[tuple[str, Any]], further: Mapping[str, Any]) -> dict[str, Any]:
    """Statistics of a row, as pairs of column and value, and of what is kept beside it; without what nobody said."""
    return put_right({name: value for name, value in held if value is not None}, further)


def put_right(found: dict[str, Any], further: Mapping[str, Any]) -> dict[str, Any]:
    """The same of columns that have a value."""
    if not _ODD.isdisjoint(found):
        _rename(found)
    return {**further, **found} if further else found


def _rename(found: dict[str, Any]) -> None:
    """Numbers by the names and in the kinds that are told."""
    for name, other in _ELSEWHERE.items():
        if other in found:
            found.setdefault(name, found.pop(other))
    for name in _AS_TEXT & found.keys():
        number = _number(found.pop(name))
        if number is not None:
            found[name] = number


def _number(text: Any) -> float | None:
    """A number that was kept as text; programs write other texts there too."""
    try:
        number = float(text)
    except (TypeError, ValueError):
        return None
    return number if number - number == 0 else None


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
