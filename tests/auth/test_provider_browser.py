"""A browser logs in at the facility's OpenID provider, and comes back to the page with cookies."""

import asyncio
import time
from datetime import timedelta
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import delete, func, select

from pyispyb.auth import oidc_keys, oidc_pending
from pyispyb.auth.dependencies import ACCESS_COOKIE, PAGE_HEADER, REFRESH_COOKIE
from pyispyb.auth.oidc_routes import PENDING_COOKIE
from pyispyb.auth.plugins.oidc import OpenIDConnect
from pyispyb.auth.settings import AttemptSettings, AuthSettings
from pyispyb.db import idempotency
from pyispyb.tables import Audit, LoginAttempt
from tests.service import Service

from .conftest import ACCOUNTS, CALLBACK, PAGE, oidc_settings, person
from .openid import OpenIDProvider, Visitor
from .test_provider_tokens import a_provider, alone, silent_server

pytestmark = pytest.mark.in_turn

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
        await refused(again, back, "expired")


# -- a way back that is tried again and again


MOST = 5


@pytest.fixture
async def few(at_provider: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    """Few tries from an address, and none before."""
    monkeypatch.setattr(at_provider.app.state.settings.auth, "attempts", AttemptSettings(tokens_per_address=MOST))
    async with at_provider.database() as db:
        await db.execute(delete(LoginAttempt))
    return at_provider


async def refusals(service: Service) -> int:
    async with service.database() as db:
        return int(await db.scalar(select(func.count()).where(Audit.action == "login.refused")))


@pytest.fixture
def redeemed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Codes that the provider is asked for."""
    finish, seen = OpenIDConnect.finish, []

    async def noting(provider: OpenIDConnect, pending: Any, answer: Any, redirect_uri: str) -> Any:
        seen.append(answer.get("code"))
        return await finish(provider, pending, answer, redirect_uri)

    monkeypatch.setattr(OpenIDConnect, "finish", noting)
    return seen


async def unopened(client: httpx.AsyncClient) -> tuple[str, dict[str, str]]:
    """An address to come back to with a state that is good, and the cookie that goes with it."""
    state = query(await start(client))["state"]
    return f"{CALLBACK}?state={state}&code=guess", {"cookie": f"{PENDING_COOKIE}={client.cookies[PENDING_COOKIE]}"}


async def test_a_state_asks_the_provider_once_however_often_it_comes(few: Service, redeemed: list[str]) -> None:
    before = await refusals(few)
    async with few.client() as client:
        back, header = await unopened(client)
    async with few.client() as anybody:
        seen = [await anybody.get(back, headers=header) for _ in range(MOST)]
        seen += await asyncio.gather(*(anybody.get(back, headers=header) for _ in range(20)))
    told = [query(answer.headers["location"])["error"] for answer in seen]
    assert told == ["refused"] + ["expired"] * (MOST - 1) + ["too-many-attempts"] * 20
    assert redeemed == ["guess"]
    assert await refusals(few) - before == 1


async def test_a_state_that_comes_many_times_at_once_asks_once(few: Service, redeemed: list[str]) -> None:
    async with few.client() as client:
        back, header = await unopened(client)
    async with few.client() as anybody:
        seen = await asyncio.gather(*(anybody.get(back, headers=header) for _ in range(MOST)))
    assert len(redeemed) == 1
    assert sorted(query(answer.headers["location"])["error"] for answer in seen) == ["expired"] * 4 + ["refused"]


async def test_new_states_do_not_help_whoever_was_refused_too_often(few: Service, redeemed: list[str]) -> None:
    before = await refusals(few)
    told = []
    for _ in range(MOST + 3):
        async with few.client() as client:
            back, header = await unopened(client)
            told.append(query((await client.get(back, headers=header)).headers["location"])["error"])
    assert told == ["refused"] * MOST + ["too-many-attempts"] * 3
    assert len(redeemed) == await refusals(few) - before == MOST


async def test_who_is_unknown_here_counts_and_who_logs_in_does_not(few: Service) -> None:
    for _ in range(MOST + 1):
        async with few.client() as client:
            assert (await client.get(await come_back(client))).headers["location"] == "/"
    told = []
    for _ in range(MOST + 1):
        async with few.client() as client:
            answer = await client.get(await come_back(client, account="nobody"))
            told.append(query(answer.headers["location"])["error"])
    assert told == ["unknown-person"] * MOST + ["too-many-attempts"]


def test_a_used_state_is_remembered_as_long_as_it_could_be_used() -> None:
    assert timedelta(seconds=oidc_pending.LIFE_SECONDS) < idempotency.KEPT


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
