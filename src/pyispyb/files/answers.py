"""Files and pictures over HTTP: streamed, with ranges and validators, and types that cannot run as a page."""

import asyncio
import mimetypes
from pathlib import Path
from urllib.parse import quote

from fastapi import Request, Response
from starlette.responses import FileResponse

from ..errors import NotFound
from .roots import FileRoots, Stored
from .thumbnails import thumbnail

PICTURE_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif"}
PICTURE_CACHE = "private, max-age=300"


def _roots(request: Request) -> FileRoots:
    roots: FileRoots = request.app.state.file_roots
    return roots


async def picture(request: Request, stored: Stored, *, small: bool) -> Response:
    """A picture, or its thumbnail. Raises NotFound with the reason."""
    path = await asyncio.to_thread(_roots(request).find, stored)
    media_type = PICTURE_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise NotFound("The recorded file is not a picture.")
    headers = {"Cache-Control": PICTURE_CACHE}
    if small:
        content = await asyncio.to_thread(_small, request, path, stored)
        if isinstance(content, bytes):
            return Response(content, media_type="image/jpeg", headers=headers)
        path, media_type = content, PICTURE_TYPES[content.suffix.lower()]
    return FileResponse(path, media_type=media_type, headers=headers)


def _small(request: Request, path: Path, stored: Stored) -> Path | bytes:
    """The thumbnail that lies beside a picture (`crystal_1t.jpg`), or one made now."""
    beside = path.with_name(f"{path.stem}t{path.suffix}")
    try:
        found = _roots(request).find(Stored(str(beside), stored.owner))
    except NotFound:
        return thumbnail(path)
    return found if found.suffix.lower() in PICTURE_TYPES else thumbnail(path)


VIEWED_TYPES = {
    **dict.fromkeys((".log", ".txt", ".lp", ".out", ".csv", ".table1", ".stats", ".xml", ".json"), "text/plain"),
    **dict.fromkeys((".html", ".htm"), "text/html"),
    **PICTURE_TYPES,
}
"""What a browser may show of files that programs wrote. XML as text: as a document it could do more than be read."""

_VIEWED_POLICY = "; ".join(
    (
        "sandbox allow-popups",
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "frame-ancestors 'none'",
    )
)
"""A report runs no script, loads nothing and is of no origin: what it holds cannot act for who reads it."""


def view(request: Request, stored: Stored) -> Response:
    """A file to be read in a browser, where it is a text, a report or a picture; any other to keep. Raises NotFound."""
    path = _roots(request).find(stored)
    media_type = VIEWED_TYPES.get(path.suffix.lower())
    if media_type is None:
        return download(request, stored)
    headers = {"Content-Disposition": _named("inline", path), "Content-Security-Policy": _VIEWED_POLICY}
    return FileResponse(path, media_type=media_type, headers=headers)


def _named(disposition: str, path: Path) -> str:
    return f"{disposition}; filename*=UTF-8''{quote(path.name)}"


def download(request: Request, stored: Stored) -> Response:
    """A file to keep. Raises NotFound with the reason."""
    path = _roots(request).find(stored)
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return FileResponse(
        path,
        media_type=media_type,
        headers={
            "Content-Disposition": _named("attachment", path),
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
