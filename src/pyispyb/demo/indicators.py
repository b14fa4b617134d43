"""What the spot finder says of each image, for a crystal that turns, dies, and sometimes freezes over.

The columns are those of ISPyB's ImageQualityIndicators: spot counts, resolutions [Å], the Dozor score (no unit) and the
integrated signal [photons].
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .grids import Grid
from .specimen import Diffraction, Floats, Specimen

Numbers = NDArray[np.int64]

EMPTY_RESOLUTION = 45.0
"""What the spot finder reports when there is nothing to see [Å]."""


@dataclass(frozen=True)
class Indicators:
    """One value per image in each column; all columns have the same length."""

    imageNumber: Numbers
    spotTotal: Numbers
    inResTotal: Numbers
    goodBraggCandidates: Numbers
    iceRings: Numbers
    method1Res: Floats
    method2Res: Floats
    totalIntegratedSignal: Floats
    dozor_score: Floats
    driftFactor: Floats

    def columns(self, first: int = 0, last: int | None = None) -> dict[str, list[int] | list[float]]:
        """Plain lists of the images first … last - 1, counted from 0."""
        return {name: column[first:last].tolist() for name, column in vars(self).items()}

    def first(self, images: int) -> "Indicators":
        """Those of the first images only."""
        return Indicators(**{name: column[:images] for name, column in vars(self).items()})

    def thinned(self, step: int) -> "Indicators":
        """Every step-th image, as where the analysis could not keep up."""
        return Indicators(**{name: column[::step] for name, column in vars(self).items()})


def of_sweep(
    diffraction: Diffraction, angles: Floats, share_of_dose: float, seed: int, offset: float = 0.0
) -> Indicators:
    """Indicators of images taken at these spindle angles [degrees].

    The share of dose is what the whole sweep gives, in units of the dose of a usual full data set; the offset is what
    the crystal had before.
    """
    rng = np.random.default_rng([seed, angles.size])
    progress = offset + share_of_dose * np.linspace(0, 1, angles.size)
    alive = (1 - diffraction.decay) ** progress
    swing = 1 + diffraction.anisotropy * np.cos(2 * np.radians(angles - diffraction.phase))
    swing += 0.3 * diffraction.anisotropy * np.cos(np.radians(angles - 2 * diffraction.phase))
    slow = np.interp(np.linspace(0, 1, angles.size), np.linspace(0, 1, 24), rng.normal(0, 0.045, 24))
    score = diffraction.strength * alive * np.maximum(swing + slow, 0.08)
    return _indicators(score, diffraction, rng, _ice_episodes(diffraction, angles.size, rng))


def of_grid(specimen: Specimen, diffraction: Diffraction, grid: Grid, seed: int) -> Indicators:
    """Indicators of a grid scan, image by image in the order of the scan."""
    rng = np.random.default_rng([seed, grid.images])
    path = illuminated(specimen, grid)
    typical = max(float(np.percentile(path[path > 0], 75)), 8.0) if (path > 0).any() else 1.0
    grainy = rng.lognormal(0, 0.16, path.shape)
    score = 0.75 * diffraction.strength * np.minimum(path / typical, 1.3) ** 0.8 * grainy
    return _indicators(grid.in_scan_order(score), diffraction, rng, np.zeros(grid.images, dtype=np.int64))


def illuminated(specimen: Specimen, grid: Grid) -> Floats:
    """Mean path of the beam through the crystal at each point of a grid [µm], shape (steps_y, steps_x)."""
    fine = 5
    x, y = grid.beam_positions(fine)
    thickness = specimen.crystal.rotated(grid.omega).slab(x, y).thickness
    binned: Floats = thickness.reshape(grid.steps_y, fine, grid.steps_x, fine).mean(axis=(1, 3)).astype(np.float64)
    return binned


def _ice_episodes(diffraction: Diffraction, images: int, rng: np.random.Generator) -> Numbers:
    """Number of ice rings per image: a speck of ice crosses the beam for a part of the turn."""
    rings = np.zeros(images, dtype=np.int64)
    if not diffraction.icy:
        return rings
    places = np.arange(images)
    for _ in range(int(rng.integers(2, 5))):
        middle, half = rng.uniform(0, images), images * rng.uniform(0.02, 0.08)
        height = rng.uniform(2, 7)
        rings = np.maximum(rings, np.rint(height * np.exp(-(((places - middle) / half) ** 2)))).astype(np.int64)
    return rings


def _indicators(score: Floats, diffraction: Diffraction, rng: np.random.Generator, ice: Numbers) -> Indicators:
    images = score.size
    noisy = np.maximum(score * rng.normal(1, 0.05, images) + rng.normal(0, 0.12, images), 0.0)
    seen = noisy > 0.5
    real = rng.poisson(7.5 * noisy**0.83 * diffraction.resolution**-0.3)
    stray = rng.poisson(1.6, images) + ice * rng.poisson(5, images)
    weaker = np.log(np.maximum(diffraction.strength / np.maximum(noisy, 0.5), 0.7))
    best = diffraction.resolution * np.exp(0.11 * weaker) * rng.normal(1, 0.012, images)
    resolution = np.where(seen, np.minimum(best, 12.0), EMPTY_RESOLUTION)
    return Indicators(
        imageNumber=np.arange(1, images + 1),
        spotTotal=real + stray,
        inResTotal=real + stray // 2,
        goodBraggCandidates=rng.binomial(real, 0.86),
        iceRings=ice,
        method1Res=_rounded(resolution * rng.normal(1.04, 0.01, images), 3),
        method2Res=_rounded(resolution, 3),
        totalIntegratedSignal=_rounded(real * 410.0 * rng.normal(1, 0.04, images) + 90 * stray, 1),
        dozor_score=_rounded(noisy, 3),
        driftFactor=_rounded(np.abs(rng.normal(0, 0.02, images)), 4),
    )


def _rounded(values: Floats, digits: int) -> Floats:
    rounded: Floats = np.round(values, digits)
    return rounded
