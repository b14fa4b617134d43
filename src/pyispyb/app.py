"""The one place where the house is put together."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, Depends, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette_compress import CompressMiddleware

from . import __version__, page, problems
from .acquisition import routes as acquisition_routes
from .auth import routes as auth_routes
from .auth.dependencies import Requirement, everyone
from .beamlines import routes as beamline_routes
from .body_limit import BodyLimit
from .collections import routes as collection_routes
from .db.database import connect
from .db.idempotency import forget_old
from .dependencies import known_query_only
from .events import routes as event_routes
from .files.roots import FileRoots
from .live import routes as live_routes
from .live.watcher import Watchers
from .proposals import routes as proposal_routes
from .request_log import RequestLog
from .samples import routes as sample_routes
from .settings import Settings

API_BASE = "/ispyb/api/v1"

LARGEST_BODY = 16 * 2**20
"""Bytes of the largest request: indicators of 100,000 images in every column have room."""

ROUTERS: tuple[APIRouter, ...] = (
    auth_routes.router,
    proposal_routes.router,
    event_routes.router,
    acquisition_routes.router,
    collection_routes.router,
    beamline_routes.router,
    sample_routes.router,
    live_routes.router,
)

_ERRORS = {
    status: {"model": problems.Problem, "description": description}
    for status, description in (
        (401, "Nobody known is asking"),
        (403, "Visible, but not allowed"),
        (404, "Does not exist for this viewer"),
        (422, "The request has a mistake; every field at fault is named"),
    )
}


def create_app(settings: Settings | None = None) -> FastAPI:
    """An ISPyB for these settings. Raises RuntimeError for a route that does not say who may call it."""
    settings = settings or Settings()
    app = FastAPI(
        title="ISPyB",
        version=__version__,
        summary="What was measured, and what came of it",
        docs_url=None,
        openapi_url=f"{API_BASE}/openapi.json",
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.api_base = API_BASE
    app.state.file_roots = FileRoots(settings.files.roots)
    problems.install(app)
    for router in ROUTERS:
        app.include_router(router, prefix=API_BASE, responses=_ERRORS, dependencies=[Depends(known_query_only)])  # type: ignore[arg-type]
    check_permissions(app)
    page.install(app, API_BASE)
    app.add_middleware(CompressMiddleware, minimum_size=1000, zstd_level=3, gzip_level=4, brotli=False)
    app.add_middleware(BodyLimit, most=LARGEST_BODY)
    app.add_middleware(RequestLog)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    database = app.state.settings.database
    databases = await connect(database.url, pool_size=database.pool_size, connect_timeout=database.connect_timeout)
    async with databases.write() as db:
        await forget_old(db)
    app.state.databases = databases
    app.state.watchers = Watchers(databases, app.state.settings.live)
    try:
        yield
    finally:
        await app.state.watchers.close()
        await databases.close()


def check_permissions(app: FastAPI) -> None:
    """Raises RuntimeError unless every API route declares who may call it."""
    for found in iter_route_contexts(app.routes):
        route = found.original_route
        if isinstance(route, APIRoute) and not any(map(_says_who, _dependants(route.dependant))):
            raise RuntimeError(f"{found.methods} {found.path} does not declare who may call it")


def _dependants(dependant: Dependant) -> Iterator[Dependant]:
    for inner in dependant.dependencies:
        yield inner
        yield from _dependants(inner)


def _says_who(dependant: Dependant) -> bool:
    return isinstance(dependant.call, Requirement) or dependant.call is everyone
