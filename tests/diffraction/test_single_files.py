"""Files of one image each."""

import bz2
import gzip
from pathlib import Path

import numpy as np
import pytest
from fabio.adscimage import AdscImage
from fabio.marccdimage import MarccdImage

from pyispyb.diffraction import single
from pyispyb.diffraction.single import read_single
from pyispyb.errors import UnreadableFile

from .detectors import GAP, frame, write_cbf


def test_a_cbf_is_read_with_its_header(tmp_path: Path) -> None:
    write_cbf(tmp_path / "x_00007.cbf", 7)
    image = read_single(tmp_path / "x_00007.cbf")
    wanted = frame(7, np.uint32)
    assert np.array_equal(image.counts, wanted)
    assert (image.counts[GAP] == 2**32 - 1).all()
    known = image.known
    assert (known.wavelength, known.detectorDistance, known.beamCentreX, known.beamCentreY) == (0.97934, 300, 30, 20)
    assert known.pixelSizeX == pytest.approx(0.172)
    assert (known.exposureTime, known.saturation, known.oscillation, known.startAngle) == (0.04, 1_048_500, 0.1, 10)
    assert known.detector == "PILATUS 6M-F, S/N 60-0000"


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress)])
def test_a_packed_cbf_is_read_as_well(tmp_path: Path, ending: str, pack: object) -> None:
    write_cbf(tmp_path / "x.cbf", 1)
    (tmp_path / f"x.cbf{ending}").write_bytes(pack((tmp_path / "x.cbf").read_bytes()))  # type: ignore[operator]
    assert read_single(tmp_path / f"x.cbf{ending}").counts[10, 20] == 1001


def test_a_charge_coupled_device_is_read_as_well(tmp_path: Path) -> None:
    pixels = np.arange(64 * 64, dtype=np.uint16).reshape(64, 64)
    header = {"PIXEL_SIZE": "0.1024", "DISTANCE": "150", "WAVELENGTH": "0.98", "BEAM_CENTER_X": "3.072", "TIME": "1"}
    AdscImage(data=pixels, header=header).write(str(tmp_path / "x.img"))
    image = read_single(tmp_path / "x.img")
    assert np.array_equal(image.counts, pixels)
    assert (image.known.detectorDistance, image.known.wavelength) == (150, 0.98)
    assert image.known.beamCentreX == pytest.approx(30)
    MarccdImage(data=pixels, header={}).write(str(tmp_path / "x.mccd"))
    assert np.array_equal(read_single(tmp_path / "x.mccd").counts, pixels)


def _claiming(content: bytes, name: bytes, number: int) -> bytes:
    head, _, rest = content.partition(name + b": ")
    return head + name + b": " + str(number).encode() + rest[rest.index(b"\r\n") :]


def _huge(content: bytes) -> bytes:
    content = _claiming(content, b"X-Binary-Number-of-Elements", 10**14)
    content = _claiming(content, b"X-Binary-Size-Fastest-Dimension", 10**7)
    return _claiming(content, b"X-Binary-Size-Second-Dimension", 10**7)


def test_a_damaged_cbf_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "x.cbf"
    write_cbf(path, 1)
    content = path.read_bytes()
    for damaged in (
        content[: len(content) // 2],
        b"",
        b"###CBF: VERSION 1.5\r\n",
        _huge(content),
        _claiming(content, b"X-Binary-Size-Second-Dimension", 39),
    ):
        path.write_bytes(damaged)
        with pytest.raises(UnreadableFile) as problem:
            read_single(path)
        assert str(tmp_path) not in problem.value.detail


def test_a_small_file_that_unpacks_to_a_large_one_is_not_unpacked_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single, "LARGEST_FILE", 2**20)
    (tmp_path / "x.cbf.gz").write_bytes(gzip.compress(bytes(2**22), 1))
    with pytest.raises(UnreadableFile, match="too large"):
        read_single(tmp_path / "x.cbf.gz")
