"""One watcher looks at one session, however many read along."""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from ..clock import local_now
from ..collections.state import state_of
from ..db.database import Database, Databases
from ..settings import LiveSettings
from . import queries

logger = logging.getLogger(__name__)

_IDS = {"robot": "robotActionId", "energyscan": "energyScanId", "spectrum": "xfeFluorescenceSpectrumId"}


@dataclass(frozen=True, slots=True)
class Change:
    """Something new or changed, as readers get it."""

    number: int
    event: str
    data: dict[str, Any]
    newest: int
    """The newest collection known at that moment: what a later watcher goes on from."""
    mark: str
    """Stands for the change where its number must not tell how many there were before."""


@dataclass
class _Seen:
    """What the last look found."""

    runs: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    rows: dict[str, dict[int, int]] = field(default_factory=dict)
    fresh: dict[int, tuple[int, int]] = field(default_factory=dict)


class Watcher:
    """Looks at a session in turns and remembers its latest changes."""

    def __init__(self, databases: Databases, settings: LiveSettings, session_id: int) -> None:
        self.session_id = session_id
        self.epoch = secrets.token_hex(4)
        self.readers = 0
        self.ready = asyncio.Event()
        self._databases = databases
        self._settings = settings
        self._seen = _Seen()
        self._changes: deque[Change] = deque(maxlen=settings.history)
        self._number = 0
        self._beginning = secrets.token_hex(8)
        self._newest = 0
        self._changed = asyncio.Condition()
        self._task = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """Stop looking."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    # -- what readers use

    def cursor(self, change: Change | None = None) -> str:
        """Where a reader stands after a change, or at this moment."""
        number, newest = (change.number, change.newest) if change else (self._number, self._newest)
        return f"{self.epoch}-{number}-{newest}"

    def blind_cursor(self, change: Change | None = None) -> str:
        """The same, told without numbers."""
        last = change or (self._changes[-1] if self._changes else None)
        return f"{self.epoch}-{last.mark if last else self._beginning}"

    def missed(self, cursor: str) -> Sequence[Change] | None:
        """The changes since a cursor, or None when it is not of this watcher or too old."""
        epoch, number = self._place_of(cursor)
        oldest = self._changes[0].number if self._changes else self._number + 1
        if epoch != self.epoch or number + 1 < oldest or number > self._number:
            return None
        return [change for change in self._changes if change.number > number]

    def _place_of(self, cursor: str) -> tuple[str, int]:
        """Watcher and number of a cursor of either kind; a mark that is not remembered is of no watcher."""
        epoch, _, mark = cursor.partition("-")
        if "-" in mark:
            return parse_cursor(cursor)[:2]
        if mark == self._beginning:
            return epoch, 0
        return next(((epoch, change.number) for change in self._changes if change.mark == mark), ("", 0))

    async def after(self, number: int, seconds: float) -> Sequence[Change]:
        """The changes after a number; none when nothing happens for so many seconds."""
        async with self._changed:
            try:
                async with asyncio.timeout(seconds):
                    await self._changed.wait_for(lambda: self._number > number)
            except TimeoutError:
                return []
        return [change for change in self._changes if change.number > number]

    @property
    def number(self) -> int:
        """Number of the latest change."""
        return self._number

    async def newer_collections(self, after: int) -> list[dict[str, Any]]:
        """Cards of collections made after one of them: for a reader whom no watcher remembers."""
        async with self._databases.read() as db:
            rows = await db.all(queries.newer_collections(self.session_id, after, self._settings.history))
            return await _cards(db, {row.dataCollectionId: "new" for row in rows})

    # -- looking

    async def _watch(self) -> None:
        while True:
            started = asyncio.get_running_loop().time()
            try:
                async with self._databases.read() as db:
                    found = await self._look(db)
                if found:
                    await self._tell(found)
                self.ready.set()
            except SQLAlchemyError as error:
                # The database may come back; what changed meanwhile is found by the next look.
                logger.warning("session %s could not be looked at: %s", self.session_id, type(error).__name__)
            spent = asyncio.get_running_loop().time() - started
            await asyncio.sleep(max(self._settings.poll_seconds - spent, spent, 0.05))

    async def _tell(self, found: list[tuple[str, dict[str, Any]]]) -> None:
        async with self._changed:
            for event, data in found:
                self._number += 1
                self._changes.append(Change(self._number, event, data, self._newest, secrets.token_hex(8)))
            self._changed.notify_all()

    async def _look(self, db: Database) -> list[tuple[str, dict[str, Any]]]:
        """What is new or changed since the last look; nothing at the first one."""
        first = not self._seen.rows
        rows = await db.all(queries.fingerprints(db.catalogue, self.session_id))
        runs = {(row.kind, row.run): (row.n, int(row.total or 0)) for row in rows}
        changed: dict[str, dict[int, str]] = {}
        for kind in queries.KINDS:
            touched = sorted(
                run
                for (of, run) in runs.keys() | self._seen.runs.keys()
                if of == kind and runs.get((of, run)) != self._seen.runs.get((of, run))
            )
            if touched or first:
                changed[kind] = await self._differences(db, kind, None if first else touched)
        self._seen.runs = runs
        found = [] if first else await self._describe(db, changed)
        return found + await self._look_at_fresh(db, set(changed.get("collection", ())), first=first)

    async def _differences(self, db: Database, kind: str, runs: list[int] | None) -> dict[int, str]:
        """Keys of rows that are new or changed, and which of both."""
        held = self._seen.rows.setdefault(kind, {})
        differences = {}
        for row in await db.all(queries.checksums(db.catalogue, self.session_id, kind, runs)):
            before = held.get(row.key)
            if before != row.checksum:
                differences[row.key] = "new" if before is None else "changed"
                held[row.key] = row.checksum
        if kind == "collection" and held:
            self._newest = max(held)
        return differences

    async def _describe(self, db: Database, changed: dict[str, dict[int, str]]) -> list[tuple[str, dict[str, Any]]]:
        found: list[tuple[str, dict[str, Any]]] = []
        for kind, keys in changed.items():
            if kind == "collection":
                found += [("collection", card) for card in await _cards(db, keys)]
            elif kind == "session":
                found += [("session", {"sessionId": key, "resync": False}) for key in keys]
            else:
                found += [(kind, {_IDS[kind]: key, "change": change}) for key, change in sorted(keys.items())]
        return found

    async def _look_at_fresh(self, db: Database, told: set[int], *, first: bool) -> list[tuple[str, dict[str, Any]]]:
        """Indicators, images, grids and files of the newest collections: written while they run."""
        newest = sorted(self._seen.rows.get("collection", ()), reverse=True)[: queries.FRESH]
        if not newest:
            return []
        found: list[tuple[str, dict[str, Any]]] = []
        again: dict[int, str] = {}
        seen: dict[int, tuple[int, int]] = {}
        for row in await db.all(queries.fresh(db.catalogue, newest)):
            before = self._seen.fresh.get(row.dataCollectionId, (0, 0))
            now = seen[row.dataCollectionId] = (row.indicators, int(row.belongings))
            if first or before == now:
                continue
            if now[0] != before[0]:
                found.append(("indicators", {"dataCollectionId": row.dataCollectionId, "images": now[0]}))
            if now[1] != before[1] and row.dataCollectionId not in told:
                again[row.dataCollectionId] = "changed"
        self._seen.fresh = seen
        return found + [("collection", card) for card in await _cards(db, again)]


async def _cards(db: Database, keys: dict[int, str]) -> list[dict[str, Any]]:
    """The few fields a card needs, of collections by their id."""
    if not keys:
        return []
    now = local_now()
    return [
        {
            "dataCollectionId": row.dataCollectionId,
            "dataCollectionGroupId": row.dataCollectionGroupId,
            "change": keys[row.dataCollectionId],
            "state": state_of(row.runStatus, row.startTime, row.endTime, now),
            "startTime": row.startTime,
            "endTime": row.endTime,
            "experimentType": row.experimentType,
            "imagePrefix": row.imagePrefix,
            "numberOfImages": row.numberOfImages,
            "blSampleId": row.blSampleId,
        }
        for row in await db.all(queries.collections(list(keys)))
    ]


def parse_cursor(cursor: str) -> tuple[str, int, int]:
    """Epoch, number and newest collection of a cursor; zeros for anything that is not one."""
    parts = cursor.split("-")
    if len(parts) == 3 and parts[1].isdecimal() and parts[2].isdecimal() and len(cursor) < 60:
        return parts[0], int(parts[1]), int(parts[2])
    return "", 0, 0


class Watchers:
    """The watchers of all watched sessions of this process."""

    def __init__(self, databases: Databases, settings: LiveSettings) -> None:
        self._databases = databases
        self._settings = settings
        self._watchers: dict[int, Watcher] = {}
        self._endings: set[asyncio.Task[None]] = set()

    @property
    def sessions(self) -> frozenset[int]:
        """The sessions being watched."""
        return frozenset(self._watchers)

    async def reading(self, session_id: int) -> AsyncIterator[Watcher]:
        """The watcher of a session while one reads; it lingers, so that a reader may come back."""
        watcher = self._watchers.get(session_id)
        if watcher is None:
            watcher = self._watchers[session_id] = Watcher(self._databases, self._settings, session_id)
        watcher.readers += 1
        try:
            await watcher.ready.wait()
            yield watcher
        finally:
            watcher.readers -= 1
            if watcher.readers == 0:
                ending = asyncio.create_task(self._linger(watcher))
                self._endings.add(ending)
                ending.add_done_callback(self._endings.discard)

    async def _linger(self, watcher: Watcher) -> None:
        await asyncio.sleep(self._settings.linger_seconds)
        if watcher.readers == 0 and self._watchers.get(watcher.session_id) is watcher:
            del self._watchers[watcher.session_id]
            await watcher.close()

    async def close(self) -> None:
        """Stop all of them."""
        for ending in self._endings:
            ending.cancel()
        await asyncio.gather(*self._endings, return_exceptions=True)
        for watcher in self._watchers.values():
            await watcher.close()
        self._watchers.clear()
