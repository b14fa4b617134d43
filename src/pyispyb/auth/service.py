"""Log-ins: made, kept alive, ended, and turned into a viewer at every request.

An access token is short-lived and looked up at every request, so that what is taken away is gone at once.
A refresh token is good for one use; a second use later than two tabs could explain ends the whole log-in, because
somebody else holds a copy (RFC 9700, section 4.14.2).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import Row, delete, insert, update

from ..access import Right, Viewer
from ..db.database import Database, Databases
from ..errors import Forbidden, LoginRefused, Unauthenticated
from ..settings import Settings, TokenSettings
from ..tables import ApiKey, Login, Token
from . import queries
from .clock import utc_now
from .plugins import PLUGINS, REFUSED, Identity, is_good
from .schemas import Credentials
from .secrets import digest, is_api_token, new_token

EXPIRED = "Your log-in has ended. Log in again."


@dataclass(frozen=True, slots=True)
class Issued:
    """A viewer and the tokens just made for it."""

    viewer: Viewer
    access_token: str
    refresh_token: str
    expires_in: int


async def log_in(databases: Databases, settings: Settings, credentials: Credentials) -> Issued:
    """Check credentials and issue tokens. Raises LoginRefused."""
    identity = await _identify(databases, credentials)
    async with databases.write() as db:
        login_id = await _new_login(db, identity)
        return await _issue(db, settings, login_id)


async def _identify(databases: Databases, credentials: Credentials) -> Identity:
    wanted = credentials.plugin or ("token" if credentials.token else "local")
    if credentials.token and is_api_token(credentials.token):
        wanted = "token"  # MXCuBE names an identity provider as plugin, whatever its token is
    for plugin in PLUGINS:
        if plugin.name == wanted:
            return await plugin.identify(databases, credentials)
    raise LoginRefused(REFUSED)


async def _new_login(db: Database, identity: Identity) -> int:
    now = utc_now()
    if identity.api_key_id is not None:
        await db.execute(update(ApiKey).where(ApiKey.apiKeyId == identity.api_key_id).values(lastUsedAt=now))
    result = await db.execute(
        insert(Login).values(
            personId=identity.person_id, apiKeyId=identity.api_key_id, plugin=identity.plugin, createdAt=now
        )
    )
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


async def _issue(db: Database, settings: Settings, login_id: int) -> Issued:
    access_token, refresh_token = new_token(), new_token()
    await _remember_tokens(db, settings.tokens, login_id, access_token, refresh_token)
    viewer = await viewer_of(db, settings, access_token)
    return Issued(viewer, access_token, refresh_token, settings.tokens.access_seconds)


async def _remember_tokens(db: Database, lives: TokenSettings, login_id: int, access: str, refresh: str) -> None:
    now = utc_now()
    await db.execute(delete(Token).where(Token.loginId == login_id, Token.expiresAt < now))
    await db.execute(
        insert(Token),
        [
            {
                "tokenHash": digest(access),
                "loginId": login_id,
                "kind": "access",
                "expiresAt": now + timedelta(seconds=lives.access_seconds),
            },
            {
                "tokenHash": digest(refresh),
                "loginId": login_id,
                "kind": "refresh",
                "expiresAt": now + timedelta(seconds=lives.refresh_seconds),
            },
        ],
    )


async def refresh(databases: Databases, settings: Settings, refresh_token: str) -> Issued:
    """New tokens for a refresh token. Raises Unauthenticated when it is not good, or came a second time."""
    async with databases.write() as db:
        row = await db.first(queries.refresh_token(digest(refresh_token)))
        if _may_refresh(row, settings.tokens):
            assert row is not None
            if row.usedAt is None:
                await db.execute(update(Token).where(Token.tokenHash == digest(refresh_token)).values(usedAt=utc_now()))
            return await _issue(db, settings, row.loginId)
        if row is not None and row.usedAt is not None:
            await _end(db, row.loginId)
    raise Unauthenticated(EXPIRED)


def _may_refresh(row: Row[Any] | None, lives: TokenSettings) -> bool:
    now = utc_now()
    if row is None or row.revokedAt is not None or row.expiresAt <= now:
        return False
    return row.usedAt is None or now - row.usedAt <= timedelta(seconds=lives.reuse_grace_seconds)


async def log_out(db: Database, viewer: Viewer) -> None:
    """End the viewer's log-in: every token of it stops at once."""
    if viewer.login_id is not None:
        await _end(db, viewer.login_id)


async def _end(db: Database, login_id: int) -> None:
    await db.execute(update(Login).where(Login.loginId == login_id).values(revokedAt=utc_now()))
    await db.execute(delete(Token).where(Token.loginId == login_id, Token.kind == "access"))


async def viewer_of(db: Database, settings: Settings, token: str) -> Viewer:
    """Who holds a bearer token: one statement. Raises Unauthenticated."""
    if is_api_token(token):
        key = await db.first(queries.api_key(digest(token)))
        if key is None or not is_good(key, utc_now()):
            raise Unauthenticated(EXPIRED)
        return _key_viewer(key, None)
    rows = await db.all(queries.viewer_of_token(), {"token_hash": digest(token), "now": utc_now()})
    if not rows:
        raise Unauthenticated(EXPIRED)
    first = rows[0]
    if first.apiKeyId is not None:
        if not is_good(first, utc_now()):
            raise Unauthenticated(EXPIRED)
        return _key_viewer(first, first.loginId)
    if first.personId is None:
        raise Unauthenticated(EXPIRED)
    return _person_viewer(first, frozenset(row.permission for row in rows if row.permission), settings)


def _key_viewer(key: Row[Any], login_id: int | None) -> Viewer:
    known = {right.value: right for right in Right}
    return Viewer(
        subject=f"key:{key.apiKeyId}",
        login=key.name,
        login_id=login_id,
        given_name="Key",
        family_name=key.name,
        rights=frozenset(known[scope] for scope in key.scopes.split() if scope in known),
        beamlines=frozenset(orjson.loads(key.beamLines)),
        is_key=True,
    )


def _person_viewer(person: Row[Any], permissions: frozenset[str], settings: Settings) -> Viewer:
    return Viewer(
        subject=f"person:{person.personId}",
        login=person.login or "",
        login_id=person.loginId,
        person_id=person.personId,
        given_name=person.givenName,
        family_name=person.familyName,
        permissions=permissions,
        beamlines=settings.staff_beamlines(permissions),
    )


def require_right(viewer: Viewer, right: Right) -> None:
    """Raises Forbidden with the missing right."""
    if right not in viewer.rights:
        raise Forbidden(f"'{viewer.login}' lacks the right '{right}'.")
