"""What follows from space group and cell: how often a reflection is measured, and how far data can reach."""

import math
import random
from dataclasses import dataclass
from functools import lru_cache

import gemmi

from ..macromolecules import Cell

FIXED_ANGLES = frozenset({90.0, 120.0})
SMALLEST = 5000.0
"""No protein has a smaller cell [Å³]."""
USUAL: Cell = (90.0, 90.0, 90.0, 90.0, 90.0, 90.0)
"""Taken where a cell cannot be."""


@dataclass(frozen=True)
class Symmetry:
    """A space group and the cell of a crystal in it."""

    name: str
    """Hermann-Mauguin symbol with its spaces."""
    cell: Cell
    alike: int
    """Reflections of equal intensity, Friedel mates among them: the order of the Laue group."""
    per_volume: float
    """Unique reflections in a unit of reciprocal space [Å³]."""

    def finest(self, unique: int) -> float:
        """To which resolution there are about so many unique reflections [Å]."""
        return math.cbrt(4 / 3 * math.pi * self.per_volume / unique)


@lru_cache(maxsize=256)
def symmetry(space_group: str, cell: Cell) -> Symmetry:
    """The symmetry of a crystal; P 1 where there is no such space group or the cell does not fit it."""
    group = gemmi.find_spacegroup_by_name(space_group)
    box = gemmi.UnitCell(*cell)
    if not (min(cell) > 0 and SMALLEST < box.volume < math.inf):
        box = gemmi.UnitCell(*USUAL)
    if group is None or not box.is_compatible_with_spacegroup(group):
        group = gemmi.SpaceGroup("P 1")
    operations = group.operations()
    alike = len(list(operations.sym_ops)) * (1 if group.is_centrosymmetric() else 2)
    return Symmetry(group.hm, box.parameters, alike, box.volume / len(list(operations.cen_ops)) / alike)


def refined(cell: Cell, rng: random.Random, spread: float) -> Cell:
    """A cell near this one and of the same shape; lengths differ by this share."""
    factors = {length: rng.gauss(1, spread) for length in dict.fromkeys(cell[:3])}
    a, b, c = (round(length * factors[length], 3) for length in cell[:3])
    alpha, beta, gamma = (
        angle if angle in FIXED_ANGLES else round(angle + rng.gauss(0, 40 * spread), 3) for angle in cell[3:]
    )
    return a, b, c, alpha, beta, gamma
