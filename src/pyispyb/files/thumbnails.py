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


@lru_cache(maxsize=512)
def _made(path: str, _changed: int) -> bytes:
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > LARGEST:
                raise NotFound("The recorded picture is too large to be shown.")
            picture.draft("RGB", SIZE)
            small = picture.convert("RGB")
            small.thumbnail(SIZE)
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise NotFound("The recorded file is not a readable picture.") from error
    made = io.BytesIO()
    small.save(made, "JPEG", quality=82)
    return made.getvalue()
