"""Numbers of energy scans and fluorescence spectra over HTTP."""

from typing import Annotated

from fastapi import Path, Request, Response

from ...answers import answer
from ...auth.dependencies import Reader
from ...db.dependencies import Db
from ...keys import LARGEST_KEY
from ...routers import Router
from . import service
from .schemas import EnergyScanValues, SpectrumValues

router = Router(tags=["Events"])


@router.get(
    "/events/energyscan/{energyScanId}/values", response_model=EnergyScanValues, operation_id="read_energy_scan_values"
)
async def energy_scan(
    viewer: Reader,
    db: Db,
    request: Request,
    energyScanId: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the scan")],
) -> Response:
    """An energy scan as numbers: what was counted, f′ and f″, and the energies to choose from."""
    return answer(await service.energy_scan(db, viewer, request.app.state.file_roots, energyScanId))


@router.get(
    "/events/xfe-fluorescence-spectrum/{xfeFluorescenceSpectrumId}/values",
    response_model=SpectrumValues,
    operation_id="read_fluorescence_spectrum_values",
)
async def spectrum(
    viewer: Reader,
    db: Db,
    request: Request,
    xfeFluorescenceSpectrumId: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the spectrum")],
) -> Response:
    """A fluorescence spectrum as numbers."""
    return answer(await service.spectrum(db, viewer, request.app.state.file_roots, xfeFluorescenceSpectrumId))
