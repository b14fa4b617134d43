"""Times, days and clocks, naive throughout."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, DateTime, Dialect
from sqlalchemy import Time as SqlTime

from .portable import Portable, Processor, is_sqlite


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


@lru_cache(maxsize=64)
def _datetime_to_text(value: Any) -> str | None:
    """The rows of a document tell the same moment."""
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
        return _datetime_to_text if is_sqlite(dialect) else _naive

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """MariaDB's driver answers text for what it cannot read as a date."""
        return _datetime_from_text if is_sqlite(dialect) else _only_datetime


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
        return _date_to_text if is_sqlite(dialect) else _plain_date

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """MariaDB's driver answers text for what it cannot read as a day."""
        return _date_from_text if is_sqlite(dialect) else _only_date


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
        return _clock_to_text if is_sqlite(dialect) else _plain_time

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """MariaDB's driver answers an interval."""
        return _clock_from_text if is_sqlite(dialect) else _clock_from_interval
