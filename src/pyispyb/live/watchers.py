"""The watchers of one process: how many there may be, who may read along, and how long they stay."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from ..db.database import Databases
from ..errors import TooManyStreams, TooManyWatched
from ..settings import LiveSettings
from .watcher import Watcher

SHORTEST_LINGER = 5.0
"""A stream that broke is opened again two seconds later, and finds its watcher [s]."""


class Watchers:
    """The watchers of all watched sessions of this process."""

    def __init__(self, databases: Databases, settings: LiveSettings) -> None:
        self._databases = databases
        self._settings = settings
        self._turns = asyncio.Semaphore(settings.looks_at_once)
        self._watchers: dict[int, Watcher] = {}
        self._streams: Counter[str] = Counter()
        self._lingering: dict[int, asyncio.TimerHandle] = {}
        self._endings: set[asyncio.Task[None]] = set()

    @property
    def sessions(self) -> frozenset[int]:
        """The sessions being watched."""
        return frozenset(self._watchers)

    @contextmanager
    def reading(self, subject: str, session_id: int) -> Iterator[Watcher]:
        """The watcher of a session while somebody reads; it lingers, so that a reader may come back.

        Raises TooManyStreams where the reader has too many already, TooManyWatched where no more can be watched.
        """
        if self._streams[subject] >= self._settings.streams_per_viewer:
            raise TooManyStreams(f"You have {self._streams[subject]} live streams open, and may have no more at once.")
        watcher = self._watcher(session_id)
        self._streams[subject] += 1
        watcher.readers += 1
        began = monotonic()
        try:
            yield watcher
        finally:
            self._streams -= Counter((subject,))
            watcher.readers -= 1
            watcher.longest_read = max(watcher.longest_read, monotonic() - began)
            if watcher.readers == 0 and self._watchers.get(session_id) is watcher:
                self._linger(watcher)

    def _watcher(self, session_id: int) -> Watcher:
        if ending := self._lingering.pop(session_id, None):
            ending.cancel()
        watcher = self._watchers.get(session_id)
        if watcher is None:
            if len(self._watchers) >= self._settings.watchers:
                self._make_room()
            watcher = Watcher(self._databases, self._settings, session_id, self._turns)
            self._watchers[session_id] = watcher
        return watcher

    def _make_room(self) -> None:
        """End the watcher that nobody has read for longest. Raises TooManyWatched where all of them are read."""
        if not self._lingering:
            raise TooManyWatched("Too many sessions are being watched at this moment. Try again in a while.")
        self._end(next(iter(self._lingering)))

    def _linger(self, watcher: Watcher) -> None:
        """As long as somebody has read: one who looked in for a moment keeps nothing going for minutes."""
        seconds = min(self._settings.linger_seconds, max(watcher.longest_read, SHORTEST_LINGER))
        loop = asyncio.get_running_loop()
        self._lingering[watcher.session_id] = loop.call_later(seconds, self._end, watcher.session_id)

    def _end(self, session_id: int) -> None:
        self._lingering.pop(session_id).cancel()
        ending = asyncio.create_task(self._watchers.pop(session_id).close())
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    async def close(self) -> None:
        """Stop all of them."""
        for timer in self._lingering.values():
            timer.cancel()
        self._lingering.clear()
        await asyncio.gather(*self._endings, *(watcher.close() for watcher in self._watchers.values()))
        self._watchers.clear()
