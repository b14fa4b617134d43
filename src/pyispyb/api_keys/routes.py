"""API keys over HTTP."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response

from ..access import Viewer
from ..answers import Listed, answer
from ..auth.dependencies import Reader
from ..db.dependencies import Db, Paged
from ..dependencies import Configured
from ..keys import LARGEST_KEY
from ..routers import Router
from . import service
from .schemas import ApiKeyOut, KeyState, MadeApiKey, NewApiKey

router = Router(tags=["Administration"])

KeyId = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Number of the key")]


async def _keeper(viewer: Reader) -> Viewer:
    service.require_keeper(viewer)
    return viewer


Keeper = Annotated[Viewer, Depends(_keeper)]
"""A holder of `manage_perms`, or staff of a beamline."""


@router.get("/admin/keys", response_model=Listed[ApiKeyOut], operation_id="list_keys")
async def list_keys(
    viewer: Keeper,
    db: Db,
    page: Paged,
    state: Annotated[KeyState | None, Query(description="Only keys that work, have expired, or were revoked")] = None,
    search: Annotated[str | None, Query(max_length=80, description="Words within the name")] = None,
) -> Response:
    """API keys, newest first: all for holders of `manage_perms`, those of their own beamlines alone for staff."""
    return answer(await service.list_keys(db, viewer, page, state=state, search=search))


@router.post("/admin/keys", response_model=MadeApiKey, status_code=201, operation_id="make_key")
async def make_key(viewer: Keeper, db: Db, request: Request, settings: Configured, wanted: NewApiKey) -> Response:
    """Make an API key. Its secret is in this answer and nowhere else."""
    key_id, secret = await service.make_key(db, viewer, settings, request, wanted)
    made = {**await service.read_key(db, viewer, key_id), "secret": secret}
    return answer(made, 201, {"Cache-Control": "no-store"})


@router.delete("/admin/keys/{apiKeyId}", response_model=ApiKeyOut, operation_id="revoke_key")
async def revoke_key(viewer: Keeper, db: Db, request: Request, apiKeyId: KeyId) -> Response:
    """Stop a key, and everything that logged in with it, at once; the row stays."""
    return answer(await service.revoke_key(db, viewer, request, apiKeyId))
