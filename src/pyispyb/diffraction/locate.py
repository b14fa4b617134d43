"""Which files may hold an image of a collection, from what the database says of them.

Control software names files by a template: `x_1_%05d.cbf`, `x_1_####.cbf`, or of an HDF5 series the master, or a
number that no file carries because the images lie in one.
"""

import re
from dataclasses import dataclass
from typing import Any

from ..files.roots import Owner, Stored

HDF5 = (".h5", ".hdf5", ".hdf", ".nxs", ".nx5", ".cxi")
_PLACE = re.compile(r"%0?(\d*)d|#+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may hold the image, and as which one of its images, from 0."""

    stored: Stored
    index: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where an image may be, the likeliest first; the number is the one that the collection counts by."""

    imageNumber: int
    candidates: tuple[Candidate, ...]
    owner: Owner


def source_of(row: Any, number: int | None) -> Source:
    """From a row of `queries.image_files`; the first image where no number is asked for."""
    first = 1 if row.startImageNumber is None else row.startImageNumber
    number = first if number is None else number
    owner = Owner.of(row)
    named = []
    if row.fileName and row.fileLocation:
        named.append(_Named(_joined(row.fileLocation, row.fileName), number - first))
    if row.fileTemplate and row.imageDirectory:
        named += [
            _Named(_joined(row.imageDirectory, name), index) for name, index in _names(row.fileTemplate, number, first)
        ]
    return Source(number, tuple(Candidate(Stored(each.path, owner), each.index) for each in named), owner)


@dataclass(frozen=True, slots=True)
class _Named:
    path: str
    index: int


def _names(template: str, number: int, first: int) -> list[tuple[str, int]]:
    """Names of files, and which of its images it is."""
    numbered = _PLACE.sub(lambda place: _padded(place, number), template)
    if not is_hdf5(template):
        return [(numbered, 0), (f"{numbered}.gz", 0), (f"{numbered}.bz2", 0)]
    index = number - first
    if numbered == template:
        return [(template, index)]
    # A file that carries the number of the image holds that one; the number of the first, all of them.
    masters = (_PLACE.sub("master", template), _PLACE.sub(f"{first}_master", template))
    of_first = _PLACE.sub(lambda place: _padded(place, first), template)
    return [*((master, index) for master in masters), (numbered, 0), (of_first, index)]


def is_hdf5(name: str) -> bool:
    """Whether a name ends as those of HDF5 files do."""
    return name.casefold().endswith(HDF5)


def _padded(place: re.Match[str], number: int) -> str:
    width = len(place[0]) if place[0].startswith("#") else int(place[1] or 0)
    return str(number).zfill(min(width, 12))


def _joined(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}"
