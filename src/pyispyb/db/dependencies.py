"""What a route declares to reach the database."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Annotated

from fastapi import Depends, Query, Request

from .database import Database, Databases
from .paging import MAX_LIMIT, Page

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


async def databases(request: Request) -> Databases:
    """The connected database of the application."""
    connected: Databases = request.app.state.databases
    return connected


@asynccontextmanager
async def database_at_hand(request: Request) -> AsyncIterator[None]:
    """Lets `database` be asked for; what was opened is closed in the end, with its transaction if it may write."""
    async with AsyncExitStack() as closing:
        request.state.closing = closing
        yield


async def database(request: Request) -> Database:
    """One connection for the request, with one transaction if it may write: committed before the answer leaves."""
    state = request.state
    opened: Database | None = getattr(state, "db", None)
    if opened is None:
        connected = await databases(request)
        opening = connected.read() if request.method in SAFE_METHODS else connected.write()
        opened = state.db = await state.closing.enter_async_context(opening)
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
