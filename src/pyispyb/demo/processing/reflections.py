"""Merged data as a file that crystallographic programs read: it holds what the statistics of its run tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gemmi
import numpy as np
from numpy.typing import NDArray

from ..chance import chance
from ..macromolecules import Cell
from ..specimen import Floats
from .lattice import Ellipsoid, Indices, Limits, inverse_squares, places

FREE_SETS = 20
"""Reflections are shared out among so many sets, one of which is set aside in refinement."""
STRONGEST = 4000.0
"""Mean intensity at low angle [counts]."""
BIAS = 2**19
"""Makes indices of reflections positive."""


@dataclass(frozen=True)
class Reflections:
    """What is known of merged reflections before they are written."""

    protein: str
    sample: str
    program: str
    space_group: str
    cell: Cell
    wavelength: float
    """[Å]"""
    low: float
    """[Å]"""
    high: float
    """[Å]"""
    ellipsoid: Ellipsoid | None
    """Limits along its axes [Å]."""
    ranges: list[float]
    """Limits of ranges of resolution, from low to high [Å]."""
    unique: list[int]
    """Reflections measured in each range."""
    ratio: list[float]
    """Their mean I/σ(I)."""
    pairs: list[float]
    """Share of them of which both Friedel mates were measured."""
    anomalous: list[float] | None
    """Anomalous signal over noise; None where Friedel mates are merged."""
    fall: float
    """Intensities fall as exp(-fall / d²) [Å²]."""
    amplitudes: bool
    """There are amplitudes and a free set too."""

    @classmethod
    def of(cls, described: Mapping[str, Any]) -> "Reflections":
        """From its values by their names, as JSON keeps them."""
        cell, ellipsoid = tuple(described["cell"]), described["ellipsoid"]
        return cls(**{**described, "cell": cell, "ellipsoid": tuple(ellipsoid) if ellipsoid else None})


@dataclass(frozen=True)
class Measured:
    """The reflections that are in a file: one value each."""

    indices: Indices
    squares: Floats
    """1/d² [Å⁻²]"""
    at: NDArray[np.intp]
    """Range of resolution."""


def measured(data: Reflections) -> Measured:
    """Which reflections there are: those of the lowest and of the highest resolution, and by lot others."""
    cell, limits = data.cell, Limits(data.low, data.high, data.ellipsoid)
    indices = gemmi.make_miller_array(gemmi.UnitCell(*cell), gemmi.SpaceGroup(data.space_group), data.high, data.low)
    if limits.ellipsoid is not None:
        indices = indices[limits.within(indices, cell)]
    squares = inverse_squares(indices, cell)
    at = places(squares, np.array(data.ranges))
    lots = _lots("measured", data).random(len(indices))
    lots[[squares.argmin(), squares.argmax()]] = -1
    order = np.lexsort((lots, at))
    place = np.arange(len(order)) - np.searchsorted(at[order], at[order])
    kept = np.sort(order[place < np.array(data.unique)[at[order]]])
    return Measured(indices[kept], squares[kept], at[kept])


def write_reflections(path: Path, data: Reflections) -> None:
    """An MTZ file with the labels of AIMLESS, and those of TRUNCATE where there are amplitudes."""
    found = measured(data)
    mean, sigma = _merged(data, found)
    columns = {"IMEAN": ("J", mean), "SIGIMEAN": ("Q", sigma)}
    if data.anomalous is not None:
        columns |= _mates(data, found, mean, sigma)
    if data.amplitudes:
        amplitudes, errors = _amplitudes(mean, sigma)
        free = {"FreeR_flag": ("I", free_sets(data, found.indices))}
        columns = {**free, "F": ("F", amplitudes), "SIGF": ("Q", errors), **columns}
    mtz = new_file(data, f"{data.protein} {data.sample} merged by {data.program}")
    fill(mtz, found.indices, columns)
    mtz.write_to_file(str(path))


def new_file(data: Reflections, title: str) -> gemmi.Mtz:
    """A file without columns yet, in the symmetry of the data."""
    mtz = gemmi.Mtz(with_base=True)
    mtz.spacegroup = gemmi.SpaceGroup(data.space_group)
    mtz.set_cell_for_all(gemmi.UnitCell(*data.cell))
    mtz.title = title
    mtz.history = [f"simulated {data.program}, {min(data.ranges):.2f} A"]
    dataset = mtz.add_dataset("NATIVE" if data.anomalous is None else "ANOMALOUS")
    dataset.project_name, dataset.crystal_name, dataset.wavelength = data.protein, data.sample, data.wavelength
    return mtz


def fill(mtz: gemmi.Mtz, indices: Indices, columns: Mapping[str, tuple[str, Floats]]) -> None:
    """Columns by their labels: types and values. Those of type I belong to no data set."""
    for label, (kind, _) in columns.items():
        mtz.add_column(label, kind, dataset_id=0 if kind == "I" else 1)
    values = np.empty((len(indices), 3 + len(columns)), dtype=np.float32)
    values[:, :3] = indices
    for number, (_, column) in enumerate(columns.values(), start=3):
        values[:, number] = column
    mtz.set_data(values)


def _merged(data: Reflections, found: Measured) -> tuple[Floats, Floats]:
    """I and σ(I), whose mean ratio in each range is that of the statistics."""
    strength = _normalised(data, found.indices)
    falling = STRONGEST * np.exp(-data.fall * found.squares)
    count = len(data.unique)
    number = np.maximum(np.bincount(found.at, minlength=count), 1)
    middle = np.bincount(found.at, weights=found.squares, minlength=count) / number
    smooth = np.exp(np.interp(found.squares, middle, np.log(data.ratio)))
    sigma = np.sqrt((1 + strength) / 2) / smooth
    ratio = np.bincount(found.at, weights=strength / sigma, minlength=count) / number
    sigma *= (ratio / np.array(data.ratio))[found.at]
    scatter = _lots("noise", data).normal(size=len(sigma))
    scatter -= (np.bincount(found.at, weights=scatter, minlength=count) / number)[found.at]
    return falling * (strength + sigma * scatter), falling * sigma


def _normalised(data: Reflections, indices: Indices) -> Floats:
    """Intensities relative to the mean at their resolution (Wilson, 1949): the same of all crystals of a protein."""
    operations = gemmi.SpaceGroup(data.space_group).operations()
    acentric = -np.log(_drawn("intensity", data, indices))
    centric = 2 * acentric * np.cos(2 * np.pi * _drawn("phase", data, indices)) ** 2
    expected = np.where(operations.centric_flag_array(indices), centric, acentric)
    strength: Floats = expected * operations.epsilon_factor_without_centering_array(indices)
    return strength


def _mates(data: Reflections, found: Measured, mean: Floats, sigma: Floats) -> dict[str, tuple[str, Floats]]:
    """I(+) and I(-): each from half of the observations; without the one that was not measured."""
    rng = _lots("mates", data)
    acentric = ~gemmi.SpaceGroup(data.space_group).operations().centric_flag_array(found.indices)
    both = acentric & (rng.random(len(mean)) < np.array(data.pairs)[found.at])
    signal = np.array(data.anomalous)[found.at] * _scattered(data, found.indices)
    half = np.where(both, sigma * (signal + rng.normal(size=len(mean))), 0.0)
    error = np.where(both, np.sqrt(2), 1.0) * sigma
    either = rng.random(len(mean)) < 1 / 2
    plus, minus = both | either, both | ~either
    return {
        "I(+)": ("K", np.where(plus, mean + half, np.nan)),
        "SIGI(+)": ("M", np.where(plus, error, np.nan)),
        "I(-)": ("K", np.where(minus, mean - half, np.nan)),
        "SIGI(-)": ("M", np.where(minus, error, np.nan)),
    }


def _amplitudes(intensity: Floats, sigma: Floats) -> tuple[Floats, Floats]:
    """F and σ(F) of intensities that may be negative (Sivia and David, 1994)."""
    squared = (intensity + np.sqrt(intensity**2 + 2 * sigma**2)) / 2
    errors = (1 / squared + 2 * (3 * squared - intensity) / sigma**2) ** -0.5
    return np.sqrt(squared), errors


def free_sets(data: Reflections, indices: Indices) -> Floats:
    """Numbers of the sets that reflections are in: the same of all crystals of a protein."""
    sets: Floats = np.floor(FREE_SETS * _drawn("free", data, indices))
    return sets


def _scattered(data: Reflections, indices: Indices) -> Floats:
    """Numbers that scatter normally by 1, the same each time."""
    length = np.sqrt(-2 * np.log(_drawn("length", data, indices)))
    drawn: Floats = length * np.cos(2 * np.pi * _drawn("angle", data, indices))
    return drawn


def _drawn(purpose: str, data: Reflections, indices: Indices) -> Floats:
    """Numbers between 0 and 1, the same each time for a reflection of a protein (splitmix64: Steele et al., 2014)."""
    seed = np.uint64(_seed(purpose, data.protein, data.space_group))
    packed = (indices.astype(np.int64) + BIAS) @ np.array([1, 2**20, 2**40])
    mixed = packed.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + seed
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    drawn: Floats = ((mixed >> np.uint64(11)) + 0.5) / 2**53
    return drawn


def _lots(purpose: str, data: Reflections) -> np.random.Generator:
    """The source of chance for something about this file."""
    return np.random.default_rng(_seed(purpose, data.program, data.sample, str(data.cell)))


def _seed(*name: str) -> int:
    return chance("reflections", *name).getrandbits(64)
