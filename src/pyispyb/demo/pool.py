"""The pictures and data files that all sessions share, made once; sessions hold links to them."""

import math
import os
from dataclasses import dataclass
from pathlib import Path

from .frames import HALF_WIDTH, Geometry, Lattice
from .macromolecules import MACROMOLECULES, Macromolecule
from .pictures.ink import thumbnail_path
from .specimen import Diffraction

ORIENTATIONS = (0, 90, 180, 270)
"""Spindle angles of the pictures after centring [degrees]."""
LOOP_ORIENTATIONS = (0, 90)
"""Spindle angles of the pictures before centring [degrees]."""
FRAMES = 2
"""Images of a kind of diffraction."""


@dataclass(frozen=True)
class Class:
    """A kind of diffraction that there are images of."""

    resolution: float
    """[Å]; images of nothing have a very low one."""
    ice: float
    """Photons per pixel on the strongest ring."""
    protein: str
    """Whose lattice it is."""
    edge: float = 1.6
    """Resolution at the edge of the detector [Å]: as it is aimed at such crystals, and of few kinds."""

    @property
    def name(self) -> str:
        """Part of the file names."""
        return f"{self.resolution:.1f}A{'-ice' if self.ice else ''}"

    @property
    def geometry(self) -> Geometry:
        """Where the detector is. From Bragg's law, with tan(2 theta) = half width / distance."""
        usual = Geometry()
        theta = math.asin(usual.wavelength / (2 * self.edge))
        return Geometry(usual.wavelength, HALF_WIDTH / math.tan(2 * theta))

    def lattice(self) -> Lattice:
        """What is in the beam."""
        strength = 0.0 if self.resolution > 6 else 3600 / self.resolution**0.9
        return Lattice(MACROMOLECULES[self.protein].cell, self.resolution, strength, self.ice, seed=len(self.name) + 31)


NOTHING = Class(8.0, 0.0, "LYSO")
CLASSES = (
    Class(1.3, 0.0, "LYSO", 1.22),
    Class(1.7, 0.0, "TRYP"),
    Class(2.2, 0.0, "THAU"),
    Class(2.8, 0.0, "TMPB", 2.63),
    Class(3.5, 0.0, "PTAF", 2.63),
    Class(1.7, 10.0, "TRYP"),
    Class(2.8, 14.0, "TMPB", 2.63),
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
        """A specimen before centring at this spindle angle [degrees], one of LOOP_ORIENTATIONS."""
        return self.folder / f"loop-{number:02}-{omega}.jpg"

    @property
    def empty(self) -> Path:
        """The goniometer without a pin."""
        return self.folder / "goniometer.jpg"

    def images(self, kind: Class) -> list[Path]:
        """Pictures of neighbouring images of a kind of diffraction."""
        return [self.folder / f"diffraction-{kind.name}-{number}.jpg" for number in range(FRAMES)]

    def single_images(self, kind: Class) -> list[Path]:
        """Files with one of these images each."""
        return [self.folder / f"frame-{kind.name}-{number}.cbf" for number in range(FRAMES)]

    def data(self, kind: Class) -> Path:
        """A data file with images of a kind."""
        return self.folder / f"frames-{kind.name}.h5"

    def blob(self, protein: Macromolecule, number: int) -> list[Path]:
        """Pictures of a blob in the difference map of a protein, from three sides."""
        return [self.folder / f"blob-{protein.acronym}-{number}-{view}.png" for view in range(1, 4)]


def nearest(diffraction: Diffraction) -> Class:
    """The class that comes closest to a crystal; ice only where there is a picture of it."""
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
