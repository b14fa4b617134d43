"""Whether a token of an OpenID provider is what it says: signature, issuer, audience, time.

The rules are those of OpenID Connect Core 1.0 (section 3.1.3.7), RFC 8725 and RFC 9068.
"""

import binascii
import logging
from collections.abc import Iterable
from typing import Any

import orjson
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry

from ..errors import LoginRefused
from .oidc_keys import PublishedKeys
from .plugins.base import REFUSED
from .providers import one_line
from .settings import OidcSettings

logger = logging.getLogger(__name__)

LEEWAY_SECONDS = 30
"""The provider's clock may differ from ours by so much [s]."""

_TYPES = frozenset({None, "jwt", "at+jwt", "application/at+jwt"})
_NOT_ACCESS_TOKENS = frozenset({"at_hash", "c_hash", "s_hash", "events"})
"""Claims that only an ID token or a log-out token has."""

_OF_ID_TOKENS = _NOT_ACCESS_TOKENS | {"nonce"}
"""The same of a token that does not say what it is. Keycloak before 25 puts `nonce` into access tokens as well, which
say so: `typ` is `Bearer`."""


class Tokens:
    """Checks tokens of one provider."""

    def __init__(self, settings: OidcSettings, keys: PublishedKeys) -> None:
        self._settings = settings
        self._keys = keys

    async def access_token(self, token: str) -> dict[str, Any]:
        """Claims of an access token that somebody sent. Raises LoginRefused, ProviderUnavailable."""
        claims = await self._verified(token)
        if not _is_access_token(claims):
            raise self.refused("it is not an access token")
        if "cnf" in claims:
            raise self.refused("it is bound to a key whose proof we do not ask for")
        settings = self._settings
        audiences = settings.audiences or [settings.client_id]
        party = claims.get("azp", claims.get("client_id"))
        if not _named(claims.get("aud"), audiences) and party not in settings.authorized_parties:
            raise self.refused("it is for somebody else")
        return claims

    async def id_token(self, token: str, nonce: str) -> dict[str, Any]:
        """Claims of the ID token that a log-in of ours ended with. Raises LoginRefused, ProviderUnavailable."""
        claims = await self._verified(token)
        client = self._settings.client_id
        several = isinstance(claims.get("aud"), list) and len(claims["aud"]) > 1
        if not _named(claims.get("aud"), [client]) or claims.get("azp", None if several else client) != client:
            raise self.refused("it is for somebody else")
        if "iat" not in claims or claims.get("nonce") != nonce:
            raise self.refused("it is not of this log-in")
        return claims

    def refused(self, why: str) -> LoginRefused:
        """The error for a token that is not good; `why` goes into the log and not to the caller."""
        logger.warning("log-in by %s refused: %s", self._settings.name, one_line(why))
        return LoginRefused(REFUSED)

    async def _verified(self, token: str) -> dict[str, Any]:
        header = _header(token)
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm not in self._settings.algorithms:
            raise self.refused("its signature is of a kind that is not allowed")
        kind = header.get("typ")
        if (kind.lower() if isinstance(kind, str) else kind) not in _TYPES:
            raise self.refused("it is not of a type that is allowed")
        key = await self._keys.key(kid if isinstance(kid, str) else None, algorithm)
        if key is None:
            raise self.refused("its key is not among the provider's")
        # Header parameters that we do not know are passed over, as RFC 7515 asks; critical ones are refused.
        registry = JWSRegistry(algorithms=list(self._settings.algorithms), strict_check_header=False)
        rules = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self._settings.issuer},
            sub={"essential": True},
            exp={"essential": True},
        )
        try:
            claims = jwt.decode(token, key, registry=registry).claims
            rules.validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise self.refused(getattr(error, "error", None) or type(error).__name__) from error
        return claims


def _is_access_token(claims: dict[str, Any]) -> bool:
    """False for ID tokens, refresh tokens and log-out tokens, as far as their claims tell."""
    if "typ" in claims:
        return claims["typ"] == "Bearer" and _NOT_ACCESS_TOKENS.isdisjoint(claims)
    return _OF_ID_TOKENS.isdisjoint(claims)


def is_jwt(token: str) -> bool:
    """True for a token that says in its header how it is signed; anything else is opaque to us."""
    return bool(_header(token).get("alg"))


def _header(token: str) -> dict[str, Any]:
    """The header of a signed token, unchecked; empty for anything else."""
    head, _, rest = token.partition(".")
    if rest.count(".") != 1:
        return {}
    try:
        header = orjson.loads(binascii.a2b_base64(head.replace("-", "+").replace("_", "/") + "=="))
    except ValueError:
        return {}
    return header if isinstance(header, dict) else {}


def _named(audience: Any, wanted: Iterable[str]) -> bool:
    named = audience if isinstance(audience, list) else [audience]
    return any(name in named for name in wanted)
