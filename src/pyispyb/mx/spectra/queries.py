"""SQL of energy scans and fluorescence spectra: what is noted of them, and the files that hold their points."""

from sqlalchemy import select

from ...access import Viewer, visible_one
from ...db.catalogue import Catalogue
from ...db.typing import AnySelect
from ...db.writes import all_columns
from ...proposals.measured import OWNER, in_session
from ...tables import EnergyScan, XFEFluorescenceSpectrum


def energy_scan(catalogue: Catalogue, viewer: Viewer, scan_id: int) -> AnySelect:
    """A visible energy scan with all its columns."""
    table = EnergyScan
    statement = select(*all_columns(catalogue, table), *OWNER)
    return in_session(statement.where(table.energyScanId == scan_id, visible_one(viewer, table)), table.sessionId)


def spectrum(catalogue: Catalogue, viewer: Viewer, spectrum_id: int) -> AnySelect:
    """A visible fluorescence spectrum with all its columns."""
    table = XFEFluorescenceSpectrum
    statement = select(*all_columns(catalogue, table), *OWNER)
    wanted = table.xfeFluorescenceSpectrumId == spectrum_id
    return in_session(statement.where(wanted, visible_one(viewer, table)), table.sessionId)
