"""What documents that programs and people hand in have in common."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from .keys import not_yes
from .proposals.schemas import LocalTimeIn


class Incoming(BaseModel):
    """A field that is not known is refused: a mistyped one would be lost without a word. So is what is no number."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


def none_if_blank(value: Any) -> Any:
    """None for an empty text."""
    return None if isinstance(value, str) and not value.strip() else value


BlankIsNone = BeforeValidator(none_if_blank)
"""Programs write an empty text for what they do not know."""

BlankOrNumber = BeforeValidator(lambda value: none_if_blank(not_yes(value)))
"""The same before a number, which yes or no is none."""

Number = Annotated[float | None, BlankOrNumber]
Time = Annotated[LocalTimeIn | None, BlankIsNone]
