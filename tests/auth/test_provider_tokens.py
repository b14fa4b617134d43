"""Programs such as MXCuBE log people in with an access token of the facility's OpenID provider."""

import base64
import hmac
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from pyispyb.auth import oidc_keys
from pyispyb.auth.providers import one_line
from pyispyb.auth.settings import AuthSettings
from pyispyb.db.writes import insert_row
from pyispyb.tables import Person
from tests.service import Service, running_service

from .conftest import ACCOUNTS, CALLBACK, LOGIN, copy_of, oidc_settings, person, with_auth
from .openid import CLIENT, OpenIDProvider, access_token, new_key

pytestmark = pytest.mark.in_turn


async def bring(service: Service, token: str, plugin: str = "keycloak") -> httpx.Response:
    """Log in with a token, as MXCuBE does."""
    async with service.client() as client:
        return await client.post("/auth/login", json={"plugin": plugin, "login": "whatever", "token": token})


def ours(**claims: Any) -> dict[str, Any]:
    """Claims of somebody whom ISPyB knows."""
    return {"preferred_username": LOGIN, **claims}


async def test_a_token_of_the_provider_logs_its_person_in(at_provider: Service, provider: OpenIDProvider) -> None:
    answer = await bring(at_provider, await access_token(provider, "ada"))
    assert answer.status_code == 201, answer.text
    known = await person(at_provider)
    assert answer.json()["personId"] == known.personId
    assert (known.givenName, known.familyName, known.emailAddress) == ("Ada", "Provided", "ada@example.org")
    async with at_provider.client(answer.json()["token"]) as client:
        assert (await client.get("/user/current")).json()["personId"] == known.personId


async def test_somebody_whom_ispyb_does_not_know_is_told_so(at_provider: Service, provider: OpenIDProvider) -> None:
    answer = await bring(at_provider, await access_token(provider, "nobody"))
    assert answer.status_code == 401
    assert "knows nobody by your name" in answer.json()["detail"]


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({}, id="as usual"),
        pytest.param({"aud": ["urn:somebody", "urn:ispyb"]}, id="one of several audiences"),
        pytest.param({"exp": int(time.time()) + 3600 * 24 * 365}, id="for a long time"),
        pytest.param({"typ": "Bearer"}, id="as Keycloak marks access tokens"),
        pytest.param({"typ": "Bearer", "nonce": "abc"}, id="as Keycloak before 25 marks them"),
        pytest.param({"nbf": int(time.time()) - 5}, id="valid since a moment"),
    ],
)
async def test_a_good_token_is_taken(at_provider: Service, provider: OpenIDProvider, claims: dict[str, Any]) -> None:
    answer = await bring(at_provider, provider.token(**ours(**claims)))
    assert answer.status_code == 201, answer.text


WRONG: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example.org"},
    "no issuer": {"iss": None},
    "the issuer with a slash": {"iss": "{issuer}/"},
    "another audience": {"aud": "urn:somebody"},
    "our audience as part of another": {"aud": "urn:ispyb:other"},
    "no audience": {"aud": None},
    "an audience that is no text": {"aud": {"urn:ispyb": True}},
    "expired": {"exp": int(time.time()) - 3600},
    "expired a little longer ago than clocks differ": {"exp": int(time.time()) - 31},
    "no expiry": {"exp": None},
    "an expiry that is no number": {"exp": "never"},
    "an expiry that nothing reaches": {"exp": float("nan")},
    "not yet valid": {"nbf": int(time.time()) + 3600},
    "made in the future": {"iat": int(time.time()) + 3600},
    "no subject": {"sub": None},
    "no login": {"preferred_username": None},
    "an empty login": {"preferred_username": " "},
    "a login with a blank behind it": {"preferred_username": f"{LOGIN} "},
    "a login with a blank before it": {"preferred_username": f" {LOGIN}"},
    "a login with a blank of another kind": {"preferred_username": f"\u00a0{LOGIN}"},
    "a login with a line's end": {"preferred_username": f"{LOGIN}\n"},
    "a login with a letter that cannot be seen": {"preferred_username": f"{LOGIN}\u200b"},
    "a login that is no text": {"preferred_username": ["ada"]},
    "an ID token": {"typ": "ID"},
    "an ID token by its access token": {"at_hash": "abc"},
    "an ID token by its code": {"c_hash": "abc"},
    "an ID token by its state": {"s_hash": "abc"},
    "an ID token by its nonce": {"nonce": "abc"},
    "an ID token of Keycloak by its nonce": {"typ": "ID", "nonce": "abc"},
    "an ID token that calls itself otherwise": {"typ": "Bearer", "at_hash": "abc"},
    "a type that is no text": {"typ": ["Bearer"]},
    "a refresh token": {"typ": "Refresh"},
    "a log-out token": {"events": {"http://schemas.openid.net/event/backchannel-logout": {}}},
    "bound to a key": {"cnf": {"jkt": "abc"}},
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_token_with_wrong_claims_is_refused(at_provider: Service, provider: OpenIDProvider, name: str) -> None:
    claims = {
        key: value.format(issuer=provider.issuer) if isinstance(value, str) else value
        for key, value in WRONG[name].items()
    }
    refused(await bring(at_provider, provider.token(**ours(**claims))))


def refused(answer: httpx.Response) -> None:
    """Refused in the words of any other log-in that is not right."""
    assert answer.status_code == 401, answer.text
    assert answer.json()["detail"] == "The name, password or token is not right."


def part(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(content)).rstrip(b"=").decode()


async def test_a_token_without_signature_is_refused(at_provider: Service, provider: OpenIDProvider) -> None:
    good = provider.token(**ours())
    _, payload, signature = good.split(".")
    for algorithm in ("none", "None", "NONE", ""):
        head = part({"alg": algorithm, "kid": provider.key.kid})
        for rest in ("", signature):
            refused(await bring(at_provider, f"{head}.{payload}.{rest}"))
    refused(await bring(at_provider, f"{good.rpartition('.')[0]}."))


async def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(
    at_provider: Service, provider: OpenIDProvider
) -> None:
    _, payload, _ = provider.token(**ours()).split(".")
    public = provider.key.as_pem(private=False)
    for secret in (public, public.strip(), orjson.dumps(provider.key.as_dict(private=False))):
        signed = f"{part({'alg': 'HS256', 'kid': provider.key.kid, 'typ': 'at+jwt'})}.{payload}"
        mac = base64.urlsafe_b64encode(hmac.digest(secret, signed.encode(), "sha256")).rstrip(b"=").decode()
        refused(await bring(at_provider, f"{signed}.{mac}"))


async def test_a_token_of_another_key_is_refused(at_provider: Service, provider: OpenIDProvider) -> None:
    other = new_key(str(provider.key.kid))
    refused(await bring(at_provider, provider.token(other, **ours())))
    refused(await bring(at_provider, provider.token(other, {"kid": "of somebody else"}, **ours())))
    # A key that the token itself brings, or says where to get, is not asked.
    brought = {"jwk": other.as_dict(private=False)}
    refused(await bring(at_provider, provider.token(other, brought, **ours())))
    refused(await bring(at_provider, provider.token(other, {"jku": "https://evil.example.org/keys"}, **ours())))


async def test_a_signature_of_a_kind_that_is_not_configured_is_refused(
    at_provider: Service, provider: OpenIDProvider
) -> None:
    refused(await bring(at_provider, provider.token(header={"alg": "RS512"}, **ours())))


async def test_a_changed_token_is_refused(at_provider: Service, provider: OpenIDProvider) -> None:
    head, payload, signature = provider.token(**ours()).split(".")
    changed = orjson.loads(base64.urlsafe_b64decode(payload + "=="))
    refused(await bring(at_provider, f"{head}.{part(changed | {'preferred_username': 'root'})}.{signature}"))


@pytest.mark.parametrize("typ", ["JWT", "at+jwt", "application/at+jwt", "AT+JWT"])
async def test_types_of_access_tokens_are_taken(at_provider: Service, provider: OpenIDProvider, typ: str) -> None:
    assert (await bring(at_provider, provider.token(header={"typ": typ}, **ours()))).status_code == 201


@pytest.mark.parametrize("typ", ["logout+jwt", "dpop+jwt", "secevent+jwt"])
async def test_other_types_are_refused(at_provider: Service, provider: OpenIDProvider, typ: str) -> None:
    refused(await bring(at_provider, provider.token(header={"typ": typ}, **ours())))


@pytest.mark.parametrize(
    "token", ["", ".", "..", "...", "a.b.c", "e30.e30.", "opaque", "two words", "ümläut", "line\nfeed", "x" * 9999]
)
async def test_a_text_that_is_no_token_is_refused(at_provider: Service, token: str) -> None:
    refused(await bring(at_provider, token))


@pytest.mark.parametrize("plugin", ["keycloak2", "", "KEYCLOAK"])
async def test_a_provider_that_is_not_configured_is_refused(
    at_provider: Service, provider: OpenIDProvider, plugin: str
) -> None:
    refused(await bring(at_provider, provider.token(**ours()), plugin))


@asynccontextmanager
async def alone(folder: Path, auth: AuthSettings, blank: Path) -> AsyncIterator[Service]:
    """An application of its own, with one person."""
    url = copy_of(blank, folder)
    async with running_service(with_auth(url, folder, auth)) as running:
        async with running.database() as db:
            await insert_row(db, Person, {"login": LOGIN})
        yield running


def a_provider(folder: Path, **otherwise: Any) -> OpenIDProvider:
    return OpenIDProvider(folder, [CALLBACK], accounts=ACCOUNTS, **otherwise)


async def test_tokens_for_clients_that_are_named_are_taken_whatever_their_audience(
    tmp_path: Path, provider: OpenIDProvider, blank: Path
) -> None:
    auth = AuthSettings(oidc=[oidc_settings(provider, authorized_parties=["mxcube"])])
    async with alone(tmp_path, auth, blank) as service:
        for claims in ({"azp": "mxcube"}, {"client_id": "mxcube"}):
            token = provider.token(**ours(aud="account", **{"client_id": None} | claims))
            assert (await bring(service, token)).status_code == 201
        refused(await bring(service, provider.token(**ours(aud="account", azp="another"))))


async def test_the_client_itself_is_the_audience_when_none_is_named(
    tmp_path: Path, provider: OpenIDProvider, blank: Path
) -> None:
    auth = AuthSettings(oidc=[oidc_settings(provider, audiences=[])])
    async with alone(tmp_path, auth, blank) as service:
        assert (await bring(service, provider.token(**ours(aud=CLIENT)))).status_code == 201
        refused(await bring(service, provider.token(**ours())))


async def test_keys_change_without_a_restart(tmp_path: Path, blank: Path, provider: OpenIDProvider) -> None:
    changing = a_provider(tmp_path)
    async with alone(tmp_path, AuthSettings(oidc=[oidc_settings(changing)]), blank) as service:
        with changing.running():
            old = changing.token(**ours())
            assert (await bring(service, old)).status_code == 201
        changing.key = new_key("second")
        with changing.running():
            assert (await bring(service, await access_token(changing, "ada"))).status_code == 201
            refused(await bring(service, old))


async def test_unknown_keys_do_not_make_us_pester_the_provider(
    tmp_path: Path, provider: OpenIDProvider, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with alone(tmp_path, AuthSettings(oidc=[oidc_settings(provider)]), blank) as service:
        keys = service.app.state.log_ins.provider("keycloak")._keys
        asked: list[str] = []
        ask = keys._client.get

        async def counted(url: str, *rest: Any) -> Any:
            asked.append(url)
            return await ask(url, *rest)

        monkeypatch.setattr(keys._client, "get", counted)
        for number in range(20):
            refused(await bring(service, provider.token(header={"kid": f"unknown {number}"}, **ours())))
        assert len(asked) == 4  # discovery document and keys, at first and once more
        assert (await bring(service, provider.token(**ours()))).status_code == 201


async def test_a_provider_that_is_down_is_told_soon_and_harms_nobody_who_is_logged_in(
    tmp_path: Path, blank: Path, provider: OpenIDProvider
) -> None:
    failing = a_provider(tmp_path)
    async with alone(tmp_path, AuthSettings(oidc=[oidc_settings(failing)]), blank) as service:
        with failing.running():
            tokens = (await bring(service, failing.token(**ours()))).json()
        async with service.client(tokens["token"]) as client:
            assert (await client.get("/user/current")).status_code == 200
            refreshed = await client.post("/auth/refresh", json={"refreshToken": tokens["refreshToken"]})
            assert refreshed.status_code == 200
        # The keys are known still: what they signed is as good as before.
        assert (await bring(service, failing.token(**ours()))).status_code == 201


@contextmanager
def silent_server(port: int) -> Iterator[None]:
    """A server that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", port)) as listening:
        taken: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    taken.append(listening.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()
            for connection in taken:
                connection.close()


@pytest.mark.parametrize("how", ["refuses", "is silent"])
async def test_a_provider_that_never_answered_is_unavailable_within_two_seconds(
    tmp_path: Path, blank: Path, how: str
) -> None:
    dead = a_provider(tmp_path)
    async with alone(tmp_path, AuthSettings(oidc=[oidc_settings(dead)]), blank) as service:
        with silent_server(dead.port if how == "is silent" else 0):
            begin = time.monotonic()
            answer = await bring(service, dead.token(**ours()))
            assert time.monotonic() - begin < 2
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("/provider-unavailable")


async def test_keys_are_read_again_when_they_are_old_and_used_on_while_the_provider_is_away(
    tmp_path: Path, blank: Path, provider: OpenIDProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = a_provider(tmp_path)
    async with alone(tmp_path, AuthSettings(oidc=[oidc_settings(failing)]), blank) as service:
        with failing.running():
            assert (await bring(service, failing.token(**ours()))).status_code == 201
        monkeypatch.setattr(oidc_keys, "FRESH_SECONDS", 0)
        assert (await bring(service, failing.token(**ours()))).status_code == 201
        monkeypatch.setattr(oidc_keys, "STALE_SECONDS", -1)
        assert (await bring(service, failing.token(**ours()))).status_code == 503


async def test_a_provider_that_calls_itself_otherwise_is_not_believed(
    tmp_path: Path, blank: Path, provider: OpenIDProvider
) -> None:
    renamed = oidc_settings(provider, issuer=f"{provider.issuer}/")
    async with alone(tmp_path, AuthSettings(oidc=[renamed]), blank) as service:
        assert (await bring(service, provider.token(**ours(iss=renamed.issuer)))).status_code == 503


async def test_tokens_that_only_the_provider_can_read_are_taken_where_the_settings_say_so(
    tmp_path: Path, blank: Path, provider: OpenIDProvider
) -> None:
    opaque = a_provider(tmp_path, format="opaque")
    with opaque.running():
        token = await access_token(opaque, "ada")
        assert "." not in token
        for allowed, status in ((False, 401), (True, 201)):
            folder = tmp_path / str(allowed)
            auth = AuthSettings(oidc=[oidc_settings(opaque, opaque_tokens=allowed)])
            async with alone(folder, auth, blank) as service:
                assert (await bring(service, token)).status_code == status
                refused(await bring(service, token[:-1] + "x"))


def test_what_a_provider_says_makes_no_lines_of_its_own_in_the_log() -> None:
    assert one_line("invalid\r\n2026-11-22 all is well\u2028\x1b[31m") == "invalid  2026-11-22 all is well  [31m"
    assert len(one_line("x" * 10_000)) == 300
