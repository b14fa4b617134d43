"""HDF5 files whose links lead nowhere else.

HDF5 itself would follow links to other files, virtual datasets and raw data beside a file to wherever the file says.
Whoever writes a file in one session's folder must not read another's through it, so every step is taken here, and each
file that one leads to is asked for by `find`.
"""

import itertools
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import h5py
import hdf5plugin  # noqa: F401 - makes the filters of detectors known
import numpy as np

from ..errors import NotFound, UnreadableFile
from .errors import told_as_unreadable

Find = Callable[[Path], Path]
"""The file of a path, links resolved. Raises NotFound where it may not be read or is not there."""

MOST_HOPS = 16
"""Links in a row: more are a loop."""
LONGEST_TEXT = 4096
"""Bytes of a text that is read."""


class ConfinedFiles:
    """The HDF5 files that are open while an image is read."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._open: dict[Path, h5py.File] = {}
        self._named: dict[str, Path] = {}
        self._closing = ExitStack()

    def __enter__(self) -> "ConfinedFiles":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.close()

    def open(self, path: Path) -> h5py.File:
        """The file of a path. Raises NotFound as `find` does, UnreadableFile where it is not HDF5."""
        found = self._find(path)
        if found not in self._open:
            with told_as_unreadable("The file"):
                file = self._closing.enter_context(h5py.File(found, "r", locking=False))
            self._open[found] = file
            self._named[file.filename] = path
        return self._open[found]

    def beside(self, file: h5py.File, name: str) -> h5py.File:
        """A file that another one names, seen from where that lies. Raises as `open`."""
        real = Path(os.fsdecode(file.filename))
        named = self._named[file.filename]
        folders = [named.parent] if named.parent == real.parent else [named.parent, real.parent]
        for folder in folders[:-1]:
            try:
                return self.open(folder / name)
            except NotFound:
                continue
        return self.open(folders[-1] / name)

    def item(self, start: h5py.Group, path: str) -> Any:
        """The group or dataset of a path, None where there is none.

        Raises NotFound for a link to a file that is not there or may not be read, UnreadableFile for a loop of links.
        """
        return self._walk(start, path, itertools.count())

    def _walk(self, start: h5py.Group, path: str, hops: "itertools.count[int]") -> Any:
        at: Any = start.file["/"] if path.startswith("/") else start
        for part in path.split("/"):
            if part in ("", "."):
                continue
            if not isinstance(at, h5py.Group):
                return None
            at = self._step(at, part.encode(), hops)
        return at

    def _step(self, group: h5py.Group, name: bytes, hops: "itertools.count[int]") -> Any:
        links = group.id.links
        if not links.exists(name):
            return None
        kind = links.get_info(name).type
        if kind == h5py.h5l.TYPE_HARD:
            return group[name]
        if next(hops) >= MOST_HOPS:
            raise UnreadableFile("The links in the file lead in a circle.")
        if kind == h5py.h5l.TYPE_SOFT:
            return self._walk(group, os.fsdecode(links.get_val(name)), hops)
        if kind == h5py.h5l.TYPE_EXTERNAL:
            file_name, inner = links.get_val(name)
            file = self.beside(group.file, os.fsdecode(file_name))
            return self._walk(file["/"], os.fsdecode(inner), hops)
        raise UnreadableFile("The file holds a link of an unknown kind.")


def require_own_data(dataset: h5py.Dataset) -> None:
    """Raises UnreadableFile for a dataset whose numbers lie outside its file."""
    if dataset.id.get_create_plist().get_external_count():
        raise UnreadableFile("The data lie in a raw file beside, which is not read.")


def value(files: ConfinedFiles, start: h5py.Group, path: str) -> tuple[Any, str]:
    """A number or text and its unit; the first of an array. None where there is none, or it cannot be had."""
    with told_as_unreadable("The file"):
        found = files.item(start, path)
        if not isinstance(found, h5py.Dataset) or found.is_virtual or found.size in (0, None):
            return None, ""
        require_own_data(found)
        if found.dtype.kind not in "iufSO" or found.dtype.itemsize > LONGEST_TEXT or found.nbytes > 2**24:
            return None, ""
        content = found[()] if found.ndim == 0 else found[(0,) * found.ndim]
        unit = found.attrs.get("units", "")
    return _plain(content), _plain(unit) if isinstance(unit, str | bytes) else ""


def _plain(content: Any) -> Any:
    if isinstance(content, bytes):
        return content.decode("utf-8", "replace").strip("\0 ")
    if isinstance(content, np.generic):
        return content.item() if content.dtype.kind in "iuf" else _plain(content.tobytes())
    return content
