"""A browser logs in at a certified OpenID provider on another site, and comes back to the page."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Page, expect

from pyispyb.auth import oidc_keys
from tests.auth.conftest import ACCOUNTS
from tests.auth.openid import CLIENT, SECRET, OpenIDProvider, ProviderMissingError
from tests.conftest import missing
from tests.servers import free_port

from .conftest import wait_until_up

SETTINGS = """
facility = "Example Light Source"
secure_cookies = false
[database]
url = "sqlite+aiosqlite:///{folder}/ispyb.sqlite"
[auth.persons]
create = true
[[auth.oidc]]
name = "keycloak"
label = "Example ID"
issuer = "{issuer}"
client_id = "{client}"
client_secret = "{secret}"
"""


@dataclass
class Site:
    """A facility's ISPyB, and its provider."""

    address: str
    provider: OpenIDProvider


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An ISPyB at `localhost` whose people log in at 127.0.0.1: for a browser two sites."""
    folder = tmp_path_factory.mktemp("site")
    address = f"http://localhost:{(port := free_port())}"
    callback = f"{address}/ispyb/api/v1/auth/oidc/keycloak/callback"
    provider = OpenIDProvider(folder, [callback], accounts=ACCOUNTS)
    config = folder / "ispyb.toml"
    config.write_text(SETTINGS.format(folder=folder, issuer=provider.issuer, client=CLIENT, secret=SECRET))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ISPYB_")}
    environment["ISPYB_CONFIG"] = str(config)
    ispyb = [sys.executable, "-m", "pyispyb"]
    subprocess.run([*ispyb, "db", "create"], check=True, env=environment, cwd=folder, capture_output=True)
    with (folder / "log").open("w") as log:
        serve = [*ispyb, "serve", "--port", str(port)]
        process = subprocess.Popen(serve, stdout=log, stderr=log, env=environment, cwd=folder)
        try:
            wait_until_up(f"http://127.0.0.1:{port}", process, folder / "log")
            yield Site(address, provider)
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def running(site: Site) -> Iterator[None]:
    """The provider answers."""
    try:
        with site.provider.running():
            yield
    except ProviderMissingError as error:
        missing("The OpenID provider", str(error))


def at_provider(page: Page, account: str) -> None:
    """Fill the provider's forms: who one is, and that ISPyB may know."""
    page.locator("input[name=login]").fill(account)
    page.locator("input[name=password]").fill("any")
    page.locator("button[type=submit]").click()
    page.locator("button[type=submit]").click()


@pytest.mark.usefixtures("running")
def test_a_person_logs_in_at_the_provider_and_is_where_they_wanted_to_be(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/proposals")
    page.get_by_role("link", name="Log in with Example ID").click()
    page.wait_for_url(f"{site.provider.issuer}/**")
    at_provider(page, "ada")
    page.wait_for_url(f"{site.address}/proposals")
    expect(page.get_by_test_id("login-form")).to_have_count(0)
    user = page.evaluate("fetch('/ispyb/api/v1/user/current').then(answer => answer.json())")
    assert (user["login"], user["familyName"]) == ("Ada-At-Provider", "Provided")
    page.reload()
    expect(page).to_have_url(f"{site.address}/proposals")
    assert page.evaluate("document.cookie") == ""


@pytest.mark.usefixtures("running")
def test_whoever_changes_their_mind_reads_so_on_the_log_in_page(site: Site, page: Page) -> None:
    page.goto(site.address)
    page.get_by_role("link", name="Log in with Example ID").click()
    page.get_by_text("Cancel").click()
    expect(page.get_by_role("alert")).to_contain_text("cancelled")
    expect(page.get_by_role("link", name="Log in with Example ID")).to_be_visible()


def test_a_provider_that_is_away_is_told_on_the_log_in_page(site: Site, page: Page) -> None:
    with pytest.raises(httpx.ConnectError):
        httpx.get(site.provider.issuer)
    time.sleep(oidc_keys.ALIVE_SECONDS)
    page.goto(site.address)
    page.get_by_role("link", name="Log in with Example ID").click()
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
