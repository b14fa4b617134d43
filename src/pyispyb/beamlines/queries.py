"""SQL of detectors and set-ups."""

from typing import Any

from sqlalchemy import select

from ..access import Viewer, visible, visible_sessions
from ..db.catalogue import Catalogue
from ..db.paging import Key
from ..db.typing import AnySelect
from ..db.writes import all_columns
from ..tables import BeamLineSetup, BLSession, Detector

SETUP_ORDER = (Key(BeamLineSetup.beamLineSetupId),)


def detectors(catalogue: Catalogue, where: list[Any]) -> AnySelect:
    """Detectors, newest first. They say nothing of anybody's science: everyone who is logged in sees them."""
    return select(*all_columns(catalogue, Detector)).where(*where).order_by(Detector.detectorId.desc())


def setups(catalogue: Catalogue, viewer: Viewer, where: list[Any]) -> AnySelect:
    """Set-ups of sessions that the viewer may see."""
    statement = select(*all_columns(catalogue, BeamLineSetup)).where(*where)
    if viewer.sees_everything:
        return statement
    used = select(BLSession.beamLineSetupId).where(BLSession.sessionId.in_(visible_sessions(viewer)))
    return statement.where(BeamLineSetup.beamLineSetupId.in_(used))


def setup_on(beamline: str, viewer: Viewer) -> Any:
    """Set-ups of sessions on a beamline that the viewer may see."""
    return BeamLineSetup.beamLineSetupId.in_(
        select(BLSession.beamLineSetupId).where(BLSession.beamLineName == beamline, visible(viewer, BLSession))
    )
