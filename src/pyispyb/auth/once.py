"""The dependency of writing routes that makes them safe to repeat."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import orjson
from fastapi import Depends, Header, Request, Response
from sqlalchemy import select

from ..access import Viewer, visible_one
from ..answers import answer, to_json
from ..db.database import Database
from ..db.dependencies import database
from ..db.idempotency import once, request_hash
from ..errors import NotFound
from ..tables import BLSession, DataCollection, DataCollectionGroup

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=120,
        description="The same key with the same request gives the first answer again and writes nothing twice",
    ),
]


_WRITTEN_TO: tuple[tuple[Any, str], ...] = (
    (DataCollection.dataCollectionId, "data collection"),
    (DataCollectionGroup.dataCollectionGroupId, "data collection group"),
    (BLSession.sessionId, "session"),
)
"""What a write may have gone to, the narrowest first; answers name it by its key. A key of a program that sees one of
these may write to it. A route that asks for another right decides before it asks for an answer."""


class Once:
    """Carries out the work of a route, or answers what it answered before to whoever still has the right."""

    def __init__(self, request: Request, db: Database, key: str | None) -> None:
        self._request = request
        self._db = db
        self._key = key

    async def __call__(
        self,
        viewer: Viewer,
        work: Callable[[], Awaitable[Any]],
        *,
        status: int = 201,
        location: str | None = None,
        alike_is_same: bool = False,
    ) -> Response:
        """The answer of `work`. `location` is a template such as `/sessions/{sessionId}` for the new object.

        `alike_is_same` for a document that tells when something was done, or what came of it: one that is alike, letter
        by letter, is the same one sent again, and needs no key to say so.

        Raises NotFound when it was answered before, and the viewer no longer sees what was written to.
        """
        if self._key is None and not alike_is_same:
            return _created(self._request, await work(), status, location)
        # Without the name of the server: it may be reached by another one the next time.
        asked, scope = self._request.url.path.encode(), self._request.scope
        fingerprint = request_hash(
            self._request.method.encode(), asked, scope["query_string"], await self._request.body()
        )
        key = self._key or f"document {fingerprint}"
        repeated = True

        async def as_json() -> bytes:
            nonlocal repeated
            repeated = False
            return to_json(await work())

        content = await once(self._db, viewer.subject, key, fingerprint, as_json)
        if repeated:
            await _require_seen(self._db, viewer, orjson.loads(content))
        return _created(self._request, content, status, location)


async def _require_seen(db: Database, viewer: Viewer, answered: dict[str, Any]) -> None:
    """Raises NotFound unless the viewer sees what an answer says was written to."""
    for column, what in _WRITTEN_TO:
        if key := answered.get(column.key):
            await db.one(
                select(column).where(column == key, visible_one(viewer, column.class_)), NotFound.of(what, key)
            )
            return


def _created(request: Request, content: Any, status: int, location: str | None) -> Response:
    response = answer(content, status)
    if location is not None:
        made = orjson.loads(content) if isinstance(content, bytes) else content
        response.headers["Location"] = request.app.state.api_base + location.format_map(made)
    return response


async def _once(request: Request, key: IdempotencyKey = None) -> Once:
    return Once(request, await database(request), key)


OnceOnly = Annotated[Once, Depends(_once)]
