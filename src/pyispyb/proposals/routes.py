"""Proposals, sessions and people over HTTP."""

from typing import Annotated, Literal

from fastapi import Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from ..answers import Listed, answer
from ..audit import origin_of
from ..auth.dependencies import Editor, Reader, ReadingAcquirer
from ..auth.once import OnceOnly
from ..db.dependencies import Db, Paged
from ..dependencies import STALE, Configured, IfMatch
from ..keys import LARGEST_KEY, RowKey
from ..routers import Router
from . import changes, persons, proposals, sessions
from .schemas import NewSession, PersonOut, ProposalOut, SessionChange, SessionOut

router = Router(tags=["Proposals and sessions"])

Id = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key")]


class ProposalQuery(BaseModel):
    """Which proposals."""

    model_config = ConfigDict(extra="ignore")

    search: str | None = Field(None, max_length=200, description="Name, begin of the number, or part of the title")
    proposalId: RowKey | None = Field(None, description="Key")
    beamLineName: str | None = Field(None, max_length=45, description="With a session on this beamline")
    proposalCode: str | None = Field(None, max_length=45, description="Code, such as `mx`")
    proposalNumber: str | None = Field(None, max_length=45, description="Number, as text")
    archived: bool = Field(False, description="Also, for staff, those that were on archived beamlines only")


@router.get("/proposals", response_model=Listed[ProposalOut], operation_id="list_proposals")
async def list_proposals(
    viewer: Reader, db: Db, page: Paged, settings: Configured, wanted: Annotated[ProposalQuery, Query()]
) -> Response:
    """Proposals you may see, newest first."""
    found = proposals.ProposalFilter(**wanted.model_dump())
    return answer(await proposals.list_proposals(db, settings, viewer, found, page))


@router.get("/proposals/{proposal}", response_model=ProposalOut, operation_id="read_proposal")
async def read_proposal(
    viewer: Reader,
    db: Db,
    settings: Configured,
    proposal: Annotated[str, Path(max_length=90, description="Name, in any case")],
) -> Response:
    """One proposal by its name."""
    return answer(await proposals.read_proposal(db, settings, viewer, proposal))


class SessionQuery(BaseModel):
    """Which sessions."""

    model_config = ConfigDict(extra="ignore")

    session: str | None = Field(None, max_length=100, description="Name, such as `mx415-12`")
    proposal: str | None = Field(None, max_length=90, description="Name of the proposal, in any case")
    proposalId: RowKey | None = Field(None, description="Key of the proposal")
    beamLineName: str | None = Field(None, max_length=45, description="Beamline")
    beamLineGroup: str | None = Field(None, max_length=80, description="Group of beamlines, as configured")
    scheduled: bool | None = Field(None, description="Given by the user office, or made on the spot")
    upcoming: bool | None = Field(None, description="Not begun yet")
    active: bool | None = Field(None, description="Running now")
    previous: bool | None = Field(None, description="Over")
    sessionType: str | None = Field(None, max_length=31, description="Type such as `Remote`")
    year: int | None = Field(None, ge=1970, le=9998, description="Year of the begin")
    month: int | None = Field(None, ge=1, le=12, description="Month of the begin")
    day: int | None = Field(None, ge=1, le=31, description="Day of the month of the begin")
    search: str | None = Field(None, max_length=200, description="Session, proposal, part of the title, or beamline")
    archived: bool = Field(
        False, description="Also, for staff, those on archived beamlines; naming one of them finds them as well"
    )
    order: Literal["asc", "desc"] = Field("desc", description="By begin: earliest or latest first")

    def filter(self) -> sessions.SessionFilter:
        """As the service takes it."""
        return sessions.SessionFilter(**self.model_dump(exclude={"order"}))


class SessionGroupQuery(SessionQuery):
    """Which sessions of a group of beamlines."""

    beamLineGroup: str = Field(max_length=80, description="Group of beamlines, as configured")


@router.get("/sessions", response_model=Listed[SessionOut], operation_id="list_sessions")
async def list_sessions(
    viewer: Reader, db: Db, page: Paged, settings: Configured, wanted: Annotated[SessionQuery, Query()]
) -> Response:
    """Sessions you may see. Of one proposal and without `limit`: all of them."""
    ascending = wanted.order == "asc"
    return answer(await sessions.list_sessions(db, settings, viewer, wanted.filter(), page, ascending=ascending))


@router.get("/sessions/group", response_model=list[SessionOut], operation_id="list_sessions_of_beamline_group")
async def sessions_of_group(
    viewer: Reader, db: Db, settings: Configured, wanted: Annotated[SessionGroupQuery, Query()]
) -> Response:
    """One session for each beamline of a group: the running one, or else the latest."""
    return answer(await sessions.sessions_of_group(db, settings, viewer, wanted.filter()))


@router.get("/sessions/{sessionId}", response_model=SessionOut, operation_id="read_session")
async def read_session(viewer: Reader, db: Db, settings: Configured, sessionId: Id) -> Response:
    """One session."""
    session = await sessions.read_session(db, settings, viewer, sessionId)
    return answer(session, headers={"ETag": changes.session_etag(session)})


@router.post("/sessions", response_model=SessionOut, status_code=201, operation_id="create_session")
async def create_session(
    new: NewSession, viewer: ReadingAcquirer, db: Db, settings: Configured, once: OnceOnly
) -> Response:
    """Make a session on a beamline of the key; the one that begins there at that time, if there is one."""
    return await once(
        viewer,
        lambda: sessions.create_session(db, settings, viewer, new),
        location="/sessions/{sessionId}",
    )


@router.patch("/sessions/{sessionId}", response_model=SessionOut, operation_id="change_session", responses=STALE)
async def change_session(
    sessionId: Id,
    change: SessionChange,
    viewer: Editor,
    db: Db,
    settings: Configured,
    request: Request,
    if_match: IfMatch = None,
) -> Response:
    """Change remarks, dates and local contact of a session on a beamline of yours. A key may say when it ends."""
    origin = origin_of(request)
    session = await changes.change_session(db, settings, viewer, origin, sessionId, change, if_match)
    return answer(session, headers={"ETag": changes.session_etag(session)})


@router.patch(
    "/sessions/{sessionId}/associate-beamline-setup",
    response_model=SessionOut,
    operation_id="associate_beamline_setup",
)
async def associate_setup(
    sessionId: Id,
    viewer: ReadingAcquirer,
    db: Db,
    settings: Configured,
    beamLineSetupId: Annotated[int, Query(ge=1, le=LARGEST_KEY, description="The set-up")],
) -> Response:
    """Say which set-up of the beamline a session was measured with."""
    return answer(await sessions.associate_setup(db, settings, viewer, sessionId, beamLineSetupId))


@router.get("/persons", response_model=Listed[PersonOut], operation_id="list_persons")
async def list_persons(
    viewer: Reader,
    db: Db,
    sessionId: Annotated[RowKey | None, Query(description="People of this session")] = None,
    proposal: Annotated[str | None, Query(max_length=90, description="Members of this proposal")] = None,
) -> Response:
    """People of a session or proposal that you may see."""
    return answer(await persons.list_persons(db, viewer, session_id=sessionId, proposal=proposal))
