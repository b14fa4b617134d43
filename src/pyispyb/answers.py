"""How answers leave: rows straight to JSON, in the shape that the declared model documents."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any, Generic, TypeVar

import orjson
from fastapi import Response
from pydantic import BaseModel, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core.core_schema import CoreSchema

Item = TypeVar("Item")

_OPTIONS = orjson.OPT_OMIT_MICROSECONDS


class Listed(BaseModel, Generic[Item]):
    """One page of a list."""

    total: int | None = Field(description="Rows in the whole list; null where counting would be dear: `total=exact`")
    results: list[Item] = Field(description="The rows of this page")
    skip: int = Field(description="Rows passed over")
    limit: int = Field(description="Most rows of a page")
    next: str | None = Field(description="Cursor of the next page for `after`; null on the last one")


_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


class Told(BaseModel):
    """Fields that are sent too, as they are told: without bounds, as databases keep what nobody may send any more."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """A client made of the description would stumble over such a number."""
        described = handler(schema)
        for field in handler.resolve_ref_schema(described).get("properties", {}).values():
            for kind in (field, *field.get("anyOf", ())):
                for bound in _BOUNDS:
                    kind.pop(bound, None)
        return described


def answer(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """An answer of rows, mappings and lists, or of JSON already made."""
    body = content if isinstance(content, bytes) else to_json(content)
    return Response(body, status_code=status, media_type="application/json", headers=headers)


def to_json(content: Any) -> bytes:
    """JSON of rows, mappings and lists: naive times in ISO seconds, NaN as null."""
    try:
        return orjson.dumps(content, default=_plain, option=_OPTIONS)
    except orjson.JSONEncodeError:
        # Keys that are no texts, which few answers have: looking at each key takes half as long again.
        return orjson.dumps(content, default=_plain, option=_OPTIONS | orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    """What orjson does not know: stored bytes as hexadecimal, decimal numbers as JSON numbers.

    MariaDB answers decimals where unsigned and signed columns, or NULL, meet in a union or COALESCE.
    """
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    raise TypeError(f"{type(value).__name__} has no place in an answer")


def taking(keys: Sequence[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """What takes the values at these places or keys from a row or mapping, faster than one by one."""
    if len(keys) > 1:
        return itemgetter(*keys)
    return lambda row: tuple(row[key] for key in keys)


def listed(
    rows: list[Any], *, limit: int, skip: int = 0, total: int | None = None, after: str | None = None
) -> dict[str, Any]:
    """The content of a page, as `Listed` documents it."""
    return {"total": total, "results": rows, "skip": skip, "limit": limit, "next": after}
