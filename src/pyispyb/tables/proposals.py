"""Proposals and sessions, and who takes part in them."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Binary16, EnumText, Flag, Float, Int, LocalTime, SmallInt, Text, UInt
from .base import NOW, Base, column, index, key, unique


class Proposal(Base):
    """What a group of people asked beam time for. Its name is `proposalCode` followed by `proposalNumber`."""

    __table_args__ = (unique("proposalCode", "proposalNumber"),)

    proposalId: Mapped[int] = key(UInt)
    personId: Mapped[int] = column(UInt, "Person.personId", ondelete="CASCADE")
    bltimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    title: Mapped[str | None] = column(Text(200))
    proposalCode: Mapped[str | None] = column(Text(45))
    proposalNumber: Mapped[str | None] = column(Text(45))
    proposalType: Mapped[str | None] = column(Text(2))
    externalId: Mapped[bytes | None] = column(Binary16)
    state: Mapped[str | None] = column(EnumText("Open", "Closed", "Cancelled"), default="Open")
    startDate: Mapped[datetime | None] = column(LocalTime, only="dls")
    endDate: Mapped[datetime | None] = column(LocalTime, only="dls")


class ProposalHasPerson(Base):
    """Who takes part in a proposal."""

    proposalHasPersonId: Mapped[int] = key(UInt)
    proposalId: Mapped[int] = column(UInt, "Proposal.proposalId")
    personId: Mapped[int] = column(UInt, "Person.personId")
    role: Mapped[str | None] = column(
        EnumText("Co-Investigator", "Principal Investigator", "Alternate Contact", "ERA Admin", "Associate"), only="dls"
    )


class LabContact(Base):
    """Who sends and receives a proposal's parcels, where, and who pays."""

    __table_args__ = (
        unique("cardName", "proposalId"),
        unique("personId", "proposalId"),
    )

    labContactId: Mapped[int] = key(UInt)
    personId: Mapped[int] = column(UInt, "Person.personId", ondelete="CASCADE")
    cardName: Mapped[str] = column(Text(40))
    proposalId: Mapped[int] = column(UInt, "Proposal.proposalId", ondelete="CASCADE")
    dewarAvgCustomsValue: Mapped[int] = column(UInt, default=0)
    dewarAvgTransportValue: Mapped[int] = column(UInt, default=0)
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    defaultCourrierCompany: Mapped[str | None] = column(Text(45))
    courierAccount: Mapped[str | None] = column(Text(45))
    billingReference: Mapped[str | None] = column(Text(45))


class BeamCalendar(Base, only="dls"):
    """A period of the facility's calendar and whether there is beam."""

    beamCalendarId: Mapped[int] = key(UInt)
    run: Mapped[str] = column(Text(7))
    beamStatus: Mapped[str] = column(Text(24))
    startDate: Mapped[datetime] = column(LocalTime)
    endDate: Mapped[datetime] = column(LocalTime)


class BLSession(Base):
    """A visit: beam time of one proposal on one beamline."""

    __table_args__ = (
        index("beamLineName"),
        index("endDate"),
        index("startDate"),
        unique("proposalId", "visit_number"),
    )

    sessionId: Mapped[int] = key(UInt)
    proposalId: Mapped[int] = column(UInt, "Proposal.proposalId", ondelete="CASCADE")
    bltimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    lastUpdate: Mapped[datetime] = column(LocalTime, default=NOW)
    beamLineSetupId: Mapped[int | None] = column(UInt, "BeamLineSetup.beamLineSetupId", ondelete="CASCADE")
    beamCalendarId: Mapped[int | None] = column(UInt, "BeamCalendar.beamCalendarId", ondelete="SET NULL", only="dls")
    startDate: Mapped[datetime | None] = column(LocalTime)
    endDate: Mapped[datetime | None] = column(LocalTime)
    beamLineName: Mapped[str | None] = column(Text(45))
    scheduled: Mapped[bool | None] = column(Flag)
    nbShifts: Mapped[int | None] = column(UInt, unit="shifts")
    comments: Mapped[str | None] = column(Text(2000))
    beamLineOperator: Mapped[str | None] = column(Text(255))
    visit_number: Mapped[int | None] = column(UInt, default=0)
    usedFlag: Mapped[bool | None] = column(Flag)
    externalId: Mapped[bytes | None] = column(Binary16)
    archived: Mapped[bool | None] = column(Flag, default=0, only="dls")
    riskRating: Mapped[str | None] = column(EnumText("Low", "Medium", "High", "Not Permitted"), only="dls")
    purgedProcessedData: Mapped[bool | None] = column(Flag, default=0, only="dls")
    icatId: Mapped[int | None] = column(Int, only="dls")
    expSessionPk: Mapped[int | None] = column(UInt, only="collab")
    projectCode: Mapped[str | None] = column(Text(45), only="collab")
    sessionTitle: Mapped[str | None] = column(Text(255), only="collab")
    structureDeterminations: Mapped[float | None] = column(Float, only="collab")
    dewarTransport: Mapped[float | None] = column(Float, only="collab")
    databackupFrance: Mapped[float | None] = column(Float, only="collab")
    databackupEurope: Mapped[float | None] = column(Float, only="collab")
    operatorSiteNumber: Mapped[str | None] = column(Text(10), only="collab")
    protectedData: Mapped[str | None] = column(Text(1024), only="collab")
    nbReimbDewars: Mapped[int | None] = column(Int, only="collab")


class SessionType(Base):
    """What kind of visit a session is; a session can have several."""

    sessionTypeId: Mapped[int] = key(UInt)
    sessionId: Mapped[int] = column(UInt, "BLSession.sessionId", ondelete="CASCADE")
    typeName: Mapped[str] = column(Text(31))


class Session_has_Person(Base):
    """Who takes part in a session, and how."""

    sessionId: Mapped[int] = key(UInt, "BLSession.sessionId", ondelete="CASCADE")
    personId: Mapped[int] = key(UInt, "Person.personId", ondelete="CASCADE")
    role: Mapped[str | None] = column(
        EnumText(
            "Local Contact",
            "Local Contact 2",
            "Staff",
            "Team Leader",
            "Co-Investigator",
            "Principal Investigator",
            "Alternate Contact",
            "Data Access",
            "Team Member",
            "ERA Admin",
            "Associate",
        )
    )
    remote: Mapped[bool | None] = column(Flag, default=0)


class BLSession_has_SCPosition(Base):
    """Which places of the sample changer a session may use."""

    blsessionhasscpositionid: Mapped[int] = key(Int)
    blsessionid: Mapped[int] = column(UInt, "BLSession.sessionId", ondelete="CASCADE")
    scContainer: Mapped[int | None] = column(SmallInt)
    containerPosition: Mapped[int | None] = column(SmallInt)
