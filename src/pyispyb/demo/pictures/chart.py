"""A small chart: axes, curves, marks. Drawn twice as large and reduced, so that curves are smooth."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from ..specimen import Floats
from .ink import Colour, label

FINE = 2
INK: Colour = (38, 48, 62)
FAINT: Colour = (212, 219, 228)
MUTED: Colour = (105, 117, 133)
BLUE: Colour = (31, 98, 176)
ORANGE: Colour = (217, 108, 28)
GREEN: Colour = (38, 134, 92)
PALE_BLUE: Colour = (196, 216, 240)


@dataclass(frozen=True)
class Panel:
    """A rectangle of the picture with its two scales."""

    draw: ImageDraw.ImageDraw
    box: tuple[int, int, int, int]
    """Left, top, right, bottom in fine pixels."""
    x: tuple[float, float]
    """Values at the left and right edge."""
    y: tuple[float, float]
    """Values at the bottom and top edge."""
    log: bool = False
    """The vertical scale is logarithmic."""

    def place(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Fine pixels of values."""
        left, top, right, bottom = self.box
        low, high = (math.log10(v) for v in self.y) if self.log else self.y
        height = np.log10(np.maximum(y, self.y[0])) if self.log else y
        across = left + (x - self.x[0]) / (self.x[1] - self.x[0]) * (right - left)
        up = bottom - (height - low) / (high - low) * (bottom - top)
        return across, np.clip(up, top, bottom)

    def curve(self, x: Floats, y: Floats, colour: Colour, width: float = 1.6) -> None:
        """A line through the points."""
        across, up = self.place(x, y)
        points = np.stack([across, up], axis=1).ravel().tolist()
        self.draw.line(points, fill=colour, width=round(width * FINE), joint="curve" if x.size < 600 else None)

    def area(self, x: Floats, y: Floats, colour: Colour) -> None:
        """The surface under the points."""
        across, up = self.place(x, y)
        floor = self.box[3]
        points = [(across[0], floor), *zip(across, up, strict=True), (across[-1], floor)]
        self.draw.polygon([(float(a), float(b)) for a, b in points], fill=colour)

    def dots(self, x: Floats, y: Floats, colour: Colour, size: float = 1.3) -> None:
        """A small square at each point."""
        side = round(size * FINE) + 1
        corners = np.rint(np.stack(self.place(x, y), axis=1) - (side - 1) / 2)
        for shift in np.ndindex(side, side):
            self.draw.point((corners + shift).ravel().tolist(), fill=colour)

    def frame(
        self, x_ticks: Sequence[float], y_ticks: Sequence[float], x_title: str, y_title: str, colour: Colour
    ) -> None:
        """Grid lines, numbers and titles; the colour is that of the vertical axis."""
        left, top, right, bottom = self.box
        for tick, across in zip(x_ticks, self.place(np.array(x_ticks), np.array([self.y[0]]))[0], strict=True):
            self.draw.line((across, top, across, bottom), fill=FAINT, width=FINE)
            label(self.draw, (across, bottom + 8 * FINE), f"{tick:g}", size=12 * FINE, colour=MUTED, anchor="ma")
        for tick, up in zip(y_ticks, self.place(np.array([self.x[0]]), np.array(y_ticks))[1], strict=True):
            self.draw.line((left, up, right, up), fill=FAINT, width=FINE)
            label(self.draw, (left - 7 * FINE, up), f"{tick:g}", size=12 * FINE, colour=MUTED, anchor="rm")
        self.draw.line((left, top, left, bottom, right, bottom), fill=MUTED, width=FINE)
        label(self.draw, (left, top - 7 * FINE), y_title, size=13 * FINE, colour=colour, anchor="ls")
        if x_title:
            label(
                self.draw, ((left + right) / 2, bottom + 26 * FINE), x_title, size=13 * FINE, colour=MUTED, anchor="ma"
            )


def sheet(width: int, height: int, title: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty chart with its title."""
    picture = Image.new("RGB", (width * FINE, height * FINE), (255, 255, 255))
    draw = ImageDraw.Draw(picture)
    label(draw, (22 * FINE, 16 * FINE), title, size=16 * FINE, colour=INK)
    return picture, draw


def finished(picture: Image.Image) -> Image.Image:
    """The picture at its real size."""
    return picture.reduce(FINE)


def scaled(left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int]:
    """A box of real pixels in fine pixels."""
    return left * FINE, top * FINE, right * FINE, bottom * FINE


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round values between low and high, about as many as wanted."""
    raw = max(high - low, 1e-9) / wanted
    power = 10 ** math.floor(math.log10(raw))
    step = power * next(nice for nice in (1, 2, 2.5, 5, 10) if nice * power >= raw)
    first = math.ceil(low / step - 1e-9)
    return [round(n * step, 10) for n in range(first, math.floor(high / step + 1e-9) + 1)]
