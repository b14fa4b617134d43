"""What a file of reflections or a model says of itself, read with gemmi."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import gemmi
import numpy as np

from ...errors import UnreadableFile
from .maps import kinds_in

LARGEST = 256 * 2**20
"""Bytes of the largest file that is read."""
MOST_LIGANDS = 200
HISTORY = 30
"""Lines of what programs noted that are told."""
ModelFormat = Literal["pdb", "mmcif"]
_CELL = ("a", "b", "c", "alpha", "beta", "gamma")


@contextmanager
def opening(path: Path, what: str) -> Iterator[None]:
    """Raises UnreadableFile for a file that is too large, or no such thing as it is taken for."""
    if path.stat().st_size > LARGEST:
        raise UnreadableFile(f"The file is larger than the {LARGEST // 2**20} MiB that are looked into.")
    try:
        yield
    except (RuntimeError, ValueError, OSError, OverflowError, IndexError, MemoryError) as error:
        # What the library says may name the path of the server.
        raise UnreadableFile(f"The file cannot be read as {what}: it is damaged, or something else.") from error


def read_reflections(path: Path) -> gemmi.Mtz:
    """A file of reflections. Raises UnreadableFile."""
    with opening(path, "an MTZ file"):
        mtz = gemmi.read_mtz_file(str(path))
    if mtz.nreflections <= 0 or len(mtz.columns) < 3:
        raise UnreadableFile("The file has no reflections.")
    return mtz


def read_model(path: Path) -> gemmi.Structure:
    """A model in PDB or mmCIF format. Raises UnreadableFile."""
    with opening(path, "a model"):
        structure = gemmi.read_structure(str(path))
        structure.setup_entities()
    if not len(structure) or not structure[0].count_atom_sites():
        raise UnreadableFile("The file has no atoms.")
    return structure


def of_reflections(path: Path) -> dict[str, Any]:
    """As `ReflectionsSummary` has it. Raises UnreadableFile."""
    mtz = read_reflections(path)
    with opening(path, "an MTZ file"):
        group = mtz.spacegroup
        possible = _possible(mtz)
        names = {dataset.id: dataset.dataset_name for dataset in mtz.datasets}
        return {
            "content": "reflections",
            "title": mtz.title.strip(),
            "spaceGroup": group.hm if group else None,
            "cell": _cell(mtz.cell),
            "lowRes": _finite(mtz.resolution_low()),
            "highRes": _finite(mtz.resolution_high()),
            "reflections": mtz.nreflections,
            "possible": possible,
            "completeness": min(1.0, mtz.nreflections / possible) if possible else None,
            "datasets": [
                {
                    "project": dataset.project_name,
                    "crystal": dataset.crystal_name,
                    "name": dataset.dataset_name,
                    "wavelength": dataset.wavelength or None,
                }
                for dataset in mtz.datasets
                if dataset.id
            ],
            "columns": [_column(column, names) for column in mtz.columns],
            "maps": list(kinds_in(mtz)),
            "history": [line.strip() for line in mtz.history[:HISTORY]],
        }


MOST_REFLECTIONS = 20_000_000
ROUNDED = 1e-6
"""How far limits in the header may be from those of the reflections that they are about, relatively: it has single
precision, and many reflections may lie at the limit."""


def _possible(mtz: gemmi.Mtz) -> int | None:
    """Unique reflections to the resolution limit; None without symmetry, or where the header asks for too many."""
    high = mtz.resolution_high()
    if mtz.spacegroup is None or not high > 0 or mtz.cell.volume / high**3 > MOST_REFLECTIONS:
        return None
    low = mtz.resolution_low() * (1 + ROUNDED)
    return int(gemmi.count_reflections(mtz.cell, mtz.spacegroup, high * (1 - ROUNDED), low))


def _column(column: Any, names: dict[int, str]) -> dict[str, Any]:
    values = np.asarray(column.array)
    values = values[np.isfinite(values)]
    return {
        "label": column.label,
        "type": column.type,
        "dataset": names.get(column.dataset_id, ""),
        "present": len(values),
        "minimum": float(values.min()) if len(values) else None,
        "maximum": float(values.max()) if len(values) else None,
    }


def _cell(cell: gemmi.UnitCell) -> dict[str, float | None]:
    return {name: _finite(getattr(cell, name)) for name in _CELL}


def _finite(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None


def of_model(path: Path) -> dict[str, Any]:
    """As `ModelSummary` has it. Raises UnreadableFile."""
    structure = read_model(path)
    with opening(path, "a model"):
        model = structure[0]
        refinement = structure.meta.refinement[0] if structure.meta.refinement else None
        chains = [_chain(chain) for chain in model]
        center = model.calculate_center_of_mass()
        return {
            "content": "model",
            "title": dict(structure.info).get("_struct.title"),
            "spaceGroup": structure.spacegroup_hm or None,
            "cell": _cell(structure.cell),
            "resolution": structure.resolution or None,
            "rWork": _positive(refinement.r_work) if refinement else None,
            "rFree": _positive(refinement.r_free) if refinement else None,
            "atoms": model.count_atom_sites(),
            "residues": sum(chain["residues"] for chain in chains),
            "waters": sum(chain["waters"] for chain in chains),
            "meanB": _mean_b(model),
            "center": [center.x, center.y, center.z] if np.isfinite(center.x) else None,
            "chains": chains,
        }


def _positive(number: float) -> float | None:
    """What a header says; None where it says nothing, which is kept as no number, 0 or -1."""
    return float(number) if np.isfinite(number) and number > 0 else None


def _chain(chain: gemmi.Chain) -> dict[str, Any]:
    return {
        "name": chain.name,
        "residues": chain.get_polymer().length(),
        "ligands": [_ligand(residue) for residue in islice(filter(_is_ligand, chain), MOST_LIGANDS)],
        "waters": sum(1 for residue in chain if residue.is_water()),
    }


def _is_ligand(residue: gemmi.Residue) -> bool:
    """`Chain.get_ligands` leaves out those that have no name of their own yet, which a fitted fragment is called by."""
    return residue.entity_type in {gemmi.EntityType.NonPolymer, gemmi.EntityType.Branched}


def _ligand(residue: gemmi.Residue) -> dict[str, Any]:
    places = [atom.pos.tolist() for atom in residue]
    x, y, z = (_finite(sum(values) / len(places)) for values in zip(*places, strict=True))
    return {"name": residue.name, "number": str(residue.seqid), "x": x, "y": y, "z": z}


def _mean_b(model: gemmi.Model) -> float | None:
    total = [site.atom.b_iso for site in model.all()]
    return _finite(sum(total) / len(total)) if total else None


def of_file(path: Path, content: str) -> dict[str, Any]:
    """A summary of a file of reflections or a model. Raises UnreadableFile."""
    if content == "reflections":
        return of_reflections(path)
    if content == "model":
        return of_model(path)
    raise UnreadableFile("Only models and files of reflections can be summed up.")


def as_text(path: Path, wanted: ModelFormat) -> bytes:
    """A model in one of the two formats, whichever it is in. In PDB its chains get names of one letter or two.

    Raises UnreadableFile.
    """
    structure = read_model(path)
    with opening(path, "a model"):
        if wanted == "mmcif":
            return structure.make_mmcif_document().as_string().encode()
        structure.shorten_chain_names()
        return structure.make_pdb_string().encode()


def packed(content: bytes) -> bytes:
    """Compressed fast: maps are noise, and shrink little further."""
    return gzip.compress(content, compresslevel=4, mtime=0)
