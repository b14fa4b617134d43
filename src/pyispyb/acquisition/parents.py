"""What a write goes to: it must be visible, on a beamline of the key, and of the same proposal."""

from typing import Any

from ..access import Viewer, require_beamline
from ..db.database import Database
from ..db.typing import AnySelect
from ..errors import Invalid, NotFound
from ..proposals.names import session_name
from ..tables import DataCollectionGroup
from . import queries


async def _found(db: Database, statement: AnySelect, key: int, missing: NotFound) -> Any:
    rows = await db.rows(statement, {"id": key})
    if not rows:
        raise missing
    return rows[0]


def _require(viewer: Viewer, row: Any) -> Any:
    require_beamline(viewer, session_name(row) or str(row.sessionId), row.beamLineName)
    return row


async def writable_group(db: Database, viewer: Viewer, group_id: int) -> Any:
    """A group the key may add to. Raises NotFound, Forbidden."""
    missing = NotFound.of("data collection group", group_id)
    return _require(viewer, await _found(db, queries.group(viewer), group_id, missing))


async def writable_collection(db: Database, viewer: Viewer, collection_id: int) -> Any:
    """A collection the key may change. Raises NotFound, Forbidden."""
    missing = NotFound.of("data collection", collection_id)
    return _require(viewer, await _found(db, queries.collection(viewer), collection_id, missing))


async def writable_energy_scan(db: Database, viewer: Viewer, scan_id: int) -> Any:
    """An energy scan the key may change. Raises NotFound, Forbidden."""
    return _require(viewer, await db.one(queries.energy_scan(viewer, scan_id), NotFound.of("energy scan", scan_id)))


async def require_sample(db: Database, viewer: Viewer, session: Any, sample_id: int | None) -> None:
    """A sample measured in a session belongs to the session's proposal, and the key sees it: what is measured on a
    beamline is shown to its key. Raises Invalid, whatever the reason."""
    if sample_id is None:
        return
    wanted = {"id": sample_id, "proposal": session.proposalId}
    if not await db.rows(queries.sample_of_proposal(viewer), wanted):
        raise Invalid.field(
            "blSampleId", f"no sample {sample_id} in proposal {session.proposalCode}{session.proposalNumber}"
        )


async def require_workflow(db: Database, viewer: Viewer, workflow_id: int | None) -> None:
    """A workflow that nothing was measured with yet, or something that the key sees. Raises Invalid for any other."""
    if workflow_id is None or not db.catalogue.has(DataCollectionGroup.workflowId):
        return
    if await db.first(queries.usable_workflow(viewer, workflow_id)) is None:
        raise Invalid.field("workflowId", f"no workflow {workflow_id}")


async def require_sub_wedge(db: Database, viewer: Viewer, sub_wedge_id: int | None) -> None:
    """A sub-wedge of a strategy for a collection that the key sees. Raises Invalid for any other."""
    if sub_wedge_id is not None and await db.first(queries.visible_sub_wedge(viewer, sub_wedge_id)) is None:
        raise Invalid.field("screening_sub_wedge_id", f"no sub-wedge {sub_wedge_id}")


async def require_detector(db: Database, detector_id: int | None) -> None:
    """Raises Invalid for an unknown detector."""
    if detector_id is not None and await db.first(queries.detector(detector_id)) is None:
        raise Invalid.field("detectorId", f"no detector {detector_id}")
