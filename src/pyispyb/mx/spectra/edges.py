"""Absorption edges that crystals are phased at. Energies: X-ray Data Booklet (LBNL, 2009), table 1-1."""

import re

K_EDGES = {
    "Ti": 4.966,
    "V": 5.465,
    "Cr": 5.989,
    "Mn": 6.539,
    "Fe": 7.112,
    "Co": 7.709,
    "Ni": 8.333,
    "Cu": 8.979,
    "Zn": 9.659,
    "Ga": 10.367,
    "Ge": 11.103,
    "As": 11.867,
    "Se": 12.658,
    "Br": 13.474,
    "Kr": 14.326,
    "Rb": 15.200,
    "Sr": 16.105,
    "Y": 17.038,
    "Zr": 17.998,
    "Nb": 18.986,
    "Mo": 20.000,
}
L3_EDGES = {
    "I": 4.557,
    "Xe": 4.786,
    "Cs": 5.012,
    "Ba": 5.247,
    "Sm": 6.716,
    "Eu": 6.977,
    "Gd": 7.243,
    "Tb": 7.514,
    "Dy": 7.790,
    "Ho": 8.071,
    "Er": 8.358,
    "Yb": 8.944,
    "Lu": 9.244,
    "Hf": 9.561,
    "Ta": 9.881,
    "W": 10.207,
    "Re": 10.535,
    "Os": 10.871,
    "Ir": 11.215,
    "Pt": 11.564,
    "Au": 11.919,
    "Hg": 12.284,
    "Tl": 12.658,
    "Pb": 13.035,
    "U": 17.166,
}
"""By element [keV]."""

LARGEST_SHELL = 3
"""A number up to this one belongs to the name of a shell, as in `L3`."""


def edge_energy(element: str | None, worded: str | None) -> float | None:
    """Energy of an edge [keV]: as it was noted, or as the table has it; None where neither tells.

    What is noted may be an energy in keV or eV, the name of a shell such as `K`, or both.
    """
    noted = re.fullmatch(r"[^\d]*(\d+\.?\d*)\s*(?:k?eV)?", (worded or "").strip(), re.IGNORECASE)
    if noted and float(noted[1]) > LARGEST_SHELL:
        return as_kev(float(noted[1]))
    return _tabulated(element, worded)


def _tabulated(element: str | None, worded: str | None) -> float | None:
    name = (element or "").strip().capitalize()
    tables = (L3_EDGES, K_EDGES) if (worded or "").strip().upper().startswith("L") else (K_EDGES, L3_EDGES)
    return next((table[name] for table in tables if name in table), None)


def as_kev(energy: float) -> float:
    """An energy in keV. Beamlines write keV or eV: no beamline for crystals has 100 keV, nor 100 eV."""
    return energy / 1000 if energy > 100 else energy
