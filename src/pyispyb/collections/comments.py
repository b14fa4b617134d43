"""Remarks of people on collections and on their groups."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row

from ..access import Action, Viewer, decision_of, reasons_of, require
from ..audit import Origin, record
from ..db.database import Database
from ..db.writes import update_rows
from ..errors import NotFound
from ..etags import etag_of, require_match
from ..tables import DataCollection, DataCollectionGroup
from ..tables.base import Base
from . import queries
from .schemas import CommentChange
from .service import read_collection


@dataclass(frozen=True, slots=True)
class _Remarked:
    """What a remark is about: its words and its place."""

    what: str
    table: type[Base]
    key: ColumnElement[Any]


_COLLECTION = _Remarked("data collection", DataCollection, DataCollection.dataCollectionId.expression)
_GROUP = _Remarked("data collection group", DataCollectionGroup, DataCollectionGroup.dataCollectionGroupId.expression)


def comment_etag(comments: str | None) -> str:
    """The tag of what carries this remark."""
    return etag_of({"comments": comments})


async def comment_collection(
    db: Database, viewer: Viewer, origin: Origin, collection_id: int, change: CommentChange, if_match: str | None
) -> dict[str, Any]:
    """Write or clear the remark on a collection. Raises NotFound, Forbidden, ChangedMeanwhile, Invalid."""
    await _comment(db, viewer, origin, _COLLECTION, collection_id, change, if_match)
    return await read_collection(db, viewer, collection_id)


async def comment_group(
    db: Database, viewer: Viewer, origin: Origin, group_id: int, change: CommentChange, if_match: str | None
) -> dict[str, Any]:
    """Write or clear the remark on a group. Raises NotFound, Forbidden, ChangedMeanwhile, Invalid."""
    await _comment(db, viewer, origin, _GROUP, group_id, change, if_match)
    return await read_group(db, viewer, group_id)


async def _comment(
    db: Database,
    viewer: Viewer,
    origin: Origin,
    remarked: _Remarked,
    key: int,
    change: CommentChange,
    if_match: str | None,
) -> None:
    missing = NotFound.of(remarked.what, key)
    found: Row[Any] = await db.one(queries.to_comment(viewer, remarked.table, remarked.key, key), missing)
    require(decision_of(viewer, Action.COMMENT, remarked.table, reasons_of(viewer, remarked.table, found)), missing)
    require_match(if_match, comment_etag(found.comments))
    if change.comments == found.comments:
        return
    await update_rows(db, remarked.table, remarked.key == key, {"comments": change.comments})
    await record(
        db, origin, "collection.comment", remarked.table.__name__, key, old=found.comments, new=change.comments
    )


async def read_group(db: Database, viewer: Viewer, group_id: int) -> dict[str, Any]:
    """One group with what is said of all its collections. Raises NotFound."""
    row = await db.one(queries.group(viewer, group_id), NotFound.of("data collection group", group_id))
    return dict(row._mapping)
