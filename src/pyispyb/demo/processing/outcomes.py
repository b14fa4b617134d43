"""Space group, cell and merged data, as a pipeline will find them."""

import math
import random
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from ..macromolecules import Cell
from . import shells
from .datasets import Dataset
from .lattice import Ellipsoid, Limits, Ranges, ranges
from .pipelines import Pipeline
from .reflections import Reflections
from .shells import Shells, Statistics
from .signal import Signal, signal
from .symmetry import Symmetry, refined, symmetry

BETWEEN_CRYSTALS, BETWEEN_PIPELINES = 2.5e-3, 3e-4
"""By how much lengths of cells differ, relatively."""
ANOMALOUS = 0.015
"""Smaller anomalous differences are not kept apart."""
AXES = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
"""Of ellipsoids: x along a, z along c*, as in files of models."""
MOST = 600_000
"""About so many unique reflections at most: where a cell is so large that there are more, spots run into each other."""


@dataclass(frozen=True)
class Merged:
    """Sweeps scaled and merged in one way."""

    kind: Literal["isotropic", "anisotropic"]
    statistics: dict[str, Statistics]
    shells: list[Statistics]
    reflections: Reflections
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


def outcome_of(dataset: Dataset, pipeline: Pipeline, rng: random.Random, *, anomalous: bool | None = None) -> Outcome:
    """What a pipeline makes of a data set that it can process; Friedel mates are kept apart where it is asked to.

    Where it is not told, it does so with differences that are large enough.
    """
    protein = dataset.target.protein
    crystal = symmetry(protein.space_group, protein.cell)
    true = refined(crystal.cell, dataset.chance("cell"), BETWEEN_CRYSTALS)
    cell = refined(true, rng, BETWEEN_PIPELINES)
    seen = signal(dataset, crystal)
    seen = replace(
        seen,
        limit=seen.limit * rng.gauss(1, 0.006),
        top=seen.top * pipeline.gain,
        isa=round(seen.isa * pipeline.gain * rng.gauss(1, 0.04), 2),
    )
    apart = seen.anomalous > ANOMALOUS if anomalous is None else anomalous
    work = _Work(dataset, pipeline, crystal, cell, seen, apart, rng)
    return Outcome(
        symmetry=crystal,
        cell=cell,
        sweep_cells=[refined(true, rng, BETWEEN_PIPELINES) for _ in dataset.sweeps],
        anomalous=apart,
        merged=[work.isotropic(), work.anisotropic()] if pipeline.within_ellipsoid else [work.isotropic()],
    )


@dataclass(frozen=True)
class _Work:
    """A pipeline that has integrated a data set and goes on to merge it."""

    dataset: Dataset
    pipeline: Pipeline
    crystal: Symmetry
    cell: Cell
    seen: Signal
    apart: bool
    """Friedel mates are kept apart."""
    rng: random.Random

    def isotropic(self) -> Merged:
        """Data to where they fall below the noise, all directions taken together."""
        limits = self._limits(max(self.seen.resolution(self.pipeline.cut), self.dataset.edge))
        return self._merged(limits, self.seen)

    def anisotropic(self) -> Merged:
        """Data within an ellipsoid: they reach further in the best direction, and less far in the worst."""
        a, b, c = _stretch(self.dataset)
        mean = self.seen.resolution(self.pipeline.cut)
        fall = [max(round(mean * factor, 2), self.dataset.edge) for factor in (a, b, c)]
        limits = replace(self._limits(min(fall)), ellipsoid=(fall[0], fall[1], fall[2]))
        return self._merged(limits, replace(self.seen, limit=self.seen.limit * min(a, b, c)))

    def _limits(self, high: float) -> Limits:
        high = round(max(high, self.crystal.finest(MOST)), 2)
        return Limits(max(min(0.9 * max(self.crystal.cell[:3]), 85.0), 3 * high), high)

    def _merged(self, limits: Limits, strength: Signal) -> Merged:
        held = ranges(self.crystal, self.cell, limits, self.pipeline.shells)
        made = shells.measure(strength, held, np.random.default_rng(self.rng.getrandbits(64)))
        rows = made.rows(ellipsoidal=limits.ellipsoid is not None)
        return Merged(
            kind="anisotropic" if limits.ellipsoid else "isotropic",
            statistics=_statistics(made, rows, self.seen, held),
            shells=rows,
            reflections=self._reflections(limits, strength, held, made),
            ellipsoid={"axes": AXES, "limits": list(limits.ellipsoid)} if limits.ellipsoid else None,
        )

    def _reflections(self, limits: Limits, strength: Signal, held: Ranges, made: Shells) -> Reflections:
        """What the file of merged data is written from."""
        target = self.dataset.target
        return Reflections(
            protein=target.protein.acronym,
            sample=target.name,
            program=self.pipeline.programs,
            space_group=self.crystal.name,
            cell=self.cell,
            wavelength=round(self.dataset.sweeps[0].shot.wavelength, 5),
            low=limits.low,
            high=limits.high,
            ellipsoid=limits.ellipsoid,
            ranges=held.limits.tolist(),
            unique=made.unique.astype(int).tolist(),
            ratio=made.ratio.round(4).tolist(),
            pairs=made.pairs.round(4).tolist(),
            anomalous=made.anomalous.round(4).tolist() if self.apart else None,
            fall=round(math.log(strength.top) * strength.limit**2, 3),
            amplitudes=self.pipeline.amplitudes,
        )


def _stretch(dataset: Dataset) -> Ellipsoid:
    """Limits of diffraction along a, b and c*, relative to the mean one; alike where the symmetry has them so."""
    a, b, c = dataset.target.protein.cell[:3]
    swing = dataset.target.diffraction.anisotropy
    best, worst = 1 - 0.12 * swing, 1 + 0.4 * swing
    if a == b == c:
        return 1.0, 1.0, 1.0
    if a == b:
        return best, best, worst
    return best, 1.0, worst


def _statistics(made: Shells, rows: list[Statistics], seen: Signal, held: Ranges) -> dict[str, Statistics]:
    """Of all reflections, of the innermost and of the outermost shell."""
    overall = made.together(seen.intensity(held.middle))
    finest = round(max(seen.resolution(2.0), float(held.limits[-1])), 2)
    (row,) = overall.rows(ellipsoidal="completenessEllipsoidal" in rows[0])
    return {"overall": {**row, "isa": seen.isa, "resIOverSigI2": finest}, "innerShell": rows[0], "outerShell": rows[-1]}
