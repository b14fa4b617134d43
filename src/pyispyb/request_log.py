"""Every request: an identifier, and one line in the log without anything that was sent."""

import logging
import secrets
import time

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger("pyispyb.requests")


class RequestLog:
    """Middleware; plain ASGI, so that streams pass through it as they come."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = secrets.token_hex(8)
        started = time.perf_counter()
        status = 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", state["request_id"].encode())]
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            _log(scope, status, time.perf_counter() - started)


def _log(scope: Scope, status: int, seconds: float) -> None:
    state = scope["state"]
    route, viewer, db = scope.get("route"), state.get("viewer"), state.get("db")
    line = {
        "request": state["request_id"],
        "method": scope["method"],
        "route": getattr(route, "path", None) or "-",
        "status": status,
        "viewer": viewer.subject if viewer else None,
        "statements": db.statements if db else 0,
        "ms": round(seconds * 1000, 2),
    }
    logger.info(orjson.dumps(line).decode())


class WithoutQuery(logging.Filter):
    """Takes the query from addresses in uvicorn's own log of requests, if it is on: links carry their signature there.

    Its records have the arguments client, method, address, version and status.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record through, without its query."""
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, address, *rest = record.args
            record.args = (client, method, str(address).partition("?")[0], *rest)
        return True


def keep_queries_out_of_logs() -> None:
    """Set up uvicorn's log of requests, which `pyispyb serve` leaves off. Twice does no harm."""
    access = logging.getLogger("uvicorn.access")
    if not any(isinstance(known, WithoutQuery) for known in access.filters):
        access.addFilter(WithoutQuery())
