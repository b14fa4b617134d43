"""SQL of data collections: one with all its columns, its indicators, its files."""

from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, true

from ..access import Viewer, reasons, visible, visible_one
from ..db.catalogue import Catalogue
from ..db.paging import Key
from ..db.typing import AnySelect
from ..db.writes import all_columns
from ..proposals.measured import OWNER, of_collection
from ..tables import (
    BLSample,
    BLSession,
    Crystal,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    Detector,
    EnergyScan,
    GridInfo,
    Image,
    ImageQualityIndicators,
    Proposal,
    Protein,
    RobotAction,
    XFEFluorescenceSpectrum,
)
from ..tables.base import Base

INDICATORS = (
    ImageQualityIndicators.spotTotal,
    ImageQualityIndicators.inResTotal,
    ImageQualityIndicators.goodBraggCandidates,
    ImageQualityIndicators.iceRings,
    ImageQualityIndicators.method1Res,
    ImageQualityIndicators.method2Res,
    ImageQualityIndicators.maxUnitCell,
    ImageQualityIndicators.pctSaturationTop50Peaks,
    ImageQualityIndicators.inResolutionOvrlSpots,
    ImageQualityIndicators.binPopCutOffMethod2Res,
    ImageQualityIndicators.totalIntegratedSignal,
    ImageQualityIndicators.dozor_score,
    ImageQualityIndicators.driftFactor,
)

ATTACHMENT_ORDER = (Key(DataCollectionFileAttachment.dataCollectionFileAttachmentId, descending=False),)

GROUP_PREFIX, DETECTOR_PREFIX = "group_", "detector_"


def _prefixed(catalogue: Catalogue, table: Any, prefix: str) -> list[Any]:
    return [column.label(prefix + column.key) for column in all_columns(catalogue, table)]


@lru_cache(maxsize=256)
def collection(catalogue: Catalogue, viewer: Viewer) -> AnySelect:
    """The visible collection `collection_id` with every column, its group, detector, session and sample."""
    sample = func.coalesce(DataCollection.blSampleId, DataCollectionGroup.blSampleId)
    statement = select(
        *all_columns(catalogue, DataCollection),
        *_prefixed(catalogue, DataCollectionGroup, GROUP_PREFIX),
        *_prefixed(catalogue, Detector, DETECTOR_PREFIX),
        BLSession.sessionId.label("visit_sessionId"),
        (visible_one(viewer, BLSession) if viewer.shares else true()).label("sees_session"),
        BLSession.visit_number,
        Proposal.proposalCode,
        Proposal.proposalNumber,
        BLSample.blSampleId.label("sample_blSampleId"),
        BLSample.name.label("sample_name"),
        Protein.acronym.label("sample_acronym"),
        select(func.count())
        .where(DataCollectionFileAttachment.dataCollectionId == DataCollection.dataCollectionId)
        .scalar_subquery()
        .label("attachments"),
    )
    return (
        of_collection(statement)
        .outerjoin(Detector, Detector.detectorId == DataCollection.detectorId)
        .outerjoin(BLSample, BLSample.blSampleId == sample)
        .outerjoin(Crystal, Crystal.crystalId == BLSample.crystalId)
        .outerjoin(Protein, Protein.proteinId == Crystal.proteinId)
        .where(DataCollection.dataCollectionId == bindparam("collection_id"), visible_one(viewer, DataCollection))
    )


@lru_cache(maxsize=8)
def grids(catalogue: Catalogue) -> AnySelect:
    """Grids of the collection `collection_id` or of its group `group_id`."""
    belongs = GridInfo.dataCollectionGroupId == bindparam("group_id")
    if catalogue.has(GridInfo.dataCollectionId):
        belongs = belongs | (GridInfo.dataCollectionId == bindparam("collection_id"))
    return select(*(column.label(f"grid_{column.key}") for column in all_columns(catalogue, GridInfo))).where(belongs)


@cache
def siblings() -> AnySelect:
    """Ids of the collections of the group `group_id`, in the order they were made."""
    return (
        select(DataCollection.dataCollectionId)
        .where(DataCollection.dataCollectionGroupId == bindparam("group_id"))
        .order_by(DataCollection.dataCollectionId)
        .limit(1000)
    )


def is_visible(viewer: Viewer, collection_id: int) -> AnySelect:
    """A collection, if the viewer may see it."""
    return select(DataCollection.dataCollectionId).where(
        DataCollection.dataCollectionId == collection_id, visible_one(viewer, DataCollection)
    )


def to_comment(viewer: Viewer, table: type[Base], key: ColumnElement[Any], value: int) -> AnySelect:
    """The remark on one row, held until the transaction ends, and why the viewer sees the row."""
    comments = table.__table__.c.comments
    return select(comments, *reasons(viewer, table)).where(key == value).with_for_update()


def group(viewer: Viewer, group_id: int) -> AnySelect:
    """A visible group, and how many collections it has."""
    members = select(func.count()).where(
        DataCollection.dataCollectionGroupId == DataCollectionGroup.dataCollectionGroupId
    )
    return select(
        DataCollectionGroup.dataCollectionGroupId,
        DataCollectionGroup.sessionId,
        DataCollectionGroup.blSampleId,
        DataCollectionGroup.experimentType,
        DataCollectionGroup.startTime,
        DataCollectionGroup.endTime,
        DataCollectionGroup.comments,
        members.scalar_subquery().label("collections"),
    ).where(DataCollectionGroup.dataCollectionGroupId == group_id, visible_one(viewer, DataCollectionGroup))


def indicators(catalogue: Catalogue, viewer: Viewer, collection_id: int) -> AnySelect:
    """Indicators of a visible collection by image."""
    wanted = [column for column in INDICATORS if catalogue.has(column)]
    seen = select(DataCollection.dataCollectionId).where(
        DataCollection.dataCollectionId == collection_id, visible_one(viewer, DataCollection)
    )
    return (
        select(ImageQualityIndicators.imageNumber, *wanted)
        .where(ImageQualityIndicators.dataCollectionId == seen.scalar_subquery())
        .order_by(ImageQualityIndicators.imageNumber)
    )


def attachments(viewer: Viewer, where: list[Any]) -> AnySelect:
    """Attached files of visible collections."""
    table = DataCollectionFileAttachment
    return select(
        table.dataCollectionFileAttachmentId, table.dataCollectionId, table.fileType, table.fileFullPath
    ).where(visible(viewer, table), *where)


def _of_session(statement: AnySelect, session: Any) -> AnySelect:
    """Joined to the session that this column names, if it names one, and its proposal."""
    return statement.outerjoin(BLSession, BLSession.sessionId == session).outerjoin(
        Proposal, Proposal.proposalId == BLSession.proposalId
    )


def attachment_file(viewer: Viewer, attachment_id: int) -> AnySelect:
    """Path of an attached file of a visible collection."""
    table = DataCollectionFileAttachment
    statement = select(table.fileFullPath, *OWNER).join(
        DataCollection, DataCollection.dataCollectionId == table.dataCollectionId
    )
    return of_collection(statement).where(
        table.dataCollectionFileAttachmentId == attachment_id, visible_one(viewer, table)
    )


def attachments_of_group(group_id: int) -> Any:
    """Attachments of the collections of a group."""
    members = select(DataCollection.dataCollectionId).where(DataCollection.dataCollectionGroupId == group_id)
    return DataCollectionFileAttachment.dataCollectionId.in_(members)


def picture_paths(catalogue: Catalogue, viewer: Viewer, collection_id: int) -> AnySelect:
    """Paths of the snapshots and of the per-image plot of a visible collection."""
    plot = DataCollection.imageQualityIndicatorsPlotPath
    wanted = [getattr(DataCollection, f"xtalSnapshotFullPath{number}") for number in range(1, 5)]
    statement = select(*wanted, *([plot] if catalogue.has(plot) else []), *OWNER).select_from(DataCollection)
    return of_collection(statement).where(
        DataCollection.dataCollectionId == collection_id, visible_one(viewer, DataCollection)
    )


def diffraction_paths(viewer: Viewer, collection_id: int, image_number: int | None) -> AnySelect:
    """Paths of the JPEG of an image of a visible collection: of that number, or of the first there is."""
    image = select(Image.jpegFileFullPath, *OWNER).join(
        DataCollection, DataCollection.dataCollectionId == Image.dataCollectionId
    )
    statement = (
        of_collection(image)
        .where(Image.dataCollectionId == collection_id, visible_one(viewer, DataCollection))
        .where(Image.jpegFileFullPath.is_not(None))
        .order_by(Image.imageNumber)
        .limit(1)
    )
    return statement if image_number is None else statement.where(Image.imageNumber == image_number)


def robot_pictures(viewer: Viewer, action_id: int) -> AnySelect:
    """Paths of the pictures before and after a visible robot action."""
    statement = select(RobotAction.xtalSnapshotBefore, RobotAction.xtalSnapshotAfter, *OWNER).select_from(RobotAction)
    return _of_session(statement, RobotAction.blsessionId).where(
        RobotAction.robotActionId == action_id, visible_one(viewer, RobotAction)
    )


def energy_scan_picture(viewer: Viewer, scan_id: int) -> AnySelect:
    """Path of the plot of a visible energy scan."""
    statement = select(EnergyScan.jpegChoochFileFullPath, *OWNER).select_from(EnergyScan)
    return _of_session(statement, EnergyScan.sessionId).where(
        EnergyScan.energyScanId == scan_id, visible_one(viewer, EnergyScan)
    )


def spectrum_picture(viewer: Viewer, spectrum_id: int) -> AnySelect:
    """Path of the plot of a visible fluorescence spectrum."""
    table = XFEFluorescenceSpectrum
    statement = select(table.jpegScanFileFullPath, *OWNER).select_from(table)
    return _of_session(statement, table.sessionId).where(
        XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId == spectrum_id, visible_one(viewer, XFEFluorescenceSpectrum)
    )
