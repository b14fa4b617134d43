"""What a solution leaves on disk: a log, and where it succeeded models, maps, and pictures that all share.

Models and maps are made when somebody asks for them.
"""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from ..on_demand import Order, leave
from ..pool import link
from ..processing.files import Attachment
from ..traces import Job
from .solutions import Solution

NAMES = {
    "refinement": {"final.pdb": "model", "final.mtz": "coefficients"},
    "molecular replacement": {"final.pdb": "model", "final.mtz": "coefficients"},
    "ligand fit": {"ligand_fit.pdb": "fitted", "final.mtz": "coefficients"},
    "phasing": {"fast_ep.mtz": "phases", "sites.pdb": "sites"},
    "model building": {"buccaneer.pdb": "model", "buccaneer.mtz": "phases"},
}
"""Files by the kind of solution: what they are called, and what they hold."""


def folder_of(solution: Solution) -> Path:
    """Where a solution writes."""
    return solution.run.dataset.folder / solution.folder


def files_of(solution: Solution, begin: datetime, end: datetime) -> tuple[list[Attachment], list[dict[str, Any]], Job]:
    """The files of a solution and its blobs with their pictures as ISPyB is told of them, and the job that writes."""
    folder = str(folder_of(solution))
    names = dict.fromkeys(_made(solution), "Result") | {_log(solution): "Log"}
    attachments = [
        {"fileType": kind, "fileName": name, "filePath": folder, "importanceRank": rank}
        for rank, (name, kind) in enumerate(names.items(), start=1)
    ]
    pictures = _pictures(solution)
    blobs = [
        {
            **blob,
            "filePath": folder if at < len(pictures) else None,
            "views": pictures[at] if at < len(pictures) else [],
        }
        for at, blob in enumerate(solution.blobs)
    ]
    return attachments, blobs, partial(_write, solution, begin, end)


def _log(solution: Solution) -> str:
    return f"{solution.programs.split()[0].lower()}.log"


def _made(solution: Solution) -> dict[str, Order]:
    """Models and reflections by their names."""
    if solution.state == "failed":
        return {}
    return {name: _order(solution, what) for name, what in NAMES[solution.kind].items()}


def _order(solution: Solution, what: str) -> Order:
    """A model (`model`, `fitted`, `sites`) or reflections (`coefficients`, `phases`) at the resolution of the data."""
    assert solution.run.outcome is not None
    data, numbers = solution.run.outcome.merged[0].reflections, solution.numbers
    if what == "phases":
        return Order(what, data, {"figure": numbers.get("FOM")})
    values = {"work": numbers.get("rValueEnd"), "free": numbers.get("rFreeValueEnd")}
    if what == "coefficients":
        return Order(what, data, values)
    return Order("model", data, {**values, "what": what, "mean_b": numbers.get("meanB")})


def _pictures(solution: Solution) -> list[list[str]]:
    """Names of the pictures of each blob that there are pictures of: of a difference map."""
    shown = [blob for blob in solution.blobs if blob["mapType"] == "difference"]
    return [[f"blob{number}v{view}.png" for view in range(1, 4)] for number in range(1, len(shown) + 1)]


def _write(solution: Solution, begin: datetime, end: datetime) -> None:
    folder = folder_of(solution)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _log(solution)).write_text(_logged(solution, begin, end), encoding="utf-8")
    if made := _made(solution):
        leave(folder, made)
    pool, protein = solution.run.dataset.place.pool, solution.run.dataset.target.protein
    for number, names in enumerate(_pictures(solution)):
        for name, source in zip(names, pool.blob(protein, number), strict=True):
            link(source, folder / name)


def _logged(solution: Solution, begin: datetime, end: datetime) -> str:
    """What a solution prints."""
    lines = [
        f"{solution.programs}, simulated",
        f"$ {solution.command}",
        f"begin  {begin:%Y-%m-%d %H:%M:%S} on {solution.run.node}",
        "",
        *(f"{name:<20} {value}" for name, value in solution.numbers.items()),
    ]
    for number, blob in enumerate(solution.blobs, start=1):
        near = f"{blob['nearestAtomResName']} {blob['nearestAtomChainId']}{blob['nearestAtomResSeq']}"
        place = " ".join(f"{blob[axis]:8.2f}" for axis in "xyz")
        lines.append(
            f"peak {number}  {blob['height']:5.1f} sigma at {place}, {blob['nearestAtomDistance']:.1f} A from {near}"
        )
    lines += ["", solution.message, f"end    {end:%Y-%m-%d %H:%M:%S}"]
    return "\n".join(lines) + "\n"
