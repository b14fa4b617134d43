"""One data collection in full, its indicators, its files."""

from datetime import datetime, timedelta
from typing import Any

from ..access import Viewer
from ..answers import listed
from ..clock import local_now
from ..db.database import Database
from ..db.lists import read_page
from ..db.paging import WHOLE_LIST, Page
from ..errors import Invalid, NotFound
from ..events.shapes import grid
from ..files.roots import Owner, Stored
from ..proposals.names import session_name
from ..tables import DataCollectionFileAttachment
from . import queries
from .favourites import is_favourite, words_of
from .state import state_of

# h c in keV Å (CODATA 2018, exact by definition of the constants).
KEV_ANGSTROM = 12.398419843320026


async def read_collection(db: Database, viewer: Viewer, collection_id: int) -> dict[str, Any]:
    """A collection with every column this database has, and what belongs to it. Raises NotFound."""
    rows = await db.rows(queries.collection(db.catalogue, viewer), {"collection_id": collection_id})
    if not rows:
        raise NotFound.of("data collection", collection_id)
    row = rows[0]
    held = row._asdict()
    group = _taken(held, queries.GROUP_PREFIX)
    detector = _taken(held, queries.DETECTOR_PREFIX)
    group_id = row.dataCollectionGroupId
    grids = await db.rows(queries.grids(db.catalogue), {"collection_id": collection_id, "group_id": group_id})
    siblings = await db.rows(queries.siblings(), {"group_id": group_id})
    return {
        **_own_columns(held),
        **_end(held, group),
        "comments": words_of(row.comments),
        "sessionId": held["visit_sessionId"],
        # Receivers of a share see a sample's data, and of its session not even the name.
        "session": session_name(row) if row.sees_session else None,
        "proposal": f"{row.proposalCode or ''}{row.proposalNumber or ''}",
        "blSampleId": held["sample_blSampleId"],
        "BLSample": _sample(held),
        "DataCollectionGroup": group,
        "Detector": detector if detector.get("detectorId") is not None else None,
        "GridInfo": [grid(found._asdict()) for found in grids],
        "_metadata": {
            "snapshots": _snapshots(held),
            "state": state_of(row.runStatus, row.startTime, row.endTime, local_now()),
            "favourite": is_favourite(row.comments),
            "siblings": [sibling.dataCollectionId for sibling in siblings],
            "energy": KEV_ANGSTROM / row.wavelength if row.wavelength else None,
            "attachments": row.attachments,
            "endTimeExpected": row.endTime is None,
        },
    }


_ADDED = (
    "visit_sessionId",
    "sees_session",
    "visit_number",
    "proposalCode",
    "proposalNumber",
    "sample_blSampleId",
    "sample_name",
    "sample_acronym",
    "attachments",
)


def _taken(held: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {label.removeprefix(prefix): held.pop(label) for label in list(held) if label.startswith(prefix)}


def _own_columns(held: dict[str, Any]) -> dict[str, Any]:
    return {label: value for label, value in held.items() if label not in _ADDED}


def _end(held: dict[str, Any], group: dict[str, Any]) -> dict[str, datetime | None]:
    """Begin and end, never null where they can be known: control software cannot read a collection without.

    A collection that runs has the end that its images and their exposure let expect; `endTimeExpected` says so. An end
    beyond the calendar is not known.
    """
    start = held.get("startTime") or group.get("startTime")
    end = held.get("endTime")
    if end is None and start is not None:
        length = (held.get("numberOfImages") or 0) * (held.get("exposureTime") or 0.0)
        end = _after(start, min(length, 86400.0))
    return {"startTime": start, "endTime": end}


def _after(start: datetime, seconds: float) -> datetime | None:
    """The whole second so long after a time; None beyond the calendar, where rows of other programs may lead."""
    try:
        return (start + timedelta(seconds=seconds)).replace(microsecond=0)
    except (OverflowError, ValueError):
        return None


def _sample(held: dict[str, Any]) -> dict[str, Any] | None:
    if held["sample_blSampleId"] is None:
        return None
    return {
        "blSampleId": held["sample_blSampleId"],
        "name": held["sample_name"],
        "Crystal": {"Protein": {"acronym": held["sample_acronym"]}},
    }


def _snapshots(held: dict[str, Any]) -> dict[str, bool]:
    found = {str(number): bool(held.get(f"xtalSnapshotFullPath{number}")) for number in range(1, 5)}
    return {**found, "analysis": bool(held.get("imageQualityIndicatorsPlotPath"))}


async def read_indicators(db: Database, viewer: Viewer, collection_id: int) -> dict[str, Any]:
    """Indicators of a collection as columns of equal length; null for one without a value.

    Raises NotFound.
    """
    result = await db.execute(queries.indicators(db.catalogue, viewer, collection_id))
    names = list(result.keys())
    rows = result.all()
    if not rows:
        await db.one(queries.is_visible(viewer, collection_id), NotFound.of("data collection", collection_id))
    columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())
    said = {name for name, column in columns.items() if column.count(None) < len(column)}
    return {
        "total": len(rows),
        "dataCollectionId": collection_id,
        "imageNumber": columns["imageNumber"],
        **{column.key: columns[column.key] if column.key in said else None for column in queries.INDICATORS},
    }


async def list_attachments(
    db: Database, viewer: Viewer, *, collection_id: int | None, group_id: int | None, page: Page
) -> dict[str, Any]:
    """Attached files of a collection, or of all collections of a group. Raises Invalid when neither is named."""
    if collection_id is not None:
        where = [DataCollectionFileAttachment.dataCollectionId == collection_id]
    elif group_id is not None:
        where = [queries.attachments_of_group(group_id)]
    else:
        raise Invalid.field("dataCollectionId", "name a collection, or a group with `dataCollectionGroupId`")
    order = queries.ATTACHMENT_ORDER
    limit = page.size(WHOLE_LIST)
    rows, more, total = await read_page(db, queries.attachments(viewer, where), order, page, limit)
    return listed([_attachment(row) for row in rows], limit=limit, skip=page.skip, total=total, after=more)


def _attachment(row: Any) -> dict[str, Any]:
    return {
        "dataCollectionFileAttachmentId": row.dataCollectionFileAttachmentId,
        "dataCollectionId": row.dataCollectionId,
        "fileType": row.fileType,
        "fileName": (row.fileFullPath or "").replace("\\", "/").rpartition("/")[2],
        "url": f"/datacollections/attachments/{row.dataCollectionFileAttachmentId}",
    }


async def attachment_file(db: Database, viewer: Viewer, attachment_id: int) -> Stored:
    """Where an attached file is. Raises NotFound."""
    row = await db.one(queries.attachment_file(viewer, attachment_id), NotFound.of("attachment", attachment_id))
    return Stored(row.fileFullPath, Owner.of(row))


async def snapshot(db: Database, viewer: Viewer, collection_id: int, number: int) -> Stored:
    """Where a crystal snapshot (1 to 4) is. Raises NotFound."""
    row = await _pictures(db, viewer, collection_id)
    return Stored(row._mapping.get(f"xtalSnapshotFullPath{number}"), Owner.of(row))


async def quality_plot(db: Database, viewer: Viewer, collection_id: int) -> Stored:
    """Where the plot of the per-image analysis is. Raises NotFound."""
    row = await _pictures(db, viewer, collection_id)
    return Stored(row._mapping.get("imageQualityIndicatorsPlotPath"), Owner.of(row))


async def _pictures(db: Database, viewer: Viewer, collection_id: int) -> Any:
    return await db.one(
        queries.picture_paths(db.catalogue, viewer, collection_id), NotFound.of("data collection", collection_id)
    )


async def diffraction_image(db: Database, viewer: Viewer, collection_id: int, image_number: int | None) -> Stored:
    """Where the JPEG of an image is. Raises NotFound."""
    row = await db.first(queries.diffraction_paths(viewer, collection_id, image_number))
    if row is None:
        return Stored(None, Owner.of(await _pictures(db, viewer, collection_id)))
    return Stored(row.jpegFileFullPath, Owner.of(row))


async def robot_picture(db: Database, viewer: Viewer, action_id: int, *, before: bool) -> Stored:
    """Where the picture before or after a robot action is. Raises NotFound."""
    row = await db.one(queries.robot_pictures(viewer, action_id), NotFound.of("robot action", action_id))
    return Stored(row.xtalSnapshotBefore if before else row.xtalSnapshotAfter, Owner.of(row))


async def energy_scan_plot(db: Database, viewer: Viewer, scan_id: int) -> Stored:
    """Where the plot of an energy scan is. Raises NotFound."""
    row = await db.one(queries.energy_scan_picture(viewer, scan_id), NotFound.of("energy scan", scan_id))
    return Stored(row.jpegChoochFileFullPath, Owner.of(row))


async def spectrum_plot(db: Database, viewer: Viewer, spectrum_id: int) -> Stored:
    """Where the plot of a fluorescence spectrum is. Raises NotFound."""
    row = await db.one(queries.spectrum_picture(viewer, spectrum_id), NotFound.of("spectrum", spectrum_id))
    return Stored(row.jpegScanFileFullPath, Owner.of(row))
