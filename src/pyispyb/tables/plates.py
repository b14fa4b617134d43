"""Crystallisation plates: imagers, inspections, images, scores and queues."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Double, Flag, Float, Int, LocalTime, SmallInt, Text, TinyInt, UInt
from .base import NOW, Base, column, index, key, unique


class BLSampleImageAutoScoreSchema(Base, only="dls"):
    """A way of scoring images of drops automatically."""

    blSampleImageAutoScoreSchemaId: Mapped[int] = key(TinyInt)
    schemaName: Mapped[str] = column(Text(25))
    enabled: Mapped[bool | None] = column(Flag, default=1)


class BLSampleImageAutoScoreClass(Base, only="dls"):
    """One class of an automatic scoring scheme, such as crystals or clear."""

    blSampleImageAutoScoreClassId: Mapped[int] = key(TinyInt)
    scoreClass: Mapped[str] = column(Text(15))
    blSampleImageAutoScoreSchemaId: Mapped[int | None] = column(
        TinyInt, "BLSampleImageAutoScoreSchema.blSampleImageAutoScoreSchemaId"
    )


class BLSampleImage_has_AutoScoreClass(Base, only="dls"):
    """How probable one class is for one image of a drop."""

    blSampleImageId: Mapped[int] = key(Int, "BLSampleImage.blSampleImageId", ondelete="CASCADE")
    blSampleImageAutoScoreClassId: Mapped[int] = key(
        TinyInt, "BLSampleImageAutoScoreClass.blSampleImageAutoScoreClassId", ondelete="CASCADE"
    )
    probability: Mapped[float | None] = column(Float)


class BLSampleImageScore(Base):
    """A score that people give to images of drops."""

    blSampleImageScoreId: Mapped[int] = key(Int)
    name: Mapped[str | None] = column(Text(45))
    score: Mapped[float | None] = column(Float)
    colour: Mapped[str | None] = column(Text(15))


class Imager(Base):
    """A machine that stores plates and photographs their drops."""

    imagerId: Mapped[int] = key(Int)
    name: Mapped[str] = column(Text(45))
    temperature: Mapped[float | None] = column(Float, unit="°C")
    serial: Mapped[str | None] = column(Text(45))
    capacity: Mapped[int | None] = column(SmallInt)


class InspectionType(Base):
    """How an imager looks at drops, such as with visible or ultraviolet light."""

    inspectionTypeId: Mapped[int] = key(Int)
    name: Mapped[str | None] = column(Text(45))


class Schedule(Base):
    """A set of inspections to come, counted from when a plate is made."""

    scheduleId: Mapped[int] = key(Int)
    name: Mapped[str | None] = column(Text(45))


class ScheduleComponent(Base):
    """One inspection of a schedule."""

    scheduleComponentId: Mapped[int] = key(Int)
    scheduleId: Mapped[int] = column(Int, "Schedule.scheduleId", ondelete="CASCADE")
    offset_hours: Mapped[int | None] = column(Int, unit="h")
    inspectionTypeId: Mapped[int | None] = column(Int, "InspectionType.inspectionTypeId", ondelete="CASCADE")


class Screen(Base):
    """A set of crystallisation conditions."""

    screenId: Mapped[int] = key(Int)
    name: Mapped[str | None] = column(Text(45))
    proposalId: Mapped[int | None] = column(UInt, "Proposal.proposalId")
    global_: Mapped[bool | None] = column(Flag, name="global")
    containerTypeId: Mapped[int | None] = column(UInt, "ContainerType.containerTypeId", only="dls")


class ScreenComponentGroup(Base):
    """One condition of a screen: what one well holds."""

    screenComponentGroupId: Mapped[int] = key(Int)
    screenId: Mapped[int] = column(Int, "Screen.screenId")
    position: Mapped[int | None] = column(SmallInt)


class ScreenComponent(Base):
    """One substance of a condition."""

    screenComponentId: Mapped[int] = key(Int)
    screenComponentGroupId: Mapped[int] = column(Int, "ScreenComponentGroup.screenComponentGroupId")
    componentId: Mapped[int | None] = column(UInt, "Protein.proteinId")
    concentration: Mapped[float | None] = column(Float)
    pH: Mapped[float | None] = column(Float)


class ContainerInspection(Base):
    """One look at all drops of a plate."""

    __table_args__ = (index("containerId", "scheduleComponentid", "state", "manual"),)

    containerInspectionId: Mapped[int] = key(Int)
    containerId: Mapped[int] = column(UInt, "Container.containerId", ondelete="CASCADE")
    inspectionTypeId: Mapped[int] = column(Int, "InspectionType.inspectionTypeId")
    imagerId: Mapped[int | None] = column(Int, "Imager.imagerId")
    temperature: Mapped[float | None] = column(Float, unit="°C")
    blTimeStamp: Mapped[datetime | None] = column(LocalTime)
    scheduleComponentid: Mapped[int | None] = column(Int, "ScheduleComponent.scheduleComponentId")
    state: Mapped[str | None] = column(Text(20))
    priority: Mapped[int | None] = column(SmallInt)
    manual: Mapped[bool | None] = column(Flag)
    scheduledTimeStamp: Mapped[datetime | None] = column(LocalTime)
    completedTimeStamp: Mapped[datetime | None] = column(LocalTime)


class ContainerQueue(Base):
    """A container that waits for unattended data collection."""

    __table_args__ = (index("containerId", "completedTimeStamp"),)

    containerQueueId: Mapped[int] = key(Int)
    containerId: Mapped[int | None] = column(UInt, "Container.containerId", ondelete="CASCADE")
    createdTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    personId: Mapped[int | None] = column(UInt, "Person.personId")
    completedTimeStamp: Mapped[datetime | None] = column(LocalTime)


class ContainerQueueSample(Base):
    """A sample or a place on it that waits within a queued container."""

    containerQueueSampleId: Mapped[int] = key(Int)
    containerQueueId: Mapped[int | None] = column(Int, "ContainerQueue.containerQueueId", ondelete="CASCADE")
    blSubSampleId: Mapped[int | None] = column(Int, "BLSubSample.blSubSampleId", ondelete="CASCADE")
    status: Mapped[str | None] = column(Text(20), only="dls")
    startTime: Mapped[datetime | None] = column(LocalTime, only="dls")
    endTime: Mapped[datetime | None] = column(LocalTime, only="dls")
    dataCollectionPlanId: Mapped[int | None] = column(UInt, "DiffractionPlan.diffractionPlanId", only="dls")
    blSampleId: Mapped[int | None] = column(UInt, "BLSample.blSampleId", only="dls")


class BLSampleImage(Base):
    """One image of a drop."""

    __table_args__ = (unique("imageFullPath"),)

    blSampleImageId: Mapped[int] = key(Int)
    blSampleId: Mapped[int | None] = column(UInt, "BLSample.blSampleId")
    offsetX: Mapped[int | None] = column(Int, default=0, only="dls", unit="pixels")
    offsetY: Mapped[int | None] = column(Int, default=0, only="dls", unit="pixels")
    micronsPerPixelX: Mapped[float | None] = column(Float, unit="µm/pixel")
    micronsPerPixelY: Mapped[float | None] = column(Float, unit="µm/pixel")
    imageFullPath: Mapped[str | None] = column(Text(255))
    blSampleImageScoreId: Mapped[int | None] = column(Int, "BLSampleImageScore.blSampleImageScoreId")
    comments: Mapped[str | None] = column(Text(255))
    blTimeStamp: Mapped[datetime | None] = column(LocalTime)
    containerInspectionId: Mapped[int | None] = column(Int, "ContainerInspection.containerInspectionId")
    modifiedTimeStamp: Mapped[datetime | None] = column(LocalTime)


class BLSampleImageAnalysis(Base):
    """How the image of a drop before and after an experiment compare."""

    blSampleImageAnalysisId: Mapped[int] = key(Int)
    blSampleImageId: Mapped[int | None] = column(Int, "BLSampleImage.blSampleImageId")
    oavSnapshotBefore: Mapped[str | None] = column(Text(255))
    oavSnapshotAfter: Mapped[str | None] = column(Text(255))
    deltaX: Mapped[int | None] = column(Int, unit="pixels")
    deltaY: Mapped[int | None] = column(Int, unit="pixels")
    goodnessOfFit: Mapped[float | None] = column(Float)
    scaleFactor: Mapped[float | None] = column(Float)
    resultCode: Mapped[str | None] = column(Text(15))
    matchStartTimeStamp: Mapped[datetime | None] = column(LocalTime, default=NOW)
    matchEndTimeStamp: Mapped[datetime | None] = column(LocalTime)


class BLSampleImageMeasurement(Base, only="dls"):
    """A distance measured on the image of a drop, in pixels."""

    blSampleImageMeasurementId: Mapped[int] = key(Int)
    blSampleImageId: Mapped[int] = column(Int, "BLSampleImage.blSampleImageId", ondelete="CASCADE")
    blSubSampleId: Mapped[int | None] = column(Int, "BLSubSample.blSubSampleId")
    startPosX: Mapped[float | None] = column(Double, unit="pixels")
    startPosY: Mapped[float | None] = column(Double, unit="pixels")
    endPosX: Mapped[float | None] = column(Double, unit="pixels")
    endPosY: Mapped[float | None] = column(Double, unit="pixels")
    blTimeStamp: Mapped[datetime | None] = column(LocalTime)
