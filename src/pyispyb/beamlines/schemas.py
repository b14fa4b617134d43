"""Detectors and set-ups of beamlines over the wire."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class DetectorOut(BaseModel):
    """A detector with every column that the connected database has."""

    model_config = ConfigDict(extra="allow")

    detectorId: int = Field(description="Key")
    detectorType: str | None = Field(description="Type")
    detectorManufacturer: str | None = Field(description="Manufacturer")
    detectorModel: str | None = Field(description="Model")
    detectorMode: str | None = Field(description="Mode")


class SetupOut(BaseModel):
    """A set-up of a beamline with every column that the connected database has."""

    model_config = ConfigDict(extra="allow")

    beamLineSetupId: int = Field(description="Key")


def _type_of(value: Any) -> Any:
    """An undulator is sent as its type, or as an object that has one."""
    return value.get("type") if isinstance(value, dict) else value


class BeamlineConfig(BaseModel):
    """A beamline as MXCuBE's `bl_config` describes it."""

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False, coerce_numbers_to_str=True)

    synchrotron_name: str | None = Field(None, description="Name of the synchrotron")
    synchrotron_mode: str | None = Field(None, description="Filling mode")
    undulators: list[Annotated[str | None, BeforeValidator(_type_of)]] | None = Field(
        None, description="Types of up to three undulators"
    )
    focusing_optic: str | None = Field(None, description="Focusing optic")
    monochromator_type: str | None = Field(None, description="Monochromator")
    beam_divergence_vertical: float | None = Field(None, description="Vertical divergence [µrad]")
    beam_divergence_horizontal: float | None = Field(None, description="Horizontal divergence [µrad]")
    polarisation: float | None = Field(None, description="Polarisation of the beam")
    maximum_phi_speed: float | None = Field(None, description="Fastest rotation [degrees/s]")
    minimum_phi_oscillation: float | None = Field(None, description="Smallest rotation of an image [degrees]")
    minimum_exposure_time: float | None = Field(None, description="Shortest exposure [s]")
    detector_type: str | None = Field(None, description="Detector")
    detector_manufacturer: str | None = Field(None, description="Detector")
    detector_model: str | None = Field(None, description="Detector")


class SetupCreated(BaseModel):
    """A set-up as it was written."""

    model_config = ConfigDict(populate_by_name=True)

    beamLineSetupId: int = Field(description="Key")
    metadata: dict[str, list[str]] = Field(alias="_metadata", description="`notKept`: columns this database lacks")
