"""Sessions, in the words of the domain."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, RowMapping, extract, false, func, not_, or_

from ..access import Viewer, require_beamline
from ..answers import listed
from ..clock import local_now
from ..db.database import Database
from ..db.lists import read_in_full, read_page
from ..db.paging import WHOLE_LIST, Page
from ..db.writes import insert_row, update_rows
from ..errors import Invalid, NotFound
from ..settings import Settings
from ..tables import BLSession, Proposal
from . import queries
from .names import is_proposal, is_session, session_name
from .schemas import NewSession

SOON = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """Which sessions; a value that nothing matches gives none."""

    sessionId: int | None = None
    session: str | None = None
    proposal: str | None = None
    proposalId: int | None = None
    beamLineName: str | None = None
    beamLineGroup: str | None = None
    scheduled: bool | None = None
    upcoming: bool | None = None
    active: bool | None = None
    previous: bool | None = None
    sessionType: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    search: str | None = None
    archived: bool = False

    def asker(self, viewer: Viewer) -> Viewer:
        """Staff find what was measured on archived beamlines only where they ask for it, or name it."""
        named = (self.sessionId, self.session, self.proposal, self.proposalId, self.beamLineName)
        asked = self.archived or any(value is not None for value in named)
        return viewer if asked else viewer.without_archived()


def _where(settings: Settings, wanted: SessionFilter, now: datetime) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.sessionId is not None:
        where.append(BLSession.sessionId == wanted.sessionId)
    if wanted.session is not None:
        where.append(is_session(wanted.session))
    if wanted.proposal is not None:
        where.append(is_proposal(wanted.proposal))
    if wanted.proposalId is not None:
        where.append(BLSession.proposalId == wanted.proposalId)
    if wanted.beamLineName is not None:
        where.append(BLSession.beamLineName == wanted.beamLineName)
    if wanted.beamLineGroup is not None:
        where.append(BLSession.beamLineName.in_(settings.beamlines_of(wanted.beamLineGroup)))
    if wanted.scheduled is not None:
        where.append(BLSession.scheduled == wanted.scheduled)
    if wanted.sessionType is not None:
        where.append(queries.of_session_type(wanted.sessionType))
    if wanted.search:
        where.append(_matches(wanted.search))
    return where + _when(wanted, now)


def _matches(text: str) -> ColumnElement[bool]:
    return or_(
        is_session(text),
        is_proposal(text),
        Proposal.proposalNumber.startswith(text, autoescape=True),
        Proposal.title.contains(text, autoescape=True),
        BLSession.beamLineName == text,
    )


def _when(wanted: SessionFilter, now: datetime) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    for asked, condition in (
        (wanted.active, queries.running(now)),
        (wanted.upcoming, BLSession.startDate > now),
        (wanted.previous, BLSession.endDate < now),
    ):
        if asked is not None:
            where.append(condition if asked else not_(func.coalesce(condition, false())))
    if wanted.year is not None:
        where.append(
            BLSession.startDate.between(datetime(wanted.year, 1, 1), datetime(wanted.year, 12, 31, 23, 59, 59))
        )
    if wanted.month is not None:
        where.append(extract("month", BLSession.startDate) == wanted.month)
    if wanted.day is not None:
        where.append(extract("day", BLSession.startDate) == wanted.day)
    return where


async def list_sessions(
    db: Database, settings: Settings, viewer: Viewer, wanted: SessionFilter, page: Page, *, ascending: bool = False
) -> dict[str, Any]:
    """A page of sessions by their begin.

    Asked for one proposal and without a limit, all of its sessions: control software knows no paging.
    """
    now = local_now()
    order = queries.session_order(ascending=ascending)
    limit = page.size(WHOLE_LIST) if wanted.proposal or wanted.proposalId else page.size()
    keys = queries.session_keys(wanted.asker(viewer), _where(settings, wanted, now))
    rows, more, total = await read_page(db, keys, order, page, limit, queries.sessions(db.catalogue))
    results = await _with_counts(db, settings, viewer, rows, now)
    return listed(results, limit=limit, skip=page.skip, after=more, total=total)


async def sessions_of_group(
    db: Database, settings: Settings, viewer: Viewer, wanted: SessionFilter
) -> list[dict[str, Any]]:
    """For each beamline of the filter's group the session that runs, or else the latest one it allows."""
    now = local_now()
    keys = queries.newest_of_each_beamline(viewer, _where(settings, wanted, now), now)
    rows = await read_in_full(db, await db.all(keys), queries.sessions(db.catalogue))
    return await _with_counts(db, settings, viewer, rows, now)


async def _with_counts(
    db: Database, settings: Settings, viewer: Viewer, rows: Sequence[Row[Any]], now: datetime
) -> list[dict[str, Any]]:
    if not rows:
        return []
    counted: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in await db.all(queries.session_counts(viewer), {"ids": [row.sessionId for row in rows]}):
        counted[row.sessionId].append(row)
    return [_session(row, counted[row.sessionId], settings, now) for row in rows]


_SESSION_COLUMNS = (
    "visit_number",
    "beamLineName",
    "startDate",
    "endDate",
    "nbShifts",
    "comments",
    "beamLineOperator",
    "nbReimbDewars",
    "lastUpdate",
)


def _session(row: Row[Any], counted: list[Row[Any]], settings: Settings, now: datetime) -> dict[str, Any]:
    held = row._mapping
    started = row.startDate is not None and row.startDate <= now
    over = row.endDate is None or row.endDate < now
    soon = row.startDate is not None and row.startDate <= now + SOON
    return {
        "sessionId": row.sessionId,
        "session": session_name(row),
        "proposalId": row.proposalId,
        "proposal": f"{row.proposalCode or ''}{row.proposalNumber or ''}",
        "title": row.title,
        **{name: held.get(name) for name in _SESSION_COLUMNS},
        "scheduled": None if held.get("scheduled") is None else bool(row.scheduled),
        "BeamLineSetup": _setup(held),
        "_metadata": {
            "datacollections": sum(part.n for part in counted if part.what == "groups"),
            "persons": sum(part.n for part in counted if part.what == "persons"),
            "active": started and not over,
            "active_soon": soon and not over,
            "sessionTypes": sorted(part.name for part in counted if part.what == "type" and part.name),
            "uiGroups": settings.ui_groups(row.beamLineName),
        },
    }


def _setup(held: RowMapping) -> dict[str, Any] | None:
    """The set-up of the beamline; None for a session without."""
    prefix = queries.SETUP_PREFIX
    if held[f"{prefix}beamLineSetupId"] is None:
        return None
    return {name.removeprefix(prefix): value for name, value in held.items() if name.startswith(prefix)}


async def read_session(db: Database, settings: Settings, viewer: Viewer, session_id: int) -> dict[str, Any]:
    """One session. Raises NotFound."""
    found = await list_sessions(db, settings, viewer, SessionFilter(sessionId=session_id), Page(limit=1))
    if not found["results"]:
        raise NotFound.of("session", session_id)
    session: dict[str, Any] = found["results"][0]
    return session


async def session_head(db: Database, viewer: Viewer, session_id: int) -> Row[Any]:
    """Name and beamline of a session a write goes to. Raises NotFound."""
    return await db.one(
        queries.session_head(viewer, BLSession.sessionId == session_id), NotFound.of("session", session_id)
    )


async def writable_session(db: Database, viewer: Viewer, session_id: int) -> Row[Any]:
    """A session that the viewer's key may write to. Raises NotFound, or Forbidden with the reason."""
    head = await session_head(db, viewer, session_id)
    require_beamline(viewer, session_name(head) or str(session_id), head.beamLineName)
    return head


async def create_session(db: Database, settings: Settings, viewer: Viewer, new: NewSession) -> dict[str, Any]:
    """Make a session on the spot; the one that is there already when it begins at the same time and place.

    Raises NotFound for a proposal the key cannot see, Forbidden for a beamline it does not cover.
    """
    if new.endDate < new.startDate:
        raise Invalid.field("endDate", "lies before startDate")
    proposal = await db.one(queries.lock_proposal(viewer, new.proposalId), NotFound.of("proposal", new.proposalId))
    require_beamline(viewer, f"{proposal.proposalCode}{proposal.proposalNumber} (new)", new.beamLineName)
    known = await db.scalar(queries.same_session(new.proposalId, new.beamLineName, new.startDate))
    if known is not None:
        return await read_session(db, settings, viewer, known)
    visit = (await db.scalar(queries.last_visit(new.proposalId)) or 0) + 1
    written = await insert_row(
        db, BLSession, {**new.model_dump(), "visit_number": visit, "lastUpdate": local_now(), "usedFlag": True}
    )
    return await read_session(db, settings, viewer, written.key)


async def associate_setup(
    db: Database, settings: Settings, viewer: Viewer, session_id: int, setup_id: int
) -> dict[str, Any]:
    """Say which set-up of the beamline a session was measured with. Raises NotFound, Forbidden."""
    await writable_session(db, viewer, session_id)
    await db.one(queries.usable_setup(viewer, setup_id), NotFound.of("beamline set-up", setup_id))
    await update_rows(db, BLSession, BLSession.sessionId == session_id, {"beamLineSetupId": setup_id})
    return await read_session(db, settings, viewer, session_id)
