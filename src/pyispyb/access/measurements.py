"""Rules for what was measured.

It is seen with its session. Where several laboratories share the proposal, members and those named on the session see
what was made of their own laboratory's samples; whoever a sample is shared with sees what was made of it.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from ..db.typing import AnySelect
from ..tables import (
    BLSession,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    EnergyScan,
    RobotAction,
    XFEFluorescenceSpectrum,
)
from .laboratories import made_of, samples_of_laboratory, samples_shared_with
from .memberships import narrowed_proposals, narrowed_sessions, sessions_of, shared_proposals
from .policy import Rule, rule_for
from .sessions import whole_session
from .viewer import Viewer
from .ways import Held, Predicate, Role, Ways, any_of, by_keys, one, through

OF_LABORATORY = "It was made from a sample of your laboratory."


def _measured(session: Any, of_samples: Callable[[AnySelect], Predicate]) -> Rule:
    """A table whose column `session` names the session; `of_samples` picks what was made from some samples."""

    def rule(viewer: Viewer) -> Ways:
        ways = [through(session, select(BLSession.sessionId), whole_session(viewer))]
        if viewer.person_id is not None and viewer.bags:
            held = (
                Held(Role.COLLEAGUE, OF_LABORATORY, sessions_of(narrowed_proposals(viewer))),
                Held(Role.SESSION_MEMBER, OF_LABORATORY, narrowed_sessions(viewer)),
            )
            ways.append(by_keys(session.in_, *held).limited(of_samples(samples_of_laboratory(viewer))))
        if viewer.shares:
            shared = one(
                Role.RECEIVER,
                "The sample it was made from is shared with you.",
                session.in_(sessions_of(shared_proposals(viewer))),
            )
            ways.append(shared.limited(of_samples(samples_shared_with(viewer))))
        return any_of(*ways)

    return rule


_group = rule_for(DataCollectionGroup)(_measured(DataCollectionGroup.sessionId, made_of))
rule_for(EnergyScan)(_measured(EnergyScan.sessionId, EnergyScan.blSampleId.in_))
rule_for(RobotAction)(_measured(RobotAction.blsessionId, RobotAction.blsampleId.in_))
rule_for(XFEFluorescenceSpectrum)(_measured(XFEFluorescenceSpectrum.sessionId, XFEFluorescenceSpectrum.blSampleId.in_))


@rule_for(DataCollection)
def _collection(viewer: Viewer) -> Ways:
    group = select(DataCollectionGroup.dataCollectionGroupId)
    return through(DataCollection.dataCollectionGroupId, group, _group(viewer))


@rule_for(DataCollectionFileAttachment)
def _attachment(viewer: Viewer) -> Ways:
    collection = select(DataCollection.dataCollectionId)
    return through(DataCollectionFileAttachment.dataCollectionId, collection, _collection(viewer))
