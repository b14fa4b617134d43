"""What a characterisation finds out of a few images, and how it would measure the crystal, as it is handed in."""

import math
from typing import Any

from ..fluorescence import EDGES
from ..specimen import Diffraction
from .datasets import Dataset
from .outcomes import BETWEEN_CRYSTALS
from .symmetry import Symmetry, refined, symmetry

KEV_ANGSTROM = 12.39842
USUAL_DOSE = 6.0
"""What a usual full data set gives a crystal [MGy]."""
PROGRAM, VERSION = "EDNA MXv1", "EDNA MXv1 1.12"

Document = dict[str, Any]


def characterisation(dataset: Dataset, failure: str | None) -> Document:
    """A whole document but for what it is of; with a failure, what is known without a lattice."""
    output = _failed(dataset, failure) if failure else _found(dataset)
    return {
        "programVersion": VERSION,
        "shortComments": "not indexed" if failure else "strategy found",
        "input": {"minimumFractionIndexed": 0.5, "maximumFractionRejected": 0.25, "minimumSignalToNoise": 2.0},
        "output": {"program": PROGRAM, **output},
    }


def _spots(diffraction: Diffraction, images: int) -> int:
    return round(images * (6 + 4.5 * diffraction.strength))


def _failed(dataset: Dataset, failure: str) -> Document:
    found = _spots(dataset.target.diffraction, dataset.sweeps[0].measured) // 6
    return {
        "indexingSuccess": False,
        "strategySuccess": False,
        "screeningSuccess": False,
        "statusDescription": f"{failure}: MOSFLM and LABELIT index none of the images.",
        "numSpotsFound": found,
        "numSpotsUsed": 0,
        "numSpotsRejected": found,
        "diffractionRings": dataset.target.diffraction.icy,
    }


def _found(dataset: Dataset) -> Document:
    rng = dataset.chance("characterisation")
    target, first = dataset.target, dataset.sweeps[0]
    diffraction = target.diffraction
    crystal = symmetry(target.protein.space_group, target.protein.cell)
    cell = refined(crystal.cell, dataset.chance("cell"), BETWEEN_CRYSTALS)
    found = _spots(diffraction, first.measured)
    used = round(found * rng.uniform(0.78, 0.95))
    strategies = _strategies(dataset, crystal)
    wedges = strategies[0]["wedges"]
    parts = [part for wedge in wedges for part in wedge["subWedges"]]
    names = ("a", "b", "c", "alpha", "beta", "gamma")
    return {
        "indexingSuccess": True,
        "strategySuccess": True,
        "screeningSuccess": True,
        "statusDescription": f"Indexed in {crystal.name}",
        "mosaicity": diffraction.mosaicity,
        "resolutionObtained": round(diffraction.resolution * 1.02, 2),
        "rankingResolution": round(diffraction.resolution, 2),
        "iOverSigma": round(rng.uniform(1.8, 2.4), 2),
        "numSpotsFound": found,
        "numSpotsUsed": used,
        "numSpotsRejected": round((found - used) * 0.4),
        "spotDeviationR": round(rng.uniform(0.06, 0.16), 3),
        "spotDeviationTheta": round(rng.uniform(0.05, 0.2), 3),
        "beamShiftX": round(rng.gauss(0, 0.04), 3),
        "beamShiftY": round(rng.gauss(0, 0.04), 3),
        "diffractionRings": diffraction.icy,
        "rFriedel": round(rng.uniform(0.02, 0.06), 3),
        "doseTotal": round(sum(wedge["doseTotal"] for wedge in wedges), 2),
        "totalExposureTime": round(sum(part["exposureTime"] * part["numberOfImages"] for part in parts), 2),
        "totalRotationRange": sum(abs(part["axisEnd"] - part["axisStart"]) for part in parts),
        "totalNumberOfImages": sum(part["numberOfImages"] for part in parts),
        "lattices": [
            {
                "spaceGroup": target.protein.space_group,
                "bravaisLattice": _bravais(target.protein.space_group, cell),
                **{f"unitCell_{name}": float(value) for name, value in zip(names, cell, strict=True)},
                "labelitIndexing": True,
            }
        ],
        "strategies": strategies,
    }


def _bravais(space_group: str, cell: tuple[float, ...]) -> str:
    """Pearson's letters, from the numbers of a cell that is as regular as its lattice."""
    a, b, c, alpha, beta, gamma = (round(value, 1) for value in cell)
    if a == b == c and alpha == beta == gamma == 90:
        family = "c"
    elif gamma == 120:
        family = "h"
    elif alpha == beta == gamma == 90:
        family = "t" if a == b else "o"
    else:
        family = "m" if alpha == gamma == 90 else "a"
    return family + space_group[0]


def _strategies(dataset: Dataset, crystal: Symmetry) -> list[Document]:
    """The shortest complete sweep; one for anomalous differences where the protein has a scatterer; GPhL's for MAD."""
    protein = dataset.target.protein
    energy = dataset.sweeps[0].shot.energy
    turn = 90.0 if crystal.alike >= 8 else 180.0
    found = [_sweep(dataset, turn, energy, anomalous=False)]
    if protein.strategy in {"phasing", "metal"}:
        edge = EDGES[protein.scatterer].energy
        found.append(_sweep(dataset, 360.0, edge + 0.0015, anomalous=True))
        if protein.strategy == "phasing":
            found.append(_oriented(dataset, edge))
    return found


def _sweep(dataset: Dataset, turn: float, energy: float, *, anomalous: bool) -> Document:
    """One turn at one orientation, as BEST plans it."""
    rng = dataset.chance("sweep", anomalous)
    start = float(rng.randrange(0, 180, 5))
    transmission = float(rng.choice((6, 8, 10, 14)))
    part = _part(dataset, start, turn, transmission)
    resolution = round(dataset.target.diffraction.resolution, 2)
    completeness, multiplicity = round(rng.uniform(0.985, 0.999), 3), round(turn / 90 * rng.uniform(3.1, 3.8), 1)
    reached = {"resolution": resolution, "completeness": completeness, "multiplicity": multiplicity}
    return {
        "program": "BEST",
        "anomalous": anomalous,
        "phiStart": start,
        "phiEnd": start + turn,
        "rotation": part["oscillationRange"],
        "exposureTime": part["exposureTime"],
        "transmission": transmission,
        "rankingResolution": resolution,
        **reached,
        "wedges": [_wedge(energy, 0.0, 0.0, [part], **reached)],
    }


def _oriented(dataset: Dataset, edge: float) -> Document:
    """Two orientations at three energies each, interleaved, as the workflow of Global Phasing plans MAD."""
    rng = dataset.chance("GPhL")
    kappa, phi = rng.uniform(28, 64), rng.uniform(20, 320)
    orientations = (("along the symmetry axis", 0.0, 0.0), ("cusp filled", round(kappa, 1), round(phi, 1)))
    energies = (("peak", edge + 0.0012), ("inflection", edge - 0.0008), ("remote", edge + 0.3))
    start = float(rng.randrange(0, 180, 5))
    wedges = [
        _wedge(
            energy,
            kappa,
            phi,
            [_part(dataset, start + begin, 45.0, 3.0) for begin in (0.0, 180.0)],
            comments=f"{name}, {place}",
            completeness=round(rng.uniform(0.72, 0.86), 3),
        )
        for place, kappa, phi in orientations
        for name, energy in energies
    ]
    return {
        "program": "GPhL workflow",
        "anomalous": True,
        "resolution": round(dataset.target.diffraction.resolution, 2),
        "completeness": 1.0,
        "multiplicity": round(rng.uniform(6.5, 8.5), 1),
        "wedges": wedges,
    }


def _wedge(energy: float, kappa: float, phi: float, parts: list[Document], **more: Any) -> Document:
    return {
        "wavelength": round(KEV_ANGSTROM / energy, 5),
        "kappa": kappa,
        "phi": phi,
        "doseTotal": round(sum(part["doseTotal"] for part in parts), 2),
        "numberOfImages": sum(part["numberOfImages"] for part in parts),
        "subWedges": parts,
        **more,
    }


def _part(dataset: Dataset, start: float, turn: float, transmission: float) -> Document:
    width = 0.1
    exposure = round(dataset.sweeps[0].exposure / 4, 4)
    return {
        "rotationAxis": "omega",
        "axisStart": start,
        "axisEnd": start + turn,
        "oscillationRange": width,
        "exposureTime": exposure,
        "transmission": transmission,
        "numberOfImages": math.ceil(turn / width),
        "doseTotal": round(USUAL_DOSE * transmission / 10 * turn / 360, 2),
    }
