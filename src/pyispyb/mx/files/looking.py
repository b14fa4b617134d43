"""Files looked into beside the event loop, a few at a time, and maps kept for who asks next."""

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

from fastapi import Request

from ...files.contents import content_of
from ...files.roots import Stored
from .maps import MapKind, Place, density
from .summaries import ModelFormat, as_text, of_file, opening, packed, read_reflections

AT_ONCE = 2
"""Files that one process looks into at the same time."""
KEPT_BYTES = 96 * 2**20
"""Bytes of compressed maps that are kept."""


class Looking:
    """Maps are dear to make and asked for again and again: those of the files that were opened last are kept."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="crystal-files")
        self._lock = Lock()
        self._maps: OrderedDict[tuple[str, int, str, Place | None], bytes] = OrderedDict()

    async def summary(self, path: Path) -> dict[str, Any]:
        """What a file says of itself. Raises UnreadableFile."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, of_file, path, content_of(path.name))

    async def model(self, path: Path, wanted: ModelFormat) -> bytes:
        """A model in a format. Raises UnreadableFile."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, as_text, path, wanted)

    async def map(self, path: Path, kind: MapKind, near: Place | None = None) -> bytes:
        """A CCP4 map, whole or around a place, compressed. Raises UnreadableFile."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._map, path, kind, near)

    def _map(self, path: Path, kind: MapKind, near: Place | None) -> bytes:
        key = str(path), path.stat().st_mtime_ns, kind, near
        with self._lock:
            content = self._maps.get(key)
        if content is None:
            mtz = read_reflections(path)
            with opening(path, "map coefficients"):
                content = packed(density(mtz, kind, near))
        with self._lock:
            self._maps[key] = content
            self._maps.move_to_end(key)
            self._forget()
        return content

    def _forget(self) -> None:
        while len(self._maps) > 1 and sum(map(len, self._maps.values())) > KEPT_BYTES:
            self._maps.popitem(last=False)


looking = Looking()
"""Of this process."""


async def found(request: Request, stored: Stored) -> Path:
    """Where a file is that may be looked into. Raises NotFound."""
    return await asyncio.to_thread(request.app.state.file_roots.find, stored)
