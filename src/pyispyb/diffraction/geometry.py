"""How images were measured: what the file says, what the database says, and which of them counts."""

import math
from dataclasses import fields
from typing import Any

from .frame import Known

Told = dict[str, Any]
"""`value`, `source` (image, database, computed or None), and `database`: what that has recorded."""


def of_database(row: Any, image: Known) -> Known:
    """From a row of `queries.image_files`; ISPyB keeps the beam centre in mm, which are pixels of the image here."""
    pixel_x = image.pixelSizeX or row.detectorPixelSizeHorizontal
    pixel_y = image.pixelSizeY or row.detectorPixelSizeVertical
    name = " ".join(filter(None, (row.detectorManufacturer, row.detectorModel)))
    return Known(
        wavelength=row.wavelength,
        detectorDistance=row.detectorDistance,
        beamCentreX=row.xBeam / pixel_x if row.xBeam is not None and pixel_x else None,
        beamCentreY=row.yBeam / pixel_y if row.yBeam is not None and pixel_y else None,
        pixelSizeX=row.detectorPixelSizeHorizontal,
        pixelSizeY=row.detectorPixelSizeVertical,
        saturation=row.overload,
        exposureTime=row.exposureTime,
        oscillation=row.axisRange,
        startAngle=row.axisStart,
        detector=name or None,
    )


def weighed(image: Known, database: Known) -> dict[str, Told]:
    """Each value with where it came from: the file was there when the image was taken, and counts first."""
    return {field.name: _told(getattr(image, field.name), getattr(database, field.name)) for field in fields(Known)}


def _told(image: Any, database: Any) -> Told:
    if image is not None:
        return {"value": image, "source": "image", "database": database}
    return {"value": database, "source": None if database is None else "database", "database": database}


def resolution(told: dict[str, Told], width: int, height: int) -> float | None:
    """Of the largest ring that lies whole on the detector [Å]; None where the geometry is not known.

    From Bragg's law with tan(2 theta) = radius / distance.
    """
    names = ("wavelength", "detectorDistance", "pixelSizeX", "pixelSizeY", "beamCentreX", "beamCentreY")
    wavelength, distance, pixel_x, pixel_y, x, y = (told[name]["value"] or 0.0 for name in names)
    radius = min(x * pixel_x, (width - x) * pixel_x, y * pixel_y, (height - y) * pixel_y)
    if wavelength <= 0 or distance <= 0 or radius <= 0:
        return None
    return float(wavelength / (2 * math.sin(math.atan2(radius, distance) / 2)))


def braggy(told: dict[str, Told], width: int, height: int, statistics: dict[str, float | None]) -> dict[str, Any]:
    """The header under the names that py-ispyb's viewer reads: metres, pixels from the middle of the image."""
    value = {name: each["value"] for name, each in told.items()}
    pixel_x, pixel_y = _metres(value["pixelSizeX"]), _metres(value["pixelSizeY"])
    x, y = value["beamCentreX"], value["beamCentreY"]
    return {
        "wavelength": value["wavelength"],
        "detector_distance": _metres(value["detectorDistance"]),
        "beam_cx": x,
        "beam_cy": y,
        "beam_ocx": None if x is None else width / 2 - x,
        "beam_ocy": None if y is None else height / 2 - y,
        "detector_radius": None if pixel_x is None else width * pixel_x / 2,
        "pixel_size_x": pixel_x,
        "pixel_size_y": pixel_y,
        "img_width": width,
        "img_height": height,
        "pxxpm": 1 / pixel_x if pixel_x else None,
        "pxypm": 1 / pixel_y if pixel_y else None,
        **statistics,
    }


def _metres(millimetres: float | None) -> float | None:
    return None if millimetres is None else millimetres / 1000
