"""Map coefficients of a model and the data it was refined against, as programs write them; and pictures of blobs."""

from pathlib import Path

import gemmi
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..chance import chance
from ..macromolecules import MACROMOLECULES, Macromolecule
from ..processing.reflections import Measured, Reflections, fill, free_sets, measured, new_file
from ..processing.symmetry import symmetry
from ..specimen import Floats
from .models import crystal_of

FIGURE = 0.85
"""Figure of merit after density modification, where nothing else is known."""
ROUNDS = 6
"""In which R values come out as they are wanted."""
PICTURED = 12_000
"""About so many reflections are in the maps that there are pictures of."""
WIDTH, PIXELS = 14.0, 180
"""Of a picture of a blob [Å, px]."""

Complex = NDArray[np.complex64]


def write_coefficients(path: Path, data: Reflections, work: float, free: float) -> None:
    """An MTZ file with the labels of REFMAC, in which a model agrees with the data so well: R and Rfree."""
    _refined(data, work, free).write_to_file(str(path))


def pictured(protein: Macromolecule) -> gemmi.Mtz:
    """The same of a usual crystal of a protein."""
    high = max(1.8, symmetry(protein.space_group, protein.cell).finest(PICTURED))
    return _refined(
        Reflections(
            protein=protein.acronym,
            sample="pictured",
            program="DIMPLE",
            space_group=protein.space_group,
            cell=protein.cell,
            wavelength=0.97625,
            low=max(protein.cell),
            high=high,
            ellipsoid=None,
            ranges=[max(protein.cell), high],
            unique=[np.iinfo(np.int32).max],
            ratio=[10.0],
            pairs=[1.0],
            anomalous=None,
            fall=0.0,
            amplitudes=True,
        ),
        work=0.2,
        free=0.24,
    )


def _refined(data: Reflections, work: float, free: float) -> gemmi.Mtz:
    """2Fo-Fc and Fo-Fc of a model against data of what is really there."""
    crystal, found = crystal_of(MACROMOLECULES[data.protein]), measured(data)
    calculated = _factors(crystal.model, data, found)
    true = np.abs(_factors(crystal.truth, data, found))
    errors = 0.06 * true + 0.04 * true.mean()
    noise = np.random.default_rng(chance("coefficients", data.protein).getrandbits(64)).normal(size=len(true))
    sets, fc, phases = free_sets(data, found.indices), np.abs(calculated), np.degrees(np.angle(calculated))
    observed = _agreeing(true + errors * noise, fc, np.where(sets == 0, free, work))
    mtz = new_file(data, f"SIMULATED: {data.protein} refined by a simulated REFMAC")
    fill(
        mtz,
        found.indices,
        {
            "FREE": ("I", sets),
            "F": ("F", observed),
            "SIGF": ("Q", errors),
            "FC": ("F", fc),
            "PHIC": ("P", phases),
            "FWT": ("F", 2 * observed - fc),
            "PHWT": ("P", phases),
            "DELFWT": ("F", observed - fc),
            "PHDELWT": ("P", phases),
            "FOM": ("W", np.clip(1 - np.abs(observed - fc) / (observed + fc), 0, 1)),
        },
    )
    return mtz


def _agreeing(observed: Floats, calculated: Floats, wanted: Floats) -> Floats:
    """Observed amplitudes that differ in the same way from those of a model, but so much as R values want it."""
    for _ in range(ROUNDS):  # as none is negative, one is not enough
        differences = observed - calculated
        for value in np.unique(wanted):
            of = wanted == value
            total, apart = calculated[of].sum(), differences[of]
            differences[of] *= value * total / (np.abs(apart).sum() - value * apart.sum())
        observed = np.maximum(calculated + differences, 0.0)
    return observed


def write_phases(path: Path, data: Reflections, figure: float | None = None) -> None:
    """An MTZ file with the labels of experimental phasing: FB and PHIB, whose errors have this figure of merit."""
    figure = figure or FIGURE
    found = measured(data)
    true = _factors(crystal_of(MACROMOLECULES[data.protein]).truth, data, found)
    rng = np.random.default_rng(chance("phases", data.protein).getrandbits(64))
    # The mean cosine of errors that scatter normally by s is exp(-s² / 2).
    errors = np.degrees(np.sqrt(-2 * np.log(figure))) * rng.normal(size=len(true))
    mtz = new_file(data, f"SIMULATED: {data.protein} phased by a simulated SHELXE")
    columns = {
        "FB": ("F", np.abs(true)),
        "PHIB": ("P", np.degrees(np.angle(true)) + errors),
        "FOM": ("W", np.full(len(true), figure)),
    }
    fill(mtz, found.indices, columns)
    mtz.write_to_file(str(path))


def _factors(structure: gemmi.Structure, data: Reflections, found: Measured) -> Complex:
    """Structure factors of a model in the cell of the data."""
    moved = structure.clone()
    moved.cell = gemmi.UnitCell(*data.cell)
    calculator = gemmi.DensityCalculatorX()
    calculator.d_min, calculator.rate = data.high, 1.4
    calculator.set_refmac_compatible_blur(moved[0])
    calculator.grid.setup_from(moved)
    calculator.put_model_density_on_grid(moved[0])
    transformed = gemmi.transform_map_to_f_phi(calculator.grid, half_l=True)
    factors: Complex = transformed.get_value_by_hkl(found.indices, unblur=calculator.blur)
    return factors


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
