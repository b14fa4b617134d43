"""SQL of what runs leave behind: files and messages."""

from functools import cache

from sqlalchemy import ColumnElement, bindparam, func, literal, select

from ..db.catalogue import Catalogue
from ..db.typing import AnySelect
from ..proposals.measured import OWNER, of_collection
from ..tables import (
    AutoProcProgramAttachment,
    AutoProcProgramMessage,
    DataCollection,
)

MOST_MESSAGES = 10_000


def owner(collection_id: int) -> AnySelect:
    """What tells whose folders the files of a collection lie in."""
    return of_collection(select(*OWNER).select_from(DataCollection)).where(
        DataCollection.dataCollectionId == collection_id
    )


def attachments(catalogue: Catalogue, where: ColumnElement[bool], *, most: int = 1000) -> AnySelect:
    """Files of runs, the most important ones first; those that were taken back are left out."""
    table = AutoProcProgramAttachment
    rank = table.importanceRank if catalogue.has(table.importanceRank) else literal(None).label("importanceRank")
    statement: AnySelect = select(
        table.autoProcProgramAttachmentId, table.autoProcProgramId, table.fileType, table.fileName, table.filePath, rank
    ).where(where)
    if catalogue.has(table.deleted):
        statement = statement.where(func.coalesce(table.deleted, 0) == 0)
    return statement.order_by(func.coalesce(rank, 99), table.autoProcProgramAttachmentId).limit(most)


@cache
def messages() -> AnySelect:
    """What the runs `ids` have to tell, as they told it."""
    table = AutoProcProgramMessage
    return (
        select(
            table.autoProcProgramMessageId,
            table.autoProcProgramId,
            table.severity,
            table.message,
            table.description,
            table.recordTimeStamp,
        )
        .where(table.autoProcProgramId.in_(bindparam("ids", expanding=True)))
        .order_by(table.autoProcProgramMessageId)
        .limit(MOST_MESSAGES)
    )
