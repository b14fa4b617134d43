"""BioSAXS: subtracted curves and the models made from them."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Int, LocalTime, Text, UInt
from .base import Base, column, index, key


class Subtraction(Base, only="collab"):
    """A curve without its buffer, and what it says: radius of gyration and greatest distance [nm], forward
    intensity, Porod volume [nm³], all as text.
    """

    subtractionId: Mapped[int] = key(Int)
    dataCollectionId: Mapped[int] = column(Int, "SaxsDataCollection.dataCollectionId", ondelete="CASCADE")
    rg: Mapped[str | None] = column(Text(45), unit="nm")
    rgStdev: Mapped[str | None] = column(Text(45), unit="nm")
    I0: Mapped[str | None] = column(Text(45))
    I0Stdev: Mapped[str | None] = column(Text(45))
    firstPointUsed: Mapped[str | None] = column(Text(45))
    lastPointUsed: Mapped[str | None] = column(Text(45))
    quality: Mapped[str | None] = column(Text(45))
    isagregated: Mapped[str | None] = column(Text(45))
    concentration: Mapped[str | None] = column(Text(45), unit="mg/mL")
    gnomFilePath: Mapped[str | None] = column(Text(255))
    rgGuinier: Mapped[str | None] = column(Text(45), unit="nm")
    rgGnom: Mapped[str | None] = column(Text(45), unit="nm")
    dmax: Mapped[str | None] = column(Text(45), unit="nm")
    total: Mapped[str | None] = column(Text(45))
    volume: Mapped[str | None] = column(Text(45), unit="nm³")
    creationTime: Mapped[datetime | None] = column(LocalTime)
    kratkyFilePath: Mapped[str | None] = column(Text(255))
    scatteringFilePath: Mapped[str | None] = column(Text(255))
    guinierFilePath: Mapped[str | None] = column(Text(255))
    substractedFilePath: Mapped[str | None] = column(Text(255))
    gnomFilePathOutput: Mapped[str | None] = column(Text(255))
    sampleOneDimensionalFiles: Mapped[int | None] = column(Int, "FrameList.frameListId", ondelete="CASCADE")
    bufferOnedimensionalFiles: Mapped[int | None] = column(Int, "FrameList.frameListId", ondelete="CASCADE")
    sampleAverageFilePath: Mapped[str | None] = column(Text(255))
    bufferAverageFilePath: Mapped[str | None] = column(Text(255))


class Model(Base, only="collab"):
    """A shape, and how well it fits. Lengths [nm] are text."""

    modelId: Mapped[int] = key(Int)
    name: Mapped[str | None] = column(Text(45))
    pdbFile: Mapped[str | None] = column(Text(255))
    fitFile: Mapped[str | None] = column(Text(255))
    firFile: Mapped[str | None] = column(Text(255))
    logFile: Mapped[str | None] = column(Text(255))
    rFactor: Mapped[str | None] = column(Text(45))
    chiSqrt: Mapped[str | None] = column(Text(45))
    volume: Mapped[str | None] = column(Text(45))
    rg: Mapped[str | None] = column(Text(45), unit="nm")
    dMax: Mapped[str | None] = column(Text(45), unit="nm")


class ModelList(Base, only="collab"):
    """Shapes that were compared with one another."""

    modelListId: Mapped[int] = key(Int)
    nsdFilePath: Mapped[str | None] = column(Text(255))
    chi2RgFilePath: Mapped[str | None] = column(Text(255))


class ModelToList(Base, only="collab"):
    """Which shapes were compared with one another."""

    modelToListId: Mapped[int] = key(Int)
    modelId: Mapped[int] = column(Int, "Model.modelId", ondelete="CASCADE")
    modelListId: Mapped[int] = column(Int, "ModelList.modelListId", ondelete="CASCADE")


class AbInitioModel(Base, only="collab"):
    """Shapes found without knowing the structure: their average, the quick one and the best one."""

    abInitioModelId: Mapped[int] = key(Int)
    modelListId: Mapped[int | None] = column(Int, "ModelList.modelListId", ondelete="CASCADE")
    averagedModelId: Mapped[int | None] = column(Int, "Model.modelId", ondelete="CASCADE")
    rapidShapeDeterminationModelId: Mapped[int | None] = column(Int, "Model.modelId", ondelete="CASCADE")
    shapeDeterminationModelId: Mapped[int | None] = column(Int, "Model.modelId", ondelete="CASCADE")
    comments: Mapped[str | None] = column(Text(512))
    creationTime: Mapped[datetime | None] = column(LocalTime)


class SubtractionToAbInitioModel(Base, only="collab"):
    """Which shapes were found from a curve."""

    subtractionToAbInitioModelId: Mapped[int] = key(Int)
    abInitioId: Mapped[int | None] = column(Int, "AbInitioModel.abInitioModelId", ondelete="CASCADE")
    subtractionId: Mapped[int | None] = column(Int, "Subtraction.subtractionId", ondelete="CASCADE")


class RigidBodyModeling(Base, only="collab"):
    """A model of known parts moved against one another until it fits a curve."""

    __table_args__ = (index("subtractionId"),)

    rigidBodyModelingId: Mapped[int] = key(Int)
    subtractionId: Mapped[int] = column(Int)
    fitFilePath: Mapped[str | None] = column(Text(255))
    rigidBodyModelFilePath: Mapped[str | None] = column(Text(255))
    logFilePath: Mapped[str | None] = column(Text(255))
    curveConfigFilePath: Mapped[str | None] = column(Text(255))
    subUnitConfigFilePath: Mapped[str | None] = column(Text(255))
    crossCorrConfigFilePath: Mapped[str | None] = column(Text(255))
    contactDescriptionFilePath: Mapped[str | None] = column(Text(255))
    symmetry: Mapped[str | None] = column(Text(255))
    creationDate: Mapped[str | None] = column(Text(45))


class Superposition(Base, only="collab"):
    """A known structure laid over a shape."""

    __table_args__ = (index("subtractionId"),)

    superpositionId: Mapped[int] = key(Int)
    subtractionId: Mapped[int] = column(Int)
    abinitioModelPdbFilePath: Mapped[str | None] = column(Text(255))
    aprioriPdbFilePath: Mapped[str | None] = column(Text(255))
    alignedPdbFilePath: Mapped[str | None] = column(Text(255))
    creationDate: Mapped[datetime | None] = column(LocalTime)


class FitStructureToExperimentalData(Base, only="collab"):
    """How well a known structure fits a curve."""

    fitStructureToExperimentalDataId: Mapped[int] = key(Int)
    structureId: Mapped[int | None] = column(Int, "Structure.structureId", ondelete="CASCADE")
    subtractionId: Mapped[int | None] = column(Int, "Subtraction.subtractionId", ondelete="CASCADE")
    workflowId: Mapped[int | None] = column(UInt, "Workflow.workflowId", ondelete="CASCADE")
    fitFilePath: Mapped[str | None] = column(Text(255))
    logFilePath: Mapped[str | None] = column(Text(255))
    outputFilePath: Mapped[str | None] = column(Text(255))
    creationDate: Mapped[datetime | None] = column(LocalTime)
    comments: Mapped[str | None] = column(Text(2048))


class MixtureToStructure(Base, only="collab"):
    """How much of a structure a mixture contains."""

    fitToStructureId: Mapped[int] = key(Int)
    structureId: Mapped[int] = column(Int, "Structure.structureId", ondelete="CASCADE")
    mixtureId: Mapped[int] = column(
        Int, "FitStructureToExperimentalData.fitStructureToExperimentalDataId", ondelete="CASCADE"
    )
    volumeFraction: Mapped[str | None] = column(Text(45))
    creationDate: Mapped[datetime | None] = column(LocalTime)
