"""Routes of a feature, found fast, and what is sent to them read fast."""

from collections.abc import Callable, Coroutine, Iterable
from functools import cached_property
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .db.dependencies import DatabaseAtHand
from .dependencies import refuse_unknown_query
from .direct import Direct, direct

API_BASE = "/ispyb/api/v1"

MOST_NAMES = 200_000
"""Of the fields of a document. Each that is not known is told in an answer, which takes longer than to read it."""


class SentDocument(Request):
    """A request whose JSON is read by orjson: in a fifth of the time, which counts where pipelines send all night."""

    async def json(self) -> Any:
        """What was sent. Raises json.JSONDecodeError, HTTPException."""
        body = await self.body()
        if body.count(b'":') > MOST_NAMES:
            raise HTTPException(413, f"The document has more than {MOST_NAMES:,} names: send it in parts.")
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            # NaN and half characters, which JSON does not have, are refused by the field that they stand in.
            try:
                return await super().json()
            except (ValueError, RecursionError):
                raise error from None


class Route(APIRoute):
    """A route with a database at hand, that reads what is sent to it as `SentDocument`, and answers HEAD as GET."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        handle = super().get_route_handler()

        async def handle_with_database(request: Request) -> Response:
            refuse_unknown_query(self, request)
            async with DatabaseAtHand(request):
                return await handle(SentDocument(request.scope, request.receive))

        return handle_with_database

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether it is asked; HEAD is not among its methods, which the API's description lists one by one."""
        match, found = super().matches(scope)
        return (Match.FULL if match is Match.PARTIAL and self._answers_head(scope) else match), found

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer. Raises HTTPException for a method that it does not have."""
        if scope["method"] in (self.methods or ()):
            await self._carry_out(scope, receive, send)
        elif self._answers_head(scope):
            await self._carry_out({**scope, "method": "GET"}, receive, _begun_only(send))
        else:
            raise refusal(scope)

    async def _carry_out(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._direct is None:
            await super().handle(scope, receive, send)
            return
        request = SentDocument(scope, receive, send)
        refuse_unknown_query(self, request)
        async with DatabaseAtHand(request):
            response = await self._direct.answer(request)
        await response(scope, receive, send)

    @cached_property
    def _direct(self) -> Direct | None:
        return direct(self)

    @property
    def is_direct(self) -> bool:
        """True where FastAPI is not needed to carry it out."""
        return self._direct is not None

    def _answers_head(self, scope: Scope) -> bool:
        return scope["method"] == "HEAD" and "GET" in (self.methods or ())


def _begun_only(send: Send) -> Send:
    """Sends on what answers GET, of which the server leaves out the body for HEAD: headers are those of GET.

    An answer of unknown length ends where it begins. Nobody listens to it, and it may go on for hours.
    """
    ended = False

    async def sending(message: Message) -> None:
        nonlocal ended
        if ended:
            return
        await send(message)
        if message["type"] == "http.response.start" and b"content-length" not in dict(message["headers"]):
            ended = True
            await send({"type": "http.response.body"})

    return sending


def refusal(scope: Scope) -> HTTPException:
    """Why an address of the API does not answer: there is none, or it has only other methods, which `Allow` lists."""
    path = _path(scope)
    methods: set[str] = set()
    for found in iter_route_contexts(scope["app"].routes):
        if isinstance(found.original_route, Route) and found.path_regex.match(path):
            methods |= found.methods or set()
    if not methods:
        return HTTPException(404)
    if "GET" in methods:
        methods.add("HEAD")
    allowed = ", ".join(sorted(methods))
    return HTTPException(405, f"This address answers {allowed} only.", {"Allow": allowed})


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


class Router(APIRouter):
    """Routes of a feature.

    They are not tried one after the other for a path that begins like none of them: for most requests that would take
    longer than finding out who asks.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, route_class=Route)

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        paths = [route.path for route in self.routes if isinstance(route, APIRoute)]
        assert len(paths) == len(self.routes), "a feature has routes of the API only"
        return tuple({API_BASE + "/" + path.split("/")[1] for path in paths})

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether one of the routes is asked."""
        return super().matches(scope) if _path(scope).startswith(self._beginnings) else (Match.NONE, {})


class Addresses:
    """Finds the routes of addresses that have nothing variable by these, and lets `others` look for all the rest.

    FastAPI tries one route after the other, twice: for a list or a write that takes as long as to carry it out.
    """

    def __init__(self, routers: Iterable[Router], others: ASGIApp) -> None:
        self._others = others
        self._routes = {
            (method, API_BASE + route.path): route
            for router in routers
            for route in router.routes
            if isinstance(route, Route) and route.is_direct and not route.param_convertors
            for method in route.methods or ()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out a request."""
        route = self._routes.get((scope["method"], _path(scope))) if scope["type"] == "http" else None
        if route is None:
            await self._others(scope, receive, send)
            return
        scope.update(route=route, endpoint=route.endpoint, path_params={})
        await route.handle(scope, receive, send)
