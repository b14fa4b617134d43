"""SQL of energy scans and fluorescence spectra: their results, and the files that hold their points."""

from sqlalchemy import select

from ...access import Viewer, visible_one
from ...db.catalogue import Catalogue
from ...db.typing import AnySelect
from ...db.writes import columns
from ...proposals.measured import OWNER, in_session
from ...tables import EnergyScan, XFEFluorescenceSpectrum


def energy_scan(catalogue: Catalogue, viewer: Viewer, scan_id: int) -> AnySelect:
    """A visible energy scan."""
    table = EnergyScan
    results = [
        getattr(table, f"{kind}{name}")
        for kind in ("peak", "inflection", "remote")
        for name in ("Energy", "FPrime", "FDoublePrime")
    ]
    statement = select(
        table.energyScanId,
        table.sessionId,
        table.blSampleId,
        table.element,
        table.edgeEnergy,
        table.scanFileFullPath,
        table.choochFileFullPath,
        *columns(catalogue, *results),
        *OWNER,
    ).where(table.energyScanId == scan_id, visible_one(viewer, table))
    return in_session(statement, table.sessionId)


def spectrum(viewer: Viewer, spectrum_id: int) -> AnySelect:
    """A visible fluorescence spectrum."""
    table = XFEFluorescenceSpectrum
    statement = select(
        table.xfeFluorescenceSpectrumId,
        table.sessionId,
        table.blSampleId,
        table.energy,
        table.scanFileFullPath,
        *OWNER,
    ).where(table.xfeFluorescenceSpectrumId == spectrum_id, visible_one(viewer, table))
    return in_session(statement, table.sessionId)
