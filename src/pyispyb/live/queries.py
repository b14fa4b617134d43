"""SQL of a watched session: fingerprints, so that a change is found without reading what did not change.

ISPyB's tables do not say when a row changed. A checksum over the columns a page shows, summed over runs of 256
collections, does; only the runs whose sum changed are read row by row.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, cast, func, inspect, literal, select, union_all

from ..access import Viewer, visible_one
from ..db.catalogue import Catalogue
from ..db.typing import AnySelect, AnyUnion
from ..db.writes import columns
from ..tables import (
    BLSession,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    EnergyScan,
    GridInfo,
    Image,
    ImageQualityIndicators,
    RobotAction,
    XFEFluorescenceSpectrum,
)
from ..tables.base import Base

RUN = 256
"""Collections fingerprinted together."""

FRESH = 5
"""Newest collections whose images, grids, files and indicators are looked at: those still being written."""

PROCESSED = 100
"""Newest collections whose runs of processing are looked at each time: those that pipelines work on."""

OLDER = 75
"""Collections behind them that are looked at in turn, so many each time: people ask for them to be processed again."""

OLDEST = 2000
"""Newest collections whose runs of processing are looked at at all."""

_COLLECTION = (
    DataCollection.dataCollectionId,
    DataCollection.startTime,
    DataCollection.endTime,
    DataCollection.runStatus,
    DataCollection.comments,
    DataCollection.numberOfImages,
    DataCollection.imagePrefix,
    DataCollection.resolution,
    DataCollection.transmission,
    DataCollection.xtalSnapshotFullPath1,
    DataCollection.xtalSnapshotFullPath2,
    DataCollection.xtalSnapshotFullPath3,
    DataCollection.xtalSnapshotFullPath4,
    DataCollection.imageQualityIndicatorsPlotPath,
    DataCollectionGroup.experimentType,
    DataCollectionGroup.comments,
    DataCollectionGroup.endTime,
    DataCollectionGroup.blSampleId,
)
_ROBOT = (
    RobotAction.robotActionId,
    RobotAction.actionType,
    RobotAction.status,
    RobotAction.message,
    RobotAction.endTimestamp,
)
_SCAN = (
    EnergyScan.energyScanId,
    EnergyScan.endTime,
    EnergyScan.blSampleId,
    EnergyScan.peakEnergy,
    EnergyScan.comments,
    EnergyScan.jpegChoochFileFullPath,
)
_SPECTRUM = (
    XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId,
    XFEFluorescenceSpectrum.endTime,
    XFEFluorescenceSpectrum.blSampleId,
    XFEFluorescenceSpectrum.comments,
    XFEFluorescenceSpectrum.jpegScanFileFullPath,
)
_SESSION = (
    BLSession.sessionId,
    BLSession.startDate,
    BLSession.endDate,
    BLSession.comments,
    BLSession.beamLineName,
    BLSession.beamLineOperator,
)


def _checksum(catalogue: Catalogue, wanted: tuple[Any, ...]) -> ColumnElement[int]:
    """CRC-32 of the columns as text; the bar parts them, so that a value cannot move from one into the next."""
    parts = [func.coalesce(cast(column, String(1100)), "~") for column in columns(catalogue, *wanted)]
    text: ColumnElement[str] = parts[0]
    for part in parts[1:]:
        text = text + "|" + part
    return func.crc32(text, type_=Integer)


_KINDS: dict[str, tuple[Any, Any, tuple[Any, ...]]] = {
    "robot": (RobotAction.robotActionId, RobotAction.blsessionId, _ROBOT),
    "energyscan": (EnergyScan.energyScanId, EnergyScan.sessionId, _SCAN),
    "spectrum": (XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId, XFEFluorescenceSpectrum.sessionId, _SPECTRUM),
    "session": (BLSession.sessionId, BLSession.sessionId, _SESSION),
}
KINDS = ("collection", *_KINDS)


def _rows(catalogue: Catalogue, kind: str, session_id: int) -> tuple[Any, ColumnElement[int], Any, Any]:
    """Key and checksum of the rows of a kind, and where they come from."""
    if kind == "collection":
        joined = DataCollectionGroup.__table__.join(
            DataCollection.__table__,
            DataCollection.dataCollectionGroupId == DataCollectionGroup.dataCollectionGroupId,
        )
        where = DataCollectionGroup.sessionId == session_id
        return DataCollection.dataCollectionId, _checksum(catalogue, _COLLECTION), joined, where
    key, session, wanted = _KINDS[kind]
    return key, _checksum(catalogue, wanted), key.class_, session == session_id


def fingerprints(catalogue: Catalogue, session_id: int) -> AnyUnion:
    """Rows (kind, run, n, total): for each run of keys how many rows there are, and the sum of their checksums."""
    selects = []
    for kind in KINDS:
        key, checksum, source, where = _rows(catalogue, kind, session_id)
        run = key // RUN if kind == "collection" else literal(0)
        found = select(
            literal(kind).label("kind"),
            run.label("run"),
            func.count().label("n"),
            cast(func.sum(checksum), Integer).label("total"),
        )
        found = found.select_from(source).where(where)
        selects.append(found.group_by(run) if kind == "collection" else found)
    return union_all(*selects)


def checksums(catalogue: Catalogue, session_id: int, kind: str, runs: list[int] | None) -> AnySelect:
    """Rows (key, checksum) of a kind, of some runs or of all."""
    key, checksum, source, where = _rows(catalogue, kind, session_id)
    statement = select(key.label("key"), checksum.label("checksum")).select_from(source).where(where)
    if runs is None or kind != "collection":
        return statement
    return statement.where((key // RUN).in_(runs))


def collections(keys: list[int]) -> AnySelect:
    """What a card needs of these collections."""
    return (
        select(
            DataCollection.dataCollectionId,
            DataCollection.dataCollectionGroupId,
            DataCollection.startTime,
            DataCollection.endTime,
            DataCollection.runStatus,
            DataCollection.imagePrefix,
            DataCollection.numberOfImages,
            DataCollectionGroup.experimentType,
            func.coalesce(DataCollectionGroup.blSampleId, DataCollection.blSampleId).label("blSampleId"),
        )
        .join(DataCollectionGroup, DataCollectionGroup.dataCollectionGroupId == DataCollection.dataCollectionGroupId)
        .where(DataCollection.dataCollectionId.in_(keys))
        .order_by(DataCollection.dataCollectionId)
    )


def fresh(catalogue: Catalogue, keys: list[int]) -> AnySelect:
    """Rows (dataCollectionId, indicators, belongings) of collections still being written."""

    def counted(column: Any) -> Any:
        return select(func.count()).where(column == DataCollection.dataCollectionId).scalar_subquery()

    grids = func.coalesce(
        select(func.max(GridInfo.gridInfoId))
        .where(GridInfo.dataCollectionGroupId == DataCollection.dataCollectionGroupId)
        .scalar_subquery(),
        0,
    )
    belongings = grids + counted(Image.dataCollectionId) + counted(DataCollectionFileAttachment.dataCollectionId)
    if catalogue.has(GridInfo.dataCollectionId):
        belongings = belongings + counted(GridInfo.dataCollectionId)
    return select(
        DataCollection.dataCollectionId,
        counted(ImageQualityIndicators.dataCollectionId).label("indicators"),
        belongings.label("belongings"),
    ).where(DataCollection.dataCollectionId.in_(keys))


def visible_keys(viewer: Viewer, table: type[Base], keys: Collection[int]) -> AnySelect:
    """Those of these keys whose rows the viewer may see."""
    (key,) = inspect(table).primary_key
    return select(key).where(key.in_(keys), visible_one(viewer, table))


def newer_collections(session_id: int, after: int, limit: int) -> AnySelect:
    """Ids of a session's collections after one of them."""
    return (
        select(DataCollection.dataCollectionId)
        .join(DataCollectionGroup, DataCollectionGroup.dataCollectionGroupId == DataCollection.dataCollectionGroupId)
        .where(DataCollectionGroup.sessionId == session_id, DataCollection.dataCollectionId > after)
        .order_by(DataCollection.dataCollectionId)
        .limit(limit)
    )
