"""What people hold: the proposals and sessions of a viewer, and what is shared with them.

A proposal that several laboratories share (a block allocation group, BAG) is narrowed: of it a member sees their own
laboratory's part. `whole_*` leaves such proposals out, `narrowed_*` gives only them.
"""

from sqlalchemy import ColumnElement, or_, select

from ..db.typing import AnySelect
from ..tables import BagProposal, BLSession, Proposal, ProposalHasPerson, Session_has_Person, Share
from .viewer import Viewer


def _bags() -> AnySelect:
    return select(BagProposal.proposalId)


def led_proposals(viewer: Viewer) -> AnySelect:
    """Proposals the person leads."""
    return select(Proposal.proposalId).where(Proposal.personId == viewer.person_id)


def joined_proposals(viewer: Viewer) -> AnySelect:
    """Proposals the person is a member of."""
    return select(ProposalHasPerson.proposalId).where(ProposalHasPerson.personId == viewer.person_id)


def whole_proposals(viewer: Viewer) -> AnySelect:
    """Proposals the person is a member of and sees all of."""
    joined = joined_proposals(viewer)
    return joined.where(ProposalHasPerson.proposalId.not_in(_bags())) if viewer.bags else joined


def narrowed_proposals(viewer: Viewer) -> AnySelect:
    """Proposals the person is a member of and sees their laboratory's part of."""
    return joined_proposals(viewer).where(ProposalHasPerson.proposalId.in_(_bags()))


def own_sessions(viewer: Viewer) -> AnySelect:
    """Sessions the person is named on."""
    return select(Session_has_Person.sessionId).where(Session_has_Person.personId == viewer.person_id)


def whole_sessions(viewer: Viewer) -> AnySelect:
    """Sessions the person is named on and sees all of."""
    return _own_sessions_of(viewer, BLSession.proposalId.not_in(_bags())) if viewer.bags else own_sessions(viewer)


def narrowed_sessions(viewer: Viewer) -> AnySelect:
    """Sessions the person is named on and sees their laboratory's part of."""
    return _own_sessions_of(viewer, BLSession.proposalId.in_(_bags()))


def _own_sessions_of(viewer: Viewer, proposals: ColumnElement[bool]) -> AnySelect:
    return own_sessions(viewer).join(BLSession, BLSession.sessionId == Session_has_Person.sessionId).where(proposals)


def sessions_of(proposals: AnySelect) -> AnySelect:
    """Sessions of these proposals."""
    return select(BLSession.sessionId).where(BLSession.proposalId.in_(proposals))


def proposals_of(sessions: AnySelect) -> AnySelect:
    """Proposals of these sessions."""
    return select(BLSession.proposalId).where(BLSession.sessionId.in_(sessions))


def on_beamlines(viewer: Viewer) -> ColumnElement[bool]:
    """Sessions on one of the viewer's beamlines."""
    return BLSession.beamLineName.in_(sorted(viewer.beamlines))


def beamline_proposals(viewer: Viewer) -> AnySelect:
    """Proposals with a session on one of the viewer's beamlines."""
    return select(BLSession.proposalId).where(on_beamlines(viewer))


def shared_with(viewer: Viewer) -> ColumnElement[bool]:
    """Shares that reach the person, by themselves or by their laboratory."""
    ways = [Share.personId == viewer.person_id]
    if viewer.laboratory_id is not None:
        ways.append(Share.laboratoryId == viewer.laboratory_id)
    return or_(*ways) & Share.revokedAt.is_(None)


def shared_proposals(viewer: Viewer) -> AnySelect:
    """Proposals of which something is shared with the person."""
    return select(Share.proposalId).where(shared_with(viewer))
