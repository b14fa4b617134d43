"""Energy scans and fluorescence spectra as numbers."""

import asyncio
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Row

from ...access import Viewer
from ...collections.favourites import words_of
from ...db.database import Database
from ...errors import NotFound
from ...files.roots import FileRoots, Owner, Stored
from . import queries
from .columns import Columns, UnreadableError, read_columns
from .edges import as_kev, edge_energy
from .schemas import Part, ScanFields, SpectrumFields

KINDS = ("peak", "inflection", "remote")


async def energy_scan(db: Database, viewer: Viewer, roots: FileRoots, scan_id: int) -> dict[str, Any]:
    """An energy scan with its points, f′ and f″, and how it was measured; what cannot be had is said.

    Raises NotFound.
    """
    missing = NotFound.of("energy scan", scan_id)
    row = await db.one(queries.energy_scan(db.catalogue, viewer, scan_id), missing)
    gaps: list[dict[str, str]] = []
    measured = await _columns(roots, row, row.scanFileFullPath, 2, "measured", gaps)
    factors = await _columns(roots, row, row.choochFileFullPath, 3, "factors", gaps)
    return {
        "energyScanId": row.energyScanId,
        "sessionId": row.sessionId,
        "blSampleId": row.blSampleId,
        "element": row.element,
        "edge": row.edgeEnergy,
        "edgeEnergy": edge_energy(row.element, row.edgeEnergy),
        "startEnergy": _kev(row.startEnergy),
        "endEnergy": _kev(row.endEnergy),
        **_noted(row, ScanFields),
        "choices": [choice for kind in KINDS if (choice := _choice(row, kind)) is not None],
        "measured": _measured(measured),
        "factors": factors and {"energy": factors[0], "fDoublePrime": factors[1], "fPrime": factors[2]},
        "_metadata": {"missing": gaps},
    }


async def spectrum(db: Database, viewer: Viewer, roots: FileRoots, spectrum_id: int) -> dict[str, Any]:
    """A fluorescence spectrum with its points, and how it was measured; what cannot be had is said. Raises NotFound."""
    row = await db.one(queries.spectrum(db.catalogue, viewer, spectrum_id), NotFound.of("spectrum", spectrum_id))
    gaps: list[dict[str, str]] = []
    measured = await _columns(roots, row, row.scanFileFullPath, 2, "measured", gaps)
    return {
        "xfeFluorescenceSpectrumId": row.xfeFluorescenceSpectrumId,
        "sessionId": row.sessionId,
        "blSampleId": row.blSampleId,
        "energy": _kev(row.energy or None),
        **_noted(row, SpectrumFields),
        "measured": _measured(measured),
        "_metadata": {"missing": gaps},
    }


def _noted(row: Row[Any], fields: type[BaseModel]) -> dict[str, Any]:
    """What a row has for the fields; None where this database has no column."""
    held = row._mapping
    return {**{name: held.get(name) for name in fields.model_fields}, "comments": words_of(row.comments)}


def _kev(energy: float | None) -> float | None:
    return None if energy is None else as_kev(energy)


def _choice(row: Row[Any], kind: str) -> dict[str, Any] | None:
    """One of the energies; None where there is none, or this database has no column for it."""
    held = row._mapping
    energy = held.get(f"{kind}Energy")
    if not energy:
        return None
    factors = {f"f{name}": held.get(f"{kind}F{name}") for name in ("Prime", "DoublePrime")}
    return {"kind": kind, "energy": as_kev(energy), **factors}


def _measured(columns: Columns | None) -> dict[str, list[float]] | None:
    return None if columns is None else {"energy": columns[0], "counts": columns[1]}


async def _columns(
    roots: FileRoots, row: Row[Any], path: str | None, least: int, part: Part, gaps: list[dict[str, str]]
) -> Columns | None:
    """Columns of a recorded file, the energies in keV; None where it cannot be read, which is noted."""
    try:
        found = await asyncio.to_thread(roots.find, Stored(path, Owner.of(row)))
        energy, *others = await asyncio.to_thread(read_columns, found, least)
    except (NotFound, UnreadableError) as error:
        gaps.append({"part": part, "detail": str(error)})
        return None
    except OSError:
        gaps.append({"part": part, "detail": "The recorded file cannot be read."})
        return None
    in_ev = as_kev(energy[-1]) != energy[-1]
    return [[value / 1000 for value in energy] if in_ev else energy, *others]
