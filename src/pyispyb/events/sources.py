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
)
ENERGY_SCANS = Source(
    "es", EnergyScan, EnergyScan.energyScanId, EnergyScan.sessionId, EnergyScan.blSampleId, EnergyScan.startTime
)
SPECTRA = Source(
    "xrf",
    XFEFluorescenceSpectrum,
    XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId,
    XFEFluorescenceSpectrum.sessionId,
    XFEFluorescenceSpectrum.blSampleId,
    XFEFluorescenceSpectrum.startTime,
)

GROUPED: tuple[Source, ...] = (GROUPS, ROBOT_ACTIONS, ENERGY_SCANS, SPECTRA)
