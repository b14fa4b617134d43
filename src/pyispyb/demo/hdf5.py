"""Small data files laid out as the detectors of today write them."""

from pathlib import Path

import h5py
import hdf5plugin
import numpy as np
from numpy.typing import NDArray

from .frames import MASKED, PIXEL, SIZE, Geometry


def write_master(path: Path, frames: NDArray[np.uint16], width: float, geometry: Geometry) -> None:
    """Write images of shape (n, y, x), each a turn of this width [degrees], compressed with bitshuffle and LZ4.

    The layout is NeXus: the stack under /entry/data/data, what is known of the experiment beside it.
    """
    with h5py.File(path, "w") as file:
        entry = _group(file, "entry", "NXentry")
        file.attrs["default"] = "entry"
        data = _group(entry, "data", "NXdata")
        data.attrs["signal"] = "data"
        data.create_dataset("data", data=frames, chunks=(1, *frames.shape[1:]), compression=hdf5plugin.Bitshuffle())
        instrument = _group(entry, "instrument", "NXinstrument")
        beam = _group(instrument, "beam", "NXbeam")
        _value(beam, "incident_wavelength", geometry.wavelength, "angstrom")
        detector = _group(instrument, "detector", "NXdetector")
        _value(detector, "distance", geometry.distance / 1000, "m")
        _value(detector, "beam_center_x", SIZE / 2, "pixel")
        _value(detector, "beam_center_y", SIZE / 2, "pixel")
        _value(detector, "x_pixel_size", PIXEL / 1000, "m")
        _value(detector, "y_pixel_size", PIXEL / 1000, "m")
        detector.create_dataset("pixel_mask", data=(frames[0] == MASKED).astype(np.uint32), compression="gzip")
        sample = _group(entry, "sample", "NXsample")
        transformations = _group(sample, "transformations", "NXtransformations")
        omega = transformations.create_dataset("omega", data=width * np.arange(len(frames)))
        omega.attrs.update({"units": "deg", "transformation_type": "rotation", "vector": [-1.0, 0.0, 0.0]})


def _group(parent: h5py.Group, name: str, kind: str) -> h5py.Group:
    group = parent.create_group(name)
    group.attrs["NX_class"] = kind
    return group


def _value(group: h5py.Group, name: str, value: float, unit: str) -> None:
    group.create_dataset(name, data=value).attrs["units"] = unit
