"""The pictures and data files that all sessions share, made once; sessions hold links to them."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .frames import Geometry, Lattice, expose
from .hdf5 import write_master
from .macromolecules import MACROMOLECULES
from .pictures.camera import empty_goniometer, on_crystal, on_loop, photograph
from .pictures.diffraction import picture
from .pictures.ink import save_with_thumbnail, thumbnail_path
from .specimen import POOL, Diffraction, make_specimen

ORIENTATIONS = (0, 90, 180, 270)
FRAMES = 2
"""Images in a data file."""


@dataclass(frozen=True)
class Class:
    """A kind of diffraction that there are images of."""

    resolution: float
    """[Å]; images of nothing have a very low one."""
    ice: float
    """Photons per pixel on the strongest ring."""
    protein: str
    """Whose lattice it is."""

    @property
    def name(self) -> str:
        """Part of the file names."""
        return f"{self.resolution:.1f}A{'-ice' if self.ice else ''}"

    def lattice(self) -> Lattice:
        """What is in the beam."""
        strength = 0.0 if self.resolution > 6 else 3600 / self.resolution**0.9
        return Lattice(MACROMOLECULES[self.protein].cell, self.resolution, strength, self.ice, seed=len(self.name) + 31)


NOTHING = Class(8.0, 0.0, "LYSO")
CLASSES = (
    Class(1.3, 0.0, "LYSO"),
    Class(1.7, 0.0, "TRYP"),
    Class(2.2, 0.0, "THAU"),
    Class(2.8, 0.0, "TMPB"),
    Class(3.5, 0.0, "PTAF"),
    Class(1.7, 10.0, "TRYP"),
    Class(2.8, 14.0, "TMPB"),
    NOTHING,
)


class Pool:
    """Where the shared files are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def crystal(self, number: int, omega: int) -> Path:
        """A specimen after centring at this spindle angle [degrees], one of ORIENTATIONS."""
        return self.folder / f"crystal-{number:02}-{omega}.jpg"

    def loop(self, number: int, omega: int) -> Path:
        """A specimen before centring, at 0 or 90 degrees."""
        return self.folder / f"loop-{number:02}-{omega}.jpg"

    @property
    def empty(self) -> Path:
        """The goniometer without a pin."""
        return self.folder / "goniometer.jpg"

    def diffraction(self, diffraction: Diffraction, number: int) -> Path:
        """An image as this crystal would give it; neighbouring numbers are different images."""
        return self.folder / f"diffraction-{_nearest(diffraction).name}-{number % FRAMES}.jpg"

    def blank(self, number: int) -> Path:
        """An image beside the crystal."""
        return self.folder / f"diffraction-{NOTHING.name}-{number % FRAMES}.jpg"

    def data(self, diffraction: Diffraction) -> Path:
        """A data file with a few images as this crystal would give them."""
        return self.folder / f"frames-{_nearest(diffraction).name}.h5"

    def fill(self) -> None:
        """Make everything. Pictures come from several threads: drawing mostly happens outside the interpreter."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
            work = [threads.submit(self._expose, each) for each in CLASSES]
            work += [threads.submit(self._photograph, number) for number in range(POOL)]
            for done in work:
                done.result()
        save_with_thumbnail(empty_goniometer(), self.empty)

    def _photograph(self, number: int) -> None:
        specimen = make_specimen(number)
        for omega in ORIENTATIONS:
            save_with_thumbnail(photograph(specimen, on_crystal(specimen, omega)), self.crystal(number, omega))
        for omega in (0, 90):
            save_with_thumbnail(photograph(specimen, on_loop(specimen, omega)), self.loop(number, omega))

    def _expose(self, kind: Class) -> None:
        lattice = kind.lattice()
        frames = np.stack([expose(lattice, 0.5 * number) for number in range(FRAMES)])
        for number, frame in enumerate(frames):
            save_with_thumbnail(picture(frame), self.folder / f"diffraction-{kind.name}-{number}.jpg")
        write_master(self.folder / f"frames-{kind.name}.h5", frames, 0.5, Geometry())


def _nearest(diffraction: Diffraction) -> Class:
    """The class that comes closest; ice only where there is a picture of it."""
    icy = [each for each in CLASSES if bool(each.ice) == diffraction.icy]
    fitting = icy if diffraction.usable else CLASSES
    return min(fitting, key=lambda each: abs(each.resolution - diffraction.resolution))


def link(source: Path, target: Path) -> None:
    """Make a shared file appear in a session's folder, without a copy where the file system allows."""
    try:
        os.link(source, target)
    except FileExistsError:
        return
    except OSError:
        target.symlink_to(source)


def link_picture(source: Path, target: Path) -> None:
    """The same for a picture and its thumbnail."""
    link(source, target)
    link(thumbnail_path(source), thumbnail_path(target))
