"""An image for the eye: dark spots on white, as crystallographers read them."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .frame import Counts, masked_value

GREYS = 254
GAP = 255
GAP_COLOUR = (196, 208, 224)
"""Colour of masked pixels, which no grey is."""


def png(counts: Counts, low: float, high: float, *, inverted: bool = True) -> bytes:
    """A picture whose grey goes from `low` to `high` counts; inverted, the more the darker. Masked pixels are blue."""
    # A table of 16 bits is looked up much faster than tones are computed; of wider counts the last bits are not seen.
    shift = max(int(max(high, 1)).bit_length() - 16, 0)
    short = np.minimum(counts >> shift, 2**16 - 2).astype(np.uint16)
    short[counts == masked_value(counts)] = 2**16 - 1
    tones = _tones(low / 2**shift, high / 2**shift).take(short)
    picture = Image.frombytes("P", (counts.shape[1], counts.shape[0]), tones.tobytes())
    picture.putpalette(_palette(inverted).tobytes())
    made = io.BytesIO()
    picture.save(made, "PNG", compress_level=1)
    return made.getvalue()


def _tones(low: float, high: float) -> NDArray[np.uint8]:
    """The tone of each count of 16 bits, and last that of the mask."""
    shades = (np.arange(2**16, dtype=np.float64) - low) * (GREYS / max(high - low, 1e-9))
    tones = np.clip(shades, 0, GREYS).astype(np.uint8)
    tones[-1] = GAP
    return tones


def _palette(inverted: bool) -> NDArray[np.uint8]:
    """Colours of the tones, shape (256, 3)."""
    greys = np.linspace(0, 255, GREYS + 1)
    if inverted:
        greys = greys[::-1]
    return np.concatenate([np.repeat(greys[:, None], 3, axis=1), [GAP_COLOUR]]).astype(np.uint8)
