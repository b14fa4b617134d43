"""Processing over HTTP: what pipelines write, and what came of the data."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from ..answers import answer
from ..auth.dependencies import Processor, Reader
from ..auth.file_routes import FILE, FileReader, file_route
from ..auth.once import OnceOnly
from ..db.dependencies import Db
from ..files.answers import download, view
from ..keys import LARGEST_KEY, RowKey
from ..routers import Router
from . import autoproc_xml, programs, ranking, reading, results
from .answer_schemas import ProgramAttachmentOut, ProgramMessageOut, ResultDetail, Results
from .asked import ResultQuery
from .schemas import NewProgram, ProgramChange, ProgramOut, Result, ResultStored

router = Router(tags=["Processing"])

ProgramId = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the run")]


@router.get("/processings/results", response_model=Results, operation_id="list_processing_results")
async def list_results(viewer: Reader, db: Db, wanted: Annotated[ResultQuery, Query()]) -> Response:
    """Runs of programs and what they made of a collection, sample, session or proposal: ranked, the best first."""
    rules = ranking.rules_of(wanted.rank)
    return answer(await reading.list_results(db, viewer, wanted.filter(), rules))


@router.post(
    "/processings/results", response_model=ResultStored, status_code=201, operation_id="store_processing_result"
)
async def store_result(sent: Result, viewer: Processor, db: Db, once: OnceOnly) -> Response:
    """Store what one run of a program made of one or more sweeps: all of it or nothing."""
    return await once(
        viewer,
        lambda: results.store(db, viewer, sent),
        location="/processings/results/{autoProcProgramId}",
    )


@router.post(
    "/processings/autoproc-container",
    response_model=ResultStored,
    status_code=201,
    operation_id="store_autoproc_container",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/xml": {"schema": {"type": "string", "description": "An AutoProcContainer"}}},
        }
    },
)
async def store_container(
    request: Request,
    viewer: Processor,
    db: Db,
    once: OnceOnly,
    dataCollectionId: Annotated[
        RowKey | None, Query(description="The collection; found by its images when none")
    ] = None,
) -> Response:
    """Store an AutoProcContainer, as autoPROC, xia2 and fast_dp write it, as it is."""
    content = await request.body()
    return await once(
        viewer,
        lambda: autoproc_xml.store(db, viewer, content, dataCollectionId),
        location="/processings/results/{autoProcProgramId}",
    )


@router.get(
    "/processings/results/{autoProcProgramId}", response_model=ResultDetail, operation_id="read_processing_result"
)
async def read_result(viewer: Reader, db: Db, autoProcProgramId: ProgramId) -> Response:
    """One run and what it made, with its quality by resolution."""
    return answer(await reading.read_result(db, viewer, autoProcProgramId, ranking.DEFAULT))


@router.post("/processings/programs", response_model=ProgramOut, status_code=201, operation_id="begin_processing")
async def begin(sent: NewProgram, viewer: Processor, db: Db, once: OnceOnly) -> Response:
    """Announce a run of a program: it waits, has begun, or has failed."""
    return await once(
        viewer, lambda: programs.begin(db, viewer, sent), alike_is_same=sent.processingStartTime is not None
    )


@router.patch("/processings/programs/{autoProcProgramId}", response_model=ProgramOut, operation_id="change_processing")
async def change(autoProcProgramId: ProgramId, sent: ProgramChange, viewer: Processor, db: Db) -> Response:
    """Say what has become of a run; add files and messages."""
    return answer(await programs.change(db, viewer, autoProcProgramId, sent))


@router.get(
    "/processings/programs/{autoProcProgramId}/attachments",
    response_model=list[ProgramAttachmentOut],
    operation_id="list_processing_files",
)
async def list_attachments(viewer: Reader, db: Db, autoProcProgramId: ProgramId) -> Response:
    """Files of a run."""
    return answer(await reading.list_attachments(db, viewer, autoProcProgramId))


@router.get(
    "/processings/programs/{autoProcProgramId}/messages",
    response_model=list[ProgramMessageOut],
    operation_id="list_processing_messages",
)
async def list_messages(viewer: Reader, db: Db, autoProcProgramId: ProgramId) -> Response:
    """What a run has to tell."""
    return answer(await reading.list_messages(db, viewer, autoProcProgramId))


@file_route(
    router,
    "/processings/attachments/{autoProcProgramAttachmentId}",
    operation_id="read_processing_file",
    responses=FILE,
)
async def read_attachment(
    viewer: FileReader,
    db: Db,
    request: Request,
    autoProcProgramAttachmentId: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the file")],
    inline: Annotated[
        bool, Query(description="To be read in a browser: logs, reports and pictures; sandboxed")
    ] = False,
) -> Response:
    """A file of a run."""
    stored = await reading.attachment_file(db, viewer, autoProcProgramAttachmentId)
    return view(request, stored) if inline else download(request, stored)
