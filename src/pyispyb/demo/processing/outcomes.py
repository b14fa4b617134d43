"""Space group, cell and merged data, as a pipeline will find them."""

import random
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from ..macromolecules import Cell
from ..specimen import Floats
from . import shells
from .datasets import Dataset
from .pipelines import Pipeline
from .shells import Shells, Statistics
from .signal import Signal, signal
from .symmetry import Symmetry, refined, symmetry

BETWEEN_CRYSTALS, BETWEEN_PIPELINES = 2.5e-3, 3e-4
"""By how much lengths of cells differ, relatively."""
ANOMALOUS = 0.015
"""Smaller anomalous differences are not kept apart."""
AXES = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


@dataclass(frozen=True)
class Merged:
    """Sweeps scaled and merged in one way."""

    kind: Literal["isotropic", "anisotropic"]
    statistics: dict[str, Statistics]
    shells: list[Statistics]
    ellipsoid: dict[str, Any] | None = None

    @property
    def resolution(self) -> float:
        """[Å]"""
        return float(self.statistics["overall"]["resolutionLimitHigh"])


@dataclass(frozen=True)
class Outcome:
    """What a run made of the data."""

    symmetry: Symmetry
    cell: Cell
    sweep_cells: list[Cell]
    anomalous: bool
    merged: list[Merged]


def outcome_of(dataset: Dataset, pipeline: Pipeline, rng: random.Random) -> Outcome:
    """What a pipeline makes of a data set that it can process."""
    protein = dataset.target.protein
    crystal = symmetry(protein.space_group, protein.cell)
    true = refined(protein.cell, dataset.chance("cell"), BETWEEN_CRYSTALS)
    seen = signal(dataset, crystal)
    seen = replace(
        seen,
        limit=seen.limit * rng.gauss(1, 0.006),
        top=seen.top * pipeline.gain,
        isa=round(seen.isa * pipeline.gain * rng.gauss(1, 0.04), 2),
    )
    merged = [_isotropic(dataset, pipeline, seen, crystal, rng)]
    if pipeline.anisotropic:
        merged.append(_anisotropic(dataset, pipeline, seen, crystal, rng))
    return Outcome(
        symmetry=crystal,
        cell=refined(true, rng, BETWEEN_PIPELINES),
        sweep_cells=[refined(true, rng, BETWEEN_PIPELINES) for _ in dataset.sweeps],
        anomalous=seen.anomalous > ANOMALOUS,
        merged=merged,
    )


def _isotropic(dataset: Dataset, pipeline: Pipeline, seen: Signal, crystal: Symmetry, rng: random.Random) -> Merged:
    limits = _limits(dataset, pipeline, max(seen.resolution(pipeline.cut), dataset.edge))
    made = shells.measure(seen, crystal, limits, _numbers(rng))
    rows = made.rows()
    return Merged("isotropic", _statistics(made, rows, seen, limits), rows)


def _anisotropic(dataset: Dataset, pipeline: Pipeline, seen: Signal, crystal: Symmetry, rng: random.Random) -> Merged:
    """Data within an ellipsoid: they reach further in the best direction, and less far in the worst."""
    stretch = _stretch(dataset)
    fall = [max(round(seen.resolution(pipeline.cut) * factor, 2), dataset.edge) for factor in stretch]
    limits = _limits(dataset, pipeline, min(fall))
    middle = shells.middles(limits)
    share = np.clip((1 / middle - 1 / min(fall)) / (1 / max(fall) - 1 / min(fall) - 1e-6), 0.12, 1.0)
    made = shells.measure(replace(seen, limit=seen.limit * min(stretch)), crystal, limits, _numbers(rng), share)
    rows = made.rows(ellipsoidal=True)
    return Merged("anisotropic", _statistics(made, rows, seen, limits), rows, {"axes": AXES, "limits": fall})


def _stretch(dataset: Dataset) -> tuple[float, float, float]:
    """Limits of diffraction along a*, b* and c*, relative to the mean one; alike where the symmetry has them so."""
    a, b, c = dataset.target.protein.cell[:3]
    swing = dataset.target.diffraction.anisotropy
    best, worst = 1 - 0.12 * swing, 1 + 0.4 * swing
    if a == b == c:
        return 1.0, 1.0, 1.0
    if a == b:
        return best, best, worst
    return best, 1.0, worst


def _limits(dataset: Dataset, pipeline: Pipeline, high: float) -> Floats:
    low = min(0.9 * max(dataset.target.protein.cell[:3]), 85.0)
    return shells.bounds(max(low, 3 * high), round(high, 2), pipeline.shells)


def _numbers(rng: random.Random) -> np.random.Generator:
    return np.random.default_rng(rng.getrandbits(64))


def _statistics(made: Shells, rows: list[Statistics], seen: Signal, limits: Floats) -> dict[str, Statistics]:
    """Of all reflections, of the innermost and of the outermost shell."""
    overall = made.together(seen.intensity(shells.middles(limits)))
    finest = round(max(seen.resolution(2.0), float(limits[-1])), 2)
    (row,) = overall.rows(ellipsoidal="completenessEllipsoidal" in rows[0])
    return {"overall": {**row, "isa": seen.isa, "resIOverSigI2": finest}, "innerShell": rows[0], "outerShell": rows[-1]}
