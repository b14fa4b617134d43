"""SQL of the audit trail: it is read here, added to in `trail.py`, and changed nowhere."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select

from ..db.paging import Key
from ..db.typing import AnySelect
from ..tables import Audit

NEWEST_FIRST = (Key(Audit.doneAt), Key(Audit.auditId))
AS_IT_HAPPENED = (Key(Audit.doneAt, descending=False), Key(Audit.auditId, descending=False))


def entries(where: Collection[ColumnElement[bool]]) -> AnySelect:
    """Entries of the trail."""
    return select(
        Audit.auditId,
        Audit.doneAt,
        Audit.subject,
        Audit.login,
        Audit.address,
        Audit.action,
        Audit.objectKind,
        Audit.objectId,
        Audit.detail,
        Audit.request,
    ).where(*where)


def newest_entry() -> AnySelect:
    """The key of the entry made last."""
    return select(func.max(Audit.auditId))
