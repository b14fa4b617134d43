"""How strong the data of a crystal are: what every statistic of the merged data follows from."""

import math
from dataclasses import dataclass

import numpy as np

from ..experiment import Collection, Target
from ..fluorescence import EDGES
from ..specimen import Floats
from .datasets import Dataset
from .symmetry import Symmetry

USUAL_MULTIPLICITY = 13.0
RECORDED = 0.8
"""Share of the reflections that cross the Ewald sphere which end up in the data: gaps, blind region, corners."""
SULPHUR = 0.006
"""Anomalous difference relative to the intensity, of a protein without anything heavy."""


@dataclass(frozen=True)
class Signal:
    """Intensities and their errors as they fall with resolution."""

    limit: float
    """Where I/σ(I) of data of usual multiplicity has fallen to 1 [Å]."""
    top: float
    """I/σ(I) of such data at low angle, if counting were the only error."""
    isa: float
    """I/σ(I) that no single observation exceeds."""
    multiplicity: float
    completeness: float
    """Share of the unique reflections, 0 … 1."""
    anomalous: float
    """Anomalous difference relative to the intensity."""

    def ratio(self, resolution: Floats) -> Floats:
        """I/σ(I) of merged data at this resolution [Å]."""
        counted = self.top * self._gain * self.intensity(resolution)
        together: Floats = 1 / (counted**-2 + 1 / (self.isa**2 * self.multiplicity)) ** 0.5
        return together

    def intensity(self, resolution: Floats) -> Floats:
        """Mean intensity at this resolution [Å]; 1 at low angle."""
        falling: Floats = np.exp(-math.log(self.top) * (self.limit / resolution) ** 2)
        return falling

    def resolution(self, ratio: float) -> float:
        """Where I/σ(I) of merged data falls to this ratio [Å]."""
        reach = 1 + math.log(self._gain / ratio) / math.log(self.top)
        return self.limit / math.sqrt(max(reach, 0.2))

    @property
    def _gain(self) -> float:
        """What multiplicity helps, less than its square root: weak images come with strong ones."""
        return math.sqrt(math.sqrt(self.multiplicity / USUAL_MULTIPLICITY))


def signal(dataset: Dataset, symmetry: Symmetry) -> Signal:
    """What the data of a crystal hold, before a pipeline makes more or less of it."""
    rng = dataset.chance("signal")
    diffraction = dataset.target.diffraction
    measured = 2 * symmetry.alike * dataset.turn / 360 * RECORDED * rng.uniform(0.95, 1.03)
    return Signal(
        limit=diffraction.resolution * (1 + 0.06 * damage(dataset)),
        top=40 + 1.7 * diffraction.strength,
        isa=rng.uniform(20, 34) - 16 * diffraction.mosaicity - 4 * diffraction.icy,
        multiplicity=max(measured, 1.05),
        completeness=1 - math.exp(-1.1 * measured) - rng.uniform(0.001, 0.01),
        anomalous=max(_anomalous(dataset.target, sweep) for sweep in dataset.sweeps) * rng.uniform(0.8, 1.2),
    )


def damage(dataset: Dataset) -> float:
    """Share of the diffraction that the crystal has lost at the end, 0 … 1."""
    return 1 - math.pow(1 - dataset.target.diffraction.decay, dataset.dose)


def _anomalous(target: Target, sweep: Collection) -> float:
    """Highest at the peak of the absorption edge, less on its flank and above, next to nothing below."""
    protein = target.protein
    if protein.scatterer not in EDGES:
        return SULPHUR
    above = sweep.shot.energy - EDGES[protein.scatterer].energy
    share = 1.0 if protein.strategy == "phasing" else 0.35
    if above < -0.005:
        return SULPHUR
    if above < 0:
        return 0.04 * share
    return (0.07 if above < 0.005 else 0.05) * share
