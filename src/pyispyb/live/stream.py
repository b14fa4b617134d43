"""A session's changes as server-sent events (WHATWG HTML, section 9.2)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from ..answers import to_json
from ..errors import IspybError
from ..settings import LiveSettings
from .watcher import Watcher, Watchers, parse_cursor

RETRY = b"retry: 2000\n\n"
HEARTBEAT = b": still here\n\n"

StillAllowed = Callable[[], Awaitable[None]]


def message(cursor: str, event: str, data: dict[str, Any]) -> bytes:
    """One event of the stream."""
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (cursor.encode(), event.encode(), to_json(data))


async def events(
    watchers: Watchers, settings: LiveSettings, session_id: int, last_event_id: str | None, still_allowed: StillAllowed
) -> AsyncIterator[bytes]:
    """The stream of one reader, from where it left off.

    It ends when `still_allowed` raises, which is asked as often as hearts beat, also while much happens.
    """
    async with asynccontextmanager(watchers.reading)(session_id) as watcher:
        yield RETRY
        number = watcher.number
        async for beginning in _beginning(watcher, session_id, last_event_id):
            yield beginning
        checked = monotonic()
        while True:
            changes = await watcher.after(number, settings.heartbeat_seconds)
            if monotonic() - checked >= settings.heartbeat_seconds:
                try:
                    await still_allowed()
                except IspybError:
                    return
                checked = monotonic()
            for change in changes:
                number = change.number
                yield message(watcher.cursor(change), change.event, change.data)
            if not changes:
                yield HEARTBEAT


async def _beginning(watcher: Watcher, session_id: int, last_event_id: str | None) -> AsyncIterator[bytes]:
    """What a reader missed; when nobody remembers it, the new collections and the word to load the rest again."""
    if last_event_id is None:
        yield message(watcher.cursor(), "session", {"sessionId": session_id, "resync": False})
        return
    missed = watcher.missed(last_event_id)
    if missed is not None:
        for change in missed:
            yield message(watcher.cursor(change), change.event, change.data)
        return
    cursor = watcher.cursor()
    for card in await watcher.newer_collections(parse_cursor(last_event_id)[2]):
        yield message(cursor, "collection", card)
    yield message(cursor, "session", {"sessionId": session_id, "resync": True})
