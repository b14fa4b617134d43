"""No request may send more than any request needs."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import TooLarge
from .problems import problem


class BodyLimit:
    """Middleware that refuses a body of more than `most` bytes: by its declared length, or where it grows beyond it."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most
        self.refusal = f"A request may have {most // 2**20} MiB at most."

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > self.most:
            await problem(Request(scope), TooLarge(self.refusal))(scope, receive, send)
            return
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.most:
                raise HTTPException(TooLarge.status, self.refusal)
            return message

        await self.app(scope, counting, send)
