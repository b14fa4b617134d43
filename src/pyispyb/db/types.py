"""Column types that read and compare alike on SQLite and on both flavours of MariaDB schema.

A read never fails for what a facility's table holds: zero dates, values an enum does not list,
flags other than 0 and 1. A write is strict: naive times, finite numbers.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any, TypeVar

from sqlalchemy import Boolean, Date, DateTime, Dialect, FunctionElement, Integer, LargeBinary, String
from sqlalchemy import Double as SqlDouble
from sqlalchemy import Float as SqlFloat
from sqlalchemy import Text as SqlText
from sqlalchemy import Time as SqlTime
from sqlalchemy.dialects import mysql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator, TypeEngine

Processor = Callable[[Any], Any] | None
Value = TypeVar("Value")

IGNORE_CASE = "NOCASE"
"""SQLite's collation that ignores the case of ASCII letters; MariaDB's default collations ignore case anyway."""

ENUM_LENGTH = 45
"""Room for an enum's value in a database of ours, where enums are text."""


def _is_sqlite(dialect: Dialect) -> bool:
    return dialect.name == "sqlite"


class Portable(TypeDecorator[Value]):
    """A type that knows its Python type, as SQLAlchemy's own do."""

    @property
    def python_type(self) -> type[Any]:
        """What a value that is not NULL reads as."""
        return self.impl_instance.python_type


class Int(Portable[int]):
    """Signed integer of 4 bytes on MariaDB."""

    impl = Integer
    cache_ok = True
    on_mariadb: TypeEngine[int] = mysql.INTEGER()

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """SQLite's one integer type is INTEGER, and only under this name it is a row's own key."""
        return Integer() if _is_sqlite(dialect) else dialect.type_descriptor(self.on_mariadb)


class UInt(Int):
    """Unsigned integer of 4 bytes."""

    cache_ok = True
    on_mariadb = mysql.INTEGER(unsigned=True)


class MediumInt(Int):
    """Signed integer of 3 bytes."""

    cache_ok = True
    on_mariadb = mysql.MEDIUMINT()


class SmallInt(Int):
    """Signed integer of 2 bytes."""

    cache_ok = True
    on_mariadb = mysql.SMALLINT()


class TinyInt(Int):
    """Signed integer of 1 byte."""

    cache_ok = True
    on_mariadb = mysql.TINYINT()


def _finite(value: float | None) -> float | None:
    if value is None:
        return None
    number = float(value)
    if not isfinite(number):
        raise ValueError(f"{number} is not a finite number")
    return number


class Float(Portable[float]):
    """Number of single precision; NaN and infinities are refused with ValueError on every database."""

    impl = SqlFloat
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor:
        """Finite numbers only."""
        return _finite

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """Drivers answer Python floats already."""
        return None


class Double(Float):
    """Number of double precision: a Python float, never a Decimal."""

    impl = SqlDouble
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """MariaDB's own type would answer Decimal."""
        return SqlDouble() if _is_sqlite(dialect) else dialect.type_descriptor(mysql.DOUBLE(asdecimal=False))


def _number(value: Any) -> float | None:
    try:
        return _finite(value)
    except (TypeError, ValueError):
        return None


def _whole_number(value: Any) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


class LooseFloat(Float):
    """A number that one flavour keeps as text; text that is no number reads as None."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """Text to float."""
        return _number


class LooseInt(Int):
    """A whole number that one flavour keeps as text; text that is no number reads as None."""

    cache_ok = True
    on_mariadb = mysql.INTEGER()

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """Text to int."""
        return _whole_number


def _flag(value: Any) -> bool | None:
    if value is None:
        return None
    return any(value) if isinstance(value, bytes) else bool(value)


def _flag_to_store(value: Any) -> int | None:
    return None if value is None else int(bool(value))


class Flag(Portable[bool]):
    """Yes or no; whatever number but 0 a table holds reads as True."""

    impl = Boolean
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """TINYINT(1) on MariaDB."""
        return Boolean() if _is_sqlite(dialect) else dialect.type_descriptor(mysql.TINYINT(display_width=1))

    def bind_processor(self, dialect: Dialect) -> Processor:
        """1 or 0."""
        return _flag_to_store

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """True, False or None."""
        return _flag


class Text(Portable[str]):
    """Text of at most `length` characters, or a TEXT without; compares without regard to case on every database."""

    impl = String
    cache_ok = True

    def __init__(self, length: int | None = None) -> None:
        super().__init__(length)
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """NOCASE on SQLite."""
        collation = IGNORE_CASE if _is_sqlite(dialect) else None
        return String(self.length, collation) if self.length else SqlText(collation=collation)


class LongText(Portable[str]):
    """Text of any length; JSON documents are kept so, unparsed."""

    impl = SqlText
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """LONGTEXT on MariaDB."""
        return SqlText(collation=IGNORE_CASE) if _is_sqlite(dialect) else dialect.type_descriptor(mysql.LONGTEXT())


class EnumText(Text):
    """Text with a list of known `values`.

    In a facility's table the column may be an ENUM with fewer or more values: what is stored reads as it is,
    and `Catalogue.facts` tells what the connected database accepts.
    """

    cache_ok = True

    def __init__(self, *values: str) -> None:
        super().__init__(ENUM_LENGTH)
        self.values = values


_PROGRAM_STATUS = {
    value.casefold(): status
    for status, values in {"SUCCESS": ("1", "SUCCESS"), "FAILED": ("0", "FAILED"), "RUNNING": ("RUNNING",)}.items()
    for value in values
}


def _program_status(value: Any) -> str | None:
    return _PROGRAM_STATUS.get(str(value).casefold())


class ProgramStatus(EnumText):
    """How a processing program ended: `SUCCESS`, `FAILED`, `RUNNING`, or None when it has not said.

    The dls flavour keeps 1 and 0 (and NULL until the end), the collab flavour the words; both read as words.
    Compare and write with `stored_status`, never with a bare number: MariaDB takes a number for an ENUM's position.
    """

    cache_ok = True

    def __init__(self) -> None:
        super().__init__("RUNNING", "FAILED", "SUCCESS", "0", "1")

    def bind_processor(self, dialect: Dialect) -> Processor:
        """Text only."""
        return _text_only

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """Numbers and words to words."""
        return _program_status


def _text_only(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError("a processing status is text; see stored_status")


def stored_status(status: str | None, *, as_word: bool) -> str | None:
    """`SUCCESS`, `FAILED` or `RUNNING` as a column keeps it: as a word, or as 1, 0 and NULL written as text."""
    if as_word or status is None:
        return status
    return {"SUCCESS": "1", "FAILED": "0"}.get(status)


def _only_datetime(value: Any) -> Any:
    return value if type(value) is datetime else None


def _datetime_from_text(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _naive(value: Any) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} is not a date with a time")
    if value.tzinfo is not None:
        raise ValueError("times are kept as the facility's clocks show them, without a time zone")
    return value.replace(microsecond=0)


def _datetime_to_text(value: Any) -> str | None:
    naive = _naive(value)
    return None if naive is None else naive.isoformat(" ", "seconds")


class LocalTime(Portable[datetime]):
    """A moment on the facility's clock: naive, to the second, as `YYYY-MM-DD HH:MM:SS` where SQLite keeps it.

    Zero dates such as `0000-00-00 00:00:00` or `2019-00-00 00:00:00`, empty text and anything else that is no date
    read as None. An aware time is refused with ValueError.
    """

    impl = DateTime
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor:
        """Text on SQLite, a naive datetime for MariaDB's driver."""
        return _datetime_to_text if _is_sqlite(dialect) else _naive

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """MariaDB's driver answers text for what it cannot read as a date."""
        return _datetime_from_text if _is_sqlite(dialect) else _only_datetime


class UtcTime(LocalTime):
    """A moment in UTC: naive, to the second."""

    cache_ok = True


def _only_date(value: Any) -> date | None:
    return value if type(value) is date else None


def _date_from_text(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except (TypeError, ValueError):
        return None


def _plain_date(value: Any) -> date | None:
    if value is None or type(value) is date:
        return value
    raise TypeError(f"{value!r} is not a date without a time")


def _date_to_text(value: Any) -> str | None:
    day = _plain_date(value)
    return None if day is None else day.isoformat()


class LocalDate(Portable[date]):
    """A day of the facility's calendar; zero dates and other text that is no day read as None."""

    impl = Date
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor:
        """`YYYY-MM-DD` on SQLite."""
        return _date_to_text if _is_sqlite(dialect) else _plain_date

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """MariaDB's driver answers text for what it cannot read as a day."""
        return _date_from_text if _is_sqlite(dialect) else _only_date


def _clock_from_interval(value: Any) -> time | None:
    if not isinstance(value, timedelta) or not timedelta(0) <= value < timedelta(days=1):
        return None
    return (datetime.min + value).time()


def _clock_from_text(value: Any) -> time | None:
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _plain_time(value: Any) -> time | None:
    if value is None:
        return None
    if not isinstance(value, time):
        raise TypeError(f"{value!r} is not a time of the day")
    return value.replace(microsecond=0)


def _clock_to_text(value: Any) -> str | None:
    clock = _plain_time(value)
    return None if clock is None else clock.isoformat("seconds")


class LocalClock(Portable[time]):
    """A time of the day, to the second; intervals outside a day, which MariaDB's TIME can hold, read as None."""

    impl = SqlTime
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor:
        """`HH:MM:SS` on SQLite."""
        return _clock_to_text if _is_sqlite(dialect) else _plain_time

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """MariaDB's driver answers an interval."""
        return _clock_from_text if _is_sqlite(dialect) else _clock_from_interval


class Blob(Portable[bytes]):
    """Bytes, up to 64 KiB on MariaDB."""

    impl = LargeBinary
    cache_ok = True


def _sixteen_bytes(value: Any) -> bytes | None:
    if value is None:
        return None
    if not isinstance(value, bytes) or len(value) != 16:
        raise ValueError("an identifier of 16 bytes has 16 bytes")
    return value


class Binary16(Portable[bytes]):
    """An identifier of 16 bytes, such as a UUID, or a number with its most significant byte first."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """BINARY(16) on MariaDB, which would pad a shorter value."""
        return LargeBinary() if _is_sqlite(dialect) else dialect.type_descriptor(mysql.BINARY(16))

    def bind_processor(self, dialect: Dialect) -> Processor:
        """Exactly 16 bytes."""
        return _sixteen_bytes

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """Drivers answer bytes already."""
        return None


class local_now(FunctionElement[datetime]):  # noqa: N801 - reads as the SQL function it is
    """The database server's local time, to the second."""

    type = LocalTime()
    inherit_cache = True


@compiles(local_now)
def _local_now(element: local_now, compiler: Any, **options: Any) -> str:
    return "current_timestamp()"


@compiles(local_now, "sqlite")
def _local_now_on_sqlite(element: local_now, compiler: Any, **options: Any) -> str:
    return "datetime('now', 'localtime')"


class database_account(FunctionElement[str]):  # noqa: N801 - reads as the SQL function it is
    """The account that wrote a row, which MariaDB knows and SQLite does not."""

    type = Text(50)
    inherit_cache = True


@compiles(database_account)
def _database_account(element: database_account, compiler: Any, **options: Any) -> str:
    return "current_user()"


@compiles(database_account, "sqlite")
def _no_database_account(element: database_account, compiler: Any, **options: Any) -> str:
    return "NULL"
