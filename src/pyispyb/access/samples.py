"""Rules for what is sent to a facility: proteins, crystals, samples, containers.

Members of a proposal and staff of a beamline it visits see all of it. Someone named on a session only, and the key of
a beamline, see what was measured there and what waits there.
"""

from sqlalchemy import or_, select, true

from ..db.typing import AnySelect
from ..tables import (
    BLSample,
    BLSession,
    BLSubSample,
    Container,
    Crystal,
    DataCollectionGroup,
    Dewar,
    Protein,
    Shipping,
)
from .policy import (
    Predicate,
    beamline_proposals,
    ids_of_any,
    own_proposals,
    own_sessions,
    rule_for,
    visible,
    visible_sessions,
)
from .viewer import Viewer


def _whole_proposals(viewer: Viewer) -> AnySelect:
    """Proposals of which a person sees everything sent."""
    ways = list(own_proposals(viewer))
    if viewer.beamlines:
        ways.append(beamline_proposals(viewer))
    return ids_of_any(*ways)


def _measured(sessions: AnySelect) -> AnySelect:
    """Samples measured in these sessions."""
    return select(DataCollectionGroup.blSampleId).where(
        DataCollectionGroup.sessionId.in_(sessions), DataCollectionGroup.blSampleId.is_not(None)
    )


def _waiting_for(sessions: AnySelect) -> AnySelect:
    """Samples of a session's own proposal that are assigned to it, or stand on its beamline."""
    return (
        select(BLSample.blSampleId)
        .join(Crystal, Crystal.crystalId == BLSample.crystalId)
        .join(Protein, Protein.proteinId == Crystal.proteinId)
        .join(BLSession, BLSession.proposalId == Protein.proposalId)
        .join(Container, Container.containerId == BLSample.containerId)
        .where(
            BLSession.sessionId.in_(sessions),
            or_(
                Container.sessionId == BLSession.sessionId,
                Container.beamlineLocation == BLSession.beamLineName,
            ),
        )
    )


def _on_beamline(viewer: Viewer) -> Predicate:
    """Containers that stand on the viewer's beamlines, or are assigned to a session there."""
    return or_(
        Container.beamlineLocation.in_(sorted(viewer.beamlines)),
        Container.sessionId.in_(visible_sessions(viewer)),
    )


@rule_for(BLSample)
def _sample(viewer: Viewer) -> Predicate:
    if viewer.sees_everything:
        return true()
    if viewer.is_key:
        on_beamline = select(Container.containerId).where(_on_beamline(viewer))
        return or_(
            BLSample.containerId.in_(on_beamline),
            BLSample.blSampleId.in_(_measured(visible_sessions(viewer))),
        )
    of_proposals = (
        select(Crystal.crystalId)
        .join(Protein, Protein.proteinId == Crystal.proteinId)
        .where(Protein.proposalId.in_(_whole_proposals(viewer)))
    )
    sessions = own_sessions(viewer)
    return or_(
        BLSample.crystalId.in_(of_proposals),
        BLSample.blSampleId.in_(ids_of_any(_measured(sessions), _waiting_for(sessions))),
    )


@rule_for(BLSubSample)
def _sub_sample(viewer: Viewer) -> Predicate:
    if viewer.sees_everything:
        return true()
    return BLSubSample.blSampleId.in_(select(BLSample.blSampleId).where(visible(viewer, BLSample)))


@rule_for(Crystal)
def _crystal(viewer: Viewer) -> Predicate:
    if viewer.sees_everything:
        return true()
    of_samples = select(BLSample.crystalId).where(visible(viewer, BLSample))
    if viewer.is_key:
        return Crystal.crystalId.in_(of_samples)
    of_proposals = select(Protein.proteinId).where(Protein.proposalId.in_(_whole_proposals(viewer)))
    return or_(Crystal.proteinId.in_(of_proposals), Crystal.crystalId.in_(of_samples))


@rule_for(Protein)
def _protein(viewer: Viewer) -> Predicate:
    if viewer.sees_everything:
        return true()
    of_samples = (
        select(Crystal.proteinId)
        .join(BLSample, BLSample.crystalId == Crystal.crystalId)
        .where(visible(viewer, BLSample))
    )
    if viewer.is_key:
        return Protein.proteinId.in_(of_samples)
    return or_(Protein.proposalId.in_(_whole_proposals(viewer)), Protein.proteinId.in_(of_samples))


@rule_for(Container)
def _container(viewer: Viewer) -> Predicate:
    """Seen with one of its samples, with the shipment it came in, or where it stands."""
    if viewer.sees_everything:
        return true()
    of_samples = select(BLSample.containerId).where(visible(viewer, BLSample), BLSample.containerId.is_not(None))
    if viewer.is_key:
        return or_(_on_beamline(viewer), Container.containerId.in_(of_samples))
    shipped = (
        select(Dewar.dewarId)
        .join(Shipping, Shipping.shippingId == Dewar.shippingId)
        .where(Shipping.proposalId.in_(_whole_proposals(viewer)))
    )
    return or_(
        Container.containerId.in_(of_samples),
        Container.dewarId.in_(shipped),
        Container.sessionId.in_(visible_sessions(viewer)),
    )
