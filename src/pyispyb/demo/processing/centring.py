"""Where a simulated program finds the crystal on grid scans, in boxes, as it is handed in."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..grids import Grid
from ..indicators import Indicators
from ..specimen import Floats

LEAST = 2.0
"""Dozor score of the best box; below it nothing was found."""
EDGE = 0.3
"""Share of the best score that a box of the crystal has at least."""


@dataclass(frozen=True)
class Scanned:
    """A grid scan that is over."""

    gridInfoId: int
    grid: Grid
    indicators: Indicators

    def scores(self) -> Floats:
        """Dozor scores as the grid lies: shape (steps_y, steps_x), row 0 at the top."""
        order = self.grid.in_scan_order(np.arange(self.grid.images, dtype=np.float64).reshape(self.shape))
        placed = np.zeros(self.grid.images)
        placed[order.astype(int)] = self.indicators.dozor_score
        return placed.reshape(self.shape)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.grid.steps_y, self.grid.steps_x


def centrings(views: list[Scanned], sample: int) -> list[dict[str, Any]]:
    """What is found on the first view alone, and on both together; whole documents but for the group."""
    first = _axes(views[0].scores(), ("X", "Y"))
    found = [_document("2d", first, views[0], sample)]
    if len(views) > 1:
        depth = _axes(views[1].scores(), ("", "Z"))
        both = {**first, **{name: value for name, value in depth.items() if name.endswith("Z")}} if depth else {}
        found.append(_document("3d", both if first else {}, views[0], sample))
    return found


def _document(kind: str, found: dict[str, Any], view: Scanned, sample: int) -> dict[str, Any]:
    results = [{"gridInfoId": view.gridInfoId, "blSampleId": sample, "status": "success", **found}] if found else []
    return {"xrayCentringType": kind, "status": "success" if found else "failed", "results": results}


def _axes(scores: Floats, names: tuple[str, str]) -> dict[str, Any]:
    """Centre, strongest box and edges along the axes across and down; nothing where nothing diffracts."""
    best = float(scores.max())
    if best < LEAST:
        return {}
    crystal = np.where(scores >= EDGE * best, scores, 0.0)
    strongest = np.unravel_index(int(scores.argmax()), scores.shape)
    found: dict[str, Any] = {}
    for axis, place in zip(names, (1, 0), strict=True):
        along = crystal.sum(axis=1 - place)
        hit = np.flatnonzero(along)
        middle = float((along * (np.arange(along.size) + 0.5)).sum() / along.sum())
        found |= {
            f"centreOfMass{axis}": round(middle, 3),
            f"maxVoxel{axis}": int(strongest[place]),
            f"boundingBoxMin{axis}": float(hit[0]),
            f"boundingBoxMax{axis}": float(hit[-1] + 1),
        }
    return {**found, "numberOfVoxels": int(np.count_nonzero(crystal)), "totalCount": round(float(crystal.sum()), 2)}
