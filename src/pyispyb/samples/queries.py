"""SQL of samples, proteins and containers."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)

from ..access import Viewer, visible, visible_one, visible_sessions
from ..db.catalogue import Catalogue
from ..db.paging import Key
from ..db.typing import AnySelect, AnyUnion
from ..db.writes import all_columns, columns
from ..tables import (
    AutoProcIntegration,
    BLSample,
    BLSession,
    BLSubSample,
    Container,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    Dewar,
    DiffractionPlan,
    Proposal,
    Protein,
    Protein_has_PDB,
    RobotAction,
    Screening,
    Shipping,
)

_SAMPLE = (
    BLSample.blSampleId,
    BLSample.name,
    BLSample.code,
    BLSample.location,
    BLSample.subLocation,
    BLSample.blSampleStatus,
    BLSample.comments,
    BLSample.containerId,
    BLSample.crystalId,
    BLSample.diffractionPlanId,
    BLSample.isInSampleChanger,
    BLSample.lastKnownCenteringPosition,
    BLSample.recordTimeStamp,
)
_CONTAINER = (
    Container.containerId,
    Container.code,
    Container.sampleChangerLocation,
    Container.beamlineLocation,
    Container.barcode,
    Container.containerType,
    Container.capacity,
)
_CRYSTAL = (
    Crystal.crystalId,
    Crystal.name,
    Crystal.spaceGroup,
    Crystal.cell_a,
    Crystal.cell_b,
    Crystal.cell_c,
    Crystal.cell_alpha,
    Crystal.cell_beta,
    Crystal.cell_gamma,
)
_PROTEIN = (Protein.proteinId, Protein.acronym, Protein.name)
_PLAN = (
    DiffractionPlan.diffractionPlanId,
    DiffractionPlan.experimentKind,
    DiffractionPlan.requiredResolution,
    DiffractionPlan.aimedResolution,
    DiffractionPlan.preferredBeamDiameter,
)

NESTED: dict[str, tuple[Any, ...]] = {
    "Container": _CONTAINER,
    "Crystal": _CRYSTAL,
    "Protein": _PROTEIN,
    "DiffractionPlan": _PLAN,
}

SAMPLE_ORDERS: dict[str, tuple[Any, ...]] = {
    "blSampleId": (),
    "name": (BLSample.name,),
    "location": (BLSample.containerId, BLSample.location),
}


def sample_order(by: str, *, ascending: bool) -> tuple[Key, ...]:
    """Order of a list of samples; the key parts equals."""
    return tuple(Key(column, not ascending) for column in (*SAMPLE_ORDERS[by], BLSample.blSampleId))


def _joined(statement: AnySelect) -> AnySelect:
    return (
        statement.select_from(BLSample)
        .join(Crystal, Crystal.crystalId == BLSample.crystalId)
        .join(Protein, Protein.proteinId == Crystal.proteinId)
        .join(Proposal, Proposal.proposalId == Protein.proposalId)
        .outerjoin(Container, Container.containerId == BLSample.containerId)
    )


def _ids() -> BindParameter[Any]:
    """The keys that a statement is about; they come when it is sent."""
    return bindparam("ids", expanding=True)


def sample_keys(viewer: Viewer, where: list[Any]) -> AnySelect:
    """Keys of the samples the viewer may see."""
    return _joined(select(BLSample.blSampleId)).where(visible(viewer, BLSample), *where)


@lru_cache(maxsize=8)
def samples(catalogue: Catalogue) -> AnySelect:
    """The samples `ids`, in any order, with all that surrounds them.

    Apart from the keys of a page: what is sorted to find it is narrow, and this is built but once.
    """
    nested = [
        column.label(f"{table}.{column.key}")
        for table, wanted in NESTED.items()
        for column in columns(catalogue, *wanted)
    ]
    statement = select(
        *columns(catalogue, *_SAMPLE), *nested, Proposal.proposalCode, Proposal.proposalNumber, Protein.proposalId
    )
    return (
        _joined(statement)
        .outerjoin(DiffractionPlan, DiffractionPlan.diffractionPlanId == BLSample.diffractionPlanId)
        .where(BLSample.blSampleId.in_(_ids()))
    )


@lru_cache(maxsize=256)
def sample_counts(viewer: Viewer) -> AnyUnion:
    """Rows (blSampleId, kind, n, last) of the samples `ids`: groups by experiment type, and sub-samples (kind NULL)."""
    if viewer.is_narrowed:
        return union_all(_visible_measured(viewer), _parts())
    # By session first, and only then which sessions are seen: MariaDB would else begin at all that these sessions hold.
    by_session = (
        select(
            DataCollectionGroup.blSampleId,
            DataCollectionGroup.sessionId,
            func.coalesce(DataCollectionGroup.experimentType, "").label("kind"),
            func.count().label("n"),
            func.max(DataCollectionGroup.startTime).label("last"),
        )
        .where(DataCollectionGroup.blSampleId.in_(_ids()))
        .group_by(DataCollectionGroup.blSampleId, DataCollectionGroup.sessionId, DataCollectionGroup.experimentType)
        .subquery()
    )
    measured = (
        select(
            by_session.c.blSampleId.label("blSampleId"),
            by_session.c.kind,
            func.sum(by_session.c.n).label("n"),
            func.max(by_session.c.last).label("last"),
        )
        .where(by_session.c.sessionId.in_(visible_sessions(viewer)))
        .group_by(by_session.c.blSampleId, by_session.c.kind)
    )
    return union_all(measured, _parts())


def _parts() -> AnySelect:
    return (
        select(BLSubSample.blSampleId, null(), func.count(), null())
        .where(BLSubSample.blSampleId.in_(_ids()))
        .group_by(BLSubSample.blSampleId)
    )


def _visible_measured(viewer: Viewer) -> AnySelect:
    """Where a session that one sees may hold groups that one does not."""
    kind = func.coalesce(DataCollectionGroup.experimentType, "")
    return (
        select(
            DataCollectionGroup.blSampleId.label("blSampleId"),
            kind.label("kind"),
            func.count().label("n"),
            func.max(DataCollectionGroup.startTime).label("last"),
        )
        .where(DataCollectionGroup.blSampleId.in_(_ids()), visible(viewer, DataCollectionGroup))
        .group_by(DataCollectionGroup.blSampleId, DataCollectionGroup.experimentType)
    )


def measured_in(session_id: int, viewer: Viewer) -> ColumnElement[bool]:
    """Samples measured in a session the viewer may see, or assigned to it with their container."""
    seen = select(DataCollectionGroup.blSampleId).where(
        DataCollectionGroup.sessionId == session_id,
        DataCollectionGroup.blSampleId.is_not(None),
        visible(viewer, DataCollectionGroup),
    )
    assigned = (
        select(BLSample.blSampleId)
        .join(Container, Container.containerId == BLSample.containerId)
        .where(assigned_to(session_id, viewer))
    )
    # As one list of keys that the database can begin at; with OR it would try every sample there is.
    return BLSample.blSampleId.in_(select(union(seen, assigned).subquery().c[0]))


def assigned_to(session_id: int, viewer: Viewer) -> ColumnElement[bool]:
    """Containers assigned to a session the viewer may see."""
    return Container.sessionId.in_(
        select(BLSession.sessionId).where(BLSession.sessionId == session_id, visible_one(viewer, BLSession))
    )


def with_status(status: str, viewer: Viewer) -> ColumnElement[bool]:
    """Samples that have come that far, as far as the viewer may see."""
    collected = (
        exists()
        .where(DataCollectionGroup.blSampleId == BLSample.blSampleId, visible(viewer, DataCollectionGroup))
        .where(DataCollection.dataCollectionGroupId == DataCollectionGroup.dataCollectionGroupId)
    )
    if status == "Sample Action":
        return exists().where(RobotAction.blsampleId == BLSample.blSampleId, visible(viewer, RobotAction))
    if status == "Strategy":
        return collected.where(Screening.dataCollectionId == DataCollection.dataCollectionId)
    if status == "Auto Integrated":
        return collected.where(AutoProcIntegration.dataCollectionId == DataCollection.dataCollectionId)
    return collected


def sub_samples(catalogue: Catalogue, viewer: Viewer, where: list[Any]) -> AnySelect:
    """Parts of samples that the viewer may see."""
    return (
        select(*all_columns(catalogue, BLSubSample), BLSample.name.label("sample_name"))
        .join(BLSample, BLSample.blSampleId == BLSubSample.blSampleId)
        .join(Crystal, Crystal.crystalId == BLSample.crystalId)
        .join(Protein, Protein.proteinId == Crystal.proteinId)
        .join(Proposal, Proposal.proposalId == Protein.proposalId)
        .where(visible(viewer, BLSubSample), *where)
    )


# What may be long or private of a protein is read with the one protein, not with a list of them.
_LONG = {"sequence"}


def proteins(catalogue: Catalogue, viewer: Viewer, where: list[Any], *, in_full: bool) -> AnySelect:
    """Proteins the viewer may see."""
    wanted = all_columns(catalogue, Protein, omit=() if in_full else _LONG)
    return (
        select(*wanted, Proposal.proposalCode, Proposal.proposalNumber)
        .join(Proposal, Proposal.proposalId == Protein.proposalId)
        .where(visible(viewer, Protein), *where)
    )


def protein_counts(catalogue: Catalogue, viewer: Viewer, ids: list[int]) -> AnyUnion:
    """Rows (proteinId, what, n): crystals, samples and groups of collections the viewer may see, and PDB entries."""
    crystals = (
        select(Crystal.proteinId.label("proteinId"), literal("crystals").label("what"), func.count().label("n"))
        .where(Crystal.proteinId.in_(ids), visible(viewer, Crystal))
        .group_by(Crystal.proteinId)
    )
    of_samples = (
        select(Crystal.proteinId, literal("samples"), func.count())
        .join(BLSample, BLSample.crystalId == Crystal.crystalId)
        .where(Crystal.proteinId.in_(ids), visible(viewer, BLSample))
        .group_by(Crystal.proteinId)
    )
    collected = (
        select(Crystal.proteinId, literal("datacollections"), func.count())
        .join(BLSample, BLSample.crystalId == Crystal.crystalId)
        .join(DataCollectionGroup, DataCollectionGroup.blSampleId == BLSample.blSampleId)
        .where(Crystal.proteinId.in_(ids), visible(viewer, DataCollectionGroup))
        .group_by(Crystal.proteinId)
    )
    parts = [crystals, of_samples, collected]
    if catalogue.has_table(Protein_has_PDB):
        parts.append(
            select(Protein_has_PDB.proteinid, literal("pdbs"), func.count())
            .where(Protein_has_PDB.proteinid.in_(ids))
            .group_by(Protein_has_PDB.proteinid)
        )
    return union_all(*parts)


_CONTAINER_ROW = (
    *_CONTAINER,
    Container.containerStatus,
    Container.dewarId,
    Container.sessionId,
    Container.comments,
    Container.bltimeStamp,
)


def containers(catalogue: Catalogue, viewer: Viewer, where: list[Any]) -> AnySelect:
    """Containers the viewer may see, with the proposal they were sent for.

    Other samples in them may be of others: the last columns tell whether the viewer sees that proposal, sees more of it
    than its name, and sees the session that the container is assigned to.
    """
    return (
        select(
            *columns(catalogue, *_CONTAINER_ROW),
            Proposal.proposalCode,
            Proposal.proposalNumber,
            visible(viewer, Proposal).label("seesProposal"),
            visible(replace(viewer, shares=False), Proposal).label("seesShipment"),
            visible(viewer, BLSession).label("seesSession"),
        )
        .outerjoin(Dewar, Dewar.dewarId == Container.dewarId)
        .outerjoin(Shipping, Shipping.shippingId == Dewar.shippingId)
        .outerjoin(Proposal, Proposal.proposalId == Shipping.proposalId)
        .outerjoin(BLSession, BLSession.sessionId == Container.sessionId)
        .where(visible(viewer, Container), *where)
    )


def container_counts(viewer: Viewer, ids: list[int]) -> AnySelect:
    """Rows (containerId, n): samples in each container that the viewer may see."""
    return (
        select(BLSample.containerId, func.count().label("n"))
        .where(BLSample.containerId.in_(ids), visible(viewer, BLSample))
        .group_by(BLSample.containerId)
    )


def holds_samples_of(proposal: ColumnElement[bool], viewer: Viewer) -> ColumnElement[bool]:
    """Containers sent for a proposal that the viewer may see, or with a sample of it that they may see."""
    inside = (
        select(BLSample.containerId)
        .join(Crystal, Crystal.crystalId == BLSample.crystalId)
        .join(Protein, Protein.proteinId == Crystal.proteinId)
        .join(Proposal, Proposal.proposalId == Protein.proposalId)
        .where(proposal, BLSample.containerId.is_not(None), visible(viewer, BLSample))
    )
    return or_(and_(proposal, visible(viewer, Proposal)), Container.containerId.in_(inside))


def writable_sample(viewer: Viewer, sample_id: int) -> AnySelect:
    """A visible sample with where its container stands and where it was measured last."""
    return (
        select(BLSample.blSampleId, Container.beamlineLocation)
        .outerjoin(Container, Container.containerId == BLSample.containerId)
        .where(BLSample.blSampleId == sample_id, visible_one(viewer, BLSample))
    )
