"""Samples as they come to a beamline, and places on them."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Double, EnumText, Flag, Float, Int, LocalTime, MediumInt, SmallInt, Text, UInt
from .base import ACCOUNT, NOW, Base, column, index, key, unique


class BLSampleType(Base, only="dls"):
    """A kind of sample, for proposals of one type."""

    blSampleTypeId: Mapped[int] = key(UInt)
    name: Mapped[str | None] = column(Text(100))
    proposalType: Mapped[str | None] = column(Text(10))
    active: Mapped[bool | None] = column(Flag, default=1)


class BLSample(Base):
    """Something that can be measured: a crystal on a pin, a drop, a capillary, a grid."""

    __table_args__ = (
        index("blSubSampleId"),
        index("blSampleStatus"),
        index("name"),
        unique("containerId", "location", "subLocation"),
        index("crystalId", "containerId"),
    )

    blSampleId: Mapped[int] = key(UInt)
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    diffractionPlanId: Mapped[int | None] = column(UInt, "DiffractionPlan.diffractionPlanId", ondelete="CASCADE")
    crystalId: Mapped[int | None] = column(UInt, "Crystal.crystalId", ondelete="CASCADE")
    containerId: Mapped[int | None] = column(UInt, "Container.containerId", ondelete="CASCADE")
    name: Mapped[str | None] = column(Text(100))
    code: Mapped[str | None] = column(Text(45))
    location: Mapped[str | None] = column(Text(45))
    holderLength: Mapped[float | None] = column(Double, unit="mm")
    loopLength: Mapped[float | None] = column(Double, unit="mm")
    loopType: Mapped[str | None] = column(Text(45))
    wireWidth: Mapped[float | None] = column(Double, unit="mm")
    comments: Mapped[str | None] = column(Text(1024))
    completionStage: Mapped[str | None] = column(Text(45))
    structureStage: Mapped[str | None] = column(Text(45))
    publicationStage: Mapped[str | None] = column(Text(45))
    publicationComments: Mapped[str | None] = column(Text(255))
    blSampleStatus: Mapped[str | None] = column(Text(20))
    isInSampleChanger: Mapped[bool | None] = column(Flag)
    lastKnownCenteringPosition: Mapped[str | None] = column(Text(255))
    positionId: Mapped[int | None] = column(Int)
    SMILES: Mapped[str | None] = column(Text(400))
    blSubSampleId: Mapped[int | None] = column(Int)
    lastImageURL: Mapped[str | None] = column(Text(255))
    screenComponentGroupId: Mapped[int | None] = column(Int, "ScreenComponentGroup.screenComponentGroupId")
    volume: Mapped[float | None] = column(Float)
    dimension1: Mapped[float | None] = column(Double)
    dimension2: Mapped[float | None] = column(Double)
    dimension3: Mapped[float | None] = column(Double)
    shape: Mapped[str | None] = column(Text(15))
    packingFraction: Mapped[float | None] = column(Float, only="dls")
    preparationTemeprature: Mapped[int | None] = column(MediumInt, only="dls", unit="K")
    preparationHumidity: Mapped[float | None] = column(Float, only="dls", unit="%")
    blottingTime: Mapped[int | None] = column(Int, only="dls", unit="s")
    blottingForce: Mapped[float | None] = column(Float, only="dls")
    blottingDrainTime: Mapped[int | None] = column(Int, only="dls", unit="s")
    support: Mapped[str | None] = column(Text(50), only="dls")
    subLocation: Mapped[int | None] = column(SmallInt)
    staffComments: Mapped[str | None] = column(Text(255), only="dls")
    source: Mapped[str | None] = column(Text(50), default=ACCOUNT, only="dls")


class BLSubSample(Base):
    """A place on a sample, such as one crystal of a drop or one region of a loop."""

    __table_args__ = (index("blSampleId", "source"),)

    blSubSampleId: Mapped[int] = key(Int)
    blSampleId: Mapped[int | None] = column(UInt, "BLSample.blSampleId", ondelete="CASCADE")
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    diffractionPlanId: Mapped[int | None] = column(UInt, "DiffractionPlan.diffractionPlanId", ondelete="CASCADE")
    blSampleImageId: Mapped[int | None] = column(Int, "BLSampleImage.blSampleImageId", only="dls")
    positionId: Mapped[int | None] = column(Int, "Position.positionId", ondelete="CASCADE")
    position2Id: Mapped[int | None] = column(Int, "Position.positionId", ondelete="CASCADE")
    motorPositionId: Mapped[int | None] = column(Int, "MotorPosition.motorPositionId", ondelete="CASCADE")
    blSubSampleUUID: Mapped[str | None] = column(Text(45))
    imgFileName: Mapped[str | None] = column(Text(255))
    imgFilePath: Mapped[str | None] = column(Text(1024))
    comments: Mapped[str | None] = column(Text(1024))
    source: Mapped[str | None] = column(EnumText("manual", "auto"), default="manual", only="dls")
    type: Mapped[str | None] = column(Text(10), only="dls")


class BLSampleGroup(Base):
    """Samples that belong together, such as those measured against one background."""

    blSampleGroupId: Mapped[int] = key(Int)
    name: Mapped[str | None] = column(Text(100))
    proposalId: Mapped[int | None] = column(UInt, "Proposal.proposalId", ondelete="SET NULL", only="dls")
    ownerId: Mapped[int | None] = column(UInt, "Person.personId", only="dls")


class BLSampleGroup_has_BLSample(Base):
    """Which samples belong to a group, and as what."""

    blSampleGroupId: Mapped[int] = key(Int, "BLSampleGroup.blSampleGroupId")
    blSampleId: Mapped[int] = key(UInt, "BLSample.blSampleId")
    groupOrder: Mapped[int | None] = column(MediumInt, only="dls")
    type: Mapped[str | None] = column(EnumText("background", "container", "sample", "calibrant", "capillary"))
    blSampleTypeId: Mapped[int | None] = column(UInt, "BLSampleType.blSampleTypeId", only="dls")
    order: Mapped[int | None] = column(MediumInt, only="collab")


class BLSamplePosition(Base, only="dls"):
    """A place on a sample, such as where a droplet is to go."""

    blSamplePositionId: Mapped[int] = key(Int)
    blSampleId: Mapped[int] = column(UInt, "BLSample.blSampleId")
    posX: Mapped[float | None] = column(Double)
    posY: Mapped[float | None] = column(Double)
    posZ: Mapped[float | None] = column(Double)
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime, default=NOW)
    positionType: Mapped[str | None] = column(EnumText("dispensing"))


class BLSample_has_Positioner(Base, only="dls"):
    """Where a motor stood for a sample."""

    blSampleHasPositioner: Mapped[int] = key(UInt)
    blSampleId: Mapped[int] = column(UInt, "BLSample.blSampleId")
    positionerId: Mapped[int] = column(UInt, "Positioner.positionerId")


class BLSubSample_has_Positioner(Base, only="dls"):
    """Where a motor stood for a sub-sample."""

    blSubSampleHasPositioner: Mapped[int] = key(UInt)
    blSubSampleId: Mapped[int] = column(Int, "BLSubSample.blSubSampleId")
    positionerId: Mapped[int] = column(UInt, "Positioner.positionerId")


class BLSampleImage_has_Positioner(Base, only="dls"):
    """Where a motor stood when a drop was photographed."""

    blSampleImageHasPositionerId: Mapped[int] = key(UInt)
    blSampleImageId: Mapped[int] = column(Int, "BLSampleImage.blSampleImageId")
    positionerId: Mapped[int] = column(UInt, "Positioner.positionerId")
    value: Mapped[float | None] = column(Float)


class BLSampleType_has_Component(Base):
    """What samples of a type are made of."""

    __table_args__ = (index("componentId"),)

    blSampleTypeId: Mapped[int] = key(UInt)
    componentId: Mapped[int] = key(UInt)
    abundance: Mapped[float | None] = column(Float)


class Position(Base):
    """A point on a picture of a sample."""

    positionId: Mapped[int] = key(Int)
    relativePositionId: Mapped[int | None] = column(Int, "Position.positionId", ondelete="CASCADE")
    posX: Mapped[float | None] = column(Double)
    posY: Mapped[float | None] = column(Double)
    posZ: Mapped[float | None] = column(Double)
    scale: Mapped[float | None] = column(Double)
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)
    X: Mapped[float | None] = column(Double, only="dls", computed="posX")
    Y: Mapped[float | None] = column(Double, only="dls", computed="posY")
    Z: Mapped[float | None] = column(Double, only="dls", computed="posZ")


class Positioner(Base, only="dls"):
    """A motor's name and value."""

    positionerId: Mapped[int] = key(UInt)
    positioner: Mapped[str] = column(Text(50))
    value: Mapped[float] = column(Float)


class PurificationColumn(Base, only="dls"):
    """A chromatography column that solutions pass on their way to the beam."""

    purificationColumnId: Mapped[int] = key(UInt)
    name: Mapped[str | None] = column(Text(100))
    active: Mapped[bool | None] = column(Flag, default=1)


class SampleComposition(Base):
    """What else a sample holds, and how much."""

    sampleCompositionId: Mapped[int] = key(Int)
    componentId: Mapped[int] = column(Int, "Component.componentId")
    blSampleId: Mapped[int] = column(UInt, "BLSample.blSampleId")
    concentrationTypeId: Mapped[int | None] = column(Int, "ConcentrationType.concentrationTypeId")
    abundance: Mapped[float | None] = column(Float)
    ratio: Mapped[float | None] = column(Float)
    pH: Mapped[float | None] = column(Float)
