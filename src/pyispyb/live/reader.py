"""Who reads a stream: whether they still may, and which of a session's changes are theirs to know of."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

from ..access import Viewer
from ..db.database import Database, Databases
from ..mx.workflows import queries as workflows_of
from ..processing import queries as processing
from ..proposals.sessions import session_head
from ..reprocessing import queries as reprocessing
from ..tables import DataCollection, EnergyScan, RobotAction, XFEFluorescenceSpectrum
from ..tables.base import Base
from . import queries
from .cursors import is_blind
from .watcher import Change, Watcher

Recognise = Callable[[Database], Awaitable[Viewer]]
"""Who holds the reader's token at this moment. Raises Unauthenticated."""

_WHAT: dict[str, tuple[type[Base], str]] = {
    "collection": (DataCollection, "dataCollectionId"),
    "indicators": (DataCollection, "dataCollectionId"),
    "processing": (DataCollection, "dataCollectionId"),
    "reprocessing": (DataCollection, "dataCollectionId"),
    "screening": (DataCollection, "dataCollectionId"),
    "workflow": (DataCollection, "dataCollectionId"),
    "centring": (DataCollection, "dataCollectionId"),
    "robot": (RobotAction, "robotActionId"),
    "energyscan": (EnergyScan, "energyScanId"),
    "spectrum": (XFEFluorescenceSpectrum, "xfeFluorescenceSpectrumId"),
}
_ON_SEVERAL = {"processing": "autoProcProgramId", "workflow": "workflowId", "reprocessing": "processingJobId"}


class Reader:
    """One reader of a session's stream.

    Where several laboratories share the proposal, a reader may see the session and only a part of what happens in it.
    """

    def __init__(self, databases: Databases, session_id: int, viewer: Viewer, recognise: Recognise) -> None:
        self._databases = databases
        self._session_id = session_id
        self._viewer = viewer
        self._recognise = recognise

    @property
    def is_narrowed(self) -> bool:
        """True when changes may have to be kept from the reader."""
        return self._viewer.is_narrowed

    async def check(self) -> None:
        """Read again what the reader holds. Raises Unauthenticated, or NotFound for a session no longer theirs."""
        async with self._databases.read() as db:
            viewer = await self._recognise(db)
            await session_head(db, viewer, self._session_id)
        self._viewer = viewer

    async def seen(self, changes: Sequence[Change]) -> Sequence[Change]:
        """Those of the changes that the reader may know of."""
        if not self.is_narrowed or not changes:
            return changes
        asked: dict[type[Base], set[int]] = defaultdict(set)
        for change in changes:
            if change.event in _WHAT:
                table, key = _WHAT[change.event]
                asked[table].add(change.data[key])
        async with self._databases.read() as db:
            shown = {
                table: {row[0] for row in await db.all(queries.visible_keys(self._viewer, table, keys))}
                for table, keys in asked.items()
            }
            runs = await self._runs(db, changes, shown.get(DataCollection, set()))
            workflows = await self._workflows(db, changes)
            requests = await self._requests(db, changes)
        parts = {"processing": runs, "workflow": workflows, "reprocessing": requests}
        return [change for change in changes if _is_shown(change, shown, parts)]

    async def _runs(self, db: Database, changes: Sequence[Change], collections: set[int]) -> set[int]:
        """Runs of processing among the changes of which the reader sees every collection."""
        if not collections or not any(change.event == "processing" for change in changes):
            return set()
        rows = await db.all(processing.runs(db.catalogue, self._viewer), {"ids": list(collections)})
        return {row.autoProcProgramId for row in rows}

    async def _workflows(self, db: Database, changes: Sequence[Change]) -> set[int]:
        """Workflows among the changes of which the reader sees every group of collections."""
        told = {change.data["workflowId"] for change in changes if change.event == "workflow"}
        rows = await db.all(workflows_of.seen_of(db.catalogue, self._viewer, told)) if told else ()
        return {row.workflowId for row in rows}

    async def _requests(self, db: Database, changes: Sequence[Change]) -> set[int]:
        """Requests for reprocessing among the changes of which the reader sees every collection."""
        told = {change.data["processingJobId"] for change in changes if change.event == "reprocessing"}
        rows = await db.all(reprocessing.seen_of(db.catalogue, self._viewer, told)) if told else ()
        return {row.processingJobId for row in rows}

    def missed(self, watcher: Watcher, cursor: str) -> Sequence[Change] | None:
        """The changes since a cursor, whoever may see them; None when it cannot be told, or must not be.

        A number that was guessed would tell a reader whether there were so many changes.
        """
        return watcher.missed(cursor) if is_blind(cursor) or not self.is_narrowed else None

    def cursor(self, watcher: Watcher, change: Change | None = None) -> str:
        """Where the reader stands; it counts nothing for a reader from whom something may be kept."""
        return watcher.blind_cursor(change) if self.is_narrowed else watcher.cursor(change)


def _is_shown(change: Change, shown: dict[type[Base], set[int]], parts: dict[str, set[int]]) -> bool:
    """Whether its row is shown; of what may be on several collections, all of them have to be."""
    if change.event not in _WHAT:
        return True
    if change.event in parts and change.data[_ON_SEVERAL[change.event]] not in parts[change.event]:
        return False
    table, key = _WHAT[change.event]
    return change.data[key] in shown[table]
