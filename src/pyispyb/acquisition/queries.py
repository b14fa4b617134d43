"""SQL that writes need: the parent a row goes to, and whether it is there already."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, null, or_, select

from ..access import Viewer, visible_one
from ..db.catalogue import Catalogue
from ..db.typing import AnySelect
from ..proposals.measured import SESSION, in_session, of_collection
from ..tables import (
    BLSample,
    BLSample_has_EnergyScan,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    Detector,
    EnergyScan,
    GridInfo,
    Image,
    ImageQualityIndicators,
    Protein,
    Screening,
    ScreeningOutput,
    ScreeningStrategy,
    ScreeningStrategySubWedge,
    ScreeningStrategyWedge,
    Workflow,
)


@lru_cache(maxsize=256)
def group(viewer: Viewer) -> AnySelect:
    """The group `id`, if it is visible, with its session."""
    return in_session(select(DataCollectionGroup.dataCollectionGroupId, *SESSION)).where(
        DataCollectionGroup.dataCollectionGroupId == bindparam("id"), visible_one(viewer, DataCollectionGroup)
    )


@lru_cache(maxsize=256)
def collection(viewer: Viewer) -> AnySelect:
    """The collection `id`, if it is visible, with its session."""
    statement = select(
        DataCollection.dataCollectionId,
        DataCollection.dataCollectionGroupId,
        DataCollection.startTime,
        DataCollection.endTime,
        DataCollection.runStatus,
        DataCollection.comments,
        *SESSION,
    )
    return of_collection(statement).where(
        DataCollection.dataCollectionId == bindparam("id"), visible_one(viewer, DataCollection)
    )


def energy_scan(viewer: Viewer, scan_id: int) -> AnySelect:
    """A visible energy scan with its session."""
    return in_session(select(EnergyScan.energyScanId, *SESSION), EnergyScan.sessionId).where(
        EnergyScan.energyScanId == scan_id, visible_one(viewer, EnergyScan)
    )


@lru_cache(maxsize=256)
def sample_of_proposal(viewer: Viewer) -> AnySelect:
    """The sample `id`, if it is visible and belongs to the `proposal`."""
    return (
        select(BLSample.blSampleId)
        .join(Crystal, Crystal.crystalId == BLSample.crystalId)
        .join(Protein, Protein.proteinId == Crystal.proteinId)
        .where(
            BLSample.blSampleId == bindparam("id"),
            Protein.proposalId == bindparam("proposal"),
            visible_one(viewer, BLSample),
        )
    )


def usable_workflow(viewer: Viewer, workflow_id: int) -> AnySelect:
    """A workflow that no group has yet, or one of a group that the viewer sees."""
    used = exists().where(DataCollectionGroup.workflowId == workflow_id)
    seen = exists().where(DataCollectionGroup.workflowId == workflow_id, visible_one(viewer, DataCollectionGroup))
    return select(Workflow.workflowId).where(Workflow.workflowId == workflow_id, or_(~used, seen))


def visible_sub_wedge(viewer: Viewer, sub_wedge_id: int) -> AnySelect:
    """A sub-wedge of a strategy that was made for a visible collection."""
    return (
        select(ScreeningStrategySubWedge.screeningStrategySubWedgeId)
        .join(
            ScreeningStrategyWedge,
            ScreeningStrategyWedge.screeningStrategyWedgeId == ScreeningStrategySubWedge.screeningStrategyWedgeId,
        )
        .join(
            ScreeningStrategy,
            ScreeningStrategy.screeningStrategyId == ScreeningStrategyWedge.screeningStrategyId,
        )
        .join(ScreeningOutput, ScreeningOutput.screeningOutputId == ScreeningStrategy.screeningOutputId)
        .join(Screening, Screening.screeningId == ScreeningOutput.screeningId)
        .join(DataCollection, DataCollection.dataCollectionId == Screening.dataCollectionId)
        .where(
            ScreeningStrategySubWedge.screeningStrategySubWedgeId == sub_wedge_id, visible_one(viewer, DataCollection)
        )
    )


def detector(detector_id: int) -> AnySelect:
    """A detector."""
    return select(Detector.detectorId).where(Detector.detectorId == detector_id)


def same_collection(group_id: int, values: dict[str, Any]) -> AnySelect:
    """A collection of the group with the same run of the same files, begun at the same time."""
    same: list[ColumnElement[bool]] = [
        getattr(DataCollection, name).is_not_distinct_from(values.get(name))
        for name in ("imageDirectory", "imagePrefix", "dataCollectionNumber", "startTime", "startImageNumber")
    ]
    return select(DataCollection.dataCollectionId).where(DataCollection.dataCollectionGroupId == group_id, *same)


def grid_of(collection_id: int) -> AnySelect:
    """The newest grid that names a collection."""
    found = select(GridInfo.gridInfoId).where(GridInfo.dataCollectionId == collection_id)
    return found.order_by(GridInfo.gridInfoId.desc()).limit(1)


def image(collection_id: int, number: int) -> AnySelect:
    """An image of a collection by its number."""
    return select(Image.imageId).where(Image.dataCollectionId == collection_id, Image.imageNumber == number)


def scan_sample(scan_id: int, sample_id: int) -> AnySelect:
    """Whether a scan is known to be of that sample."""
    return select(BLSample_has_EnergyScan.blSampleId).where(
        BLSample_has_EnergyScan.energyScanId == scan_id, BLSample_has_EnergyScan.blSampleId == sample_id
    )


def indicated_images(catalogue: Catalogue, collection_id: int, first: int, last: int) -> AnySelect:
    """Images between two numbers that have indicators, and the `row` of each where this database numbers the rows."""
    number = ImageQualityIndicators.imageQualityIndicatorsId
    row = number if catalogue.has(number) else null()
    return select(ImageQualityIndicators.imageNumber, row.label("row")).where(
        ImageQualityIndicators.dataCollectionId == collection_id,
        ImageQualityIndicators.imageNumber.between(first, last),
    )


def indicator_programme(collection_id: int) -> AnySelect:
    """The programme that a collection's indicators hang on, where a database wants one."""
    return select(func.min(ImageQualityIndicators.autoProcProgramId)).where(
        ImageQualityIndicators.dataCollectionId == collection_id
    )


def group_end(group_id: int, end: datetime) -> ColumnElement[bool]:
    """The group, if it ended earlier than that or not yet."""
    return (DataCollectionGroup.dataCollectionGroupId == group_id) & (
        DataCollectionGroup.endTime.is_(None) | (DataCollectionGroup.endTime < end)
    )
