"""Electron density on a grid, from the coefficients in a file of reflections."""

import tempfile
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Literal

import gemmi
import numpy as np

from ...errors import UnreadableFile

MapKind = Literal["2fofc", "fofc", "anomalous", "fc"]

LABELS: Mapping[MapKind, tuple[tuple[str, str], ...]] = {
    "2fofc": (
        ("FWT", "PHWT"),
        ("2FOFCWT", "PH2FOFCWT"),
        ("2FOFCWT_no_fill", "PH2FOFCWT_no_fill"),
        ("parrot.F_phi.F", "parrot.F_phi.phi"),
        ("FB", "PHIB"),
    ),
    "fofc": (("DELFWT", "PHDELWT"), ("FOFCWT", "PHFOFCWT")),
    "anomalous": (("FAN", "PHAN"), ("ANOM", "PANOM"), ("DELFAN", "PHDELAN")),
    "fc": (("FC_ALL", "PHIC_ALL"), ("FC", "PHIC"), ("FMODEL", "PHIFMODEL"), ("F-model", "PHIF-model")),
}
"""Amplitudes and phases of each kind of map, as REFMAC, BUSTER, phenix.refine, Parrot and SHELXE call them."""

SAMPLE_RATES = (3.0, 2.6, 2.2, 2.0)
"""Grid points per high resolution limit, the finest first (2 is the least that holds all the data)."""
MOST_POINTS = 16_000_000
"""Grid points of the largest unit cell that is transformed: 64 MB."""
AROUND = 12.0
"""How far a map around a place reaches to each side [Å]."""
TOO_LARGE = "The map would be larger than can be shown: use the file itself."

Place = tuple[float, float, float]
"""x, y and z in the frame of the model [Å]."""


def labels_of(mtz: gemmi.Mtz, kind: MapKind) -> tuple[str, str] | None:
    """The columns of a kind of map, if the file has them."""
    known = {column.label: column.type for column in mtz.columns}
    return next((pair for pair in LABELS[kind] if known.get(pair[0]) in {"F", "G"} and known.get(pair[1]) == "P"), None)


def kinds_in(mtz: gemmi.Mtz) -> tuple[MapKind, ...]:
    """The kinds of maps that can be had of a file."""
    return tuple(kind for kind in LABELS if labels_of(mtz, kind) is not None)


def density(mtz: gemmi.Mtz, kind: MapKind, near: Place | None = None) -> bytes:
    """A CCP4 map (mode 2) of an asymmetric unit, or of a box around a place.

    In electrons per Å³, or as the coefficients are scaled. Mean and RMS in its header are those of the whole cell.
    Raises UnreadableFile.
    """
    labels = labels_of(mtz, kind)
    if labels is None:
        raise UnreadableFile(f"The file has no coefficients of a {kind} map.")
    if mtz.spacegroup is None:
        raise UnreadableFile("The file names no space group that is known.")
    rate = next((rate for rate in SAMPLE_RATES if _points(mtz, rate) <= MOST_POINTS), None)
    if rate is None:
        raise UnreadableFile(TOO_LARGE)
    grid = mtz.transform_f_phi_to_map(*labels, sample_rate=rate)
    if not np.isfinite(np.asarray(grid)).all():
        raise UnreadableFile("The coefficients of the map are no numbers.")
    return _written(grid, gemmi.find_asu_brick(grid.spacegroup).get_extent() if near is None else _box(grid, near))


def _points(mtz: gemmi.Mtz, rate: float) -> int:
    """Grid points of the unit cell; estimated first, since a damaged header can ask for any number."""
    high = mtz.resolution_high()
    if not high > 0 or not mtz.cell.volume > 0 or mtz.cell.volume * (rate / high) ** 3 > 4 * MOST_POINTS:
        return MOST_POINTS + 1
    u, v, w = mtz.get_size_for_hkl(sample_rate=rate)
    return int(u) * int(v) * int(w) or MOST_POINTS + 1


def _box(grid: gemmi.FloatGrid, near: Place) -> gemmi.FractionalBox:
    box = gemmi.FractionalBox()
    for move in product((-AROUND, AROUND), repeat=3):
        box.extend(grid.unit_cell.fractionalize(gemmi.Position(*near) + gemmi.Position(*move)))
    sizes = box.get_size()
    # A damaged header can tell of a cell that is much smaller than the box.
    if sizes.x * sizes.y * sizes.z * grid.point_count > MOST_POINTS:
        raise UnreadableFile(TOO_LARGE)
    return box


def _written(grid: gemmi.FloatGrid, extent: gemmi.FractionalBox) -> bytes:
    whole = gemmi.Ccp4Map()
    whole.grid = grid
    whole.update_ccp4_header(2, True)
    mean, rms = whole.header_float(22), whole.header_float(55)
    whole.set_extent(extent)
    whole.set_header_float(22, mean)
    whole.set_header_float(55, rms)
    with tempfile.NamedTemporaryFile(suffix=".ccp4") as file:
        whole.write_ccp4_map(file.name)
        return Path(file.name).read_bytes()
