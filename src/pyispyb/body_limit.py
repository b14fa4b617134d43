"""No request may send more than it needs: a little for anybody, much for bulk writes by those who may make them."""

from collections.abc import Mapping

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
    before more is read, since what nobody known sends must not be held in memory or parsed.
    """

    def __init__(self, app: ASGIApp, most: int, bulk_most: int, bulk: Mapping[str, Right]) -> None:
        self.app = app
        self.most = most
        self.bulk_most = bulk_most
        self.bulk = [(compile_path(path)[0], right) for path, right in bulk.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it."""
        if scope["type"] != "http":
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
        right = self._right(request)
        most = self.most if right is None else self.bulk_most
        if right is None or size > most:
            raise TooLarge(f"A request to this address may have {most // 1024} KiB at most.")
        await _require(request, right)
        return most

    def _right(self, request: Request) -> Right | None:
        """What a bulk write asks of its caller; None for any other request."""
        if request.method != "POST":
            return None
        return next((right for path, right in self.bulk if path.match(request.url.path)), None)


async def _require(request: Request, right: Right) -> None:
    """Raises Unauthenticated, Forbidden, and Unavailable where the database does not say who is calling."""
    state = request.app.state
    token = bearer(request)
    try:
        async with state.databases.read() as db:
            viewer = await auth.viewer_of(db, state.settings, token)
    except (SQLAlchemyError, OSError) as error:
        raise Unavailable("The database does not answer at the moment. Try again in a few seconds.") from error
    auth.require_right(viewer, right)
