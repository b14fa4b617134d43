"""Letters and lines shared by the pictures."""

import io
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int] | tuple[int, int, int, int]


@cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The letters that come with Pillow, so that pictures look the same on every machine."""
    return ImageFont.load_default(size=size)


def label(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, *, size: int, colour: Colour, anchor: str = "la"
) -> None:
    """Write a short text; the anchor is Pillow's, `la` for the upper left corner."""
    draw.text(place, text, fill=colour, font=font(size), anchor=anchor)


def coloured(shades: NDArray[np.uint8], tones: NDArray[np.uint8]) -> Image.Image:
    """A picture whose shades have these tones: red, green and blue of each shade, shape (n, 3)."""
    picture = Image.fromarray(shades)
    picture.putpalette(tones.tobytes())
    return picture.convert("RGB")


def thumbnail_path(path: Path) -> Path:
    """Where the thumbnail of a picture lies: beside it, with a `t` before the suffix."""
    return path.with_name(f"{path.stem}t{path.suffix}")


def save_with_thumbnail(picture: Image.Image, path: Path) -> None:
    """Save a picture and its thumbnail of half the size."""
    save(picture, path)
    save(picture.reduce(2), thumbnail_path(path))


def save(picture: Image.Image, path: Path) -> None:
    """Save as the suffix says: JPEG for photographs, PNG with few colours for drawings.

    Drawings need no thumbnail beside them: ISPyB makes one when it is first asked for.
    """
    if path.suffix == ".png":
        picture = picture.quantize(48, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    if path.suffix == ".png":
        picture.save(buffer, "PNG", compress_level=2)
    else:
        picture.save(buffer, "JPEG", quality=84)
    path.write_bytes(buffer.getvalue())
