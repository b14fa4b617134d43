"""Rules for what is sent to a facility: proteins, crystals, samples, containers.

Members of a proposal and staff of a beamline it visits see all of it. Someone named on a session only, and the key of
a beamline, see what was measured there and what waits there. Where several laboratories share the proposal, members
and those named on a session see their own laboratory's part.
"""

from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from ..db.typing import AnySelect
from ..tables import (
    BLSample,
    BLSession,
    BLSubSample,
    Container,
    Crystal,
    DataCollectionGroup,
    Dewar,
    Person,
    Protein,
    Share,
    Shipping,
)
from .laboratories import proteins_of_laboratory, samples_of_laboratory, shared_proteins, shared_samples
from .memberships import (
    beamline_proposals,
    led_proposals,
    narrowed_proposals,
    narrowed_sessions,
    shared_with,
    whole_proposals,
    whole_sessions,
)
from .policy import rule_for
from .sessions import IS_MEMBER, LEADS, visible_sessions, whole_session
from .viewer import Viewer
from .ways import Held, Predicate, Role, Ways, any_of, by_keys, one, through

IS_STAFF = "You are staff of a beamline that its proposal has a session on."
OF_LABORATORY = "It is of your laboratory."
A_SAMPLE = "a sample of it"


def _of_whole_proposals(viewer: Viewer) -> list[Held]:
    """Proposals of which a person sees everything sent."""
    held = [Held(Role.STAFF, IS_STAFF, beamline_proposals(viewer))] if viewer.beamlines else []
    return [
        *held,
        Held(Role.LEADER, LEADS, led_proposals(viewer)),
        Held(Role.MEMBER, IS_MEMBER, whole_proposals(viewer)),
    ]


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


def _of_sessions(sessions: AnySelect) -> Ways:
    return by_keys(
        BLSample.blSampleId.in_,
        Held(Role.SESSION_MEMBER, "It was measured in a session you are on.", _measured(sessions)),
        Held(Role.EXPECTING, "It waits for a session you are on.", _waiting_for(sessions)),
    )


def _on_beamline(viewer: Viewer) -> Predicate:
    """Containers that stand on the viewer's beamlines, or are assigned to a session there."""
    return or_(
        Container.beamlineLocation.in_(sorted(viewer.beamlines)),
        Container.sessionId.in_(visible_sessions(viewer)),
    )


def _samples_of_proposals(proposals: AnySelect) -> Predicate:
    of_proposals = (
        select(Crystal.crystalId)
        .join(Protein, Protein.proteinId == Crystal.proteinId)
        .where(Protein.proposalId.in_(proposals))
    )
    return BLSample.crystalId.in_(of_proposals)


@rule_for(BLSample)
def _sample(viewer: Viewer) -> Ways:
    if viewer.is_key:
        on_beamline = select(Container.containerId).where(_on_beamline(viewer))
        there = one(Role.KEY, "It is on a beamline of the key.", BLSample.containerId.in_(on_beamline))
        measured = _measured(visible_sessions(viewer))
        return any_of(
            there, one(Role.KEY, "It was measured on a beamline of the key.", BLSample.blSampleId.in_(measured))
        )
    ways = [
        by_keys(_samples_of_proposals, *_of_whole_proposals(viewer)),
        _of_sessions(whole_sessions(viewer)),
    ]
    if viewer.bags:
        joined = by_keys(_samples_of_proposals, Held(Role.COLLEAGUE, OF_LABORATORY, narrowed_proposals(viewer)))
        own = BLSample.blSampleId.in_(samples_of_laboratory(viewer))
        ways.append(any_of(joined, _of_sessions(narrowed_sessions(viewer))).limited(own))
    if viewer.shares:
        ways.append(_shared_samples(viewer))
    return any_of(*ways)


def _shared_samples(viewer: Viewer) -> Ways:
    protein = select(Crystal.proteinId).where(Crystal.crystalId == BLSample.crystalId).correlate(BLSample)
    shown = or_(Share.blSampleId == BLSample.blSampleId, Share.proteinId == protein.scalar_subquery())
    return by_keys(
        BLSample.blSampleId.in_,
        *(
            Held(Role.RECEIVER, because, shared_samples(shares), _sharer(shares, shown))
            for because, shares in _shares(viewer)
        ),
    )


def _shares(viewer: Viewer) -> list[tuple[str, ColumnElement[bool]]]:
    """What reaches a person, and what reaches their laboratory."""
    shares = shared_with(viewer)
    ways: list[tuple[str, ColumnElement[bool]]] = [("It is shared with you.", shares & Share.personId.is_not(None))]
    if viewer.laboratory_id is not None:
        ways.append(("It is shared with your laboratory.", shares & Share.laboratoryId.is_not(None)))
    return ways


def _sharer(shares: ColumnElement[bool], shown: ColumnElement[bool]) -> ColumnElement[Any]:
    """Name of one person whom the share is owed to."""
    name = func.coalesce(Person.givenName, "") + " " + func.coalesce(Person.familyName, "")
    sharer = select(name).join(Share, Share.createdBy == Person.personId).where(shares, shown)
    return sharer.order_by(Share.shareId).limit(1).correlate(BLSample, Protein).scalar_subquery()


@rule_for(BLSubSample)
def _sub_sample(viewer: Viewer) -> Ways:
    return through(BLSubSample.blSampleId, select(BLSample.blSampleId), _sample(viewer))


def _crystals_of_proposals(proposals: AnySelect) -> Predicate:
    return Crystal.proteinId.in_(select(Protein.proteinId).where(Protein.proposalId.in_(proposals)))


@rule_for(Crystal)
def _crystal(viewer: Viewer) -> Ways:
    of_samples = through(Crystal.crystalId, select(BLSample.crystalId), _sample(viewer), A_SAMPLE)
    if viewer.is_key:
        return of_samples
    ways = [by_keys(_crystals_of_proposals, *_of_whole_proposals(viewer)), of_samples]
    if viewer.bags:
        own = Crystal.proteinId.in_(proteins_of_laboratory(viewer))
        ways.append(one(Role.COLLEAGUE, OF_LABORATORY, own))
    if viewer.shares:
        shared = Crystal.proteinId.in_(shared_proteins(shared_with(viewer)))
        ways.append(one(Role.RECEIVER, "Its protein is shared with you.", shared))
    return any_of(*ways)


@rule_for(Protein)
def _protein(viewer: Viewer) -> Ways:
    of_its_samples = select(Crystal.proteinId).join(BLSample, BLSample.crystalId == Crystal.crystalId)
    of_samples = through(Protein.proteinId, of_its_samples, _sample(viewer), A_SAMPLE)
    if viewer.is_key:
        return of_samples
    ways = [by_keys(Protein.proposalId.in_, *_of_whole_proposals(viewer)), of_samples]
    if viewer.bags:
        ways.append(one(Role.COLLEAGUE, OF_LABORATORY, Protein.proteinId.in_(proteins_of_laboratory(viewer))))
    if viewer.shares:
        ways.append(_shared_proteins(viewer))
    return any_of(*ways)


def _shared_proteins(viewer: Viewer) -> Ways:
    shown = Share.proteinId == Protein.proteinId
    return by_keys(
        Protein.proteinId.in_,
        *(
            Held(Role.RECEIVER, because, shared_proteins(shares), _sharer(shares, shown))
            for because, shares in _shares(viewer)
        ),
    )


def _shipped_for(proposals: AnySelect) -> Predicate:
    shipped = (
        select(Dewar.dewarId)
        .join(Shipping, Shipping.shippingId == Dewar.shippingId)
        .where(Shipping.proposalId.in_(proposals))
    )
    return Container.dewarId.in_(shipped)


@rule_for(Container)
def _container(viewer: Viewer) -> Ways:
    """Seen with one of its samples, with the shipment it came in, or where it stands."""
    inside = select(BLSample.containerId).where(BLSample.containerId.is_not(None))
    of_samples = through(Container.containerId, inside, _sample(viewer), "a sample in it")
    if viewer.is_key:
        return any_of(one(Role.KEY, "It is on a beamline of the key.", _on_beamline(viewer)), of_samples)
    assigned = select(BLSession.sessionId)
    return any_of(
        of_samples,
        by_keys(_shipped_for, *_of_whole_proposals(viewer)),
        through(Container.sessionId, assigned, whole_session(viewer), "the session it is assigned to"),
    )
