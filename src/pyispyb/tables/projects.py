"""Projects: what somebody put together across proposals."""

# ruff: noqa: N801 - classes are named as their tables

from sqlalchemy.orm import Mapped

from ..db.types import Int, Text, UInt
from .base import Base, column, key


class Project(Base):
    """A collection of things that somebody made across proposals."""

    projectId: Mapped[int] = key(Int)
    personId: Mapped[int | None] = column(UInt, "Person.personId")
    title: Mapped[str | None] = column(Text(200))
    acronym: Mapped[str | None] = column(Text(100))
    owner: Mapped[str | None] = column(Text(50))


class Project_has_Person(Base):
    """Who works on a project."""

    projectId: Mapped[int] = key(Int, "Project.projectId", ondelete="CASCADE")
    personId: Mapped[int] = key(UInt, "Person.personId", ondelete="CASCADE")


class Project_has_User(Base):
    """Which log-ins see a project."""

    projecthasuserid: Mapped[int] = key(Int)
    projectid: Mapped[int] = column(Int, "Project.projectId")
    username: Mapped[str | None] = column(Text(15))


class Project_has_Protein(Base):
    """Proteins of a project."""

    projectId: Mapped[int] = key(Int, "Project.projectId", ondelete="CASCADE")
    proteinId: Mapped[int] = key(UInt, "Protein.proteinId", ondelete="CASCADE")


class Project_has_Session(Base):
    """Sessions of a project."""

    projectId: Mapped[int] = key(Int, "Project.projectId", ondelete="CASCADE")
    sessionId: Mapped[int] = key(UInt, "BLSession.sessionId", ondelete="CASCADE")


class Project_has_Shipping(Base):
    """Shipments of a project."""

    projectId: Mapped[int] = key(Int, "Project.projectId", ondelete="CASCADE")
    shippingId: Mapped[int] = key(UInt, "Shipping.shippingId", ondelete="CASCADE")


class Project_has_BLSample(Base):
    """Samples of a project."""

    projectId: Mapped[int] = key(Int, "Project.projectId", ondelete="CASCADE")
    blSampleId: Mapped[int] = key(UInt, "BLSample.blSampleId", ondelete="CASCADE")


class Project_has_DCGroup(Base):
    """Data collection groups of a project."""

    projectId: Mapped[int] = key(Int, "Project.projectId", ondelete="CASCADE")
    dataCollectionGroupId: Mapped[int] = key(Int, "DataCollectionGroup.dataCollectionGroupId", ondelete="CASCADE")


class Project_has_EnergyScan(Base):
    """Energy scans of a project."""

    projectId: Mapped[int] = key(Int, "Project.projectId", ondelete="CASCADE")
    energyScanId: Mapped[int] = key(UInt, "EnergyScan.energyScanId", ondelete="CASCADE")


class Project_has_XFEFSpectrum(Base):
    """Fluorescence spectra of a project."""

    projectId: Mapped[int] = key(Int, "Project.projectId", ondelete="CASCADE")
    xfeFluorescenceSpectrumId: Mapped[int] = key(
        UInt, "XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId", ondelete="CASCADE"
    )
