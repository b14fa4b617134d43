"""The stream of what happened over HTTP."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, ConfigDict, Field

from ..answers import Listed, answer
from ..auth.dependencies import Reader
from ..db.dependencies import Db, Paged
from ..keys import RowKey
from ..routers import Router
from . import progress, service
from .filters import EventFilter, Processing, Status
from .schemas import EventOut, EventTypeOut, SessionProgress

router = Router(tags=["Events"])

MOST_SESSIONS = 50


class EventQuery(BaseModel):
    """Which events."""

    model_config = ConfigDict(extra="ignore")

    session: str | None = Field(None, max_length=100, description="Name of a session, such as `mx415-12`")
    sessionId: RowKey | None = Field(None, description="A session")
    proposal: str | None = Field(None, max_length=90, description="Name of a proposal")
    proposalId: RowKey | None = Field(None, description="A proposal")
    beamLineName: str | None = Field(None, max_length=45, description="A beamline")
    dataCollectionId: RowKey | None = Field(None, description="One data collection")
    dataCollectionGroupId: RowKey | None = Field(None, description="A group: its collections one by one")
    blSampleId: RowKey | None = Field(None, description="What was measured from a sample")
    blSubSampleId: RowKey | None = Field(None, description="What was measured from a part of a sample")
    proteinId: RowKey | None = Field(None, description="What was measured from the samples of a protein")
    eventType: str | None = Field(
        None, max_length=80, description="`dc`, `robot`, `es`, `xrf`, or a kind of experiment such as `OSC`"
    )
    status: Status | None = Field(
        None,
        description="How it went. `processed` and `processerror`: a run of processing ended well, or failed, "
        "whatever became of others",
    )
    processing: Processing | None = Field(
        None,
        description="The best that became of the data. `success`: a run of processing ended well; `running`: none has "
        "yet, but one waits or runs; `failed`: runs failed, and there is nothing else; `none`: no run worked on what "
        "was collected, grid scans and what failed aside",
    )
    favourite: bool | None = Field(None, description="Marked as a favourite, or not")
    search: str | None = Field(None, max_length=100, description="Part of file name, sample name or remark")

    def filter(self) -> EventFilter:
        """As the service takes it."""
        return EventFilter(**self.model_dump())


@router.get("/events", response_model=Listed[EventOut], operation_id="list_events")
async def list_events(viewer: Reader, db: Db, page: Paged, wanted: Annotated[EventQuery, Query()]) -> Response:
    """What happened, newest first: groups of data collections, robot actions, energy scans, fluorescence spectra."""
    return answer(await service.list_events(db, viewer, wanted.filter(), page))


@router.get("/events/types", response_model=list[EventTypeOut], operation_id="list_event_types")
async def list_event_types(viewer: Reader, db: Db, wanted: Annotated[EventQuery, Query()]) -> Response:
    """What kinds of event occur among those that the filter leaves."""
    return answer(await service.event_types(db, viewer, wanted.filter()))


@router.get("/events/progress", response_model=list[SessionProgress], operation_id="list_progress_of_sessions")
async def list_progress(
    viewer: Reader,
    db: Db,
    sessionId: Annotated[
        list[RowKey], Query(min_length=1, max_length=MOST_SESSIONS, description="The sessions: one value for each")
    ],
) -> Response:
    """How much was collected in some sessions, how far its processing is, and in how many grids crystals were found."""
    return answer(await progress.progress_of(db, viewer, sessionId))
