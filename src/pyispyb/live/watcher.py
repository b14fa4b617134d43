"""One watcher looks at one session, however many read along."""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from ..clock import local_now
from ..collections.state import state_of
from ..db.database import Database, Databases
from ..settings import LiveSettings
from ..tasks import told_to_end
from . import queries
from .cursors import Blind, is_blind, parse_cursor
from .progress import Progress

logger = logging.getLogger(__name__)

_GOLDEN = 0.618034
"""The golden section: its multiples lie far apart in a turn, whichever follow each other."""

_IDS = {"robot": "robotActionId", "energyscan": "energyScanId", "spectrum": "xfeFluorescenceSpectrumId"}


@dataclass(frozen=True, slots=True)
class Change:
    """Something new or changed, as readers get it."""

    number: int
    event: str
    data: dict[str, Any]
    newest: int
    """The newest collection known at that moment: what a later watcher goes on from."""


@dataclass
class _Seen:
    """What the last look found."""

    runs: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    rows: dict[str, dict[int, int]] = field(default_factory=dict)
    fresh: dict[int, tuple[int, int]] = field(default_factory=dict)


class Watcher:
    """Looks at a session, when it has one of the `turns`, and remembers its latest changes."""

    def __init__(self, databases: Databases, settings: LiveSettings, session_id: int, turns: asyncio.Semaphore) -> None:
        self.session_id = session_id
        self.epoch = secrets.token_hex(4)
        self.readers = 0
        self.longest_read = 0.0
        """How long the longest of the streams that ended was read [s]."""
        self.ready = asyncio.Event()
        self._databases = databases
        self._settings = settings
        self._turns = turns
        self._seen = _Seen()
        self._progress = Progress()
        self._changes: deque[Change] = deque(maxlen=settings.history)
        self._number = 0
        self._blind = Blind()
        self._newest = self._began = 0
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
        """The same as a word that tells nothing: another one each time, whether or not anything has happened."""
        return self._blind.mark(change.number if change else self._number)

    def missed(self, cursor: str) -> Sequence[Change] | None:
        """The changes since a cursor, or None when it is not of this watcher or too old."""
        number = self._number_of(cursor)
        oldest = self._changes[0].number if self._changes else self._number + 1
        if number is None or number + 1 < oldest or number > self._number:
            return None
        return [change for change in self._changes if change.number > number]

    def _number_of(self, cursor: str) -> int | None:
        """The number in a cursor of either kind; None in one of another watcher."""
        if is_blind(cursor):
            return self._blind.number(cursor)
        parsed = parse_cursor(cursor)
        return parsed[1] if parsed and parsed[0] == self.epoch else None

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
        # Watchers that began at one moment do not go on looking at one.
        period = self._settings.poll_seconds
        pause = period * (self.session_id * _GOLDEN % 1)
        while not told_to_end():
            async with self._turns:
                spent = await self._look_and_tell()
                # Before somebody else has the turn: however many are watched, others are served half of the time.
                kept = min(spent, period)
                await asyncio.sleep(kept)
            await asyncio.sleep(max(pause - spent - kept, spent - kept, 0.05))
            pause = period

    async def _look_and_tell(self) -> float:
        """Look once; answers how long it took [s]."""
        started = monotonic()
        try:
            async with self._databases.read() as db:
                found = await self._look(db)
            if found:
                await self._tell(found)
            self.ready.set()
        except SQLAlchemyError as error:
            # The database may come back; what changed meanwhile is found by the next look.
            logger.warning("session %s could not be looked at: %s", self.session_id, type(error).__name__)
        return monotonic() - started

    async def _tell(self, found: list[tuple[str, dict[str, Any]]]) -> None:
        async with self._changed:
            for event, data in found:
                self._number += 1
                self._changes.append(Change(self._number, event, data, self._newest))
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
        found += await self._look_at_fresh(db, set(changed.get("collection", ())), first=first)
        if first:
            self._began = self._newest
        some = self._progress.turn(self._newest_collections(queries.OLDEST))
        return found + await self._progress.look(db, some, self._began)

    def _newest_collections(self, count: int) -> list[int]:
        return sorted(self._seen.rows.get("collection", ()), reverse=True)[:count]

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
        newest = self._newest_collections(queries.FRESH)
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
