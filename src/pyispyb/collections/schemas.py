"""Data collections over the wire."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..events.schemas import CollectionSnapshots, GridOut
from .state import State


class ProteinName(BaseModel):
    """The protein of a sample."""

    acronym: str | None = Field(description="Acronym")


class CrystalName(BaseModel):
    """The crystal of a sample."""

    Protein: ProteinName = Field(description="Its protein")


class SampleName(BaseModel):
    """The sample of a collection."""

    blSampleId: int = Field(description="Key")
    name: str | None = Field(description="Name")
    Crystal: CrystalName = Field(description="Its crystal")


class CollectionMetadata(BaseModel):
    """What is worked out for a collection."""

    snapshots: CollectionSnapshots = Field(description="Which pictures there are")
    state: State = Field(description="How it goes or went, from `runStatus` and the times")
    favourite: bool = Field(description="Somebody who sees it marked it as a favourite")
    siblings: list[int] = Field(description="Collections of the same group, in the order they were made")
    energy: float | None = Field(description="Photon energy, from the wavelength [keV]")
    attachments: int = Field(description="Attached files")
    endTimeExpected: bool = Field(description="`endTime` is not stored: the end its images let expect")


class CollectionDetail(BaseModel):
    """A data collection with every column that the connected database has."""

    model_config = ConfigDict(populate_by_name=True, extra="allow")

    dataCollectionId: int = Field(description="Key")
    dataCollectionGroupId: int = Field(description="Its group")
    startTime: datetime | None = Field(description="Begin, facility-local")
    endTime: datetime | None = Field(description="End, facility-local; see `_metadata.endTimeExpected`")
    sessionId: int = Field(description="Its session")
    session: str | None = Field(description="Name of its session")
    proposal: str = Field(description="Name of its proposal")
    blSampleId: int | None = Field(description="The sample, of the collection or else of its group")
    BLSample: SampleName | None = Field(description="The sample")
    DataCollectionGroup: dict[str, Any] = Field(description="Its group, all columns")
    Detector: dict[str, Any] | None = Field(description="The detector, all columns")
    GridInfo: list[GridOut] = Field(description="Its grids")
    metadata: CollectionMetadata = Field(alias="_metadata", description="Worked out")


class CommentChange(BaseModel):
    """A remark of people."""

    comments: str | None = Field(max_length=1024, description="The remark; null clears it")


class CollectionChange(BaseModel):
    """What people say of a collection. What is not sent stays."""

    comments: str | None = Field(None, max_length=1024, description="The remark; null clears it")
    favourite: bool | None = Field(None, description="Whether it is a favourite, for everybody who sees it")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if "comments" not in self.model_fields_set and self.favourite is None:
            raise ValueError("say `comments` or `favourite`")
        return self


class GroupOut(BaseModel):
    """A group of data collections: what is common to them."""

    dataCollectionGroupId: int = Field(description="Key")
    sessionId: int = Field(description="Its session")
    blSampleId: int | None = Field(description="The sample")
    experimentType: str | None = Field(description="Kind of experiment, such as `OSC`")
    startTime: datetime | None = Field(description="Begin, facility-local")
    endTime: datetime | None = Field(description="End, facility-local")
    comments: str | None = Field(description="Remark on the whole group")
    collections: int = Field(description="Data collections in it")


class IndicatorColumns(BaseModel):
    """Per-image quality indicators as columns of equal length; null for one without a value."""

    total: int = Field(description="Images with indicators")
    dataCollectionId: int = Field(description="Their collection")
    imageNumber: list[int] = Field(description="Numbers of the images, ascending")
    spotTotal: list[int | None] | None = Field(description="Spots")
    inResTotal: list[int | None] | None = Field(description="Spots within the resolution range")
    goodBraggCandidates: list[int | None] | None = Field(description="Spots that look like Bragg reflections")
    iceRings: list[int | None] | None = Field(description="Ice rings")
    method1Res: list[float | None] | None = Field(description="Resolution by the first method [Å]")
    method2Res: list[float | None] | None = Field(description="Resolution by the second method [Å]")
    maxUnitCell: list[float | None] | None = Field(description="Longest cell edge that the spots allow [Å]")
    pctSaturationTop50Peaks: list[float | None] | None = Field(description="Saturation of the strongest spots [%]")
    inResolutionOvrlSpots: list[int | None] | None = Field(description="Overlapping spots")
    binPopCutOffMethod2Res: list[float | None] | None = Field(description="Cut-off of the second method")
    totalIntegratedSignal: list[float | None] | None = Field(description="Signal in all spots [photons]")
    dozor_score: list[float | None] | None = Field(description="Diffraction signal as Dozor scores it")
    driftFactor: list[float | None] | None = Field(description="Drift of the signal")


class AttachmentOut(BaseModel):
    """A file attached to a collection."""

    dataCollectionFileAttachmentId: int = Field(description="Key")
    dataCollectionId: int = Field(description="Its collection")
    fileType: str | None = Field(description="snapshot, log, xy, recip, pia, warning, params")
    fileName: str = Field(description="File name without its folder")
    url: str = Field(description="Where it is, below the base of the API")
