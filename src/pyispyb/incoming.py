"""What documents that programs and people hand in have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema
from pydantic_core.core_schema import CoreSchema
from typing_extensions import TypedDict

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


@dataclass(frozen=True, slots=True)
class PlainFirst:
    """Takes a number that is one as it is, and asks the rest of what it is annotated with about anything else only.

    For documents with hundreds of numbers: asking took longer than all else that is looked at in them. `message` says
    what is wanted instead of what was sent.
    """

    message: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Two ways to read a number, one after the other."""
        carefully = handler(source)
        number: Mapping[str, Any] = carefully
        while "schema" in number:
            number = number["schema"]
        plain: Any = {**number, "strict": True}
        either = core_schema.union_schema([plain, carefully], mode="left_to_right")
        return core_schema.custom_error_schema(either, "number", custom_error_message=self.message)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """As it is described without this."""
        either: Any = schema
        return handler(either["schema"]["choices"][1])


def what_is_said(name: str, model: type[BaseModel]) -> Any:
    """The type of a dictionary of those fields of a model that are sent, in the order of the model.

    For parts that a document has hundreds of: making an object of each, with all fields that nobody sent, takes longer
    than looking at those that somebody did. A field that is not known is refused.
    """
    kinds = get_type_hints(model, include_extras=True)
    fields = {
        field: Annotated[kinds[field], Field(description=info.description, validation_alias=info.validation_alias)]
        for field, info in model.model_fields.items()
    }
    make: Any = TypedDict  # its fields are known at run time only, which is nothing for a type checker
    said = make(name, fields, total=False)
    said.__doc__ = model.__doc__
    said.__pydantic_config__ = Incoming.model_config
    return said
