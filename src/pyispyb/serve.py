"""`pyispyb serve` and `pyispyb openapi`."""

import asyncio
import gc
import logging
import sys
from typing import Annotated, Any

import orjson
import typer
import uvicorn
from fastapi import FastAPI

from .auth.plugins import BrokenPluginError
from .db.ready import NotReadyError, require_ready
from .settings import Settings

START_SECONDS = 30
"""A worker that does not answer its parent for so long is started anew."""

GRACE_SECONDS = 2
"""Open streams are told to end, and given this long."""


def server_options(host: str, port: int) -> dict[str, Any]:
    """How uvicorn runs ISPyB; the log of requests is our own."""
    return {
        "host": host,
        "port": port,
        "access_log": False,
        "log_level": "warning",
        "timeout_graceful_shutdown": GRACE_SECONDS,
        "timeout_worker_healthcheck": START_SECONDS,
        "server_header": False,
        "proxy_headers": True,
    }


def log_to_stderr(level: int = logging.INFO) -> None:
    """One line of JSON a request, and warnings, on standard error."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(message)s")
    # Found out for each line, and in none of them.
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    for noisy in ("httpx", "httpcore", "aiosqlite", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on")] = 8080,
    workers: Annotated[int, typer.Option(min=1, help="Processes")] = 1,
) -> None:
    """Serve the API and the page on the configured database."""
    settings = Settings()
    try:
        app = _application(settings)  # what is wrong is said here in a sentence, not by each worker over and over
        asyncio.run(require_ready(settings.database.url, connect_timeout=settings.database.connect_timeout))
    except (NotReadyError, BrokenPluginError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if workers > 1:
        uvicorn.run("pyispyb.serve:application", factory=True, workers=workers, **server_options(host, port))
        return
    log_to_stderr()
    uvicorn.run(_settled(app), **server_options(host, port))


def application() -> Any:
    """The application of one worker."""
    log_to_stderr()
    return _settled(_application(Settings()))


def _application(settings: Settings) -> FastAPI:
    """An application. It is loaded only now: other commands need none of it, and start in half the time."""
    from .app import create_app  # noqa: PLC0415

    return create_app(settings)


def _settled(app: FastAPI) -> FastAPI:
    """What is there for good is looked at by no garbage collection again, and a large answer waits for few of them.

    Python would look for circles among new objects after every 700; the 100,000 of a large answer have none.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    return app


def openapi() -> None:
    """Print the OpenAPI document of the service."""
    document = _application(Settings()).openapi()
    typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode())
