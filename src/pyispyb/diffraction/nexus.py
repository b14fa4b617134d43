"""What HDF5 files of detectors say of an experiment, and which pixels see nothing.

Names are those of NXmx and of Eiger's own files; lengths without a unit are metres there, wavelengths ångström.
"""

from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

from ..errors import NotFound, UnreadableFile
from .confined import ConfinedFiles, require_own_data, value
from .frame import LARGEST, Known

INSTRUMENT = "entry/instrument"
DETECTOR = f"{INSTRUMENT}/detector"
WAVELENGTH = (
    f"{INSTRUMENT}/beam/incident_wavelength",
    "entry/sample/beam/incident_wavelength",
    f"{INSTRUMENT}/monochromator/wavelength",
)
MASKS = (f"{DETECTOR}/pixel_mask", f"{DETECTOR}/detectorSpecific/pixel_mask")
ANGLES = ("entry/sample/goniometer/omega", "entry/sample/transformations/omega")

MILLIMETRES = {"m": 1000.0, "cm": 10.0, "mm": 1.0, "um": 1e-3, "µm": 1e-3, "micron": 1e-3, "nm": 1e-6}
ANGSTROMS = {"angstrom": 1.0, "angstroms": 1.0, "a": 1.0, "å": 1.0, "nm": 10.0, "m": 1e10, "pm": 0.01}
SECONDS = {"s": 1.0, "sec": 1.0, "second": 1.0, "seconds": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6}


def known_of(files: ConfinedFiles, file: h5py.File) -> Known:
    """What the file says of how its images were measured."""

    def first(scales: dict[str, float], usual: str, *paths: str) -> float | None:
        for path in paths:
            if (number := _number(files, file, path, scales, usual)) is not None:
                return number
        return None

    pixel_x = first(MILLIMETRES, "m", f"{DETECTOR}/x_pixel_size")
    pixel_y = first(MILLIMETRES, "m", f"{DETECTOR}/y_pixel_size")
    start, width = _angles(files, file)
    return Known(
        wavelength=first(ANGSTROMS, "angstrom", *WAVELENGTH),
        detectorDistance=first(MILLIMETRES, "m", f"{DETECTOR}/detector_distance", f"{DETECTOR}/distance"),
        beamCentreX=_centre(files, file, f"{DETECTOR}/beam_center_x", pixel_x),
        beamCentreY=_centre(files, file, f"{DETECTOR}/beam_center_y", pixel_y),
        pixelSizeX=pixel_x,
        pixelSizeY=pixel_y,
        saturation=first(
            {}, "", f"{DETECTOR}/saturation_value", f"{DETECTOR}/detectorSpecific/countrate_correction_count_cutoff"
        ),
        exposureTime=first(SECONDS, "s", f"{DETECTOR}/count_time", f"{DETECTOR}/frame_time"),
        oscillation=width,
        startAngle=start,
        detector=_text(files, file, f"{DETECTOR}/description"),
    )


def _held(files: ConfinedFiles, file: h5py.File, path: str) -> tuple[Any, str]:
    """As `confined.value`; a file that is named and not there, or a link too far, leaves it unknown."""
    try:
        return value(files, file, path)
    except (NotFound, UnreadableFile):
        return None, ""


def _number(files: ConfinedFiles, file: h5py.File, path: str, scales: dict[str, float], usual: str) -> float | None:
    number, unit = _held(files, file, path)
    if isinstance(number, bool) or not isinstance(number, int | float) or not np.isfinite(number):
        return None
    return float(number) * scales.get((unit or usual).casefold(), scales.get(usual, 1.0))


def _centre(files: ConfinedFiles, file: h5py.File, path: str, pixel: float | None) -> float | None:
    """A beam centre is in pixels; where its unit is a length, that over the size of a pixel [mm]."""
    number, unit = _held(files, file, path)
    if not isinstance(number, int | float) or not np.isfinite(number):
        return None
    if unit.casefold() in MILLIMETRES:
        return number * MILLIMETRES[unit.casefold()] / pixel if pixel else None
    return float(number)


def _text(files: ConfinedFiles, file: h5py.File, path: str) -> str | None:
    text, _ = _held(files, file, path)
    return text or None if isinstance(text, str) else None


def _angles(files: ConfinedFiles, file: h5py.File) -> tuple[float | None, float | None]:
    """Where the spindle begins, and how far it turns during an image [degrees]."""
    for path in ANGLES:
        try:
            found = files.item(file, path)
        except (NotFound, UnreadableFile):
            continue
        if not isinstance(found, h5py.Dataset) or found.is_virtual or found.dtype.kind not in "iuf" or not found.size:
            continue
        require_own_data(found)
        few = found[:2] if found.ndim == 1 else np.atleast_1d(found[()]) if found.ndim == 0 else np.empty(0)
        if len(few):
            width = float(few[1] - few[0]) if len(few) > 1 else None
            stated = _number(files, file, f"{path}_range_average", {}, "")
            return float(few[0]), stated if stated is not None else width
    return None, _number(files, file, f"{ANGLES[0]}_range_average", {}, "")


def masked_pixels(files: ConfinedFiles, file: h5py.File, shape: tuple[int, int]) -> NDArray[np.intp]:
    """Places in a flattened image of the pixels that the file says see nothing."""
    for path in MASKS:
        try:
            found = files.item(file, path)
        except (NotFound, UnreadableFile):
            continue
        if isinstance(found, h5py.Dataset) and not found.is_virtual and found.shape == shape and found.size <= LARGEST:
            require_own_data(found)
            return np.flatnonzero(found[()])
    return np.empty(0, dtype=np.intp)
