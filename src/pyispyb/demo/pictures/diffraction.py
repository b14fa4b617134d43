"""A diffraction image for the eye: dark spots on white, as crystallographers read them."""

import numpy as np
from PIL import Image

from ..frames import MASKED, Counts

GAP = (208, 218, 230)


def picture(counts: Counts) -> Image.Image:
    """A picture of one frame; a pixel of 45 photons or more is black."""
    dark = np.sqrt(np.minimum(counts, 45) / 45.0)
    grey = (255 - 247 * dark**1.25).astype(np.uint8)
    tones = np.stack([grey, grey, grey], axis=-1)
    tones[counts == MASKED] = GAP
    return Image.fromarray(tones, "RGB")
