"""Merged data as a file that crystallographic programs read: one of each protein and pipeline, small."""

import math
from pathlib import Path

import gemmi
import numpy as np

from ..chance import chance
from ..macromolecules import Macromolecule

REFLECTIONS = 2500
"""About so many are in a file."""


def write_reflections(path: Path, protein: Macromolecule, pipeline: str) -> None:
    """An MTZ file with IMEAN and SIGIMEAN of the unique reflections at low resolution."""
    rng = np.random.default_rng(chance("reflections", protein.acronym).getrandbits(64))
    mtz = gemmi.Mtz(with_base=True)
    mtz.spacegroup = gemmi.SpaceGroup(protein.space_group)
    mtz.set_cell_for_all(gemmi.UnitCell(*protein.cell))
    mtz.title = f"{protein.acronym} merged by {pipeline}"
    mtz.history = [f"{pipeline}, merged"]
    dataset = mtz.add_dataset(protein.acronym)
    dataset.wavelength = 0.97625
    for label, kind in (("IMEAN", "J"), ("SIGIMEAN", "Q")):
        mtz.add_column(label, kind, dataset_id=dataset.id)
    operations = mtz.spacegroup.operations()
    alike = len(list(operations.sym_ops)) * len(list(operations.cen_ops)) * 2
    finest = (4 / 3 * math.pi * mtz.cell.volume / alike / REFLECTIONS) ** (1 / 3)
    indices = gemmi.make_miller_array(mtz.cell, mtz.spacegroup, finest)
    falling = 1200 * np.exp(-6 * mtz.cell.calculate_1_d2_array(indices))
    intensities = falling * rng.exponential(1.0, len(indices))
    errors = np.sqrt(intensities + 4) + 0.03 * intensities
    mtz.set_data(np.column_stack((indices, intensities + rng.normal(0, errors), errors)).astype(np.float32))
    mtz.write_to_file(str(path))
