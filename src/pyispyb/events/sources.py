"""The four kinds of event, and where each keeps its key, its session, its sample and its time."""

from dataclasses import dataclass
from typing import Any, Literal

from ..tables import DataCollection, DataCollectionGroup, EnergyScan, RobotAction, XFEFluorescenceSpectrum
from ..tables.base import Base

Kind = Literal["dc", "robot", "es", "xrf"]

Column = Any
"""A mapped column; its Python type differs from source to source."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table that events of one kind come from."""

    kind: Kind
    table: type[Base]
    key: Column
    session: Column
    """None for a table that does not name its session itself."""
    sample: Column
    time: Column
    sub_sample: Column = None
    """None for a table that does not name the part of a sample itself."""
    text: Column = None
    """What people or programs remarked; None for a table that is searched in its own way."""


GROUPS = Source(
    "dc",
    DataCollectionGroup,
    DataCollectionGroup.dataCollectionGroupId,
    DataCollectionGroup.sessionId,
    DataCollectionGroup.blSampleId,
    DataCollectionGroup.startTime,
)
COLLECTIONS = Source(
    "dc",
    DataCollection,
    DataCollection.dataCollectionId,
    None,
    DataCollection.blSampleId,
    DataCollection.startTime,
)
ROBOT_ACTIONS = Source(
    "robot",
    RobotAction,
    RobotAction.robotActionId,
    RobotAction.blsessionId,
    RobotAction.blsampleId,
    RobotAction.startTimestamp,
    text=RobotAction.message,
)
ENERGY_SCANS = Source(
    "es",
    EnergyScan,
    EnergyScan.energyScanId,
    EnergyScan.sessionId,
    EnergyScan.blSampleId,
    EnergyScan.startTime,
    EnergyScan.blSubSampleId,
    EnergyScan.comments,
)
SPECTRA = Source(
    "xrf",
    XFEFluorescenceSpectrum,
    XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId,
    XFEFluorescenceSpectrum.sessionId,
    XFEFluorescenceSpectrum.blSampleId,
    XFEFluorescenceSpectrum.startTime,
    XFEFluorescenceSpectrum.blSubSampleId,
    XFEFluorescenceSpectrum.comments,
)

GROUPED: tuple[Source, ...] = (GROUPS, ROBOT_ACTIONS, ENERGY_SCANS, SPECTRA)
