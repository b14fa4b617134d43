"""The clock of log-ins."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Now, in UTC, without a zone and whole seconds, as our own tables keep it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
