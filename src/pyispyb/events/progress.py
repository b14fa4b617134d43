"""How far sessions are: what was collected, and what has become of it."""

from collections.abc import Sequence
from typing import Any

from ..access import Viewer
from ..clock import local_now
from ..collections import state
from ..db.database import Database
from ..processing import programs
from ..processing.standing import STANDINGS, standing_of
from ..tables import BLSession
from . import progress_queries, queries


async def progress_of(db: Database, viewer: Viewer, session_ids: Sequence[int]) -> list[dict[str, Any]]:
    """How far those of the sessions are that the viewer sees, in the order of their keys: two statements."""
    seen = await db.all(queries.chosen_sessions_with_sight(viewer, [BLSession.sessionId.in_(session_ids)]))
    if not seen:
        return []
    narrowed = None if all(row.whole for row in seen) else viewer
    found = {key: _nothing(key) for key in sorted(row.sessionId for row in seen)}
    statement = progress_queries.progress(db.catalogue, viewer, narrowed)
    now = local_now()
    given_up = {"given_up": now - programs.GIVEN_UP, "stopped_before": now - state.GIVEN_UP}
    for row in await db.all(statement, {"ids": list(found), **given_up}):
        _count(found[row.sessionId], row)
    return list(found.values())


def _count(session: dict[str, Any], row: Any) -> None:
    """Add a row of `progress_queries.progress` to what is told of its session."""
    if row.what in ("searched", "withCrystal"):
        session[row.what] = row.n
    elif row.what != "nothing":
        session["collections"] += row.n
        standing = standing_of(int(row.runs)) if row.what == "processed" else None
        if standing is not None:
            session["processing"][standing] += row.n
        elif row.what == "unprocessed":
            session["processing"]["none"] += row.n


def _nothing(session_id: int) -> dict[str, Any]:
    """A session in which nothing was collected yet."""
    processing = dict.fromkeys((*STANDINGS, "none"), 0)
    return {"sessionId": session_id, "collections": 0, "processing": processing, "searched": 0, "withCrystal": 0}
