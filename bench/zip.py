"""`python -m bench.zip`: how fast an archive of files goes out, beside reading the same files, and in how much memory.

The floor is reading the files, in the same pieces, and nothing else. The archive is timed within the process, and as a
client receives it over HTTP from a process of its own, whose memory is looked at before and afterwards. The files are
read once before, so that neither waits for the disk. Nothing is asserted.
"""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from pyispyb.reports.archive import PIECE, archive, sending
from pyispyb.reports.contents import Member
from pyispyb.serve import server_options

from .service import HOST, free_port

MEBI = 2**20
START_SECONDS = 20.0


def main(
    large: Annotated[int, typer.Option(min=1, help="Size of one large file [MiB]")] = 512,
    small: Annotated[int, typer.Option(min=0, help="Number of small files of 20 kB")] = 2000,
    rounds: Annotated[int, typer.Option(min=1, help="How often each is timed")] = 3,
) -> None:
    """Time an archive of one large file, and one of many small ones."""
    typer.echo(f"{'archive of':22} {'read':>10} {'in process':>12} {'over HTTP':>11} {'memory':>18}")
    with tempfile.TemporaryDirectory(prefix="ispyb-zip-") as folder:
        for name, sizes in ((f"1 × {large} MiB", [large * MEBI]), (f"{small} × 20 kB", [20_000] * small)):
            members = write(Path(folder) / str(len(sizes)), sizes)
            if members:
                typer.echo(line(name, members, rounds))


def line(name: str, members: list[Member], rounds: int) -> str:
    """MB/s of each way, and how much the memory of the serving process grew."""
    size = sum(member.size for member in members)

    def speed(work: Callable[[], object]) -> float:
        work()
        return size / 1e6 / median(_seconds(work) for _ in range(rounds))

    floor = speed(lambda: read(members))
    within = speed(lambda: asyncio.run(_made(members)))
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 - this program itself
        [sys.executable, "-c", f"from bench.zip import serve; serve({str(members[0].path.parent)!r}, {port})"]
    )
    try:
        _wait_for(port)
        before = _memory(process.pid)
        over_http = speed(lambda: receive(port))
        grown = _memory(process.pid) - before
    finally:
        process.terminate()
        process.wait()
    return (
        f"{name:22} {floor:5.0f} MB/s {within:7.0f} MB/s {over_http:6.0f} MB/s "
        f"{before / MEBI:6.0f} + {grown / MEBI:.1f} MiB"
    )


def write(folder: Path, sizes: list[int]) -> list[Member]:
    """Files that do not get smaller by compression."""
    folder.mkdir(parents=True)
    piece = os.urandom(MEBI)
    for number, size in enumerate(sizes):
        with (folder / f"{number:05}.mtz").open("wb") as file:
            for start in range(0, size, MEBI):
                file.write(piece[: size - start])
    return members_of(folder)


def members_of(folder: Path) -> list[Member]:
    """The files of a folder as an archive takes them."""
    return [Member(f"sample/{path.name}", path, path.stat().st_size) for path in sorted(folder.iterdir())]


def read(members: list[Member]) -> int:
    """The floor."""
    total = 0
    for member in members:
        with member.path.open("rb", buffering=0) as file:
            while piece := file.read(PIECE):
                total += len(piece)
    return total


async def _made(members: list[Member]) -> int:
    total = 0
    async for piece in sending(archive({}, members)):
        total += len(piece)
    return total


def serve(folder: str, port: int) -> None:
    """Answer with an archive of a folder, as the service does."""

    async def answer(_: Request) -> StreamingResponse:
        stream = archive({}, members_of(Path(folder)))
        return StreamingResponse(sending(stream), headers={"Content-Length": str(len(stream))})

    uvicorn.run(Starlette(routes=[Route("/", answer)]), **server_options(HOST, port))


def receive(port: int) -> int:
    """All bytes of one answer, thrown away."""
    total, buffer = 0, bytearray(MEBI)
    with socket.create_connection((HOST, port)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
        while count := connection.recv_into(buffer):
            total += count
    return total


def _memory(pid: int) -> int:
    """The most memory that a process has had [bytes]."""
    for entry in Path(f"/proc/{pid}/status").read_text().splitlines():
        if entry.startswith("VmHWM:"):
            return int(entry.split()[1]) * 1024
    return 0


def _wait_for(port: int) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        with suppress(OSError):
            socket.create_connection((HOST, port), 1).close()
            return
        time.sleep(0.05)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    typer.run(main)
