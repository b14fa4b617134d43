"""Reprocessing over HTTP."""

from typing import Annotated, Literal

from fastapi import Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement

from ..answers import Listed, answer
from ..audit import origin_of
from ..auth.dependencies import Asker, Processor, Reader
from ..auth.once import OnceOnly
from ..db.dependencies import Db, Paged
from ..dependencies import Configured
from ..keys import LARGEST_KEY, RowKey
from ..processing.schemas import NewProgram
from ..routers import Router
from ..tables import BLSession, DataCollection, DataCollectionGroup
from . import service
from .schemas import JobOut, JobRunStored, NewJob, Recipes

router = Router(tags=["Reprocessing"])

JobId = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the request")]


class JobQuery(BaseModel):
    """Requests of what; those that were asked for here, when no collection, group or session is named."""

    model_config = ConfigDict(extra="ignore")

    dataCollectionId: RowKey | None = Field(None, description="On a collection")
    dataCollectionGroupId: RowKey | None = Field(None, description="On the collections of a group")
    sessionId: RowKey | None = Field(None, description="On collections of a session")
    beamLineName: str | None = Field(None, max_length=45, description="On collections measured at a beamline")
    state: Literal["waiting"] | None = Field(None, description="`waiting`: those for pipelines to take up")

    def where(self) -> list[ColumnElement[bool]]:
        """WHERE on collections joined to their groups and sessions; none that would select very many."""
        columns = {
            DataCollection.dataCollectionId: self.dataCollectionId,
            DataCollectionGroup.dataCollectionGroupId: self.dataCollectionGroupId,
            BLSession.sessionId: self.sessionId,
        }
        where: list[ColumnElement[bool]] = [column == value for column, value in columns.items() if value is not None]
        if where and self.beamLineName is not None:
            where.append(BLSession.beamLineName == self.beamLineName)
        return where


@router.get("/processings/recipes", response_model=Recipes, operation_id="list_recipes")
async def list_recipes(viewer: Reader, settings: Configured) -> Response:
    """What people may ask pipelines to do here, with the parameters of each."""
    return answer({"recipes": [recipe.model_dump() for recipe in settings.reprocessing.recipes]})


@router.get("/processings/jobs", response_model=Listed[JobOut], operation_id="list_processing_jobs")
async def list_jobs(viewer: Reader, db: Db, page: Paged, wanted: Annotated[JobQuery, Query()]) -> Response:
    """Requests to process data once more, what became of them, and their runs: newest first."""
    waiting = wanted.state == "waiting"
    return answer(await service.list_jobs(db, viewer, wanted.where(), wanted.beamLineName, page, waiting=waiting))


@router.post("/processings/jobs", response_model=JobOut, status_code=201, operation_id="request_processing")
async def request_job(
    sent: NewJob, viewer: Asker, db: Db, request: Request, settings: Configured, once: OnceOnly
) -> Response:
    """Ask for images to be processed once more, with parameters of your own."""
    origin = origin_of(request)
    return await once(
        viewer,
        lambda: service.request(db, viewer, origin, settings.reprocessing, sent),
        location="/processings/jobs/{processingJobId}",
    )


@router.get("/processings/jobs/{processingJobId}", response_model=JobOut, operation_id="read_processing_job")
async def read_job(viewer: Reader, db: Db, processingJobId: JobId) -> Response:
    """One request."""
    return answer(await service.read(db, viewer, processingJobId))


@router.post("/processings/jobs/{processingJobId}/cancel", response_model=JobOut, operation_id="cancel_processing_job")
async def cancel_job(viewer: Asker, db: Db, request: Request, processingJobId: JobId, once: OnceOnly) -> Response:
    """Call a request off that no pipeline has taken up yet."""
    return await once(viewer, lambda: service.cancel(db, viewer, origin_of(request), processingJobId), status=200)


@router.post("/processings/jobs/{processingJobId}/take", response_model=JobOut, operation_id="take_processing_job")
async def take_job(viewer: Processor, db: Db, processingJobId: JobId, once: OnceOnly) -> Response:
    """Take a request up, for a pipeline: the first one has it, others are refused.

    Where it announces no run within an hour, the request waits again.
    """
    return await once(viewer, lambda: service.take(db, viewer, processingJobId), status=200)


@router.post(
    "/processings/jobs/{processingJobId}/runs",
    response_model=JobRunStored,
    status_code=201,
    operation_id="begin_run_of_processing_job",
)
async def begin_run(sent: NewProgram, viewer: Processor, db: Db, processingJobId: JobId, once: OnceOnly) -> Response:
    """Announce a run that a pipeline makes for a request; its result names the run."""
    return await once(viewer, lambda: service.begin_run(db, viewer, processingJobId, sent))
