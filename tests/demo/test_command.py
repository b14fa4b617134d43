"""`pyispyb demo` as somebody runs it: a process, a page that answers, Ctrl-C."""

import asyncio
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from pyispyb.app import API_BASE
from pyispyb.demo.people import LOGINS
from pyispyb.demo.running import _bound

WITHIN = 60
"""A loaded machine may take its time [s]."""


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "pyispyb", "demo", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def read_until(process: subprocess.Popen[str], pattern: str) -> str:
    """Output up to a line with this pattern."""
    assert process.stdout
    text, end = "", time.monotonic() + WITHIN
    while time.monotonic() < end:
        line = process.stdout.readline()
        text += line
        if re.search(pattern, line) or not line:
            return text
    return pytest.fail(f"no {pattern!r} in {text!r}")


@pytest.fixture
def port() -> int:
    return free_port()


def test_it_opens_tells_how_to_look_around_and_ends_on_ctrl_c(copied: Path, port: int):
    with started("--port", str(port), "--data-dir", str(copied), "--interval", "0.5") as process:
        text = read_until(process, "Ctrl-C")
        address = f"http://127.0.0.1:{port}"
        assert address in text
        for login in LOGINS:
            assert re.search(rf"{login.login} +{login.password} ", text)
            answer = httpx.post(
                f"{address}{API_BASE}/auth/login",
                json={"plugin": "local", "login": login.login, "password": login.password},
                timeout=20,
            )
            assert answer.status_code == 201
        offered = httpx.get(f"{address}{API_BASE}/auth/config", timeout=20).json()["demo"]["logins"]
        assert [each["login"] for each in offered] == [login.login for login in LOGINS]
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=20)
        assert "Stopping" in output
        assert "Traceback" not in output
        assert process.returncode == 0


def test_a_taken_port_is_said_before_anything_is_made(tmp_path: Path, port: int):
    arguments = ("--port", str(port), "--data-dir", str(tmp_path / "demo"))
    with closing(socket.create_server(("127.0.0.1", port))), started(*arguments) as process:
        output, _ = process.communicate(timeout=WITHIN)
    assert process.returncode == 1
    assert "--port" in output
    assert not (tmp_path / "demo").exists()


async def test_small_answers_leave_at_once():
    """Held back until the one before was heard of, each but the first on a connection would take 40 ms more."""
    at_once: asyncio.Queue[int] = asyncio.Queue()

    async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        at_once.put_nowait(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    with _bound("127.0.0.1", 0) as listener:
        async with await asyncio.start_server(serve, sock=listener) as server:
            await server.start_serving()
            _, writer = await asyncio.open_connection(*listener.getsockname())
            assert await asyncio.wait_for(at_once.get(), 10)
            writer.close()


def test_a_folder_with_other_things_is_refused(tmp_path: Path, port: int):
    (tmp_path / "thesis.txt").write_text("years of work")
    with started("--port", str(port), "--data-dir", str(tmp_path)) as process:
        output, _ = process.communicate(timeout=WITHIN)
    assert process.returncode == 1
    assert "not empty" in output
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
