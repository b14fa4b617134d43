"""A whole facility on one machine, with beamlines that measure while one looks."""

import asyncio
import contextlib
import ipaddress
import logging
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import typer
import uvicorn
from uvicorn.loops.auto import auto_loop_factory

from ..app import create_app
from ..clock import local_now
from ..routers import API_BASE
from ..serve import log_to_stderr, server_options
from . import on_demand
from .accounts import PIPELINES, program_keys
from .beamline import SimulatedBeamline
from .client import Caller, Client
from .facility import FACILITY, beamline, files_root, settings
from .pace import USUAL_INTERVAL
from .people import LOGINS
from .processing.cluster import Cluster
from .processing.requests import Desk
from .schedule import RUNNING
from .setup import prepare

READY_WITHIN = 30.0
"""Longest wait for the server to answer [s]."""


def run(host: str, port: int, data_dir: Path, interval: float) -> None:
    """Show the facility until somebody ends it. Raises OSError, NotADemoFolderError."""
    with _bound(host, port) as listener, asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(_demo(listener, data_dir, interval))


def _bound(host: str, port: int) -> socket.socket:
    """A socket that nobody else can have; it does not listen yet. Raises OSError when the port is taken."""
    # As TCP by name: asyncio's own loop would else hold small answers back until the one before was heard of.
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise OSError(f"port {port} of {host} is not free; choose another one with --port") from error
    return bound


async def _demo(listener: socket.socket, data_dir: Path, interval: float) -> None:
    log_to_stderr(logging.WARNING)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await prepare(data_dir, local_now(), typer.echo)
    host, port = listener.getsockname()[:2]
    address = f"http://{_reachable(host)}:{port}"
    app = create_app(settings(data_dir, list(LOGINS)))
    on_demand.install(app)
    server = _Server(uvicorn.Config(app, **server_options(host, port)))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await _until_it_answers(f"{address}{API_BASE}/auth/config", serving)
        async with _measuring(f"{address}{API_BASE}/", data_dir, interval):
            typer.echo(_welcome(address, data_dir))
            await asyncio.wait((serving, asyncio.create_task(stop.wait())), return_when=asyncio.FIRST_COMPLETED)
            typer.echo("Stopping ...")
    finally:
        server.should_exit = True
        await serving


class _Server(uvicorn.Server):
    """A server that leaves signals to the demo: the beamlines stop first."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _until_it_answers(address: str, serving: asyncio.Task[None]) -> None:
    """Raises TimeoutError when the server does not come up."""
    async with asyncio.timeout(READY_WITHIN), httpx.AsyncClient() as http:
        while not serving.done():
            with contextlib.suppress(httpx.TransportError):
                if (await http.get(address)).status_code == httpx.codes.OK:
                    return
            await asyncio.sleep(0.1)


@contextlib.asynccontextmanager
async def _measuring(api: str, data_dir: Path, interval: float) -> AsyncIterator[None]:
    """Beamlines measure, and a cluster processes their data and what people ask for, while the context is open."""
    keys, root = program_keys(data_dir), files_root(data_dir)
    pipelines = Caller(api, key=keys[PIPELINES])
    cluster = Cluster(pipelines, interval / USUAL_INTERVAL)
    lines = [
        asyncio.create_task(Desk(pipelines, cluster, root).run()),
        *(
            asyncio.create_task(
                SimulatedBeamline(
                    beamline(name),
                    proposal,
                    Client(api, name, keys[name]),
                    root,
                    interval,
                    cluster.take,
                    cluster.centre,
                ).run()
            )
            for name, proposal in RUNNING.items()
        ),
    ]
    try:
        yield
    finally:
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        await cluster.close()


def _reachable(host: str) -> str:
    """Where a browser on this machine finds a server that listens here."""
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        return "127.0.0.1"
    return f"[{address}]" if address.version == 6 else host


def _welcome(address: str, data_dir: Path) -> str:
    """What somebody needs to look around."""
    width = max(len(login.password) for login in LOGINS)
    logins = "\n".join(f"    {login.login:<8}{login.password:<{width + 3}}{login.description}" for login in LOGINS)
    measuring = ", ".join(f"{proposal} on {name}" for name, proposal in RUNNING.items())
    return f"""
  {FACILITY} is open:   {address}

    log-in  password{" " * (width - 5)}who
{logins}

  Measuring now: {measuring}.
  API: {address}{API_BASE}/docs     Files: {data_dir.resolve()}
  Ctrl-C ends the demo; the next start goes on with the same data.
"""
