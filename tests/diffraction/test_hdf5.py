"""Images of HDF5 files, as they lie in one dataset, in files beside, or in a virtual one."""

from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
from numpy.typing import NDArray

from pyispyb.diffraction.locate import Candidate, Source
from pyispyb.diffraction.reader import ImageReader
from pyispyb.errors import NotFound, UnreadableFile
from pyispyb.files.roots import FileRoots, Owner, Stored

from .detectors import DEAD, GAP, HEIGHT, WIDTH, describe, frame, frames, write_data, write_master, write_series

OWNER = Owner("mx", "415", "1", "BL1")
MASKED = 2**16 - 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "data" / "mx415"
    inside.mkdir(parents=True)
    return inside


@pytest.fixture
def reader(folder: Path) -> ImageReader:
    return ImageReader(FileRoots([folder.parent], ["**/{proposal}"]))


def source(path: Path, index: int = 0) -> Source:
    return Source(index + 1, (Candidate(Stored(str(path), OWNER), index),), OWNER)


def same(read: NDArray[np.uint16] | NDArray[np.uint32], number: int, masked: tuple[int, int] | None = DEAD) -> bool:
    wanted = frame(number)
    if masked:
        wanted[masked] = MASKED
    return bool(np.array_equal(read, wanted))


def test_a_series_is_one_stack_over_its_files(reader: ImageReader, folder: Path) -> None:
    master = write_series(folder)
    assert all(same(reader.read(source(master, index), []), index) for index in range(6))
    told = reader.tell(source(master))
    assert (told.images, told.height, told.width, told.bits, told.kind) == (6, HEIGHT, WIDTH, 16, "HDF5")
    with pytest.raises(NotFound, match="holds 6 images so far"):
        reader.read(source(master, 6), [])


def test_what_the_file_says_is_told_in_the_units_of_the_field(reader: ImageReader, folder: Path) -> None:
    known = reader.tell(source(write_series(folder))).known
    assert known.detectorDistance == pytest.approx(200)
    assert known.pixelSizeX == pytest.approx(0.075)
    assert (known.wavelength, known.beamCentreX, known.beamCentreY) == (0.9763, 30.5, 19.5)
    assert (known.exposureTime, known.saturation, known.startAngle) == (0.01, 60_000, 10)
    assert known.oscillation == pytest.approx(0.1)
    assert known.detector == "Dectris EIGER2 TEST"


@pytest.mark.parametrize(
    ("path", "value", "unit", "field", "wanted"),
    [
        ("detector/detector_distance", 250.0, "mm", "detectorDistance", 250),
        ("detector/x_pixel_size", 172.0, "um", "pixelSizeX", 0.172),
        ("beam/incident_wavelength", 0.1, "nm", "wavelength", 1.0),
        ("detector/count_time", 40.0, "ms", "exposureTime", 0.04),
        ("detector/beam_center_x", 0.0015, "m", "beamCentreX", 20),
        ("detector/detector_distance", np.array([0.3], dtype=">f4"), "m", "detectorDistance", 300),
        ("detector/detector_distance", "far", "m", "detectorDistance", None),
        ("beam/incident_wavelength", float("nan"), "angstrom", "wavelength", None),
    ],
)
def test_units_are_those_of_the_file(
    reader: ImageReader, folder: Path, path: str, value: object, unit: str, field: str, wanted: float | None
) -> None:
    master = write_series(folder, files=1)
    with h5py.File(master, "r+") as file:
        instrument = file["entry/instrument"]
        del instrument[path]
        instrument[path] = value
        instrument[path].attrs["units"] = unit
    found = getattr(reader.tell(source(master)).known, field)
    assert found == (None if wanted is None else pytest.approx(wanted))


def test_files_that_are_not_written_yet_are_no_images_yet(reader: ImageReader, folder: Path) -> None:
    master = write_series(folder)
    (folder / "x_1_data_000002.h5").unlink()
    assert reader.tell(source(master)).images == 3
    with pytest.raises(NotFound, match="holds 3 images so far"):
        reader.read(source(master, 4), [])
    (folder / "x_1_data_000001.h5").unlink()
    with pytest.raises(NotFound, match="not there any more"):
        reader.tell(source(master))


def _virtual(path: Path, select: Callable[[h5py.VirtualLayout, list[h5py.VirtualSource]], None]) -> Path:
    """A virtual dataset of six images over two files of three beside it."""
    sources = [h5py.VirtualSource(f"part{number}.h5", "entry/data/data", (3, HEIGHT, WIDTH)) for number in range(2)]
    for number in range(2):
        write_data(path.parent / f"part{number}.h5", frames(number * 3, 3))
    layout = h5py.VirtualLayout((6, HEIGHT, WIDTH), np.uint16)
    select(layout, sources)
    with h5py.File(path, "w") as file:
        file.create_virtual_dataset("entry/data/data", layout, fillvalue=7)
        describe(file)
    return path


def _joined(layout: h5py.VirtualLayout, sources: list[h5py.VirtualSource]) -> None:
    layout[:3], layout[3:] = sources


def _in_turn(layout: h5py.VirtualLayout, sources: list[h5py.VirtualSource]) -> None:
    layout[::2], layout[1::2] = sources


def _one_by_one(layout: h5py.VirtualLayout, sources: list[h5py.VirtualSource]) -> None:
    for index in range(6):
        layout[index] = sources[index // 3][2 - index % 3]


def _halves(layout: h5py.VirtualLayout, sources: list[h5py.VirtualSource]) -> None:
    layout[:3, :, :30] = sources[0][:, :, :30]
    layout[:3, :, 30:] = sources[1][:, :, 30:]


@pytest.mark.parametrize("select", [_joined, _in_turn, _one_by_one, _halves])
def test_a_virtual_dataset_reads_as_the_library_itself_reads_it(
    reader: ImageReader, folder: Path, select: Callable[[h5py.VirtualLayout, list[h5py.VirtualSource]], None]
) -> None:
    path = _virtual(folder / "all.h5", select)
    with h5py.File(path) as file:
        wanted = file["entry/data/data"][:3]
    wanted[:, *DEAD] = MASKED
    assert all(np.array_equal(reader.read(source(path, index), []), wanted[index]) for index in range(3))


def test_what_no_source_of_a_virtual_dataset_has_is_masked(reader: ImageReader, folder: Path) -> None:
    path = _virtual(folder / "all.h5", _halves)
    assert (reader.read(source(path, 5), []) == MASKED).all()
    (folder / "part1.h5").unlink()
    image = reader.read(source(path), [])
    assert (image[:, 30:] == MASKED).all()
    assert image[10, 20] == 1000
    (folder / "part0.h5").unlink()
    with pytest.raises(NotFound, match="not there any more"):
        reader.read(source(path), [])


@pytest.mark.parametrize("dtype", [np.int16, np.int32, np.int64, np.uint32, np.uint64, np.float32, ">u4", ">i2"])
def test_counts_of_any_type_are_counts(reader: ImageReader, folder: Path, dtype: object) -> None:
    path = folder / "x.h5"
    images = frames(0, 1, np.int32)
    pixels = images.astype(dtype)  # type: ignore[call-overload]
    if pixels.dtype.kind == "u":
        pixels[images < 0] = np.iinfo(pixels.dtype).max
    write_data(path, pixels)
    read = reader.read(source(path), [])
    most = np.iinfo(read.dtype).max
    assert (read[GAP] == most).all()
    assert np.array_equal(read[images[0] >= 0], images[0][images[0] >= 0])


@pytest.mark.parametrize("place", ["entry/data/data", "entry_0000/measurement/data", "entry/instrument/detector/data"])
def test_images_are_found_where_beamlines_put_them(reader: ImageReader, folder: Path, place: str) -> None:
    write_data(folder / "x.nxs", frames(4, 2), place)
    assert same(reader.read(source(folder / "x.nxs", 1), []), 5, masked=None)


def test_images_are_added(reader: ImageReader, folder: Path) -> None:
    master = write_series(folder)
    total = reader.read(source(master), [source(master, 1), source(master, 4)])
    assert total.dtype == np.uint32
    assert total[10, 20] == 1000 + 1001 + 1004
    assert total[0, 1] == 3
    assert (total[GAP] == 2**32 - 1).all()


@pytest.mark.parametrize("damage", ["cut", "empty", "text", "chunk", "nothing inside", "no images", "words", "cube"])
def test_a_damaged_file_is_told_of(reader: ImageReader, folder: Path, damage: str) -> None:
    path = folder / "x.h5"
    write_data(path, frames(0, 2))
    content = bytearray(path.read_bytes())
    if damage == "chunk":
        with h5py.File(path) as file:
            chunk = file["entry/data/data"].id.get_chunk_info(0)
        content[chunk.byte_offset : chunk.byte_offset + chunk.size] = b"\xff" * chunk.size
    path.write_bytes({"cut": content[: len(content) // 2], "empty": b"", "text": b"no HDF5"}.get(damage, content))
    if damage in ("nothing inside", "no images", "words", "cube"):
        with h5py.File(path, "w") as file:
            if damage == "no images":
                file["entry/data/x"] = 1
            elif damage == "words":
                file["entry/data/data"] = np.zeros((1, 4, 4), dtype="S8")
            elif damage == "cube":
                file["entry/data/data"] = np.zeros((2, 2, 2, 2))
    with pytest.raises(UnreadableFile) as problem:
        reader.read(source(path), [])
    assert str(folder) not in problem.value.detail


def test_a_changed_file_has_another_tag_and_another_mask(reader: ImageReader, folder: Path) -> None:
    master = write_series(folder, files=1)
    before = reader.tag(source(master)), reader.read(source(master), [])[DEAD]
    write_master(master, {"data_000001": "x_1_data_000001.h5"})
    with h5py.File(master, "r+") as file:
        file["entry/instrument/detector/detectorSpecific/pixel_mask"][DEAD] = 0
    assert before[1] == MASKED
    assert reader.read(source(master), [])[DEAD] == sum(DEAD)
    assert reader.tag(source(master)) != before[0]
