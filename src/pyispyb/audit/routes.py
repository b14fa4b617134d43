"""The audit trail over HTTP."""

from typing import Annotated

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse

from ..access import Permission, Viewer
from ..answers import Listed, answer
from ..auth.dependencies import Holder
from ..db.dependencies import Connected, Db, Paged
from ..ndjson import MEDIA_TYPE
from ..routers import Router
from . import service
from .origin import origin_of
from .schemas import Activity, ActivityQuery

router = Router(prefix="/admin/activity", tags=["Administration"])

Auditor = Annotated[Viewer, Holder(Permission.VIEW_ACTIVITY)]


@router.get("", response_model=Listed[Activity], operation_id="list_activity")
async def list_activity(viewer: Auditor, db: Db, page: Paged, wanted: Annotated[ActivityQuery, Query()]) -> Response:
    """Who did what, newest first. Needs `view_activity`."""
    return answer(await service.list_activity(db, wanted.filter(), page))


@router.get(
    "/export",
    response_class=StreamingResponse,
    response_model=None,
    operation_id="export_activity",
    responses={
        200: {
            "description": "One `Activity` a line",
            "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
        }
    },
)
async def export_activity(
    viewer: Auditor, databases: Connected, request: Request, wanted: Annotated[ActivityQuery, Query()]
) -> Response:
    """The audit trail up to now as lines of JSON, oldest first; that it was exported is recorded."""
    lines = await service.begin_export(databases, origin_of(request), wanted.filter())
    headers = {"Content-Disposition": 'attachment; filename="ispyb-activity.ndjson"'}
    return StreamingResponse(lines, media_type=MEDIA_TYPE, headers=headers)
