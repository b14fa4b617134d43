"""Writes files as detectors do, with numbers that a test can tell apart."""

from pathlib import Path
from typing import Any

import h5py
import hdf5plugin
import numpy as np
from fabio.cbfimage import CbfImage
from numpy.typing import NDArray

HEIGHT, WIDTH = 40, 60
GAP = (slice(18, 22), slice(0, WIDTH))
"""Rows between the modules."""
DEAD = (3, 5)
"""A pixel that only the mask knows of."""
SATURATED = 60_000


def frame(number: int, dtype: Any = np.uint16) -> NDArray[Any]:
    """An image: a ramp, a spot of 1000 + number, and the gap marked as detectors do."""
    image = np.add.outer(np.arange(HEIGHT), np.arange(WIDTH)).astype(dtype)
    image[10, 20] = 1000 + number
    image[GAP] = np.iinfo(dtype).max if np.dtype(dtype).kind == "u" else -1
    return image


def frames(first: int, count: int, dtype: Any = np.uint16) -> NDArray[Any]:
    """Neighbouring images, shape (count, height, width)."""
    return np.stack([frame(first + number, dtype) for number in range(count)])


def write_data(path: Path, images: NDArray[Any], place: str = "entry/data/data") -> None:
    """A data file, compressed as an Eiger does."""
    with h5py.File(path, "w") as file:
        file.create_dataset(place, data=images, chunks=(1, *images.shape[1:]), compression=hdf5plugin.Bitshuffle())


def write_master(path: Path, links: dict[str, str]) -> None:
    """A master with links `data_000001: file name`, geometry and a mask."""
    with h5py.File(path, "w") as file:
        data = file.create_group("entry/data")
        for name, target in links.items():
            data[name] = h5py.ExternalLink(target, "/entry/data/data")
        describe(file)


def describe(file: h5py.File) -> None:
    """What an Eiger writes of the experiment."""
    detector = file.create_group("entry/instrument/detector")
    for name, value, unit in (
        ("detector_distance", 0.2, "m"),
        ("beam_center_x", 30.5, "pixel"),
        ("beam_center_y", 19.5, "pixel"),
        ("x_pixel_size", 7.5e-5, "m"),
        ("y_pixel_size", 7.5e-5, "m"),
        ("count_time", 0.01, "s"),
        ("saturation_value", SATURATED, ""),
    ):
        detector[name] = value
        detector[name].attrs["units"] = unit
    detector["description"] = "Dectris EIGER2 TEST"
    mask = np.zeros((HEIGHT, WIDTH), dtype=np.uint32)
    mask[DEAD] = 2
    detector.create_dataset("detectorSpecific/pixel_mask", data=mask, compression="gzip")
    file["entry/instrument/beam/incident_wavelength"] = 0.9763
    file["entry/sample/goniometer/omega"] = 10 + 0.1 * np.arange(100)


def write_series(folder: Path, stem: str = "x_1", files: int = 2, each: int = 3) -> Path:
    """A master and its data files with so many images each, numbered from 0 throughout."""
    names = {f"data_{number + 1:06}": f"{stem}_data_{number + 1:06}.h5" for number in range(files)}
    for number, name in enumerate(names.values()):
        write_data(folder / name, frames(number * each, each))
    master = folder / f"{stem}_master.h5"
    write_master(master, names)
    return master


CBF_COMMENTS = """# Detector: PILATUS 6M-F, S/N 60-0000
# Pixel_size 172e-6 m x 172e-6 m
# Exposure_time 0.0400 s
# Count_cutoff 1048500 counts
# Wavelength 0.97934 A
# Detector_distance 0.30000 m
# Beam_xy (30.00, 20.00) pixels
# Start_angle 10.0000 deg.
# Angle_increment 0.1000 deg.
"""


def write_cbf(path: Path, number: int) -> None:
    """An image as a Pilatus writes it: signed, the gap -1."""
    header = {"_array_data.header_convention": "PILATUS_1.2", "_array_data.header_contents": CBF_COMMENTS}
    CbfImage(data=frame(number, np.int32), header=header).write(str(path))
