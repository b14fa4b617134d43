"""Rules for proposals, sessions and their people."""

from functools import lru_cache

from sqlalchemy import select, true

from ..db.typing import AnySelect
from ..tables import BLSession, Proposal, ProposalHasPerson, Session_has_Person
from .memberships import (
    beamline_proposals,
    joined_proposals,
    led_proposals,
    on_beamlines,
    own_sessions,
    proposals_of,
    sessions_of,
    shared_proposals,
    whole_proposals,
    whole_sessions,
)
from .policy import rule_for, visible
from .viewer import Viewer
from .ways import Held, Predicate, Role, Ways, any_of, by_keys, one, through

LEADS = "You lead the proposal."
IS_MEMBER = "You are on the proposal."
IS_NAMED = "You are on the session."


def _by_beamline(viewer: Viewer) -> Ways:
    if viewer.is_key:
        return one(Role.KEY, "The key covers its beamline.", on_beamlines(viewer))
    return one(Role.STAFF, "You are staff of its beamline.", on_beamlines(viewer))


def _sessions(viewer: Viewer, joined: AnySelect, named: AnySelect) -> Ways:
    ways = []
    if viewer.beamlines:
        ways.append(_by_beamline(viewer))
    if viewer.person_id is not None:
        held = (
            Held(Role.LEADER, LEADS, sessions_of(led_proposals(viewer))),
            Held(Role.MEMBER, IS_MEMBER, sessions_of(joined)),
            Held(Role.SESSION_MEMBER, IS_NAMED, named),
        )
        ways.append(by_keys(BLSession.sessionId.in_, *held))
    return any_of(*ways)


@rule_for(BLSession)
def _session(viewer: Viewer) -> Ways:
    return _sessions(viewer, joined_proposals(viewer), own_sessions(viewer))


def whole_session(viewer: Viewer) -> Ways:
    """Sessions of which everything that was measured is seen."""
    return _sessions(viewer, whole_proposals(viewer), whole_sessions(viewer))


def sees_whole(viewer: Viewer) -> Predicate:
    """True for the sessions of which the viewer sees everything that was measured; never true for those they do not."""
    return whole_session(viewer).rows if viewer.is_narrowed else true()


@lru_cache(maxsize=1024)
def visible_sessions(viewer: Viewer) -> AnySelect:
    """Ids of the sessions a viewer sees."""
    return select(BLSession.sessionId).where(visible(viewer, BLSession))


def _taking_part(viewer: Viewer) -> list[Held]:
    held = []
    if viewer.person_id is not None:
        held += [
            Held(Role.LEADER, LEADS, led_proposals(viewer)),
            Held(Role.MEMBER, IS_MEMBER, joined_proposals(viewer)),
            Held(Role.SESSION_MEMBER, "You are on one of its sessions.", proposals_of(own_sessions(viewer))),
        ]
    if viewer.beamlines:
        role, because = Role.STAFF, "You are staff of a beamline that it has a session on."
        if viewer.is_key:
            role, because = Role.KEY, "It has a session on a beamline of the key."
        held.append(Held(role, because, beamline_proposals(viewer)))
    return held


@rule_for(Proposal)
def _proposal(viewer: Viewer) -> Ways:
    held = _taking_part(viewer)
    if viewer.shares:
        held.append(Held(Role.RECEIVER, "Something of it is shared with you.", shared_proposals(viewer)))
    return by_keys(Proposal.proposalId.in_, *held)


@rule_for(ProposalHasPerson)
def _proposal_people(viewer: Viewer) -> Ways:
    """Not for those with whom something of the proposal is shared: they see no more of it than its name."""
    return by_keys(ProposalHasPerson.proposalId.in_, *_taking_part(viewer))


@rule_for(Session_has_Person)
def _session_people(viewer: Viewer) -> Ways:
    return through(Session_has_Person.sessionId, select(BLSession.sessionId), _session(viewer))
