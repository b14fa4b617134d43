"""The model of each protein, and what is in its crystals besides: waters, a ligand, and one that nobody has built."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import gemmi
import numpy as np

from ..chance import chance
from ..macromolecules import MACROMOLECULES, Macromolecule
from ..processing.reflections import Reflections
from ..specimen import Floats
from .bundle import bundle

WATERS = 40
WRONG = 0.12
"""Error of the positions of atoms of the model in each direction [Å]."""
PARTLY, LESS = 0.5, 0.22
"""Occupancies of what nobody has built: a compound and an ion."""
SELENIUMS = 4
RING = ("C1", "C2", "C3", "C4", "C5", "C6", "N7", "O8")
"""Atoms of the compound that is in the crystal and not in the model."""


@dataclass(frozen=True)
class Crystal:
    """The model that programs are given, what is really there, and where the difference is."""

    model: gemmi.Structure
    truth: gemmi.Structure
    blobs: tuple[gemmi.Position, ...]
    """Centres of what the model lacks, the largest one first."""
    sites: tuple[gemmi.Position, ...]
    """Where heavy atoms would be."""

    @property
    def fitted(self) -> gemmi.Structure:
        """The model with the compound that nobody had built."""
        fitted = self.model.clone()
        for residue in self.truth[0][0]:
            if residue.name == "UNL":
                fitted[0][0].add_residue(residue)
        fitted.setup_entities()
        return fitted

    @property
    def substructure(self) -> gemmi.Structure:
        """The heavy atoms alone."""
        found = gemmi.Structure()
        found.cell, found.spacegroup_hm, found.name = self.model.cell, self.model.spacegroup_hm, self.model.name
        found.add_model(gemmi.Model(1))
        chain = gemmi.Chain("A")
        for number, site in enumerate(self.sites, start=1):
            at = np.array((site.x, site.y, site.z))
            chain.add_residue(_residue("SE", number, [("SE", "Se", at, 30.0)]))
        found[0].add_chain(chain)
        return found


@lru_cache(maxsize=32)
def crystal_of(protein: Macromolecule) -> Crystal:
    """A bundle of helices in the cell of a protein, well apart from its mates; the same each time."""
    rng = np.random.default_rng(chance("model", protein.acronym).getrandbits(64))
    cell, group = gemmi.UnitCell(*protein.cell), gemmi.SpaceGroup(protein.space_group)
    place = _place(cell, group)
    residues = [{name: at + place for name, at in residue.items()} for residue in _turned(rng)]
    model = _empty(protein, cell, group)
    chain = gemmi.Chain("A")
    for number, residue in enumerate(residues, start=1):
        atoms = [(name, name[0], at, 18 + 0.5 * float(np.linalg.norm(at - place))) for name, at in residue.items()]
        chain.add_residue(_residue("ALA", number, atoms))
    solid = np.array([at for residue in residues for at in residue.values()])
    glycerol = _beside(solid, place, rng, 4.0)
    chain.add_residue(_residue("GOL", 301, [(n, n[0], at, 35.0) for n, at in _glycerol(glycerol)]))
    hidden = _beside(np.vstack((solid, [glycerol])), place, rng, 4.5)
    ring = _ring(hidden)
    ion = _beside(np.vstack((solid, ring, [glycerol])), place, rng, 3.4)
    taken = np.vstack((solid, ring, [glycerol, ion]))
    for number in range(WATERS):
        water = _beside(taken, place, rng, 2.9)
        taken = np.vstack((taken, [water]))
        chain.add_residue(_residue("HOH", 401 + number, [("O", "O", water, float(rng.uniform(25, 45)))]))
    model[0].add_chain(chain)
    truth = model.clone()
    for site in truth[0].all():
        site.atom.pos += gemmi.Position(*rng.normal(0, WRONG, 3))
    truth[0][0].add_residue(_residue("UNL", 302, [(n, n[0], at, 25.0) for n, at in zip(RING, ring, strict=True)]))
    truth[0][0].add_residue(_residue("CL", 303, [("CL", "Cl", ion, 28.0)]))
    for hidden_residue, occupancy in zip(list(truth[0][0])[-2:], (PARTLY, LESS), strict=True):
        for atom in hidden_residue:
            atom.occ = occupancy
    model.setup_entities()
    alphas = [gemmi.Position(*residue["CB"]) for residue in residues[6 :: len(residues) // SELENIUMS]]
    return Crystal(model, truth, (gemmi.Position(*hidden), gemmi.Position(*ion)), tuple(alphas[:SELENIUMS]))


def write_model(
    path: Path,
    data: Reflections,
    what: str,
    work: float | None = None,
    free: float | None = None,
    mean_b: float | None = None,
) -> None:
    """A PDB file of the model, the `fitted` one or the `sites`, in the cell of the data it was refined against.

    Its header tells their resolution, R and Rfree; B values are shifted to their mean [Å²].
    """
    crystal = crystal_of(MACROMOLECULES[data.protein])
    made = {"model": crystal.model, "fitted": crystal.fitted, "sites": crystal.substructure}[what].clone()
    made.cell = gemmi.UnitCell(*data.cell)
    values = {
        "RESOLUTION RANGE HIGH (ANGSTROMS)": data.high,
        "R VALUE            (WORKING SET)": work,
        "FREE R VALUE                    ": free,
    }
    told = [f"REMARK   3   {name} : {value}" for name, value in values.items() if value is not None]
    made.raw_remarks = ["REMARK   3  DATA USED IN REFINEMENT.", *told]
    atoms = [site.atom for site in made[0].all()]
    if mean_b is not None:
        shift = mean_b - sum(atom.b_iso for atom in atoms) / len(atoms)
        for atom in atoms:
            atom.b_iso += shift
    made.write_pdb(str(path))


def _turned(rng: np.random.Generator) -> list[dict[str, Floats]]:
    """The bundle, turned by lot."""
    axes, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    turn = axes if np.linalg.det(axes) > 0 else -axes
    return [{name: at @ turn for name, at in residue.items()} for residue in bundle()]


def _empty(protein: Macromolecule, cell: gemmi.UnitCell, group: gemmi.SpaceGroup) -> gemmi.Structure:
    structure = gemmi.Structure()
    structure.name = protein.acronym
    structure.cell, structure.spacegroup_hm = cell, group.hm
    structure.info["_struct.title"] = f"SIMULATED: A BUNDLE OF ALANINES IN THE CELL OF {protein.acronym}"
    structure.add_model(gemmi.Model(1))
    return structure


def _residue(name: str, number: int, atoms: list[tuple[str, str, Floats, float]]) -> gemmi.Residue:
    residue = gemmi.Residue()
    residue.name, residue.seqid = name, gemmi.SeqId(number, " ")
    residue.het_flag = "A" if name == "ALA" else "H"
    for label, element, at, b in atoms:
        atom = gemmi.Atom()
        atom.name, atom.element, atom.b_iso = label, gemmi.Element(element), b
        atom.pos = gemmi.Position(*at)
        residue.add_atom(atom)
    return residue


def _place(cell: gemmi.UnitCell, group: gemmi.SpaceGroup) -> Floats:
    """A point that its images under the symmetry are far from [Å]."""
    to_angstrom = np.array(cell.orth.mat.tolist())
    operations = [(np.array(op.float_seitz())[:3, :3], np.array(op.float_seitz())[:3, 3]) for op in group.operations()]
    shifts = np.stack(np.meshgrid(*[(-1, 0, 1)] * 3), axis=-1).reshape(-1, 3)
    best, apart = np.zeros(3), 0.0
    steps = (np.arange(4) + 0.5) / 8
    for point in np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 3):
        images = np.vstack([turn @ point + move + shifts for turn, move in operations]) - point
        lengths = np.linalg.norm(images @ to_angstrom.T, axis=1)
        nearest = float(lengths[lengths > 1e-3].min())
        if nearest > apart:
            best, apart = point, nearest
    placed: Floats = to_angstrom @ best
    return placed


def _beside(taken: Floats, center: Floats, rng: np.random.Generator, gap: float) -> Floats:
    """A point at the surface: its nearest neighbour is about so far away [Å]."""
    while True:
        along = rng.normal(size=3)
        along /= np.linalg.norm(along)
        for distance in np.arange(4.0, 40.0, 0.25):
            point: Floats = center + distance * along
            if gap <= float(np.linalg.norm(taken - point, axis=1).min()) <= gap + 0.6:
                return point


def _ring(center: Floats) -> Floats:
    """Six atoms in a ring and two beside it."""
    angles = np.radians(np.arange(6) * 60)
    ring = 1.39 * np.column_stack((np.cos(angles), np.sin(angles), np.zeros(6)))
    placed: Floats = center + np.vstack((ring, [(2.75, 0, 0), (-2.75, 0, 0)]))
    return placed


def _glycerol(center: Floats) -> list[tuple[str, Floats]]:
    offsets = {
        "C1": (-1.25, 0.2, 0.0),
        "O1": (-2.35, -0.65, 0.1),
        "C2": (0.0, -0.6, 0.0),
        "O2": (0.0, -1.45, 1.15),
        "C3": (1.25, 0.2, 0.0),
        "O3": (2.35, -0.65, 0.1),
    }
    return [(name, center + np.array(at)) for name, at in offsets.items()]
