"""The unique reflections of a crystal within limits of resolution, counted one by one, and ranges of resolution."""

import math
from dataclasses import dataclass
from functools import lru_cache

import gemmi
import numpy as np
from numpy.typing import NDArray

from ..macromolecules import Cell
from ..specimen import Floats
from .symmetry import Symmetry

Indices = NDArray[np.int32]
"""h, k and l, shape (n, 3)."""
Ellipsoid = tuple[float, float, float]
"""Limits of diffraction along a, b and c* [Å]."""

STEP = 0.8
"""Sets of indices that crystals of one kind share reach to powers of this [Å]."""
SWELLING = 0.97
"""By so much at most cells of crystals of one kind differ in length."""
FEWEST = 20
"""Reflections that make a range, about."""
SAMPLED = 300
"""Reflections of a range that are looked at to find its limits."""


@dataclass(frozen=True)
class Limits:
    """How far data reach."""

    low: float
    """What lies behind the beam stop [Å]."""
    high: float
    """[Å]; along the best direction, if there is an ellipsoid."""
    ellipsoid: Ellipsoid | None = None

    def hold(self, squares: Floats) -> NDArray[np.bool_]:
        """Which reflections lie between the two resolutions, from their 1/d² [Å⁻²]."""
        held: NDArray[np.bool_] = (squares >= self.low**-2) & (squares <= self.high**-2)
        return held

    def within(self, indices: Indices, cell: Cell) -> NDArray[np.bool_]:
        """Which of these reflections lie within the ellipsoid."""
        return inverse_squares(indices, self._squeezed(cell)) <= 1

    def _squeezed(self, cell: Cell) -> Cell:
        """The cell of a crystal that is pressed together so that the ellipsoid is a sphere, of 1 Å."""
        edges = np.array(gemmi.UnitCell(*cell).orth.mat.tolist()).T / (self.ellipsoid or self.high)
        a, b, c = np.linalg.norm(edges, axis=1)
        cosines = (edges @ edges.T)[[1, 0, 0], [2, 2, 1]] / (b * c, a * c, a * b)
        alpha, beta, gamma = np.degrees(np.arccos(cosines))
        return float(a), float(b), float(c), float(alpha), float(beta), float(gamma)


@dataclass(frozen=True)
class Ranges:
    """Ranges of resolution, from low to high, and what there is in each."""

    limits: Floats
    """Of the ranges, one more than there are of them [Å]."""
    middle: Floats
    """Mean resolution of what could be measured [Å]."""
    possible: Floats
    """Unique reflections there are."""
    inside: Floats
    """Of these, within the limits of diffraction."""


def inverse_squares(indices: Indices, cell: Cell) -> Floats:
    """1/d² of reflections [Å⁻²]."""
    squares: Floats = gemmi.UnitCell(*cell).calculate_1_d2_array(indices)
    return squares


def places(squares: Floats, limits: Floats) -> NDArray[np.intp]:
    """In which range each reflection is, by its 1/d²; the outermost limits do not matter."""
    return np.searchsorted(limits[1:-1] ** -2, squares, side="right")


def ranges(crystal: Symmetry, cell: Cell, limits: Limits, count: int) -> Ranges:
    """So many ranges of what a crystal in this refined cell could give.

    They have equal volumes in reciprocal space; within an ellipsoid, equal numbers of reflections. There are fewer of
    them where there is little to share out.
    """
    indices = _near(crystal, limits.high)
    squares = inverse_squares(indices, cell)
    held = limits.hold(squares)
    within = squares[held & limits.within(indices, cell)] if limits.ellipsoid else squares[held]
    count = max(1, min(count, within.size // FEWEST))
    edges = (_equal_numbers if limits.ellipsoid else _equal_volumes)(within, count)
    bounds = (edges**-0.5).round(5)
    at = places(within, bounds)
    inside = _numbers(at, count)
    middle = (np.bincount(at, weights=within, minlength=count) / inside) ** -0.5
    if not limits.ellipsoid:
        return Ranges(bounds, middle, inside, inside)
    reached = squares[held & (squares <= within.max())]
    return Ranges(bounds, middle, _numbers(places(reached, bounds), count), inside)


def _numbers(at: NDArray[np.intp], count: int) -> Floats:
    """How many are in each range."""
    return np.bincount(at, minlength=count).astype(np.float64)


def _near(crystal: Symmetry, high: float) -> Indices:
    """Indices of at least all reflections to a resolution [Å], whatever the exact cell of the crystal."""
    return _shared(crystal.name, crystal.cell, STEP ** math.ceil(math.log(high * SWELLING, STEP)))


@lru_cache(maxsize=48)
def _shared(space_group: str, cell: Cell, high: float) -> Indices:
    """Indices of the unique reflections to a resolution [Å]."""
    return gemmi.make_miller_array(gemmi.UnitCell(*cell), gemmi.SpaceGroup(space_group), high)


def _equal_volumes(squares: Floats, count: int) -> Floats:
    volumes = np.linspace(squares.min() ** 1.5, squares.max() ** 1.5, count + 1)
    edges: Floats = volumes ** (2 / 3)
    return edges


def _equal_numbers(squares: Floats, count: int) -> Floats:
    """Nearly: some of the reflections stand for all."""
    edges: Floats = np.quantile(squares[:: max(1, squares.size // (SAMPLED * count))], np.linspace(0, 1, count + 1))
    edges[[0, -1]] = squares.min(), squares.max()
    return edges
