"""OpenID Connect: Keycloak and any other provider.

Programs bring an access token of the provider; browsers are sent there and come back (authorization code with PKCE).
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from ...db.database import Databases
from ...errors import LoginRefused
from ..names import is_login
from ..oidc_http import ProviderClient
from ..oidc_keys import Metadata, PublishedKeys
from ..oidc_pending import Pending
from ..oidc_tokens import Tokens, is_jwt
from ..providers import unavailable, within
from ..schemas import Credentials
from ..settings import OidcSettings
from .base import REFUSED, Claims, Kind, memberships


class OpenIDConnect:
    """One OpenID provider."""

    kind: Kind = "redirect"

    def __init__(self, settings: OidcSettings, start: str) -> None:
        """`start` is the path that a browser is sent to first."""
        self.name = settings.name
        self.label = settings.label
        self._settings = settings
        self._start = start
        self._client = ProviderClient(settings.name, settings.ca_file)
        self._keys = PublishedKeys(settings, self._client)
        self._tokens = Tokens(settings, self._keys)

    def offer(self) -> dict[str, str]:
        """Where a page sends the browser."""
        return {"start": self._start, "issuer": self._settings.issuer, "clientId": self._settings.client_id}

    async def close(self) -> None:
        """Close connections to the provider."""
        await self._client.close()

    async def identify(self, databases: Databases, credentials: Credentials) -> Claims:
        """Whom an access token of the provider belongs to. Raises LoginRefused, ProviderUnavailable."""
        token = credentials.token or ""
        if not token or not token.isascii() or not token.isprintable() or " " in token:
            raise LoginRefused(REFUSED)
        async with within(self._settings.timeout, self.name):
            if is_jwt(token):
                claims = await self._tokens.access_token(token)
                if self._settings.userinfo:
                    claims = await self._userinfo(token, claims.get("sub")) | claims
            elif self._settings.opaque_tokens:
                claims = await self._userinfo(token, None)
            else:
                raise self._tokens.refused("it is not a signed token")
        return self._claims(claims)

    async def authorization_url(self, pending: Pending, redirect_uri: str) -> str:
        """Where to send a browser. Raises ProviderUnavailable."""
        async with within(self._settings.timeout, self.name):
            endpoint = (await self._keys.metadata_now()).authorization_endpoint
        challenge = base64.urlsafe_b64encode(hashlib.sha256(pending.verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": redirect_uri,
            "scope": " ".join(self._settings.scopes),
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    async def finish(self, pending: Pending, answer: Mapping[str, str], redirect_uri: str) -> Claims:
        """Who came back with this answer of the provider. Raises LoginRefused, ProviderUnavailable."""
        async with within(self._settings.timeout, self.name):
            metadata = await self._keys.metadata()
            issuer = answer.get("iss")
            if issuer != self._settings.issuer and (issuer is not None or metadata.names_itself):
                raise self._tokens.refused("the answer is of another provider")
            tokens = await self._redeem(metadata, answer.get("code", ""), pending, redirect_uri)
            claims = await self._tokens.id_token(str(tokens.get("id_token", "")), pending.nonce)
            if self._settings.userinfo:
                claims = await self._userinfo(str(tokens.get("access_token", "")), claims["sub"]) | claims
        return self._claims(claims)

    async def _redeem(self, metadata: Metadata, code: str, pending: Pending, redirect_uri: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": pending.verifier,
            "client_id": self._settings.client_id,
        }
        basic = None
        secret = self._settings.client_secret
        if secret is not None and metadata.secret_in_form:
            form["client_secret"] = secret.get_secret_value()
        elif secret is not None:
            # RFC 6749, section 2.3.1: both are form-encoded before they are joined.
            basic = (quote(self._settings.client_id, safe=""), quote(secret.get_secret_value(), safe=""))
        answer = await self._client.post(metadata.token_endpoint, form, basic)
        if answer.status != 200:
            raise self._tokens.refused(f"the code is not taken ({answer.body.get('error', answer.status)})")
        return answer.body

    async def _userinfo(self, token: str, subject: str | None) -> dict[str, Any]:
        """Claims that the provider tells the holder of a token; of `subject`, if that is known already."""
        endpoint = (await self._keys.metadata()).userinfo_endpoint
        if endpoint is None:
            raise unavailable(self.name, "it has no userinfo endpoint")
        answer = await self._client.get(endpoint, {"Authorization": f"Bearer {token}"})
        told = answer.body.get("sub")
        if answer.status != 200 or not told or (subject is not None and told != subject):
            raise self._tokens.refused(f"userinfo answers {answer.status} for it")
        return answer.body

    def _claims(self, claims: dict[str, Any]) -> Claims:
        names = self._settings.claims
        login = _claim(claims, names.login)
        if not is_login(login):
            raise self._tokens.refused(f"the claim {names.login} is missing, or no login")
        external = _claim(claims, names.external_id)
        groups = _claim(claims, names.groups)
        return Claims(
            plugin=self.name,
            login=login,
            external_id=external if isinstance(external, str | int) and not isinstance(external, bool) else None,
            given_name=_text(_claim(claims, names.given_name)),
            family_name=_text(_claim(claims, names.family_name)),
            email=None if claims.get("email_verified") is False else _text(_claim(claims, names.email)),
            memberships=memberships(self._settings.groups, groups if isinstance(groups, list) else [groups]),
        )


def _claim(claims: Any, name: str) -> Any:
    """The claim of that name; `realm_access.roles` leads into an object unless a claim has that very name."""
    if not isinstance(claims, dict):
        return None
    if name in claims:
        return claims[name]
    head, _, rest = name.partition(".")
    return _claim(claims.get(head), rest) if rest else None


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
