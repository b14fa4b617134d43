"""Smaller images of large ones, and what is needed to choose the contrast. Masked pixels count for nothing."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .frame import Counts, masked_value

Method = Literal["max", "mean"]

STRIP = 2**18
"""Pixels that are worked on at once: they fit into the processor's cache."""


def binned(counts: Counts, factor: int, method: Method = "max") -> Counts:
    """Every square of `factor` pixels as one; a last row or column that is no whole square is left out.

    The largest keeps spots, which are small; the mean, rounded, tells a weak background apart. A square is masked when
    all of it is.
    """
    if factor == 1:
        return counts
    height, width = counts.shape[0] // factor, counts.shape[1] // factor
    made: Counts = np.empty((height, width), dtype=counts.dtype)
    rows = max(STRIP // max(counts.shape[1], 1) // factor, 1)
    for first in range(0, height, rows):
        last = min(first + rows, height)
        strip = counts[first * factor : last * factor, : width * factor]
        made[first:last] = _largest(strip, factor) if method == "max" else _mean(strip, factor)
    return made


def _largest(strip: Counts, factor: int) -> Counts:
    """The mark of a masked pixel is the largest number: one more makes it 0, the least of all."""
    shifted = strip + strip.dtype.type(1)
    lines = shifted[::factor]
    for row in range(1, factor):
        lines = np.maximum(lines, shifted[row::factor])
    columns = lines[:, ::factor]
    for column in range(1, factor):
        columns = np.maximum(columns, lines[:, column::factor])
    shrunk: Counts = columns - strip.dtype.type(1)
    return shrunk


def _mean(strip: Counts, factor: int) -> Counts:
    masked = masked_value(strip)
    seen = strip != masked
    squares = (strip.shape[0] // factor, factor, strip.shape[1] // factor, factor)
    total = np.where(seen, strip, 0).reshape(squares).sum(axis=(1, 3), dtype=np.uint64)
    number = seen.reshape(squares).sum(axis=(1, 3))
    mean = np.full(total.shape, masked, dtype=strip.dtype)
    np.divide(total + number // 2, number, out=mean, where=number > 0, casting="unsafe")
    return mean


def factor_for(counts: Counts, width: int) -> int:
    """How much to bin so that the image is about this wide, and not wider than half as much again."""
    return max(round(int(counts.shape[1]) / width), 1)


LEAST_CONTRAST = 4
"""Photons between white and black at least: an image of nothing is not to look like one of noise."""
BRIGHT = 0.998
"""Share of the pixels that are not yet black."""


def contrast(counts: Counts) -> tuple[int, int]:
    """Counts that are shown white and black: spots stand out, and the background is seen."""
    some = counts.ravel()[:: max(counts.size // 250_000, 1)]
    seen = some[some != masked_value(counts)]
    if not seen.size:
        return 0, LEAST_CONTRAST
    return 0, max(_count_at(seen, int(seen.size * BRIGHT)), LEAST_CONTRAST)


FEW = 2**16
"""Counts below this are told apart by counting them, many times faster than by putting them in order."""


def _count_at(seen: Counts, place: int) -> int:
    """The count at a place of the ordered counts."""
    number = np.bincount(np.minimum(seen, FEW - 1).astype(np.int64))
    found = int(np.searchsorted(number.cumsum(), place, side="right"))
    return found if found < FEW - 1 else int(_ordered(seen)[place])


def _ordered(seen: Counts) -> Counts:
    """From the least to the largest. To find one place only takes numpy longer where most counts are alike."""
    ordered = seen.copy()
    ordered.sort()
    return ordered


def histogram(counts: Counts, most: int = 300) -> tuple[NDArray[np.int64], list[int]]:
    """How many pixels have how many counts, and the edges of the bins, one more than these; up to `most` bins.

    The brightest thousandth lies beyond: a few spots would squeeze all else into one bin.
    """
    seen = counts[counts != masked_value(counts)]
    if not seen.size:
        return np.zeros(0, dtype=np.int64), [0]
    ordered = _ordered(seen)
    top = int(ordered[int(seen.size * 0.999)]) + 1
    step = -(-top // most)
    edges = np.arange(0, top + step, step)
    # Of the kind of the counts: of another, numpy would turn all counts into that first.
    sought = np.minimum(edges, np.iinfo(seen.dtype).max).astype(seen.dtype)
    places = np.searchsorted(ordered, sought)
    places[-1] = np.searchsorted(ordered, sought[-1], side="right")  # the last bin has its upper edge too
    return np.diff(places).astype(np.int64), edges.tolist()


def statistics(counts: Counts) -> dict[str, float | None]:
    """Least, largest, mean and standard deviation of what is not masked; None where everything is."""
    seen = counts[counts != masked_value(counts)]
    if not seen.size:
        return dict.fromkeys(("min", "max", "mean", "std"))
    return {"min": int(seen.min()), "max": int(seen.max()), "mean": float(seen.mean()), "std": float(seen.std())}
