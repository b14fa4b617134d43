"""Addresses of py-ispyb about processing."""

from typing import Annotated

import orjson
from fastapi import Depends, Query, Request, Response

from ...answers import Listed, answer
from ...auth.dependencies import Reader
from ...db.dependencies import Db, Paged
from ...errors import Invalid
from ...keys import LARGEST_KEY, RowKey
from ...processing.answer_schemas import ProgramMessageOut
from ...routers import Router
from . import service
from .schemas import AttachmentTold, MessageStatuses, ProgramIntegrationTold, ProgramTold, StatusesList

router = Router(prefix="/processings", tags=["Processing"])

MOST_COLLECTIONS = 500

OfCollection = Annotated[RowKey | None, Query(alias="dataCollectionId", description="Of a collection")]
OfProgram = Annotated[RowKey | None, Query(alias="autoProcProgramId", description="Of a run")]


async def _collection_ids(
    dataCollectionIds: Annotated[str, Query(max_length=8000, description="Keys of collections, as a JSON list")],
) -> list[int]:
    """Raises Invalid for anything else."""
    try:
        ids = orjson.loads(dataCollectionIds)
    except orjson.JSONDecodeError:
        ids = None
    if not isinstance(ids, list) or not all(type(key) is int and 0 < key <= LARGEST_KEY for key in ids):
        raise Invalid.field("dataCollectionIds", "is a list of keys, as in [12, 13]")
    if not 0 < len(ids) <= MOST_COLLECTIONS:
        raise Invalid.field("dataCollectionIds", f"names 1 to {MOST_COLLECTIONS} collections")
    return ids


CollectionIds = Annotated[list[int], Depends(_collection_ids)]


@router.get("", response_model=Listed[ProgramTold], operation_id="list_other_processing")
async def list_processings(
    viewer: Reader, db: Db, page: Paged, collection_id: OfCollection = None, program_id: OfProgram = None
) -> Response:
    """Runs on a collection that integrated no images themselves, newest first; as py-ispyb has it."""
    return answer(await service.list_programs(db, viewer, collection_id, program_id, page, integrated=False))


@router.get("/auto-integrations", response_model=Listed[ProgramIntegrationTold], operation_id="list_auto_integrations")
async def list_auto_integrations(
    viewer: Reader, db: Db, page: Paged, collection_id: OfCollection = None, program_id: OfProgram = None
) -> Response:
    """Runs that integrated a collection, with what they made, newest first; as py-ispyb has it."""
    return answer(await service.list_programs(db, viewer, collection_id, program_id, page, integrated=True))


@router.get("/status", response_model=StatusesList, operation_id="list_processing_statuses")
async def list_statuses(viewer: Reader, db: Db, ids: CollectionIds) -> Response:
    """How far characterisation, X-ray centring and runs on some collections are; as py-ispyb has it."""
    return answer(await service.list_statuses(db, viewer, ids))


@router.get("/messages", response_model=Listed[ProgramMessageOut], operation_id="list_messages_of_processing")
async def list_messages(
    viewer: Reader,
    db: Db,
    page: Paged,
    collection_id: OfCollection = None,
    program_id: OfProgram = None,
    autoProcProgramMessageId: Annotated[RowKey | None, Query(description="Only this message")] = None,
) -> Response:
    """What runs on a collection have to tell, oldest first; as py-ispyb has it."""
    found = service.list_messages(db, viewer, collection_id, program_id, autoProcProgramMessageId, page)
    return answer(await found)


@router.get("/messages/status", response_model=MessageStatuses, operation_id="count_processing_messages")
async def count_messages(viewer: Reader, db: Db, ids: CollectionIds) -> Response:
    """How many errors, warnings and notes the runs on some collections left; as py-ispyb has it."""
    return answer(await service.count_messages(db, viewer, ids))


@router.get("/attachments", response_model=Listed[AttachmentTold], operation_id="list_attachments_of_processing")
async def list_attachments(
    viewer: Reader,
    db: Db,
    page: Paged,
    request: Request,
    program_id: OfProgram = None,
    autoProcProgramAttachmentId: Annotated[RowKey | None, Query(description="Only this file")] = None,
) -> Response:
    """Files of a run, the most important ones first; as py-ispyb has it."""
    base: str = request.app.state.api_base
    found = service.list_attachments(db, viewer, program_id, autoProcProgramAttachmentId, base, page)
    return answer(await found)
