"""Containers, their kinds and where they were."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Flag, Float, Int, LocalTime, SmallInt, Text, TinyInt, UInt
from .base import ACCOUNT, NOW, Base, column, index, key, unique


class ContainerType(Base, only="dls"):
    """A kind of container: how many samples it holds and how its wells and drops are laid out.

    Drops are placed within their well by fractions of its width and height. `wellDrop` is the drop that is the
    reservoir, -1 for none.
    """

    containerTypeId: Mapped[int] = key(UInt)
    name: Mapped[str | None] = column(Text(100))
    proposalType: Mapped[str | None] = column(Text(10))
    active: Mapped[bool | None] = column(Flag, default=1)
    capacity: Mapped[int | None] = column(Int)
    wellPerRow: Mapped[int | None] = column(SmallInt)
    dropPerWellX: Mapped[int | None] = column(SmallInt)
    dropPerWellY: Mapped[int | None] = column(SmallInt)
    dropHeight: Mapped[float | None] = column(Float)
    dropWidth: Mapped[float | None] = column(Float)
    dropOffsetX: Mapped[float | None] = column(Float)
    dropOffsetY: Mapped[float | None] = column(Float)
    wellDrop: Mapped[int | None] = column(SmallInt)


class Container(Base):
    """A puck, plate, cane, grid box or other holder of samples."""

    __table_args__ = (
        index("beamlineLocation"),
        index("containerStatus"),
        unique("barcode"),
    )

    containerId: Mapped[int] = key(UInt)
    dewarId: Mapped[int | None] = column(UInt, "Dewar.dewarId", ondelete="CASCADE")
    code: Mapped[str | None] = column(Text(45))
    containerType: Mapped[str | None] = column(Text(20))
    capacity: Mapped[int | None] = column(UInt)
    sampleChangerLocation: Mapped[str | None] = column(Text(20))
    containerStatus: Mapped[str | None] = column(Text(45))
    bltimeStamp: Mapped[datetime | None] = column(LocalTime)
    beamlineLocation: Mapped[str | None] = column(Text(20))
    screenId: Mapped[int | None] = column(Int, "Screen.screenId")
    scheduleId: Mapped[int | None] = column(Int, "Schedule.scheduleId")
    barcode: Mapped[str | None] = column(Text(45))
    imagerId: Mapped[int | None] = column(Int, "Imager.imagerId")
    sessionId: Mapped[int | None] = column(UInt, "BLSession.sessionId", ondelete="SET NULL")
    ownerId: Mapped[int | None] = column(UInt, "Person.personId")
    requestedImagerId: Mapped[int | None] = column(Int, "Imager.imagerId")
    requestedReturn: Mapped[bool | None] = column(Flag, default=0)
    comments: Mapped[str | None] = column(Text(255))
    experimentType: Mapped[str | None] = column(Text(20))
    storageTemperature: Mapped[float | None] = column(Float, unit="°C")
    containerRegistryId: Mapped[int | None] = column(Int, "ContainerRegistry.containerRegistryId", only="dls")
    scLocationUpdated: Mapped[datetime | None] = column(LocalTime)
    priorityPipelineId: Mapped[int | None] = column(Int, "ProcessingPipeline.processingPipelineId", only="dls")
    experimentTypeId: Mapped[int | None] = column(UInt, "ExperimentType.experimentTypeId", only="dls")
    containerTypeId: Mapped[int | None] = column(UInt, "ContainerType.containerTypeId", only="dls")
    currentDewarId: Mapped[int | None] = column(UInt, "Dewar.dewarId", only="dls")
    parentContainerId: Mapped[int | None] = column(UInt, "Container.containerId", only="dls")
    source: Mapped[str | None] = column(Text(50), default=ACCOUNT, only="dls")
    parentContainerLocation: Mapped[int | None] = column(UInt, only="dls")


class ContainerHistory(Base):
    """Where a container was, and in what state."""

    containerHistoryId: Mapped[int] = key(Int)
    blTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    containerId: Mapped[int | None] = column(UInt, "Container.containerId", ondelete="CASCADE")
    location: Mapped[str | None] = column(Text(45))
    status: Mapped[str | None] = column(Text(45))
    beamlineName: Mapped[str | None] = column(Text(20), only="dls")
    currentDewarId: Mapped[int | None] = column(UInt, "Dewar.dewarId", only="dls")


class ContainerRegistry(Base, only="dls"):
    """A container that the facility knows by its barcode."""

    __table_args__ = (unique("barcode"),)

    containerRegistryId: Mapped[int] = key(Int)
    barcode: Mapped[str] = column(Text(20))
    comments: Mapped[str | None] = column(Text(255))
    recordTimestamp: Mapped[datetime | None] = column(LocalTime, default=NOW)


class ContainerRegistry_has_Proposal(Base, only="dls"):
    """Which proposals use a registered container."""

    __table_args__ = (unique("containerRegistryId", "proposalId"),)

    containerRegistryHasProposalId: Mapped[int] = key(Int)
    containerRegistryId: Mapped[int | None] = column(Int, "ContainerRegistry.containerRegistryId")
    proposalId: Mapped[int | None] = column(UInt, "Proposal.proposalId")
    personId: Mapped[int | None] = column(UInt, "Person.personId")
    recordTimestamp: Mapped[datetime | None] = column(LocalTime, default=NOW)


class ContainerReport(Base, only="dls"):
    """Something to know about a registered container."""

    containerReportId: Mapped[int] = key(Int)
    containerRegistryId: Mapped[int | None] = column(Int, "ContainerRegistry.containerRegistryId")
    personId: Mapped[int | None] = column(UInt, "Person.personId")
    report: Mapped[str | None] = column(Text())
    attachmentFilePath: Mapped[str | None] = column(Text(255))
    recordTimestamp: Mapped[datetime | None] = column(LocalTime)


class Sleeve(Base, only="dls"):
    """A sleeve of a beamline's freezer."""

    sleeveId: Mapped[int] = key(TinyInt)
    lastMovedToFreezer: Mapped[datetime] = column(LocalTime, default=NOW)
    location: Mapped[int | None] = column(TinyInt)
    lastMovedFromFreezer: Mapped[datetime | None] = column(LocalTime, default=NOW)
