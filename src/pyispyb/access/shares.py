"""The rule for shares: those whose sample or protein it is, who gave it, and who got it."""

from sqlalchemy import and_, or_

from ..tables import Share
from .laboratories import proteins_of_laboratory, samples_of_laboratory
from .memberships import (
    beamline_proposals,
    led_proposals,
    narrowed_proposals,
    shared_with,
    whole_proposals,
)
from .policy import rule_for
from .sessions import IS_MEMBER, LEADS
from .viewer import Viewer
from .ways import NOWHERE, Held, Role, Ways, any_of, by_keys, one


@rule_for(Share)
def _share(viewer: Viewer) -> Ways:
    """Keys act for nobody, and see none."""
    if viewer.is_key:
        return NOWHERE
    held = [Held(Role.LEADER, LEADS, led_proposals(viewer)), Held(Role.MEMBER, IS_MEMBER, whole_proposals(viewer))]
    if viewer.beamlines:
        because = "You are staff of a beamline that its proposal has a session on."
        held.append(Held(Role.STAFF, because, beamline_proposals(viewer)))
    ways = [
        by_keys(Share.proposalId.in_, *held),
        one(Role.SHARER, "You shared it.", Share.createdBy == viewer.person_id),
        one(Role.RECEIVER, "It is shared with you.", shared_with(viewer)),
    ]
    if viewer.bags:
        own = or_(
            Share.blSampleId.in_(samples_of_laboratory(viewer)),
            Share.proteinId.in_(proteins_of_laboratory(viewer)),
        )
        mine = and_(Share.proposalId.in_(narrowed_proposals(viewer)), own)
        ways.append(one(Role.COLLEAGUE, "It is of your laboratory.", mine))
    return any_of(*ways)
