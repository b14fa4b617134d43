"""A file in one session's folder opens no other's, however it is made."""

import os
from pathlib import Path

import h5py
import numpy as np
import pytest

from pyispyb.diffraction.reader import ImageReader
from pyispyb.errors import IspybError, NotFound, UnreadableFile

from .detectors import HEIGHT, WIDTH, describe, frames, write_data, write_master, write_series
from .test_hdf5 import folder, reader, source

__all__ = ["folder", "reader"]

SECRET = 4000


@pytest.fixture(params=["another session", "outside the roots"])
def secret(folder: Path, request: pytest.FixtureRequest) -> Path:
    """Images that belong to the competing group, or to nobody who is served."""
    place = folder.parent / "mx999" if request.param == "another session" else folder.parent.parent / "private"
    place.mkdir()
    write_data(place / "secret.h5", frames(SECRET, 1))
    return place / "secret.h5"


def refused(reader: ImageReader, path: Path) -> str:
    """The reason; the secret must not be told, and nothing of where it lies."""
    with pytest.raises(IspybError) as problem:
        reader.read(source(path), [])
    assert str(path.parent.parent) not in problem.value.detail
    return problem.value.detail


def test_an_external_link_leads_to_files_of_the_session_only(reader: ImageReader, folder: Path, secret: Path) -> None:
    for target in (str(secret), os.path.relpath(secret, folder)):
        write_master(folder / "x.h5", {"data_000001": target})
        assert "lies outside" in refused(reader, folder / "x.h5")
    (folder / "door.h5").symlink_to(secret)
    write_master(folder / "x.h5", {"data_000001": "door.h5"})
    assert "lies outside" in refused(reader, folder / "x.h5")


def test_a_link_within_a_link_is_looked_at_as_well(reader: ImageReader, folder: Path, secret: Path) -> None:
    with h5py.File(folder / "x.h5", "w") as file:
        file["hidden"] = h5py.ExternalLink(str(secret), "/entry")
        file["entry/data/data"] = h5py.SoftLink("/hidden/data/data")
    assert "lies outside" in refused(reader, folder / "x.h5")
    with h5py.File(folder / "y.h5", "w") as file:
        file["entry"] = h5py.ExternalLink("x.h5", "/hidden")
    assert "lies outside" in refused(reader, folder / "y.h5")


def test_a_virtual_dataset_has_sources_of_the_session_only(reader: ImageReader, folder: Path, secret: Path) -> None:
    layout = h5py.VirtualLayout((1, HEIGHT, WIDTH), np.uint16)
    layout[:] = h5py.VirtualSource(str(secret), "entry/data/data", (1, HEIGHT, WIDTH))
    with h5py.File(folder / "x.h5", "w") as file:
        file.create_virtual_dataset("entry/data/data", layout)
    with h5py.File(folder / "x.h5") as file:
        assert file["entry/data/data"][0, 10, 20] == 1000 + SECRET, "the library itself would tell"
    assert "lies outside" in refused(reader, folder / "x.h5")


def test_raw_data_beside_a_file_are_not_read(reader: ImageReader, folder: Path, secret: Path) -> None:
    with h5py.File(folder / "x.h5", "w") as file:
        file.create_dataset(
            "entry/data/data", (1, HEIGHT, WIDTH), np.uint8, external=[(str(secret), 0, HEIGHT * WIDTH)]
        )
    assert "raw file" in refused(reader, folder / "x.h5")


def test_a_mask_and_geometry_from_elsewhere_are_as_if_there_were_none(
    reader: ImageReader, folder: Path, secret: Path
) -> None:
    with h5py.File(secret, "r+") as file:
        describe(file)
    master = write_series(folder, files=1)
    with h5py.File(master, "r+") as file:
        del file["entry/instrument/beam"], file["entry/instrument/detector"]
        file["entry/instrument/beam"] = h5py.ExternalLink(str(secret), "/entry/instrument/beam")
        detector = file.create_group("entry/instrument/detector")
        detector["pixel_mask"] = h5py.ExternalLink(
            str(secret), "/entry/instrument/detector/detectorSpecific/pixel_mask"
        )
        detector.create_dataset("description", (1,), "S20", external=[(str(secret), 0, 20)])
    known = reader.tell(source(master)).known
    assert (known.wavelength, known.detector) == (None, None)
    assert reader.read(source(master), [])[3, 5] == 8


def test_circles_and_monsters_end(reader: ImageReader, folder: Path) -> None:
    with h5py.File(folder / "x.h5", "w") as file:
        file["entry/data/data"] = h5py.SoftLink("/entry/data/data")
    assert "circle" in refused(reader, folder / "x.h5")
    with h5py.File(folder / "x.h5", "w") as file:
        file["entry"] = h5py.ExternalLink("x.h5", "/entry")
    assert "circle" in refused(reader, folder / "x.h5")
    layout = h5py.VirtualLayout((1, HEIGHT, WIDTH), np.uint16)
    layout[:] = h5py.VirtualSource("x.h5", "entry/data/data", (1, HEIGHT, WIDTH))
    with h5py.File(folder / "x.h5", "w") as file:
        file.create_virtual_dataset("entry/data/data", layout)
    assert "cannot be followed" in refused(reader, folder / "x.h5")
    for shape, chunks in (((1, 2**20, 2**20), (1, 64, 64)), ((10_000, 4000, 4000), (10_000, 1000, 1000))):
        with h5py.File(folder / "x.h5", "w") as file:
            file.create_dataset("entry/data/data", shape, np.uint8, chunks=chunks, compression="gzip")
        with pytest.raises(UnreadableFile):
            reader.read(source(folder / "x.h5"), [])


def test_a_path_elsewhere_is_no_image(reader: ImageReader, secret: Path) -> None:
    with pytest.raises(NotFound, match="lies outside"):
        reader.read(source(secret), [])
    with pytest.raises(NotFound, match="lies outside"):
        reader.tag(source(secret))
