"""BioSAXS: macromolecules, buffers, plates and specimens."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Float, Int, LocalTime, Text, UInt
from .base import Base, column, index, key


class SafetyLevel(Base, only="collab"):
    """How dangerous a substance is."""

    safetyLevelId: Mapped[int] = key(Int)
    code: Mapped[str | None] = column(Text(45))
    description: Mapped[str | None] = column(Text(45))


class MeasurementUnit(Base, only="collab"):
    """A unit of the amounts of additives."""

    measurementUnitId: Mapped[int] = key(Int)
    name: Mapped[str | None] = column(Text(45))
    unitType: Mapped[str | None] = column(Text(45))


class Additive(Base, only="collab"):
    """A substance that buffers can contain."""

    additiveId: Mapped[int] = key(Int)
    name: Mapped[str | None] = column(Text(45))
    additiveType: Mapped[str | None] = column(Text(45))
    comments: Mapped[str | None] = column(Text(512))
    chemFormulaHead: Mapped[str | None] = column(Text(25), default="")
    chemFormulaTail: Mapped[str | None] = column(Text(25), default="")


class Buffer(Base, only="collab"):
    """What macromolecules are dissolved in. A `proposalId` of -1 means everybody's."""

    bufferId: Mapped[int] = key(Int)
    proposalId: Mapped[int] = column(Int, default=-1)
    safetyLevelId: Mapped[int | None] = column(Int, "SafetyLevel.safetyLevelId", ondelete="CASCADE")
    name: Mapped[str | None] = column(Text(45))
    acronym: Mapped[str | None] = column(Text(45))
    pH: Mapped[str | None] = column(Text(45))
    composition: Mapped[str | None] = column(Text(45))
    comments: Mapped[str | None] = column(Text(512))
    BLSessionId: Mapped[int | None] = column(UInt)
    electronDensity: Mapped[float | None] = column(Float)


class BufferHasAdditive(Base, only="collab"):
    """How much of an additive a buffer contains."""

    bufferHasAdditiveId: Mapped[int] = key(Int)
    bufferId: Mapped[int] = column(Int, "Buffer.bufferId", ondelete="CASCADE")
    additiveId: Mapped[int] = column(Int, "Additive.additiveId", ondelete="CASCADE")
    measurementUnitId: Mapped[int | None] = column(Int, "MeasurementUnit.measurementUnitId", ondelete="CASCADE")
    quantity: Mapped[str | None] = column(Text(45))


class Macromolecule(Base, only="collab"):
    """A macromolecule in solution. `molecularMass` is in kDa, as text."""

    macromoleculeId: Mapped[int] = key(Int)
    proposalId: Mapped[int | None] = column(UInt)
    safetyLevelId: Mapped[int | None] = column(Int, "SafetyLevel.safetyLevelId", ondelete="CASCADE")
    name: Mapped[str | None] = column(Text(45))
    acronym: Mapped[str | None] = column(Text(45))
    extintionCoefficient: Mapped[str | None] = column(Text(45))
    molecularMass: Mapped[str | None] = column(Text(45), unit="kDa")
    sequence: Mapped[str | None] = column(Text(1000))
    contactsDescriptionFilePath: Mapped[str | None] = column(Text(255))
    symmetry: Mapped[str | None] = column(Text(45))
    comments: Mapped[str | None] = column(Text(1024))
    refractiveIndex: Mapped[str | None] = column(Text(45))
    solventViscosity: Mapped[str | None] = column(Text(45))
    creationDate: Mapped[datetime | None] = column(LocalTime)
    electronDensity: Mapped[float | None] = column(Float)


class MacromoleculeRegion(Base, only="collab"):
    """A part of a macromolecule that repeats."""

    macromoleculeRegionId: Mapped[int] = key(Int)
    macromoleculeId: Mapped[int] = column(Int, "Macromolecule.macromoleculeId", ondelete="CASCADE")
    regionType: Mapped[str | None] = column(Text(45))
    id: Mapped[str | None] = column(Text(45))
    count: Mapped[str | None] = column(Text(45))
    sequence: Mapped[str | None] = column(Text(45))


class Stoichiometry(Base, only="collab"):
    """How many of one macromolecule another one contains."""

    stoichiometryId: Mapped[int] = key(Int)
    hostMacromoleculeId: Mapped[int] = column(Int, "Macromolecule.macromoleculeId", ondelete="CASCADE")
    macromoleculeId: Mapped[int] = column(Int, "Macromolecule.macromoleculeId", ondelete="CASCADE")
    ratio: Mapped[str | None] = column(Text(45))


class Assembly(Base, only="collab"):
    """Macromolecules that form a complex."""

    assemblyId: Mapped[int] = key(Int)
    macromoleculeId: Mapped[int] = column(Int, "Macromolecule.macromoleculeId", ondelete="CASCADE")
    creationDate: Mapped[datetime | None] = column(LocalTime)
    comments: Mapped[str | None] = column(Text(255))


class AssemblyHasMacromolecule(Base, only="collab"):
    """Which macromolecules form a complex."""

    AssemblyHasMacromoleculeId: Mapped[int] = key(Int)
    assemblyId: Mapped[int] = column(Int, "Assembly.assemblyId", ondelete="CASCADE")
    macromoleculeId: Mapped[int] = column(Int, "Macromolecule.macromoleculeId", ondelete="CASCADE")


class AssemblyRegion(Base, only="collab"):
    """A part of a macromolecule within a complex."""

    assemblyRegionId: Mapped[int] = key(Int)
    assemblyHasMacromoleculeId: Mapped[int] = column(
        Int, "AssemblyHasMacromolecule.AssemblyHasMacromoleculeId", ondelete="CASCADE"
    )
    assemblyRegionType: Mapped[str | None] = column(Text(45))
    name: Mapped[str | None] = column(Text(45))
    fromResiduesBases: Mapped[str | None] = column(Text(45))
    toResiduesBases: Mapped[str | None] = column(Text(45))


class Structure(Base, only="collab"):
    """A model of a macromolecule, crystal or sample."""

    structureId: Mapped[int] = key(Int)
    macromoleculeId: Mapped[int | None] = column(Int, "Macromolecule.macromoleculeId", ondelete="CASCADE")
    crystalId: Mapped[int | None] = column(UInt, "Crystal.crystalId", ondelete="CASCADE")
    blSampleId: Mapped[int | None] = column(UInt, "BLSample.blSampleId", ondelete="CASCADE")
    filePath: Mapped[str | None] = column(Text(2048))
    structureType: Mapped[str | None] = column(Text(45))
    fromResiduesBases: Mapped[str | None] = column(Text(45))
    toResiduesBases: Mapped[str | None] = column(Text(45))
    sequence: Mapped[str | None] = column(Text(45))
    creationDate: Mapped[datetime | None] = column(LocalTime)
    name: Mapped[str | None] = column(Text(255))
    symmetry: Mapped[str | None] = column(Text(45))
    multiplicity: Mapped[str | None] = column(Text(45))
    groupName: Mapped[str | None] = column(Text(45))
    proposalId: Mapped[int | None] = column(UInt, "Proposal.proposalId", ondelete="CASCADE")
    uniprotId: Mapped[str | None] = column(Text(45))


class InstructionSet(Base, only="collab"):
    """A list of instructions to those who prepare samples."""

    instructionSetId: Mapped[int] = key(Int)
    type: Mapped[str | None] = column(Text(50))


class Instruction(Base, only="collab"):
    """One instruction to those who prepare samples."""

    instructionId: Mapped[int] = key(Int)
    instructionSetId: Mapped[int] = column(Int, "InstructionSet.instructionSetId", ondelete="CASCADE")
    order: Mapped[int] = column(Int)
    comments: Mapped[str | None] = column(Text(255))


class StockSolution(Base, only="collab"):
    """A solution as it was sent. Concentration in mg/mL and volume in µL, as text."""

    stockSolutionId: Mapped[int] = key(Int)
    proposalId: Mapped[int] = column(Int, default=-1)
    bufferId: Mapped[int] = column(Int, "Buffer.bufferId", ondelete="CASCADE")
    macromoleculeId: Mapped[int | None] = column(Int, "Macromolecule.macromoleculeId", ondelete="CASCADE")
    instructionSetId: Mapped[int | None] = column(Int, "InstructionSet.instructionSetId", ondelete="CASCADE")
    boxId: Mapped[int | None] = column(UInt)
    name: Mapped[str | None] = column(Text(45))
    storageTemperature: Mapped[str | None] = column(Text(55))
    volume: Mapped[str | None] = column(Text(55), unit="µL")
    concentration: Mapped[str | None] = column(Text(55), unit="mg/mL")
    comments: Mapped[str | None] = column(Text(255))


class PlateGroup(Base, only="collab"):
    """Plates that are kept at one temperature [°C]."""

    plateGroupId: Mapped[int] = key(Int)
    name: Mapped[str | None] = column(Text(255))
    storageTemperature: Mapped[str | None] = column(Text(45), unit="°C")


class PlateType(Base, only="collab"):
    """A kind of plate, and how many rows and columns it has."""

    __table_args__ = (index("experimentId"),)

    PlateTypeId: Mapped[int] = key(Int)
    experimentId: Mapped[int | None] = column(Int)
    name: Mapped[str | None] = column(Text(45))
    description: Mapped[str | None] = column(Text(45))
    shape: Mapped[str | None] = column(Text(45))
    rowCount: Mapped[int | None] = column(Int)
    columnCount: Mapped[int | None] = column(Int)


class SamplePlate(Base, only="collab"):
    """A plate in the sample changer."""

    samplePlateId: Mapped[int] = key(Int)
    experimentId: Mapped[int] = column(Int, "Experiment.experimentId", ondelete="CASCADE")
    plateGroupId: Mapped[int | None] = column(Int, "PlateGroup.plateGroupId", ondelete="CASCADE")
    plateTypeId: Mapped[int | None] = column(Int, "PlateType.PlateTypeId", ondelete="CASCADE")
    instructionSetId: Mapped[int | None] = column(Int, "InstructionSet.instructionSetId", ondelete="CASCADE")
    boxId: Mapped[int | None] = column(UInt)
    name: Mapped[str | None] = column(Text(45))
    slotPositionRow: Mapped[str | None] = column(Text(45))
    slotPositionColumn: Mapped[str | None] = column(Text(45))
    storageTemperature: Mapped[str | None] = column(Text(45), unit="°C")


class SamplePlatePosition(Base, only="collab"):
    """A well of a plate."""

    samplePlatePositionId: Mapped[int] = key(Int)
    samplePlateId: Mapped[int] = column(Int, "SamplePlate.samplePlateId", ondelete="CASCADE")
    rowNumber: Mapped[int | None] = column(Int)
    columnNumber: Mapped[int | None] = column(Int)
    volume: Mapped[str | None] = column(Text(45), unit="µL")


class Specimen(Base, only="collab"):
    """What one well holds: a macromolecule in a buffer. Concentration in mg/mL and volume in µL, as text."""

    specimenId: Mapped[int] = key(Int)
    experimentId: Mapped[int] = column(Int, "Experiment.experimentId", ondelete="CASCADE")
    bufferId: Mapped[int | None] = column(Int, "Buffer.bufferId", ondelete="CASCADE")
    macromoleculeId: Mapped[int | None] = column(Int, "Macromolecule.macromoleculeId", ondelete="CASCADE")
    samplePlatePositionId: Mapped[int | None] = column(
        Int, "SamplePlatePosition.samplePlatePositionId", ondelete="CASCADE"
    )
    safetyLevelId: Mapped[int | None] = column(Int, "SafetyLevel.safetyLevelId", ondelete="CASCADE")
    stockSolutionId: Mapped[int | None] = column(Int, "StockSolution.stockSolutionId", ondelete="CASCADE")
    code: Mapped[str | None] = column(Text(255))
    concentration: Mapped[str | None] = column(Text(45), unit="mg/mL")
    volume: Mapped[str | None] = column(Text(45), unit="µL")
    comments: Mapped[str | None] = column(Text(5120))
