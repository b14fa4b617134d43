"""A browser logs in at the facility's OpenID provider, and comes back to the page with cookies."""

import time
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from pyispyb.auth import oidc_keys, oidc_pending
from pyispyb.auth.dependencies import ACCESS_COOKIE, PAGE_HEADER, REFRESH_COOKIE
from pyispyb.auth.oidc_routes import PENDING_COOKIE
from pyispyb.auth.settings import AuthSettings
from tests.service import Service

from .conftest import ACCOUNTS, CALLBACK, PAGE, oidc_settings, person
from .openid import OpenIDProvider, Visitor
from .test_provider_tokens import a_provider, alone, silent_server

START = "/auth/oidc/keycloak/start"


def cookies(answer: httpx.Response) -> dict[str, Morsel[str]]:
    found: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        found.load(header)
    return dict(found)


def query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


async def start(client: httpx.AsyncClient, path: str = "/") -> str:
    """Where the page's browser is sent to."""
    answer = await client.get(START, params={"next": path})
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


async def come_back(client: httpx.AsyncClient, path: str = "/", account: str = "ada", *, agree: bool = True) -> str:
    """Log in at the provider; answers the address that it sends the browser back to."""
    async with Visitor(account) as visitor:
        return await visitor.log_in(await start(client, path), agree=agree)


async def test_a_browser_logs_in_and_is_where_it_wanted_to_be(at_provider: Service) -> None:
    async with at_provider.client() as client:
        back = await come_back(client, "/proposals/mx415?tab=samples#list")
        assert back.startswith(CALLBACK)
        done = await client.get(back)
        assert (done.status_code, done.headers["location"]) == (302, "/proposals/mx415?tab=samples#list")
        assert done.headers["cache-control"] == "no-store"
        user = await client.get("/user/current")
        assert user.json()["personId"] == (await person(at_provider)).personId
        assert user.json()["givenName"] == "Ada"
        assert (await client.post("/auth/refresh", json={}, headers={PAGE_HEADER: "1"})).status_code == 200


async def test_the_log_in_is_kept_as_any_other_of_the_page(at_provider: Service) -> None:
    async with at_provider.client() as client:
        set_cookies = cookies(await client.get(await come_back(client)))
    assert set(set_cookies) == {ACCESS_COOKIE, REFRESH_COOKIE, PENDING_COOKIE}
    for name in (ACCESS_COOKIE, REFRESH_COOKIE):
        assert set_cookies[name]["httponly"]
        assert set_cookies[name]["samesite"] == "strict"
    assert set_cookies[PENDING_COOKIE].value == ""


async def test_what_is_needed_on_the_way_back_is_sealed_short_lived_and_for_one_place(at_provider: Service) -> None:
    async with at_provider.client() as client:
        answer = await client.get(START)
    pending = cookies(answer)[PENDING_COOKIE]
    assert pending["httponly"]
    assert pending["samesite"] == "lax"
    assert int(pending["max-age"]) == oidc_pending.LIFE_SECONDS
    assert pending["path"].endswith("/auth/oidc")
    asked = query(answer.headers["location"])
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == CALLBACK
    assert asked["response_type"] == "code"
    for secret in ("state", "nonce"):
        assert len(asked[secret]) >= 43
        assert asked[secret] not in pending.value
    assert answer.headers["cache-control"] == "no-store"


async def test_that_cookie_travels_over_https_only_unless_told_otherwise(
    at_provider: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_provider.app.state.settings, "secure_cookies", True)
    async with at_provider.client() as client:
        assert cookies(await client.get(START))[PENDING_COOKIE]["secure"]


async def refused(client: httpx.AsyncClient, address: str, why: str) -> None:
    """Sent to the log-in page with the reason, and not logged in."""
    answer = await client.get(address)
    assert answer.status_code == 302, answer.text
    where = urlsplit(answer.headers["location"])
    assert (where.netloc, where.path, query(answer.headers["location"])["error"]) == ("", "/login", why)
    assert not {ACCESS_COOKIE, REFRESH_COOKIE} & set(cookies(answer))
    assert (await client.get("/user/current")).status_code == 401


async def test_the_way_back_of_another_browser_is_refused(at_provider: Service) -> None:
    async with at_provider.client() as attacker, at_provider.client() as victim:
        back = await come_back(attacker)
        await refused(victim, back, "expired")
        await start(victim)
        await refused(victim, back, "expired")


async def test_a_way_back_is_gone_once(at_provider: Service) -> None:
    async with at_provider.client() as client:
        back = await come_back(client)
        kept = client.cookies.get(PENDING_COOKIE)
        assert (await client.get(back)).headers["location"] == "/"
    async with at_provider.client() as again:
        await refused(again, back, "expired")
        again.cookies.set(PENDING_COOKIE, kept)
        await refused(again, back, "refused")


@pytest.mark.parametrize("cookie", ["", "x", "1.", "1.x", "1.a.b.c.d.e", "999999999.x", "x.y", "٣.x", "1" * 5000])
async def test_a_cookie_that_we_did_not_make_is_refused(at_provider: Service, cookie: str) -> None:
    async with at_provider.client() as client:
        back = await come_back(client)
        client.cookies.delete(PENDING_COOKIE)
        header = f"{PENDING_COOKIE}={cookie}".encode()
        answer = await client.get(back, headers={b"cookie": header})
        assert answer.headers["location"] == "/login?error=expired"


async def test_a_log_in_that_took_too_long_is_refused(at_provider: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oidc_pending, "LIFE_SECONDS", -1)
    async with at_provider.client() as client:
        await refused(client, await come_back(client), "expired")


@pytest.mark.parametrize(
    "change", [{"code": "another"}, {"code": ""}, {"iss": "https://evil.example.org"}, {"iss": ""}]
)
async def test_an_answer_that_is_not_the_providers_is_refused(at_provider: Service, change: dict[str, str]) -> None:
    async with at_provider.client() as client:
        back = httpx.URL(await come_back(client))
        await refused(client, str(back.copy_merge_params(change)), "refused")


async def test_an_answer_without_its_sender_is_refused_when_the_provider_names_itself(at_provider: Service) -> None:
    async with at_provider.client() as client:
        back = httpx.URL(await come_back(client))
        await refused(client, str(back.copy_remove_param("iss")), "refused")


async def test_whoever_does_not_agree_is_not_logged_in(at_provider: Service) -> None:
    async with at_provider.client() as client:
        await refused(client, await come_back(client, "/sessions", agree=False), "denied")


async def test_a_provider_may_say_more_than_we_ask(at_provider: Service) -> None:
    async with at_provider.client() as client:
        back = httpx.URL(await come_back(client)).copy_merge_params({"session_state": "x", "scope": "openid"})
        assert (await client.get(str(back))).headers["location"] == "/"


async def test_somebody_whom_ispyb_does_not_know_reads_that_on_the_log_in_page(at_provider: Service) -> None:
    async with at_provider.client() as client:
        await refused(client, await come_back(client, account="nobody"), "unknown-person")


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example.org",
        "//evil.example.org",
        "/\\evil.example.org",
        "/\t/evil.example.org",
        "\\\\evil",
        "evil",
        "",
        "javascript:alert(1)",
        " /",
        "/ispyb/api/v1/auth/logout",
        "/x\r\nSet-Cookie: a=b",
        "/" + "x" * 500,
    ],
)
async def test_only_the_page_itself_is_led_back_to(at_provider: Service, path: str) -> None:
    async with at_provider.client() as client:
        answer = await client.get(START, params={"next": path})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "next"


async def test_a_provider_that_is_not_configured_does_not_exist(at_provider: Service) -> None:
    async with at_provider.client() as client:
        for name in ("another", "local", "token"):
            assert (await client.get(f"/auth/oidc/{name}/start")).status_code == 404
            assert (await client.get(f"/auth/oidc/{name}/callback")).status_code == 404


async def test_a_page_is_told_what_to_offer(at_provider: Service, provider: OpenIDProvider) -> None:
    async with at_provider.client() as client:
        offered = (await client.get("/auth/config")).json()["plugins"]
    assert [(plugin["name"], plugin["kind"]) for plugin in offered] == [
        ("keycloak", "redirect"),
        ("local", "password"),
        ("token", "token"),
    ]
    assert offered[0]["label"] == "Facility account"
    assert offered[0]["config"] == {
        "start": "/ispyb/api/v1/auth/oidc/keycloak/start",
        "issuer": provider.issuer,
        "clientId": "ispyb",
    }
    assert "secret" not in str(offered)


async def test_the_address_of_the_page_may_be_configured(tmp_path: Path, provider: OpenIDProvider, blank: Path) -> None:
    auth = AuthSettings(oidc=[oidc_settings(provider)], public_url="https://ispyb.example.org/")
    async with alone(tmp_path, auth, blank) as service, service.client() as client:
        asked = query(await start(client))
    assert asked["redirect_uri"] == "https://ispyb.example.org/ispyb/api/v1/auth/oidc/keycloak/callback"


async def test_claims_that_are_only_told_on_request_are_asked_for(
    tmp_path: Path, provider: OpenIDProvider, blank: Path
) -> None:
    terse = a_provider(tmp_path, format="opaque", claims_in_id_token=False)
    with terse.running():
        for asked, ends in ((False, "/login?error=refused"), (True, "/")):
            folder = tmp_path / str(asked)
            auth = AuthSettings(oidc=[oidc_settings(terse, userinfo=asked)])
            async with alone(folder, auth, blank) as service, service.client() as client:
                done = await client.get(await come_back(client))
                assert done.headers["location"] == ends


async def test_a_page_whose_provider_is_down_is_told_soon(
    tmp_path: Path, provider: OpenIDProvider, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = a_provider(tmp_path)
    auth = AuthSettings(oidc=[oidc_settings(failing)])
    async with alone(tmp_path, auth, blank) as service, service.client() as client:
        begin = time.monotonic()
        with silent_server(failing.port):
            answer = await client.get(START, params={"next": "/sessions"})
        assert time.monotonic() - begin < 2
        assert answer.headers["location"] == "/login?error=unavailable&next=%2Fsessions"
        with failing.running():
            back = await come_back(client)
        answer = await client.get(back)
        assert answer.headers["location"] == "/login?error=unavailable"
        # That it answered a while ago does not send anybody to an error of their browser's.
        assert (await client.get(START)).headers["location"].startswith(failing.issuer)
        monkeypatch.setattr(oidc_keys, "ALIVE_SECONDS", 0)
        assert (await client.get(START)).headers["location"] == "/login?error=unavailable"


async def test_a_secret_that_the_provider_does_not_take_lets_nobody_in(
    tmp_path: Path, provider: OpenIDProvider, blank: Path
) -> None:
    auth = AuthSettings(oidc=[oidc_settings(provider, client_secret="wrong")])
    async with alone(tmp_path, auth, blank) as service, service.client() as client:
        await refused(client, await come_back(client), "refused")


def test_the_accounts_of_the_tests_are_as_the_tests_say() -> None:
    known: Any = ACCOUNTS["ada"]
    assert known["preferred_username"].lower() != known["preferred_username"]
    assert CALLBACK.startswith(PAGE)
