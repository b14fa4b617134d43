"""The web page: built files, served by the same process; every address of the page answers its one document."""

from pathlib import Path

from fastapi import FastAPI, Request, Response
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from .protection import PAGE_POLICY
from .routers import refusal

WEB = Path(__file__).parent / "web"

_DOCUMENT = {"Cache-Control": "no-cache", "Content-Security-Policy": PAGE_POLICY}
_NOT_BUILT = "The web page is not built. `make page` builds it; the API works without it.\n"

_API_DOCS = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ISPyB API</title>
<link rel="icon" href="/mark.svg">
<link rel="stylesheet" href="/api-docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/api-docs/swagger-ui-bundle.js"></script>
<script src="/api-docs/start.js" data-openapi="{openapi}"></script>
</body>
</html>
"""


def install(app: FastAPI, api_base: str) -> None:
    """Serve the page, and the interactive description of the API, beside the API."""
    if (WEB / "assets").is_dir():  # else the page is not built, which `document` says
        app.mount("/assets", StaticFiles(directory=WEB / "assets"), name="assets")
    app.add_api_route(f"{api_base}/docs", api_docs, methods=["GET", "HEAD"], include_in_schema=False)
    app.router.routes.append(Route("/ispyb/{path:path}", _Nowhere()))
    app.add_api_route("/{path:path}", document, methods=["GET", "HEAD"], include_in_schema=False)


async def api_docs(request: Request) -> Response:
    """The API, to read and to try out."""
    return HTMLResponse(_API_DOCS.format(openapi=request.app.openapi_url), headers=_DOCUMENT)


class _Nowhere:
    """Refuses, for every method, addresses beside those of the API: no page stands there."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raise refusal(scope)


async def document(path: str) -> Response:
    """A file at the page's root, or else its document: the page finds its own way by the address."""
    index = WEB / "index.html"
    if not index.is_file():
        return PlainTextResponse(_NOT_BUILT, status_code=404)
    file = _file(path)
    if file is not None:
        return FileResponse(file, headers={"Cache-Control": "public, max-age=3600"})
    return FileResponse(index, headers=_DOCUMENT)


def _file(path: str) -> Path | None:
    """The file of the page at this path; None where there is none, also for a path that no file can have."""
    try:
        candidate = (WEB / path).resolve()
        return candidate if candidate.is_file() and candidate.is_relative_to(WEB) else None
    except (OSError, ValueError):  # too long a name, a zero byte
        return None
