"""Characterisations over HTTP."""

from typing import Annotated

from fastapi import Path, Query, Response

from ...answers import Listed, answer
from ...auth.dependencies import Processor, Reader
from ...auth.once import OnceOnly
from ...db.dependencies import Db, Paged
from ...keys import LARGEST_KEY
from ...routers import Router
from ..filters import OfWhat
from . import reading, service
from .schemas import Screening, ScreeningOut, ScreeningStored

router = Router(tags=["Characterisation"])


@router.get("/processings/screenings", response_model=Listed[ScreeningOut], operation_id="list_screenings")
async def list_screenings(viewer: Reader, db: Db, page: Paged, wanted: Annotated[OfWhat, Query()]) -> Response:
    """Characterisations of a collection, group, sample, session or proposal, with lattices and strategies."""
    return answer(await reading.list_screenings(db, viewer, wanted.filter(), page))


@router.post("/processings/screenings", response_model=ScreeningStored, status_code=201, operation_id="store_screening")
async def store_screening(sent: Screening, viewer: Processor, db: Db, once: OnceOnly) -> Response:
    """Store a characterisation with its lattices and strategies: all of it or nothing."""
    return await once(
        viewer,
        lambda: service.store(db, viewer, sent),
        location="/processings/screenings/{screeningId}",
        alike_is_same=bool(sent.output.lattices or sent.output.strategies),
    )


@router.get("/processings/screenings/{screeningId}", response_model=ScreeningOut, operation_id="read_screening")
async def read_screening(
    viewer: Reader,
    db: Db,
    screeningId: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the characterisation")],
) -> Response:
    """One characterisation."""
    return answer(await reading.read_screening(db, viewer, screeningId))
