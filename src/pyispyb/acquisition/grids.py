"""Grids: one meaning, kept in the terms of whichever flavour is connected."""

from typing import Any

from ..access import Viewer
from ..db.catalogue import Catalogue
from ..db.database import Database
from ..db.writes import insert_row, update_rows
from ..tables import GridInfo
from . import queries, schemas
from .parents import writable_collection


async def store_grid(db: Database, viewer: Viewer, sent: schemas.GridInfo) -> dict[str, Any]:
    """Say where the points of a grid scan lie; said again, it is changed. Raises NotFound, Forbidden, Invalid."""
    collection = await writable_collection(db, viewer, sent.dataCollectionId)
    values = {**grid_values(db.catalogue, sent), "dataCollectionGroupId": collection.dataCollectionGroupId}
    known = await db.scalar(queries.grid_of(sent.dataCollectionId)) if _names_collection(db.catalogue) else None
    if known is None:
        written = await insert_row(db, GridInfo, values)
        key, not_kept = written.key, written.not_kept
    else:
        key, not_kept = known, await update_rows(db, GridInfo, GridInfo.gridInfoId == known, values)
    return {
        "gridInfoId": key,
        "dataCollectionId": sent.dataCollectionId,
        "_metadata": {"notKept": [name for name in not_kept if name != "dataCollectionId"]},
    }


def _names_collection(catalogue: Catalogue) -> bool:
    """The other flavour ties grids to groups, of which each view may have one."""
    return catalogue.has(GridInfo.dataCollectionId)


def grid_values(catalogue: Catalogue, sent: schemas.GridInfo) -> dict[str, Any]:
    """Columns of a grid: the size of a step and µm/pixel, or the size of the whole and pixels/µm."""
    values = sent.model_dump(exclude_none=True)
    if catalogue.has(GridInfo.micronsPerPixelX) or not catalogue.has(GridInfo.pixelspermicronX):
        return values
    for axis, steps, step in (("X", "steps_x", "dx_mm"), ("Y", "steps_y", "dy_mm")):
        scale = values.pop(f"micronsPerPixel{axis}", None)
        if scale:
            values[f"pixelspermicron{axis}"] = 1 / scale
        if step in values:
            values[step] *= values[steps]
    return values
