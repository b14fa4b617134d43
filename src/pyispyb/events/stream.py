"""The order of the stream: newest first over four tables, without sorting what is not shown.

Each source is read in an order that an index of the connected database gives: by (session, time) where there is such an
index, else by its key, which grows with time. The few rows each source offers are then merged by their time. A cursor
remembers how far each source was read, so that no page repeats or skips a row whatever the times are.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, literal, select, union_all

from ..db.catalogue import Catalogue
from ..db.paging import Key, decode_cursor, encode_cursor, follows, order_by
from ..db.typing import AnySelect, AnyUnion
from ..errors import Invalid
from .sources import Kind, Source

Position = tuple[datetime | None, int]
"""Time and key of the last row taken from a source."""


@dataclass(frozen=True, slots=True)
class Found:
    """One event of the stream, before its details are read."""

    kind: Kind
    key: int
    time: datetime | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far the stream was read."""

    positions: dict[str, Position]
    sessions_after: tuple[datetime | None, int] | None = None
    """Begin and key of the session before the chunk of sessions being read."""

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
    if not isinstance(key, int) or not abs(key) < 2**63:
        raise ValueError(key)
    return (None if time is None else datetime.fromisoformat(time)), key


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
) -> AnySelect:
    """The next rows (kind, key, time) of one source."""
    conditions = list(where)
    if position is not None:
        values = position if len(order) == 2 else position[1:]
        conditions.append(follows(order, values))
    inner = (
        select(literal(source.kind).label("kind"), source.key.label("key"), source.time.label("time"))
        .where(*conditions)
        .order_by(*order_by(order))
        .limit(limit)
    )
    return select(inner.subquery())


def all_branches(branches: Sequence[AnySelect]) -> AnyUnion | AnySelect:
    """One statement for all sources."""
    return branches[0] if len(branches) == 1 else union_all(*branches)


def merge(rows: Iterable[Any], orders: dict[Kind, tuple[Key, ...]]) -> Iterator[Found]:
    """The rows of all sources by time, each source in its own order."""
    lanes: dict[Kind, list[Found]] = {}
    for row in rows:
        # A union of signed and unsigned keys is a decimal number on MariaDB.
        lanes.setdefault(row.kind, []).append(Found(row.kind, int(row.key), row.time))
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
