"""The simulated facility as a visitor starts it, and a browser to look at it with."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.conftest import missing

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 240

expect.set_options(timeout=30_000)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def facility(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running demo that measures every few seconds."""
    folder = tmp_path_factory.mktemp("demo")
    address = f"http://127.0.0.1:{(port := _free_port())}"
    command = [sys.executable, "-m", "pyispyb", "demo", "--port", str(port), "--data-dir", str(folder / "data")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ISPYB_")}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([*command, "--interval", "4"], stdout=log, stderr=log, env=environment, cwd=folder)
        try:
            wait_until_up(address, process, folder / "log")
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


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
    """A page of a visitor who was never here; its errors, and what its policy forbids, fail the test.

    So do errors that the page caught and told of, but for answers of the service that it was refused or did not get.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if _is_error(said) else None)
    yield opened
    context.close()
    assert not errors


def _is_error(said: ConsoleMessage) -> bool:
    return said.type == "error" and not said.text.startswith(("Failed to load resource", "ApiError"))


def log_in_on(page: Page, facility: str, login: str, path: str, password: str | None = None) -> Page:
    """Log in as one of the demo's people, on any page of a browser, and go somewhere."""
    page.goto(f"{facility}{path}")
    form = page.get_by_test_id("login-form")
    form.locator("input").nth(0).fill(login)
    form.locator("input").nth(1).fill(password or f"demo-{login}")
    form.locator("button[type=submit]").click()
    return page


@pytest.fixture
def log_in(page: Page, facility: str) -> Callable[..., Page]:
    """Log in as one of the demo's people and go somewhere."""

    def go(login: str, path: str = "/", password: str | None = None) -> Page:
        return log_in_on(page, facility, login, path, password)

    return go


@pytest.fixture(scope="session")
def pipeline(facility: str) -> Iterator[httpx.Client]:
    """A pipeline of its own, which may hand in what it makes of the data of every beamline."""
    with httpx.Client(base_url=f"{facility}/ispyb/api/v1") as client:
        token = client.post("/auth/login", json={"login": "admin", "password": "demo-admin"}).json()["token"]
        lines = ["BL1-MX", "BL2-MX", "BL3-MICRO"]
        wanted = {"name": "e2e-pipeline", "scopes": ["read", "processing:write"], "beamLines": lines}
        made = client.post("/admin/keys", json=wanted, headers={"Authorization": f"Bearer {token}"})
        client.headers["Authorization"] = f"Bearer {made.raise_for_status().json()['secret']}"
        yield client
