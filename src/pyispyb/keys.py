"""Keys of rows as they come in."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

LARGEST_KEY = 2**32 - 1
"""ISPyB's keys are unsigned numbers of four bytes at most."""


def _not_yes(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("is yes or no, where a key stands")
    return value


RowKey = Annotated[int, BeforeValidator(_not_yes), Field(ge=0, le=LARGEST_KEY)]
"""The key of a row, which may or may not exist."""
