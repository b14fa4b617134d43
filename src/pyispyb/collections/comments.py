"""Remarks of people on collections and on their groups."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row

from ..access import Action, Viewer, decision_of, reasons_of, require
from ..audit import Action as Audited
from ..audit import Origin, record
from ..db.database import Database
from ..db.writes import update_rows
from ..errors import NotFound
from ..etags import etag_of, require_match
from ..tables import DataCollection, DataCollectionGroup
from ..tables.base import Base
from . import queries
from .favourites import is_favourite, with_words, words_of
from .schemas import CollectionChange, CommentChange
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
    db: Database, viewer: Viewer, origin: Origin, collection_id: int, change: CollectionChange, if_match: str | None
) -> dict[str, Any]:
    """Change the remark on a collection, and whether it is a favourite.

    Raises NotFound, Forbidden, ChangedMeanwhile, Invalid.
    """
    found = await _remark_on(db, viewer, _COLLECTION, collection_id)
    before, was_favourite = words_of(found), is_favourite(found)
    words, favourite = before, was_favourite if change.favourite is None else change.favourite
    if "comments" in change.model_fields_set:
        require_match(if_match, comment_etag(before))
        words = words_of(change.comments)
        favourite = favourite or (change.favourite is None and is_favourite(change.comments))
    if (words, favourite) == (before, was_favourite):
        return await read_collection(db, viewer, collection_id)
    kept = {"comments": with_words(words, favourite=favourite)}
    await update_rows(db, DataCollection, _COLLECTION.key == collection_id, kept)
    if words != before:
        await _note(db, origin, _COLLECTION, collection_id, before, words)
    if favourite != was_favourite:
        await record(db, origin, Audited.COLLECTION_FAVOURITE, "DataCollection", collection_id, new=favourite)
    return await read_collection(db, viewer, collection_id)


async def comment_group(
    db: Database, viewer: Viewer, origin: Origin, group_id: int, change: CommentChange, if_match: str | None
) -> dict[str, Any]:
    """Write or clear the remark on a group. Raises NotFound, Forbidden, ChangedMeanwhile, Invalid."""
    before = await _remark_on(db, viewer, _GROUP, group_id)
    require_match(if_match, comment_etag(before))
    if change.comments != before:
        await update_rows(db, DataCollectionGroup, _GROUP.key == group_id, {"comments": change.comments})
        await _note(db, origin, _GROUP, group_id, before, change.comments)
    return await read_group(db, viewer, group_id)


async def _remark_on(db: Database, viewer: Viewer, remarked: _Remarked, key: int) -> str | None:
    """What is kept, held until the transaction ends. Raises NotFound, Forbidden for who may not change it."""
    missing = NotFound.of(remarked.what, key)
    found: Row[Any] = await db.one(queries.to_comment(viewer, remarked.table, remarked.key, key), missing)
    require(decision_of(viewer, Action.COMMENT, remarked.table, reasons_of(viewer, remarked.table, found)), missing)
    kept: str | None = found.comments
    return kept


async def _note(
    db: Database, origin: Origin, remarked: _Remarked, key: int, before: str | None, now: str | None
) -> None:
    await record(db, origin, Audited.COLLECTION_COMMENT, remarked.table.__name__, key, old=before, new=now)


async def read_group(db: Database, viewer: Viewer, group_id: int) -> dict[str, Any]:
    """One group with what is said of all its collections. Raises NotFound."""
    row = await db.one(queries.group(viewer, group_id), NotFound.of("data collection group", group_id))
    return dict(row._mapping)
