"""The images within an HDF5 file: in one dataset, in data files that a master names, or in a virtual dataset."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

from ..errors import NotFound, UnreadableFile
from .confined import ConfinedFiles, require_own_data
from .frame import Counts, as_counts, masked_value, require_size

PLACES = ("entry/data/data", "entry/instrument/detector/data", "entry_0000/measurement/data", "data")
"""Where images lie as one dataset: NeXus, and what beamlines make of it."""
SERIES = "entry/data"
"""Where a master of an Eiger names its data files, as data_000001 and so on."""
NUMBERED = re.compile(r"data_\d+")

LARGEST_CHUNK = 2**29
"""Bytes that are decompressed at once."""
MOST_SOURCES = 50_000
"""Parts of a virtual dataset."""
DEEPEST = 4
"""Virtual datasets of virtual datasets."""


@dataclass(frozen=True)
class Part:
    """A dataset of shape (images, height, width), or (height, width) for one image."""

    dataset: h5py.Dataset

    @property
    def images(self) -> int:
        """How many it holds."""
        return int(self.dataset.shape[0]) if self.dataset.ndim == 3 else 1


@dataclass(frozen=True)
class Stack:
    """The images of a file, one after the other."""

    files: ConfinedFiles
    parts: list[Part]

    @property
    def images(self) -> int:
        """How many there are on disk."""
        return sum(part.images for part in self.parts)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        height, width = self.parts[0].dataset.shape[-2:]
        return int(height), int(width)

    @property
    def bits(self) -> int:
        """Of a pixel as it is sent: 16 or 32."""
        dtype = self.parts[0].dataset.dtype
        return 16 if dtype.kind in "iu" and dtype.itemsize <= 2 else 32

    def read(self, index: int) -> Counts:
        """The image of this index, from 0. Raises NotFound beyond the last, UnreadableFile where it is damaged."""
        for part in self.parts:
            if index < part.images:
                return as_counts(_plane(self.files, part.dataset, index if part.dataset.ndim == 3 else None))
            index -= part.images
        raise NotFound(f"The file holds {self.images} images so far.")


def open_stack(files: ConfinedFiles, file: h5py.File) -> Stack:
    """The images of a file. Raises NotFound while none is there, UnreadableFile where there is no place for them."""
    for place in PLACES:
        dataset = files.item(file, place)
        if isinstance(dataset, h5py.Dataset):
            return _checked(Stack(files, [Part(dataset)]))
    return _checked(Stack(files, list(_series(files, file))))


def _series(files: ConfinedFiles, file: h5py.File) -> Iterator[Part]:
    """The data files that are there; a master names them before they are written."""
    group = files.item(file, SERIES)
    names = sorted(filter(NUMBERED.fullmatch, group)) if isinstance(group, h5py.Group) else []
    if not names:
        raise UnreadableFile("The file has no images where NeXus and Eiger files have them.")
    for number, name in enumerate(names):
        try:
            dataset = files.item(group, name)
        except NotFound:
            if number == 0:
                raise
            return
        if not isinstance(dataset, h5py.Dataset):
            raise UnreadableFile("What the master file names is no dataset.")
        yield Part(dataset)


def _checked(stack: Stack) -> Stack:
    for part in stack.parts:
        if part.dataset.ndim not in (2, 3):
            raise UnreadableFile(f"Images are a dataset of two or three dimensions, here are {part.dataset.ndim}.")
        if part.dataset.shape[-2:] != stack.parts[0].dataset.shape[-2:]:
            raise UnreadableFile("The data files hold images of different size.")
    require_size(*stack.shape)
    if stack.images == 0:
        raise NotFound("The file holds no image so far.")
    return stack


def _plane(files: ConfinedFiles, dataset: h5py.Dataset, index: int | None, depth: int = 0) -> NDArray[Any]:
    """Pixels of one image, shape (height, width)."""
    require_size(*dataset.shape[-2:])
    if dataset.is_virtual:
        return _virtual_plane(files, dataset, index, depth)
    require_own_data(dataset)
    if dataset.chunks is not None and prod(dataset.chunks) * dataset.dtype.itemsize > LARGEST_CHUNK:
        raise UnreadableFile("The images are compressed in blocks too large to be opened.")
    pixels: NDArray[Any] = dataset[()] if index is None else dataset[index]
    return pixels


def _virtual_plane(files: ConfinedFiles, dataset: h5py.Dataset, index: int | None, depth: int) -> NDArray[Any]:
    """One image of a virtual dataset, put together from its sources; what no source has is masked."""
    if dataset.dtype.kind not in "iu" or depth == DEEPEST:
        raise UnreadableFile("The virtual dataset cannot be followed.")
    plist = dataset.id.get_create_plist()
    if plist.get_virtual_count() > MOST_SOURCES:
        raise UnreadableFile("The virtual dataset has too many sources.")
    plane = np.full(dataset.shape[-2:], masked_value(np.empty(0, dataset.dtype)), dtype=dataset.dtype)
    missing: NotFound | None = None
    filled = False
    for number in range(plist.get_virtual_count()):
        target = Block.of(plist.get_virtual_vspace(number), dataset.ndim)
        if (position := target.position(index)) is None:
            continue
        try:
            source = _source(files, dataset, plist, number)
        except NotFound as error:
            missing = error
            continue
        origin = Block.of(plist.get_virtual_srcspace(number), source.ndim, source.shape)
        pixels = _plane(files, source, origin.index(position), depth + 1)
        plane[target.box] = pixels[origin.box]
        filled = True
    if missing and not filled:
        raise missing
    return plane


def _source(files: ConfinedFiles, dataset: h5py.Dataset, plist: Any, number: int) -> h5py.Dataset:
    name = plist.get_virtual_filename(number)
    if "%b" in name:
        raise UnreadableFile("Sources numbered by a pattern are not followed.")
    file = dataset.file if name == "." else files.beside(dataset.file, name.replace("%%", "%"))
    source = files.item(file, plist.get_virtual_dsetname(number))
    if not isinstance(source, h5py.Dataset) or source.ndim not in (2, 3):
        raise UnreadableFile("A source of the virtual dataset is no stack of images.")
    return source


@dataclass(frozen=True)
class Block:
    """A selection of a dataset: `count` runs of `length` images, each `stride` after the last, and a rectangle."""

    start: int
    stride: int
    count: int
    length: int
    box: tuple[slice, slice]
    flat: bool
    """The dataset has no images but is one."""

    @classmethod
    def of(cls, space: Any, dimensions: int, shape: tuple[int, ...] | None = None) -> "Block":
        """From a space of HDF5. Raises UnreadableFile for a selection of any other form.

        Of a source that is selected whole the file keeps no extent: its shape tells.
        """
        if space.get_select_type() == h5py.h5s.SEL_ALL:
            whole = tuple(space.shape) if shape is None else shape
            runs = [(0, 1, 1, extent) for extent in whole]
        elif space.get_select_type() == h5py.h5s.SEL_HYPERSLABS and space.is_regular_hyperslab():
            runs = list(zip(*space.get_regular_hyperslab(), strict=True))
        else:
            raise UnreadableFile("The virtual dataset selects no rectangle.")
        if len(runs) != dimensions:
            raise UnreadableFile("The virtual dataset and its source do not fit.")
        down, across = (_rectangular(*run) for run in runs[-2:])
        start, stride, count, length = runs[0] if dimensions == 3 else (0, 1, 1, 1)
        # Of a single run the stride means nothing.
        stride = length if count == 1 else stride
        return cls(int(start), int(stride), int(count), int(length), (down, across), dimensions == 2)

    def position(self, index: int | None) -> int | None:
        """Which one of the selected images has this index; None where it is not selected."""
        run, rest = divmod((index or 0) - self.start, self.stride)
        return run * self.length + rest if 0 <= run < self.count and rest < self.length else None

    def index(self, position: int) -> int | None:
        """The index of a selected image, the inverse of `position`; None in a dataset that is one image."""
        run, rest = divmod(position, self.length)
        return None if self.flat else self.start + run * self.stride + rest


def _rectangular(start: Any, stride: Any, count: Any, length: Any) -> slice:
    if count != 1 and stride != length:
        raise UnreadableFile("The virtual dataset selects no rectangle.")
    return slice(int(start), int(start) + int(count) * int(length))
