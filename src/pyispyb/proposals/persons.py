"""The people of proposals and sessions."""

from typing import Any

from sqlalchemy import Row

from ..access import Viewer
from ..answers import listed
from ..db.database import Database
from ..db.paging import WHOLE_LIST
from ..errors import Invalid
from ..tables import BLSession
from . import queries
from .names import is_proposal


async def list_persons(db: Database, viewer: Viewer, *, session_id: int | None, proposal: str | None) -> dict[str, Any]:
    """People of one session, or members of one proposal. Raises Invalid when neither is named."""
    if session_id is not None:
        rows = await db.all(queries.session_persons(viewer, BLSession.sessionId == session_id).limit(WHOLE_LIST))
    elif proposal is not None:
        rows = await db.all(queries.proposal_persons(viewer, is_proposal(proposal)).limit(WHOLE_LIST))
    else:
        raise Invalid.field("sessionId", "name a session, or a proposal with `proposal`")
    people = [_person(row, viewer) for row in rows]
    return listed(people, limit=WHOLE_LIST, total=len(people))


def _person(row: Row[Any], viewer: Viewer) -> dict[str, Any]:
    return {
        "personId": row.personId,
        "givenName": row.givenName,
        "familyName": row.familyName,
        "login": None if viewer.is_key else row.login,
        "_metadata": {
            "sessions": row.sessions,
            "lastSession": row.lastSession,
            "role": row.role,
            "remote": None if row.remote is None else bool(row.remote),
        },
    }
