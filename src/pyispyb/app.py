"""The one place where the house is put together."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute
from starlette_compress import CompressMiddleware

from . import __version__, page, problems
from .access import Right
from .acquisition import routes as acquisition_routes
from .admin import option_routes
from .admin import routes as admin_routes
from .admin.options import OptionCache
from .api_keys import routes as key_routes
from .api_keys.use import KeyUses
from .audit import routes as audit_routes
from .auth import oidc_routes, user_routes
from .auth import routes as auth_routes
from .auth.dependencies import INDICATING, Requirement, everyone
from .auth.plugins import LogIns
from .auth.signing_keys import SigningKeys
from .beamlines import routes as beamline_routes
from .body_limit import BodyLimit
from .collections import routes as collection_routes
from .db.database import connect
from .db.idempotency import forgetting
from .description import DescribedAPI
from .diffraction import routes as diffraction_routes
from .diffraction.reader import ImageReader
from .events import routes as event_routes
from .files.roots import FileRoots
from .gateways.py_ispyb import routes as py_ispyb_routes
from .live import routes as live_routes
from .live.watchers import Watchers
from .mx.cells import routes as cell_routes
from .mx.centring import routes as centring_routes
from .mx.files import routes as crystal_file_routes
from .mx.screening import routes as screening_routes
from .mx.spectra import routes as spectrum_routes
from .mx.structures import routes as structure_routes
from .mx.workflows import routes as workflow_routes
from .processing import routes as processing_routes
from .proposals import routes as proposal_routes
from .protection import Protection
from .reports import routes as report_routes
from .reprocessing import routes as reprocessing_routes
from .request_log import RequestLog, keep_queries_out_of_logs
from .routers import API_BASE, Addresses, Router
from .samples import routes as sample_routes
from .settings import Settings
from .sharing import routes as sharing_routes

LARGEST_BODY = 16 * 2**20
"""Bytes of the largest bulk write: indicators of 100,000 images in every column have room."""

BULK_WRITES = {
    "/datacollections/quality": INDICATING,
    "/processings/results": (Right.PROCESSING_WRITE,),
    "/processings/autoproc-container": (Right.PROCESSING_WRITE,),
    "/processings/screenings": (Right.PROCESSING_WRITE,),
    "/structures": (Right.PROCESSING_WRITE,),
}
"""Posts that may have `LARGEST_BODY`, and the rights of which their caller needs one; all others have
`settings.body_bytes`."""

STREAMS = ("/datacollections/quality/stream",)
"""Posts that go on for as long as there is something to send."""

ROUTERS: tuple[Router, ...] = (
    event_routes.router,
    proposal_routes.router,
    sample_routes.router,
    acquisition_routes.router,
    workflow_routes.router,
    collection_routes.router,
    spectrum_routes.router,
    diffraction_routes.router,
    processing_routes.router,
    crystal_file_routes.router,
    cell_routes.router,
    report_routes.router,
    screening_routes.router,
    centring_routes.router,
    structure_routes.router,
    reprocessing_routes.router,
    py_ispyb_routes.router,
    auth_routes.router,
    oidc_routes.router,
    user_routes.router,
    key_routes.router,
    beamline_routes.router,
    live_routes.router,
    sharing_routes.router,
    option_routes.router,
    admin_routes.router,
    audit_routes.router,
)

CHAPTERS = (
    "Log-in",
    "Proposals and sessions",
    "Events",
    "Data collections",
    "Processing",
    "Reprocessing",
    "Reports",
    "Characterisation",
    "Workflows",
    "Structures",
    "Samples",
    "Beamlines",
    "Live",
    "Acquisition",
    "Who sees what",
    "Options",
    "Administration",
)
"""Of the API's description, in the order in which somebody new to it reads."""

_CORS: dict[str, Any] = {
    "allow_methods": ["GET", "POST", "PATCH", "DELETE"],
    # Not the header that vouches for our own page: with a cookie another site's page can do nothing.
    "allow_headers": ["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match"],
    "expose_headers": [
        *("ETag", "Location", "Retry-After", "X-Request-ID"),
        *("X-Image-Width", "X-Image-Height", "X-Image-Type", "X-Image-Masked"),
    ],
    "allow_credentials": False,
    "max_age": 600,
}

_ERRORS = {
    status: {"model": problems.Problem, "description": description}
    for status, description in (
        (400, "The request cannot be read"),
        (401, "Nobody known is asking"),
        (403, "Visible, but not allowed"),
        (404, "Does not exist for this viewer"),
        (409, "This facility's database cannot hold that"),
        (422, "The request has a mistake; every field at fault is named"),
    )
}


def create_app(settings: Settings | None = None) -> FastAPI:
    """An ISPyB for these settings.

    Raises RuntimeError for a route that does not say who may call it, BrokenPluginError for a way of logging in that
    cannot be had.
    """
    settings = settings or Settings()
    app = DescribedAPI(
        title="ISPyB",
        version=__version__,
        summary="What was measured, and what came of it",
        docs_url=None,
        openapi_url=f"{API_BASE}/openapi.json",
        openapi_tags=[{"name": name} for name in CHAPTERS],
        redoc_url=None,
        lifespan=_lifespan,
        routes=_api_routes(),
    )
    app.state.settings = settings
    app.state.api_base = API_BASE
    app.state.log_ins = LogIns(settings.auth, API_BASE)
    app.state.file_roots = FileRoots(settings.files.roots, settings.files.session_folders)
    app.state.images = ImageReader(app.state.file_roots)
    app.router.middleware_stack = Addresses(ROUTERS, app.router.middleware_stack)
    problems.install(app)
    page.install(app, API_BASE)
    app.add_middleware(problems.Unexpected)
    app.add_middleware(CompressMiddleware, minimum_size=1000, zstd_level=3, gzip_level=4, brotli=False)
    bulk = {API_BASE + path: any_of for path, any_of in BULK_WRITES.items()}
    streams = [API_BASE + path for path in STREAMS]
    app.add_middleware(BodyLimit, most=settings.body_bytes, bulk_most=LARGEST_BODY, bulk=bulk, streams=streams)
    if settings.cors_origins:
        app.add_middleware(CORSMiddleware, **_CORS, allow_origins=settings.cors_origins)
    app.add_middleware(Protection, hsts_seconds=settings.hsts_seconds)
    app.add_middleware(RequestLog)
    keep_queries_out_of_logs()
    return app


@cache
def _api_routes() -> list[BaseRoute]:
    """The routes of every application: what they ask for is worked out once, which is most of the work of a start."""
    api = APIRouter()
    for router in ROUTERS:
        api.include_router(router, prefix=API_BASE, responses=_ERRORS)  # type: ignore[arg-type]
    check_permissions(api.routes)
    return api.routes


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    database = app.state.settings.database
    databases = await connect(
        database.url,
        pool_size=database.pool_size,
        connect_timeout=database.connect_timeout,
        statement_seconds=database.statement_seconds,
    )
    app.state.databases = databases
    app.state.watchers = Watchers(databases, app.state.settings.live)
    app.state.options = OptionCache()
    app.state.key_uses = KeyUses(databases)
    app.state.signing_keys = SigningKeys(app.state.settings.tokens)
    try:
        async with forgetting(databases):
            yield
    finally:
        await app.state.key_uses.close()
        await app.state.watchers.close()
        await app.state.log_ins.close()
        await databases.close()


def check_permissions(routes: Sequence[BaseRoute]) -> None:
    """Raises RuntimeError unless every API route declares who may call it, and by itself all that it depends on."""
    for found in iter_route_contexts(routes):
        route = found.original_route
        if not isinstance(route, APIRoute):
            continue
        if not any(map(_says_who, _dependants(route.dependant))):
            raise RuntimeError(f"{found.methods} {found.path} does not declare who may call it")
        if len(found.dependant.dependencies) > len(route.dependant.dependencies):
            raise RuntimeError(f"{found.methods} {found.path} is called without the dependencies it is included with")


def _dependants(dependant: Dependant) -> Iterator[Dependant]:
    for inner in dependant.dependencies:
        yield inner
        yield from _dependants(inner)


def _says_who(dependant: Dependant) -> bool:
    return isinstance(dependant.call, Requirement) or dependant.call is everyone
