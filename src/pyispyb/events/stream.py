"""The order of the stream: newest first over four tables, without sorting what is not shown.

Each source is read in an order that an index of the connected database gives: by (session, time) where there is such an
index, else by its key, which grows with time. The few rows each source offers are then merged by their time. A cursor
remembers how far each source was read, so that no page repeats or skips a row whatever the times are.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, literal, null, select, type_coerce, union_all

from ..access import Viewer, visible
from ..db.catalogue import Catalogue
from ..db.paging import Key, decode_cursor, encode_cursor, follows, is_key, naive_time, order_by
from ..db.types import Int
from ..db.typing import AnySelect, AnyUnion
from ..errors import Invalid
from .filters import is_event
from .sources import Kind, Source

Position = tuple[datetime | None, int]
"""Time and key of the last row taken from a source."""


@dataclass(frozen=True, slots=True)
class Found:
    """One event of the stream, before its details are read."""

    kind: Kind
    key: int
    time: datetime | None
    member: int | None = None
    """Of a group, the collection it is shown by; None for its newest."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far the stream was read."""

    positions: dict[str, Position]
    sessions_after: tuple[datetime | None, int] | None = None
    """Begin and key of the session before the chunk of sessions being read."""

    @property
    def is_timed(self) -> bool:
        """No source was left at a row without a time."""
        return all(time is not None for time, _ in self.positions.values())

    def encode(self) -> str:
        """As text for `next`."""
        return encode_cursor([self.sessions_after, self.positions])

    @classmethod
    def decode(cls, text: str | None) -> "Cursor":
        """The cursor of a text. Raises Invalid for anything that is not one of ours."""
        if text is None:
            return cls({})
        try:
            sessions_after, positions = decode_cursor(text)
            return cls(
                {str(kind): _position(value) for kind, value in positions.items()},
                None if sessions_after is None else _position(sessions_after),
            )
        except (AttributeError, TypeError, ValueError) as error:
            raise Invalid.field("after", "is not a cursor of this list") from error


def _position(value: Any) -> Position:
    time, key = value
    if not is_key(key):
        raise ValueError(key)
    return (None if time is None else naive_time(time)), key


@lru_cache(maxsize=256)
def order_of(catalogue: Catalogue, source: Source, led_by: Any) -> tuple[Key, ...]:
    """By time where an index on (`led_by`, time) exists, else by key. `led_by` is the column the rows are chosen by."""
    if led_by is not None and catalogue.has_index(source.table, led_by.key, source.time.key):
        return (Key(source.time), Key(source.key))
    return (Key(source.key),)


def branch(
    source: Source,
    order: tuple[Key, ...],
    where: Sequence[ColumnElement[bool]],
    position: Position | None,
    limit: int,
    member: ScalarSelect[int] | None = None,
) -> AnySelect:
    """The next rows (kind, key, time, member) of one source."""
    conditions = list(where)
    if position is not None:
        values = position if len(order) == 2 else position[1:]
        conditions.append(follows(order, values))
    return _rows(source, order, conditions, limit, member)


def _rows(
    source: Source,
    order: tuple[Key, ...],
    where: Sequence[ColumnElement[bool]],
    limit: Any,
    member: ScalarSelect[int] | None = None,
) -> AnySelect:
    inner = (
        select(
            literal(source.kind).label("kind"),
            source.key.label("key"),
            source.time.label("time"),
            (type_coerce(null(), Int) if member is None else member).label("member"),
        )
        .where(*where)
        .order_by(*order_by(order))
        .limit(limit)
    )
    return select(inner.subquery())


@lru_cache(maxsize=256)
def of_sessions(
    catalogue: Catalogue,
    places: tuple[tuple[Source, int], ...],
    going_on: frozenset[Kind],
    narrowed: Viewer | None = None,
) -> AnyUnion | AnySelect:
    """The next rows of some sessions, from each source of as many as it has places.

    What pages ask for again and again, so that it is built once for each shape and its values come as parameters; see
    `values_of_sessions`. `going_on` are the sources that were read from before, up to a time and key. `narrowed` is the
    viewer, where they may see a session without seeing all that is in it.
    """
    branches = []
    for source, count in places:
        order = order_of(catalogue, source, source.session)
        position: list[Any] = [bindparam(f"{source.kind}_time"), bindparam(f"{source.kind}_key")][-len(order) :]
        where = is_event(source)
        if narrowed is not None:
            where.append(visible(narrowed, source.table))
        if source.kind in going_on:
            where.append(follows(order, position))
        branches += [
            _rows(
                source,
                order,
                [source.session == bindparam(f"{source.kind}_{place}"), *where],
                bindparam("most", type_=Int),
            )
            for place in range(count)
        ]
    return all_branches(branches)


NO_SESSION = 0
"""Key of no session: fills up places, so that few shapes of a statement serve any number of sessions."""


def places_for(sessions: Mapping[Source, Sequence[int]]) -> tuple[tuple[Source, int], ...]:
    """How many places each source gets: the next power of two, none for a source that holds nothing."""
    return tuple((source, 1 << (len(ids) - 1).bit_length()) for source, ids in sessions.items() if ids)


def values_of_sessions(
    sessions: Mapping[Source, Sequence[int]], positions: Mapping[str, Position], limit: int
) -> dict[str, Any]:
    """Parameters of `of_sessions`."""
    values: dict[str, Any] = {"most": limit}
    for source, count in places_for(sessions):
        ids = [*sessions[source], *[NO_SESSION] * (count - len(sessions[source]))]
        values |= {f"{source.kind}_{place}": key for place, key in enumerate(ids)}
        if source.kind in positions:
            values[f"{source.kind}_time"], values[f"{source.kind}_key"] = positions[source.kind]
    return values


def all_branches(branches: Sequence[AnySelect]) -> AnyUnion | AnySelect:
    """One statement for all sources."""
    return branches[0] if len(branches) == 1 else union_all(*branches)


def merge(rows: Iterable[Any], orders: dict[Kind, tuple[Key, ...]]) -> Iterator[Found]:
    """The rows of all sources by time, each source in its own order."""
    # A union of signed and unsigned keys is a decimal number on MariaDB.
    found = [Found(kind, int(key), time, None if member is None else int(member)) for kind, key, time, member in rows]
    if all(len(order) == 2 for order in orders.values()):
        return iter(sorted(found, key=_by_time, reverse=True))
    lanes: dict[Kind, list[Found]] = {}
    for one in found:
        lanes.setdefault(one.kind, []).append(one)
    for kind, lane in lanes.items():
        lane.sort(key=_by_time if len(orders[kind]) == 2 else _by_key, reverse=True)
    return heapq.merge(*lanes.values(), key=_by_time, reverse=True)


def _by_time(found: Found) -> tuple[datetime, int]:
    return found.time or datetime.min, found.key


def _by_key(found: Found) -> tuple[int]:
    return (found.key,)


def cursor_behind(shown: Sequence[Found], before: Cursor) -> Cursor:
    """The cursor after these rows."""
    positions = dict(before.positions)
    for found in shown:
        positions[found.kind] = (found.time, found.key)
    return Cursor(positions, before.sessions_after)
