"""Merged diffraction data: cells, integration, scaling and its statistics."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import EnumText, Flag, Float, Int, LocalTime, Text, UInt
from .base import NOW, Base, column, index, key


class AutoProc(Base):
    """What one run of a program says about space group and unit cell."""

    __table_args__ = (
        index(
            "refinedCell_a",
            "refinedCell_b",
            "refinedCell_c",
            "refinedCell_alpha",
            "refinedCell_beta",
            "refinedCell_gamma",
        ),
    )

    autoProcId: Mapped[int] = key(UInt)
    autoProcProgramId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId")
    spaceGroup: Mapped[str | None] = column(Text(45))
    refinedCell_a: Mapped[float | None] = column(Float, unit="Å")
    refinedCell_b: Mapped[float | None] = column(Float, unit="Å")
    refinedCell_c: Mapped[float | None] = column(Float, unit="Å")
    refinedCell_alpha: Mapped[float | None] = column(Float, unit="°")
    refinedCell_beta: Mapped[float | None] = column(Float, unit="°")
    refinedCell_gamma: Mapped[float | None] = column(Float, unit="°")
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)


class AutoProcIntegration(Base):
    """Integration of one sweep of images."""

    autoProcIntegrationId: Mapped[int] = key(UInt)
    dataCollectionId: Mapped[int] = column(Int, "DataCollection.dataCollectionId", ondelete="CASCADE")
    autoProcProgramId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId", ondelete="CASCADE")
    startImageNumber: Mapped[int | None] = column(UInt)
    endImageNumber: Mapped[int | None] = column(UInt)
    refinedDetectorDistance: Mapped[float | None] = column(Float, unit="mm")
    refinedXBeam: Mapped[float | None] = column(Float)
    refinedYBeam: Mapped[float | None] = column(Float)
    rotationAxisX: Mapped[float | None] = column(Float)
    rotationAxisY: Mapped[float | None] = column(Float)
    rotationAxisZ: Mapped[float | None] = column(Float)
    beamVectorX: Mapped[float | None] = column(Float)
    beamVectorY: Mapped[float | None] = column(Float)
    beamVectorZ: Mapped[float | None] = column(Float)
    cell_a: Mapped[float | None] = column(Float, unit="Å")
    cell_b: Mapped[float | None] = column(Float, unit="Å")
    cell_c: Mapped[float | None] = column(Float, unit="Å")
    cell_alpha: Mapped[float | None] = column(Float, unit="°")
    cell_beta: Mapped[float | None] = column(Float, unit="°")
    cell_gamma: Mapped[float | None] = column(Float, unit="°")
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)
    anomalous: Mapped[bool | None] = column(Flag, default=0)


class AutoProcScaling(Base):
    """Scaling of one or more integrated sweeps."""

    autoProcScalingId: Mapped[int] = key(UInt)
    autoProcId: Mapped[int | None] = column(UInt, "AutoProc.autoProcId", ondelete="CASCADE")
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)
    resolutionEllipsoidAxis11: Mapped[float | None] = column(Float, only="collab")
    resolutionEllipsoidAxis12: Mapped[float | None] = column(Float, only="collab")
    resolutionEllipsoidAxis13: Mapped[float | None] = column(Float, only="collab")
    resolutionEllipsoidAxis21: Mapped[float | None] = column(Float, only="collab")
    resolutionEllipsoidAxis22: Mapped[float | None] = column(Float, only="collab")
    resolutionEllipsoidAxis23: Mapped[float | None] = column(Float, only="collab")
    resolutionEllipsoidAxis31: Mapped[float | None] = column(Float, only="collab")
    resolutionEllipsoidAxis32: Mapped[float | None] = column(Float, only="collab")
    resolutionEllipsoidAxis33: Mapped[float | None] = column(Float, only="collab")
    resolutionEllipsoidValue1: Mapped[float | None] = column(Float, only="collab", unit="Å")
    resolutionEllipsoidValue2: Mapped[float | None] = column(Float, only="collab", unit="Å")
    resolutionEllipsoidValue3: Mapped[float | None] = column(Float, only="collab", unit="Å")


class AutoProcScaling_has_Int(Base):
    """Which integrations were scaled together."""

    __table_args__ = (index("autoProcScalingId", "autoProcIntegrationId"),)

    autoProcScaling_has_IntId: Mapped[int] = key(UInt)
    autoProcIntegrationId: Mapped[int] = column(UInt, "AutoProcIntegration.autoProcIntegrationId", ondelete="CASCADE")
    autoProcScalingId: Mapped[int | None] = column(UInt, "AutoProcScaling.autoProcScalingId", ondelete="CASCADE")
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)


class AutoProcScalingStatistics(Base):
    """Quality of scaled data in one range of resolution: overall, innermost or outermost shell.

    R values are fractions or percentages as the program that wrote them has it; completeness is in percent.
    Collab's `ccAno` and `sigAno` are its anomalous correlation and signal, `isa` is the asymptotic I/sigma.
    """

    __table_args__ = (
        index("scalingStatisticsType"),
        index("autoProcScalingId", "scalingStatisticsType"),
    )

    autoProcScalingStatisticsId: Mapped[int] = key(UInt)
    scalingStatisticsType: Mapped[str] = column(EnumText("overall", "innerShell", "outerShell"), default="overall")
    autoProcScalingId: Mapped[int | None] = column(UInt, "AutoProcScaling.autoProcScalingId", ondelete="CASCADE")
    comments: Mapped[str | None] = column(Text(255))
    resolutionLimitLow: Mapped[float | None] = column(Float, unit="Å")
    resolutionLimitHigh: Mapped[float | None] = column(Float, unit="Å")
    rMerge: Mapped[float | None] = column(Float)
    rMeasWithinIPlusIMinus: Mapped[float | None] = column(Float)
    rMeasAllIPlusIMinus: Mapped[float | None] = column(Float)
    rPimWithinIPlusIMinus: Mapped[float | None] = column(Float)
    rPimAllIPlusIMinus: Mapped[float | None] = column(Float)
    fractionalPartialBias: Mapped[float | None] = column(Float)
    nTotalObservations: Mapped[int | None] = column(UInt)
    nTotalUniqueObservations: Mapped[int | None] = column(UInt)
    meanIOverSigI: Mapped[float | None] = column(Float)
    completeness: Mapped[float | None] = column(Float, unit="%")
    multiplicity: Mapped[float | None] = column(Float)
    anomalousCompleteness: Mapped[float | None] = column(Float, unit="%")
    anomalousMultiplicity: Mapped[float | None] = column(Float)
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)
    anomalous: Mapped[bool | None] = column(Flag, default=0)
    ccHalf: Mapped[float | None] = column(Float)
    ccAnomalous: Mapped[float | None] = column(Float, only="dls")
    resIOverSigI2: Mapped[float | None] = column(Float, only="dls", unit="Å")
    ccAno: Mapped[float | None] = column(Float, only="collab")
    sigAno: Mapped[str | None] = column(Text(45), only="collab")
    isa: Mapped[str | None] = column(Text(45), only="collab")
    completenessSpherical: Mapped[float | None] = column(Float, only="collab", unit="%")
    completenessEllipsoidal: Mapped[float | None] = column(Float, only="collab", unit="%")
    anomalousCompletenessSpherical: Mapped[float | None] = column(Float, only="collab", unit="%")
    anomalousCompletenessEllipsoidal: Mapped[float | None] = column(Float, only="collab", unit="%")


class AutoProcStatus(Base):
    """A step that the processing of a sweep has reached."""

    autoProcStatusId: Mapped[int] = key(Int)
    autoProcIntegrationId: Mapped[int] = column(UInt, "AutoProcIntegration.autoProcIntegrationId", ondelete="CASCADE")
    step: Mapped[str] = column(EnumText("Indexing", "Integration", "Correction", "Scaling", "Importing"))
    status: Mapped[str] = column(EnumText("Launched", "Successful", "Failed"))
    bltimeStamp: Mapped[datetime] = column(LocalTime, default=NOW, onupdate=NOW)
    comments: Mapped[str | None] = column(Text(1024))
