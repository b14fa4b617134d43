"""How far what is made of a session's newest collections is: runs, requests for them, and what is found of crystals."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from ..clock import local_now
from ..db.database import Database
from ..mx import progress as crystals
from ..processing import queries as processing
from ..processing.programs import state_of
from ..reprocessing import queries as reprocessing
from ..reprocessing.state import job_state


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

    async def look(self, db: Database, newest: list[int], *, first: bool) -> list[tuple[str, dict[str, Any]]]:
        """What is new, or got further, on these collections: three statements; nothing at the first look."""
        if not newest:
            return []
        standings = [*await _runs(db, newest), *await _crystals(db, newest), *await _requests(db, newest)]
        seen = {(each.event, each.key): each.mark for each in standings}
        told = [
            (each.event, {**each.data, "change": "changed" if (each.event, each.key) in self._seen else "new"})
            for each in standings
            if self._seen.get((each.event, each.key)) != each.mark
        ]
        self._seen = seen
        return [] if first else told


def _each_once(standings: Iterable[_Standing]) -> list[_Standing]:
    """What is on several collections is told with the newest of them."""
    found = {(each.event, each.key): each for each in sorted(standings, key=lambda each: each.data["dataCollectionId"])}
    return [found[key] for key in sorted(found)]


async def _runs(db: Database, newest: list[int]) -> list[_Standing]:
    now = local_now()
    standings = []
    for row in await db.all(processing.states(db.catalogue), {"ids": newest}):
        state = state_of(row.processingStatus, row.processingStartTime, row.processingEndTime, now)
        data = {"autoProcProgramId": row.program, "dataCollectionId": row.dataCollectionId, "state": state}
        standings.append(_Standing("processing", row.program, (state, row.made), data))
    return _each_once(standings)


async def _crystals(db: Database, newest: list[int]) -> list[_Standing]:
    """Characterisations, workflows and X-ray centring."""
    return _each_once(
        _Standing(
            row.kind,
            row.key,
            (int(row.mark),),
            {crystals.KEYS[row.kind]: row.key, "dataCollectionId": row.dataCollectionId},
        )
        for row in await db.all(crystals.progress(db.catalogue), {"ids": newest})
    )


async def _requests(db: Database, newest: list[int]) -> list[_Standing]:
    """What people asked to be processed once more."""
    now = local_now()
    standings = []
    for row in await db.all(reprocessing.progress(db.catalogue), {"ids": newest}):
        run = None
        if row.run is not None:
            run = state_of(row.processingStatus, row.processingStartTime, row.processingEndTime, now)
        state = job_state(row, run)
        data = {"processingJobId": row.job, "dataCollectionId": row.dataCollectionId, "state": state}
        standings.append(_Standing("reprocessing", row.job, (state, row.run), data))
    return _each_once(standings)
