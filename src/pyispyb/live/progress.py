"""How far what is made of a session's collections is: runs, requests for them, and what is found of crystals."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from ..clock import local_now
from ..db.database import Database
from ..mx import progress as crystals
from ..processing import queries as processing
from ..processing.programs import state_of
from ..reprocessing import queries as reprocessing
from ..reprocessing.state import job_state
from . import queries


class _Standing(NamedTuple):
    """How far one thing is."""

    event: str
    key: int
    mark: tuple[object, ...]
    """Another one as soon as it got further."""
    data: dict[str, Any]
    """What is told of it, with one of its collections."""


class Progress:
    """Remembers how far everything was at the last look."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int], tuple[object, ...]] = {}
        self._looked: set[int] = set()
        self._oldest_looked: int | None = None

    def turn(self, newest: list[int]) -> list[int]:
        """Which of these collections to look at now: all at first, then the newest ones and some of those behind."""
        if not self._looked:
            return newest
        always, behind = newest[: queries.PROCESSED], newest[queries.PROCESSED :]
        last = self._oldest_looked
        some = [key for key in behind if last is None or key < last][: queries.OLDER]
        self._oldest_looked = some[-1] if len(some) == queries.OLDER else None
        return always + some

    async def look(self, db: Database, collections: list[int], made_after: int) -> list[tuple[str, dict[str, Any]]]:
        """What is new, or got further, on these collections: three statements.

        Nothing of a collection that is looked at for the first time, unless it was made after that one.
        """
        if not collections:
            return []
        told = []
        standings = [
            *await _runs(db, collections),
            *await _crystals(db, collections),
            *await _requests(db, collections),
        ]
        for each in standings:
            before = self._seen.get((each.event, each.key))
            on = each.data["dataCollectionId"]
            if before != each.mark and (before is not None or on in self._looked or on > made_after):
                told.append((each.event, {**each.data, "change": "new" if before is None else "changed"}))
            self._seen[each.event, each.key] = each.mark
        self._looked.update(collections)
        return told


def _each_once(standings: Iterable[_Standing]) -> list[_Standing]:
    """What is on several collections is told with the newest of them."""
    found = {(each.event, each.key): each for each in sorted(standings, key=lambda each: each.data["dataCollectionId"])}
    return [found[key] for key in sorted(found)]


async def _runs(db: Database, collections: list[int]) -> list[_Standing]:
    now = local_now()
    standings = []
    for row in await db.all(processing.states(db.catalogue), {"ids": collections}):
        state = state_of(row.processingStatus, row.processingStartTime, row.processingEndTime, now)
        data = {"autoProcProgramId": row.program, "dataCollectionId": row.dataCollectionId, "state": state}
        standings.append(_Standing("processing", row.program, (state, row.made), data))
    return _each_once(standings)


async def _crystals(db: Database, collections: list[int]) -> list[_Standing]:
    """Characterisations, workflows and X-ray centring."""
    return _each_once(
        _Standing(
            row.kind,
            row.key,
            (int(row.mark),),
            {crystals.KEYS[row.kind]: row.key, "dataCollectionId": row.dataCollectionId},
        )
        for row in await db.all(crystals.progress(db.catalogue), {"ids": collections})
    )


async def _requests(db: Database, collections: list[int]) -> list[_Standing]:
    """What people asked to be processed once more."""
    now = local_now()
    standings = []
    for row in await db.all(reprocessing.progress(db.catalogue), {"ids": collections}):
        run = None
        if row.run is not None:
            run = state_of(row.processingStatus, row.processingStartTime, row.processingEndTime, now)
        state = job_state(row, run)
        data = {"processingJobId": row.job, "dataCollectionId": row.dataCollectionId, "state": state}
        standings.append(_Standing("reprocessing", row.job, (state, row.run), data))
    return _each_once(standings)
