"""What an OpenID provider publishes about itself: its addresses and its keys, read once and kept for a while."""

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey, import_key

from ..errors import ProviderUnavailable
from .oidc_http import ProviderClient
from .providers import unavailable
from .settings import OidcSettings, is_confidential

logger = logging.getLogger(__name__)

FRESH_SECONDS = 300
"""Keys and addresses older than this are read again when they are needed next [s]."""

ALIVE_SECONDS = 10
"""A browser is sent to a provider that answered within this time [s]: nobody shall end at an error of the browser's."""

STALE_SECONDS = 3600
"""While the provider does not answer they are good for so long [s], so that its restart disturbs nobody."""

UNKNOWN_KEY_SECONDS = 5
"""A token with an unknown key has the keys read again, but not more often than this [s]: anybody can send one."""

_ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Discovery document of a provider (OpenID Connect Discovery 1.0, section 3)."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    secret_in_form: bool
    """The token endpoint takes the client's secret in the form only, and not as HTTP Basic authentication."""
    names_itself: bool
    """It puts its issuer into every authorization response (RFC 9207)."""


@dataclass(slots=True)
class _Published:
    metadata: Metadata
    keys: list[tuple[str | None, Key]]
    read_at: float


class PublishedKeys:
    """Addresses and keys of one provider, in the memory of this process. Times are of a clock that never jumps."""

    def __init__(self, settings: OidcSettings, client: ProviderClient) -> None:
        self._settings = settings
        self._client = client
        self._published: _Published | None = None
        self._reread_at = -float("inf")
        self._reading = asyncio.Lock()

    async def metadata(self) -> Metadata:
        """The provider's addresses. Raises ProviderUnavailable."""
        return (await self._fresh()).metadata

    async def metadata_now(self) -> Metadata:
        """The same, of a provider that answers. Raises ProviderUnavailable."""
        published = self._published
        if published is None or time.monotonic() - published.read_at > ALIVE_SECONDS:
            async with self._reading:
                if self._published is published:
                    self._published = await self._read()
        return await self.metadata()

    async def key(self, kid: str | None, algorithm: str) -> Key | None:
        """The public key of that name that fits the algorithm; without a name, the only one that does.

        An unknown name has the keys read again: providers change them without telling. Raises ProviderUnavailable.
        """
        published = await self._fresh()
        found = _choose(published.keys, kid, algorithm)
        if found is None and await self._reread(published):
            found = _choose((await self._fresh()).keys, kid, algorithm)
        return found

    async def _fresh(self) -> _Published:
        published = self._published
        if published is not None and time.monotonic() - published.read_at < FRESH_SECONDS:
            return published
        async with self._reading:
            if self._published is not published and self._published is not None:
                return self._published
            try:
                self._published = await self._read()
            except ProviderUnavailable:
                if published is None or time.monotonic() - published.read_at > STALE_SECONDS:
                    raise
                logger.warning("log-in provider %s does not answer; its keys are used on", self._settings.name)
                return published
            return self._published

    async def _reread(self, known: _Published) -> bool:
        """True when there may be new keys."""
        async with self._reading:
            if self._published is not known:
                return True
            now = time.monotonic()
            if now - self._reread_at < UNKNOWN_KEY_SECONDS:
                return False
            self._reread_at = now
            self._published = await self._read()
            return True

    async def _read(self) -> _Published:
        issuer = self._settings.issuer
        document = await self._get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if document.get("issuer") != issuer:
            raise unavailable(self._settings.name, f"its discovery document names another issuer than {issuer}")
        metadata = self._metadata(document)
        keys = _public_keys(await self._get(metadata.jwks_uri))
        if not keys:
            raise unavailable(self._settings.name, "it publishes no key that can be used")
        return _Published(metadata, keys, time.monotonic())

    async def _get(self, url: str) -> dict[str, Any]:
        answer = await self._client.get(url)
        if answer.status != 200 or not answer.body:
            raise unavailable(self._settings.name, f"{url} answers {answer.status} and no document")
        return answer.body

    def _metadata(self, document: dict[str, Any]) -> Metadata:
        wrong = [name for name in _ADDRESSES if not _usable(document.get(name))]
        if wrong:
            raise unavailable(self._settings.name, f"its discovery document lacks an https {', '.join(wrong)}")
        userinfo = document.get("userinfo_endpoint")
        methods = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return Metadata(
            authorization_endpoint=document["authorization_endpoint"],
            token_endpoint=document["token_endpoint"],
            jwks_uri=document["jwks_uri"],
            userinfo_endpoint=userinfo if _usable(userinfo) else None,
            secret_in_form="client_secret_basic" not in methods,
            names_itself=document.get("authorization_response_iss_parameter_supported") is True,
        )


def _usable(address: Any) -> bool:
    return isinstance(address, str) and is_confidential(address)


def _public_keys(document: dict[str, Any]) -> list[tuple[str | None, Key]]:
    """The keys of a set that sign; a key of a kind we do not know is passed over, as RFC 7517 (section 5) asks."""
    found: list[tuple[str | None, Key]] = []
    entries = document.get("keys")
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict) or entry.get("kty") not in {"RSA", "EC", "OKP"} or entry.get("use") == "enc":
            continue
        try:
            key = import_key(entry)
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        kid = entry.get("kid")
        found.append((kid if isinstance(kid, str) else None, key))
    return found


def _choose(keys: list[tuple[str | None, Key]], kid: str | None, algorithm: str) -> Key | None:
    fitting = [key for name, key in keys if _fits(key, algorithm) and (kid is None or name == kid)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(key: Key, algorithm: str) -> bool:
    if key.get("alg") not in {None, algorithm}:
        return False
    kinds = {"RS": RSAKey, "PS": RSAKey, "ES": ECKey, "Ed": OKPKey}
    return isinstance(key, kinds[algorithm[:2]])
