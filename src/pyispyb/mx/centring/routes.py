"""X-ray centring over HTTP."""

from typing import Annotated

from fastapi import Path, Query, Response

from ...answers import Listed, answer
from ...auth.dependencies import Processor, Reader
from ...auth.once import OnceOnly
from ...db.dependencies import Db, Paged
from ...keys import LARGEST_KEY
from ...routers import Router
from ..filters import OfWhat
from . import service
from .schemas import Centring, CentringOut, CentringStored

router = Router(tags=["Characterisation"])


@router.get("/processings/xray-centrings", response_model=Listed[CentringOut], operation_id="list_xray_centrings")
async def list_centrings(viewer: Reader, db: Db, page: Paged, wanted: Annotated[OfWhat, Query()]) -> Response:
    """Where X-ray centring found crystals, of a collection's group, a sample, session or proposal."""
    return answer(await service.list_centrings(db, viewer, wanted.filter(), page))


@router.post(
    "/processings/xray-centrings", response_model=CentringStored, status_code=201, operation_id="store_xray_centring"
)
async def store_centring(sent: Centring, viewer: Processor, db: Db, once: OnceOnly) -> Response:
    """Store where X-ray centring found crystals on the grid scans of a group."""
    return await once(
        viewer,
        lambda: service.store(db, viewer, sent),
        location="/processings/xray-centrings/{xrayCentringId}",
        alike_is_same=bool(sent.results),
    )


@router.get(
    "/processings/xray-centrings/{xrayCentringId}", response_model=CentringOut, operation_id="read_xray_centring"
)
async def read_centring(
    viewer: Reader,
    db: Db,
    xrayCentringId: Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the centring")],
) -> Response:
    """One X-ray centring."""
    return answer(await service.read_centring(db, viewer, xrayCentringId))
