"""Electron microscopy, from the movie to the classes."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import (
    Double,
    EnumText,
    Flag,
    Float,
    Int,
    LocalTime,
    LooseFloat,
    LooseInt,
    MediumInt,
    SmallInt,
    Text,
    UInt,
)
from .base import NOW, Base, column, itself, key


class Movie(Base):
    """One exposure of an electron microscope, of many frames."""

    movieId: Mapped[int] = key(Int)
    createdTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW, onupdate=itself("createdTimeStamp"))
    dataCollectionId: Mapped[int | None] = column(Int, "DataCollection.dataCollectionId")
    movieNumber: Mapped[int | None] = column(Int)
    movieFullPath: Mapped[str | None] = column(Text(255))
    positionX: Mapped[float | None] = column(LooseFloat)
    positionY: Mapped[float | None] = column(LooseFloat)
    nominalDefocus: Mapped[float | None] = column(Float, only="dls", unit="Å")
    angle: Mapped[float | None] = column(Float, only="dls", unit="°")
    fluence: Mapped[float | None] = column(Float, only="dls", unit="e⁻/Å²")
    numberOfFrames: Mapped[int | None] = column(Int, only="dls")
    foilHoleId: Mapped[int | None] = column(Int, "FoilHole.foilHoleId", only="dls")
    templateLabel: Mapped[int | None] = column(UInt, only="dls")
    micrographFullPath: Mapped[str | None] = column(Text(255), only="collab")
    micrographSnapshotFullPath: Mapped[str | None] = column(Text(255), only="collab")
    xmlMetaDataFullPath: Mapped[str | None] = column(Text(255), only="collab")
    dosePerImage: Mapped[str | None] = column(Text(45), only="collab", unit="e⁻/Å²")


class MotionCorrection(Base):
    """The drift correction of one movie. The collab flavour keeps numbers as text."""

    motionCorrectionId: Mapped[int] = key(Int)
    dataCollectionId: Mapped[int | None] = column(Int, "DataCollection.dataCollectionId", only="dls")
    autoProcProgramId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId", only="dls")
    imageNumber: Mapped[int | None] = column(SmallInt, only="dls")
    firstFrame: Mapped[int | None] = column(LooseInt)
    lastFrame: Mapped[int | None] = column(LooseInt)
    dosePerFrame: Mapped[float | None] = column(LooseFloat, unit="e⁻/Å²")
    doseWeight: Mapped[float | None] = column(LooseFloat)
    totalMotion: Mapped[float | None] = column(LooseFloat, unit="Å")
    averageMotionPerFrame: Mapped[float | None] = column(LooseFloat, unit="Å")
    driftPlotFullPath: Mapped[str | None] = column(Text(512))
    micrographFullPath: Mapped[str | None] = column(Text(512))
    micrographSnapshotFullPath: Mapped[str | None] = column(Text(512))
    patchesUsedX: Mapped[int | None] = column(MediumInt, only="dls")
    patchesUsedY: Mapped[int | None] = column(MediumInt, only="dls")
    fftFullPath: Mapped[str | None] = column(Text(255), only="dls")
    fftCorrectedFullPath: Mapped[str | None] = column(Text(255), only="dls")
    comments: Mapped[str | None] = column(Text(255), only="dls")
    movieId: Mapped[int | None] = column(Int, "Movie.movieId")
    correctedDoseMicrographFullPath: Mapped[str | None] = column(Text(512), only="collab")
    patchesUsed: Mapped[str | None] = column(Text(45), only="collab")
    logFileFullPath: Mapped[str | None] = column(Text(512), only="collab")
    createdTimeStamp: Mapped[datetime | None] = column(LocalTime, default=NOW, only="collab")


class CTF(Base):
    """The contrast transfer function fitted to one motion-corrected micrograph.

    The dls flavour has a mean defocus and astigmatism, the collab flavour the two defocus values, as text.
    """

    ctfId: Mapped[int] = key(Int)
    motionCorrectionId: Mapped[int | None] = column(Int, "MotionCorrection.motionCorrectionId")
    autoProcProgramId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId", only="dls")
    boxSizeX: Mapped[float | None] = column(Float, only="dls", unit="pixels")
    boxSizeY: Mapped[float | None] = column(Float, only="dls", unit="pixels")
    minResolution: Mapped[float | None] = column(Float, only="dls", unit="Å")
    maxResolution: Mapped[float | None] = column(Float, only="dls", unit="Å")
    minDefocus: Mapped[float | None] = column(Float, only="dls", unit="Å")
    maxDefocus: Mapped[float | None] = column(Float, only="dls", unit="Å")
    defocusStepSize: Mapped[float | None] = column(Float, only="dls", unit="Å")
    astigmatism: Mapped[float | None] = column(Float, only="dls", unit="Å")
    astigmatismAngle: Mapped[float | None] = column(Float, only="dls", unit="°")
    estimatedResolution: Mapped[float | None] = column(Float, only="dls", unit="Å")
    estimatedDefocus: Mapped[float | None] = column(Float, only="dls", unit="Å")
    amplitudeContrast: Mapped[float | None] = column(Float, only="dls")
    ccValue: Mapped[float | None] = column(Float, only="dls")
    fftTheoreticalFullPath: Mapped[str | None] = column(Text(255), only="dls")
    comments: Mapped[str | None] = column(Text(255), only="dls")
    iceRingDensity: Mapped[float | None] = column(Float, only="dls")
    spectraImageThumbnailFullPath: Mapped[str | None] = column(Text(512), only="collab")
    spectraImageFullPath: Mapped[str | None] = column(Text(512), only="collab")
    defocusU: Mapped[str | None] = column(Text(45), only="collab", unit="Å")
    defocusV: Mapped[str | None] = column(Text(45), only="collab", unit="Å")
    angle: Mapped[str | None] = column(Text(45), only="collab", unit="°")
    crossCorrelationCoefficient: Mapped[str | None] = column(Text(45), only="collab")
    resolutionLimit: Mapped[str | None] = column(Text(45), only="collab", unit="Å")
    estimatedBfactor: Mapped[str | None] = column(Text(45), only="collab")
    logFilePath: Mapped[str | None] = column(Text(512), only="collab")
    createdTimeStamp: Mapped[datetime | None] = column(LocalTime, default=NOW, only="collab")


class RelativeIceThickness(Base, only="dls"):
    """How thick the ice is across one micrograph: quartiles, relative to the incident intensity."""

    relativeIceThicknessId: Mapped[int] = key(Int)
    motionCorrectionId: Mapped[int | None] = column(Int, "MotionCorrection.motionCorrectionId")
    autoProcProgramId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId")
    minimum: Mapped[float | None] = column(Float)
    q1: Mapped[float | None] = column(Float)
    median: Mapped[float | None] = column(Float)
    q3: Mapped[float | None] = column(Float)
    maximum: Mapped[float | None] = column(Float)


class ParticlePicker(Base):
    """One run of particle picking, over all micrographs or from a first one on."""

    particlePickerId: Mapped[int] = key(UInt)
    programId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId")
    firstMotionCorrectionId: Mapped[int | None] = column(Int, "MotionCorrection.motionCorrectionId")
    particlePickingTemplate: Mapped[str | None] = column(Text(255))
    particleDiameter: Mapped[float | None] = column(Float, unit="nm")
    numberOfParticles: Mapped[int | None] = column(UInt)
    summaryImageFullPath: Mapped[str | None] = column(Text(255))


class ParticleClassificationGroup(Base):
    """One batch of particle classification, in two or three dimensions."""

    particleClassificationGroupId: Mapped[int] = key(UInt)
    particlePickerId: Mapped[int | None] = column(UInt, "ParticlePicker.particlePickerId", ondelete="CASCADE")
    programId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId")
    type: Mapped[str | None] = column(EnumText("2D", "3D"))
    batchNumber: Mapped[int | None] = column(UInt)
    numberOfParticlesPerBatch: Mapped[int | None] = column(UInt)
    numberOfClassesPerBatch: Mapped[int | None] = column(UInt)
    symmetry: Mapped[str | None] = column(Text(20))
    binnedPixelSize: Mapped[float | None] = column(Float, only="dls", unit="Å/pixel")


class ParticleClassification(Base):
    """One class of a particle classification."""

    particleClassificationId: Mapped[int] = key(UInt)
    classNumber: Mapped[int | None] = column(UInt)
    classImageFullPath: Mapped[str | None] = column(Text(255))
    particlesPerClass: Mapped[int | None] = column(UInt)
    rotationAccuracy: Mapped[float | None] = column(Float, unit="°")
    translationAccuracy: Mapped[float | None] = column(Float, unit="Å")
    estimatedResolution: Mapped[float | None] = column(Float, unit="Å")
    overallFourierCompleteness: Mapped[float | None] = column(Float)
    particleClassificationGroupId: Mapped[int | None] = column(
        UInt, "ParticleClassificationGroup.particleClassificationGroupId", ondelete="CASCADE"
    )
    classDistribution: Mapped[float | None] = column(Float)
    selected: Mapped[bool | None] = column(Flag, default=0, only="dls")
    bFactorFitIntercept: Mapped[float | None] = column(Float, only="dls")
    bFactorFitLinear: Mapped[float | None] = column(Float, only="dls")
    bFactorFitQuadratic: Mapped[float | None] = column(Float, only="dls")
    angularEfficiency: Mapped[float | None] = column(Double, only="dls")
    suggestedTilt: Mapped[float | None] = column(Double, only="dls", unit="°")


class BFactorFit(Base, only="dls"):
    """One point of the fit that gives a class its B factor: resolution against the number of particles."""

    bFactorFitId: Mapped[int] = key(Int)
    particleClassificationId: Mapped[int] = column(UInt, "ParticleClassification.particleClassificationId")
    resolution: Mapped[float | None] = column(Float, unit="Å")
    numberOfParticles: Mapped[int | None] = column(UInt)
    particleBatchSize: Mapped[int | None] = column(UInt)


class CryoemInitialModel(Base):
    """A first three-dimensional model made from picked particles."""

    cryoemInitialModelId: Mapped[int] = key(UInt)
    resolution: Mapped[float | None] = column(Float, unit="Å")
    numberOfParticles: Mapped[int | None] = column(UInt)


class ParticleClassification_has_CryoemInitialModel(Base):
    """Which initial model a class started from."""

    particleClassificationId: Mapped[int] = key(
        UInt, "ParticleClassification.particleClassificationId", ondelete="CASCADE"
    )
    cryoemInitialModelId: Mapped[int] = key(UInt, "CryoemInitialModel.cryoemInitialModelId", ondelete="CASCADE")


class InitialModel(Base, only="collab"):
    """A first three-dimensional model made from picked particles (older table)."""

    initialModelId: Mapped[int] = key(UInt)
    resolution: Mapped[float | None] = column(Float, unit="Å")
    numberOfParticles: Mapped[int | None] = column(UInt)


class Particle(Base, only="collab"):
    """Where one particle lies in its micrograph."""

    particleId: Mapped[int] = key(UInt)
    dataCollectionId: Mapped[int] = column(Int, "DataCollection.dataCollectionId", ondelete="CASCADE")
    x: Mapped[float | None] = column(Float, unit="pixels")
    y: Mapped[float | None] = column(Float, unit="pixels")
