"""Letters and lines shared by the pictures."""

import io
from functools import cache
from pathlib import Path

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


def thumbnail_path(path: Path) -> Path:
    """Where the thumbnail of a picture lies: beside it, with a `t` before the suffix."""
    return path.with_name(f"{path.stem}t{path.suffix}")


def save_with_thumbnail(picture: Image.Image, path: Path) -> None:
    """Save a picture and its thumbnail of half the size."""
    save(picture, path)
    save(picture.reduce(2), thumbnail_path(path))


def save(picture: Image.Image, path: Path) -> None:
    """Save as the suffix says: JPEG for photographs, PNG with few colours for drawings."""
    if path.suffix == ".png":
        picture = picture.quantize(48, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    if path.suffix == ".png":
        picture.save(buffer, "PNG", compress_level=4)
    else:
        picture.save(buffer, "JPEG", quality=84)
    path.write_bytes(buffer.getvalue())
