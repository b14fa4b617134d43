"""Where the detector goes for a wanted resolution, and what follows from energy and attenuation."""

import math
from dataclasses import dataclass

from .facility import Beamline

HC = 12.398419843320026
"""Planck's constant times the speed of light [keV Å]."""


@dataclass(frozen=True)
class Shot:
    """Beam and detector during a collection."""

    energy: float
    """[keV]"""
    resolution: float
    """At the edge of the detector [Å]."""
    corner: float
    """At its corner [Å]."""
    distance: float
    """[mm]"""

    @property
    def wavelength(self) -> float:
        """[Å]"""
        return HC / self.energy


def aim(beamline: Beamline, resolution: float, energy: float) -> Shot:
    """The shot nearest to this resolution [Å] that the beamline's detector can reach.

    From Bragg's law, wavelength = 2 d sin(theta), with tan(2 theta) = half width / distance.
    """
    wavelength = HC / energy
    half = beamline.detector.half_width
    wanted = half / math.tan(2 * math.asin(min(wavelength / (2 * resolution), 0.6)))
    nearest, farthest = beamline.detector.distances
    distance = round(min(max(wanted, nearest), farthest), 2)
    tall = beamline.detector.pixels[1] * beamline.detector.pixel_mm / 2
    return Shot(
        energy=round(energy, 4),
        resolution=_resolution(half, distance, wavelength),
        corner=_resolution(math.hypot(half, tall), distance, wavelength),
        distance=distance,
    )


def _resolution(radius: float, distance: float, wavelength: float) -> float:
    return round(wavelength / (2 * math.sin(math.atan2(radius, distance) / 2)), 3)
