"""The simulated facility as a visitor starts it, and a browser to look at it with."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import missing

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 120

expect.set_options(timeout=15_000)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def facility(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running demo that measures every few seconds: one for all test processes, the last one ends it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with _alone(shared) as running:
        if not running.exists():
            running.write_bytes(orjson.dumps(_start(shared / "demo") | {"users": 0}))
        facts = _count(running, +1)
    yield facts["address"]
    with _alone(shared) as running:
        if _count(running, -1)["users"] == 0:
            running.unlink()
            _end(facts["address"], facts["pid"])


@contextmanager
def _alone(shared: Path) -> Iterator[Path]:
    """Hold off other test processes; gives the file that says what runs."""
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield shared / "demo.json"


def _count(running: Path, more: int) -> dict[str, Any]:
    facts: dict[str, Any] = orjson.loads(running.read_bytes())
    facts["users"] += more
    running.write_bytes(orjson.dumps(facts))
    return facts


_running: list["subprocess.Popen[bytes]"] = []
"""What this test process started; it may go on when the tests here are over."""


def _start(folder: Path) -> dict[str, Any]:
    folder.mkdir()
    address = f"http://127.0.0.1:{(port := _free_port())}"
    command = [sys.executable, "-m", "pyispyb", "demo", "--port", str(port), "--data-dir", str(folder / "data")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ISPYB_")}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([*command, "--interval", "4"], stdout=log, stderr=log, env=environment, cwd=folder)
    _running.append(process)
    wait_until_up(address, process, folder / "log")
    return {"address": address, "pid": process.pid}


def _end(address: str, process: int) -> None:
    """End the demo, which may be the child of another test process."""
    os.kill(process, signal.SIGINT)
    for _ in range(200):
        try:
            httpx.get(address)
        except httpx.HTTPError:
            break
        time.sleep(0.1)
    else:
        raise AssertionError("the demo does not end")
    for started in _running:
        started.wait(timeout=20)


def wait_until_up(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait for a service that was just started; fails with its log when it does not answer."""
    for _ in range(START_SECONDS * 5):
        assert process.poll() is None, log.read_text()
        try:
            if httpx.get(f"{address}/ispyb/api/v1/auth/config").status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    pytest.fail(f"it did not start within {START_SECONDS} s: {log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless browser of the system."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        missing("Chromium", "apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a visitor who was never here; its errors, and what its policy forbids, fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    context.close()
    assert not errors


@pytest.fixture
def log_in(page: Page, facility: str) -> Callable[..., Page]:
    """Log in as one of the demo's people and go somewhere."""

    def go(login: str, path: str = "/", password: str | None = None) -> Page:
        page.goto(f"{facility}{path}")
        form = page.get_by_test_id("login-form")
        form.locator("input").nth(0).fill(login)
        form.locator("input").nth(1).fill(password or f"demo-{login}")
        form.locator("button[type=submit]").click()
        return page

    return go
