"""The web page: built files, served by the same process; every address of the page answers its one document."""

from pathlib import Path

from fastapi import FastAPI, Request, Response
from starlette.responses import FileResponse, PlainTextResponse
from starlette.staticfiles import StaticFiles

from .errors import NotFound

WEB = Path(__file__).parent / "web"

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

NOT_BUILT = "The web page is not built. `make ui` builds it; the API works without it.\n"


def install(app: FastAPI) -> None:
    """Serve the page beside the API."""
    app.mount("/assets", StaticFiles(directory=WEB / "assets", check_dir=False), name="assets")
    app.add_api_route("/{path:path}", document, methods=["GET", "HEAD"], include_in_schema=False)


async def document(request: Request, path: str) -> Response:
    """A file at the page's root, or else its document: the page finds its own way by the address."""
    if path.startswith("ispyb/"):
        raise NotFound("Nothing is found at this address.")
    index = WEB / "index.html"
    if not index.is_file():
        return PlainTextResponse(NOT_BUILT, status_code=404)
    candidate = (WEB / path).resolve()
    if path and candidate.is_file() and candidate.is_relative_to(WEB):
        return FileResponse(candidate, headers={"Cache-Control": "public, max-age=3600"})
    return FileResponse(
        index, headers={"Cache-Control": "no-cache", "Content-Security-Policy": CONTENT_SECURITY_POLICY}
    )
