"""Whether a crystal's lattice is like another one, whichever setting each of them is described in."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

import gemmi
import numpy as np
import numpy.typing as npt

Centring = Literal["P", "A", "B", "C", "I", "F", "R"]
Cell = tuple[float, float, float, float, float, float]
"""a, b, c [Å], alpha, beta, gamma [degrees]."""

CENTRINGS = frozenset(get_args(Centring))
_SIXTHS: dict[str, tuple[tuple[int, int, int], ...]] = {
    "P": (),
    "A": ((0, 3, 3),),
    "B": ((3, 0, 3),),
    "C": ((3, 3, 0),),
    "I": ((3, 3, 3),),
    "F": ((0, 3, 3), (3, 0, 3), (3, 3, 0)),
    "R": ((4, 2, 2), (2, 4, 4)),
}
"""Lattice points within a cell, in sixths of its edges; R is in hexagonal axes."""
_REACH = 3
_STEPS = np.array([step for step in itertools.product(range(-_REACH, _REACH + 1), repeat=3) if any(step)])
"""Lattice vectors that the edges of a cell in any usual setting are among, in the axes of the reduced cell."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far cells may differ: edges by a share or by a length, angles in degrees."""

    percent: float
    angstrom: float | None
    angle: float

    def of_edge(self, edge: float) -> float:
        """By how much an edge may differ [Å]."""
        return self.angstrom if self.angstrom is not None else edge * self.percent / 100


def centring_of(symbol: str | None, cell: Cell) -> Centring:
    """The centring that a space group's symbol names for a cell; P where nobody knows better."""
    group = gemmi.find_spacegroup_by_name(symbol or "", cell[3], cell[5])
    found: Any = group.centring_type() if group is not None else (symbol or "P")[:1].upper()
    return found if found in CENTRINGS else "P"


@lru_cache(maxsize=256)
def spellings(number: int) -> frozenset[str]:
    """How programs write the space group of this number, in any setting: in small letters, without spaces."""
    groups = [group for group in gemmi.spacegroup_table() if group.number == number]
    words = [word for group in groups for word in (group.hm, group.xhm(), group.short_name())]
    return frozenset(word.replace(" ", "").lower() for word in words)


def is_cell(cell: Cell) -> bool:
    """True where edges and angles make a cell."""
    return min(cell) > 0 and max(cell[3:]) < 180 and gemmi.UnitCell(*cell).volume > 1e-3 * math.prod(cell[:3])


def _reduced(cell: Cell, centring: Centring) -> npt.NDArray[np.float64]:
    """Lattice vectors as rows [Å], made of the axes of the Niggli cell by `_STEPS`."""
    vector = gemmi.GruberVector(gemmi.UnitCell(*cell), centring)
    vector.niggli_reduce()
    axes = np.array(vector.get_cell().orth.mat.tolist())
    vectors: npt.NDArray[np.float64] = _STEPS @ axes.T
    return vectors


def lengths(cell: Cell, centring: Centring, tolerance: Tolerance) -> list[tuple[float, float]]:
    """Ranges [Å] that every edge of a lattice like this one is within, in any usual setting; they do not overlap."""
    # An edge of another setting is a sum of edges of this one: it differs with their angles too.
    slack = math.radians(tolerance.angle)
    found: list[tuple[float, float]] = []
    for length in np.sort(np.linalg.norm(_reduced(cell, centring), axis=1)):
        margin = 2 * (tolerance.of_edge(float(length)) + slack * float(length))
        low, high = float(length) - margin, float(length) + margin
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found


def same_setting(wanted: Cell, found: Cell, tolerance: Tolerance) -> Cell | None:
    """The cell, where its edges and angles are like the wanted ones as they stand."""
    edges = all(abs(f - w) <= tolerance.of_edge(w) for w, f in zip(wanted[:3], found[:3], strict=True))
    angles = all(abs(f - w) <= tolerance.angle for w, f in zip(wanted[3:], found[3:], strict=True))
    return found if edges and angles else None


def any_setting(
    wanted: Cell, centring: Centring, found: Cell, found_centring: Centring, tolerance: Tolerance
) -> Cell | None:
    """The found cell in the axes of the wanted one, where both describe the same lattice; the nearest of several."""
    vectors = _reduced(found, found_centring)
    norms = np.linalg.norm(vectors, axis=1)
    near = [np.flatnonzero(np.abs(norms - edge) <= tolerance.of_edge(edge)) for edge in wanted[:3]]
    if not all(len(each) for each in near):
        return None
    best: tuple[float, Cell] | None = None
    for places, angles in _triples(vectors / norms[:, None], near, wanted, tolerance.angle):
        if not _spans(_STEPS[list(places)], centring):
            continue
        cell: Any = tuple(float(norms[place]) for place in places) + angles
        off = sum(abs(f / w - 1) for w, f in zip(wanted, cell, strict=True))
        if best is None or off < best[0]:
            best = off, cell
    return best[1] if best else None


def _triples(
    units: npt.NDArray[np.float64], near: list[npt.NDArray[np.intp]], wanted: Cell, tolerance: float
) -> Iterator[tuple[tuple[int, int, int], tuple[float, float, float]]]:
    """Three vectors with the wanted angles between them, and these angles: alpha, beta, gamma."""
    of_a, of_b, of_c = (units[places] for places in near)
    alpha, beta, gamma = (_angles(*pair) for pair in ((of_b, of_c), (of_a, of_c), (of_a, of_b)))
    fits = [np.abs(found - angle) <= tolerance for found, angle in zip((alpha, beta, gamma), wanted[3:], strict=True)]
    for a, b in np.argwhere(fits[2]):
        for c in np.flatnonzero(fits[1][a] & fits[0][b]):
            places = int(near[0][a]), int(near[1][b]), int(near[2][c])
            yield places, (float(alpha[b, c]), float(beta[a, c]), float(gamma[a, b]))


def _angles(these: npt.NDArray[np.float64], those: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    degrees: npt.NDArray[np.float64] = np.degrees(np.arccos(np.clip(these @ those.T, -1, 1)))
    return degrees


def _spans(edges: npt.NDArray[np.int_], centring: Centring) -> bool:
    """True where edges, in axes of the primitive cell, make a cell with this centring."""
    inside = np.array(_SIXTHS[centring], dtype=int).reshape(-1, 3)
    if abs(round(float(np.linalg.det(edges)))) != len(inside) + 1:
        return False
    return not np.any((inside @ edges) % 6)
