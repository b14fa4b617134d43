"""SQL of who sees an object."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, false, func, literal, or_, select, union, union_all
from sqlalchemy.orm import aliased

from ..access import Permission as Permitted
from ..access import Viewer, laboratories, visible
from ..db.typing import AnySelect, AnyUnion
from ..tables import (
    ApiKey,
    BagProposal,
    BLSample,
    BLSession,
    Container,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    Laboratory,
    Permission,
    Person,
    Proposal,
    ProposalHasPerson,
    Protein,
    Session_has_Person,
    Share,
    UserGroup,
    UserGroup_has_Permission,
)

MOST = 1000
"""Most rows that are read to tell who sees something; where there are more, the answer says so."""

LEADS, MEMBER, MEMBER_OF_PART, NAMED, NAMED_ON_PART, SHARED = "leads", "member", "part", "named", "named_part", "shared"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a sample is: the laboratory it belongs to and the person its protein names, where they are known."""

    sample: int
    protein: int
    proposal: int
    laboratory: int | None
    person: int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What decides who sees an object.

    `named` gives the sessions whose people see it. `owners` tells whose samples it is or was made from; None for what
    is not narrowed where several laboratories share the proposal, as its name and its sessions are not.
    """

    proposal_id: int
    bag: bool
    named: AnySelect
    owners: tuple[Owner, ...] | None = None


def _of_laboratory(seen: Seen) -> ColumnElement[bool]:
    """People whose every one of these samples is, by their laboratory or by name."""
    if not seen.owners or any(owner.proposal != seen.proposal_id for owner in seen.owners):
        return false()
    conditions = []
    for owner in seen.owners:
        ways: list[ColumnElement[bool]] = [false()]
        if owner.laboratory is not None:
            ways.append(Person.laboratoryId == owner.laboratory)
        if owner.person is not None:
            ways.append(Person.personId == owner.person)
        conditions.append(or_(*ways))
    return and_(*conditions)


def people(seen: Seen, receivers: Collection[int]) -> AnySelect:
    """Rows (personId, names, laboratoryId, laboratory, kind): a row for each reason why somebody sees it."""
    narrowed = seen.owners is not None
    in_bag = BLSession.proposalId.in_(select(BagProposal.proposalId))
    named = select(
        Session_has_Person.personId,
        case((in_bag, NAMED_ON_PART), else_=NAMED) if narrowed else literal(NAMED),
    ).join(BLSession, BLSession.sessionId == Session_has_Person.sessionId)
    named = named.where(Session_has_Person.sessionId.in_(seen.named))
    if narrowed:
        named = named.where(or_(BLSession.proposalId == seen.proposal_id, ~in_bag))
    found = union(
        select(Proposal.personId.label("personId"), literal(LEADS).label("kind")).where(
            Proposal.proposalId == seen.proposal_id
        ),
        select(ProposalHasPerson.personId, literal(MEMBER_OF_PART if narrowed and seen.bag else MEMBER)).where(
            ProposalHasPerson.proposalId == seen.proposal_id
        ),
        named,
        select(Person.personId, literal(SHARED)).where(Person.personId.in_(receivers)),
    ).subquery()
    whole = found.c.kind.not_in((MEMBER_OF_PART, NAMED_ON_PART))
    return (
        select(
            Person.personId,
            Person.givenName,
            Person.familyName,
            Person.laboratoryId,
            Laboratory.name.label("laboratory"),
            found.c.kind,
        )
        .join(found, found.c.personId == Person.personId)
        .outerjoin(Laboratory, Laboratory.laboratoryId == Person.laboratoryId)
        .where(or_(whole, _of_laboratory(seen)) if narrowed else whole)
        .order_by(Person.familyName, Person.personId, found.c.kind)
        .limit(MOST + 1)
    )


def sessions_of_proposal(proposal_id: int) -> AnySelect:
    """Every session of a proposal."""
    return select(BLSession.sessionId).where(BLSession.proposalId == proposal_id)


def one_session(session_id: int) -> AnySelect:
    """That session."""
    return select(BLSession.sessionId).where(BLSession.sessionId == session_id)


def _bag_of(statement: AnySelect, proposal: Any) -> AnySelect:
    return statement.add_columns(BagProposal.proposalId.label("bag")).outerjoin(
        BagProposal, BagProposal.proposalId == proposal
    )


def session(session_id: int) -> AnySelect:
    """Proposal and beamline of a session."""
    head = select(BLSession.proposalId, BLSession.beamLineName).where(BLSession.sessionId == session_id)
    return _bag_of(head, BLSession.proposalId)


def session_of_collection(collection_id: int) -> AnySelect:
    """Group, session, proposal and beamline of a collection."""
    head = (
        select(DataCollection.dataCollectionGroupId, BLSession.sessionId, BLSession.proposalId, BLSession.beamLineName)
        .join(DataCollectionGroup, DataCollectionGroup.dataCollectionGroupId == DataCollection.dataCollectionGroupId)
        .join(BLSession, BLSession.sessionId == DataCollectionGroup.sessionId)
        .where(DataCollection.dataCollectionId == collection_id)
    )
    return _bag_of(head, BLSession.proposalId)


def samples_of_group(group_id: int) -> AnyUnion:
    """Samples that a group or its collections name."""
    return union(
        select(DataCollectionGroup.blSampleId.label("sample")).where(
            DataCollectionGroup.dataCollectionGroupId == group_id, DataCollectionGroup.blSampleId.is_not(None)
        ),
        select(DataCollection.blSampleId).where(
            DataCollection.dataCollectionGroupId == group_id, DataCollection.blSampleId > 0
        ),
    )


def sample(sample_id: int) -> AnySelect:
    """Proposal and container of a sample."""
    head = (
        select(Protein.proposalId, Container.sessionId, Container.beamlineLocation)
        .select_from(BLSample)
        .join(Crystal, Crystal.crystalId == BLSample.crystalId)
        .join(Protein, Protein.proteinId == Crystal.proteinId)
        .outerjoin(Container, Container.containerId == BLSample.containerId)
        .where(BLSample.blSampleId == sample_id)
    )
    return _bag_of(head, Protein.proposalId)


def owners(samples: Collection[int]) -> AnySelect:
    """Rows (sample, protein, proposal, laboratory, person) of these samples."""
    return laboratories.with_owners(
        laboratories.sample_key().label("sample"),
        laboratories.sample_protein().label("protein"),
        laboratories.sample_proposal().label("proposal"),
        laboratories.laboratory_of_sample().label("laboratory"),
        laboratories.owner_of_sample().label("person"),
    ).where(laboratories.sample_key().in_(samples))


def _measured_in(sample_id: int) -> AnySelect:
    return select(DataCollectionGroup.sessionId).where(DataCollectionGroup.blSampleId == sample_id)


def sessions_that_need(sample_id: int, head: Row[Any]) -> AnySelect:
    """Sessions that a sample was measured in or waits for."""
    ways: list[ColumnElement[bool]] = [BLSession.sessionId.in_(_measured_in(sample_id))]
    waits = []
    if head.sessionId is not None:
        waits.append(BLSession.sessionId == head.sessionId)
    if head.beamlineLocation is not None:
        waits.append(BLSession.beamLineName == head.beamlineLocation)
    if waits:
        ways.append(and_(BLSession.proposalId == head.proposalId, or_(*waits)))
    return select(BLSession.sessionId).where(or_(*ways))


def places_of(sample_id: int, head: Row[Any]) -> AnySelect | AnyUnion:
    """Beamlines whose keys see a sample: where it stands, waits, or was measured."""
    there = select(BLSession.beamLineName).where(
        or_(BLSession.sessionId.in_(_measured_in(sample_id)), BLSession.sessionId == head.sessionId)
    )
    if head.beamlineLocation is None:
        return there.distinct()
    return union_all(there.distinct(), select(literal(head.beamlineLocation)))


def beamlines_of(proposal_id: int) -> AnySelect:
    """Beamlines that a proposal has sessions on."""
    return select(BLSession.beamLineName).where(BLSession.proposalId == proposal_id).distinct()


_sharer = aliased(Person)


def shares(viewer: Viewer, proposal_id: int) -> AnySelect:
    """Shares of a proposal that hold and that the viewer may know of, with whom they reach and who made them."""
    name = func.coalesce(_sharer.givenName, "") + " " + func.coalesce(_sharer.familyName, "")
    return (
        select(
            Share.blSampleId,
            Share.proteinId,
            Share.personId,
            Person.laboratoryId.label("receiverLaboratoryId"),
            Share.laboratoryId,
            Laboratory.name.label("laboratory"),
            name.label("sharedBy"),
        )
        .outerjoin(Person, Person.personId == Share.personId)
        .outerjoin(Laboratory, Laboratory.laboratoryId == Share.laboratoryId)
        .outerjoin(_sharer, _sharer.personId == Share.createdBy)
        .where(Share.proposalId == proposal_id, Share.revokedAt.is_(None), visible(viewer, Share))
        .order_by(Share.shareId)
        .limit(MOST)
    )


@cache
def administrators() -> AnySelect:
    """User groups whose members see every proposal."""
    return (
        select(UserGroup.name)
        .join(UserGroup_has_Permission, UserGroup_has_Permission.userGroupId == UserGroup.userGroupId)
        .join(Permission, Permission.permissionId == UserGroup_has_Permission.permissionId)
        .where(Permission.type == Permitted.ALL_PROPOSALS.value)
        .distinct()
        .order_by(UserGroup.name)
        .limit(MOST)
    )


def keys(now: datetime) -> AnySelect:
    """API keys that are good at this moment."""
    return (
        select(ApiKey.name, ApiKey.scopes, ApiKey.beamLines)
        .where(ApiKey.revokedAt.is_(None), or_(ApiKey.expiresAt.is_(None), ApiKey.expiresAt > now))
        .order_by(ApiKey.name)
        .limit(MOST + 1)
    )
