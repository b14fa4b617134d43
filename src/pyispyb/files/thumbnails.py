"""Small versions of pictures, made when first asked for."""

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image

from ..errors import NotFound

SIZE = (360, 270)
"""Largest width and height [pixel]."""

LARGEST = 60_000_000
"""Pixels of the largest picture that is opened: a bigger one is an accident or an attack."""


def thumbnail(path: Path) -> bytes:
    """JPEG of a picture within `SIZE`. Raises NotFound for a file that is not a picture."""
    return _made(str(path), path.stat().st_mtime_ns)


def picture(path: Path | str, *, for_size: tuple[int, int] | None = None) -> Image.Image:
    """A picture in colours; a JPEG may come smaller, if it still is larger than `for_size` [pixel].

    Raises NotFound for a file that is not a picture.
    """
    try:
        with Image.open(path) as opened:
            if opened.width * opened.height > LARGEST:
                raise NotFound("The recorded picture is too large to be shown.")
            if for_size is not None:
                opened.draft("RGB", for_size)
            return opened.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise NotFound("The recorded file is not a readable picture.") from error


@lru_cache(maxsize=512)
def _made(path: str, _changed: int) -> bytes:
    small = picture(path, for_size=SIZE)
    small.thumbnail(SIZE)
    made = io.BytesIO()
    small.save(made, "JPEG", quality=82)
    return made.getvalue()
