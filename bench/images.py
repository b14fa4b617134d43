"""`python -m bench.images`: what a picture of a 16-megapixel image costs, and the floor under it.

The floor is what nobody can leave out: h5py decompresses the image, numpy makes it smaller by the largest of every
square. Nothing is asserted.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import h5py
import hdf5plugin
import numpy as np
import typer
from numpy.typing import NDArray

from pyispyb.diffraction.locate import Candidate, Source
from pyispyb.diffraction.reader import ImageReader
from pyispyb.diffraction.service import Look, draw, read_raw
from pyispyb.files.roots import FileRoots, Owner, Stored

HEIGHT, WIDTH = 4371, 4150
MODULE, GAP = (512, 1028), (38, 12)
"""Height and width of a module and of what lies between them [pixels]."""
OWNER = Owner("mx", "1", "1", "BL1")
LOOK = Look(width=1024, low=None, high=None, inverted=True, method="max")
FACTOR = 4


def main(rounds: Annotated[int, typer.Option(min=1, help="How often each is timed")] = 15) -> None:
    """Time both, in turn, and print their ratio."""
    typer.echo(f"{'image':24} {'made':>22} {'ms':>8} {'floor_ms':>9} {'ratio':>6}")
    with tempfile.TemporaryDirectory(prefix="ispyb-images-") as folder:
        for dtype in (np.uint16, np.uint32):
            master = write_eiger(Path(folder), dtype)
            images = ImageReader(FileRoots([Path(folder)], ["/"]))
            source = Source(1, (Candidate(Stored(str(master), OWNER), 0),), OWNER)
            uses: tuple[tuple[str, Callable[[], Any]], ...] = (
                ("preview, 1037 wide", lambda images=images, source=source: draw(images, [source], LOOK)),
                (
                    "counts, 1037 wide",
                    lambda images=images, source=source: read_raw(images, [source], FACTOR, "max", "counts"),
                ),
            )
            for name, use in uses:
                spent, floor = _in_turn(use, lambda master=master: smallest(master), rounds)
                typer.echo(
                    f"{f'{WIDTH} × {HEIGHT} {np.dtype(dtype).name}':24} {name:>22} {spent * 1000:8.1f} "
                    f"{floor * 1000:9.1f} {spent / floor:6.2f}"
                )


def _in_turn(use: Callable[[], Any], floor: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """Seconds of each, as medians: in turn, so that a machine that is busy for a while slows down both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        for work, times in zip((use, floor), taken, strict=True):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    return median(taken[0][1:]), median(taken[1][1:])


def smallest(master: Path) -> NDArray[Any]:
    """The floor: rows first, which lie side by side, then columns."""
    with h5py.File(master) as file:
        image = file["entry/data/data_000001"][0]
    height, width = HEIGHT // FACTOR * FACTOR, WIDTH // FACTOR * FACTOR
    image = image[:height, :width]
    lines = image[::FACTOR]
    for row in range(1, FACTOR):
        lines = np.maximum(lines, image[row::FACTOR])
    columns: NDArray[Any] = lines[:, ::FACTOR]
    for column in range(1, FACTOR):
        columns = np.maximum(columns, lines[:, column::FACTOR])
    return columns


def write_eiger(folder: Path, dtype: Any) -> Path:
    """A master and a data file as an Eiger 16M writes them: background of some photons, spots, gaps and their mask."""
    rng = np.random.default_rng(16)
    image = rng.poisson(1.7, (HEIGHT, WIDTH)).astype(dtype)
    for row, column in zip(rng.integers(4, HEIGHT - 4, 3000), rng.integers(4, WIDTH - 4, 3000), strict=True):
        image[row - 1 : row + 2, column - 1 : column + 2] += dtype(rng.integers(5, 4000))
    mask = np.ones(image.shape, dtype=np.uint32)
    for top in range(0, HEIGHT, MODULE[0] + GAP[0]):
        for left in range(0, WIDTH, MODULE[1] + GAP[1]):
            mask[top : top + MODULE[0], left : left + MODULE[1]] = 0
    image[mask > 0] = np.iinfo(dtype).max
    stem = f"eiger_{np.dtype(dtype).name}"
    data = folder / f"{stem}_data_000001.h5"
    with h5py.File(data, "w") as file:
        file.create_dataset(
            "entry/data/data", data=image[None], chunks=(1, HEIGHT, WIDTH), compression=hdf5plugin.Bitshuffle()
        )
    master = folder / f"{stem}_master.h5"
    with h5py.File(master, "w") as file:
        file["entry/data/data_000001"] = h5py.ExternalLink(data.name, "/entry/data/data")
        file.create_dataset("entry/instrument/detector/detectorSpecific/pixel_mask", data=mask, compression="gzip")
    return master


if __name__ == "__main__":
    typer.run(main)
