"""A session's changes as server-sent events (WHATWG HTML, section 9.2)."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from time import monotonic
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from ..answers import to_json
from ..errors import IspybError
from ..settings import LiveSettings
from .cursors import parse_cursor
from .reader import Reader
from .watcher import Change, Watcher

RETRY = b"retry: 2000\n\n"
HEARTBEAT = b": still here\n\n"


def message(cursor: str, event: str, data: dict[str, Any]) -> bytes:
    """One event of the stream."""
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (cursor.encode(), event.encode(), to_json(data))


async def events(
    watcher: Watcher, settings: LiveSettings, last_event_id: str | None, reader: Reader
) -> AsyncIterator[bytes]:
    """The stream of one reader, from where it left off.

    It ends when the reader's right does, which is asked as often as hearts beat, also while much happens.
    """
    await watcher.ready.wait()
    yield RETRY
    number = watcher.number
    async for beginning in _beginning(watcher, last_event_id, reader):
        yield beginning
    checked = sent = monotonic()
    while True:
        silence = settings.heartbeat_seconds - (monotonic() - sent)
        changes = await watcher.after(number, max(silence, 0.01))
        shown: Sequence[Change] = ()
        try:
            if monotonic() - checked >= settings.heartbeat_seconds:
                await reader.check()
                checked = monotonic()
            shown = await reader.seen(changes)
            number = changes[-1].number if changes else number
        except IspybError:
            return
        except SQLAlchemyError:
            # Nothing is told while nobody can say whether it may be; the database may come back.
            await asyncio.sleep(settings.poll_seconds)
        for change in shown:
            yield message(reader.cursor(watcher, change), change.event, change.data)
            sent = monotonic()
        if monotonic() - sent >= settings.heartbeat_seconds:
            yield HEARTBEAT
            sent = monotonic()


async def _beginning(watcher: Watcher, last_event_id: str | None, reader: Reader) -> AsyncIterator[bytes]:
    """What a reader missed; when nobody remembers it, the new collections and the word to load the rest again."""
    cursor = reader.cursor(watcher)
    if last_event_id is None:
        yield message(cursor, "session", {"sessionId": watcher.session_id, "resync": False})
        return
    missed = reader.missed(watcher, last_event_id)
    if missed is not None:
        for change in await reader.seen(missed):
            yield message(reader.cursor(watcher, change), change.event, change.data)
        return
    parsed = parse_cursor(last_event_id)
    if parsed and not reader.is_narrowed:
        for card in await watcher.newer_collections(parsed[2]):
            yield message(cursor, "collection", card)
    yield message(cursor, "session", {"sessionId": watcher.session_id, "resync": True})
