"""What any route may declare."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

from .errors import FieldError, Invalid
from .problems import Problem
from .settings import Settings


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Configured = Annotated[Settings, Depends(_settings)]
"""The settings of this ISPyB."""


IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=400, description="`ETag` that the object had; refused when it has another now"),
]

STALE: dict[int | str, dict[str, Any]] = {
    412: {"model": Problem, "description": "Somebody else changed it after it was read"}
}
"""The answer of a route that takes `IfMatch` to a change of what has changed."""


def _query_names(dependant: Dependant) -> Iterator[str]:
    for field in dependant.query_params:
        model = field.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            yield from (info.alias or name for name, info in model.model_fields.items())
        else:
            yield field.alias
    for inner in dependant.dependencies:
        yield from _query_names(inner)


async def _any_query() -> None:
    """Marks a route that others decide the parameters of."""


AnyQuery = Depends(_any_query)
"""For the few addresses whose parameters are somebody else's: `known_query_only` lets all of them pass."""


_KNOWN: dict[Callable[..., Any], frozenset[str]] = {}


def _known_names(route: APIRoute) -> frozenset[str]:
    known = _KNOWN.get(route.endpoint)
    if known is None:
        known = _KNOWN[route.endpoint] = frozenset(_query_names(route.dependant))
    return known


async def known_query_only(request: Request) -> None:
    """A filter that a route does not know is refused: passing it over would answer another question.

    Raises Invalid naming each of them.
    """
    route = request.scope.get("route")
    if not isinstance(route, APIRoute) or not request.query_params:
        return
    if any(inner.call is _any_query for inner in route.dependant.dependencies):
        return
    unknown = sorted(set(request.query_params) - _known_names(route))
    if unknown:
        raise Invalid(
            f"There is no parameter {', '.join(unknown)} here.",
            *(FieldError(name, "is not a parameter of this address") for name in unknown),
        )
