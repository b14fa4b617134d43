"""Keys of beamlines and pipelines: made, listed, revoked."""

from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import Row, insert, select, update
from starlette.requests import HTTPConnection

from .. import audit
from ..access import Permission, Right, Viewer
from ..answers import listed
from ..auth.secrets import digest, new_api_token
from ..clock import local_of, utc_now
from ..db.database import Database
from ..db.lists import read_page
from ..db.paging import Page
from ..errors import Forbidden, Invalid, NotFound
from ..settings import Settings
from ..tables import ApiKey
from . import queries
from .schemas import KeyState, NewApiKey

Who = HTTPConnection | audit.Origin

_MOST_LETTERS = 1024
"""Letters that the column of beamlines keeps."""


def require_keeper(viewer: Viewer) -> None:
    """Holders of `manage_perms` manage every key, staff those of their beamlines. Raises Forbidden for others."""
    if viewer.is_key:
        raise Forbidden("Keys are managed by people, not by other keys.")
    if Permission.MANAGE_PERMS not in viewer.permissions and not viewer.beamlines:
        raise Forbidden(
            f"'{viewer.login}' lacks the permission '{Permission.MANAGE_PERMS}', and is staff of no beamline."
        )


async def list_keys(
    db: Database, viewer: Viewer, page: Page, *, state: KeyState | None, search: str | None
) -> dict[str, Any]:
    """The keys that a viewer manages, newest first."""
    statement = queries.listed()
    mine = queries.managed_by(viewer)
    if mine is not None:
        statement = statement.where(mine)
    if state is not None:
        statement = statement.where(queries.in_state(state, utc_now()))
    if search:
        statement = statement.where(ApiKey.name.icontains(search, autoescape=True))
    limit = page.size()
    found = await read_page(db, statement, queries.NEWEST_FIRST, page, limit)
    rows = [told(row) for row in found.rows]
    return listed(rows, limit=limit, skip=page.skip, total=found.total, after=found.after)


async def read_key(db: Database, viewer: Viewer, key_id: int) -> dict[str, Any]:
    """One key that a viewer manages. Raises NotFound."""
    return told(await _one(db, viewer, key_id))


async def make_key(db: Database, viewer: Viewer, settings: Settings, who: Who, wanted: NewApiKey) -> tuple[int, str]:
    """The number and the secret of a new key. Raises Forbidden for more than the viewer may hand out, or Invalid."""
    beamlines = known_beamlines(settings, wanted.beamLines)
    _require_own(viewer, wanted.scopes, beamlines)
    return await add_key(db, who, wanted, beamlines, maker=viewer.person_id)


async def add_key(
    db: Database, who: Who, wanted: NewApiKey, beamlines: list[str], maker: int | None = None
) -> tuple[int, str]:
    """Write a key whose maker may make it. Raises Invalid for a name in use, or a key without beamlines."""
    scopes = sorted(set(wanted.scopes))
    if not beamlines and scopes != [Right.PORTAL_SYNC]:
        raise Invalid.field("beamLines", "a key with these scopes covers one beamline at least")
    covered = orjson.dumps(beamlines).decode()
    if len(covered) > _MOST_LETTERS:
        raise Invalid.field("beamLines", "are more than one key can cover")
    if await db.scalar(select(ApiKey.apiKeyId).where(ApiKey.name == wanted.name)) is not None:
        raise Invalid.field("name", "is that of another key; those of revoked keys are not given again")
    secret, now = new_api_token(), utc_now()
    expires = now + timedelta(days=wanted.days) if wanted.days else None
    made = await db.execute(
        insert(ApiKey).values(
            name=wanted.name,
            secretHash=digest(secret),
            scopes=" ".join(scopes),
            beamLines=covered,
            createdAt=now,
            expiresAt=expires,
            createdBy=maker,
        )
    )
    row = made.inserted_primary_key
    assert row is not None
    detail = {"name": wanted.name, "scopes": scopes, "beamLines": beamlines, "days": wanted.days}
    await audit.record(db, who, audit.Action.KEY_CREATE, "key", row[0], **detail)
    return int(row[0]), secret


async def revoke_key(db: Database, viewer: Viewer, who: Who, key_id: int) -> dict[str, Any]:
    """Stop a key and everything that logged in with it, at once. Raises NotFound. Twice does no harm."""
    row = await _one(db, viewer, key_id)
    if row.revokedAt is None:
        await end_key(db, who, key_id, row.name)
    return await read_key(db, viewer, key_id)


async def end_key(db: Database, who: Who, key_id: int, name: str) -> None:
    """Mark a key as revoked."""
    await db.execute(update(ApiKey).where(ApiKey.apiKeyId == key_id).values(revokedAt=utc_now()))
    await audit.record(db, who, audit.Action.KEY_REVOKE, "key", key_id, name=name)


def known_beamlines(settings: Settings, names: list[str]) -> list[str]:
    """Names as the settings have them, each once. Raises Invalid for a beamline that is not configured.

    Where no beamline is configured at all, names are taken as they are.
    """
    configured = {
        beamline.beamLineName.casefold(): beamline.beamLineName
        for group in settings.beamline_groups
        for beamline in group.beamLines
    }
    if not configured:
        return sorted(set(names))
    for place, name in enumerate(names):
        if name.casefold() not in configured:
            raise Invalid.field(f"beamLines[{place}]", f"'{name}' is not a beamline of this facility")
    return sorted({configured[name.casefold()] for name in names})


def _require_own(viewer: Viewer, scopes: list[Right], beamlines: list[str]) -> None:
    """Staff hand out what belongs to their beamlines, and nothing that reaches beyond."""
    if Permission.MANAGE_PERMS in viewer.permissions:
        return
    if Right.PORTAL_SYNC in scopes:
        raise Forbidden(f"Only holders of '{Permission.MANAGE_PERMS}' make keys with the scope '{Right.PORTAL_SYNC}'.")
    foreign = [name for name in beamlines if not viewer.covers(name)]
    if foreign:
        own = ", ".join(sorted(viewer.beamlines))
        raise Forbidden(f"'{viewer.login}' is staff of {own}; the key would cover {', '.join(foreign)}.")


async def _one(db: Database, viewer: Viewer, key_id: int) -> Row[Any]:
    statement = queries.listed().where(ApiKey.apiKeyId == key_id)
    mine = queries.managed_by(viewer)
    if mine is not None:
        statement = statement.where(mine)
    return await db.one(statement, NotFound.of("key", key_id))


def told(row: Row[Any]) -> dict[str, Any]:
    """A key as it is told, its times on the facility's clock; never its secret."""
    columns = row._mapping
    times = {name: columns[name] for name in ("createdAt", "expiresAt", "revokedAt", "lastUsedAt")}
    maker = {name: columns[name] for name in ("personId", "login", "givenName", "familyName")}
    return {
        "apiKeyId": row.apiKeyId,
        "name": row.name,
        "scopes": row.scopes.split(),
        "beamLines": orjson.loads(row.beamLines),
        **{name: None if time is None else local_of(time) for name, time in times.items()},
        "Person": maker if row.personId is not None else None,
        "_metadata": {"state": _state(row)},
    }


def _state(row: Row[Any]) -> KeyState:
    if row.revokedAt is not None:
        return "revoked"
    return "expired" if row.expiresAt is not None and row.expiresAt <= utc_now() else "good"
