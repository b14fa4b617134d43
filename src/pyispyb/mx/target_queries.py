"""SQL of what writes about crystals go to."""

from sqlalchemy import func, select

from ..access import Viewer, visible_one
from ..db.typing import AnySelect
from ..proposals.measured import SESSION, in_session
from ..tables import DataCollection, DataCollectionGroup


def group_to_write(viewer: Viewer, group_id: int) -> AnySelect:
    """A visible group with its first collection and where it was measured."""
    first = (
        select(func.min(DataCollection.dataCollectionId))
        .where(DataCollection.dataCollectionGroupId == DataCollectionGroup.dataCollectionGroupId)
        .scalar_subquery()
    )
    statement = select(
        DataCollectionGroup.dataCollectionGroupId,
        DataCollectionGroup.blSampleId,
        first.label("dataCollectionId"),
        *SESSION,
    )
    return in_session(statement).where(
        DataCollectionGroup.dataCollectionGroupId == group_id, visible_one(viewer, DataCollectionGroup)
    )


def group_of(collection_id: int) -> AnySelect:
    """The group of a collection."""
    return select(DataCollection.dataCollectionGroupId).where(DataCollection.dataCollectionId == collection_id)
