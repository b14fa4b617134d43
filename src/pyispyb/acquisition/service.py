"""Groups, collections and images as control software registers them while it measures."""

from typing import Any

from ..access import Viewer
from ..clock import local_now
from ..collections.favourites import is_favourite, with_words
from ..db.database import Database
from ..db.writes import insert_row, update_rows
from ..errors import Invalid
from ..proposals.sessions import writable_session
from ..tables import DataCollection, DataCollectionGroup, Image
from . import grids, queries, schemas
from .mapping import collection_values, experiment_type, group_values, has_ended, mesh
from .parents import (
    require_detector,
    require_sample,
    require_sub_wedge,
    require_workflow,
    writable_collection,
    writable_group,
)


async def create_group(db: Database, viewer: Viewer, sent: schemas.Group) -> dict[str, Any]:
    """Make a group of collections. Raises NotFound, Forbidden, Invalid."""
    session = await writable_session(db, viewer, sent.sessionId)
    await require_sample(db, viewer, session, sent.sample_id)
    await require_workflow(db, viewer, sent.workflowId)
    values = group_values(sent, local_now())
    written = await insert_row(db, DataCollectionGroup, values)
    return {
        "dataCollectionGroupId": written.key,
        **{name: values[name] for name in ("sessionId", "experimentType", "blSampleId", "workflowId")},
        "_metadata": {"notKept": list(written.not_kept)},
    }


async def store_collection(db: Database, viewer: Viewer, sent: schemas.Collection) -> dict[str, Any]:
    """Make a collection, or change the one that `collection_id` names. Raises NotFound, Forbidden, Invalid."""
    if sent.collection_id:
        return await _change_collection(db, viewer, sent, sent.collection_id)
    return await _create_collection(db, viewer, sent)


async def _create_collection(db: Database, viewer: Viewer, sent: schemas.Collection) -> dict[str, Any]:
    if not sent.group_id:
        raise Invalid.field("group_id", "a new collection needs its group; make one with datacollections/group")
    group = await writable_group(db, viewer, sent.group_id)
    await _require_consistent(db, viewer, sent, group)
    values = collection_values(sent)
    values["startTime"] = values["startTime"] or local_now()
    known = await db.scalar(queries.same_collection(sent.group_id, values)) if sent.collection_start_time else None
    if known is not None:
        # The same run of the same files begun at the same moment: the answer to its first sending got lost.
        return await _change_collection(db, viewer, sent, known)
    if has_ended(sent.status):
        values["endTime"] = values["endTime"] or local_now()
    written = await insert_row(
        db,
        DataCollection,
        {**values, "dataCollectionGroupId": sent.group_id, "sessionId": group.sessionId},
    )
    await _store_mesh(db, viewer, sent, written.key)
    return await _written(db, viewer, written.key, written.not_kept)


async def _store_mesh(db: Database, viewer: Viewer, sent: schemas.Collection, collection_id: int) -> None:
    found = mesh(sent.oscillation_sequence[0]) if sent.oscillation_sequence else None
    if found is None or experiment_type(sent.experiment_type) not in {"Mesh", "Mesh3D", None}:
        return
    across, down, width, height = found
    await grids.store_grid(
        db,
        viewer,
        schemas.GridInfo(dataCollectionId=collection_id, steps_x=across, steps_y=down, dx_mm=width, dy_mm=height),
    )


async def _change_collection(
    db: Database, viewer: Viewer, sent: schemas.Collection, collection_id: int
) -> dict[str, Any]:
    """Change what was sent; what was not sent stays."""
    before = await writable_collection(db, viewer, collection_id)
    if sent.group_id and sent.group_id != before.dataCollectionGroupId:
        await writable_group(db, viewer, sent.group_id)
        raise Invalid.field("group_id", "a collection stays in its group")
    await _require_consistent(db, viewer, sent, before)
    values = {name: value for name, value in collection_values(sent).items() if value is not None}
    if "comments" in values:
        said = values["comments"]
        values["comments"] = with_words(said, favourite=is_favourite(before.comments) or is_favourite(said))
    if has_ended(sent.status) and before.endTime is None:
        values.setdefault("endTime", local_now())
    not_kept = await update_rows(db, DataCollection, DataCollection.dataCollectionId == collection_id, values)
    if "endTime" in values:
        await update_rows(
            db,
            DataCollectionGroup,
            queries.group_end(before.dataCollectionGroupId, values["endTime"]),
            {"endTime": values["endTime"]},
        )
    return await _written(db, viewer, collection_id, not_kept)


async def _require_consistent(db: Database, viewer: Viewer, sent: schemas.Collection, parent: Any) -> None:
    if sent.sessionId and sent.sessionId != parent.sessionId:
        raise Invalid.field("sessionId", "is not the session of the group")
    start, end = sent.collection_start_time, sent.collection_end_time
    if start is not None and end is not None and end < start:
        raise Invalid.field("collection_end_time", "lies before collection_start_time")
    await require_sample(db, viewer, parent, sent.sample_id)
    await require_sub_wedge(db, viewer, sent.screening_sub_wedge_id)
    await require_detector(db, sent.detectorId)


async def _written(db: Database, viewer: Viewer, collection_id: int, not_kept: tuple[str, ...]) -> dict[str, Any]:
    row = await writable_collection(db, viewer, collection_id)
    return {
        "dataCollectionId": row.dataCollectionId,
        "dataCollectionGroupId": row.dataCollectionGroupId,
        "sessionId": row.sessionId,
        "runStatus": row.runStatus,
        "startTime": row.startTime,
        "endTime": row.endTime,
        "_metadata": {"notKept": list(not_kept)},
    }


async def store_image(db: Database, viewer: Viewer, sent: schemas.Image) -> dict[str, Any]:
    """Note an image of a collection; sent again, it is changed. Raises NotFound, Forbidden, Invalid."""
    await writable_collection(db, viewer, sent.dataCollectionId)
    values = sent.model_dump(exclude_unset=True)
    known = await db.scalar(queries.image(sent.dataCollectionId, sent.imageNumber))
    if known is None:
        written = await insert_row(db, Image, values)
        key, not_kept = written.key, written.not_kept
    else:
        key, not_kept = known, await update_rows(db, Image, Image.imageId == known, values)
    return {
        "imageId": key,
        "dataCollectionId": sent.dataCollectionId,
        "imageNumber": sent.imageNumber,
        "_metadata": {"notKept": list(not_kept)},
    }
