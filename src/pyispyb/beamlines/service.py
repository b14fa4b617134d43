"""Detectors and set-ups of beamlines."""

from typing import Any

from ..access import Viewer
from ..answers import listed
from ..clock import local_now
from ..db.database import Database
from ..db.lists import read_page
from ..db.paging import Page
from ..db.writes import insert_row
from ..errors import NotFound
from ..tables import BeamLineSetup, Detector
from . import queries
from .schemas import BeamlineConfig


async def find_detector(
    db: Database, *, manufacturer: str | None, model: str | None, mode: str | None, kind: str | None
) -> dict[str, Any]:
    """The newest detector that has all the words asked for. Raises NotFound."""
    asked = {
        Detector.detectorManufacturer: manufacturer,
        Detector.detectorModel: model,
        Detector.detectorMode: mode,
        Detector.detectorType: kind,
    }
    where = [column == word for column, word in asked.items() if word is not None]
    row = await db.one(queries.detectors(db.catalogue, where).limit(1), NotFound("No such detector is known here."))
    return dict(row._mapping)


async def list_setups(db: Database, viewer: Viewer, beamline: str | None, page: Page) -> dict[str, Any]:
    """Set-ups, newest first."""
    order, limit = queries.SETUP_ORDER, page.size()
    where = [queries.setup_on(beamline, viewer)] if beamline is not None else []
    rows, more, total = await read_page(db, queries.setups(db.catalogue, viewer, where), order, page, limit)
    return listed([dict(row._mapping) for row in rows], limit=limit, skip=page.skip, total=total, after=more)


async def read_setup(db: Database, viewer: Viewer, setup_id: int) -> dict[str, Any]:
    """One set-up. Raises NotFound."""
    where = [BeamLineSetup.beamLineSetupId == setup_id]
    row = await db.one(queries.setups(db.catalogue, viewer, where), NotFound.of("beamline set-up", setup_id))
    return dict(row._mapping)


async def create_setup(db: Database, sent: BeamlineConfig) -> dict[str, Any]:
    """Note how a beamline is set up. Raises Invalid."""
    now = local_now()
    values = {
        "synchrotronName": sent.synchrotron_name,
        "synchrotronMode": sent.synchrotron_mode,
        "focusingOptic": sent.focusing_optic,
        "monochromatorType": sent.monochromator_type,
        "beamDivergenceVertical": sent.beam_divergence_vertical,
        "beamDivergenceHorizontal": sent.beam_divergence_horizontal,
        "polarisation": sent.polarisation,
        "goniostatMaxOscillationSpeed": sent.maximum_phi_speed,
        "goniostatMinOscillationWidth": sent.minimum_phi_oscillation,
        "minExposureTimePerImage": sent.minimum_exposure_time,
        "setupDate": now,
        **{f"undulatorType{number}": kind for number, kind in enumerate((sent.undulators or [])[:3], start=1)},
        "detectorId": await _detector_id(db, sent),
    }
    written = await insert_row(db, BeamLineSetup, values)
    return {"beamLineSetupId": written.key, "_metadata": {"notKept": list(written.not_kept)}}


async def _detector_id(db: Database, sent: BeamlineConfig) -> int | None:
    if not (sent.detector_manufacturer or sent.detector_model or sent.detector_type):
        return None
    try:
        found = await find_detector(
            db,
            manufacturer=sent.detector_manufacturer,
            model=sent.detector_model,
            mode=None,
            kind=sent.detector_type,
        )
    except NotFound:
        return None
    return int(found["detectorId"])
