"""The database's own affairs: its schema, its users' activity, its log-ins in other programs."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Flag, Int, LocalTime, Text, UInt
from .base import NOW, Base, column, index, key, unique


class AdminActivity(Base):
    """The last thing a user did in an administration page."""

    __table_args__ = (
        index("action"),
        unique("username"),
    )

    adminActivityId: Mapped[int] = key(Int)
    username: Mapped[str] = column(Text(45), default="")
    action: Mapped[str | None] = column(Text(45))
    comments: Mapped[str | None] = column(Text(100))
    dateTime: Mapped[datetime | None] = column(LocalTime)


class AdminVar(Base):
    """A named value that programs share; `schemaVersion` is not reliable."""

    __table_args__ = (
        index("name"),
        index("value", prefixes={"value": 255}),
    )

    varId: Mapped[int] = key(Int)
    name: Mapped[str | None] = column(Text(32))
    value: Mapped[str | None] = column(Text(1024))


class CalendarHash(Base):
    """The secret address under which somebody's or a beamline's calendar is published."""

    calendarHashId: Mapped[int] = key(UInt)
    ckey: Mapped[str | None] = column(Text(50))
    hash: Mapped[str | None] = column(Text(128))
    beamline: Mapped[bool | None] = column(Flag)


class SchemaStatus(Base):
    """A schema script that was run on this database."""

    __table_args__ = (unique("scriptName"),)

    schemaStatusId: Mapped[int] = key(Int)
    scriptName: Mapped[str] = column(Text(100))
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    schemaStatus: Mapped[str | None] = column(Text(10))


class v_run(Base, only="dls"):
    """A run of the synchrotron: the months between two shutdowns."""

    __table_args__ = (index("startDate", "endDate"),)

    runId: Mapped[int] = key(Int)
    run: Mapped[str] = column(Text(7), default="")
    startDate: Mapped[datetime | None] = column(LocalTime)
    endDate: Mapped[datetime | None] = column(LocalTime)


class SW_onceToken(Base):
    """A token that opens one address once, for one person and proposal."""

    __table_args__ = (index("recordTimeStamp"),)

    onceTokenId: Mapped[int] = key(Int)
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    token: Mapped[str | None] = column(Text(128))
    personId: Mapped[int | None] = column(UInt, "Person.personId")
    proposalId: Mapped[int | None] = column(UInt, "Proposal.proposalId")
    validity: Mapped[str | None] = column(Text(200))


class Log4Stat(Base, only="collab"):
    """One line of the usage log."""

    id: Mapped[int] = key(Int)
    priority: Mapped[str | None] = column(Text(15))
    timestamp: Mapped[datetime | None] = column(LocalTime)
    msg: Mapped[str | None] = column(Text(255))
    detail: Mapped[str | None] = column(Text(255))
    value: Mapped[str | None] = column(Text(255))


class JavaLogin(Base, only="collab", table="Login"):
    """A token given out by the Java ISPyB."""

    __table_args__ = (index("token"),)

    loginId: Mapped[int] = key(Int)
    token: Mapped[str] = column(Text(45))
    username: Mapped[str] = column(Text(45))
    roles: Mapped[str] = column(Text(1024))
    siteId: Mapped[str | None] = column(Text(45))
    authorized: Mapped[str | None] = column(Text(1024))
    expirationTime: Mapped[datetime] = column(LocalTime)


class PHPSession(Base, only="collab"):
    """A web session of a PHP front end."""

    id: Mapped[str] = key(Text(50))
    accessDate: Mapped[datetime | None] = column(LocalTime)
    data: Mapped[str | None] = column(Text(4000))
