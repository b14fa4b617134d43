"""What a write goes to: it must be visible, on a beamline of the key, and of the same proposal."""

from typing import Any

from sqlalchemy import Row

from ..access import Viewer, require_beamline
from ..db.database import Database
from ..errors import Invalid, NotFound
from ..proposals.names import session_name
from . import queries


def _require(viewer: Viewer, row: Row[Any]) -> Row[Any]:
    require_beamline(viewer, session_name(row) or str(row.sessionId), row.beamLineName)
    return row


async def writable_group(db: Database, viewer: Viewer, group_id: int) -> Row[Any]:
    """A group the key may add to. Raises NotFound, Forbidden."""
    return _require(
        viewer, await db.one(queries.group(viewer, group_id), NotFound.of("data collection group", group_id))
    )


async def writable_collection(db: Database, viewer: Viewer, collection_id: int) -> Row[Any]:
    """A collection the key may change. Raises NotFound, Forbidden."""
    return _require(
        viewer, await db.one(queries.collection(viewer, collection_id), NotFound.of("data collection", collection_id))
    )


async def writable_energy_scan(db: Database, viewer: Viewer, scan_id: int) -> Row[Any]:
    """An energy scan the key may change. Raises NotFound, Forbidden."""
    return _require(viewer, await db.one(queries.energy_scan(viewer, scan_id), NotFound.of("energy scan", scan_id)))


async def require_sample(db: Database, session: Row[Any], sample_id: int | None) -> None:
    """A sample measured in a session belongs to the session's proposal. Raises Invalid, whatever the reason."""
    if sample_id is None:
        return
    if await db.first(queries.sample_of_proposal(sample_id, session.proposalId)) is None:
        raise Invalid.field(
            "blSampleId", f"no sample {sample_id} in proposal {session.proposalCode}{session.proposalNumber}"
        )


async def require_detector(db: Database, detector_id: int | None) -> None:
    """Raises Invalid for an unknown detector."""
    if detector_id is not None and await db.first(queries.detector(detector_id)) is None:
        raise Invalid.field("detectorId", f"no detector {detector_id}")
