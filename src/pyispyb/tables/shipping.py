"""Shipments, dewars and where they are."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import date, datetime, time

from sqlalchemy.orm import Mapped

from ..db.types import EnumText, Flag, Float, Int, LocalClock, LocalDate, LocalTime, LongText, Text, UInt
from .base import ACCOUNT, NOW, Base, column, index, key, unique


class Shipping(Base):
    """A shipment: dewars that travel together to the facility and back."""

    __table_args__ = (
        index("creationDate"),
        index("shippingName"),
        index("shippingStatus"),
        index("laboratoryId"),
    )

    shippingId: Mapped[int] = key(UInt)
    proposalId: Mapped[int] = column(UInt, "Proposal.proposalId", ondelete="CASCADE")
    shippingName: Mapped[str | None] = column(Text(45))
    deliveryAgent_agentName: Mapped[str | None] = column(Text(45))
    deliveryAgent_shippingDate: Mapped[date | None] = column(LocalDate)
    deliveryAgent_deliveryDate: Mapped[date | None] = column(LocalDate)
    deliveryAgent_agentCode: Mapped[str | None] = column(Text(45))
    deliveryAgent_flightCode: Mapped[str | None] = column(Text(45))
    shippingStatus: Mapped[str | None] = column(Text(45))
    bltimeStamp: Mapped[datetime | None] = column(LocalTime)
    laboratoryId: Mapped[int | None] = column(UInt)
    isStorageShipping: Mapped[bool | None] = column(Flag, default=0)
    creationDate: Mapped[datetime | None] = column(LocalTime)
    comments: Mapped[str | None] = column(Text(1000))
    sendingLabContactId: Mapped[int | None] = column(UInt, "LabContact.labContactId", ondelete="SET NULL")
    returnLabContactId: Mapped[int | None] = column(UInt, "LabContact.labContactId", ondelete="SET NULL")
    returnCourier: Mapped[str | None] = column(Text(45))
    dateOfShippingToUser: Mapped[datetime | None] = column(LocalTime)
    shippingType: Mapped[str | None] = column(Text(45))
    safetyLevel: Mapped[str | None] = column(Text(8))
    deliveryAgent_flightCodeTimestamp: Mapped[datetime | None] = column(LocalTime, only="dls")
    deliveryAgent_label: Mapped[str | None] = column(Text(), only="dls")
    readyByTime: Mapped[time | None] = column(LocalClock, only="dls")
    closeTime: Mapped[time | None] = column(LocalClock, only="dls")
    physicalLocation: Mapped[str | None] = column(Text(50), only="dls")
    deliveryAgent_pickupConfirmationTimestamp: Mapped[datetime | None] = column(LocalTime, only="dls")
    deliveryAgent_pickupConfirmation: Mapped[str | None] = column(Text(10), only="dls")
    deliveryAgent_readyByTime: Mapped[time | None] = column(LocalClock, only="dls")
    deliveryAgent_callinTime: Mapped[time | None] = column(LocalClock, only="dls")
    deliveryAgent_productcode: Mapped[str | None] = column(Text(10), only="dls")
    deliveryAgent_flightCodePersonId: Mapped[int | None] = column(
        UInt, "Person.personId", ondelete="SET NULL", only="dls"
    )
    extra: Mapped[str | None] = column(LongText, only="dls")
    source: Mapped[str | None] = column(Text(50), default=ACCOUNT, only="dls")
    externalShippingIdToSynchrotron: Mapped[int | None] = column(Int, only="dls")


class ShippingHasSession(Base):
    """Which sessions a shipment is for."""

    shippingId: Mapped[int] = key(UInt, "Shipping.shippingId", ondelete="CASCADE")
    sessionId: Mapped[int] = key(UInt, "BLSession.sessionId", ondelete="CASCADE")


class CourierTermsAccepted(Base, only="dls"):
    """Who accepted the terms of the facility's courier for a shipment."""

    courierTermsAcceptedId: Mapped[int] = key(UInt)
    proposalId: Mapped[int] = column(UInt, "Proposal.proposalId")
    personId: Mapped[int] = column(UInt, "Person.personId")
    shippingName: Mapped[str | None] = column(Text(100))
    timestamp: Mapped[datetime | None] = column(LocalTime, default=NOW)
    shippingId: Mapped[int | None] = column(UInt, "Shipping.shippingId", ondelete="CASCADE")


class Dewar(Base):
    """A dewar or another parcel of a shipment."""

    __table_args__ = (
        index("code"),
        index("dewarStatus"),
        unique("barCode"),
    )

    dewarId: Mapped[int] = key(UInt)
    shippingId: Mapped[int | None] = column(UInt, "Shipping.shippingId", ondelete="CASCADE")
    type: Mapped[str] = column(EnumText("Dewar", "Toolbox", "Parcel"), default="Dewar")
    code: Mapped[str | None] = column(Text(45))
    comments: Mapped[str | None] = column(Text(1024))
    storageLocation: Mapped[str | None] = column(Text(45))
    dewarStatus: Mapped[str | None] = column(Text(45))
    bltimeStamp: Mapped[datetime | None] = column(LocalTime)
    isStorageDewar: Mapped[bool | None] = column(Flag, default=0)
    barCode: Mapped[str | None] = column(Text(45))
    firstExperimentId: Mapped[int | None] = column(UInt, "BLSession.sessionId", ondelete="SET NULL")
    customsValue: Mapped[int | None] = column(Int)
    transportValue: Mapped[int | None] = column(Int)
    trackingNumberToSynchrotron: Mapped[str | None] = column(Text(30))
    trackingNumberFromSynchrotron: Mapped[str | None] = column(Text(30))
    facilityCode: Mapped[str | None] = column(Text(20))
    weight: Mapped[float | None] = column(Float, only="dls", unit="kg")
    deliveryAgent_barcode: Mapped[str | None] = column(Text(30), only="dls")
    extra: Mapped[str | None] = column(LongText, only="dls")
    source: Mapped[str | None] = column(Text(50), default=ACCOUNT, only="dls")
    externalShippingIdFromSynchrotron: Mapped[int | None] = column(Int, only="dls")
    dewarRegistryId: Mapped[int | None] = column(Int, "DewarRegistry.dewarRegistryId", ondelete="CASCADE", only="dls")
    isReimbursed: Mapped[bool | None] = column(Flag, default=0, only="collab")


class DewarRegistry(Base):
    """A dewar that the facility knows by its own code."""

    __table_args__ = (unique("facilityCode"),)

    dewarRegistryId: Mapped[int] = key(Int)
    facilityCode: Mapped[str] = column(Text(20))
    bltimestamp: Mapped[datetime] = column(LocalTime, default=NOW)
    type: Mapped[str | None] = column(EnumText("Dewar", "Toolbox", "Thermal Shipper"), default="Dewar", only="dls")
    proposalId: Mapped[int | None] = column(UInt, "Proposal.proposalId")
    labContactId: Mapped[int | None] = column(UInt, "LabContact.labContactId", ondelete="SET NULL")
    purchaseDate: Mapped[datetime | None] = column(LocalTime)
    manufacturerSerialNumber: Mapped[str | None] = column(Text(15), only="dls")


class DewarRegistry_has_Proposal(Base):
    """Which proposals use a registered dewar."""

    __table_args__ = (unique("dewarRegistryId", "proposalId"),)

    dewarRegistryHasProposalId: Mapped[int] = key(Int)
    dewarRegistryId: Mapped[int | None] = column(Int, "DewarRegistry.dewarRegistryId")
    proposalId: Mapped[int | None] = column(UInt, "Proposal.proposalId")
    personId: Mapped[int | None] = column(UInt, "Person.personId")
    recordTimestamp: Mapped[datetime | None] = column(LocalTime, default=NOW)
    labContactId: Mapped[int | None] = column(UInt, "LabContact.labContactId", ondelete="SET NULL")


class DewarReport(Base, only="dls"):
    """Something to know about a registered dewar."""

    dewarReportId: Mapped[int] = key(Int)
    facilityCode: Mapped[str] = column(Text(20), "DewarRegistry.facilityCode", ondelete="CASCADE")
    bltimestamp: Mapped[datetime] = column(LocalTime, default=NOW)
    report: Mapped[str | None] = column(Text())
    attachment: Mapped[str | None] = column(Text(255))


class DewarLocation(Base):
    """Where a dewar was seen."""

    eventId: Mapped[int] = key(UInt)
    dewarNumber: Mapped[str] = column(Text(128))
    userId: Mapped[str | None] = column(Text(128))
    dateTime: Mapped[datetime | None] = column(LocalTime)
    locationName: Mapped[str | None] = column(Text(128))
    courierName: Mapped[str | None] = column(Text(128))
    courierTrackingNumber: Mapped[str | None] = column(Text(128))


class DewarLocationList(Base):
    """A place where dewars can be."""

    locationId: Mapped[int] = key(UInt)
    locationName: Mapped[str] = column(Text(128), default="")


class DewarTransportHistory(Base):
    """Where a dewar was, and in what state."""

    DewarTransportHistoryId: Mapped[int] = key(UInt)
    dewarStatus: Mapped[str] = column(Text(45))
    storageLocation: Mapped[str | None] = column(Text(45))
    arrivalDate: Mapped[datetime | None] = column(LocalTime)
    dewarId: Mapped[int | None] = column(UInt, "Dewar.dewarId", ondelete="CASCADE")
