"""The images of a collection: told about, as numbers, as a picture."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np

from ..access import Viewer
from ..db.database import Database
from ..errors import NotFound
from . import geometry, queries
from .binning import Method, binned, contrast, factor_for, histogram, statistics
from .frame import Counts, masked_value
from .locate import Source, source_of
from .preview import png
from .reader import ImageReader, Told

Pixel = Literal["float32", "counts"]

MASKED_FLOAT = -1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """Which image of which collection, and the sum of how many from there on."""

    dataCollectionId: int
    imageNumber: int | None
    frames: int = 1


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is to look: width [pixel], counts that are white and black, black on white or the reverse."""

    width: int
    low: float | None
    high: float | None
    inverted: bool
    method: Method


@dataclass(frozen=True, slots=True)
class Raw:
    """An image as bytes, row by row, little-endian."""

    content: bytes
    width: int
    height: int
    dtype: str
    masked: float


async def find(db: Database, viewer: Viewer, asked: Asked) -> tuple[Any, list[Source]]:
    """What the database says, and where each image asked for may be. Raises NotFound.

    The connection is given back: reading a file may take long, and others want to ask meanwhile.
    """
    values = {"collection_id": asked.dataCollectionId, "number": asked.imageNumber}
    row = await db.one(queries.image_files(viewer), NotFound.of("data collection", asked.dataCollectionId), values)
    await db.release()
    first = source_of(row, asked.imageNumber)
    others = [source_of(row, first.imageNumber + further) for further in range(1, asked.frames)]
    return row, [first, *others]


async def read_header(db: Database, viewer: Viewer, images: ImageReader, asked: Asked) -> dict[str, Any]:
    """How the images were measured; with a number, what the counts of that image are like as well.

    Raises NotFound and UnreadableFile.
    """
    row, (source, *_) = await find(db, viewer, asked)
    told = await images.run(partial(images.tell, source))
    header = _header(asked.dataCollectionId, row, source, told)
    if asked.imageNumber is not None:
        counts = await images.run(lambda: statistics(images.read(source, [])))
        header["braggy_hdr"] = geometry.braggy(_measures(told, row), told.width, told.height, counts)
    return header


def _measures(told: Told, row: Any) -> dict[str, geometry.Told]:
    return geometry.weighed(told.known, geometry.of_database(row, told.known))


def _header(collection_id: int, row: Any, source: Source, told: Told) -> dict[str, Any]:
    measures = _measures(told, row)
    resolution = geometry.resolution(measures, told.width, told.height)
    return {
        "dataCollectionId": collection_id,
        "imageNumber": source.imageNumber,
        "format": told.kind,
        "firstImage": 1 if row.startImageNumber is None else row.startImageNumber,
        "numberOfImages": row.numberOfImages,
        "imagesOnDisk": told.images,
        "width": told.width,
        "height": told.height,
        "bits": told.bits,
        "masked": 2**told.bits - 1,
        **measures,
        "resolution": {
            "value": row.resolution if resolution is None else resolution,
            "source": "computed" if resolution is not None else None if row.resolution is None else "database",
            "database": row.resolution,
        },
        "dose": {
            "value": row.totalAbsorbedDose,
            "source": None if row.totalAbsorbedDose is None else "database",
            "database": row.totalAbsorbedDose,
        },
        "braggy_hdr": None,
    }


def read_histogram(images: ImageReader, sources: list[Source]) -> dict[str, Any]:
    """How many pixels have how many counts. Raises NotFound and UnreadableFile."""
    values, bins = histogram(images.read(sources[0], sources[1:]))
    fullest = int(values.max()) if values.size else 0
    return {"values": values.tolist(), "bins": bins, "shape": [len(values)], "max": fullest}


def read_raw(images: ImageReader, sources: list[Source], binning: int, method: Method, pixel: Pixel) -> Raw:
    """The counts of an image, binned. Raises NotFound and UnreadableFile."""
    counts = binned(images.read(sources[0], sources[1:]), binning, method)
    height, width = counts.shape
    if pixel == "counts":
        little = counts.astype(counts.dtype.newbyteorder("<"), copy=False)
        return Raw(little.tobytes(), width, height, counts.dtype.name, masked_value(counts))
    return Raw(_floats(counts), width, height, "float32", MASKED_FLOAT)


def _floats(counts: Counts) -> bytes:
    pixels = counts.astype("<f4")
    pixels[counts == masked_value(counts)] = np.float32(MASKED_FLOAT)
    return pixels.tobytes()


def draw(images: ImageReader, sources: list[Source], look: Look) -> bytes:
    """An image as PNG. Raises NotFound and UnreadableFile."""
    counts = images.read(sources[0], sources[1:])
    small = binned(counts, factor_for(counts, look.width), look.method)
    low, high = contrast(small)
    return png(
        small,
        low if look.low is None else look.low,
        high if look.high is None else look.high,
        inverted=look.inverted,
    )
