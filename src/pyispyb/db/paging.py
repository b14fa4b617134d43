"""Pages of a list: skip and limit for those who jump, a keyset cursor for those who go on."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import orjson
from sqlalchemy import ColumnElement, and_, false, not_, or_
from sqlalchemy.orm import InstrumentedAttribute

from ..errors import Invalid

Row = TypeVar("Row")

DEFAULT_LIMIT = 25
MAX_LIMIT = 500
WHOLE_LIST = 10_000
"""Most rows of a list whose clients know no paging."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for; `limit` None leaves the size to the list."""

    skip: int = 0
    limit: int | None = None
    after: str | None = None
    exact_total: bool = False

    def size(self, default: int = DEFAULT_LIMIT) -> int:
        """Rows to send."""
        return self.limit or default


@dataclass(frozen=True, slots=True)
class Key:
    """One column of a list's order."""

    column: InstrumentedAttribute[Any] | ColumnElement[Any]
    descending: bool = True


def encode_cursor(values: Any) -> str:
    """An opaque cursor for JSON-able `values`; times become ISO text."""
    return base64.urlsafe_b64encode(orjson.dumps(values)).rstrip(b"=").decode()


def decode_cursor(cursor: str) -> Any:
    """The values of a cursor made by `encode_cursor`. Raises Invalid for anything else."""
    try:
        return orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, orjson.JSONDecodeError, UnicodeEncodeError, ValueError) as error:
        raise Invalid.field("after", "is not a cursor of this list") from error


def part_of(found: list[Row], page: Page) -> tuple[list[Row], str | None]:
    """A page of a list that is there as a whole, and the cursor of the next. Raises Invalid for a foreign cursor."""
    begin = page.skip if page.after is None else decode_cursor(page.after)
    if not is_key(begin) or begin < 0:
        raise Invalid.field("after", "is not a cursor of this list")
    end = begin + page.size()
    return found[begin:end], encode_cursor(end) if end < len(found) else None


def order_by(keys: Sequence[Key]) -> list[ColumnElement[Any]]:
    """ORDER BY of a list."""
    return [key.column.desc() if key.descending else key.column.asc() for key in keys]


def cursor_after(keys: Sequence[Key], row: Any) -> str:
    """The cursor that continues after `row`, which has an attribute for each key column."""
    return encode_cursor([getattr(row, _name(key)) for key in keys])


def after(keys: Sequence[Key], cursor: str | None) -> list[ColumnElement[bool]]:
    """WHERE of the rows that follow a cursor; nothing for the first page.

    NULL sorts below every value, as SQLite and MariaDB have it. Raises Invalid for a foreign cursor.
    """
    if cursor is None:
        return []
    values = decode_cursor(cursor)
    if not isinstance(values, list) or len(values) != len(keys):
        raise Invalid.field("after", "is not a cursor of this list")
    return [follows(keys, [_typed(key, value) for key, value in zip(keys, values, strict=True)])]


def follows(keys: Sequence[Key], values: Sequence[Any]) -> ColumnElement[bool]:
    """True for rows that come after `values` in the order of `keys`; the last key is unique and not null."""
    key, value = keys[0], values[0]
    beyond = _beyond(key, value)
    if len(keys) == 1:
        return beyond
    same = _reads_as_none(key.column) if value is None else key.column == value
    return or_(beyond, and_(same, follows(keys[1:], values[1:])))


def _reads_as_none(column: Any) -> ColumnElement[bool]:
    """NULL, and the zero date that older programs left in its place."""
    missing: ColumnElement[bool] = column.is_(None)
    return or_(missing, column < datetime.min) if column.type.python_type is datetime else missing


def _beyond(key: Key, value: Any) -> ColumnElement[bool]:
    if value is None:
        return false() if key.descending else not_(_reads_as_none(key.column))
    if not key.descending:
        greater: ColumnElement[bool] = key.column > value
        return greater
    nullable = getattr(key.column.expression, "nullable", True)
    below: ColumnElement[bool] = key.column < value
    return or_(below, key.column.is_(None)) if nullable else below


def _name(key: Key) -> str:
    return str(getattr(key.column, "key", ""))


def naive_time(value: Any) -> datetime:
    """A cursor's text as a time without zone. Raises TypeError or ValueError for anything else."""
    time = datetime.fromisoformat(value)
    if time.tzinfo is not None:
        raise ValueError(value)
    return time


def is_key(value: Any) -> bool:
    """True for a whole number that a database can compare with."""
    return type(value) is int and abs(value) < 2**63


def _typed(key: Key, value: Any) -> Any:
    """A cursor's JSON value as the Python value that its column compares with."""
    wanted = key.column.type.python_type
    try:
        if value is None:
            return None
        if wanted is datetime:
            return naive_time(value)
        if wanted is date:
            return date.fromisoformat(value)
        if wanted is int and is_key(value):
            return value
        if wanted in {float, str} and isinstance(value, wanted):
            return value
    except (TypeError, ValueError) as error:
        raise Invalid.field("after", "is not a cursor of this list") from error
    raise Invalid.field("after", "is not a cursor of this list")
