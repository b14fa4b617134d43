"""The images that the simulated beamlines write: what viewers open, and what ISPyB makes of them."""

from dataclasses import replace
from pathlib import Path

import h5py
import hdf5plugin
import numpy as np
import pytest

from pyispyb.demo.cbf import write_cbf
from pyispyb.demo.frames import HALF_WIDTH, MASKED, PIXEL, SIZE
from pyispyb.demo.hdf5 import Setting, write_data, write_grid, write_master
from pyispyb.demo.pool import CLASSES
from pyispyb.diffraction.locate import Candidate, Source
from pyispyb.diffraction.reader import ImageReader
from pyispyb.files.roots import FileRoots, Owner, Stored

OWNER = Owner("mx", "415", "1", "BL1-MX")
SETTING = Setting(0.98, 200.0, PIXEL, 0.01, 30.0, 0.1, 1500, "EIGER EXAMPLE")


def frames(value: int) -> np.ndarray:
    """Two images, told apart by one pixel, with a masked row."""
    made = np.zeros((2, SIZE, SIZE), dtype=np.uint16)
    made[:, 10, 10] = value, value + 1
    made[:, 200] = MASKED
    return made


def read(folder: Path, name: str, index: int) -> int:
    source = Source(index + 1, (Candidate(Stored(str(folder / name), OWNER), index),), OWNER)
    return int(ImageReader(FileRoots([folder], ["/"])).read(source, [])[10, 10])


def test_a_series_opens_everywhere(tmp_path: Path) -> None:
    for name in ("x_data_000001.h5", "x_data_000002.h5"):
        write_data(tmp_path / name, frames(40), SETTING)
    write_master(tmp_path / "x_master.h5", ["x_data_000001.h5", "x_data_000002.h5"], SETTING)
    for number in (0, 1, 32, 999, 1000, 1499):
        assert read(tmp_path, "x_master.h5", number) == 40 + number % 2
    with h5py.File(tmp_path / "x_master.h5") as file:
        assert file["entry/data/data_000002"][37, 10, 10] == 41, "the HDF5 library reads the same"
        assert file["entry/data/data_000001"].shape == (1000, SIZE, SIZE)
    with h5py.File(tmp_path / "x_data_000001.h5") as file:
        assert file["entry/data/frames"].id.get_create_plist().get_filter(0)[0] == hdf5plugin.BSHUF_ID


def test_boxes_beside_the_crystal_show_nothing(tmp_path: Path) -> None:
    write_data(tmp_path / "hit.h5", frames(40), SETTING)
    write_data(tmp_path / "missed.h5", frames(0), SETTING)
    grid = replace(SETTING, images=10)
    write_grid(tmp_path / "x_master.h5", [(0, 3, "missed.h5"), (3, 1, "hit.h5"), (4, 6, "missed.h5")], grid)
    assert [read(tmp_path, "x_master.h5", box) >= 40 for box in range(6)] == [False, False, False, True, False, False]


def test_a_file_of_one_image_says_how_it_was_measured(tmp_path: Path) -> None:
    write_cbf(tmp_path / "x_00001.cbf", frames(7)[0], SETTING)
    source = Source(1, (Candidate(Stored(str(tmp_path / "x_00001.cbf"), OWNER), 0),), OWNER)
    reader = ImageReader(FileRoots([tmp_path], ["/"]))
    image, told = reader.read(source, []), reader.tell(source)
    assert (image[10, 10], image[200, 5]) == (7, 2**32 - 1)
    assert (told.known.detectorDistance, told.known.wavelength, told.known.startAngle) == (200, 0.98, 30)
    assert told.known.pixelSizeX == pytest.approx(PIXEL, rel=1e-5)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.name)
def test_spots_reach_near_the_edge_of_the_detector(kind) -> None:
    theta = np.arctan(HALF_WIDTH / kind.geometry.distance) / 2
    edge = kind.geometry.wavelength / (2 * np.sin(theta))
    assert edge == pytest.approx(kind.edge, rel=1e-6)
    assert edge < kind.resolution < 6 * edge
