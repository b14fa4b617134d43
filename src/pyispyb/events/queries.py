"""SQL that finds the events of the stream; their details are read by `details.py`."""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, bindparam, exists, func, literal, or_, select, union_all

from ..access import Viewer, sees_whole, visible, visible_sessions
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


def chosen_sessions_with_sight(viewer: Viewer, where: list[ColumnElement[bool]]) -> AnySelect:
    """The same, with `whole`: whether the viewer sees all that is in the session."""
    return chosen_sessions(viewer, where).add_columns(_whole(viewer))


def _whole(viewer: Viewer) -> ColumnElement[bool]:
    return sees_whole(viewer).label("whole")


@lru_cache(maxsize=256)
def one_session(viewer: Viewer) -> AnySelect:
    """The session `sessionId`, if it is visible: asked for by every page of its events, and so built once."""
    return chosen_sessions_with_sight(viewer, [BLSession.sessionId == bindparam("sessionId")])


def sessions_with_events(
    viewer: Viewer, where: list[ColumnElement[bool]], after: tuple[datetime | None, int] | None
) -> AnySelect:
    """The next visible sessions in which something was measured, latest begun first, and which kinds there are."""
    something = [
        exists().where(source.session == BLSession.sessionId, *narrowed_rows(viewer, source)) for source in GROUPED
    ]
    kinds = [found.label(source.kind) for found, source in zip(something, GROUPED, strict=True)]
    conditions = [*where, visible(viewer, BLSession), or_(*something)]
    if after is not None:
        conditions.append(follows(SESSION_ORDER, after))
    return (
        select(BLSession.sessionId, BLSession.startDate, _whole(viewer), *kinds)
        .join(Proposal, Proposal.proposalId == BLSession.proposalId)
        .where(*conditions)
        .order_by(*order_by(SESSION_ORDER))
        .limit(SESSIONS_AT_ONCE + 1)
    )


def visible_rows(viewer: Viewer, source: Source) -> ColumnElement[bool]:
    """Rows of a source that the viewer may see."""
    return visible(viewer, source.table)


def narrowed_rows(viewer: Viewer | None, source: Source) -> list[ColumnElement[bool]]:
    """Rows of a source that a viewer sees of sessions they see; no condition where that is all of them."""
    return [visible_rows(viewer, source)] if viewer is not None and viewer.is_narrowed else []


def in_named_sessions(
    viewer: Viewer, source: Source, wanted: EventFilter, limits: list[ColumnElement[bool]]
) -> list[ColumnElement[bool]]:
    """Rows of a source in the sessions that a filter names, or else in those that a list goes through.

    What is shared of sessions that one does not see is found by its sample, protein, group or collection.
    """
    if limits:
        return [in_sessions(source, chosen_sessions(viewer, limits))]
    if viewer.is_narrowed and not wanted.ungrouped and not wanted.of_samples:
        return [in_sessions(source, visible_sessions(viewer))]
    return []


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
