"""Substances and crystals: what samples are made of."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Binary16, Double, EnumText, Flag, Float, Int, LocalTime, LongText, Text, TinyInt, UInt
from .base import NOW, Base, column, index, key, unique


class Protein(Base):
    """A protein or other substance of a proposal, with what the safety officers said about it."""

    __table_args__ = (
        index("proposalId", "acronym"),
        index("personId"),
        index("acronym"),
    )

    proteinId: Mapped[int] = key(UInt)
    proposalId: Mapped[int] = column(UInt, "Proposal.proposalId", ondelete="CASCADE")
    hazardGroup: Mapped[int] = column(TinyInt, default=1)
    containmentLevel: Mapped[int] = column(TinyInt, default=1)
    bltimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    name: Mapped[str | None] = column(Text(255))
    acronym: Mapped[str | None] = column(Text(45))
    description: Mapped[str | None] = column(Text())
    safetyLevel: Mapped[str | None] = column(EnumText("GREEN", "YELLOW", "RED"))
    molecularMass: Mapped[float | None] = column(Double, unit="Da")
    proteinType: Mapped[str | None] = column(Text(45))
    personId: Mapped[int | None] = column(UInt)
    isCreatedBySampleSheet: Mapped[bool | None] = column(Flag, default=0)
    sequence: Mapped[str | None] = column(Text())
    MOD_ID: Mapped[str | None] = column(Text(20), only="dls")
    componentTypeId: Mapped[int | None] = column(Int, "ComponentType.componentTypeId", ondelete="CASCADE")
    concentrationTypeId: Mapped[int | None] = column(Int, "ConcentrationType.concentrationTypeId", ondelete="CASCADE")
    global_: Mapped[bool | None] = column(Flag, default=0, name="global")
    externalId: Mapped[bytes | None] = column(Binary16)
    density: Mapped[float | None] = column(Float, only="dls", unit="g/cm³")
    abundance: Mapped[float | None] = column(Float, only="dls")
    isotropy: Mapped[str | None] = column(EnumText("isotropic", "anisotropic"), only="dls")
    modId: Mapped[str | None] = column(Text(20), only="collab")


class Component(Base):
    """Another substance of a proposal, such as a buffer or a ligand."""

    componentId: Mapped[int] = key(Int)
    componentTypeId: Mapped[int] = column(Int, "ComponentType.componentTypeId")
    name: Mapped[str] = column(Text(255))
    proposalId: Mapped[int | None] = column(UInt, "Proposal.proposalId", ondelete="CASCADE")
    composition: Mapped[str | None] = column(Text(255))


class ComponentType(Base):
    """A kind of substance."""

    __table_args__ = (unique("name"),)

    componentTypeId: Mapped[int] = key(Int)
    name: Mapped[str] = column(Text(31))


class ComponentSubType(Base):
    """A finer kind of substance."""

    componentSubTypeId: Mapped[int] = key(Int)
    name: Mapped[str] = column(Text(31))
    hasPh: Mapped[bool | None] = column(Flag, default=0)
    proposalType: Mapped[str | None] = column(Text(10), only="dls")
    active: Mapped[bool | None] = column(Flag, default=1, only="dls")


class Component_has_SubType(Base):
    """Which finer kinds a substance belongs to."""

    componentId: Mapped[int] = key(UInt)
    componentSubTypeId: Mapped[int] = key(Int, "ComponentSubType.componentSubTypeId", ondelete="CASCADE")


class ComponentLattice(Base, only="dls"):
    """Unit cell of a substance."""

    __table_args__ = (index("componentId"),)

    componentLatticeId: Mapped[int] = key(Int)
    componentId: Mapped[int | None] = column(UInt)
    spaceGroup: Mapped[str | None] = column(Text(20))
    cell_a: Mapped[float | None] = column(Double, unit="Å")
    cell_b: Mapped[float | None] = column(Double, unit="Å")
    cell_c: Mapped[float | None] = column(Double, unit="Å")
    cell_alpha: Mapped[float | None] = column(Double, unit="°")
    cell_beta: Mapped[float | None] = column(Double, unit="°")
    cell_gamma: Mapped[float | None] = column(Double, unit="°")


class Protein_has_Component(Base, only="dls"):
    """Substances that a protein is made of."""

    proteinHasComponentId: Mapped[int] = key(Int)
    proteinId: Mapped[int] = column(UInt, "Protein.proteinId", ondelete="CASCADE")
    componentId: Mapped[int] = column(Int, "Component.componentId", ondelete="CASCADE")


class Protein_has_PDB(Base):
    """Models of a protein."""

    proteinhaspdbid: Mapped[int] = key(Int)
    proteinid: Mapped[int] = column(UInt, "Protein.proteinId")
    pdbid: Mapped[int] = column(Int, "PDB.pdbId")


class Protein_has_Lattice(Base, only="collab"):
    """Unit cell of a protein."""

    proteinId: Mapped[int] = key(UInt, "Protein.proteinId", ondelete="CASCADE")
    cell_a: Mapped[float | None] = column(Double, unit="Å")
    cell_b: Mapped[float | None] = column(Double, unit="Å")
    cell_c: Mapped[float | None] = column(Double, unit="Å")
    cell_alpha: Mapped[float | None] = column(Double, unit="°")
    cell_beta: Mapped[float | None] = column(Double, unit="°")
    cell_gamma: Mapped[float | None] = column(Double, unit="°")


class PDB(Base):
    """A model of a structure: its entry in the Protein Data Bank, or its coordinates."""

    pdbId: Mapped[int] = key(Int)
    name: Mapped[str | None] = column(Text(255))
    contents: Mapped[str | None] = column(LongText)
    code: Mapped[str | None] = column(Text(4))
    source: Mapped[str | None] = column(Text(30), only="dls")


class Ligand(Base, only="dls"):
    """A small molecule of a proposal."""

    ligandId: Mapped[int] = key(Int)
    proposalId: Mapped[int] = column(UInt, "Proposal.proposalId", ondelete="CASCADE")
    name: Mapped[str] = column(Text(255))
    SMILES: Mapped[str | None] = column(Text(400))
    libraryName: Mapped[str | None] = column(Text(30))
    libraryBatchNumber: Mapped[str | None] = column(Text(30))
    plateBarcode: Mapped[str | None] = column(Text(30))
    sourceWell: Mapped[str | None] = column(Text(30))


class Ligand_has_PDB(Base, only="dls"):
    """Models of a ligand."""

    ligandId: Mapped[int] = key(Int, "Ligand.ligandId", ondelete="CASCADE")
    pdbId: Mapped[int] = key(Int, "PDB.pdbId", ondelete="CASCADE")


class BLSample_has_Ligand(Base, only="dls"):
    """Which ligands a sample holds."""

    blSampleId: Mapped[int] = key(UInt, "BLSample.blSampleId", ondelete="CASCADE")
    ligandId: Mapped[int] = key(Int, "Ligand.ligandId", ondelete="CASCADE")


class ConcentrationType(Base):
    """A unit of concentration."""

    concentrationTypeId: Mapped[int] = key(Int)
    name: Mapped[str] = column(Text(31))
    symbol: Mapped[str] = column(Text(8))
    proposalType: Mapped[str | None] = column(Text(10), only="dls")
    active: Mapped[bool | None] = column(Flag, default=1, only="dls")


class Crystal(Base):
    """A kind of crystal of a protein: expected space group, unit cell and size."""

    crystalId: Mapped[int] = key(UInt)
    proteinId: Mapped[int] = column(UInt, "Protein.proteinId", ondelete="CASCADE")
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    diffractionPlanId: Mapped[int | None] = column(UInt, "DiffractionPlan.diffractionPlanId", ondelete="CASCADE")
    crystalUUID: Mapped[str | None] = column(Text(45))
    name: Mapped[str | None] = column(Text(255))
    spaceGroup: Mapped[str | None] = column(Text(20))
    morphology: Mapped[str | None] = column(Text(255))
    color: Mapped[str | None] = column(Text(45))
    size_X: Mapped[float | None] = column(Double, unit="mm")
    size_Y: Mapped[float | None] = column(Double, unit="mm")
    size_Z: Mapped[float | None] = column(Double, unit="mm")
    cell_a: Mapped[float | None] = column(Double, unit="Å")
    cell_b: Mapped[float | None] = column(Double, unit="Å")
    cell_c: Mapped[float | None] = column(Double, unit="Å")
    cell_alpha: Mapped[float | None] = column(Double, unit="°")
    cell_beta: Mapped[float | None] = column(Double, unit="°")
    cell_gamma: Mapped[float | None] = column(Double, unit="°")
    comments: Mapped[str | None] = column(Text(255))
    pdbFileName: Mapped[str | None] = column(Text(255))
    pdbFilePath: Mapped[str | None] = column(Text(1024))
    abundance: Mapped[float | None] = column(Float)
    theoreticalDensity: Mapped[float | None] = column(Float, only="dls", unit="g/cm³")
    packingFraction: Mapped[float | None] = column(Float, only="collab")


class CrystalComposition(Base):
    """What else a crystal holds, and how much."""

    crystalCompositionId: Mapped[int] = key(Int)
    componentId: Mapped[int] = column(Int, "Component.componentId")
    crystalId: Mapped[int] = column(UInt, "Crystal.crystalId")
    concentrationTypeId: Mapped[int | None] = column(Int, "ConcentrationType.concentrationTypeId")
    abundance: Mapped[float | None] = column(Float)
    ratio: Mapped[float | None] = column(Float)
    pH: Mapped[float | None] = column(Float)


class Crystal_has_UUID(Base):
    """Pictures of a crystal in another system."""

    __table_args__ = (index("UUID"),)

    crystal_has_UUID_Id: Mapped[int] = key(UInt)
    crystalId: Mapped[int] = column(UInt, "Crystal.crystalId", ondelete="CASCADE")
    UUID: Mapped[str | None] = column(Text(45))
    imageURL: Mapped[str | None] = column(Text(255))


class GeometryClassname(Base):
    """One of the 14 Bravais lattices, as groups of space groups are ordered."""

    geometryClassnameId: Mapped[int] = key(Int)
    geometryOrder: Mapped[int] = column(Int)
    geometryClassname: Mapped[str | None] = column(Text(45))


class IspybCrystalClass(Base):
    """A class of crystals, as data collections name it."""

    crystalClassId: Mapped[int] = key(Int)
    crystalClass_code: Mapped[str] = column(Text(20))
    crystalClass_name: Mapped[str] = column(Text(255))


class SpaceGroup(Base):
    """One of the 230 space groups; `MX_used` marks the 65 that crystals of chiral molecules can have."""

    __table_args__ = (index("spaceGroupShortName"),)

    spaceGroupId: Mapped[int] = key(UInt)
    MX_used: Mapped[bool] = column(Flag, default=0)
    spaceGroupNumber: Mapped[int | None] = column(UInt)
    spaceGroupShortName: Mapped[str | None] = column(Text(45))
    spaceGroupName: Mapped[str | None] = column(Text(45))
    bravaisLattice: Mapped[str | None] = column(Text(45))
    bravaisLatticeName: Mapped[str | None] = column(Text(45))
    pointGroup: Mapped[str | None] = column(Text(45))
    geometryClassnameId: Mapped[int | None] = column(Int, "GeometryClassname.geometryClassnameId", ondelete="CASCADE")
