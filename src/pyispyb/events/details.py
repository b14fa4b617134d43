"""Everything a page of events shows, in one statement.

Collections, robot actions, scans, spectra and grids have different columns. Each is one branch of a UNION whose other
columns are NULL, so that a page costs one round trip whatever it holds. The statement depends on the connected database
only, and is built once; for those with whom something is shared, once for each of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    bindparam,
    cast,
    false,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from ..access import Viewer, visible
from ..answers import taking
from ..db.catalogue import Catalogue
from ..db.typing import AnySelect, AnyUnion
from ..db.writes import columns
from ..proposals.measured import in_session
from ..tables import (
    BLSample,
    BLSession,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    EnergyScan,
    GridInfo,
    Proposal,
    RobotAction,
    Workflow,
    XFEFluorescenceSpectrum,
)

Part = Literal[
    "groups",
    "members",
    "collections",
    "robot",
    "es",
    "xrf",
    "grids",
    "collection_grids",
    "own_grids",
    "group_grids",
]
"""What is asked for, by which ids.

`groups` by group, each with its newest collection; `members` the same by the collection that shows its group;
`collections`, `robot`, `es`, `xrf` by their own key. Grids hang on a group or on a collection: `grids` and
`collection_grids` find both by group, the other two by collection.
"""

Values = Mapping[str, Any]

SEES_SESSION = "sees_session"
"""Label of the column that tells a receiver of shares whether they see the session; others see those of all events."""

COLLECTION = (
    DataCollection.dataCollectionId,
    DataCollection.dataCollectionGroupId,
    DataCollection.dataCollectionNumber,
    DataCollection.startTime,
    DataCollection.endTime,
    DataCollection.runStatus,
    DataCollection.imagePrefix,
    DataCollection.imageSuffix,
    DataCollection.imageDirectory,
    DataCollection.fileTemplate,
    DataCollection.numberOfImages,
    DataCollection.startImageNumber,
    DataCollection.numberOfPasses,
    DataCollection.exposureTime,
    DataCollection.axisStart,
    DataCollection.axisEnd,
    DataCollection.axisRange,
    DataCollection.overlap,
    DataCollection.rotationAxis,
    DataCollection.omegaStart,
    DataCollection.phiStart,
    DataCollection.kappaStart,
    DataCollection.chiStart,
    DataCollection.wavelength,
    DataCollection.resolution,
    DataCollection.resolutionAtCorner,
    DataCollection.detectorDistance,
    DataCollection.xBeam,
    DataCollection.yBeam,
    DataCollection.transmission,
    DataCollection.flux,
    DataCollection.beamSizeAtSampleX,
    DataCollection.beamSizeAtSampleY,
    DataCollection.totalAbsorbedDose,
    DataCollection.comments,
    DataCollection.xtalSnapshotFullPath1,
    DataCollection.xtalSnapshotFullPath2,
    DataCollection.xtalSnapshotFullPath3,
    DataCollection.xtalSnapshotFullPath4,
    DataCollection.imageQualityIndicatorsPlotPath,
)
GROUP = (
    DataCollectionGroup.sessionId,
    DataCollectionGroup.blSampleId,
    DataCollectionGroup.experimentType,
    DataCollectionGroup.comments,
    DataCollectionGroup.startTime,
    DataCollectionGroup.endTime,
)
WORKFLOW = (Workflow.workflowId, Workflow.workflowType, Workflow.workflowTitle, Workflow.status, Workflow.comments)
ROBOT_ACTION = (
    RobotAction.robotActionId,
    RobotAction.startTimestamp,
    RobotAction.endTimestamp,
    RobotAction.actionType,
    RobotAction.status,
    RobotAction.message,
    RobotAction.containerLocation,
    RobotAction.dewarLocation,
    RobotAction.sampleBarcode,
    RobotAction.xtalSnapshotBefore,
    RobotAction.xtalSnapshotAfter,
)
ENERGY_SCAN = (
    EnergyScan.energyScanId,
    EnergyScan.startTime,
    EnergyScan.endTime,
    EnergyScan.element,
    EnergyScan.edgeEnergy,
    EnergyScan.startEnergy,
    EnergyScan.endEnergy,
    EnergyScan.transmissionFactor,
    EnergyScan.exposureTime,
    EnergyScan.peakEnergy,
    EnergyScan.peakFPrime,
    EnergyScan.peakFDoublePrime,
    EnergyScan.inflectionEnergy,
    EnergyScan.inflectionFPrime,
    EnergyScan.inflectionFDoublePrime,
    EnergyScan.comments,
    EnergyScan.jpegChoochFileFullPath,
)
SPECTRUM = (
    XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId,
    XFEFluorescenceSpectrum.startTime,
    XFEFluorescenceSpectrum.endTime,
    XFEFluorescenceSpectrum.energy,
    XFEFluorescenceSpectrum.exposureTime,
    XFEFluorescenceSpectrum.beamTransmission,
    XFEFluorescenceSpectrum.filename,
    XFEFluorescenceSpectrum.comments,
    XFEFluorescenceSpectrum.jpegScanFileFullPath,
)
GRID = (
    GridInfo.gridInfoId,
    GridInfo.dataCollectionId,
    GridInfo.dataCollectionGroupId,
    GridInfo.steps_x,
    GridInfo.steps_y,
    GridInfo.dx_mm,
    GridInfo.dy_mm,
    GridInfo.meshAngle,
    GridInfo.orientation,
    GridInfo.snaked,
    GridInfo.xOffset,
    GridInfo.yOffset,
    GridInfo.micronsPerPixelX,
    GridInfo.micronsPerPixelY,
    GridInfo.pixelspermicronX,
    GridInfo.pixelspermicronY,
    GridInfo.snapshot_offsetXPixel,
    GridInfo.snapshot_offsetYPixel,
    GridInfo.patchesX,
    GridInfo.patchesY,
)

_member = aliased(DataCollection)


@dataclass(frozen=True, slots=True)
class Branch:
    """One SELECT of the union: its columns by their label, and how rows are found."""

    columns: Mapping[str, ColumnElement[Any]]
    joined: Callable[[AnySelect], AnySelect]


def _labelled(catalogue: Catalogue, prefix: str, wanted: Iterable[Any]) -> dict[str, ColumnElement[Any]]:
    return {prefix + column.key: column.expression for column in columns(catalogue, *wanted)}


def _visit(receiver: Viewer | None) -> dict[str, ColumnElement[Any]]:
    """Where and from which sample: the same for every kind of event."""
    sees_session = {} if receiver is None else {SEES_SESSION: visible(receiver, BLSession)}
    return {
        **sees_session,
        "sessionId": BLSession.sessionId.expression,
        "visit_number": BLSession.visit_number.expression,
        "proposalCode": Proposal.proposalCode.expression,
        "proposalNumber": Proposal.proposalNumber.expression,
        "blSampleId": BLSample.blSampleId.expression,
        "sampleName": BLSample.name.expression,
    }


def _in_visit(statement: AnySelect, session: Any, sample: Any) -> AnySelect:
    return in_session(statement, session).outerjoin(BLSample, BLSample.blSampleId == sample)


def _collections(catalogue: Catalogue, part: Part, receiver: Viewer | None) -> Branch:
    has_workflow = catalogue.has(DataCollectionGroup.workflowId) and catalogue.has_table(Workflow)
    sample = func.coalesce(DataCollectionGroup.blSampleId, DataCollection.blSampleId)
    members = select(func.count()).where(_member.dataCollectionGroupId == DataCollectionGroup.dataCollectionGroupId)
    attachments = select(func.count()).where(
        DataCollectionFileAttachment.dataCollectionId == DataCollection.dataCollectionId
    )
    newest = select(func.max(_member.dataCollectionId)).where(
        _member.dataCollectionGroupId == DataCollectionGroup.dataCollectionGroupId
    )
    found = {
        **_visit(receiver),
        "count": literal(1) if part == "collections" else members.scalar_subquery(),
        "attachments": attachments.scalar_subquery(),
        **_labelled(catalogue, "dc_", COLLECTION),
        **_labelled(catalogue, "group_", GROUP),
        **(_labelled(catalogue, "workflow_", WORKFLOW) if has_workflow else {}),
    }

    def joined(statement: AnySelect) -> AnySelect:
        statement = statement.select_from(DataCollectionGroup)
        if part == "groups":
            statement = statement.join(DataCollection, DataCollection.dataCollectionId == newest.scalar_subquery())
            statement = statement.where(DataCollectionGroup.dataCollectionGroupId.in_(_ids(part)))
        else:
            statement = statement.join(
                DataCollection, DataCollection.dataCollectionGroupId == DataCollectionGroup.dataCollectionGroupId
            ).where(DataCollection.dataCollectionId.in_(_ids(part)))
        if has_workflow:
            statement = statement.outerjoin(Workflow, Workflow.workflowId == DataCollectionGroup.workflowId)
        return _in_visit(statement, DataCollectionGroup.sessionId, sample)

    return Branch(found, joined)


def _simple(
    catalogue: Catalogue, part: Part, receiver: Viewer | None, wanted: Any, key: Any, session: Any, sample: Any
) -> Branch:
    return Branch(
        {**_visit(receiver), **_labelled(catalogue, f"{part}_", wanted)},
        lambda statement: _in_visit(statement.select_from(key.class_), session, sample).where(key.in_(_ids(part))),
    )


def _grids(catalogue: Catalogue, part: Part) -> Branch:
    members = select(DataCollection.dataCollectionId).where(DataCollection.dataCollectionGroupId.in_(_ids(part)))
    groups = select(DataCollection.dataCollectionGroupId).where(DataCollection.dataCollectionId.in_(_ids(part)))
    by_collection = GridInfo.dataCollectionId if catalogue.has(GridInfo.dataCollectionId) else None
    where: ColumnElement[bool]
    if part == "grids":
        where = GridInfo.dataCollectionGroupId.in_(_ids(part))
    elif part == "group_grids":
        where = GridInfo.dataCollectionGroupId.in_(groups)
    elif by_collection is None:
        where = false()
    elif part == "own_grids":
        where = by_collection.in_(_ids(part))
    else:
        where = by_collection.in_(members)
    return Branch(_labelled(catalogue, "grid_", GRID), lambda statement: statement.select_from(GridInfo).where(where))


def _ids(part: str) -> Any:
    return bindparam(part, expanding=True)


def _branch(catalogue: Catalogue, part: Part, receiver: Viewer | None) -> Branch:
    simple = partial(_simple, catalogue, part, receiver)
    if part in {"groups", "members", "collections"}:
        return _collections(catalogue, part, receiver)
    if part == "robot":
        return simple(ROBOT_ACTION, RobotAction.robotActionId, RobotAction.blsessionId, RobotAction.blsampleId)
    if part == "es":
        return simple(ENERGY_SCAN, EnergyScan.energyScanId, EnergyScan.sessionId, EnergyScan.blSampleId)
    if part == "xrf":
        table = XFEFluorescenceSpectrum
        return simple(SPECTRUM, table.xfeFluorescenceSpectrumId, table.sessionId, table.blSampleId)
    return _grids(catalogue, part)


@dataclass(frozen=True)
class Details:
    """The statement for some parts, and where in its rows each part's columns are."""

    statement: AnyUnion | AnySelect
    columns: Mapping[Part, tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]]
    """Of each part the labels of its columns, and what takes their values from a row."""

    def values(self, row: Any) -> tuple[Part, dict[str, Any]]:
        """Which part a row belongs to, and its columns by label."""
        part: Part = row[0]
        labels, taken_from = self.columns[part]
        return part, dict(zip(labels, taken_from(row), strict=True))


@lru_cache(maxsize=256)
def details(catalogue: Catalogue, parts: frozenset[Part], receiver: Viewer | None = None) -> Details:
    """The statement that reads these parts; its parameters are lists of ids named as the parts."""
    branches = {part: _branch(catalogue, part, receiver) for part in sorted(parts)}
    labels: dict[str, ColumnElement[Any]] = {}
    for found in branches.values():
        for label, column in found.columns.items():
            labels.setdefault(label, column)
    selects = [_padded(part, found, labels) for part, found in branches.items()]
    place_of = {label: place for place, label in enumerate(labels, start=1)}
    columns_of = {
        part: (tuple(found.columns), taking([place_of[label] for label in found.columns]))
        for part, found in branches.items()
    }
    return Details(selects[0] if len(selects) == 1 else union_all(*selects), columns_of)


def _padded(part: Part, found: Branch, labels: Mapping[str, ColumnElement[Any]]) -> AnySelect:
    """A branch with every column of the union, those of other branches as NULL of their type."""
    selected = [
        (found.columns[label] if label in found.columns else _nothing(column)).label(label)
        for label, column in labels.items()
    ]
    return found.joined(select(literal(part, Text).label("part"), *selected))


def _nothing(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """NULL in place of a column. MariaDB makes decimals of whole numbers that meet a NULL of no type in a union."""
    is_whole = isinstance(getattr(column.type, "impl", column.type), Integer)
    return cast(null(), column.type) if is_whole else type_coerce(null(), column.type)
