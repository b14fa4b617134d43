"""Data files laid out as the detectors of today write them: many images in few files, and a master that names these."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import h5py
import hdf5plugin
import numpy as np
from numpy.typing import NDArray

from .frames import MASKED, SIZE

IMAGES_PER_FILE = 1000
FRAMES = "entry/data/frames"
"""The few images of a data file that were really counted."""
SOME = "entry/data/some"
SEVERAL = 16
"""So often they follow each other there."""
DATA = "entry/data/data"
MASK = "entry/instrument/detector/detectorSpecific/pixel_mask"


@dataclass(frozen=True)
class Setting:
    """How images were measured: what a detector writes beside them."""

    wavelength: float
    """[Å]"""
    distance: float
    """[mm]"""
    pixel: float
    """Side of a pixel [mm]."""
    exposure: float
    """[s]"""
    start: float
    """Spindle angle of the first image [degrees]."""
    width: float
    """Turn during an image [degrees]."""
    images: int
    detector: str


def write_data(path: Path, frames: NDArray[np.uint16], setting: Setting) -> None:
    """Write a data file of `IMAGES_PER_FILE` images of shape (y, x), which are these of shape (n, y, x) in turn.

    They are compressed with bitshuffle and LZ4, as an Eiger's are; their repetition is a virtual dataset of one, since
    each part of such a dataset takes its time.
    """
    with h5py.File(path, "w") as file:
        _describe(file, setting)
        chunks = (1, *frames.shape[1:])
        file.create_dataset(FRAMES, data=frames, chunks=chunks, compression=hdf5plugin.Bitshuffle())
        _repeat(file, FRAMES, len(frames), SOME, len(frames) * SEVERAL)
        _repeat(file, SOME, len(frames) * SEVERAL, DATA, IMAGES_PER_FILE)
        file.create_dataset(MASK, data=(frames[0] == MASKED).astype(np.uint32), compression=hdf5plugin.Bitshuffle())


def write_master(path: Path, files: Sequence[str], setting: Setting) -> None:
    """Write the master of a series, whose data files lie beside it under these names."""
    with h5py.File(path, "w", libver="v110") as file:
        data = _describe(file, setting)
        for number, name in enumerate(files, start=1):
            data[f"data_{number:06}"] = h5py.ExternalLink(name, f"/{DATA}")
        file[MASK] = h5py.ExternalLink(files[0], f"/{MASK}")


def write_grid(path: Path, runs: Iterable[tuple[int, int, str]], setting: Setting) -> None:
    """Write the master of a grid scan: runs of neighbouring images, each with its first, its number and its data file.

    Where the beam misses the crystal the images come from another file than where it hits.
    """
    with h5py.File(path, "w", libver="v110") as file:
        _describe(file, setting)
        whole = list(runs)
        layout = h5py.VirtualLayout((setting.images, SIZE, SIZE), np.uint16)
        for first, number, name in whole:
            source = h5py.VirtualSource(name, DATA, (IMAGES_PER_FILE, SIZE, SIZE))
            layout[first : first + number] = source[:number]
        file.create_virtual_dataset(DATA, layout)
        file[MASK] = h5py.ExternalLink(whole[0][2], f"/{MASK}")


def _repeat(file: h5py.File, source: str, number: int, target: str, images: int) -> None:
    """Make a dataset of so many images which are those of another one again and again."""
    layout = h5py.VirtualLayout((images, SIZE, SIZE), np.uint16)
    again = h5py.VirtualSource(".", source, (number, SIZE, SIZE))
    for first in range(0, images, number):
        last = min(first + number, images)
        layout[first:last] = again[: last - first]
    file.create_virtual_dataset(target, layout)


def _describe(file: h5py.File, setting: Setting) -> h5py.Group:
    """What is known of the experiment, in NeXus; answers the group of the data."""
    entry = _group(file, "entry", "NXentry")
    file.attrs["default"] = "entry"
    data = _group(entry, "data", "NXdata")
    data.attrs["signal"] = "data"
    instrument = _group(entry, "instrument", "NXinstrument")
    _value(_group(instrument, "beam", "NXbeam"), "incident_wavelength", setting.wavelength, "angstrom")
    detector = _group(instrument, "detector", "NXdetector")
    detector["description"] = setting.detector
    for name, value, unit in (
        ("detector_distance", setting.distance / 1000, "m"),
        ("beam_center_x", SIZE / 2, "pixel"),
        ("beam_center_y", SIZE / 2, "pixel"),
        ("x_pixel_size", setting.pixel / 1000, "m"),
        ("y_pixel_size", setting.pixel / 1000, "m"),
        ("count_time", setting.exposure, "s"),
        ("saturation_value", int(MASKED) - 1, ""),
    ):
        _value(detector, name, value, unit)
    goniometer = _group(_group(entry, "sample", "NXsample"), "goniometer", "NXtransformations")
    _value(goniometer, "omega", np.round(setting.start + setting.width * np.arange(setting.images), 4), "deg")
    return data


def _group(parent: h5py.Group, name: str, kind: str) -> h5py.Group:
    group = parent.create_group(name)
    group.attrs["NX_class"] = kind
    return group


def _value(group: h5py.Group, name: str, value: float | NDArray[np.float64], unit: str) -> None:
    packed = {"compression": "gzip", "shuffle": True} if isinstance(value, np.ndarray) else {}
    group.create_dataset(name, data=value, **packed).attrs["units"] = unit
