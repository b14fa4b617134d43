"""Who may see and do what: the one definition behind lists and single objects.

`visible(viewer, Table)` is a predicate for the WHERE of any query that reads that table.
The roles are administrator, staff of a beamline, member of a proposal, member of a session, and key of a beamline.
Each grants sessions and proposals; what was measured is seen with its session, what was sent with its proposal.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select, true, union

from ..db.typing import AnySelect
from ..errors import Forbidden
from ..tables import (
    BLSession,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    EnergyScan,
    Proposal,
    ProposalHasPerson,
    RobotAction,
    Session_has_Person,
    XFEFluorescenceSpectrum,
)
from ..tables.base import Base
from .viewer import Viewer

Predicate = ColumnElement[bool]
Rule = Callable[[Viewer], Predicate]


def ids_of_any(*queries: AnySelect) -> AnySelect:
    """The ids that any of the queries gives.

    A derived table rather than OR-ed subqueries: the database computes it once, from indexes, and can start from it.
    """
    if len(queries) == 1:
        return queries[0]
    return select(union(*queries).subquery().c[0])


def own_sessions(viewer: Viewer) -> AnySelect:
    """Sessions the person is named on."""
    return select(Session_has_Person.sessionId).where(Session_has_Person.personId == viewer.person_id)


def own_proposals(viewer: Viewer) -> tuple[AnySelect, ...]:
    """Proposals the person is a member of, or leads."""
    return (
        select(ProposalHasPerson.proposalId).where(ProposalHasPerson.personId == viewer.person_id),
        select(Proposal.proposalId).where(Proposal.personId == viewer.person_id),
    )


def beamline_proposals(viewer: Viewer) -> AnySelect:
    """Proposals with a session on one of the viewer's beamlines."""
    return select(BLSession.proposalId).where(BLSession.beamLineName.in_(sorted(viewer.beamlines)))


def _member_sessions(viewer: Viewer) -> AnySelect:
    of_proposals = [
        select(BLSession.sessionId).where(BLSession.proposalId.in_(proposals)) for proposals in own_proposals(viewer)
    ]
    return ids_of_any(own_sessions(viewer), *of_proposals)


def _session(viewer: Viewer) -> Predicate:
    if viewer.sees_everything:
        return true()
    ways: list[Predicate] = []
    if viewer.beamlines:
        ways.append(BLSession.beamLineName.in_(sorted(viewer.beamlines)))
    if viewer.person_id is not None:
        ways.append(BLSession.sessionId.in_(_member_sessions(viewer)))
    return or_(*ways) if ways else false()


@lru_cache(maxsize=1024)
def visible_sessions(viewer: Viewer) -> AnySelect:
    """Ids of the sessions a viewer sees."""
    return select(BLSession.sessionId).where(_session(viewer))


def _proposal(viewer: Viewer) -> Predicate:
    if viewer.sees_everything:
        return true()
    ways: list[AnySelect] = []
    if viewer.person_id is not None:
        named_on = select(BLSession.proposalId).where(BLSession.sessionId.in_(own_sessions(viewer)))
        ways += [*own_proposals(viewer), named_on]
    if viewer.beamlines:
        ways.append(beamline_proposals(viewer))
    return Proposal.proposalId.in_(ids_of_any(*ways)) if ways else false()


def _with_session(column: Any) -> Rule:
    """Seen with the session whose id the column holds."""

    def rule(viewer: Viewer) -> Predicate:
        seen: Predicate = column.in_(visible_sessions(viewer))
        return true() if viewer.sees_everything else seen

    return rule


def _with(column: Any, parent: Any, parent_rule: Rule) -> Rule:
    """Seen with the parent row whose id the column holds."""

    def rule(viewer: Viewer) -> Predicate:
        if viewer.sees_everything:
            return true()
        seen: Predicate = column.in_(select(parent).where(parent_rule(viewer)))
        return seen

    return rule


_group = _with_session(DataCollectionGroup.sessionId)
_collection = _with(DataCollection.dataCollectionGroupId, DataCollectionGroup.dataCollectionGroupId, _group)

_RULES: dict[type[Base], Rule] = {
    BLSession: _session,
    Proposal: _proposal,
    DataCollectionGroup: _group,
    DataCollection: _collection,
    DataCollectionFileAttachment: _with(
        DataCollectionFileAttachment.dataCollectionId, DataCollection.dataCollectionId, _collection
    ),
    EnergyScan: _with_session(EnergyScan.sessionId),
    RobotAction: _with_session(RobotAction.blsessionId),
    XFEFluorescenceSpectrum: _with_session(XFEFluorescenceSpectrum.sessionId),
}


def rule_for(table: type[Base]) -> Callable[[Rule], Rule]:
    """Declare the rule of a table that another module of this package knows about."""

    def declare(rule: Rule) -> Rule:
        _RULES[table] = rule
        return rule

    return declare


@lru_cache(maxsize=4096)
def visible(viewer: Viewer, table: type[Base]) -> Predicate:
    """True for the rows of `table` that the viewer may see. Raises KeyError for a table without a rule.

    Depends on nothing but what the viewer holds at this moment, and is kept for their next request.
    """
    return _RULES[table](viewer)


def require_beamline(viewer: Viewer, session_name: str, beamline: str | None) -> None:
    """A key writes only to sessions on its beamlines. Raises Forbidden with the reason."""
    if not viewer.covers(beamline):
        covered = ", ".join(sorted(viewer.beamlines)) or "no beamline"
        raise Forbidden(f"Key '{viewer.login}' covers {covered}; session {session_name} is on {beamline or 'none'}.")
