"""Keys of rows as they come in."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

LARGEST_KEY = 2**32 - 1
"""ISPyB's keys are unsigned numbers of four bytes at most."""


def not_yes(value: Any) -> Any:
    """The value; raises ValueError for yes and no, which Python takes for 1 and 0."""
    if isinstance(value, bool):
        raise ValueError("is yes or no, where a number stands")
    return value


RowKey = Annotated[int, BeforeValidator(not_yes), Field(ge=0, le=LARGEST_KEY)]
"""The key of a row, which may or may not exist."""
