"""Carries out routes without working out for each request what they ask for.

FastAPI does so anew every time, which takes as long as asking the database who sends it. What nearly all routes ask for
is known as soon as they are declared: their own parameters, and dependencies without dependencies of their own.
Signatures stay the one place that says it. FastAPI reads and describes them, judges each value that is sent, and
carries out the few routes that ask for more.
"""

import inspect
import json
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_params_to_args
from fastapi.exceptions import HTTPException, RequestValidationError
from fastapi.params import Form
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

_PARTS = (
    ("path_params", "path_params"),
    ("query_params", "query_params"),
    ("header_params", "headers"),
    ("cookie_params", "cookies"),
)
"""Kinds of parameters, and the part of a request that has their values."""
_MADE_BY_FASTAPI = (
    "websocket_param_name",
    "http_connection_param_name",
    "response_param_name",
    "background_tasks_param_name",
    "security_scopes_param_name",
    "concurrency",
)


class Direct:
    """What a route asks for, and the route called with it."""

    def __init__(self, route: APIRoute) -> None:
        self._dependencies = [(inner.name, _Called(inner)) for inner in route.dependant.dependencies]
        self._endpoint = _Called(route.dependant)
        self._body = route.body_field

    async def answer(self, request: Request) -> Response:
        """The answer to a request. Raises RequestValidationError, and whatever the route and what it asks for raise."""
        sent = await _document(request) if self._body is not None else None
        made: dict[str, Any] = {}
        errors: list[Any] = []
        for name, dependency in self._dependencies:
            values, wrong = dependency.asked(request)
            errors += wrong
            if not wrong:
                found = await dependency.call(**values)
                if name is not None:
                    made[name] = found
        values, wrong = self._endpoint.asked(request)
        errors += wrong
        if self._body is not None:
            values[self._body.name], wrong = self._body.validate(sent, loc=("body",))
            errors += wrong
        if errors:
            raise RequestValidationError(errors, body=sent)
        response: Response = await self._endpoint.call(**made, **values)
        return response


async def _document(request: Request) -> Any:
    """What was sent: read where it is JSON, or else as it is. Raises RequestValidationError, HTTPException."""
    try:
        body = await request.body()
    except ClientDisconnect as error:
        raise HTTPException(400, "The body ends before it is whole.") from error
    if not body:
        raise RequestValidationError([{"type": "missing", "loc": ("body",), "msg": "Field required"}])
    if not _is_json(request.headers.get("content-type", "")):
        return body
    try:
        return await request.json()
    except json.JSONDecodeError as error:
        told = {"type": "json_invalid", "loc": ("body", error.pos), "msg": "", "ctx": {"error": error.msg}}
        raise RequestValidationError([told], body=error.doc) from error


def _is_json(content_type: str) -> bool:
    kind, _, more = content_type.partition(";")[0].strip().lower().partition("/")
    return kind == "application" and (more == "json" or more.endswith("+json"))


class _Called:
    """A function, and what of a request it is called with."""

    def __init__(self, dependant: Dependant) -> None:
        assert dependant.call is not None
        self.call: Callable[..., Awaitable[Any]] = dependant.call
        self._request_name = dependant.request_param_name
        self._parts = [(fields, part) for kind, part in _PARTS if (fields := getattr(dependant, kind))]
        self._headers = {field.alias.lower().encode() for field in dependant.header_params}
        self._without_headers = {field.name: field.default for field in dependant.header_params}
        self._needs_headers = any(field.field_info.is_required() for field in dependant.header_params)

    def asked(self, request: Request) -> tuple[dict[str, Any], list[Any]]:
        """Values by parameter, and what is wrong with those that were sent."""
        values: dict[str, Any] = {}
        errors: list[Any] = []
        for fields, part in self._parts:
            if part == "headers" and self._has_no_header(request):
                values |= self._without_headers
                continue
            found, wrong = request_params_to_args(fields, getattr(request, part))
            values |= found
            errors += wrong
        if self._request_name is not None:
            values[self._request_name] = request
        return values, errors

    def _has_no_header(self, request: Request) -> bool:
        """True where none of the headers was sent, nor needed: most of the time."""
        return not self._needs_headers and self._headers.isdisjoint(name for name, _ in request.headers.raw)


def direct(route: APIRoute) -> Direct | None:
    """How a route is carried out; None for one that asks for what FastAPI has to make, or to answer."""
    dependant, body = route.dependant, route.body_field
    answers = inspect.signature(route.endpoint).return_annotation
    plain = (
        (inspect.isclass(answers) and issubclass(answers, Response))
        and (body is None or (body.field_info.is_required() and not isinstance(body.field_info, Form)))
        and not route._embed_body_fields
        and _asks_little(dependant)
        and all(
            _asks_little(inner) and not inner.dependencies and not inner.body_params for inner in dependant.dependencies
        )
    )
    return Direct(route) if plain else None


def _asks_little(dependant: Dependant) -> bool:
    call: Any = dependant.call
    awaited = inspect.iscoroutinefunction(call) or inspect.iscoroutinefunction(type(call).__call__)
    return awaited and not any(getattr(dependant, name) for name in _MADE_BY_FASTAPI)
