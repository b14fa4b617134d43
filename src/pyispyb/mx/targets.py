"""What a write about a crystal goes to: a group of collections that the key sees, on a beamline of it."""

from typing import Any

from sqlalchemy import Row

from ..access import Viewer, require_beamline
from ..db.database import Database
from ..errors import Invalid, NotFound
from ..proposals.names import session_name
from . import target_queries as queries


async def writable_group(db: Database, viewer: Viewer, group_id: int) -> Row[Any]:
    """A group that the key may write about, with its first collection. Raises NotFound, Forbidden."""
    missing = NotFound.of("data collection group", group_id)
    row = await db.one(queries.group_to_write(viewer, group_id), missing)
    require_beamline(viewer, session_name(row) or str(row.sessionId), row.beamLineName)
    return row


async def group_of_target(db: Database, viewer: Viewer, collection_id: int | None, group_id: int | None) -> Row[Any]:
    """The writable group of a collection, or the one that is named. Raises NotFound, Forbidden, Invalid."""
    if collection_id is None:
        assert group_id is not None
        return await writable_group(db, viewer, group_id)
    found = await db.scalar(queries.group_of(collection_id))
    missing = NotFound.of("data collection", collection_id)
    if found is None:
        raise missing
    row = await db.first(queries.group_to_write(viewer, found))
    if row is None:
        raise missing
    require_beamline(viewer, session_name(row) or str(row.sessionId), row.beamLineName)
    if group_id is not None and group_id != row.dataCollectionGroupId:
        raise Invalid.field("dataCollectionGroupId", "is not the group of the collection")
    return row
