"""The audit trail is only ever added to: where it may, the database itself refuses anything else.

Triggers guard against mistakes and against whoever can make the service run SQL, not against those who may drop them.
`docs/reference/audit.md` tells a database administrator how to take the right away altogether.
"""

import logging
from typing import Literal

from sqlalchemy import Connection, Executable, delete, false, text, update
from sqlalchemy.exc import DBAPIError

from ..tables import Audit

logger = logging.getLogger(__name__)

Protection = Literal["triggers", "privileges"]

TABLE = Audit.__tablename__
MESSAGE = "The audit trail is only ever added to"

_CHANGES = ("UPDATE", "DELETE")
_OF_NO_ROW = (update(Audit).where(false()).values(action=Audit.action), delete(Audit).where(false()))
"""Asks whether an account may change the trail, and changes nothing where it may."""

_NO_PRIVILEGE = frozenset({1044, 1142, 1143, 1227, 1370})
_BINARY_LOG = 1419
"""MariaDB: with a binary log and without `log_bin_trust_function_creators`, only SUPER makes triggers."""
_READ_ONLY = 1290


def protect(connection: Connection) -> None:
    """Make the triggers that are missing. An account that may not make them goes on without: `db check` tells."""
    for change in _CHANGES:
        try:
            connection.exec_driver_sql(_trigger(connection, change))
        except DBAPIError as error:
            if _number(error) not in _NO_PRIVILEGE | {_BINARY_LOG}:
                raise
            logger.info("no trigger guards the audit trail: %s", error.orig)


def protection(connection: Connection) -> Protection | None:
    """What keeps the audit trail from being changed, as far as this account can see."""
    if connection.dialect.name == "sqlite":
        there = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
    elif all(_is_refused(connection, change) for change in _OF_NO_ROW):
        return "privileges"
    else:
        there = (
            "SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = DATABASE() "
            "AND EVENT_OBJECT_TABLE = :table AND ACTION_TIMING = 'BEFORE' "
            "AND EVENT_MANIPULATION IN ('UPDATE', 'DELETE')"
        )
    found = connection.execute(text(there), {"table": TABLE}).scalar_one()
    return "triggers" if found >= len(_CHANGES) else None


def _trigger(connection: Connection, change: str) -> str:
    made = f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{change.lower()} BEFORE {change} ON {TABLE}"
    if connection.dialect.name == "sqlite":
        return f"{made} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    return f"{made} FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{MESSAGE}'"


def _is_refused(connection: Connection, change: Executable) -> bool:
    """True when the account lacks the privilege; a server that is read-only says nothing of the account."""
    try:
        connection.execute(change)
    except DBAPIError as error:
        if _number(error) not in _NO_PRIVILEGE | {_READ_ONLY}:
            raise
        return _number(error) in _NO_PRIVILEGE
    return False


def _number(error: DBAPIError) -> int | None:
    return next(iter(getattr(error.orig, "args", ())), None)
