"""Map coefficients of a model and the data it was refined against, as programs write them; and pictures of blobs."""

import math
from pathlib import Path
from typing import Any

import gemmi
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..chance import chance
from ..macromolecules import Macromolecule
from .models import Crystal

REFLECTIONS = 16_000
"""About so many are in a file."""
FINEST = 1.8
"""Resolution of the best data [Å]."""
FREE = 0.05
"""Share of reflections that are set aside."""
PHASE_ERROR = 32.0
"""Of phases from heavy atoms, after density modification [degrees]."""
WIDTH, PIXELS = 14.0, 180
"""Of a picture of a blob [Å, px]."""

Complex = NDArray[np.complex64]


def resolution_of(protein: Macromolecule) -> float:
    """How far the reflections of its file reach [Å]."""
    operations = gemmi.SpaceGroup(protein.space_group).operations()
    alike = len(list(operations.sym_ops)) * len(list(operations.cen_ops)) * 2
    volume = gemmi.UnitCell(*protein.cell).volume
    return max(FINEST, float((4 / 3 * math.pi * volume / alike / REFLECTIONS) ** (1 / 3)))


def write_coefficients(path: Path, protein: Macromolecule, crystal: Crystal) -> gemmi.Mtz:
    """An MTZ file with the labels of REFMAC: 2Fo-Fc and Fo-Fc of a model against data of what is really there."""
    finest = resolution_of(protein)
    indices, calculated = _factors(crystal.model, finest)
    _, true = _factors(crystal.truth, finest)
    rng = np.random.default_rng(chance("coefficients", protein.acronym).getrandbits(64))
    errors = 0.06 * np.abs(true) + 0.04 * np.abs(true).mean()
    observed = np.abs(np.abs(true) + rng.normal(0, errors))
    phases = np.degrees(np.angle(calculated))
    fc = np.abs(calculated)
    mtz = _new(protein, "refined by a simulated REFMAC")
    for label, kind in (("FREE", "I"), ("F", "F"), ("SIGF", "Q"), ("FC", "F"), ("PHIC", "P"), ("FWT", "F")):
        mtz.add_column(label, kind, dataset_id=0 if label == "FREE" else 1)
    for label, kind in (("PHWT", "P"), ("DELFWT", "F"), ("PHDELWT", "P"), ("FOM", "W")):
        mtz.add_column(label, kind, dataset_id=1)
    free = rng.random(len(fc)) < FREE
    figure = np.clip(1 - np.abs(observed - fc) / (observed + fc), 0, 1)
    columns = (free, observed, errors, fc, phases, 2 * observed - fc, phases, observed - fc, phases, figure)
    _save(mtz, path, indices, columns)
    return mtz


def write_phases(path: Path, protein: Macromolecule, crystal: Crystal) -> None:
    """An MTZ file with the labels of density modification after experimental phasing: FB and PHIB."""
    indices, true = _factors(crystal.truth, max(resolution_of(protein), 2.4))
    rng = np.random.default_rng(chance("phases", protein.acronym).getrandbits(64))
    phases = np.degrees(np.angle(true)) + rng.normal(0, PHASE_ERROR, len(true))
    mtz = _new(protein, "phased by a simulated SHELXE")
    for label, kind in (("FB", "F"), ("PHIB", "P"), ("FOM", "W")):
        mtz.add_column(label, kind, dataset_id=1)
    _save(mtz, path, indices, (np.abs(true), phases, np.full(len(true), math.cos(math.radians(PHASE_ERROR)))))


def _factors(structure: gemmi.Structure, finest: float) -> tuple[NDArray[np.int32], Complex]:
    """Structure factors of a model in an asymmetric unit: (n, 3) and (n,)."""
    calculator = gemmi.DensityCalculatorX()
    calculator.d_min, calculator.rate = finest, 1.4
    calculator.set_refmac_compatible_blur(structure[0])
    calculator.grid.setup_from(structure)
    calculator.put_model_density_on_grid(structure[0])
    transformed = gemmi.transform_map_to_f_phi(calculator.grid, half_l=True)
    data = transformed.prepare_asu_data(dmin=finest, unblur=calculator.blur)
    return data.miller_array, data.value_array


def _new(protein: Macromolecule, title: str) -> gemmi.Mtz:
    mtz = gemmi.Mtz(with_base=True)
    mtz.spacegroup = gemmi.SpaceGroup(protein.space_group)
    mtz.set_cell_for_all(gemmi.UnitCell(*protein.cell))
    mtz.title = f"SIMULATED: {protein.acronym} {title}"
    mtz.history = ["simulated"]
    mtz.add_dataset(protein.acronym).wavelength = 0.97625
    return mtz


def _save(mtz: gemmi.Mtz, path: Path, indices: NDArray[np.int32], columns: tuple[NDArray[Any], ...]) -> None:
    mtz.set_data(np.column_stack((indices, *columns)).astype(np.float32))
    mtz.write_to_file(str(path))


def heights(mtz: gemmi.Mtz, crystal: Crystal) -> list[float]:
    """Heights of the difference density in the blobs [σ]."""
    grid = mtz.transform_f_phi_to_map("DELFWT", "PHDELWT", sample_rate=2.2)
    sigma = float(np.std(np.asarray(grid)))
    return [round(max(_around(grid, blob)) / sigma, 1) for blob in crystal.blobs]


def _around(grid: gemmi.FloatGrid, place: gemmi.Position) -> list[float]:
    steps = (-1.4, -0.7, 0.0, 0.7, 1.4)
    return [
        grid.interpolate_value(gemmi.Position(place.x + x, place.y + y, place.z + z))
        for x in steps
        for y in steps
        for z in steps
    ]


def write_views(paths: list[Path], mtz: gemmi.Mtz, place: gemmi.Position) -> None:
    """Both maps around a blob in planes across x, y and z: blue above 1.5 σ, green above 3 σ."""
    grids = [
        mtz.transform_f_phi_to_map(*labels, sample_rate=2.2) for labels in (("FWT", "PHWT"), ("DELFWT", "PHDELWT"))
    ]
    steps = WIDTH * ((np.arange(PIXELS) + 0.5) / PIXELS - 0.5)
    across, up = np.meshgrid(steps, -steps)
    nothing = np.zeros_like(across)
    planes = ((nothing, across, up), (across, nothing, up), (across, up, nothing))
    center = np.array((place.x, place.y, place.z))
    for path, plane in zip(paths, planes, strict=False):
        points = np.stack(plane, axis=-1).reshape(-1, 3) + center
        picture = np.full((PIXELS * PIXELS, 3), 18, np.uint8)
        for grid, cut, colour in zip(grids, (1.5, 3.0), ((70, 110, 220), (60, 190, 90)), strict=True):
            values = grid.interpolate_position_array(points) / np.std(np.asarray(grid))
            picture[values > cut] = colour
        Image.fromarray(picture.reshape(PIXELS, PIXELS, 3)).quantize(8).save(path, compress_level=2)
