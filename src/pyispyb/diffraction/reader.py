"""Reads images in threads of its own: few at once, so that neither memory nor the disk is flooded."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TypeVar

import h5py
import numpy as np
from anyio import CapacityLimiter, to_thread
from numpy.typing import NDArray

from ..errors import NotFound, UnreadableFile
from ..files.roots import FileRoots, Stored
from .confined import ConfinedFiles
from .errors import told_as_unreadable
from .frame import Counts, Known, add, masked_value
from .locate import Candidate, Source, is_hdf5
from .nexus import known_of, masked_pixels
from .single import is_single, read_single
from .stack import open_stack

AT_ONCE = 2
"""Images that one process reads in the same moment: libhdf5 opens one at a time, and 16 megapixels are 70 MB."""
MASKS_KEPT = 8
"""Masks of files that are remembered; the largest has some 12 MB."""

Answer = TypeVar("Answer")
MaskKey = tuple[str, int, int, object]


@dataclass(frozen=True, slots=True)
class Told:
    """What an image file tells without the image."""

    known: Known
    kind: str
    images: int | None
    """How many are on disk; None where each has a file."""
    height: int
    width: int
    bits: int


class ImageReader:
    """The images below the roots."""

    def __init__(self, roots: FileRoots) -> None:
        self._roots = roots
        self._limiter: CapacityLimiter | None = None
        self._masks: OrderedDict[MaskKey, NDArray[np.intp]] = OrderedDict()
        self._lock = Lock()

    async def run(self, work: Callable[[], Answer]) -> Answer:
        """Do this beside the event loop. The limit is made when first asked for: it belongs to a loop."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(AT_ONCE)
        return await to_thread.run_sync(work, limiter=self._limiter)

    def tell(self, source: Source) -> Told:
        """What the file says of its images. Raises NotFound and UnreadableFile."""
        path, _ = self._file(source)
        if not is_hdf5(path.name):
            counts, known, kind = read_single(path)
            height, width = counts.shape
            return Told(known, kind, None, height, width, counts.itemsize * 8)
        with ConfinedFiles(partial(self._find, source)) as files, told_as_unreadable("The file"):
            file = files.open(path)
            stack = open_stack(files, file)
            height, width = stack.shape
            return Told(known_of(files, file), "HDF5", stack.images, height, width, stack.bits)

    def read(self, source: Source, others: list[Source]) -> Counts:
        """An image, or the sum of several. Raises NotFound and UnreadableFile."""
        return add(map(self._image, [source, *others])) if others else self._image(source)

    def tag(self, source: Source, *asked: object) -> str:
        """An entity tag of what is asked of the file as it is now. Raises NotFound."""
        path, index = self._file(source)
        state = path.stat()
        stands_for = (str(path), state.st_mtime_ns, state.st_size, index, *asked)
        return f'"{sha256(repr(stands_for).encode()).hexdigest()[:32]}"'

    def _image(self, source: Source) -> Counts:
        path, index = self._file(source)
        if not is_hdf5(path.name):
            return read_single(path).counts
        if index < 0:
            raise NotFound("The collection begins with a later image.")
        with ConfinedFiles(partial(self._find, source)) as files, told_as_unreadable("The file"):
            file = files.open(path)
            counts = open_stack(files, file).read(index)
            counts.reshape(-1)[self._mask(files, file, path, source, counts)] = masked_value(counts)
            return counts

    def _mask(
        self, files: ConfinedFiles, file: h5py.File, path: Path, source: Source, counts: Counts
    ) -> NDArray[np.intp]:
        """The mask of a file is as large as an image: it is kept, for those whose file it is."""
        state = path.stat()
        key = (str(path), state.st_mtime_ns, state.st_size, source.owner)
        with self._lock:
            if key in self._masks:
                self._masks.move_to_end(key)
                return self._masks[key]
        found = masked_pixels(files, file, (counts.shape[0], counts.shape[1]))
        with self._lock:
            self._masks[key] = found
            while len(self._masks) > MASKS_KEPT:
                self._masks.popitem(last=False)
        return found

    def _find(self, source: Source, path: Path) -> Path:
        return self._roots.find(Stored(str(path), source.owner))

    def _file(self, source: Source) -> tuple[Path, int]:
        """The file that holds an image, and as which. Raises NotFound, UnreadableFile for one of unknown format."""
        first: NotFound | None = None
        for candidate in source.candidates:
            try:
                return self._known_format(candidate)
            except NotFound as error:
                first = first or error
        raise first or NotFound("No such file was recorded.")

    def _known_format(self, candidate: Candidate) -> tuple[Path, int]:
        path = self._roots.find(candidate.stored)
        if not (is_hdf5(path.name) or is_single(path)):
            raise UnreadableFile("Images are read from HDF5, CBF, ADSC and MarCCD files, not from this one.")
        return path, candidate.index
