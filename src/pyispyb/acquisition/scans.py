"""Robot actions, energy scans and fluorescence spectra as control software registers them."""

from typing import Any

from ..access import Viewer
from ..clock import local_now
from ..db.database import Database
from ..db.writes import insert_row, update_rows
from ..errors import Invalid
from ..proposals.sessions import writable_session
from ..tables import BLSample_has_EnergyScan, EnergyScan, RobotAction, XFEFluorescenceSpectrum
from ..tables.base import Base
from . import queries, schemas
from .parents import require_sample, writable_energy_scan


async def store_robot_action(db: Database, viewer: Viewer, sent: schemas.RobotAction) -> dict[str, Any]:
    """Note what the sample changer did. Raises NotFound, Forbidden, Invalid."""
    if sent.endTimestamp < sent.startTimestamp:
        raise Invalid.field("endTimestamp", "lies before startTimestamp")
    session = await writable_session(db, viewer, sent.sessionId)
    sample = sent.blSampleId or None
    await require_sample(db, viewer, session, sample)
    values = sent.model_dump(exclude={"sessionId", "blSampleId"})
    written = await insert_row(db, RobotAction, {**values, "blsessionId": sent.sessionId, "blsampleId": sample})
    return _answer("robotActionId", written.key, sent.sessionId, sample, written.not_kept)


async def store_energy_scan(db: Database, viewer: Viewer, sent: schemas.EnergyScan) -> dict[str, Any]:
    """Note a scan over an absorption edge. Raises NotFound, Forbidden, Invalid."""
    answer = await _store_scan(db, viewer, sent, EnergyScan, "energyScanId")
    if answer["blSampleId"] is not None:
        await _link_sample(db, answer["energyScanId"], answer["blSampleId"])
    return answer


async def store_spectrum(db: Database, viewer: Viewer, sent: schemas.Spectrum) -> dict[str, Any]:
    """Note a fluorescence spectrum. Raises NotFound, Forbidden, Invalid."""
    return await _store_scan(db, viewer, sent, XFEFluorescenceSpectrum, "xfeFluorescenceSpectrumId")


async def _store_scan(
    db: Database, viewer: Viewer, sent: schemas.EnergyScan | schemas.Spectrum, table: type[Base], key: str
) -> dict[str, Any]:
    session = await writable_session(db, viewer, sent.sessionId)
    values = sent.model_dump()
    sample = values["blSampleId"] = sent.blSampleId or None
    await require_sample(db, viewer, session, sample)
    now = local_now()
    values["startTime"], values["endTime"] = sent.startTime or sent.endTime or now, sent.endTime or now
    if values["endTime"] < values["startTime"]:
        raise Invalid.field("endTime", "lies before startTime")
    written = await insert_row(db, table, values)
    return _answer(key, written.key, sent.sessionId, sample, written.not_kept)


def _answer(key: str, value: int, session_id: int, sample_id: int | None, not_kept: tuple[str, ...]) -> dict[str, Any]:
    return {
        key: value,
        "sessionId": session_id,
        "blSampleId": sample_id,
        "_metadata": {"notKept": list(not_kept)},
    }


async def associate_sample(db: Database, viewer: Viewer, sent: schemas.ScanSample) -> dict[str, Any]:
    """Say which sample an energy scan was made of. Raises NotFound, Forbidden, Invalid."""
    scan = await writable_energy_scan(db, viewer, sent.energyScanId)
    await require_sample(db, viewer, scan, sent.blSampleId)
    not_kept = await update_rows(
        db, EnergyScan, EnergyScan.energyScanId == sent.energyScanId, {"blSampleId": sent.blSampleId}
    )
    await _link_sample(db, sent.energyScanId, sent.blSampleId)
    return _answer("energyScanId", sent.energyScanId, scan.sessionId, sent.blSampleId, not_kept)


async def _link_sample(db: Database, scan_id: int, sample_id: int) -> None:
    """Older programs look for a scan's sample in the table between them."""
    if db.catalogue.has_table(BLSample_has_EnergyScan) and not await db.first(queries.scan_sample(scan_id, sample_id)):
        await insert_row(db, BLSample_has_EnergyScan, {"energyScanId": scan_id, "blSampleId": sample_id})
