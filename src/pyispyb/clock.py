"""Now, on the two clocks that the tables keep."""

from datetime import UTC, datetime


def local_now() -> datetime:
    """Now on the facility's clock, without a zone and in whole seconds, as a facility's tables keep it."""
    return datetime.now().replace(microsecond=0)


def utc_now() -> datetime:
    """Now in UTC, without a zone and in whole seconds, as ISPyB's own tables keep it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def local_of(utc: datetime) -> datetime:
    """A time of ISPyB's own tables on the facility's clock, as every time of the API is told."""
    return utc.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)


def utc_of(local: datetime) -> datetime:
    """A time on the facility's clock in UTC, as ISPyB's own tables keep it; the first of two in an autumn night."""
    return local.astimezone(UTC).replace(tzinfo=None)


def utc_offset() -> int:
    """How far the facility's clock is ahead of UTC at this moment [min]."""
    offset = datetime.now().astimezone().utcoffset()
    return 0 if offset is None else int(offset.total_seconds() // 60)
