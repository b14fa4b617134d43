"""Diffraction images, counted photon by photon from a lattice, an Ewald sphere and a little weather.

The same frames become the pictures on the page and the small HDF5 files that viewers open.
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .specimen import Floats, spindle

Counts = NDArray[np.uint16]

SIZE = 1040
"""Pixels along each side of the detector."""
MASKED = np.uint16(65535)
"""Value of pixels that see nothing: the gaps between modules."""
HALF_WIDTH = 155.0
"""Half the side of the detector [mm]."""
PIXEL = 2 * HALF_WIDTH / SIZE
"""Side of a pixel [mm]."""
SPOT = 1.05
"""Standard deviation of a spot [pixels]."""
FAINTEST = 1.5
"""Spots with fewer photons are not looked for."""
ICE_RINGS = (3.90, 3.67, 3.44, 2.67, 2.25, 2.07, 1.95, 1.92)
"""Spacings of hexagonal ice [Å]."""
ICE_WIDTH = 0.0016
"""Of a ring [1/Å]."""
ICE_STRENGTHS = (1.0, 0.75, 0.85, 0.35, 0.5, 0.4, 0.3, 0.3)


@dataclass(frozen=True)
class Lattice:
    """What is in the beam, as the detector sees it."""

    cell: tuple[float, float, float, float, float, float]
    """a, b, c [Å], alpha, beta, gamma [degrees]."""
    resolution: float
    """Where the spots fade out [Å]."""
    strength: float
    """Photons in a strong spot at low angle."""
    ice: float = 0.0
    """Photons per pixel on the first ice ring."""
    seed: int = 0
    """Chooses the orientation and the structure factors."""


@dataclass(frozen=True)
class Geometry:
    """Where the detector is; the beam hits its middle."""

    wavelength: float = 0.9763
    """[Å]"""
    distance: float = 200.0
    """[mm]"""


def expose(lattice: Lattice, angle: float = 0.0, width: float = 0.5, geometry: Geometry | None = None) -> Counts:
    """Photons per pixel while the spindle turns from angle by width [degrees], shape (SIZE, SIZE)."""
    geometry = geometry or Geometry()
    rng = np.random.default_rng([lattice.seed, round(angle * 100)])
    expected = _background(geometry).copy()
    if lattice.ice:
        expected += lattice.ice * _ice(geometry, lattice.seed)
    if lattice.strength:
        points, photons = _excited(lattice, angle, width, geometry)
        _stamp(expected, *_on_detector(points, geometry), photons)
    expected *= _shadow()
    counts = rng.poisson(expected).astype(np.uint16)
    counts[_gaps()] = MASKED
    return counts


def resolution_map(geometry: Geometry) -> Floats:
    """Resolution d of each pixel [Å], from Bragg's law with tan(2 theta) = radius / distance."""
    radius = np.maximum(_radius(), PIXEL / 2)
    theta = 0.5 * np.arctan(radius / geometry.distance)
    resolution: Floats = geometry.wavelength / (2 * np.sin(theta))
    return resolution


def _orthogonal(cell: tuple[float, float, float, float, float, float]) -> Floats:
    """Axes a, b, c as columns in a Cartesian frame [Å], a along x and b in the xy plane."""
    a, b, c = cell[:3]
    ca, cb, cg = (math.cos(math.radians(angle)) for angle in cell[3:])
    sg = math.sin(math.radians(cell[5]))
    cx, cy = c * cb, c * (ca - cb * cg) / sg
    return np.array([[a, b * cg, cx], [0, b * sg, cy], [0, 0, math.sqrt(max(c * c - cx * cx - cy * cy, 1e-6))]])


@cache
def _reciprocal_points(lattice: Lattice) -> tuple[Floats, Floats]:
    """Reciprocal lattice vectors [1/Å] in a fixed random orientation, shape (n, 3), and their photons, shape (n,)."""
    rng = np.random.default_rng(lattice.seed)
    reciprocal: Floats = np.linalg.inv(_orthogonal(lattice.cell)).astype(np.float64)
    limit = 1 / (lattice.resolution * 0.93)
    reach = [int(length * limit) + 1 for length in lattice.cell[:3]]
    hkl = np.stack(np.meshgrid(*(np.arange(-n, n + 1) for n in reach), indexing="ij"), axis=-1).reshape(-1, 3)
    points = _turned(hkl.astype(np.float64), reciprocal.T)
    length = _lengths(points)
    keep = (length < limit) & (length > 0.02)
    turn, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    fall = np.exp(-2.6 * (length[keep] * lattice.resolution) ** 2)
    photons = lattice.strength * fall * rng.exponential(1.0, int(keep.sum()))
    seen = photons > FAINTEST
    return _turned(points[keep][seen], turn), photons[seen]


def _turned(points: Floats, matrix: Floats) -> Floats:
    """Points of shape (n, 3) after a linear map, in plain loops: threads of a matrix library would cost more here."""
    turned: Floats = np.einsum("pj,ij->pi", points, matrix)
    return turned


def _lengths(vectors: Floats) -> Floats:
    """Lengths of vectors of shape (n, 3), without the temporary arrays of numpy's norm."""
    lengths: Floats = np.sqrt(np.einsum("pi,pi->p", vectors, vectors))
    return lengths


def _excited(lattice: Lattice, angle: float, width: float, geometry: Geometry) -> tuple[Floats, Floats]:
    """Scattered wave vectors [1/Å] of the reflections that cross the Ewald sphere, and their photons."""
    points, photons = _reciprocal_points(lattice)
    points = _turned(points, spindle(angle + width / 2))
    swept = np.hypot(points[:, 1], points[:, 2]) * math.radians(width + 0.25) * 0.5 + 2e-4
    points[:, 2] += 1 / geometry.wavelength
    away = _lengths(points) - 1 / geometry.wavelength
    bright = photons * np.exp(-((away / swept) ** 2))
    hits = (bright > FAINTEST) & (points[:, 2] > 0)
    return points[hits], bright[hits]


def _on_detector(scattered: Floats, geometry: Geometry) -> tuple[Floats, Floats]:
    """Columns and rows where waves hit the detector."""
    scale = geometry.distance / scattered[:, 2] / PIXEL
    return SIZE / 2 + scattered[:, 0] * scale, SIZE / 2 - scattered[:, 1] * scale


def _stamp(expected: Floats, column: Floats, row: Floats, photons: Floats) -> None:
    """Add spots of about two pixels to the expected photons."""
    offsets = np.arange(-3, 4)
    down, right = (shift.ravel() for shift in np.meshgrid(offsets, offsets, indexing="ij"))
    r, c = np.rint(row).astype(int), np.rint(column).astype(int)
    dy = down[None, :] + (r - row)[:, None]
    dx = right[None, :] + (c - column)[:, None]
    spread = np.exp(-(dx**2 + dy**2) / (2 * SPOT**2)) / (2 * math.pi * SPOT**2)
    rows, columns = r[:, None] + down, c[:, None] + right
    inside = (rows >= 0) & (rows < SIZE) & (columns >= 0) & (columns < SIZE)
    np.add.at(expected, (rows[inside], columns[inside]), (spread * photons[:, None])[inside])


@cache
def _radius() -> Floats:
    """Distance of each pixel from the beam [mm]."""
    radius: Floats = np.hypot(*np.meshgrid(_axis(), _axis()))
    return radius


def _axis() -> Floats:
    """Distance of each column from the beam [mm]."""
    return (np.arange(SIZE, dtype=np.float64) + 0.5) * PIXEL - HALF_WIDTH


@cache
def _background(geometry: Geometry) -> Floats:
    """Air close to the beam, the broad rings of water around 3.5 Å and 2.1 Å, less towards the corners [photons]."""
    s = 1 / resolution_map(geometry)
    air = 34 * np.exp(-s / 0.045) + 2.2 * np.exp(-s / 0.5)
    water = 7.5 * np.exp(-(((s - 0.285) / 0.062) ** 2)) + 1.6 * np.exp(-(((s - 0.47) / 0.075) ** 2))
    oblique = np.cos(np.arctan(_radius() / geometry.distance)) ** 2.2
    background: Floats = (air + water) * oblique + 0.15
    return background


@cache
def _ice(geometry: Geometry, seed: int) -> Floats:
    """Rings of hexagonal ice, grainy around the circle; 1 at the top of the strongest."""
    rng = np.random.default_rng(seed)
    d = resolution_map(geometry)
    around = np.arctan2(*np.meshgrid(_axis(), _axis()))
    s = 1 / d
    rings = np.zeros((SIZE, SIZE))
    for spacing, strength in zip(ICE_RINGS, ICE_STRENGTHS, strict=True):
        near = np.abs(s - 1 / spacing) < 5 * ICE_WIDTH
        grain = 0.55 + 0.45 * np.interp(around[near], np.linspace(-math.pi, math.pi, 120), rng.random(120) ** 2)
        rings[near] += strength * grain * np.exp(-(((s[near] - 1 / spacing) / ICE_WIDTH) ** 2))
    return rings


@cache
def _shadow() -> Floats:
    """Share of photons that the beam stop and its arm let through."""
    x, y = np.meshgrid(_axis(), -_axis())
    stop = _step((_radius() - 4.6) * 5)
    across: Floats = 0.9 - np.abs(y + 0.035 * x)
    arm = 1 - 0.93 * _step(across * 6) * _step((x - 1) * 3)
    shadow: Floats = 0.02 + 0.98 * stop * arm
    return shadow


def _step(values: Floats) -> Floats:
    """A soft step from 0 to 1 at 0."""
    smooth: Floats = 0.5 + 0.5 * np.tanh(values / 2)
    return smooth


@cache
def _gaps() -> NDArray[np.bool_]:
    """Pixels between the modules."""
    masked = np.zeros((SIZE, SIZE), dtype=np.bool_)
    for edge in (346, 694):
        masked[:, edge - 3 : edge + 3] = True
    for edge in (208, 416, 624, 832):
        masked[edge - 4 : edge + 4] = True
    return masked
