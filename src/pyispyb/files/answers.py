"""Files and pictures over HTTP: streamed, with ranges and validators, and types that cannot run as a page."""

import asyncio
import mimetypes
import os
import unicodedata
from pathlib import Path
from urllib.parse import quote

from fastapi import Request, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, MalformedRangeHeader, RangeNotSatisfiable
from starlette.types import Receive, Scope, Send

from ..errors import NotFound
from ..etags import is_held
from .roots import FileRoots, Stored
from .thumbnails import thumbnail

PICTURE_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif"}
PICTURE_CACHE = "private, max-age=300"


class ServedFile(FileResponse):
    """A file, or a part of it; only the word that nothing has changed, where the client has it already."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it. Raises HTTPException for a part that it has not."""
        self.stat_result = await asyncio.to_thread(os.stat, self.path)
        self.set_stat_headers(self.stat_result)
        if is_held(Headers(scope=scope), self.headers):
            # With the other headers of the file: what a browser keeps takes on those that come with 304.
            headers = {name: value for name, value in self.headers.items() if name != "content-length"}
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        await super().__call__(scope, receive, send)

    @classmethod
    def _parse_range_header(cls, http_range: str, file_size: int) -> list[tuple[int, int]]:
        """Begin and end of each part asked for; none, and so the whole, where that cannot be read (RFC 9110, 14.2)."""
        try:
            return super()._parse_range_header(http_range, file_size)
        except MalformedRangeHeader:
            return []
        except RangeNotSatisfiable as error:
            told = f"The file has {file_size} bytes, and none of those that were asked for."
            raise HTTPException(416, told, {"Content-Range": f"bytes */{file_size}"}) from error


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
    return ServedFile(path, media_type=media_type, headers=headers)


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
        "frame-ancestors 'self'",
    )
)
"""A report runs no script, loads nothing and is of no origin: what it holds cannot act for who reads it.

It may stand in a frame of our page. Not in one of another report: that is of no origin, so not of ours.
"""


def view(request: Request, stored: Stored) -> Response:
    """A file to be read in a browser, where it is a text, a report or a picture; any other to keep. Raises NotFound."""
    path = _roots(request).find(stored)
    media_type = VIEWED_TYPES.get(path.suffix.lower())
    if media_type is None:
        return download(request, stored)
    headers = {
        "Content-Disposition": _named("inline", path),
        "Content-Security-Policy": _VIEWED_POLICY,
        "X-Frame-Options": "SAMEORIGIN",
    }
    return ServedFile(path, media_type=media_type, headers=headers)


def _named(disposition: str, path: Path) -> str:
    # Without signs that turn the direction of writing: `gpj.exe` shall not be read as `exe.jpg`.
    name = "".join(letter for letter in path.name if unicodedata.category(letter) != "Cf")
    return f"{disposition}; filename*=UTF-8''{quote(name)}"


def download(request: Request, stored: Stored) -> Response:
    """A file to keep. Raises NotFound with the reason."""
    path = _roots(request).find(stored)
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return ServedFile(
        path,
        media_type=media_type,
        headers={
            "Content-Disposition": _named("attachment", path),
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
