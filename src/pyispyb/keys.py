"""Keys of rows as they come in."""

from typing import Annotated

from pydantic import Field

LARGEST_KEY = 2**32 - 1
"""ISPyB's keys are unsigned numbers of four bytes at most."""

RowKey = Annotated[int, Field(ge=0, le=LARGEST_KEY)]
"""The key of a row, which may or may not exist."""
