"""SQL of shared proposals and of shares."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from ..access import Viewer, reasons, visible
from ..db.paging import Key
from ..db.typing import AnySelect
from ..proposals.names import is_proposal
from ..tables import (
    BagProposal,
    BLSample,
    BLSession,
    Crystal,
    Laboratory,
    Person,
    Proposal,
    ProposalHasPerson,
    Protein,
    Session_has_Person,
    Share,
)

SHARE_ORDER = (Key(Share.shareId),)

_sharer = aliased(Person)


def _name(person: Any) -> ColumnElement[str]:
    """Given and family name; the blank stays where one of them is missing, for Python to strip."""
    name: ColumnElement[str] = func.coalesce(person.givenName, "") + " " + func.coalesce(person.familyName, "")
    return name


def proposal(viewer: Viewer, name: str) -> AnySelect:
    """A proposal by its name with its mark, and why the viewer sees it."""
    return (
        select(
            Proposal.proposalId,
            Proposal.proposalCode,
            Proposal.proposalNumber,
            BagProposal.proposalId.label("bag"),
            *reasons(viewer, Proposal),
        )
        .outerjoin(BagProposal, BagProposal.proposalId == Proposal.proposalId)
        .where(is_proposal(name), visible(viewer, Proposal))
    )


def shares(viewer: Viewer, where: list[ColumnElement[bool]]) -> AnySelect:
    """Shares that hold and that the viewer may know of, with names, and why they see them."""
    return (
        select(
            Share.shareId,
            Share.proposalId,
            Proposal.proposalCode,
            Proposal.proposalNumber,
            Share.blSampleId,
            Share.proteinId,
            func.coalesce(BLSample.name, Protein.acronym).label("name"),
            Share.personId,
            Person.givenName,
            Person.familyName,
            Share.laboratoryId,
            Laboratory.name.label("laboratory"),
            Share.createdBy,
            _name(_sharer).label("sharedBy"),
            Share.createdAt,
            *reasons(viewer, Share),
        )
        .join(Proposal, Proposal.proposalId == Share.proposalId)
        .outerjoin(BLSample, BLSample.blSampleId == Share.blSampleId)
        .outerjoin(Protein, Protein.proteinId == Share.proteinId)
        .outerjoin(Person, Person.personId == Share.personId)
        .outerjoin(Laboratory, Laboratory.laboratoryId == Share.laboratoryId)
        .outerjoin(_sharer, _sharer.personId == Share.createdBy)
        .where(Share.revokedAt.is_(None), visible(viewer, Share), *where)
    )


def same_share(values: dict[str, Any]) -> AnySelect:
    """A share of the same thing with the same person or laboratory that holds."""
    named = [column == values[column.key] for column in (Share.blSampleId, Share.proteinId) if values[column.key]]
    named += [column == values[column.key] for column in (Share.personId, Share.laboratoryId) if values[column.key]]
    return select(Share.shareId).where(Share.revokedAt.is_(None), *named)


def sample_proposal(sample_id: int) -> AnySelect:
    """The proposal of a sample."""
    return (
        select(Protein.proposalId)
        .join(Crystal, Crystal.proteinId == Protein.proteinId)
        .join(BLSample, BLSample.crystalId == Crystal.crystalId)
        .where(BLSample.blSampleId == sample_id)
    )


def protein_proposal(protein_id: int) -> AnySelect:
    """The proposal of a protein."""
    return select(Protein.proposalId).where(Protein.proteinId == protein_id)


def _people_of(proposal_id: int) -> ColumnElement[bool]:
    """People who lead a proposal, are on it or on one of its sessions."""
    named = (
        select(Session_has_Person.personId)
        .join(BLSession, BLSession.sessionId == Session_has_Person.sessionId)
        .where(BLSession.proposalId == proposal_id)
    )
    return or_(
        Person.personId.in_(select(Proposal.personId).where(Proposal.proposalId == proposal_id)),
        Person.personId.in_(select(ProposalHasPerson.personId).where(ProposalHasPerson.proposalId == proposal_id)),
        Person.personId.in_(named),
    )


def person_of_proposal(proposal_id: int, person_id: int) -> AnySelect:
    """A person, if they have to do with the proposal."""
    return select(Person.personId).where(Person.personId == person_id, _people_of(proposal_id))


def laboratory_of_proposal(proposal_id: int, laboratory_id: int) -> AnySelect:
    """A laboratory, if somebody of the proposal works in it."""
    return select(Person.laboratoryId).where(Person.laboratoryId == laboratory_id, _people_of(proposal_id)).limit(1)


def of_proposal(name: str) -> ColumnElement[bool]:
    """Shares of the proposal of that name; the query joins Proposal."""
    return is_proposal(name)


def of_sample(sample_id: int) -> ColumnElement[bool]:
    """Shares that show a sample: its own, and those of its protein."""
    protein = (
        select(Crystal.proteinId)
        .join(BLSample, BLSample.crystalId == Crystal.crystalId)
        .where(BLSample.blSampleId == sample_id)
    )
    return or_(Share.blSampleId == sample_id, Share.proteinId.in_(protein))


def held_share(viewer: Viewer, share_id: int) -> AnySelect:
    """A share that holds, held until the transaction ends, and why the viewer sees it."""
    wanted = (Share.proposalId, Share.blSampleId, Share.proteinId, Share.personId, Share.laboratoryId)
    return (
        select(*wanted, *reasons(viewer, Share))
        .where(and_(Share.shareId == share_id, Share.revokedAt.is_(None)))
        .with_for_update()
    )
