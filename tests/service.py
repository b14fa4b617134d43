"""The application as a test talks to it: every answer is held against the model its route declares."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import TypeAdapter
from starlette.routing import compile_path

from pyispyb.app import API_BASE, create_app
from pyispyb.db.database import Database, Databases
from pyispyb.settings import Settings


class Documented(httpx.ASGITransport):
    """Passes requests to the application, and refuses answers that its documentation does not describe."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(app, raise_app_exceptions=False)
        self.application = app
        self.routes = [
            (compile_path(found.path or "")[0], found.methods or (), found.original_route)
            for found in iter_route_contexts(app.routes)
            if isinstance(found.original_route, APIRoute)
        ]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request."""
        response = await super().handle_async_request(request)
        await response.aread()
        route = self._route(request)
        if route is not None and request.method != "HEAD":
            self._check(route, response)
        return response

    def _route(self, request: httpx.Request) -> APIRoute | None:
        path = request.url.path
        for pattern, methods, route in self.routes:
            if request.method in methods and pattern.match(path):
                return route
        return None

    def _check(self, route: APIRoute, response: httpx.Response) -> None:
        if response.status_code >= 400:
            assert response.headers["content-type"] == "application/problem+json", response.text
            assert set(response.json()) == {"type", "title", "status", "detail", "errors", "request"}
            assert response.status_code != 500, response.text
        elif route.response_model is not None:
            _adapter(route.response_model).validate_python(response.json(), strict=False)


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


class Service:
    """One running application and its database."""

    def __init__(self, app: FastAPI, transport: Documented) -> None:
        self.app = app
        self.transport = transport

    @property
    def databases(self) -> Databases:
        """Its database."""
        databases: Databases = self.app.state.databases
        return databases

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """A transaction beside the application, as another program has it."""
        async with self.databases.write() as db:
            yield db

    def client(self, token: str | None = None) -> httpx.AsyncClient:
        """A client that sends a token, or none."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.AsyncClient(transport=self.transport, base_url=f"http://ispyb{API_BASE}", headers=headers)


@asynccontextmanager
async def running_service(settings: Settings) -> AsyncIterator[Service]:
    """An application between its start and its end."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield Service(app, Documented(app))
