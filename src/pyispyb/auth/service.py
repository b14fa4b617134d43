"""Log-ins: made, kept alive, ended, and turned into a viewer at every request.

An access token is short-lived and looked up at every request, so that what is taken away is gone at once.
A refresh token is good for one use; a second use later than two tabs could explain ends the whole log-in, because
somebody else holds a copy (RFC 9700, section 4.14.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Row, delete, insert, update

from ..access import Permission, Right, Viewer
from ..audit import Action, Origin, record
from ..clock import utc_now
from ..db.database import Database, Databases
from ..errors import Forbidden, Unauthenticated
from ..settings import Settings, TokenSettings
from ..tables import ApiKey, Login, Token
from . import queries
from .attempts import counted
from .persons import person_of
from .plugins import Claims, Identity, LogIns, is_good
from .refusals import recorded
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


async def log_in(
    databases: Databases, settings: Settings, offered: LogIns, credentials: Credentials, origin: Origin
) -> Issued:
    """Check credentials and issue tokens. Raises LoginRefused, TooManyAttempts, ProviderUnavailable."""
    # Counted by what is looked at: a token that nobody reads must not lead guessed passwords to another count.
    proof = offered.proof(credentials)
    async with (
        recorded(databases, origin, plugin=credentials.plugin, login=credentials.login),
        counted(databases, settings.auth.attempts, proof, origin.address),
    ):
        found = await offered.for_credentials(credentials).identify(databases, proof)
    return await admit(databases, settings, found, origin)


async def admit(databases: Databases, settings: Settings, found: Identity | Claims, origin: Origin) -> Issued:
    """Issue tokens to somebody who has proved who they are. Raises UnknownPerson when that is no person of ours."""
    login = found.login if isinstance(found, Claims) else None
    async with recorded(databases, origin, plugin=found.plugin, login=login), databases.write() as db:
        login_id = await _new_login(db, await _identity(db, settings, found, origin), origin)
        issued = await _issue(db, settings, login_id)
        await record(db, origin.as_(issued.viewer), Action.LOGIN, "login", login_id, plugin=found.plugin)
        return issued


async def _identity(db: Database, settings: Settings, found: Identity | Claims, origin: Origin) -> Identity:
    if isinstance(found, Identity):
        return found
    return Identity(found.plugin, person_id=await person_of(db, settings.auth.persons, found, origin))


async def _new_login(db: Database, identity: Identity, origin: Origin) -> int:
    now = utc_now()
    if identity.api_key_id is not None:
        await db.execute(update(ApiKey).where(ApiKey.apiKeyId == identity.api_key_id).values(lastUsedAt=now))
    result = await db.execute(
        insert(Login).values(
            personId=identity.person_id,
            apiKeyId=identity.api_key_id,
            plugin=identity.plugin,
            createdAt=now,
            address=origin.address,
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


async def refresh(databases: Databases, settings: Settings, refresh_token: str, origin: Origin) -> Issued:
    """New tokens for a refresh token. Raises Unauthenticated when it is not good, or came a second time."""
    async with databases.write() as db:
        row = await db.first(queries.refresh_token(digest(refresh_token)))
        if _may_refresh(row, settings.tokens):
            assert row is not None
            if row.usedAt is None:
                await db.execute(update(Token).where(Token.tokenHash == digest(refresh_token)).values(usedAt=utc_now()))
            return await _issue(db, settings, row.loginId)
        if row is not None and row.usedAt is not None and row.revokedAt is None:
            await end_login(db, row.loginId)
            await record(db, origin, Action.LOGIN_REUSED, "login", row.loginId)
    raise Unauthenticated(EXPIRED)


def _may_refresh(row: Row[Any] | None, lives: TokenSettings) -> bool:
    now = utc_now()
    if row is None or row.revokedAt is not None or row.expiresAt <= now:
        return False
    if now - row.createdAt >= timedelta(days=lives.login_days):
        return False  # who has left a provider or lost an account must not stay by never going away
    return row.usedAt is None or now - row.usedAt <= timedelta(seconds=lives.reuse_grace_seconds)


async def log_out(db: Database, viewer: Viewer, origin: Origin) -> None:
    """End the viewer's log-in: every token of it stops at once."""
    if viewer.login_id is not None:
        await end_login(db, viewer.login_id)
        await record(db, origin, Action.LOGOUT, "login", viewer.login_id)


async def end_login(db: Database, login_id: int) -> None:
    """End a log-in: its tokens and links stop at once."""
    await db.execute(update(Login).where(Login.loginId == login_id).values(revokedAt=utc_now()))
    await db.execute(delete(Token).where(Token.loginId == login_id, Token.kind == "access"))


async def viewer_of(db: Database, settings: Settings, token: str) -> Viewer:
    """Who holds a bearer token: one statement. Raises Unauthenticated."""
    if is_api_token(token):
        rows = await db.rows(queries.api_key(), {"secret_hash": digest(token)})
        return _good_key(rows[0] if rows else None, None)
    rows = await db.rows(queries.viewer_of_token(), {"token_hash": digest(token), "now": utc_now()})
    return _viewer(rows, settings)


async def viewer_of_login(db: Database, settings: Settings, login_id: int) -> Viewer:
    """Whose log-in this is, if it goes on: one statement. Raises Unauthenticated."""
    return _viewer(await db.rows(queries.viewer_of_login(), {"login_id": login_id}), settings)


async def viewer_of_key(db: Database, key_id: int) -> Viewer:
    """An API key by its number, if it is good: one statement. Raises Unauthenticated."""
    return _good_key(await db.first(queries.api_key_by_id(key_id)), None)


def _viewer(rows: Sequence[Row[Any]], settings: Settings) -> Viewer:
    if not rows:
        raise Unauthenticated(EXPIRED)
    first = rows[0]
    if first.apiKeyId is not None:
        return _good_key(first, first.loginId)
    if first.personId is None:
        raise Unauthenticated(EXPIRED)
    return _person_viewer(first, frozenset(row.permission for row in rows if row.permission), settings)


def _good_key(key: Row[Any] | None, login_id: int | None) -> Viewer:
    if key is None or not is_good(key, utc_now()):
        raise Unauthenticated(EXPIRED)
    return _key_viewer(key.apiKeyId, key.name, key.scopes, key.beamLines, login_id)


@lru_cache(maxsize=1024)
def _key_viewer(key_id: int, name: str, scopes: str, beamlines: str, login_id: int | None) -> Viewer:
    known = {right.value: right for right in Right}
    return Viewer(
        subject=f"key:{key_id}",
        login=name,
        login_id=login_id,
        given_name="Key",
        family_name=name,
        rights=frozenset(known[scope] for scope in scopes.split() if scope in known),
        beamlines=frozenset(orjson.loads(beamlines)),
        is_key=True,
        key_id=key_id,
    )


def _person_viewer(person: Row[Any], permissions: frozenset[str], settings: Settings) -> Viewer:
    beamlines = settings.staff_beamlines(permissions, archived=True)
    return Viewer(
        subject=f"person:{person.personId}",
        login=person.login or "",
        login_id=person.loginId,
        person_id=person.personId,
        given_name=person.givenName,
        family_name=person.familyName,
        permissions=permissions,
        beamlines=beamlines,
        laboratory_id=person.laboratoryId,
        archived=beamlines - settings.staff_beamlines(permissions),
        bags=bool(person.bags),
        shares=bool(person.shares),
    )


def require_right(viewer: Viewer, *any_of: Right) -> None:
    """Raises Forbidden with the rights of which one is needed."""
    if viewer.rights.isdisjoint(any_of):
        needed = " or ".join(f"'{right}'" for right in any_of)
        raise Forbidden(f"'{viewer.login}' lacks the right {needed}.")


def require_permission(viewer: Viewer, *any_of: Permission) -> None:
    """Raises Forbidden with the permissions of which one is needed."""
    if any(map(viewer.may, any_of)):
        return
    needed = " or ".join(f"'{permission}'" for permission in any_of)
    if viewer.is_key:
        raise Forbidden(f"Key '{viewer.login}' acts for no person: only people who hold {needed} may do that.")
    raise Forbidden(f"'{viewer.login}' lacks the permission {needed}.")
