"""What any route may declare."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Annotated, Any, get_args, get_origin

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


def _query_parameters(dependant: Dependant) -> Iterator[tuple[str, Any]]:
    """Names of parameters, and what they are read as."""
    for field in dependant.query_params:
        model = field.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            yield from ((info.alias or name, info.annotation) for name, info in model.model_fields.items())
        else:
            yield field.alias, model
    for inner in dependant.dependencies:
        yield from _query_parameters(inner)


def _takes_many(annotation: Any) -> bool:
    """True for a list, also where there may be none."""
    return get_origin(annotation) is list or any(map(_takes_many, get_args(annotation)))


async def _any_query() -> None:
    """Marks a route that others decide the parameters of."""


AnyQuery = Depends(_any_query)
"""For the few addresses whose parameters are somebody else's: `refuse_unknown_query` lets all of them pass."""


_KNOWN: dict[Callable[..., Any], dict[str, bool]] = {}


def _known_parameters(route: APIRoute) -> dict[str, bool]:
    """Parameters of a route, and whether there may be several of each."""
    known = _KNOWN.get(route.endpoint)
    if known is None:
        parameters = _query_parameters(route.dependant)
        known = _KNOWN[route.endpoint] = {name: _takes_many(annotation) for name, annotation in parameters}
    return known


def refuse_unknown_query(route: APIRoute, request: Request) -> None:
    """A filter that a route does not know is refused, and a second value where one counts: passing it over would answer
    another question.

    Raises Invalid naming each of them.
    """
    if not request.query_params:
        return
    if any(inner.call is _any_query for inner in route.dependant.dependencies):
        return
    known = _known_parameters(route)
    times = Counter(name for name, _ in request.query_params.multi_items())
    wrong = dict.fromkeys(times.keys() - known.keys(), "is not a parameter of this address")
    for name, count in times.items():
        if count > 1 and known.get(name) is False:
            wrong[name] = "is there more than once, and has one value"
    if wrong:
        fields = [FieldError(name, wrong[name]) for name in sorted(wrong)]
        raise Invalid("; ".join(f"{field.path} {field.message}" for field in fields), *fields)
