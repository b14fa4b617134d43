"""Statistics of merged data by resolution, as they follow from the signal.

For n observations of a reflection that scatter normally: Rmeas = √(2/π) / (I/σ of one observation),
Rmerge = Rmeas √((n - 1) / n) and Rpim = Rmeas / √n (Weiss, 2001); CC½ = 1 / (1 + 2 / (I/σ merged)²) within a shell of
acentric reflections (Karplus and Diederichs, 2012).
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..specimen import Floats
from .lattice import Ranges
from .signal import Signal

Statistics = dict[str, Any]
FEWEST = 2.2
"""Reflections measured once say nothing of how they scatter: R values are of those measured at least so often."""


@dataclass(frozen=True)
class Shells:
    """One value per range of resolution in each array, from low to high resolution."""

    low: Floats
    high: Floats
    possible: Floats
    """Unique reflections there are."""
    inside: Floats
    """Of these, within the limits of diffraction."""
    unique: Floats
    total: Floats
    ratio: Floats
    r_meas: Floats
    cc_half: Floats
    anomalous: Floats
    """Anomalous signal over noise."""

    @property
    def pairs(self) -> Floats:
        """Share of the reflections of which both Friedel mates were measured."""
        share: Floats = 1 - 0.3 * np.exp(-self.total / self.unique / 2)
        return share

    def rows(self, *, ellipsoidal: bool = False) -> list[Statistics]:
        """As ISPyB names them; with what only anisotropic data have when asked for."""
        n = self.total / self.unique
        seen = np.maximum(n, FEWEST)
        completeness = 100 * self.unique / self.possible
        within = self.r_meas * 0.975
        columns = {
            "resolutionLimitLow": self.low.round(2),
            "resolutionLimitHigh": self.high.round(2),
            "rMerge": (self.r_meas * np.sqrt((seen - 1) / seen)).round(4),
            "rMeasWithinIPlusIMinus": within.round(4),
            "rMeasAllIPlusIMinus": self.r_meas.round(4),
            "rPimWithinIPlusIMinus": (within / np.sqrt(np.maximum(seen / 2, 1.1))).round(4),
            "rPimAllIPlusIMinus": (self.r_meas / np.sqrt(seen)).round(4),
            "nTotalObservations": self.total.astype(int),
            "nTotalUniqueObservations": self.unique.astype(int),
            "meanIOverSigI": self.ratio.round(2),
            "completeness": completeness.round(2),
            "multiplicity": n.round(2),
            "anomalousCompleteness": (completeness * self.pairs).round(2),
            "anomalousMultiplicity": (n / 2 * 1.03).round(2),
            "ccHalf": self.cc_half.round(4),
            "ccAnomalous": (self.anomalous * np.abs(self.anomalous) / (1 + self.anomalous**2)).round(3),
            "sigAno": (0.8 * np.sqrt(1 + self.anomalous**2)).round(3),
        }
        if ellipsoidal:
            columns |= self._ellipsoidal()
        lists = [column.tolist() for column in columns.values()]
        return [dict(zip(columns, values, strict=True)) for values in zip(*lists, strict=True)]

    def _ellipsoidal(self) -> dict[str, Floats]:
        """What anisotropic data have besides."""
        spherical, within = (100 * self.unique / there for there in (self.possible, self.inside))
        return {
            "completenessSpherical": spherical.round(2),
            "completenessEllipsoidal": within.round(2),
            "anomalousCompletenessSpherical": (spherical * self.pairs).round(2),
            "anomalousCompletenessEllipsoidal": (within * self.pairs).round(2),
        }

    def together(self, intensity: Floats) -> "Shells":
        """All ranges as one; the intensity is the mean one of each."""
        in_sum, in_square = self.total * intensity, self.unique * intensity**2
        noise = (in_square * (1 / self.cc_half - 1)).sum() / in_square.sum()
        return Shells(
            low=self.low[:1],
            high=self.high[-1:],
            possible=_sum(self.possible),
            inside=_sum(self.inside),
            unique=_sum(self.unique),
            total=_sum(self.total),
            ratio=_sum(self.ratio * self.unique) / self.unique.sum(),
            r_meas=_sum(self.r_meas * in_sum) / in_sum.sum(),
            cc_half=np.array([1 / (1 + noise)]),
            anomalous=_sum(self.anomalous * self.unique) / self.unique.sum(),
        )


def _sum(values: Floats) -> Floats:
    total: Floats = values.sum(keepdims=True)
    return total


def measure(signal: Signal, ranges: Ranges, rng: np.random.Generator) -> Shells:
    """Statistics of what is measured in these ranges."""
    count = ranges.inside.size
    outwards = np.linspace(0, 1, count)
    covered = signal.completeness - 0.03 * outwards**8 + rng.normal(0, 0.0008, count)
    unique = np.maximum(np.floor(ranges.inside * np.clip(covered, 0.05, 0.9996)), 1)
    n = np.maximum(signal.multiplicity * (1 - 0.08 * outwards) * rng.normal(1, 0.008, count), 1)
    ratio = signal.ratio(ranges.middle) * rng.normal(1, 0.015, count)
    return Shells(
        low=ranges.limits[:-1],
        high=ranges.limits[1:],
        possible=ranges.possible,
        inside=ranges.inside,
        unique=unique,
        total=(unique * n).round(),
        ratio=ratio,
        r_meas=math.sqrt(2 / math.pi) * np.sqrt(n) / ratio,
        cc_half=1 / (1 + 2 / ratio**2),
        anomalous=signal.anomalous * ratio / 2 + rng.normal(0, 0.12, count),
    )
