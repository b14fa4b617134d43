"""SQL of API keys. Times in this table are UTC without a zone."""

from collections.abc import Iterable
from datetime import datetime

import orjson
from sqlalchemy import ColumnElement, and_, func, or_, select

from ..access import Permission, Viewer
from ..db.paging import Key
from ..db.typing import AnySelect
from ..tables import ApiKey, Person
from .schemas import KeyState

NEWEST_FIRST = (Key(ApiKey.apiKeyId),)


def listed() -> AnySelect:
    """Keys with who made them."""
    return select(
        ApiKey.apiKeyId,
        ApiKey.name,
        ApiKey.scopes,
        ApiKey.beamLines,
        ApiKey.createdAt,
        ApiKey.expiresAt,
        ApiKey.revokedAt,
        ApiKey.lastUsedAt,
        Person.personId,
        Person.login,
        Person.givenName,
        Person.familyName,
    ).outerjoin(Person, Person.personId == ApiKey.createdBy)


def managed_by(viewer: Viewer) -> ColumnElement[bool] | None:
    """Keys that a viewer sees and manages; None where that is all of them."""
    if Permission.MANAGE_PERMS in viewer.permissions:
        return None
    return covering_only(viewer.beamlines)


def covering_only(beamlines: Iterable[str]) -> ColumnElement[bool]:
    """Keys that cover some of these beamlines and no other.

    The column is a JSON list without spaces: with the names taken away nothing but its brackets is left.
    """
    rest: ColumnElement[str] = ApiKey.beamLines.expression
    for name in sorted(beamlines):
        rest = func.replace(rest, orjson.dumps(name).decode(), "")
    return and_(ApiKey.beamLines != "[]", func.replace(rest, ",", "") == "[]")


def in_state(state: KeyState, now: datetime) -> ColumnElement[bool]:
    """Keys that work, have expired, or were revoked."""
    if state == "revoked":
        return ApiKey.revokedAt.is_not(None)
    unrevoked = ApiKey.revokedAt.is_(None)
    if state == "expired":
        return and_(unrevoked, ApiKey.expiresAt <= now)
    return and_(unrevoked, or_(ApiKey.expiresAt.is_(None), ApiKey.expiresAt > now))
