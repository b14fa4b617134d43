"""Files of one image each: CBF, and what other detectors write. The formats are fabio's.

The file is read here and handed over as bytes: what a name means, and whether a file may be opened, is not left to a
library that has formats which open others.
"""

import bz2
import gzip
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from ..errors import UnreadableFile
from .errors import told_as_unreadable
from .frame import Counts, Known, as_counts, require_size

LARGEST_FILE = 2**29
"""Bytes of a file, before and after decompression."""


class SingleImage(NamedTuple):
    """One image with what its file says of it."""

    counts: Counts
    known: Known
    kind: str


def is_single(path: Path) -> bool:
    """Whether the name ends as that of a file with one image."""
    return _ending(path) in _FORMATS


def read_single(path: Path) -> SingleImage:
    """Raises UnreadableFile for a file that holds something else, or not all of it."""
    read, kind = _FORMATS[_ending(path)]
    with told_as_unreadable("The image file"):
        return SingleImage(*read(_content(path)), kind)


def _ending(path: Path) -> str:
    name = path.name.casefold()
    for packed in (".gz", ".bz2"):
        name = name.removesuffix(packed)
    return name.rpartition(".")[2]


def _content(path: Path) -> bytes:
    with _opened(path) as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise UnreadableFile("The image file is too large to be opened.")
    return content


def _opened(path: Path) -> BinaryIO:
    packed = path.suffix.casefold()
    if packed == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    return cast(BinaryIO, bz2.open(path, "rb")) if packed == ".bz2" else path.open("rb")


def _cbf(content: bytes) -> tuple[Counts, Known]:
    from fabio.cbfimage import CbfImage  # noqa: PLC0415 - takes a while, and not every facility needs it

    claimed = {name: int(number) for name, number in re.findall(rb"X-Binary-([\w-]+):\s*(\d{1,19})", content[:65536])}
    fast, slow = claimed.get(b"Size-Fastest-Dimension", 0), claimed.get(b"Size-Second-Dimension", 0)
    require_size(slow, fast)
    if claimed.get(b"Number-of-Elements") != fast * slow or claimed.get(b"Size", 0) > len(content):
        raise UnreadableFile("The image file is cut short.")
    image = CbfImage().read(io.BytesIO(content))
    if image.data is None or image.data.shape != (slow, fast):
        raise UnreadableFile("The image file does not hold what it says.")
    return as_counts(image.data), _known_of_cbf(str(image.header.get("_array_data.header_contents", "")))


_NUMBER = r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?"


def _known_of_cbf(text: str) -> Known:
    """From the comments that Pilatus and Eiger detectors write: metres, seconds, ångström, degrees, pixels."""

    def numbers(pattern: str) -> list[float]:
        found = re.search(pattern.replace("#", f"({_NUMBER})"), text)
        return [float(each) for each in found.groups()] if found else []

    pixel = numbers(r"Pixel_size\s+#\s*m\s*x\s*#\s*m")
    centre = numbers(r"Beam_xy\s*\(#,\s*#\)")
    distance = numbers(r"Detector_distance\s+#\s*m")
    detector = re.search(r"Detector:\s*([^\r\n]+)", text)
    return Known(
        wavelength=_first(numbers(r"Wavelength\s+#")),
        detectorDistance=1000 * distance[0] if distance else None,
        beamCentreX=centre[0] if centre else None,
        beamCentreY=centre[1] if centre else None,
        pixelSizeX=1000 * pixel[0] if pixel else None,
        pixelSizeY=1000 * pixel[1] if pixel else None,
        saturation=_first(numbers(r"Count_cutoff\s+#")),
        exposureTime=_first(numbers(r"Exposure_time\s+#")),
        oscillation=_first(numbers(r"Angle_increment\s+#")),
        startAngle=_first(numbers(r"Start_angle\s+#")),
        detector=detector[1].strip() if detector else None,
    )


def _first(numbers: list[float]) -> float | None:
    return numbers[0] if numbers else None


def _adsc(content: bytes) -> tuple[Counts, Known]:
    from fabio.adscimage import AdscImage  # noqa: PLC0415

    header = dict(re.findall(rb"(\w+)\s*=\s*([^;]*);", content[:65536]))
    require_size(int(header.get(b"SIZE2", 0)), int(header.get(b"SIZE1", 0)))
    image = AdscImage().read(io.BytesIO(content))
    get = _reader({name.decode(): value.decode("latin-1") for name, value in header.items()})
    pixel = get("PIXEL_SIZE")
    centre_x, centre_y = get("BEAM_CENTER_X"), get("BEAM_CENTER_Y")
    known = Known(
        wavelength=get("WAVELENGTH"),
        detectorDistance=get("DISTANCE"),
        # Millimetres in these files.
        beamCentreX=centre_x / pixel if centre_x is not None and pixel else None,
        beamCentreY=centre_y / pixel if centre_y is not None and pixel else None,
        pixelSizeX=pixel,
        pixelSizeY=pixel,
        saturation=get("CCD_IMAGE_SATURATION"),
        exposureTime=get("TIME"),
        oscillation=get("OSC_RANGE"),
        startAngle=get("OSC_START"),
        detector=None,
    )
    return as_counts(image.data), known


def _marccd(content: bytes) -> tuple[Counts, Known]:
    from fabio.marccdimage import MarccdImage  # noqa: PLC0415

    image = MarccdImage().read(io.BytesIO(content))
    require_size(*image.data.shape)
    get = _reader(image.header)

    def scaled(name: str, per: float) -> float | None:
        number = get(name)
        return number / per if number else None

    known = Known(
        wavelength=scaled("source_wavelength", 1e5),
        detectorDistance=scaled("xtal_to_detector", 1e3),
        beamCentreX=scaled("beam_x", 1e3),
        beamCentreY=scaled("beam_y", 1e3),
        pixelSizeX=scaled("pixelsize_x", 1e6),
        pixelSizeY=scaled("pixelsize_y", 1e6),
        saturation=scaled("saturated_value", 1),
        exposureTime=scaled("exposure_time", 1e3),
        oscillation=scaled("rotation_range", 1e3),
        detector="MarCCD",
    )
    return as_counts(image.data), known


def _reader(header: Mapping[str, Any]) -> Callable[[str], float | None]:
    def get(name: str) -> float | None:
        try:
            return float(header[name])
        except (KeyError, TypeError, ValueError):
            return None

    return get


_FORMATS: dict[str, tuple[Callable[[bytes], tuple[Counts, Known]], str]] = {
    "cbf": (_cbf, "CBF"),
    "img": (_adsc, "ADSC"),
    "mccd": (_marccd, "MarCCD"),
}
