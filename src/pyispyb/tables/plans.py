"""What is to be measured: plans, their parameters and detectors."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Double, EnumText, Flag, Float, Int, LocalTime, LongText, MediumInt, SmallInt, Text, TinyInt, UInt
from .base import NOW, Base, column, key, unique


class ExperimentType(Base, only="dls"):
    """A kind of experiment, for proposals of one type."""

    experimentTypeId: Mapped[int] = key(UInt)
    name: Mapped[str | None] = column(Text(100))
    proposalType: Mapped[str | None] = column(Text(10))
    active: Mapped[bool | None] = column(Flag, default=1)


class DiffractionPlan(Base):
    """How a sample is to be measured, or was asked to be. The dls flavour calls it a data collection plan."""

    diffractionPlanId: Mapped[int] = key(UInt)
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    name: Mapped[str | None] = column(Text(20), only="dls")
    experimentKind: Mapped[str | None] = column(
        EnumText(
            "Default",
            "MXPressE",
            "MXPressO",
            "MXPressE_SAD",
            "MXScore",
            "MXPressM",
            "MAD",
            "SAD",
            "Fixed",
            "Ligand binding",
            "Refinement",
            "OSC",
            "MAD - Inverse Beam",
            "SAD - Inverse Beam",
            "MESH",
            "XFE",
            "Stepped transmission",
            "XChem High Symmetry",
            "XChem Low Symmetry",
            "Commissioning",
            "Metal ID",
            "MXPressF",
            "MXPressP",
            "MXPressP_SAD",
            "MXPressI",
        )
    )
    observedResolution: Mapped[float | None] = column(Float, unit="Å")
    minimalResolution: Mapped[float | None] = column(Float, unit="Å")
    exposureTime: Mapped[float | None] = column(Float, unit="s")
    oscillationRange: Mapped[float | None] = column(Float, unit="°")
    maximalResolution: Mapped[float | None] = column(Float, unit="Å")
    screeningResolution: Mapped[float | None] = column(Float, unit="Å")
    radiationSensitivity: Mapped[float | None] = column(Float)
    anomalousScatterer: Mapped[str | None] = column(Text(255))
    preferredBeamSizeX: Mapped[float | None] = column(Float, unit="µm")
    preferredBeamSizeY: Mapped[float | None] = column(Float, unit="µm")
    preferredBeamDiameter: Mapped[float | None] = column(Float, unit="µm")
    comments: Mapped[str | None] = column(Text(1024))
    diffractionPlanUUID: Mapped[str | None] = column(Text(1000))
    aimedCompleteness: Mapped[float | None] = column(Double)
    aimedIOverSigmaAtHighestRes: Mapped[float | None] = column(Double)
    aimedMultiplicity: Mapped[float | None] = column(Double)
    aimedResolution: Mapped[float | None] = column(Double, unit="Å")
    anomalousData: Mapped[bool | None] = column(Flag, default=0)
    complexity: Mapped[str | None] = column(Text(45))
    estimateRadiationDamage: Mapped[bool | None] = column(Flag, default=0)
    forcedSpaceGroup: Mapped[str | None] = column(Text(45))
    requiredCompleteness: Mapped[float | None] = column(Double)
    requiredMultiplicity: Mapped[float | None] = column(Double)
    requiredResolution: Mapped[float | None] = column(Double, unit="Å")
    strategyOption: Mapped[str | None] = column(Text(200))
    kappaStrategyOption: Mapped[str | None] = column(Text(45))
    numberOfPositions: Mapped[int | None] = column(Int)
    minDimAccrossSpindleAxis: Mapped[float | None] = column(Double, unit="mm")
    maxDimAccrossSpindleAxis: Mapped[float | None] = column(Double, unit="mm")
    radiationSensitivityBeta: Mapped[float | None] = column(Double)
    radiationSensitivityGamma: Mapped[float | None] = column(Double)
    minOscWidth: Mapped[float | None] = column(Float, unit="°")
    monochromator: Mapped[str | None] = column(Text(8))
    energy: Mapped[float | None] = column(Float, unit="eV")
    transmission: Mapped[float | None] = column(Float, unit="%")
    boxSizeX: Mapped[float | None] = column(Float, unit="µm")
    boxSizeY: Mapped[float | None] = column(Float, unit="µm")
    kappaStart: Mapped[float | None] = column(Float, unit="°")
    axisStart: Mapped[float | None] = column(Float, unit="°")
    axisRange: Mapped[float | None] = column(Float, unit="°")
    numberOfImages: Mapped[int | None] = column(MediumInt)
    presetForProposalId: Mapped[int | None] = column(UInt, "Proposal.proposalId")
    beamLineName: Mapped[str | None] = column(Text(45))
    detectorId: Mapped[int | None] = column(Int, "Detector.detectorId")
    distance: Mapped[float | None] = column(Double, unit="mm")
    orientation: Mapped[float | None] = column(Double, unit="°")
    monoBandwidth: Mapped[float | None] = column(Double, unit="%")
    centringMethod: Mapped[str | None] = column(EnumText("xray", "loop", "diffraction", "optical"), only="dls")
    userPath: Mapped[str | None] = column(Text(100))
    robotPlateTemperature: Mapped[float | None] = column(Float, only="dls", unit="K")
    exposureTemperature: Mapped[float | None] = column(Float, only="dls", unit="K")
    experimentTypeId: Mapped[int | None] = column(UInt, "ExperimentType.experimentTypeId", only="dls")
    purificationColumnId: Mapped[int | None] = column(UInt, "PurificationColumn.purificationColumnId", only="dls")
    collectionMode: Mapped[str | None] = column(EnumText("auto", "manual"), only="dls")
    priority: Mapped[int | None] = column(Int, only="dls")
    qMin: Mapped[float | None] = column(Float, only="dls", unit="nm⁻¹")
    qMax: Mapped[float | None] = column(Float, only="dls", unit="nm⁻¹")
    reductionParametersAveraging: Mapped[str | None] = column(EnumText("All", "Fastest Dimension", "1D"), only="dls")
    scanParameters: Mapped[str | None] = column(LongText, only="dls")
    xmlDocumentId: Mapped[int | None] = column(UInt, only="collab")
    dataCollectionPlanGroupId: Mapped[int | None] = column(UInt, only="collab")


class DataCollectionPlan_has_Detector(Base, only="dls"):
    """Which detector a plan uses, and where it stands."""

    __table_args__ = (unique("dataCollectionPlanId", "detectorId"),)

    dataCollectionPlanHasDetectorId: Mapped[int] = key(Int)
    dataCollectionPlanId: Mapped[int] = column(UInt, "DiffractionPlan.diffractionPlanId")
    detectorId: Mapped[int] = column(Int, "Detector.detectorId")
    exposureTime: Mapped[float | None] = column(Double, unit="s")
    distance: Mapped[float | None] = column(Double, unit="mm")
    roll: Mapped[float | None] = column(Double, unit="°")


class DiffractionPlan_has_Detector(Base, only="collab"):
    """Which detector a plan uses, and where it stands (collab flavour)."""

    diffractionPlanId: Mapped[int] = key(UInt, "DiffractionPlan.diffractionPlanId", ondelete="CASCADE")
    detectorId: Mapped[int] = key(Int, "Detector.detectorId", ondelete="CASCADE")
    exposureTime: Mapped[float | None] = column(Double, unit="s")
    distance: Mapped[float | None] = column(Double, unit="mm")
    orientation: Mapped[float | None] = column(Double, unit="°")


class ExperimentKindDetails(Base):
    """One exposure within a plan, such as one wavelength of a MAD experiment."""

    experimentKindId: Mapped[int] = key(UInt)
    diffractionPlanId: Mapped[int] = column(UInt, "DiffractionPlan.diffractionPlanId", ondelete="CASCADE")
    exposureIndex: Mapped[int | None] = column(UInt)
    dataCollectionType: Mapped[str | None] = column(Text(45))
    dataCollectionKind: Mapped[str | None] = column(Text(45))
    wedgeValue: Mapped[float | None] = column(Float, unit="°")


class ScanParametersService(Base):
    """What can be scanned: a motor, a temperature, a pressure."""

    scanParametersServiceId: Mapped[int] = key(UInt)
    name: Mapped[str | None] = column(Text(45))
    description: Mapped[str | None] = column(Text(45))


class ScanParametersModel(Base):
    """Which values one scan within a plan goes through."""

    scanParametersModelId: Mapped[int] = key(Int)
    scanParametersServiceId: Mapped[int | None] = column(UInt, "ScanParametersService.scanParametersServiceId")
    dataCollectionPlanId: Mapped[int | None] = column(UInt, "DiffractionPlan.diffractionPlanId")
    sequenceNumber: Mapped[int | None] = column(TinyInt, only="dls")
    start: Mapped[float | None] = column(Double)
    stop: Mapped[float | None] = column(Double)
    step: Mapped[float | None] = column(Double)
    array: Mapped[str | None] = column(Text())
    duration: Mapped[int | None] = column(MediumInt, only="dls")
    modelNumber: Mapped[int | None] = column(TinyInt, only="collab")


class BLSample_has_DataCollectionPlan(Base, only="dls"):
    """Plans of a sample, in their order."""

    blSampleId: Mapped[int] = key(UInt, "BLSample.blSampleId")
    dataCollectionPlanId: Mapped[int] = key(UInt, "DiffractionPlan.diffractionPlanId")
    planOrder: Mapped[int | None] = column(SmallInt)


class BLSample_has_DiffractionPlan(Base, only="collab"):
    """Plans of a sample (collab flavour)."""

    blSampleId: Mapped[int] = key(UInt, "BLSample.blSampleId", ondelete="CASCADE")
    diffractionPlanId: Mapped[int] = key(UInt, "DiffractionPlan.diffractionPlanId", ondelete="CASCADE")


class DataCollectionPlanGroup(Base, only="collab"):
    """Plans of a sample for one session."""

    dataCollectionPlanGroupId: Mapped[int] = key(UInt)
    sessionId: Mapped[int | None] = column(UInt, "BLSession.sessionId", ondelete="CASCADE")
    blSampleId: Mapped[int | None] = column(UInt, "BLSample.blSampleId", ondelete="CASCADE")
