"""Energy scans and fluorescence spectra as numbers."""

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


class EnergyScanValues(BaseModel):
    """An energy scan as numbers."""

    energyScanId: int = Field(description="Key")
    sessionId: int = Field(description="Its session")
    blSampleId: int | None = Field(description="The sample")
    element: str | None = Field(description="Element")
    edge: str | None = Field(description="The edge as it was noted")
    edgeEnergy: float | None = Field(description="Energy of the edge as it was noted, or as tables have it [keV]")
    choices: list[Choice] = Field(description="Energies that data may be collected at")
    measured: Measured | None = Field(description="What the detector counted")
    factors: Factors | None = Field(description="f′ and f″ that follow from it")
    metadata: Gaps = Field(alias="_metadata", description="What is not there")


class SpectrumValues(BaseModel):
    """A fluorescence spectrum as numbers."""

    xfeFluorescenceSpectrumId: int = Field(description="Key")
    sessionId: int = Field(description="Its session")
    blSampleId: int | None = Field(description="The sample")
    energy: float | None = Field(description="Energy of the exciting beam [keV]")
    measured: Measured | None = Field(description="What the detector counted")
    metadata: Gaps = Field(alias="_metadata", description="What is not there")
