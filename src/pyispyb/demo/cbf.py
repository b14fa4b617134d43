"""Images of one file each, as programs for strategies read them."""

from pathlib import Path

import numpy as np
from fabio.cbfimage import CbfImage
from numpy.typing import NDArray

from .frames import MASKED, SIZE
from .hdf5 import Setting


def write_cbf(path: Path, frame: NDArray[np.uint16], setting: Setting) -> None:
    """Write an image of shape (y, x) with what a detector says of it in the comments of the header."""
    counts = frame.astype(np.int32)
    counts[frame == MASKED] = -1
    lines = (
        f"Detector: {setting.detector}",
        f"Pixel_size {setting.pixel / 1000:.6e} m x {setting.pixel / 1000:.6e} m",
        f"Exposure_time {setting.exposure:.7f} s",
        f"Count_cutoff {int(MASKED) - 1} counts",
        f"Wavelength {setting.wavelength:.5f} A",
        f"Detector_distance {setting.distance / 1000:.5f} m",
        f"Beam_xy ({SIZE / 2:.2f}, {SIZE / 2:.2f}) pixels",
        f"Start_angle {setting.start:.4f} deg.",
        f"Angle_increment {setting.width:.4f} deg.",
    )
    header = {
        "_array_data.header_convention": "PILATUS_1.2",
        "_array_data.header_contents": "".join(f"# {line}\r\n" for line in lines),
    }
    CbfImage(data=counts, header=header).write(str(path))
