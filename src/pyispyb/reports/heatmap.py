"""Heat maps of grid scans, over the picture of the crystal where it is known how they fit."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from .scans import Place, Scan

SIZE = (480, 360)
"""Largest width and height [pixel]."""

# Eleven evenly spaced colours of viridis (perceptually uniform, readable without colour vision); others lie between.
_STOPS = np.array(
    [
        *((68, 1, 84), (72, 36, 117), (65, 68, 135), (53, 95, 141), (42, 120, 142), (33, 145, 140)),
        *((34, 168, 132), (68, 191, 112), (122, 209, 81), (189, 223, 38), (253, 231, 37)),
    ],
    dtype=np.float64,
)
_OVER_PICTURE = 200
"""How much the map covers of the picture, of 255."""
_OPEN = (240, 240, 242)
_MARGIN = 0.22
"""What is shown around the grid, of its longer side."""


def colours(fractions: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Red, green and blue (..., 3) of fractions (...); outside 0 to 1 the nearest end."""
    places = np.linspace(0, 1, len(_STOPS))
    channels = [np.interp(fractions, places, _STOPS[:, channel]) for channel in range(3)]
    return np.rint(np.stack(channels, axis=-1)).astype(np.uint8)


def legend() -> list[tuple[float, float, float]]:
    """Evenly spaced colours of the scale (red, green, blue: 0 to 1)."""
    return [(red / 255, green / 255, blue / 255) for red, green, blue in _STOPS.tolist()]


def heat_map(scan: Scan, picture: Image.Image | None) -> bytes:
    """The map as JPEG. What no value has come of is left open."""
    if picture is None or scan.place is None:
        width, height = _within(scan.aspect, 1.0)
        ground = Image.new("RGB", (width, height), _OPEN)
        cells = _cells(scan, width, height, 255)
        ground.paste(cells, mask=cells)
    else:
        ground = _over(scan, scan.place, picture)
    made = io.BytesIO()
    ground.save(made, "JPEG", quality=88)
    return made.getvalue()


def _over(scan: Scan, place: Place, picture: Image.Image) -> Image.Image:
    """The part of the picture around the grid, with the map over it."""
    left, top, width, height = place
    turn = np.deg2rad(scan.turn)
    wide = width * abs(np.cos(turn)) + height * abs(np.sin(turn))
    high = width * abs(np.sin(turn)) + height * abs(np.cos(turn))
    margin = _MARGIN * max(wide, high)
    x, y = left + width / 2, top + height / 2
    from_x, to_x = _widened(x - wide / 2, x + wide / 2, margin, picture.width)
    from_y, to_y = _widened(y - high / 2, y + high / 2, margin, picture.height)
    across, down = _within(to_x - from_x, to_y - from_y)
    scale = across / (to_x - from_x)
    ground = picture.transform(
        (across, down), Image.Transform.EXTENT, (from_x, from_y, to_x, to_y), Image.Resampling.BILINEAR
    )
    cells = _cells(scan, max(1, round(width * scale)), max(1, round(height * scale)), _OVER_PICTURE)
    if scan.turn:
        cells = cells.rotate(-scan.turn, expand=True)
    corner = round((x - from_x) * scale - cells.width / 2), round((y - from_y) * scale - cells.height / 2)
    ground.paste(cells, corner, cells)
    return ground


def _cells(scan: Scan, width: int, height: int, opacity: int) -> Image.Image:
    """The map alone (RGBA), with a frame around the best box."""
    low, high = scan.span
    fractions = (scan.values - low) / (high - low) if high > low else np.ones_like(scan.values)
    known = ~np.isnan(scan.values)
    boxes = np.dstack([colours(np.where(known, fractions, 0.0)), np.where(known, opacity, 0).astype(np.uint8)])
    cells = Image.fromarray(boxes, "RGBA").resize((width, height), Image.Resampling.NEAREST)
    (row, column), (rows, columns) = scan.best, scan.values.shape
    frame = [column * width / columns, row * height / rows, (column + 1) * width / columns, (row + 1) * height / rows]
    drawing = ImageDraw.Draw(cells)
    drawing.rectangle(frame, outline=(20, 20, 24, 255), width=3)
    drawing.rectangle(frame, outline=(255, 255, 255, 255), width=1)
    return cells


def _widened(begin: float, end: float, margin: float, edge: int) -> tuple[float, float]:
    """A stretch with a margin, which ends at the edge of the picture unless the stretch itself goes on."""
    return max(begin - margin, min(begin, 0.0)), min(end + margin, max(end, float(edge)))


def _within(width: float, height: float) -> tuple[int, int]:
    """The largest size of these proportions [pixel]."""
    scale = min(SIZE[0] / width, SIZE[1] / height)
    return max(8, round(width * scale)), max(8, round(height * scale))
