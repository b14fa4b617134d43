"""What people take home, over HTTP."""

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from ..audit import origin_of
from ..auth.file_routes import FileReader, Responses, file_route
from ..db.database import Databases
from ..db.dependencies import Connected, Db
from ..dependencies import Configured
from ..keys import LARGEST_KEY, RowKey
from ..processing.asked import ResultQuery
from ..processing.ranking import rules_of
from ..processing.reading import ResultFilter
from ..routers import Router
from ..settings import Settings
from . import service
from .archive import sending
from .choice import MOST_RUNS, Wanted
from .contents import Files
from .table import MEDIA_TYPES, Format

router = Router(tags=["Reports"])


_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


def _file(media_type: str, description: str) -> Responses:
    return {200: {"content": {media_type: _BINARY}, "description": description}}


class TakenQuery(ResultQuery):
    """Results of what, and which of them."""

    which: Literal["best", "every"] = Field("best", description="The best of each sample, or every run")
    pipeline: str | None = Field(None, max_length=255, description="Only runs of this pipeline, named without version")
    autoProcProgramId: list[RowKey] = Field(
        default_factory=list, max_length=MOST_RUNS, description="Only these runs, whatever their place"
    )

    def wanted(self) -> Wanted:
        """As the service takes it."""
        of = self.model_dump(exclude={"rank", "which", "pipeline", "autoProcProgramId"})
        named = any(value is not None for value in of.values())
        runs = tuple(self.autoProcProgramId)
        return Wanted(ResultFilter(**of) if named else None, runs, self.which == "every", self.pipeline)


@file_route(
    router,
    "/processings/download",
    operation_id="download_results",
    responses=_file("application/zip", "A zip archive, made while it is sent"),
)
async def download_results(
    viewer: FileReader,
    db: Db,
    databases: Connected,
    request: Request,
    wanted: Annotated[TakenQuery, Query()],
    files: Annotated[
        Files, Query(description="`result`: merged data and what belongs to them; `log`: logs and graphs too; `all`")
    ] = "result",
) -> Response:
    """The files of the best result of each sample, of every run or of those that are named, with a table of them.

    They lie in `sample/pipeline/`; `MISSING.txt` lists those that were recorded and are not on disk.
    """
    packed = await service.pack(db, viewer, request.app.state.file_roots, wanted.wanted(), rules_of(wanted.rank), files)
    headers = {**_attached(packed.name), "Content-Length": str(len(packed.stream))}
    if request.method == "HEAD":
        return Response(media_type="application/zip", headers=headers)
    await service.note(databases, origin_of(request), "archive", packed.name, **packed.detail)
    return StreamingResponse(sending(packed.stream), media_type="application/zip", headers=headers)


@file_route(
    router,
    "/processings/table",
    operation_id="download_result_table",
    responses={
        200: {
            "content": {media_type.partition(";")[0]: _BINARY for media_type in MEDIA_TYPES.values()},
            "description": "The table",
        }
    },
)
async def download_table(
    viewer: FileReader,
    db: Db,
    databases: Connected,
    request: Request,
    wanted: Annotated[TakenQuery, Query()],
    format: Annotated[Format, Query(description="`csv` or `xlsx`")] = "csv",
) -> Response:
    """Results as a table: the best of each sample, or every run; units stand in the headings."""
    table = await service.tabulate(db, viewer, wanted.wanted(), rules_of(wanted.rank), format)
    return await _noted(request, databases, "table", table, MEDIA_TYPES[format])


@file_route(
    router,
    "/processings/results/{autoProcProgramId}/deposition",
    operation_id="download_deposition",
    responses=_file("chemical/x-mmcif", "PDBx/mmCIF"),
)
async def download_deposition(
    viewer: FileReader,
    db: Db,
    databases: Connected,
    request: Request,
    settings: Configured,
    autoProcProgramId: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the run")],
    autoProcScalingId: Annotated[
        RowKey | None, Query(description="Way of scaling; the best one when none is named")
    ] = None,
) -> Response:
    """What a deposition to the PDB needs of a result: experiment, cell, symmetry and statistics, as PDBx/mmCIF."""
    is_named = settings.facility != Settings.model_fields["facility"].default
    facility = settings.facility if is_named else None
    document = await service.deposit(db, viewer, autoProcProgramId, autoProcScalingId, facility)
    return await _noted(request, databases, "deposition", document, "chemical/x-mmcif")


@file_route(
    router,
    "/sessions/{sessionId}/report",
    operation_id="download_session_report",
    responses=_file("application/pdf", "The report"),
)
async def download_report(
    viewer: FileReader,
    db: Db,
    databases: Connected,
    request: Request,
    settings: Configured,
    sessionId: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the session")],
    rank: Annotated[list[str] | None, Query(max_length=10, description="What decides which result is better")] = None,
) -> Response:
    """A session as PDF: its samples with their best results, and what was measured how, with all results."""
    roots = request.app.state.file_roots
    document = await service.report(db, settings, viewer, roots, sessionId, rules_of(rank or ()))
    return await _noted(request, databases, "report", document, "application/pdf")


async def _noted(
    request: Request, databases: Databases, what: str, document: service.Document, media_type: str
) -> Response:
    """A document to keep; that somebody took it is noted."""
    if request.method == "GET":
        await service.note(databases, origin_of(request), what, document.name, bytes=len(document.content))
    return Response(document.content, media_type=media_type, headers=_attached(document.name))


def _attached(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
