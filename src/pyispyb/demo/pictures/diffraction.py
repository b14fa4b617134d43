"""A diffraction image for the eye: dark spots on white, as crystallographers read them."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..frames import MASKED, Counts
from .ink import coloured

BLACK = 45
"""A pixel of so many photons or more is black."""
GAP = (208, 218, 230)
"""Colour of the pixels between the modules."""


def picture(counts: Counts) -> Image.Image:
    """A picture of one frame."""
    tone = np.minimum(counts, BLACK)
    tone[counts == MASKED] = BLACK + 1
    return coloured(tone.astype(np.uint8), _tones())


def _tones() -> NDArray[np.uint8]:
    """Red, green and blue of 0 … BLACK photons, and of a gap; shape (BLACK + 2, 3)."""
    dark = np.sqrt(np.arange(BLACK + 1) / BLACK)
    grey = 255 - 247 * dark**1.25
    return np.array([*np.stack([grey, grey, grey], axis=-1), GAP]).astype(np.uint8)
