"""SQL that finds the events of the stream; their details are read by `details.py`."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, literal, or_, select, union_all

from ..access import Viewer, visible
from ..db.paging import Key, follows, order_by
from ..db.typing import AnySelect, AnyUnion
from ..proposals.names import is_proposal, is_session
from ..tables import BLSession, DataCollection, DataCollectionGroup, Proposal
from .filters import EventFilter
from .sources import COLLECTIONS, GROUPED, Source

SESSION_ORDER = (Key(BLSession.startDate), Key(BLSession.sessionId))

SESSIONS_AT_ONCE = 32
"""Sessions read side by side where many are asked for: more than run at the same time at any facility."""


def session_scope(wanted: EventFilter) -> list[ColumnElement[bool]]:
    """WHERE on BLSession joined to Proposal for the sessions that a filter names."""
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
    return where


def chosen_sessions(viewer: Viewer, where: list[ColumnElement[bool]]) -> AnySelect:
    """Ids of the visible sessions that `where` selects."""
    return (
        select(BLSession.sessionId)
        .join(Proposal, Proposal.proposalId == BLSession.proposalId)
        .where(*where, visible(viewer, BLSession))
    )


def sessions_with_events(
    viewer: Viewer, where: list[ColumnElement[bool]], after: tuple[datetime | None, int] | None
) -> AnySelect:
    """The next visible sessions in which something was measured, latest begun first, and which kinds there are."""
    something = [exists().where(source.session == BLSession.sessionId) for source in GROUPED]
    kinds = [found.label(source.kind) for found, source in zip(something, GROUPED, strict=True)]
    conditions = [*where, visible(viewer, BLSession), or_(*something)]
    if after is not None:
        conditions.append(follows(SESSION_ORDER, after))
    return (
        select(BLSession.sessionId, BLSession.startDate, *kinds)
        .join(Proposal, Proposal.proposalId == BLSession.proposalId)
        .where(*conditions)
        .order_by(*order_by(SESSION_ORDER))
        .limit(SESSIONS_AT_ONCE + 1)
    )


def visible_rows(viewer: Viewer, source: Source) -> ColumnElement[bool]:
    """Rows of a source that the viewer may see."""
    return visible(viewer, source.table)


def in_sessions(source: Source, sessions: AnySelect) -> ColumnElement[bool]:
    """Rows of a source in these sessions."""
    if source is COLLECTIONS:
        groups = select(DataCollectionGroup.dataCollectionGroupId).where(DataCollectionGroup.sessionId.in_(sessions))
        return DataCollection.dataCollectionGroupId.in_(groups)
    found: ColumnElement[bool] = source.session.in_(sessions)
    return found


def count(source: Source, where: list[ColumnElement[bool]]) -> AnySelect:
    """Number of rows of one source."""
    return select(func.count().label("n")).select_from(source.table).where(*where)


def kinds(conditions: dict[str, list[ColumnElement[bool]]]) -> AnyUnion | AnySelect:
    """Rows (kind, experimentType, n): what kinds of event there are, and how many of each."""
    counted: list[AnySelect] = []
    for source in GROUPED:
        if source.kind not in conditions:
            continue
        name = DataCollectionGroup.experimentType if source.kind == "dc" else literal("")
        statement = (
            select(literal(source.kind).label("kind"), name.label("experimentType"), func.count().label("n"))
            .select_from(source.table)
            .where(*conditions[source.kind])
        )
        counted.append(statement.group_by(name) if source.kind == "dc" else statement)
    return counted[0] if len(counted) == 1 else union_all(*counted)
