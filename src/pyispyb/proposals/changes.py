"""What people and keys change of a session."""

from typing import Any

from sqlalchemy import Row

from ..access import Action, Viewer, decision_of, reasons_of, require
from ..audit import Origin, record
from ..db.database import Database
from ..db.writes import update_rows
from ..errors import Forbidden, Invalid, NotFound
from ..etags import etag_of, require_match
from ..settings import Settings
from ..tables import BLSession
from . import queries
from .schemas import SessionChange
from .sessions import read_session

EDITABLE = tuple(SessionChange.model_fields)
"""Columns of a session that can be changed."""

_CLOSING = frozenset({"endDate"})


def session_etag(session: dict[str, Any]) -> str:
    """The tag of a session as it is read."""
    return etag_of({name: session[name] for name in EDITABLE})


async def change_session(
    db: Database,
    settings: Settings,
    viewer: Viewer,
    origin: Origin,
    session_id: int,
    change: SessionChange,
    if_match: str | None,
) -> dict[str, Any]:
    """Change what a session says of itself; a key may only say when it ends.

    Raises NotFound, Forbidden with the missing right, ChangedMeanwhile, Invalid.
    """
    missing = NotFound.of("session", session_id)
    row = await db.one(queries.session_to_change(db.catalogue, viewer, session_id), missing)
    values = change.model_dump(exclude_unset=True)
    held = reasons_of(viewer, BLSession, row)
    action = Action.CLOSE if viewer.is_key else Action.CHANGE
    require(decision_of(viewer, action, BLSession, held), missing)
    if viewer.is_key and not values.keys() <= _CLOSING:
        raise Forbidden(f"A key may say when a session ends, and nothing else of it: {', '.join(sorted(values))}.")
    before = {name: row._mapping.get(name) for name in EDITABLE}
    require_match(if_match, etag_of(before))
    _require_order(row, values)
    not_kept = await update_rows(db, BLSession, BLSession.sessionId == session_id, values)
    changed = {name: value for name, value in values.items() if value != before[name] and name not in not_kept}
    if changed:
        old = {name: before[name] for name in changed}
        await record(db, origin, "session.change", "session", session_id, old=old, new=changed)
    session = await read_session(db, settings, viewer, session_id)
    session["_metadata"]["notKept"] = list(not_kept)
    return session


def _require_order(row: Row[Any], values: dict[str, Any]) -> None:
    start, end = values.get("startDate", row.startDate), values.get("endDate", row.endDate)
    if start is not None and end is not None and end < start:
        raise Invalid.field("endDate", "lies before startDate")
