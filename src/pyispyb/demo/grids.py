"""Grid scans: where the beam goes, in which order, and where that is in the camera picture."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from .specimen import Floats, Loop, Specimen

Orientation = Literal["horizontal", "vertical"]


@dataclass(frozen=True)
class Grid:
    """A rectangle of beam positions on a specimen held at one spindle angle."""

    omega: float
    """Spindle angle [degrees]."""
    centre: tuple[float, float]
    """Middle of the grid in the frame of the loop, x and y [µm]."""
    step: tuple[float, float]
    """Distance between two positions, along x and y [µm]."""
    steps_x: int
    steps_y: int
    orientation: Orientation = "horizontal"
    """The direction the scan runs along first."""
    snaked: bool = True
    """Every other line runs backwards."""

    @property
    def images(self) -> int:
        """Number of positions, one image each."""
        return self.steps_x * self.steps_y

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the whole grid [µm]."""
        return self.steps_x * self.step[0], self.steps_y * self.step[1]

    def corner(self) -> tuple[float, float]:
        """The upper left corner in the frame of the loop [µm]."""
        return self.centre[0] - self.size[0] / 2, self.centre[1] + self.size[1] / 2

    def beam_positions(self, fine: int = 1) -> tuple[Floats, Floats]:
        """x and y [µm] of fine x fine points in each position, both of shape (steps_y * fine, steps_x * fine)."""
        left, top = self.corner()
        x = left + (np.arange(self.steps_x * fine) + 0.5) * self.step[0] / fine
        y = top - (np.arange(self.steps_y * fine) + 0.5) * self.step[1] / fine
        grid_x, grid_y = np.meshgrid(x, y)
        return grid_x, grid_y

    def in_scan_order(self, values: Floats) -> Floats:
        """Values of shape (steps_y, steps_x), row 0 at the top, as the images come."""
        lines = values.copy() if self.orientation == "horizontal" else values.T.copy()
        if self.snaked:
            lines[1::2] = lines[1::2, ::-1]
        return lines.ravel()


def over_loop(loop: Loop, step: float) -> Grid:
    """A grid over the whole face of a loop at omega 0."""
    outline = loop.outline(0.0)
    low, high = outline[:, :2].min(axis=0), outline[:, :2].max(axis=0)
    width, height = (high - low) * (0.86, 0.92)
    middle = (low + high) / 2
    return Grid(
        omega=0.0,
        centre=(float(middle[0]) - 0.04 * float(width), float(middle[1])),
        step=(step, step),
        steps_x=max(4, round(width / step)),
        steps_y=max(4, round(height / step)),
    )


def edge_on(specimen: Specimen, step: float) -> Grid:
    """The line through the crystal after a quarter turn, which finds the third coordinate."""
    crystal = specimen.crystal.rotated(90.0)
    x, y = float(crystal.centre[0]), float(crystal.centre[1])
    reach = float(np.abs(crystal.corners[:, 1] - y).max()) + 60
    return Grid(
        omega=90.0,
        centre=(x, y),
        step=(step, step),
        steps_x=1,
        steps_y=max(6, round(2 * reach / step)),
        orientation="vertical",
        snaked=False,
    )
