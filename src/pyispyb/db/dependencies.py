"""What a route declares to reach the database."""

from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from .database import Database, Databases
from .paging import MAX_LIMIT, Page

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


async def databases(request: Request) -> Databases:
    """The connected database of the application."""
    connected: Databases = request.app.state.databases
    return connected


class DatabaseAtHand:
    """Lets `database` be asked for; what was opened is closed in the end, with its transaction if it may write."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._opening: AbstractAsyncContextManager[Database] | None = None

    async def __aenter__(self) -> None:
        self._request.state.at_hand = self

    async def open(self) -> Database:
        """A connection, until the request has been carried out."""
        connected = await databases(self._request)
        opening = connected.read() if self._request.method in SAFE_METHODS else connected.write()
        opened = await opening.__aenter__()
        self._opening = opening
        return opened

    async def __aexit__(self, *error: Any) -> bool | None:
        return None if self._opening is None else await self._opening.__aexit__(*error)


async def database(request: Request) -> Database:
    """One connection for the request, with one transaction if it may write: committed before the answer leaves."""
    state = request.state
    opened: Database | None = getattr(state, "db", None)
    if opened is None:
        opened = state.db = await state.at_hand.open()
    return opened


Db = Annotated[Database, Depends(database)]

Connected = Annotated[Databases, Depends(databases)]
"""For the few routes that decide themselves when a transaction begins, such as log-in."""


async def _page(
    skip: Annotated[int, Query(ge=0, le=10_000_000, description="Rows to pass over; `after` is faster")] = 0,
    limit: Annotated[int | None, Query(ge=1, le=MAX_LIMIT, description="Most rows to send")] = None,
    after: Annotated[str | None, Query(max_length=400, description="`next` of the page before")] = None,
    total: Annotated[str | None, Query(pattern="^exact$", description="`exact` to have all rows counted")] = None,
) -> Page:
    return Page(skip, limit, after, total == "exact")


Paged = Annotated[Page, Depends(_page)]
"""skip, limit, after and total of a list."""
