"""A crystal in a nylon loop: its shape, where it sits, and how well it diffracts.

One model serves the camera picture, the grid scan and the per-image indicators, so that they agree with each other.
Coordinates are micrometres in the frame of the goniometer at omega 0: x along the spindle towards the pin, y up,
z along the beam; the origin is the centre of the loop.
"""

import math
import random
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from .chance import chance

Floats = NDArray[np.float64]

POOL = 25
"""Different specimens there are pictures of."""

HABITS = ("block", "rod", "bipyramid", "plate", "needle")


@dataclass(frozen=True)
class Slab:
    """What rays along the beam meet of a convex body; all arrays have the shape of the rays asked for."""

    thickness: NDArray[np.float32]
    """Path inside the body [µm], 0 beside it."""
    entry: NDArray[np.uint8]
    """Index of the face a ray enters through; meaningless where thickness is 0."""
    leaving: NDArray[np.uint8]
    """Index of the face it leaves through."""


@dataclass(frozen=True)
class Crystal:
    """A convex polyhedron: the points r with normals · (r - centre) ≤ distances."""

    normals: Floats
    """Unit normals of the faces, shape (n, 3)."""
    distances: Floats
    """Distances of the faces from the centre [µm], shape (n,)."""
    centre: Floats
    """Centre in the frame of the loop [µm], shape (3,)."""
    tint: tuple[float, float, float]
    """Transmission of red, green and blue light through 100 µm of crystal, 0 … 1."""

    def rotated(self, omega: float) -> "Crystal":
        """The crystal after the spindle turned by omega [degrees]."""
        turn = spindle(omega)
        return Crystal(self.normals @ turn.T, self.distances, turn @ self.centre, self.tint)

    @cached_property
    def corners(self) -> Floats:
        """The corners of the polyhedron [µm], shape (n, 3)."""
        triples = np.array(list(combinations(range(len(self.normals)), 3)))
        planes, offsets = self.normals[triples], self.distances[triples]
        solvable = np.abs(np.linalg.det(planes)) > 1e-6
        points = np.linalg.solve(planes[solvable], offsets[solvable][..., None])[..., 0]
        inside = (points @ self.normals.T <= self.distances + 1e-6).all(axis=1)
        corners: Floats = points[inside] + self.centre
        return corners

    def slab(self, x: Floats, y: Floats) -> Slab:
        """What rays along z through (x, y) [µm] meet, at the present orientation."""
        u, v = (x - self.centre[0]).astype(np.float32), (y - self.centre[1]).astype(np.float32)
        far = np.full(u.shape, np.float32(np.inf))
        near = np.full(u.shape, np.float32(-np.inf))
        leaving = np.zeros(u.shape, dtype=np.uint8)
        entry = np.zeros(u.shape, dtype=np.uint8)
        for index, ((nx, ny, nz), distance) in enumerate(
            zip(self.normals.tolist(), self.distances.tolist(), strict=True)
        ):
            slope = math.copysign(max(abs(nz), 1e-6), nz)
            depth = (distance / slope) - (nx / slope) * u - (ny / slope) * v
            if slope > 0:
                leaving[depth < far] = index
                np.minimum(far, depth, out=far)
            else:
                entry[depth > near] = index
                np.maximum(near, depth, out=near)
        return Slab(np.maximum(far - near, np.float32(0)), entry, leaving)


@dataclass(frozen=True)
class Loop:
    """A nylon loop on its pin."""

    length: float
    """Size along the spindle [µm]."""
    width: float
    """Size across [µm]."""
    fibre: float
    """Thickness of the nylon fibre [µm]."""
    bend: float
    """How far the tip leans out of the plane [µm]."""
    plane: float
    """Angle of the plane of the loop about the spindle at omega 0 [degrees]."""
    frost: int
    """Specks of ice on it."""

    def outline(self, omega: float, points: int = 160) -> Floats:
        """The fibre's centre line seen along the beam [µm], shape (points, 3); it starts and ends at the neck."""
        t = np.linspace(-math.pi, math.pi, points)
        along = 0.5 * self.length * np.cos(t)
        taper = 0.62 + 0.38 * np.cos(t / 2) ** 0.9
        across = 0.5 * self.width * np.sin(t) * taper
        lean = self.bend * ((along / self.length) + 0.5) ** 2
        # cos(t) is 1 at the tip: the tip points away from the pin, to -x
        flat = np.stack([-along, across, lean], axis=1)
        turned: Floats = flat @ spindle(omega + self.plane).T
        return turned


@dataclass(frozen=True)
class Diffraction:
    """How well a crystal diffracts; what the indicators are made from."""

    resolution: float
    """Best resolution of the undamaged crystal [Å]."""
    strength: float
    """Dozor score of an undamaged image in the middle of the crystal."""
    anisotropy: float
    """Relative swing of the score over half a turn, 0 … 0.6."""
    phase: float
    """Spindle angle of the strongest diffraction [degrees]."""
    decay: float
    """Share of the score lost over one full data set at usual dose, 0 … 0.9."""
    icy: bool
    """Ice rings come and go."""
    mosaicity: float
    """[degrees]"""

    @property
    def usable(self) -> bool:
        """It diffracts well enough to go on after the grid scan."""
        return self.strength > 1


@dataclass(frozen=True)
class Specimen:
    """What hangs on one pin."""

    number: int
    """Place in the pool of pictures."""
    crystal: Crystal
    loop: Loop
    frost_seed: int = field(repr=False)


def spindle(omega: float) -> Floats:
    """Rotation matrix about x by omega [degrees]."""
    c, s = math.cos(math.radians(omega)), math.sin(math.radians(omega))
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def make_specimen(number: int) -> Specimen:
    """The specimen of this number; the same number always gives the same one."""
    rng = chance("specimen", number)
    habit = HABITS[number % len(HABITS)]
    loop = Loop(
        length=rng.uniform(300, 380),
        width=rng.uniform(215, 285),
        fibre=rng.uniform(13, 17),
        bend=rng.uniform(-40, 40),
        plane=rng.uniform(-12, 12),
        frost=rng.choice((0, 0, 0, 2, 5, 9)),
    )
    return Specimen(number, _crystal(habit, loop, rng), loop, rng.randrange(2**32))


def make_diffraction(key: object) -> Diffraction:
    """How well the crystal of a sample diffracts; the same key always gives the same answer."""
    rng = chance("diffraction", key)
    resolution = round(1.15 + rng.betavariate(1.7, 3.2) * 2.6, 2)
    strength = round(max(6.0, 120 / resolution**1.5 * rng.lognormvariate(0, 0.25)), 1)
    dead = rng.random() < 0.06
    return Diffraction(
        resolution=8.0 if dead else resolution,
        strength=0.4 if dead else strength,
        anisotropy=rng.uniform(0.05, 0.45),
        phase=rng.uniform(0, 180),
        decay=min(0.85, rng.lognormvariate(-1.4, 0.6)),
        icy=rng.random() < 0.16,
        mosaicity=round(min(0.9, 0.05 + rng.lognormvariate(-2.1, 0.6)), 2),
    )


def _crystal(habit: str, loop: Loop, rng: random.Random) -> Crystal:
    size = rng.uniform(0.8, 1.25)
    normals, distances = _faces(habit, size, rng)
    turn = spindle(loop.plane) @ _in_plane(rng.uniform(-40, 40)) @ spindle(rng.uniform(-25, 25))
    place = spindle(loop.plane) @ np.array([rng.uniform(-65, 15), rng.uniform(-38, 38), rng.uniform(-6, 6)])
    tint = rng.choice(((0.97, 0.98, 0.99),) * 5 + ((0.97, 0.62, 0.5), (0.96, 0.9, 0.5), (0.72, 0.85, 0.96)))
    return Crystal(normals @ turn.T, distances, place, tint)


def _in_plane(angle: float) -> Floats:
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def _faces(habit: str, size: float, rng: random.Random) -> tuple[Floats, Floats]:
    """Normals and distances [µm] of the faces, the long axis of the crystal along x."""
    if habit == "rod":
        raw = _prism(6, 26, rng) + _pyramids(6, 72, 42)
    elif habit == "bipyramid":
        raw = _prism(4, 34, rng) + _pyramids(4, 52, 48)
    elif habit == "plate":
        raw = [((0, 0, 1), 11), ((0, 0, -1), 11), *_edges(rng, 62, 40)]
    elif habit == "needle":
        raw = [*_prism(4, 12, rng), ((1, 0.3, 0.1), 88), ((-1, 0.2, -0.2), 88)]
    else:
        raw = [((0, 0, 1), 30), ((0, 0, -1), 30), *_edges(rng, 46, 36), ((1, 1, 1), 58), ((-1, 1, -1), 58)]
    normals = np.array([direction for direction, _ in raw], dtype=float)
    normals += np.array([[rng.gauss(0, 0.015) for _ in range(3)] for _ in raw])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    distances = np.array([distance * size * rng.uniform(0.93, 1.07) for _, distance in raw])
    return normals, distances


Face = tuple[tuple[float, float, float], float]


def _prism(sides: int, distance: float, rng: random.Random) -> list[Face]:
    start = rng.uniform(0, 2 * math.pi / sides)
    angles = [start + 2 * math.pi * side / sides for side in range(sides)]
    return [((0.0, math.cos(a), math.sin(a)), distance) for a in angles]


def _pyramids(sides: int, distance: float, slope: float) -> list[Face]:
    """Caps at both ends, their faces tilted from the long axis by the slope [degrees]."""
    flat, steep = math.cos(math.radians(slope)), math.sin(math.radians(slope))
    angles = [2 * math.pi * (side + 0.25) / sides for side in range(sides)]
    tilted = [(steep * math.cos(a), steep * math.sin(a)) for a in angles]
    return [((end * flat, y, z), distance) for end in (1.0, -1.0) for y, z in tilted]


def _edges(rng: random.Random, long: float, short: float) -> list[Face]:
    """Six faces around the z axis."""
    bevel = rng.uniform(0.5, 0.9)
    return [
        ((1.0, 0.0, 0.08), long),
        ((-1.0, 0.0, 0.08), long),
        ((0.05, 1.0, 0.1), short),
        ((-0.05, -1.0, 0.1), short),
        ((bevel, 1.0, 0.0), (long + short) * 0.55),
        ((-bevel, -1.0, 0.0), (long + short) * 0.52),
    ]
