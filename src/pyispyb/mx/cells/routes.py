"""The search by cell over HTTP."""

from typing import Annotated

from fastapi import Query, Response

from ...answers import Listed, answer
from ...auth.dependencies import Reader
from ...db.dependencies import Db
from ...routers import Router
from . import service
from .lattice import Tolerance
from .schemas import CellMatch, CellQuery

router = Router(tags=["Processing"])


@router.get("/processings/cells", response_model=Listed[CellMatch], operation_id="find_cells")
async def find_cells(
    viewer: Reader,
    db: Db,
    asked: Annotated[CellQuery, Query()],
    limit: Annotated[int, Query(ge=1, le=200, description="Most rows of the page; it may hold fewer and go on")] = 100,
    after: Annotated[str | None, Query(max_length=200, description="`next` of the page before")] = None,
) -> Response:
    """Results of everything you may see whose unit cell is like this one, or of this space group; newest first."""
    edges = None if asked.a is None or asked.b is None or asked.c is None else (asked.a, asked.b, asked.c)
    wanted = service.Wanted(
        cell=None if edges is None else (*edges, asked.alpha, asked.beta, asked.gamma),
        centring=asked.centring,
        any_setting=asked.anySetting,
        tolerance=Tolerance(asked.tolerance, asked.toleranceAngstrom, asked.toleranceAngle),
        group=service.group_number(asked.spaceGroup) if asked.spaceGroup else None,
    )
    return answer(await service.find_cells(db, viewer, wanted, limit=limit, cursor=after))
