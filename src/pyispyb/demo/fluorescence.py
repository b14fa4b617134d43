"""X-ray fluorescence of a sample: the absorption edge of one element, and the spectrum of all of them."""

import math
from dataclasses import dataclass

import numpy as np

from .specimen import Floats


@dataclass(frozen=True)
class Edge:
    """An absorption edge used for phasing."""

    element: str
    shell: str
    energy: float
    """Tabulated energy of the edge [keV]."""
    below: float
    """f'' below the edge [electrons]."""
    above: float
    """f'' above the edge [electrons]."""
    white_line: float
    """Height of the peak over the step [electrons]."""


EDGES = {
    edge.element: edge
    for edge in (
        Edge("Se", "K", 12.6578, 0.51, 3.84, 2.9),
        Edge("Zn", "K", 9.6586, 0.5, 3.86, 1.7),
        Edge("Fe", "K", 7.112, 0.48, 3.94, 1.1),
        Edge("Br", "K", 13.4737, 0.52, 3.82, 2.2),
        Edge("Pt", "L3", 11.5637, 3.9, 9.9, 4.6),
    )
}

LINES = {
    "S": ((2.307, 1.0), (2.464, 0.06)),
    "Cl": ((2.621, 1.0), (2.815, 0.08)),
    "K": ((3.313, 1.0), (3.589, 0.11)),
    "Ca": ((3.690, 1.0), (4.012, 0.12)),
    "Mn": ((5.895, 1.0), (6.490, 0.13)),
    "Fe": ((6.400, 1.0), (7.057, 0.13)),
    "Co": ((6.925, 1.0), (7.649, 0.13)),
    "Ni": ((7.472, 1.0), (8.264, 0.13)),
    "Cu": ((8.041, 1.0), (8.904, 0.13)),
    "Zn": ((8.631, 1.0), (9.570, 0.14)),
    "As": ((10.532, 1.0), (11.725, 0.15)),
    "Se": ((11.208, 1.0), (12.494, 0.15)),
    "Br": ((11.909, 1.0), (13.289, 0.15)),
}
"""Emission lines K alpha and K beta [keV] with their relative strength."""


@dataclass(frozen=True)
class EdgeScan:
    """A measured edge and what CHOOCH would make of it."""

    edge: Edge
    energy: Floats
    """[keV], ascending."""
    f_prime: Floats
    """[electrons]"""
    f_double_prime: Floats
    """[electrons]"""
    counts: Floats
    """Fluorescence as measured, with noise."""

    @property
    def peak(self) -> int:
        """Index of the largest f''."""
        return int(np.argmax(self.f_double_prime))

    @property
    def inflection(self) -> int:
        """Index of the smallest f'."""
        return int(np.argmin(self.f_prime))

    def results(self) -> dict[str, float]:
        """Energies [keV] and scattering factors [electrons] under ISPyB's names."""
        values: dict[str, float] = {}
        for name, index in (("peak", self.peak), ("inflection", self.inflection)):
            values[f"{name}Energy"] = round(float(self.energy[index]), 4)
            values[f"{name}FPrime"] = round(float(self.f_prime[index]), 2)
            values[f"{name}FDoublePrime"] = round(float(self.f_double_prime[index]), 2)
        return values


def scan_edge(element: str, seed: int) -> EdgeScan:
    """Scan an edge from 50 eV below to 50 eV above.

    f'' is a step with a white line; f' follows from it by the Kramers-Kronig relation,
    f'(E) = 2/pi P ∫ E' f''(E') / (E² - E'²) dE', taken on a wide grid whose midpoints avoid the pole.
    """
    edge = EDGES[element]
    rng = np.random.default_rng([seed, len(element)])
    shift = rng.normal(0, 0.0006)
    wide = edge.energy * np.exp(np.linspace(math.log(0.05), math.log(20), 3001))
    near = edge.energy + np.arange(-0.3, 0.3, 0.0004)
    source = np.unique(np.concatenate([wide[np.abs(wide - edge.energy) > 0.3], near]))
    middle = (source[1:] + source[:-1]) / 2
    weight = np.diff(source) * _f_double_prime(middle, edge, shift) * middle
    energy = source[np.abs(source - edge.energy) <= 0.05]
    f_prime = 2 / math.pi * (weight[None, :] / (energy[:, None] ** 2 - middle[None, :] ** 2)).sum(axis=1)
    f_double_prime = _f_double_prime(energy, edge, shift)
    clean = 180 + 5200 * (f_double_prime - edge.below) / edge.above
    return EdgeScan(edge, energy, f_prime, f_double_prime, rng.poisson(clean).astype(np.float64))


def _f_double_prime(energy: Floats, edge: Edge, shift: float) -> Floats:
    """Step of 1.2 eV width, white line of 2.4 eV, first wiggle of the fine structure; falls as E^-2 beyond."""
    away = (energy - edge.energy - shift) * 1000
    step = 0.5 + np.arctan(away / 0.9) / math.pi
    line = edge.white_line / (1 + ((away - 1.6) / 1.7) ** 2)
    behind = np.clip(away, 0, 200)
    wiggle = 0.35 * np.sin(behind / 6.5) * np.exp(-behind / 22) * (away > 0)
    fall = (edge.energy / energy) ** 2
    curve: Floats = (edge.below + (edge.above - edge.below + wiggle) * step + line) * fall
    return curve


@dataclass(frozen=True)
class Spectrum:
    """A fluorescence spectrum."""

    energy: Floats
    """Middle of each channel [keV]."""
    counts: Floats
    excitation: float
    """Energy of the beam [keV]."""
    elements: tuple[str, ...]
    """What is in the sample, strongest first."""


def spectrum(elements: dict[str, float], excitation: float, seed: int) -> Spectrum:
    """Counts per channel of 10 eV; elements give the height of their K alpha line relative to a strong one."""
    rng = np.random.default_rng(seed)
    energy = np.arange(0.5, excitation + 1.2, 0.01)
    clean = 2.5 + 14 * np.exp(-(((energy - 0.62 * excitation) / (0.3 * excitation)) ** 2))
    excited = {name: share for name, share in elements.items() if LINES[name][0][0] < excitation - 0.3}
    for name, share in excited.items():
        for line, relative in LINES[name]:
            clean += _peak(energy, line, 5200 * share * relative)
    clean += _peak(energy, excitation, 2600)
    compton = excitation / (1 + excitation / 511.0)
    clean += 1900 * np.exp(-(((energy - compton + 0.03) / 0.17) ** 2)) * (energy < excitation)
    strongest = tuple(sorted(excited, key=lambda name: -excited[name]))
    return Spectrum(energy, rng.poisson(clean).astype(np.float64), excitation, strongest)


def _peak(energy: Floats, centre: float, height: float) -> Floats:
    """A line as a silicon drift detector shows it, 130 eV wide at 5.9 keV, wider above."""
    sigma = 0.055 * math.sqrt(max(centre, 1.0) / 5.9)
    peak: Floats = height * np.exp(-((energy - centre) ** 2) / (2 * sigma**2))
    return peak
