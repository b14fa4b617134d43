"""Whose a sample is where several laboratories share a proposal, and which samples are shared with whom.

The laboratory of a sample is that of the person its protein names. Where the protein names nobody, or somebody without
laboratory, it is that of the contact who sent its container. Where neither is known, it is nobody's.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from ..db.typing import AnySelect
from ..tables import (
    BLSample,
    Container,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    Dewar,
    LabContact,
    Person,
    Protein,
    Share,
    Shipping,
)
from .memberships import narrowed_proposals, narrowed_sessions, proposals_of, shared_with
from .viewer import Viewer
from .ways import Predicate, ids_of_any

_owner, _sender = aliased(Person), aliased(Person)
_sample, _crystal, _protein = aliased(BLSample), aliased(Crystal), aliased(Protein)
_container, _collection = aliased(Container), aliased(DataCollection)


def laboratory_of_sample() -> ColumnElement[Any]:
    """The laboratory of a sample, in a query made by `with_owners`."""
    return func.coalesce(_owner.laboratoryId, _sender.laboratoryId)


def owner_of_sample() -> ColumnElement[Any]:
    """The person that a sample's protein names, in a query made by `with_owners`."""
    return _protein.personId.expression


def with_owners(*wanted: Any) -> AnySelect:
    """A query over samples, as `sample_key()`, joined to whatever tells whose they are."""
    return (
        select(*wanted)
        .select_from(_sample)
        .join(_crystal, _crystal.crystalId == _sample.crystalId)
        .join(_protein, _protein.proteinId == _crystal.proteinId)
        .outerjoin(_owner, _owner.personId == _protein.personId)
        .outerjoin(_container, _container.containerId == _sample.containerId)
        .outerjoin(Dewar, Dewar.dewarId == _container.dewarId)
        .outerjoin(Shipping, Shipping.shippingId == Dewar.shippingId)
        .outerjoin(LabContact, LabContact.labContactId == Shipping.sendingLabContactId)
        .outerjoin(_sender, _sender.personId == LabContact.personId)
        .correlate(None)
    )


def sample_key() -> ColumnElement[Any]:
    """The key of a sample in a query made by `with_owners`."""
    return _sample.blSampleId.expression


def sample_protein() -> ColumnElement[Any]:
    """The protein of a sample in a query made by `with_owners`."""
    return _protein.proteinId.expression


def sample_proposal() -> ColumnElement[Any]:
    """The proposal of a sample in a query made by `with_owners`."""
    return _protein.proposalId.expression


def samples_of_laboratory(viewer: Viewer) -> AnySelect:
    """Samples of the viewer's laboratory, or of proteins that name the viewer, in proposals they see a part of."""
    known = ids_of_any(narrowed_proposals(viewer), proposals_of(narrowed_sessions(viewer)))
    mine = [_protein.personId == viewer.person_id]
    if viewer.laboratory_id is not None:
        mine.append(laboratory_of_sample() == viewer.laboratory_id)
    return with_owners(sample_key()).where(sample_proposal().in_(known), or_(*mine))


def proteins_of_laboratory(viewer: Viewer) -> AnySelect:
    """Proteins whose person is the viewer or works in their laboratory."""
    mine = [_protein.personId == viewer.person_id]
    if viewer.laboratory_id is not None:
        mine.append(_owner.laboratoryId == viewer.laboratory_id)
    return (
        select(_protein.proteinId)
        .outerjoin(_owner, _owner.personId == _protein.personId)
        .where(_protein.proposalId.in_(narrowed_proposals(viewer)), or_(*mine))
    )


def shared_proteins(shares: ColumnElement[bool]) -> AnySelect:
    """Proteins that these shares show."""
    return select(Share.proteinId).where(shares, Share.proteinId.is_not(None))


def shared_samples(shares: ColumnElement[bool]) -> AnySelect:
    """Samples that these shares show: by themselves, or with their protein."""
    by_protein = (
        select(_sample.blSampleId)
        .join(_crystal, _crystal.crystalId == _sample.crystalId)
        .join(Share, Share.proteinId == _crystal.proteinId)
        .where(shares)
    )
    return ids_of_any(select(Share.blSampleId).where(shares, Share.blSampleId.is_not(None)), by_protein)


def samples_shared_with(viewer: Viewer) -> AnySelect:
    """Samples that are shared with the person or their laboratory."""
    return shared_samples(shared_with(viewer))


def made_of(samples: AnySelect) -> Predicate:
    """Groups made of these samples and of no other; a group that names none is judged by its collections.

    A group is seen as a whole or not at all: so nothing that is counted or listed within it has to be narrowed.
    """
    of_group = _collection.dataCollectionGroupId == DataCollectionGroup.dataCollectionGroupId

    def some_collection(condition: Predicate) -> Predicate:
        return exists().where(of_group, condition).correlate(DataCollectionGroup)

    named = _collection.blSampleId > 0  # some programs write 0 for none
    return and_(
        or_(
            DataCollectionGroup.blSampleId.in_(samples),
            and_(DataCollectionGroup.blSampleId.is_(None), some_collection(_collection.blSampleId.in_(samples))),
        ),
        ~some_collection(and_(named, _collection.blSampleId.not_in(samples))),
    )
