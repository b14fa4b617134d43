"""No request may send more than it needs: a little for anybody, much for bulk writes by those who may make them."""

from collections.abc import Collection, Mapping

from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .access import Right
from .auth import service as auth
from .auth.dependencies import bearer
from .errors import IspybError, TooLarge, Unavailable
from .problems import problem


class BodyLimit:
    """Middleware that refuses a body of more than `most` bytes: by its declared length, or where it grows beyond it.

    Posts to the paths of `bulk` may send `bulk_most` bytes. Their caller is recognised once `most` are exceeded and
    before more is read, since what nobody known sends must not be held in memory or parsed. The routes of `streams` do
    not read before they know who sends, and look after the length of each line themselves.
    """

    def __init__(
        self, app: ASGIApp, most: int, bulk_most: int, bulk: Mapping[str, tuple[Right, ...]], streams: Collection[str]
    ) -> None:
        self.app = app
        self.most = most
        self.bulk_most = bulk_most
        self.bulk = [(compile_path(path)[0], any_of) for path, any_of in bulk.items()]
        self.streams = frozenset(streams)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it."""
        if scope["type"] != "http" or scope["path"] in self.streams:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        declared = request.headers.get("content-length", "")
        try:
            limit = await self._limit(request, int(declared) if declared.isdecimal() else 0)
        except IspybError as error:
            await problem(request, error)(scope, receive, send)
            return
        received = 0

        async def counting() -> Message:
            nonlocal received, limit
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                try:
                    limit = await self._limit(request, received)
                except IspybError as error:
                    # The one kind that FastAPI passes on while it reads a body.
                    raise HTTPException(error.status, error.detail) from error
            return message

        await self.app(scope, counting, send)

    async def _limit(self, request: Request, size: int) -> int:
        """How many bytes a request may have that has so many already.

        Raises TooLarge; for a bulk write Unauthenticated, Forbidden and Unavailable.
        """
        if size <= self.most:
            return self.most
        any_of = self._rights(request)
        most = self.bulk_most if any_of else self.most
        if not any_of or size > most:
            raise TooLarge(f"A request to this address may have {most // 1024} KiB at most.")
        await _require(request, any_of)
        return most

    def _rights(self, request: Request) -> tuple[Right, ...]:
        """What a bulk write asks of its caller, one of these; nothing for any other request."""
        if request.method != "POST":
            return ()
        return next((any_of for path, any_of in self.bulk if path.match(request.url.path)), ())


async def _require(request: Request, any_of: tuple[Right, ...]) -> None:
    """Raises Unauthenticated, Forbidden, and Unavailable where the database does not say who is calling."""
    state = request.app.state
    token = bearer(request)
    try:
        async with state.databases.read() as db:
            viewer = await auth.viewer_of(db, state.settings, token)
    except (SQLAlchemyError, OSError) as error:
        raise Unavailable("The database does not answer at the moment. Try again in a few seconds.") from error
    auth.require_right(viewer, *any_of)
