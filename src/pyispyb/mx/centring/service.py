"""X-ray centring, stored and read."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row

from ...access import Viewer
from ...answers import listed
from ...db.database import Database
from ...db.lists import read_page
from ...db.new_rows import NewRows
from ...db.paging import Page
from ...errors import FieldError, Invalid, NotFound
from ...processing.reading import ResultFilter
from ..targets import group_of_target
from . import queries, schemas
from .place import place_of

USUAL_PAGE = 100


async def store(db: Database, viewer: Viewer, sent: schemas.Centring) -> dict[str, Any]:
    """Store where X-ray centring found crystals. Raises NotFound, Forbidden, Invalid."""
    group = await group_of_target(db, viewer, sent.dataCollectionId, sent.dataCollectionGroupId)
    await _require_known(db, viewer, group, sent.results)
    place = place_of(db.catalogue)
    values = {"dataCollectionGroupId": group.dataCollectionGroupId, **sent.model_dump(include={"status"})}
    rows = NewRows(db)
    centring = rows.add(place.centring, {**values, "xrayCentringType": sent.xrayCentringType})
    results = [rows.add(place.result, {"xrayCentringId": centring, **found.model_dump()}) for found in sent.results]
    await rows.write()
    return {
        "xrayCentringId": int(centring),
        "dataCollectionGroupId": group.dataCollectionGroupId,
        "xrayCentringResultIds": [int(result) for result in results],
        "_metadata": {"notKept": rows.not_kept},
    }


async def _require_known(db: Database, viewer: Viewer, group: Row[Any], results: Sequence[schemas.Found]) -> None:
    """Grids are of the group, what was found lies on them, and samples are of the group's proposal.

    Raises Invalid, whatever the reason.
    """
    grids = {found.gridInfoId for found in results} - {None}
    samples = {found.blSampleId for found in results} - {None}
    of_group = queries.grids_of_group(db.catalogue, group.dataCollectionGroupId)
    known = {row.gridInfoId: row for row in await db.all(of_group)} if grids else {}
    grids -= known.keys()
    if samples:
        found_samples = await db.all(queries.samples_of_proposal(viewer, samples, group.proposalId))
        samples -= {row.blSampleId for row in found_samples}
    errors = [
        FieldError(f"results[{at}].{name}", f"no {what} {getattr(found, name)} here")
        for at, found in enumerate(results)
        for name, what, unknown in (("gridInfoId", "grid", grids), ("blSampleId", "sample", samples))
        if getattr(found, name) in unknown
    ]
    errors += [
        FieldError(f"results[{at}].{name}", reason)
        for at, found in enumerate(results)
        if found.gridInfoId in known
        for name, reason in _off_grid(found, known[found.gridInfoId])
    ]
    if errors:
        raise Invalid("; ".join(f"{error.path}: {error.message}" for error in errors), *errors)


def _off_grid(found: schemas.Found, grid: Row[Any]) -> Iterator[tuple[str, str]]:
    """Fields that name a place beside the grid, and why. Of a grid that nobody gave a size nothing is known."""
    for axis, steps, where in (("X", grid.steps_x, "across"), ("Y", grid.steps_y, "down")):
        centre, strongest = getattr(found, f"centreOfMass{axis}"), getattr(found, f"maxVoxel{axis}")
        reason = f"lies beside the grid, which has {steps or 0:g} boxes {where}"
        if steps and centre is not None and not 0 <= centre <= steps:
            yield f"centreOfMass{axis}", reason
        if steps and strongest is not None and strongest >= steps:
            yield f"maxVoxel{axis}", f"{reason}, counted from 0"


async def list_centrings(db: Database, viewer: Viewer, wanted: ResultFilter, page: Page) -> dict[str, Any]:
    """X-ray centrings with what they found, newest first: two statements. Raises Invalid."""
    limit = page.size(USUAL_PAGE)
    statement = queries.centrings(db.catalogue, viewer, wanted.where())
    rows, more, total = await read_page(db, statement, queries.order(db.catalogue), page, limit)
    return listed(await _in_full(db, rows), limit=limit, skip=page.skip, total=total, after=more)


async def read_centring(db: Database, viewer: Viewer, centring_id: int) -> dict[str, Any]:
    """One X-ray centring. Raises NotFound."""
    missing = NotFound.of("X-ray centring", centring_id)
    (centring,) = await _in_full(db, [await db.one(queries.one(db.catalogue, viewer, centring_id), missing)])
    return centring


async def _in_full(db: Database, rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    if not rows:
        return []
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in await db.all(queries.results(db.catalogue), {"ids": [row.xrayCentringId for row in rows]}):
        result = dict(row._mapping)
        found[result.pop("xrayCentringId")].append(result)
    return [{**row._mapping, "XrayCentringResult": found[row.xrayCentringId]} for row in rows]
