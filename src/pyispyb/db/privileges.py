"""Whether a database refused a statement because of who sent it."""

from sqlalchemy.exc import DBAPIError

# MariaDB: a table or column that the account may not touch, or a server that is read-only.
_NO_PRIVILEGE = frozenset({1142, 1143, 1290})


def lacks_privilege(error: DBAPIError) -> bool:
    """True when the account may not do what it tried, now or ever."""
    return next(iter(getattr(error.orig, "args", ())), None) in _NO_PRIVILEGE
