"""Characterisation of crystals and the strategies that follow from it."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Blob, Double, Flag, Float, Int, LocalTime, Text, UInt
from .base import NOW, Base, column, index, key


class Screening(Base):
    """One characterisation of a crystal by one program."""

    __table_args__ = (index("diffractionPlanId"),)

    screeningId: Mapped[int] = key(UInt)
    bltimeStamp: Mapped[datetime] = column(LocalTime, default=NOW, onupdate=NOW)
    dataCollectionId: Mapped[int | None] = column(Int, "DataCollection.dataCollectionId", ondelete="CASCADE")
    programVersion: Mapped[str | None] = column(Text(45))
    comments: Mapped[str | None] = column(Text(255))
    shortComments: Mapped[str | None] = column(Text(20))
    diffractionPlanId: Mapped[int | None] = column(UInt)
    dataCollectionGroupId: Mapped[int | None] = column(Int, "DataCollectionGroup.dataCollectionGroupId")
    xmlSampleInformation: Mapped[bytes | None] = column(Blob)
    autoProcProgramId: Mapped[int | None] = column(
        UInt, "AutoProcProgram.autoProcProgramId", ondelete="SET NULL", only="dls"
    )


class ScreeningInput(Base):
    """What a characterisation was given. Beam position in mm."""

    screeningInputId: Mapped[int] = key(UInt)
    screeningId: Mapped[int] = column(UInt, "Screening.screeningId", ondelete="CASCADE")
    beamX: Mapped[float | None] = column(Float, unit="mm")
    beamY: Mapped[float | None] = column(Float, unit="mm")
    rmsErrorLimits: Mapped[float | None] = column(Float)
    minimumFractionIndexed: Mapped[float | None] = column(Float)
    maximumFractionRejected: Mapped[float | None] = column(Float)
    minimumSignalToNoise: Mapped[float | None] = column(Float)
    diffractionPlanId: Mapped[int | None] = column(UInt)
    xmlSampleInformation: Mapped[bytes | None] = column(Blob)


class ScreeningOutput(Base):
    """What a characterisation found."""

    screeningOutputId: Mapped[int] = key(UInt)
    screeningId: Mapped[int] = column(UInt, "Screening.screeningId", ondelete="CASCADE")
    mosaicityEstimated: Mapped[bool] = column(Flag, default=0)
    indexingSuccess: Mapped[bool] = column(Flag, default=0)
    strategySuccess: Mapped[bool] = column(Flag, default=0)
    alignmentSuccess: Mapped[bool | None] = column(Flag, default=0, only="dls")
    statusDescription: Mapped[str | None] = column(Text(1024))
    rejectedReflections: Mapped[int | None] = column(UInt)
    resolutionObtained: Mapped[float | None] = column(Float, unit="Å")
    spotDeviationR: Mapped[float | None] = column(Float, unit="mm")
    spotDeviationTheta: Mapped[float | None] = column(Float, unit="°")
    beamShiftX: Mapped[float | None] = column(Float, unit="mm")
    beamShiftY: Mapped[float | None] = column(Float, unit="mm")
    numSpotsFound: Mapped[int | None] = column(UInt)
    numSpotsUsed: Mapped[int | None] = column(UInt)
    numSpotsRejected: Mapped[int | None] = column(UInt)
    mosaicity: Mapped[float | None] = column(Float, unit="°")
    iOverSigma: Mapped[float | None] = column(Float)
    diffractionRings: Mapped[bool | None] = column(Flag)
    screeningSuccess: Mapped[bool | None] = column(Flag, default=0)
    rankingResolution: Mapped[float | None] = column(Double, unit="Å")
    program: Mapped[str | None] = column(Text(45))
    doseTotal: Mapped[float | None] = column(Double)
    totalExposureTime: Mapped[float | None] = column(Double, unit="s")
    totalRotationRange: Mapped[float | None] = column(Double, unit="°")
    totalNumberOfImages: Mapped[int | None] = column(Int)
    rFriedel: Mapped[float | None] = column(Double)


class ScreeningOutputLattice(Base):
    """Lattice, unit cell and orientation that a characterisation found."""

    screeningOutputLatticeId: Mapped[int] = key(UInt)
    screeningOutputId: Mapped[int] = column(UInt, "ScreeningOutput.screeningOutputId", ondelete="CASCADE")
    bltimeStamp: Mapped[datetime | None] = column(LocalTime, default=NOW, onupdate=NOW)
    spaceGroup: Mapped[str | None] = column(Text(45))
    pointGroup: Mapped[str | None] = column(Text(45))
    bravaisLattice: Mapped[str | None] = column(Text(45))
    rawOrientationMatrix_a_x: Mapped[float | None] = column(Float)
    rawOrientationMatrix_a_y: Mapped[float | None] = column(Float)
    rawOrientationMatrix_a_z: Mapped[float | None] = column(Float)
    rawOrientationMatrix_b_x: Mapped[float | None] = column(Float)
    rawOrientationMatrix_b_y: Mapped[float | None] = column(Float)
    rawOrientationMatrix_b_z: Mapped[float | None] = column(Float)
    rawOrientationMatrix_c_x: Mapped[float | None] = column(Float)
    rawOrientationMatrix_c_y: Mapped[float | None] = column(Float)
    rawOrientationMatrix_c_z: Mapped[float | None] = column(Float)
    unitCell_a: Mapped[float | None] = column(Float, unit="Å")
    unitCell_b: Mapped[float | None] = column(Float, unit="Å")
    unitCell_c: Mapped[float | None] = column(Float, unit="Å")
    unitCell_alpha: Mapped[float | None] = column(Float, unit="°")
    unitCell_beta: Mapped[float | None] = column(Float, unit="°")
    unitCell_gamma: Mapped[float | None] = column(Float, unit="°")
    labelitIndexing: Mapped[bool | None] = column(Flag, default=0)


class ScreeningRankSet(Base):
    """A ranking of crystals."""

    screeningRankSetId: Mapped[int] = key(UInt)
    rankEngine: Mapped[str | None] = column(Text(255))
    rankingProjectFileName: Mapped[str | None] = column(Text(255))
    rankingSummaryFileName: Mapped[str | None] = column(Text(255))


class ScreeningRank(Base):
    """The rank of one crystal."""

    screeningRankId: Mapped[int] = key(UInt)
    screeningRankSetId: Mapped[int] = column(UInt, "ScreeningRankSet.screeningRankSetId", ondelete="CASCADE")
    screeningId: Mapped[int] = column(UInt, "Screening.screeningId", ondelete="CASCADE")
    rankValue: Mapped[float | None] = column(Float)
    rankInformation: Mapped[str | None] = column(Text(1024))


class ScreeningStrategy(Base):
    """How the crystal should be measured."""

    screeningStrategyId: Mapped[int] = key(UInt)
    screeningOutputId: Mapped[int] = column(UInt, "ScreeningOutput.screeningOutputId", ondelete="CASCADE")
    anomalous: Mapped[bool] = column(Flag, default=0)
    phiStart: Mapped[float | None] = column(Float, unit="°")
    phiEnd: Mapped[float | None] = column(Float, unit="°")
    rotation: Mapped[float | None] = column(Float, unit="°")
    exposureTime: Mapped[float | None] = column(Float, unit="s")
    resolution: Mapped[float | None] = column(Float, unit="Å")
    completeness: Mapped[float | None] = column(Float)
    multiplicity: Mapped[float | None] = column(Float)
    program: Mapped[str | None] = column(Text(45))
    rankingResolution: Mapped[float | None] = column(Float, unit="Å")
    transmission: Mapped[float | None] = column(Float, unit="%")


class ScreeningStrategyWedge(Base):
    """One wedge of a strategy: the same wavelength, kappa and phi."""

    screeningStrategyWedgeId: Mapped[int] = key(UInt)
    screeningStrategyId: Mapped[int | None] = column(UInt, "ScreeningStrategy.screeningStrategyId", ondelete="CASCADE")
    wedgeNumber: Mapped[int | None] = column(UInt)
    resolution: Mapped[float | None] = column(Float, unit="Å")
    completeness: Mapped[float | None] = column(Float)
    multiplicity: Mapped[float | None] = column(Float)
    doseTotal: Mapped[float | None] = column(Float)
    numberOfImages: Mapped[int | None] = column(UInt)
    phi: Mapped[float | None] = column(Float, unit="°")
    kappa: Mapped[float | None] = column(Float, unit="°")
    chi: Mapped[float | None] = column(Float, unit="°")
    comments: Mapped[str | None] = column(Text(255))
    wavelength: Mapped[float | None] = column(Double, unit="Å")


class ScreeningStrategySubWedge(Base):
    """A part of a wedge: the same exposure."""

    screeningStrategySubWedgeId: Mapped[int] = key(UInt)
    screeningStrategyWedgeId: Mapped[int | None] = column(
        UInt, "ScreeningStrategyWedge.screeningStrategyWedgeId", ondelete="CASCADE"
    )
    subWedgeNumber: Mapped[int | None] = column(UInt)
    rotationAxis: Mapped[str | None] = column(Text(45))
    axisStart: Mapped[float | None] = column(Float, unit="°")
    axisEnd: Mapped[float | None] = column(Float, unit="°")
    exposureTime: Mapped[float | None] = column(Float, unit="s")
    transmission: Mapped[float | None] = column(Float, unit="%")
    oscillationRange: Mapped[float | None] = column(Float, unit="°")
    completeness: Mapped[float | None] = column(Float)
    multiplicity: Mapped[float | None] = column(Float)
    resolution: Mapped[float | None] = column(Float, unit="Å")
    doseTotal: Mapped[float | None] = column(Float)
    numberOfImages: Mapped[int | None] = column(UInt)
    comments: Mapped[str | None] = column(Text(255))
