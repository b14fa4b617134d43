"""What a pipeline makes of data that somebody asked to be processed once more, with parameters of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import gemmi

from ..macromolecules import Cell, Macromolecule
from .datasets import Dataset
from .outcomes import outcome_of
from .pipelines import PIPELINES, Pipeline, Refusal
from .runs import Run, bad_luck, ended, given_up, planned

RECIPES = {
    "autoprocessing-autoPROC": "autoPROC",
    "autoprocessing-xia2-dials": "xia2 dials",
    "autoprocessing-multi-xia2-dials": "xia2 dials",
    "autoprocessing-xia2-3dii": "xia2 3dii",
}
"""The pipeline of each recipe."""
MINUTES = (3.0, 9.0)
"""Who asks waits: such runs have the cluster's fastest nodes."""
FEWEST, NARROWEST = 10, 2.0
"""Images, and their turn together [degrees], that can be indexed."""
LENGTHS, ANGLES = 0.05, 3.0
"""By how much a cell that is asked for may differ: lengths relatively, angles in degrees."""


@dataclass(frozen=True)
class Wish:
    """Parameters as people gave them; what is None is left to the pipeline."""

    d_min: float | None = None
    """[Å]"""
    space_group: str | None = None
    cell: Cell | None = None
    anomalous: bool | None = None

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "Wish":
        """What the parameters of a request say; the service has checked their form."""
        d_min, cell, anomalous = (parameters.get(name) for name in ("d_min", "unit_cell", "anomalous"))
        a, b, c, alpha, beta, gamma = map(float, cell.split(",")) if cell else (0.0,) * 6
        return cls(
            d_min=float(d_min) if d_min else None,
            space_group=parameters.get("spacegroup"),
            cell=(a, b, c, alpha, beta, gamma) if cell else None,
            anomalous=None if anomalous is None else anomalous == "true",
        )

    def words(self) -> str:
        """As on a command line."""
        given = {
            "d_min": self.d_min,
            "spacegroup": self.space_group and self.space_group.replace(" ", ""),
            "unit_cell": self.cell and ",".join(f"{number:g}" for number in self.cell),
            "anomalous": self.anomalous,
        }
        return "".join(f" {name}={value}" for name, value in given.items() if value is not None)


def asked_run(dataset: Dataset, recipe: str, wish: Wish, number: int) -> Run:
    """The run of a request of this number."""
    pipeline = next(each for each in PIPELINES if each.name == RECIPES[recipe])
    rng = dataset.chance(pipeline.name, "request", number)
    run = planned(dataset, pipeline, rng)
    run = replace(
        run,
        folder=f"request-{number}-{pipeline.folder}",
        command=run.command + wish.words(),
        minutes=rng.uniform(*MINUTES),
    )
    refusal = _refusal(dataset, pipeline, wish)
    if refusal is None and rng.random() < bad_luck(dataset.target.diffraction):
        refusal = rng.choice(pipeline.refusals)
    if refusal is not None:
        return given_up(run, refusal)
    protein = _in_symmetry(dataset.target.protein, wish)
    asked = replace(dataset, finest=wish.d_min, target=replace(dataset.target, protein=protein))
    outcome = outcome_of(asked, pipeline, rng, anomalous=wish.anomalous)
    return ended(replace(run, dataset=asked), outcome)


def _refusal(dataset: Dataset, pipeline: Pipeline, wish: Wish) -> Refusal | None:
    """Why data cannot be processed so."""
    protein = dataset.target.protein
    images = sum(sweep.measured for sweep in dataset.sweeps)
    if images < FEWEST or dataset.turn < NARROWEST:
        words = f"{images} images, {dataset.turn:g}° in all: {FEWEST} images and {NARROWEST:g}° are needed."
        return Refusal("Too few images to index", words)
    if wish.cell is not None and not _alike(wish.cell, protein.cell):
        words = f"The lattice found is {_written(protein.cell)}, that asked for {_written(wish.cell)}."
        return Refusal("No lattice with the unit cell asked for", words)
    return None if wish.space_group is None else _refused_symmetry(wish.space_group, protein)


def _alike(asked: Cell, true: Cell) -> bool:
    lengths = zip(asked[:3], true[:3], strict=True)
    angles = zip(asked[3:], true[3:], strict=True)
    return all(abs(a - b) <= LENGTHS * b for a, b in lengths) and all(abs(a - b) <= ANGLES for a, b in angles)


def _written(cell: Cell) -> str:
    return ", ".join(f"{number:g}" for number in cell)


def _refused_symmetry(name: str, protein: Macromolecule) -> Refusal | None:
    """Data hold the symmetry of a Laue group, and tell lattices apart by their centring; screw axes may be chosen."""
    asked, true = gemmi.find_spacegroup_by_name(name), gemmi.find_spacegroup_by_name(protein.space_group)
    if asked is None:
        return Refusal(f"No space group is called {name[:40]}", "As in P 43 21 2, or P43212.")
    if not asked.is_sohncke():
        return Refusal(f"{asked.hm} has mirrors or inversions", "Crystals of proteins have none.")
    if true is None or (asked.centring_type() == true.centring_type() and _turns(asked) <= _turns(true)):
        return None
    words = f"POINTLESS: the data have the symmetry of {true.hm}."
    return Refusal(f"The data do not have the symmetry of {asked.hm}", words)


def _turns(group: gemmi.SpaceGroup) -> set[str]:
    """The rotations of a group, without their translations."""
    turns = group.operations().derive_symmorphic()
    return {operation.triplet() for operation in turns.sym_ops}


def _in_symmetry(protein: Macromolecule, wish: Wish) -> Macromolecule:
    """The protein as its crystal is taken for."""
    group = gemmi.find_spacegroup_by_name(wish.space_group) if wish.space_group else None
    if group is None or group == gemmi.find_spacegroup_by_name(protein.space_group):
        return protein
    return replace(protein, space_group=group.hm)
