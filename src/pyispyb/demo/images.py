"""The detector's files of a collection: which they are, and jobs that make them from the images that all share."""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from pathlib import Path

from .experiment import Collection, Target
from .facility import Beamline
from .frames import PIXEL
from .hdf5 import IMAGES_PER_FILE, Setting, write_grid, write_master
from .indicators import Indicators
from .pool import NOTHING, Class, Pool, link, nearest

Job = Callable[[], None]

HIT = 1.0
"""Dozor score above which a box of a grid has spots."""


def suffix(beamline: Beamline, step: Collection) -> str:
    """How the names of the images end. Programs that plan a strategy want a file for each."""
    return "cbf" if beamline.cbf and step.experimentType == "Characterization" else "h5"


def template(stem: str, beamline: Beamline, step: Collection) -> str:
    """The name of the file, with a place for the number where each image has one."""
    return f"{stem}_%05d.cbf" if suffix(beamline, step) == "cbf" else f"{stem}_master.h5"


def write(
    pool: Pool,
    folder: Path,
    stem: str,
    target: Target,
    beamline: Beamline,
    step: Collection,
    indicators: Indicators,
) -> list[Job]:
    """What makes the files: the images are shared, what is said beside them is this collection's."""
    kind = nearest(target.diffraction)
    if suffix(beamline, step) == "cbf":
        sources = pool.single_images(kind)
        return [
            partial(link, sources[number % len(sources)], folder / f"{stem}_{number + 1:05}.cbf")
            for number in range(step.measured)
        ]
    master = folder / f"{stem}_master.h5"
    setting = _setting(beamline, step, kind)
    if not step.grid:
        names = [f"{stem}_data_{number + 1:06}.h5" for number in range(-(-step.images // IMAGES_PER_FILE))]
        jobs: list[Job] = [partial(link, pool.data(kind), folder / name) for name in names]
        return [*jobs, partial(write_master, master, names, setting)]
    hit, missed = f"{stem}_data_000001.h5", f"{stem}_data_000002.h5"
    return [
        partial(link, pool.data(kind), folder / hit),
        partial(link, pool.data(NOTHING), folder / missed),
        partial(write_grid, master, _runs(indicators, hit, missed), setting),
    ]


def _runs(indicators: Indicators, hit: str, missed: str) -> list[tuple[int, int, str]]:
    """Neighbouring boxes that are alike: the first from 0, how many, and the file their images are in."""
    scores = indicators.dozor_score.tolist()
    runs = [list(boxes) for _, boxes in groupby(range(len(scores)), key=lambda box: scores[box] > HIT)]
    return [(boxes[0], len(boxes), hit if scores[boxes[0]] > HIT else missed) for boxes in runs]


def _setting(beamline: Beamline, step: Collection, kind: Class) -> Setting:
    """The size of a pixel makes the rings of the shared images fall where the distance of this collection has them."""
    return Setting(
        wavelength=step.shot.wavelength,
        distance=step.shot.distance,
        pixel=PIXEL * step.shot.distance / kind.geometry.distance,
        exposure=step.exposure,
        start=step.start,
        width=step.width,
        images=step.measured,
        detector=f"{beamline.detector.manufacturer} {beamline.detector.model}",
    )
