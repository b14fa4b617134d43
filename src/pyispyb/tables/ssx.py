"""Serial crystallography, its events and laser-cut samples."""

from sqlalchemy.orm import Mapped

from ..db.types import Flag, Float, Int, Text, UInt
from .base import Base, column, key, unique


class SSXDataCollection(Base):
    """What a data collection with jets or chips has besides."""

    dataCollectionId: Mapped[int] = key(Int, "DataCollection.dataCollectionId", ondelete="CASCADE")
    repetitionRate: Mapped[float | None] = column(Float, unit="Hz")
    energyBandwidth: Mapped[float | None] = column(Float)
    monoStripe: Mapped[str | None] = column(Text(255))
    jetSpeed: Mapped[float | None] = column(Float)
    jetSize: Mapped[float | None] = column(Float)
    chipPattern: Mapped[str | None] = column(Text(255))
    chipModel: Mapped[str | None] = column(Text(255))
    reactionDuration: Mapped[float | None] = column(Float, unit="s")
    laserEnergy: Mapped[float | None] = column(Float)
    experimentName: Mapped[str | None] = column(Text(255))


class EventChain(Base):
    """What happens, in order, around every exposure of a serial experiment."""

    eventChainId: Mapped[int] = key(Int)
    dataCollectionId: Mapped[int] = column(Int, "DataCollection.dataCollectionId", ondelete="CASCADE")
    name: Mapped[str | None] = column(Text(255))


class EventType(Base):
    """A kind of event, such as an X-ray exposure or a laser pulse."""

    __table_args__ = (unique("name"),)

    eventTypeId: Mapped[int] = key(Int)
    name: Mapped[str] = column(Text(30))


class Event(Base):
    """One event of a chain, such as a laser pulse before the exposure."""

    eventId: Mapped[int] = key(Int)
    eventChainId: Mapped[int] = column(Int, "EventChain.eventChainId", ondelete="CASCADE")
    eventTypeId: Mapped[int] = column(Int, "EventType.eventTypeId")
    offset: Mapped[float] = column(Float, unit="s")
    componentId: Mapped[int | None] = column(Int, "Component.componentId")
    name: Mapped[str | None] = column(Text(255))
    duration: Mapped[float | None] = column(Float, unit="s")
    period: Mapped[float | None] = column(Float, unit="s")
    repetition: Mapped[float | None] = column(Float)


class LaserParameters(Base, only="dls"):
    """How a laser cut a sample."""

    __table_args__ = (unique("robotActionId"),)

    laserParametersId: Mapped[int] = key(Int)
    robotActionId: Mapped[int | None] = column(Int, "RobotAction.robotActionId", ondelete="CASCADE")
    laserRepetitionRate: Mapped[float | None] = column(Float)
    scanheadMoveSpeed: Mapped[float | None] = column(Float)
    laserTransmission: Mapped[float | None] = column(Float)
    numberOfPasses: Mapped[int | None] = column(UInt)
    gonioRotationSpeed: Mapped[int | None] = column(UInt)
    totalMarkingTime: Mapped[float | None] = column(Float, unit="s")


class LaserPoint(Base, only="dls"):
    """One point of a laser's path."""

    __table_args__ = (unique("laserParametersId", "pointIndex"),)

    laserPointId: Mapped[int] = key(Int)
    x: Mapped[int] = column(UInt, unit="pixels")
    y: Mapped[int] = column(UInt, unit="pixels")
    pointIndex: Mapped[int] = column(UInt)
    laserParametersId: Mapped[int | None] = column(Int, "LaserParameters.laserParametersId", ondelete="CASCADE")
    radius: Mapped[int | None] = column(UInt, unit="pixels")
    laserOn: Mapped[bool | None] = column(Flag, default=0)
