"""A bundle of helices of alanines: no protein of nature, but with the geometry of one."""

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np

from ..specimen import Floats

HELIX = 14
"""Residues of a helix."""
HELICAL = (-57.0, -47.0)
"""φ and ψ of an α-helix [degrees]."""
TURNS = (
    ((-90.0, 0.0), (-85.0, 70.0), (-60.0, -30.0), (-60.0, 140.0)),
    ((-85.0, 70.0), (-75.0, -20.0), (-90.0, 0.0), (-100.0, 100.0)),
    ((-60.0, -30.0), (-65.0, 120.0), (-90.0, 0.0), (-60.0, 140.0)),
)
"""φ and ψ of the residues between helices: of many that were tried, those that fold them most compactly [degrees]."""

Residue = dict[str, Floats]
"""Positions of a residue's atoms by their names [Å]."""


@lru_cache(maxsize=1)
def bundle() -> tuple[Residue, ...]:
    """Four helices one after the other, their centre at the origin."""
    helix = (HELICAL,) * HELIX
    angles = [*helix]
    for turn in TURNS:
        angles += [*turn, *helix]
    traced = _backbone(angles)
    return tuple(_residues(traced - traced[1::3].mean(axis=0)))


def _backbone(angles: list[tuple[float, float]]) -> Floats:
    """N, Cα and C of each residue from φ and ψ, one bond after the other (Parsons et al., 2005); shape (3 n, 3)."""
    placed = [np.array((0.0, 0.0, 0.0)), np.array((1.458, 0.0, 0.0)), np.array((2.009, 1.42, 0.0))]
    for (_, psi), (phi, _) in pairwise(angles):
        for length, angle, torsion in ((1.329, 116.6, psi), (1.458, 121.7, 180.0), (1.525, 111.0, phi)):
            placed.append(_next(placed[-3], placed[-2], placed[-1], (length, angle, torsion)))
    return np.array(placed)


def _next(a: Floats, b: Floats, c: Floats, bond: tuple[float, float, float]) -> Floats:
    """Where an atom is that is bound to `c`: length of the bond [Å], angle and torsion [degrees]."""
    length, angle, torsion = bond[0], math.radians(bond[1]), math.radians(bond[2])
    along = (c - b) / np.linalg.norm(c - b)
    normal = np.cross(b - a, along)
    normal /= np.linalg.norm(normal)
    across = np.cross(normal, along)
    moved: Floats = c + length * (
        -math.cos(angle) * along + math.sin(angle) * (math.cos(torsion) * across + math.sin(torsion) * normal)
    )
    return moved


def _residues(traced: Floats) -> Iterator[Residue]:
    count = len(traced) // 3
    for number in range(count):
        nitrogen, alpha, carbon = traced[3 * number : 3 * number + 3]
        beyond = traced[3 * number + 3] if number + 1 < count else carbon + (carbon - nitrogen) / 2
        oxygen = (
            _next(beyond, alpha, carbon, (1.231, 120.5, 180.0))
            if number + 1 == count
            else _opposite(alpha, carbon, beyond)
        )
        yield {"N": nitrogen, "CA": alpha, "C": carbon, "O": oxygen, "CB": _beta(nitrogen, alpha, carbon)}


def _opposite(alpha: Floats, carbon: Floats, beyond: Floats) -> Floats:
    """The oxygen of a peptide: in its plane, away from the other two."""
    away = 2 * carbon - alpha - beyond
    placed: Floats = carbon + 1.231 * away / np.linalg.norm(away)
    return placed


def _beta(nitrogen: Floats, alpha: Floats, carbon: Floats) -> Floats:
    """Cβ of an L-amino acid."""
    b, c = alpha - nitrogen, carbon - alpha
    a = np.cross(b, c)
    placed: Floats = -0.58273431 * a + 0.56802827 * b - 0.54067466 * c + alpha
    return placed
