"""A zip archive as it goes out: made while it is sent, of files that are read once, in memory that does not grow.

Files are stored as they are: reflections and pictures hardly get smaller, and what is stored goes as fast as the disk
gives it, with a length that is known before. The browser so shows how far it is, and finds out when it breaks off.
"""

from collections.abc import AsyncIterator, Generator, Iterator
from functools import partial
from typing import Any

import anyio
from zipstream import ZipStream

from .contents import Member

PIECE = 2**20
"""Bytes that are read, and sent, at once."""


class FileChangedError(Exception):
    """A file has become shorter since it was looked for: the archive breaks off, as its length was told already."""


def archive(texts: dict[str, bytes], members: list[Member]) -> ZipStream:
    """An archive of some texts and of files, in this order; `len` tells its bytes."""
    stream = ZipStream(sized=True)
    for name, content in texts.items():
        stream.add(content, name)
    for member in members:
        stream.add(_read(member), member.name, size=member.size)
    return stream


def _read(member: Member) -> Iterator[bytes]:
    """As many bytes of a file as it had; what a program adds meanwhile is left out."""
    left = member.size
    with member.path.open("rb", buffering=0) as file:
        while left:
            piece = file.read(min(PIECE, left))
            if not piece:
                raise FileChangedError(member.name)
            left -= len(piece)
            yield piece


def _pieces(stream: ZipStream) -> Generator[bytes]:
    """Small parts together, so that many small files cost no more than few large ones."""
    held: list[bytes] = []
    size = 0
    for part in stream:
        held.append(part)
        size += len(part)
        if size >= PIECE:
            yield held[0] if len(held) == 1 else b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


async def sending(stream: ZipStream) -> AsyncIterator[bytes]:
    """The archive, read in a thread that works only while the reader takes more; it ends when the reader goes away."""
    pieces = _pieces(stream)
    following: Any = partial(next, pieces, None)
    try:
        while (piece := await anyio.to_thread.run_sync(following)) is not None:
            yield piece
    finally:
        pieces.close()
