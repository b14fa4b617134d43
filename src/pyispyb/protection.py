"""Response headers that limit what a browser does with an answer, whatever the answer turns out to be."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Content-Security-Policy of documents: scripts are files of ours, styles may be written by scripts."""

DATA_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""Content-Security-Policy of everything else: an answer that a browser takes for a page can load and do nothing.

Styles are those that browsers themselves show a picture with.
"""

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": DATA_POLICY,
    "Cache-Control": "private, no-cache",
}


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


class Protection:
    """Middleware that adds what an answer does not say itself; `hsts_seconds` 0 leaves out the word for HTTPS only."""

    def __init__(self, app: ASGIApp, hsts_seconds: int) -> None:
        self.app = app
        only_tls = {"Strict-Transport-Security": f"max-age={hsts_seconds}"} if hsts_seconds else {}
        self.always, self.over_tls = _raw(_ALWAYS), _raw({**_ALWAYS, **only_tls})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        added = self.over_tls if scope.get("scheme") == "https" else self.always

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                said = {name for name, _ in headers}
                message["headers"] = headers + [header for header in added if header[0] not in said]
            await send(message)

        await self.app(scope, receive, sending)
