"""Every request: an identifier, response headers that protect a page, and one line in the log."""

import logging
import secrets
import time

import orjson
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger("pyispyb.requests")

PROTECTION = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


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
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = state["request_id"]
                headers.setdefault("Cache-Control", "private, no-cache")
                for name, value in PROTECTION.items():
                    headers.setdefault(name, value)
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
