"""A user's own log-ins: seen, and ended one by one."""

from typing import Any

from sqlalchemy import ColumnElement, false, func, select

from ..access import Viewer
from ..clock import local_of, utc_now
from ..db.database import Database
from ..db.typing import AnySelect
from ..errors import NotFound
from ..tables import Login, Token
from .service import end_login

MOST = 200
"""Log-ins told at most: a program that logs in at every call has thousands."""


def _own(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.key_id is not None:
        return Login.apiKeyId == viewer.key_id
    return Login.personId == viewer.person_id if viewer.person_id is not None else false()


def _running(viewer: Viewer) -> AnySelect:
    told = (Login.loginId, Login.plugin, Login.address, Login.createdAt)
    return (
        select(*told, func.max(Token.expiresAt).label("expiresAt"))
        .join(Token, Token.loginId == Login.loginId)
        .where(_own(viewer), Login.revokedAt.is_(None), Token.expiresAt > utc_now())
        .group_by(*told)
    )


async def own_logins(db: Database, viewer: Viewer) -> list[dict[str, Any]]:
    """Log-ins of the viewer that go on, newest first."""
    rows = await db.all(_running(viewer).order_by(Login.loginId.desc()).limit(MOST))
    return [
        {
            "loginId": row.loginId,
            "plugin": row.plugin,
            "address": row.address,
            "createdAt": local_of(row.createdAt),
            "expiresAt": local_of(row.expiresAt),
            "current": row.loginId == viewer.login_id,
        }
        for row in rows
    ]


async def end_own_login(db: Database, viewer: Viewer, login_id: int) -> None:
    """End a log-in of the viewer at once. Raises NotFound for one of somebody else, or one that has ended."""
    await db.one(_running(viewer).where(Login.loginId == login_id), NotFound.of("log-in", login_id))
    await end_login(db, login_id)
