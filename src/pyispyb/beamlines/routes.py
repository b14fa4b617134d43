"""Detectors and set-ups of beamlines over HTTP."""

from typing import Annotated

from fastapi import Path, Query, Response

from ..answers import Listed, answer
from ..auth.dependencies import Acquirer, Reader
from ..auth.once import OnceOnly
from ..db.dependencies import Db, Paged
from ..keys import LARGEST_KEY
from ..routers import Router
from . import service
from .schemas import BeamlineConfig, DetectorOut, SetupCreated, SetupOut

router = Router(tags=["Beamlines"])

Word = Annotated[str | None, Query(max_length=255, description="As the detector has it, in any case")]


@router.get("/detectors", response_model=DetectorOut, operation_id="find_detector")
async def find_detector(
    viewer: Reader, db: Db, manufacturer: Word = None, model: Word = None, mode: Word = None, type: Word = None
) -> Response:
    """The newest detector that has all the words asked for."""
    return answer(await service.find_detector(db, manufacturer=manufacturer, model=model, mode=mode, kind=type))


@router.get("/beamline-setups", response_model=Listed[SetupOut], operation_id="list_beamline_setups")
async def list_setups(
    viewer: Reader,
    db: Db,
    page: Paged,
    beamLineName: Annotated[str | None, Query(max_length=45, description="Used in a session on this beamline")] = None,
) -> Response:
    """Set-ups of sessions you may see."""
    return answer(await service.list_setups(db, viewer, beamLineName, page))


@router.get("/beamline-setups/{beamLineSetupId}", response_model=SetupOut, operation_id="read_beamline_setup")
async def read_setup(
    viewer: Reader, db: Db, beamLineSetupId: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key")]
) -> Response:
    """One set-up."""
    return answer(await service.read_setup(db, viewer, beamLineSetupId))


@router.post(
    "/beamline-setups/beamline-setup",
    response_model=SetupCreated,
    status_code=201,
    operation_id="create_beamline_setup",
)
async def create_setup(sent: BeamlineConfig, viewer: Acquirer, db: Db, once: OnceOnly) -> Response:
    """Note how a beamline is set up."""
    return await once(viewer, lambda: service.create_setup(db, sent))
