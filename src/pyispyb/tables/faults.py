"""Faults at beamlines, and what was done about them."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import EnumText, Flag, Int, LocalTime, Text, UInt
from .base import NOW, Base, column, key


class BF_automationError(Base):
    """A kind of fault of an unattended experiment, and its remedy."""

    automationErrorId: Mapped[int] = key(UInt)
    errorType: Mapped[str] = column(Text(40))
    solution: Mapped[str | None] = column(Text())


class BF_system(Base):
    """A system that can fail, such as a robot."""

    systemId: Mapped[int] = key(UInt)
    name: Mapped[str | None] = column(Text(100))
    description: Mapped[str | None] = column(Text(200))


class BF_component(Base):
    """A part of a system that can fail."""

    componentId: Mapped[int] = key(UInt)
    systemId: Mapped[int | None] = column(UInt, "BF_system.systemId")
    name: Mapped[str | None] = column(Text(100))
    description: Mapped[str | None] = column(Text(200))


class BF_system_beamline(Base):
    """Which beamlines have a system."""

    system_beamlineId: Mapped[int] = key(UInt)
    systemId: Mapped[int | None] = column(UInt, "BF_system.systemId")
    beamlineName: Mapped[str | None] = column(Text(20))


class BF_component_beamline(Base):
    """Which beamlines have a component."""

    component_beamlineId: Mapped[int] = key(UInt)
    componentId: Mapped[int | None] = column(UInt, "BF_component.componentId")
    beamlinename: Mapped[str | None] = column(Text(20))


class BF_subcomponent(Base):
    """A part of a component that can fail."""

    subcomponentId: Mapped[int] = key(UInt)
    componentId: Mapped[int | None] = column(UInt, "BF_component.componentId")
    name: Mapped[str | None] = column(Text(100))
    description: Mapped[str | None] = column(Text(200))


class BF_subcomponent_beamline(Base):
    """Which beamlines have a part of a component."""

    subcomponent_beamlineId: Mapped[int] = key(UInt)
    subcomponentId: Mapped[int | None] = column(UInt, "BF_subcomponent.subcomponentId")
    beamlinename: Mapped[str | None] = column(Text(20))


class BF_fault(Base):
    """One fault during a session: what failed, when, how much beam time it cost, what helped."""

    faultId: Mapped[int] = key(UInt)
    sessionId: Mapped[int] = column(UInt, "BLSession.sessionId")
    owner: Mapped[str | None] = column(Text(50))
    subcomponentId: Mapped[int | None] = column(UInt, "BF_subcomponent.subcomponentId")
    starttime: Mapped[datetime | None] = column(LocalTime)
    endtime: Mapped[datetime | None] = column(LocalTime)
    beamtimelost: Mapped[bool | None] = column(Flag)
    beamtimelost_starttime: Mapped[datetime | None] = column(LocalTime)
    beamtimelost_endtime: Mapped[datetime | None] = column(LocalTime)
    title: Mapped[str | None] = column(Text(200))
    description: Mapped[str | None] = column(Text())
    resolved: Mapped[bool | None] = column(Flag)
    resolution: Mapped[str | None] = column(Text())
    attachment: Mapped[str | None] = column(Text(200))
    eLogId: Mapped[int | None] = column(Int)
    assignee: Mapped[str | None] = column(Text(50))
    personId: Mapped[int | None] = column(UInt, "Person.personId")
    assigneeId: Mapped[int | None] = column(UInt, "Person.personId")


class BF_automationFault(Base):
    """One fault of an unattended experiment."""

    automationFaultId: Mapped[int] = key(UInt)
    faultTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    automationErrorId: Mapped[int | None] = column(UInt, "BF_automationError.automationErrorId")
    containerId: Mapped[int | None] = column(UInt, "Container.containerId")
    severity: Mapped[str | None] = column(EnumText("1", "2", "3"))
    stacktrace: Mapped[str | None] = column(Text())
    resolved: Mapped[bool | None] = column(Flag)
