"""Whatever is valid, made up from the models themselves: any of their fields, with values within their bounds."""

from typing import Any

from annotated_types import Ge, Gt, Le, Lt, MaxLen
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

LARGEST = 30_000
"""Every column of whole numbers that ISPyB has for these holds as much."""


def fields(model: type[BaseModel], *without: str) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the fields of a model; of those that must be there, all."""
    needed, others = {}, {}
    for name, field in model.model_fields.items():
        if name not in without:
            (needed if field.is_required() else others)[name] = _values(field)
    return st.fixed_dictionaries(needed, optional=others)


def _values(field: FieldInfo) -> st.SearchStrategy[Any]:
    kind = str(field.annotation)
    bounds = {type(each): each for each in _metadata(field)}
    if "bool" in kind:
        return st.booleans()
    if "str" in kind:
        longest = bounds[MaxLen].max_length if MaxLen in bounds else 20
        return st.text("abcäß °%", min_size=1, max_size=min(longest, 20)).filter(str.strip).map(str.strip)
    low = float(bounds[Ge].ge) if Ge in bounds else float(bounds[Gt].gt) + 0.25 if Gt in bounds else -4096.0
    high = float(bounds[Le].le) if Le in bounds else float(bounds[Lt].lt) - 0.25 if Lt in bounds else LARGEST
    if "int" in kind:
        return st.integers(max(int(low), 0), int(min(high, LARGEST)))
    # Quarters are kept by a FLOAT of any database as they are.
    return st.integers(int(low * 4), int(min(high, 4096.0) * 4)).map(lambda number: number / 4)


def _metadata(field: FieldInfo) -> list[Any]:
    """Bounds of a field, and those within a type that may be null."""
    within = [each for kind in getattr(field.annotation, "__args__", ()) for each in getattr(kind, "__metadata__", ())]
    found = [*field.metadata, *within]
    return found + [each for info in found if isinstance(info, FieldInfo) for each in info.metadata]
