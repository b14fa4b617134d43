"""Absorption edges that crystals are phased at. Energies: X-ray Data Booklet (LBNL, 2009), table 1-1."""

import re

EDGES = {
    "P": (2.146, 0.189, 0.136, 0.135),
    "S": (2.472, 0.231, 0.164, 0.163),
    "Cl": (2.822, 0.270, 0.202, 0.200),
    "K": (3.608, 0.379, 0.297, 0.295),
    "Ca": (4.038, 0.438, 0.350, 0.346),
    "Sc": (4.492, 0.498, 0.404, 0.399),
    "Ti": (4.966, 0.561, 0.460, 0.454),
    "V": (5.465, 0.627, 0.520, 0.512),
    "Cr": (5.989, 0.696, 0.584, 0.574),
    "Mn": (6.539, 0.769, 0.650, 0.639),
    "Fe": (7.112, 0.845, 0.720, 0.707),
    "Co": (7.709, 0.925, 0.793, 0.778),
    "Ni": (8.333, 1.009, 0.870, 0.853),
    "Cu": (8.979, 1.097, 0.952, 0.933),
    "Zn": (9.659, 1.196, 1.045, 1.022),
    "Ga": (10.367, 1.299, 1.143, 1.116),
    "Ge": (11.103, 1.415, 1.248, 1.217),
    "As": (11.867, 1.527, 1.359, 1.324),
    "Se": (12.658, 1.652, 1.474, 1.434),
    "Br": (13.474, 1.782, 1.596, 1.550),
    "Kr": (14.326, 1.921, 1.731, 1.678),
    "Rb": (15.200, 2.065, 1.864, 1.804),
    "Sr": (16.105, 2.216, 2.007, 1.940),
    "Y": (17.038, 2.373, 2.156, 2.080),
    "Zr": (17.998, 2.532, 2.307, 2.223),
    "Nb": (18.986, 2.698, 2.465, 2.371),
    "Mo": (20.000, 2.866, 2.625, 2.520),
    "Ru": (22.117, 3.224, 2.967, 2.838),
    "Rh": (23.220, 3.412, 3.146, 3.004),
    "Pd": (24.350, 3.604, 3.330, 3.173),
    "Ag": (25.514, 3.806, 3.524, 3.351),
    "Cd": (26.711, 4.018, 3.727, 3.538),
    "In": (27.940, 4.238, 3.938, 3.730),
    "Sn": (29.200, 4.465, 4.156, 3.929),
    "Sb": (30.491, 4.698, 4.380, 4.132),
    "Te": (31.814, 4.939, 4.612, 4.341),
    "I": (33.169, 5.188, 4.852, 4.557),
    "Xe": (34.561, 5.453, 5.107, 4.786),
    "Cs": (35.985, 5.714, 5.359, 5.012),
    "Ba": (37.441, 5.989, 5.624, 5.247),
    "La": (38.925, 6.266, 5.891, 5.483),
    "Ce": (40.443, 6.548, 6.164, 5.723),
    "Pr": (41.991, 6.835, 6.440, 5.964),
    "Nd": (43.569, 7.126, 6.722, 6.208),
    "Sm": (46.834, 7.737, 7.312, 6.716),
    "Eu": (48.519, 8.052, 7.617, 6.977),
    "Gd": (50.239, 8.376, 7.930, 7.243),
    "Tb": (51.996, 8.708, 8.252, 7.514),
    "Dy": (53.789, 9.046, 8.581, 7.790),
    "Ho": (55.618, 9.394, 8.918, 8.071),
    "Er": (57.486, 9.751, 9.264, 8.358),
    "Tm": (59.390, 10.116, 9.617, 8.648),
    "Yb": (61.332, 10.486, 9.978, 8.944),
    "Lu": (63.314, 10.870, 10.349, 9.244),
    "Hf": (65.351, 11.271, 10.739, 9.561),
    "Ta": (67.416, 11.682, 11.136, 9.881),
    "W": (69.525, 12.100, 11.544, 10.207),
    "Re": (71.676, 12.527, 11.959, 10.535),
    "Os": (73.871, 12.968, 12.385, 10.871),
    "Ir": (76.111, 13.419, 12.824, 11.215),
    "Pt": (78.395, 13.880, 13.273, 11.564),
    "Au": (80.725, 14.353, 13.734, 11.919),
    "Hg": (83.102, 14.839, 14.209, 12.284),
    "Tl": (85.530, 15.347, 14.698, 12.658),
    "Pb": (88.005, 15.861, 15.200, 13.035),
    "Bi": (90.526, 16.388, 15.711, 13.419),
    "Th": (109.651, 20.472, 19.693, 16.300),
    "U": (115.606, 21.757, 20.948, 17.166),
}
"""Energies of the edges K, L1, L2 and L3, by element [keV]."""

_PLACES = {"K": 0, "L1": 1, "L2": 2, "L3": 3, "LI": 1, "LII": 2, "LIII": 3, "L": 3}
_WORDED = re.compile(
    r"(?P<shell>K|L(?:[ -]?(?:[123](?![\d.])|I{1,3}))?)?(?:[ -]?edge)?[ ,:]*"
    r"(?:(?P<energy>\d+(?:\.\d*)?) *(?P<unit>k?eV)?)?",
    re.IGNORECASE | re.ASCII,
)


def edge_energy(element: str | None, worded: str | None) -> float | None:
    """Energy of an edge [keV]: as it was noted, or else that of the edge which was named; None where neither is known.

    What is noted may be an energy in keV or eV, the name of an edge such as `K`, `L3` or `Se K`, or both. `L` alone
    is L3: of the three it has the strongest signal, and is the one that is scanned.
    """
    name = (element or "").strip().capitalize()
    found = _WORDED.fullmatch(_without(name, (worded or "").strip()))
    if found is None:
        return None
    if found["energy"] and float(found["energy"]) > 0:
        return _in_kev(float(found["energy"]), found["unit"])
    place = _PLACES.get(re.sub("[ -]", "", found["shell"] or "").upper())
    return EDGES[name][place] if name in EDGES and place is not None else None


def _without(name: str, worded: str) -> str:
    """What is worded, without the element before it."""
    return re.sub(rf"^{re.escape(name)}[ -]+(?=[KL\d])", "", worded, flags=re.IGNORECASE) if name else worded


def _in_kev(energy: float, unit: str | None) -> float:
    return as_kev(energy) if unit is None else energy if unit.casefold() == "kev" else energy / 1000


def as_kev(energy: float) -> float:
    """An energy in keV. Beamlines write keV or eV: no beamline for crystals has 100 keV, nor 100 eV."""
    return energy / 1000 if energy > 100 else energy
