"""What just happened, pushed."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.responses import StreamingResponse

from ..access import Viewer
from ..auth import service as auth
from ..auth.dependencies import Reader, bearer
from ..db.database import Database
from ..db.dependencies import Connected, Db
from ..dependencies import Configured
from ..keys import LARGEST_KEY
from ..proposals.sessions import session_head
from .reader import Reader as Sight
from .stream import events

router = APIRouter(tags=["Live"])

STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
        "description": "Events `collection`, `robot`, `energyscan`, `spectrum`, `indicators`, `session`",
    }
}


@router.get("/sessions/{sessionId}/live", operation_id="watch_session", responses=STREAM)
async def watch_session(
    sessionId: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key")],
    viewer: Reader,
    db: Db,
    connected: Connected,
    settings: Configured,
    request: Request,
    last_event_id: Annotated[str | None, Header(max_length=60, description="`id` of the last event received")] = None,
) -> Response:
    """New and changed collections of a session as server-sent events, within two seconds.

    `id` is a cursor: a reader who comes back with it as `Last-Event-ID` misses nothing. `resync: true` asks to load
    the session again, because more happened than is remembered. A comment every 15 seconds keeps the line open.
    """
    await session_head(db, viewer, sessionId)
    token = bearer(request)

    async def recognise(later: Database) -> Viewer:
        return await auth.viewer_of(later, settings, token)

    reader = Sight(connected, sessionId, viewer, recognise)
    stream = events(request.app.state.watchers, settings.live, sessionId, last_event_id, reader)
    return StreamingResponse(
        stream, media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
