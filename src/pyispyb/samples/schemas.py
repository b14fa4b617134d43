"""Samples, proteins and containers over the wire."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class _Row(BaseModel):
    model_config = ConfigDict(populate_by_name=True)


class SampleContainer(_Row):
    """The container a sample sits in; all null when it sits in none."""

    containerId: int | None = Field(description="Key")
    code: str | None = Field(description="Name on the container")
    sampleChangerLocation: str | None = Field(description="Place in the sample changer")
    beamlineLocation: str | None = Field(description="Beamline it stands on")
    barcode: str | None = Field(description="Barcode")
    containerType: str | None = Field(description="Type, such as `Unipuck`")
    capacity: int | None = Field(description="Places")


class SampleProtein(_Row):
    """The protein of a sample."""

    proteinId: int | None = Field(description="Key")
    acronym: str | None = Field(description="Acronym")
    name: str | None = Field(description="Name")


class SampleCrystal(_Row):
    """The crystal of a sample."""

    crystalId: int | None = Field(description="Key")
    name: str | None = Field(description="Name")
    spaceGroup: str | None = Field(description="Space group")
    space_group: str | None = Field(description="Space group, as MXCuBE reads it")
    cell_a: float | None = Field(description="Cell edge a [Å]")
    cell_b: float | None = Field(description="Cell edge b [Å]")
    cell_c: float | None = Field(description="Cell edge c [Å]")
    cell_alpha: float | None = Field(description="Cell angle α [degrees]")
    cell_beta: float | None = Field(description="Cell angle β [degrees]")
    cell_gamma: float | None = Field(description="Cell angle γ [degrees]")
    Protein: SampleProtein = Field(description="Its protein")


class SamplePlan(_Row):
    """What is planned for a sample; all null when nothing is."""

    diffractionPlanId: int | None = Field(description="Key")
    experimentKind: str | None = Field(description="Kind of experiment")
    requiredResolution: float | None = Field(description="Resolution needed [Å]")
    aimedResolution: float | None = Field(description="Resolution aimed at [Å]")
    preferredBeamDiameter: float | None = Field(description="Beam wished for [µm]")


class SampleMetadata(_Row):
    """Counted among what the viewer sees."""

    datacollections: int = Field(description="Groups of data collections")
    subsamples: int = Field(description="Parts of the sample")
    proposal: str = Field(description="Name of the proposal")
    types: list[str] = Field(description="Kinds of experiment made with it")
    lastCollection: datetime | None = Field(description="Begin of the latest")


class SampleOut(_Row):
    """A sample with all that surrounds it. Nested objects are never null."""

    blSampleId: int = Field(description="Key")
    name: str | None = Field(description="Name")
    code: str | None = Field(description="Barcode")
    location: str | None = Field(description="Place in the container")
    subLocation: int | None = Field(description="Place within that place")
    blSampleStatus: str | None = Field(description="Status")
    comments: str | None = Field(description="Remarks")
    containerId: int | None = Field(description="The container")
    crystalId: int | None = Field(description="The crystal")
    diffractionPlanId: int | None = Field(description="The plan")
    isInSampleChanger: bool | None = Field(description="In the sample changer now")
    lastKnownCenteringPosition: str | None = Field(description="Motors at which it was centred last")
    Container: SampleContainer = Field(description="The container")
    Crystal: SampleCrystal = Field(description="The crystal")
    DiffractionPlan: SamplePlan = Field(description="The plan")
    metadata: SampleMetadata = Field(alias="_metadata", description="Counts")


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class SampleChange(BaseModel):
    """What control software may change of a sample: its status and its position. Other fields are passed over."""

    model_config = ConfigDict(extra="allow")

    blSampleStatus: str | None = Field(None, description="Status")
    location: Annotated[str | None, BeforeValidator(_as_text)] = Field(None, description="Place in the container")
    isInSampleChanger: bool | None = Field(None, description="In the sample changer now")
    lastKnownCenteringPosition: str | None = Field(None, description="Motors at which it was centred last")
    lastImageURL: str | None = Field(None, description="Latest picture")


class SubSampleOut(_Row):
    """A part of a sample with every column that the connected database has."""

    model_config = ConfigDict(extra="allow")

    blSubSampleId: int = Field(description="Key")
    blSampleId: int = Field(description="The sample")
    sample: str | None = Field(description="Name of the sample")


class ProteinMetadata(_Row):
    """Counted among what the viewer sees."""

    pdbs: int = Field(description="Structures it is linked to")
    crystals: int = Field(description="Crystal forms")
    samples: int = Field(description="Samples")
    datacollections: int = Field(description="Groups of data collections")
    proposal: str = Field(description="Name of the proposal")


class ProteinOut(_Row):
    """A protein with every column that the connected database has; its sequence comes with one protein only."""

    model_config = ConfigDict(extra="allow")

    proteinId: int = Field(description="Key")
    proposalId: int = Field(description="The proposal")
    acronym: str | None = Field(description="Acronym")
    name: str | None = Field(description="Name")
    metadata: ProteinMetadata = Field(alias="_metadata", description="Counts")


class ContainerMetadata(_Row):
    """Counted among what the viewer sees."""

    samples: int = Field(description="Samples in it")
    proposal: str | None = Field(description="Name of the proposal it was sent for; null where you do not see that")


class ContainerOut(SampleContainer):
    """A container: puck, plate, box."""

    containerStatus: str | None = Field(description="Status")
    dewarId: int | None = Field(description="Dewar it came in; null where you do not see its proposal")
    sessionId: int | None = Field(description="Session it is assigned to; null where you do not see that")
    comments: str | None = Field(description="Remarks")
    metadata: ContainerMetadata = Field(alias="_metadata", description="Counts")
