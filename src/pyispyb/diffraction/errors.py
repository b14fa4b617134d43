"""What can be wrong with an image file."""

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import UnreadableFile


@contextmanager
def told_as_unreadable(what: str) -> Iterator[None]:
    """Whatever a library says of a damaged file becomes one UnreadableFile: its words may hold paths."""
    try:
        yield
    except (OSError, RuntimeError, ValueError, KeyError, IndexError, TypeError, ArithmeticError, MemoryError) as error:
        raise UnreadableFile(f"{what} is damaged, cut short, or still being written.") from error
