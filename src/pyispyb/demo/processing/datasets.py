"""What is processed together: a sweep alone, or the sweeps that only together make a data set."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..chance import chance
from ..experiment import Collection, Step, Target
from ..traces import Place

TOGETHER = frozenset({"wedges", "inverse"})
"""Groups whose sweeps are merged."""
CHARACTERISATION = "char"
"""The group of the few images that a strategy is made from."""

Sweeps = tuple[Collection, ...]


@dataclass(frozen=True)
class Dataset:
    """Sweeps of one sample that a pipeline works on."""

    place: Place
    target: Target
    sweeps: Sweeps
    collections: tuple[int, ...]
    """Keys of the sweeps' collections."""
    finest: float | None = None
    """Resolution to which it is to be processed, where somebody asked for that [Å]."""

    @property
    def name(self) -> str:
        """What its files are called after."""
        return f"{self.target.name}_{self.sweeps[0].run}"

    @property
    def characterisation(self) -> bool:
        """A few images, which give a strategy and no merged data."""
        return self.sweeps[0].group == CHARACTERISATION

    @property
    def turn(self) -> float:
        """How far the spindle turned in all sweeps [degrees]."""
        return sum(sweep.width * sweep.measured for sweep in self.sweeps)

    @property
    def dose(self) -> float:
        """What the crystal has had at the end, in units of the dose of a usual full data set."""
        return self.sweeps[-1].dose_before + self.sweeps[-1].dose

    @property
    def edge(self) -> float:
        """Finest resolution that there may be: at the edge of the detector, or what is asked for [Å]."""
        return max(self.sweeps[0].shot.resolution, self.finest or 0.0)

    @property
    def folder(self) -> Path:
        """Where pipelines write."""
        first = self.sweeps[0]
        return self.place.processed(self.target) / f"run_{first.run:02}_{first.group}"

    def chance(self, *purpose: object) -> random.Random:
        """The source of chance for something about these data."""
        return chance("processing", self.target.blSampleId, self.sweeps[0].run, *purpose)


def grouped(steps: Iterable[Step]) -> list[Sweeps]:
    """The data sets among the steps of a visit: of collections that ended well, grids aside."""
    found: dict[object, list[Collection]] = {}
    for step in steps:
        if isinstance(step, Collection) and not step.grid and step.ending == "successful":
            found.setdefault(step.group if step.group in TOGETHER else step.run, []).append(step)
    return [tuple(sweeps) for sweeps in found.values()]
