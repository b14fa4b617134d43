"""One image of a detector as numbers: photons in each pixel, and pixels that see nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import UnreadableFile

Counts = NDArray[np.uint16] | NDArray[np.uint32]
"""Photons, shape (height, width). The largest number of the type marks a masked pixel, as detectors write it."""

LARGEST = 64_000_000
"""Pixels of the largest image that is read: beyond any detector, it is an accident or an attack."""


def masked_value(counts: NDArray[Any]) -> int:
    """What marks a masked pixel in counts of this type."""
    return int(np.iinfo(counts.dtype).max)


def require_size(height: int, width: int) -> None:
    """Raises UnreadableFile for an image that no detector has."""
    if height < 1 or width < 1 or height * width > LARGEST:
        raise UnreadableFile(f"An image of {width} × {height} pixels is not read.")


def as_counts(pixels: NDArray[Any]) -> Counts:
    """Pixels as detectors write them, shape (height, width), as counts: what is negative or no number is masked.

    Raises UnreadableFile for pixels that are not real numbers.
    """
    kind, size = pixels.dtype.kind, pixels.dtype.itemsize
    if kind not in "iuf":
        raise UnreadableFile(f"Pixels of type {pixels.dtype.name} are not counts.")
    pixels = np.ascontiguousarray(pixels, dtype=pixels.dtype.newbyteorder("="))
    if kind == "u" and size in (2, 4):
        counts: Counts = pixels
        return counts
    if kind == "u" and size == 1:
        return pixels.astype(np.uint16)
    if kind == "i" and size in (2, 4):
        counts = pixels.view(f"u{size}")
        counts[pixels < 0] = masked_value(counts)
        return counts
    return _limited(pixels)


def _limited(pixels: NDArray[Any]) -> NDArray[np.uint32]:
    """Counts of a type with a wider range: what is beyond 32 bits has the largest count that is none of the mask."""
    most = np.iinfo(np.uint32).max
    seen = np.isfinite(pixels) & (pixels >= 0)
    # The mark of a wider type, such as 2^64 - 1, is one here as well.
    if pixels.dtype.kind == "u":
        seen &= pixels != np.iinfo(pixels.dtype).max
    counts = np.full(pixels.shape, most, dtype=np.uint32)
    counts[seen] = np.rint(np.minimum(pixels[seen], most - 1)).astype(np.uint32)
    return counts


def add(images: Iterable[Counts]) -> NDArray[np.uint32]:
    """The sum of images, as uint32; masked where one of them is. One is held at a time."""
    most = np.iinfo(np.uint32).max
    total: NDArray[np.uint64] | None = None
    for image in images:
        if total is None:
            total = np.zeros(image.shape, dtype=np.uint64)
            masked = np.zeros(image.shape, dtype=np.bool_)
        if image.shape != total.shape:
            raise UnreadableFile("Images of different size cannot be added.")
        masked |= image == masked_value(image)
        total += image
    if total is None:
        raise ValueError("no images to add")
    summed = np.minimum(total, most - 1).astype(np.uint32)
    summed[masked] = most
    return summed


@dataclass(frozen=True, slots=True)
class Known:
    """What an image file says of how it was measured; None where it is silent. An image file has the last word."""

    wavelength: float | None = None
    """[Å]"""
    detectorDistance: float | None = None
    """[mm]"""
    beamCentreX: float | None = None
    """[pixel]"""
    beamCentreY: float | None = None
    """[pixel]"""
    pixelSizeX: float | None = None
    """[mm]"""
    pixelSizeY: float | None = None
    """[mm]"""
    saturation: float | None = None
    """Largest count that can be trusted."""
    exposureTime: float | None = None
    """[s]"""
    oscillation: float | None = None
    """Turn during an image [degrees]."""
    startAngle: float | None = None
    """Where the first image begins [degrees]."""
    detector: str | None = None
