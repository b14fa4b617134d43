"""What a beamline does with one sample, from the robot's first move to its last.

The same plan becomes rows of the past (history) and calls of a beamline that runs now (beamline).
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from . import indicators
from .chance import chance
from .facility import Beamline
from .fluorescence import EDGES
from .grids import Grid, edge_on, over_loop
from .indicators import Indicators
from .macromolecules import Macromolecule
from .optics import Shot, aim
from .specimen import POOL, Diffraction, Floats, Specimen, make_diffraction, make_specimen

Ending = Literal["successful", "failed", "stopped"]

STANDARD_ENERGY = 12.7
REMARKABLE = 1.35
"""Crystals that diffract beyond this are marked as favourites [Å]."""
"""[keV]"""


@dataclass(frozen=True)
class Target:
    """A sample as the beamline knows it."""

    blSampleId: int
    name: str
    code: str
    protein: Macromolecule
    container: str
    containerSlot: int
    slot: int

    @cached_property
    def specimen(self) -> Specimen:
        """What hangs on its pin."""
        return make_specimen(self.blSampleId % POOL)

    @cached_property
    def diffraction(self) -> Diffraction:
        """How well its crystal diffracts."""
        return make_diffraction(self.blSampleId)


@dataclass(frozen=True)
class Robot:
    """The sample changer moves the sample."""

    actionType: Literal["LOAD", "UNLOAD"]
    status: str
    message: str
    seconds: float
    pause: float = 5.0


@dataclass(frozen=True)
class EnergyScan:
    """The absorption edge of one element is scanned."""

    element: str
    transmission: float
    """[%]"""
    seconds: float = 58.0
    pause: float = 20.0
    exposure: float = 0.1
    """[s] per point"""


@dataclass(frozen=True)
class Fluorescence:
    """A fluorescence spectrum is taken."""

    energy: float
    """[keV]"""
    transmission: float
    """[%]"""
    exposure: float = 2.0
    """[s]"""
    seconds: float = 9.0
    pause: float = 15.0


@dataclass(frozen=True)
class Collection:
    """Images are taken: a sweep, some single images, or a grid."""

    group: str
    """Collections of one sample with the same word here share their DataCollectionGroup."""
    experimentType: str
    run: int
    images: int
    start: float
    """[degrees]"""
    width: float
    """Turn during an image [degrees]."""
    exposure: float
    """[s]"""
    transmission: float
    """[%]"""
    shot: Shot
    overlap: float = 0.0
    """Turn shared by neighbouring images [degrees]; negative where they lie apart."""
    grid: Grid | None = None
    dose_before: float = 0.0
    dose: float = 0.0
    """Dose it gives, in units of the dose of a usual full data set."""
    ending: Ending = "successful"
    measured: int = 0
    """Images really taken."""
    first: int = 1
    """Number of the first of them."""
    comments: str | None = None
    favourite: bool = False
    pause: float = 12.0

    @property
    def seconds(self) -> float:
        """How long it takes, with arming and moving [s]."""
        return 4.0 + self.measured * self.exposure + (abs(self.overlap) * self.measured / 60)

    def angles(self) -> Floats:
        """Spindle angle of each image taken [degrees]."""
        return self.start + (self.width - self.overlap) * np.arange(self.measured, dtype=np.float64)

    def indicators(self, target: Target) -> Indicators:
        """What the spot finder says of the images taken."""
        seed = target.blSampleId * 64 + self.run
        if self.grid:
            return indicators.of_grid(target.specimen, target.diffraction, self.grid, seed).first(self.measured)
        return indicators.of_sweep(target.diffraction, self.angles(), self.dose, seed, self.dose_before)


Step = Robot | Collection | EnergyScan | Fluorescence


def plan(target: Target, beamline: Beamline, occasion: object) -> list[Step]:
    """Everything that happens to a sample while it is on the goniometer.

    The occasion makes two visits of the same sample differ in what goes wrong, not in how the crystal is.
    """
    return list(_Planner(target, beamline, chance("visit", target.blSampleId, beamline.name, occasion)).steps())


class _Planner:
    """Keeps the run number and the dose while the steps follow each other."""

    def __init__(self, target: Target, beamline: Beamline, rng: random.Random) -> None:
        self.target = target
        self.beamline = beamline
        self.rng = rng
        self.run = 0
        self.dose = 0.0

    def steps(self) -> Iterator[Step]:
        load = self.load()
        yield load
        if load.status != "SUCCESS":
            return
        yield from self.measure()
        yield Robot(
            "UNLOAD", "SUCCESS", "Sample is back in its puck", self.rng.uniform(14, 20), self.rng.uniform(5, 15)
        )

    def load(self) -> Robot:
        fate = self.rng.random()
        if fate < 0.03:
            return Robot("LOAD", "ERROR", "No pin seen on the goniometer after loading", self.rng.uniform(35, 50))
        if fate < 0.045:
            return Robot(
                "LOAD", "CRITICAL", "Gripper too warm, dried before the next sample", self.rng.uniform(70, 120)
            )
        return Robot("LOAD", "SUCCESS", "Sample is on the goniometer", self.rng.uniform(17, 26))

    def measure(self) -> Iterator[Step]:
        yield from self.grid_scans()
        if not self.target.diffraction.usable:
            return
        strategy = self.target.protein.strategy
        if strategy == "metal" or (strategy == "phasing" and self.rng.random() < 0.5):
            yield Fluorescence(STANDARD_ENERGY + 0.1, 2.0)
        if strategy != "fragments":
            yield self.sweep("char", "Characterization", images=4, width=1.0, overlap=-89.0)
        if strategy in {"phasing", "metal"} and (strategy == "phasing" or self.rng.random() < 0.4):
            yield EnergyScan(self.target.protein.scatterer, self.rng.choice((1.0, 2.0, 5.0)))
        yield from self.sweeps()

    def grid_scans(self) -> Iterator[Collection]:
        specimen, step = self.target.specimen, self.beamline.grid_step
        for grid in (over_loop(specimen.loop, step), edge_on(specimen, step * 0.8)):
            shot = aim(self.beamline, self.target.diffraction.resolution * 1.1, STANDARD_ENERGY)
            exposure, transmission = self.beam("mesh")
            self.run += 1
            yield Collection(
                group="mesh",
                experimentType="Mesh",
                run=self.run,
                images=grid.images,
                start=grid.omega,
                width=0.0,
                exposure=exposure,
                transmission=transmission,
                shot=shot,
                grid=grid,
                measured=grid.images,
            )

    def sweeps(self) -> Iterator[Collection]:
        strategy, rng = self.target.protein.strategy, self.rng
        start = float(rng.choice((0, 0, 30, 45, 90, 135)))
        if strategy == "phasing":
            yield from self.phasing(start)
        elif strategy == "helical":
            yield self.sweep("helical", "Helical", images=3600, start=start)
        elif strategy == "fragments":
            yield self.sweep("osc", "OSC", images=1800, width=0.2, start=start)
            if rng.random() < 0.9:
                yield self.sweep("osc_b", "OSC", images=1800, width=0.2, start=start + 0.1)
        elif rng.random() < 0.15:
            for wedge in range(3):
                yield self.sweep("wedges", "Collect - Multiwedge", images=600, start=start + 60.0 * wedge)
        else:
            yield self.sweep("osc", "OSC", images=rng.choice((1800, 2400, 3600)), start=start)

    def phasing(self, start: float) -> Iterator[Collection]:
        edge = EDGES[self.target.protein.scatterer].energy
        kind = self.rng.choice(("SAD", "SAD - Inverse Beam", "MAD"))
        if kind == "SAD":
            yield self.sweep("sad", kind, images=3600, start=start, energy=edge + 0.0015)
        elif kind == "MAD":
            for energy in (edge + 0.0012, edge - 0.0008, edge + 0.3):
                yield self.sweep("mad", kind, images=1800, start=start, energy=energy)
        else:
            for turn in (0.0, 180.0):
                yield self.sweep("inverse", kind, images=1800, start=start + turn, energy=edge + 0.0012)

    def sweep(
        self,
        group: str,
        kind: str,
        *,
        images: int,
        start: float = 0.0,
        width: float = 0.1,
        overlap: float = 0.0,
        energy: float = STANDARD_ENERGY,
    ) -> Collection:
        """Images over a turn of the spindle; long ones sometimes go wrong."""
        ending, share, comments = self.fate() if images > 100 else ("successful", 1.0, None)
        measured = round(images * share)
        exposure, transmission = self.beam(group)
        dose = transmission * exposure * measured / (10.0 * self.beamline.exposure * 3600)
        self.run += 1
        self.dose += dose
        return Collection(
            group=group,
            experimentType=kind,
            run=self.run,
            images=images,
            start=start,
            width=width,
            exposure=exposure,
            transmission=transmission,
            shot=aim(self.beamline, self.target.diffraction.resolution * 0.94, energy),
            overlap=overlap,
            dose_before=self.dose - dose,
            dose=dose,
            ending=ending,
            measured=measured,
            comments=comments,
            favourite=ending == "successful" and images > 100 and self.target.diffraction.resolution < REMARKABLE,
        )

    def fate(self) -> tuple[Ending, float, str | None]:
        """How a sweep ends, the share of its images that are taken, and why not all."""
        fate = self.rng.random()
        if fate < 0.035:
            return "failed", 0.0, "Detector did not arm"
        if fate < 0.08:
            return "stopped", self.rng.uniform(0.2, 0.8), "Stopped by the user"
        return "successful", 1.0, None

    def beam(self, group: str) -> tuple[float, float]:
        """Exposure [s] and transmission [%] for this kind of collection."""
        if group == "mesh":
            return self.beamline.exposure, 10.0
        if group == "char":
            return 4 * self.beamline.exposure, 5.0
        if group in {"mad", "inverse", "wedges"}:
            return self.beamline.exposure, 6.0
        return self.beamline.exposure, self.rng.choice((5.0, 8.0, 10.0, 15.0))
