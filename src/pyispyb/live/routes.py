"""What just happened, pushed."""

from collections.abc import AsyncIterator
from contextlib import ExitStack
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Request, Response
from fastapi.responses import StreamingResponse

from ..access import Viewer
from ..auth import service as auth
from ..auth.dependencies import Reader, bearer
from ..db.database import Database
from ..db.dependencies import Connected, Db
from ..dependencies import Configured
from ..keys import LARGEST_KEY
from ..problems import Problem
from ..proposals.sessions import session_head
from ..routers import Router
from .reader import Reader as Sight
from .stream import events

router = Router(tags=["Live"])

STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
        "description": "Events `collection`, `robot`, `energyscan`, `spectrum`, `indicators`, `processing`, "
        "`reprocessing`, `screening`, `workflow`, `centring`, `session`",
    },
    429: {"model": Problem, "description": "The viewer has too many streams open"},
    503: {"model": Problem, "description": "Too many sessions are being watched, or the database does not answer"},
}


async def _until_sent() -> AsyncIterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


UntilSent = Annotated[ExitStack, Depends(_until_sent, scope="request")]
"""Holds what a stream needs until its last word is sent, or its reader has gone."""


@router.get("/sessions/{sessionId}/live", operation_id="watch_session", responses=STREAM)
async def watch_session(
    sessionId: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key")],
    viewer: Reader,
    db: Db,
    connected: Connected,
    settings: Configured,
    request: Request,
    held: UntilSent,
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

    watcher = held.enter_context(request.app.state.watchers.reading(viewer.subject, sessionId))
    reader = Sight(connected, sessionId, viewer, recognise)
    stream = events(watcher, settings.live, last_event_id, reader)
    return StreamingResponse(
        stream, media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
