"""What files of processing say of themselves, over HTTP."""

from typing import Annotated

from fastapi import Path, Request, Response

from ...answers import answer
from ...auth.dependencies import Reader
from ...db.dependencies import Db
from ...keys import LARGEST_KEY
from ...processing.reading import attachment_file
from ...routers import Router
from .looking import found, looking
from .schemas import FileSummary

router = Router(tags=["Processing"])


@router.get(
    "/processings/attachments/{autoProcProgramAttachmentId}/summary",
    response_model=FileSummary,
    operation_id="sum_up_processing_file",
)
async def sum_up(
    viewer: Reader,
    db: Db,
    request: Request,
    autoProcProgramAttachmentId: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the file")],
) -> Response:
    """What a file of merged reflections, or a model, says of itself: symmetry, cell, data sets, columns."""
    stored = await attachment_file(db, viewer, autoProcProgramAttachmentId)
    await db.release()  # others wait for the few files that are looked into at a time
    return answer(await looking.summary(await found(request, stored)))
