"""What is told of diffraction images."""

from typing import Any, Literal

from pydantic import BaseModel, Field

Origin = Literal["image", "database", "computed"]


class Measure(BaseModel):
    """A number, and where it came from. The image file counts first."""

    value: float | None = Field(description="Null where neither says it")
    source: Origin | None = Field(description="The image file, the database, or computed from other values here")
    database: float | None = Field(description="What the database has recorded")


class Name(BaseModel):
    """A name, and where it came from."""

    value: str | None = Field(description="Null where neither says it")
    source: Origin | None = Field(description="The image file or the database")
    database: str | None = Field(description="What the database has recorded")


class ImageHeader(BaseModel):
    """How the images of a collection were measured, and what there is of them on disk."""

    dataCollectionId: int = Field(description="Key of the collection")
    imageNumber: int = Field(description="Of the image that was looked at")
    format: str = Field(description="HDF5, CBF, ADSC, MarCCD")
    firstImage: int = Field(description="Number of the first image")
    numberOfImages: int | None = Field(description="Images of the collection, as the database has it")
    imagesOnDisk: int | None = Field(description="Images in the HDF5 file; null where each image is a file")
    width: int = Field(description="[pixel]")
    height: int = Field(description="[pixel]")
    bits: int = Field(description="Of a count as it is sent: 16 or 32")
    masked: int = Field(description="The count that marks pixels which see nothing")
    wavelength: Measure = Field(description="[Å]")
    detectorDistance: Measure = Field(description="[mm]")
    beamCentreX: Measure = Field(description="From the left [pixel]")
    beamCentreY: Measure = Field(description="From the top [pixel]")
    pixelSizeX: Measure = Field(description="[mm]")
    pixelSizeY: Measure = Field(description="[mm]")
    saturation: Measure = Field(description="Largest count that can be trusted")
    exposureTime: Measure = Field(description="Of an image [s]")
    oscillation: Measure = Field(description="Turn during an image [degrees]")
    startAngle: Measure = Field(description="Where the first image begins [degrees]")
    resolution: Measure = Field(description="Of the largest ring that lies whole on the detector [Å]")
    dose: Measure = Field(description="Absorbed dose of the collection [MGy]")
    detector: Name = Field(description="Manufacturer and model")
    braggy_hdr: dict[str, Any] | None = Field(
        description="The same under the names of py-ispyb, in metres, with the least, largest and mean count; "
        "only with `imageNumber`"
    )


class Histogram(BaseModel):
    """How many pixels of an image have how many counts."""

    values: list[int] = Field(description="Pixels in each bin")
    bins: list[int] = Field(description="Edges of the bins in counts, one more than there are bins")
    shape: list[int] = Field(description="Number of bins")
    max: int = Field(description="Pixels in the fullest bin")
