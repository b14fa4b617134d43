"""Energy scans and fluorescence spectra as numbers."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

Part = Literal["measured", "factors"]


class Measured(BaseModel):
    """What the detector counted, by energy: columns of equal length."""

    energy: list[float] = Field(description="Energy, ascending [keV]")
    counts: list[float] = Field(description="Counts, or whatever the beamline normalised them to")


class Factors(BaseModel):
    """Anomalous scattering factors by energy: columns of equal length."""

    energy: list[float] = Field(description="Energy, ascending [keV]")
    fDoublePrime: list[float] = Field(description="f″ [electrons]")
    fPrime: list[float] = Field(description="f′ [electrons]")


class Choice(BaseModel):
    """An energy that data may be collected at."""

    kind: Literal["peak", "inflection", "remote"] = Field(description="Largest f″, smallest f′, or away from the edge")
    energy: float = Field(description="Energy [keV]")
    fPrime: float | None = Field(description="f′ there [electrons]")
    fDoublePrime: float | None = Field(description="f″ there [electrons]")


class Missing(BaseModel):
    """Numbers that could not be had."""

    part: Part = Field(description="Which")
    detail: str = Field(description="Why")


class Gaps(BaseModel):
    """What is not there."""

    missing: list[Missing] = Field(description="Numbers that could not be had, and why")


class MeasuredFields(BaseModel):
    """How a scan or a spectrum was measured, as it was noted."""

    blSubSampleId: int | None = Field(description="The part of the sample")
    startTime: datetime | None = Field(description="Begin")
    endTime: datetime | None = Field(description="End")
    exposureTime: float | None = Field(description="Exposure [s]")
    axisPosition: float | None = Field(description="Rotation [degrees]")
    beamSizeVertical: float | None = Field(description="Height of the beam [mm]")
    beamSizeHorizontal: float | None = Field(description="Width of the beam [mm]")
    flux: float | None = Field(description="Flux at the begin [photons/s]")
    flux_end: float | None = Field(description="Flux at the end [photons/s]")
    crystalClass: str | None = Field(description="Class given to the crystal")
    comments: str | None = Field(description="Remarks")
    filename: str | None = Field(description="File of the result")
    workingDirectory: str | None = Field(description="Folder")
    scanFileFullPath: str | None = Field(description="File of the measured points")


class ScanFields(MeasuredFields):
    """How an energy scan was measured."""

    fluorescenceDetector: str | None = Field(description="Detector")
    transmissionFactor: float | None = Field(description="Transmission of the attenuators [%]")
    synchrotronCurrent: float | None = Field(description="Ring current [mA]")
    temperature: float | None = Field(description="Temperature at the sample [K]")
    xrayDose: float | None = Field(description="Absorbed dose [MGy]")
    choochFileFullPath: str | None = Field(description="Table of f′ and f″")
    jpegChoochFileFullPath: str | None = Field(description="Plot of f′ and f″")


class SpectrumFields(MeasuredFields):
    """How a fluorescence spectrum was measured."""

    beamTransmission: float | None = Field(description="Transmission of the attenuators [%]")
    jpegScanFileFullPath: str | None = Field(description="Plot of the spectrum")
    annotatedPymcaXfeSpectrum: str | None = Field(description="Fitted spectrum as page")
    fittedDataFileFullPath: str | None = Field(description="Fitted spectrum as table")


class EnergyScanValues(ScanFields):
    """An energy scan as numbers, and how it was measured."""

    energyScanId: int = Field(description="Key")
    sessionId: int = Field(description="Its session")
    blSampleId: int | None = Field(description="The sample")
    element: str | None = Field(description="Element")
    edge: str | None = Field(description="The edge as it was noted")
    edgeEnergy: float | None = Field(
        description="Energy of the edge: as it was noted, or else as tables have that of the edge named; null where "
        "neither is known [keV]"
    )
    startEnergy: float | None = Field(description="Begin of the scan [keV]")
    endEnergy: float | None = Field(description="End of the scan [keV]")
    choices: list[Choice] = Field(description="Energies that data may be collected at")
    measured: Measured | None = Field(description="What the detector counted")
    factors: Factors | None = Field(description="f′ and f″ that follow from it")
    metadata: Gaps = Field(alias="_metadata", description="What is not there")


class SpectrumValues(SpectrumFields):
    """A fluorescence spectrum as numbers, and how it was measured."""

    xfeFluorescenceSpectrumId: int = Field(description="Key")
    sessionId: int = Field(description="Its session")
    blSampleId: int | None = Field(description="The sample")
    energy: float | None = Field(description="Energy of the exciting beam [keV]")
    measured: Measured | None = Field(description="What the detector counted")
    metadata: Gaps = Field(alias="_metadata", description="What is not there")
