"""Who may hand out what, and what nobody may take away.

Nobody gives, or takes, more than they hold themselves, unless they hold `manage_perms`: whoever may say what a group
permits can give themselves everything anyway. And somebody always remains who may put things right.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from ..access import Permission, Viewer
from ..db.database import Database
from ..errors import Forbidden
from . import queries

KEEPERS = (Permission.MANAGE_GROUPS, Permission.MANAGE_PERMS)
"""Permissions that somebody must always hold."""

ADMINISTRATION = frozenset(Permission)
"""What a full administrator holds."""

FOR_EVERYBODY = frozenset({"own_proposals", "own_sessions"})
"""Permissions of other programs that give people no more than what is theirs."""


def beyond(viewer: Viewer, permissions: Iterable[str]) -> list[str]:
    """Those of a group's permissions that keep the viewer from changing who is in it."""
    if viewer.may(Permission.MANAGE_PERMS):
        return []
    return sorted(set(permissions) - viewer.permissions - FOR_EVERYBODY)


def reason_against(viewer: Viewer, group_name: str, permissions: Iterable[str]) -> str | None:
    """Why the viewer may not change who is in a group with these permissions; None when they may."""
    if not viewer.may(Permission.MANAGE_GROUPS):
        return f"'{viewer.login}' lacks the permission '{Permission.MANAGE_GROUPS}'."
    if missing := beyond(viewer, permissions):
        return (
            f"The group '{group_name}' gives {', '.join(missing)}, which you do not hold yourself. "
            f"Somebody who holds '{Permission.MANAGE_PERMS}' may do that."
        )
    return None


def require_within(viewer: Viewer, group_name: str, permissions: Iterable[str]) -> None:
    """Raises Forbidden when the group gives more than the viewer may hand out."""
    if reason := reason_against(viewer, group_name, permissions):
        raise Forbidden(reason)


def require_not_above(viewer: Viewer, login: str, permissions: Iterable[str]) -> None:
    """Raises Forbidden when somebody with these permissions administrates more than the viewer does."""
    if missing := sorted(ADMINISTRATION.intersection(beyond(viewer, permissions))):
        raise Forbidden(
            f"'{login}' holds {', '.join(missing)}, which you do not hold yourself. "
            f"Somebody who holds '{Permission.MANAGE_PERMS}' may do that."
        )


@asynccontextmanager
async def keeping_administrators(db: Database) -> AsyncIterator[None]:
    """Around a change that takes something away. Raises Forbidden when nobody were left who could undo it.

    The permissions are locked, so that two administrators cannot remove each other at the same moment.
    """
    known = await db.all(queries.permissions_of_types(KEEPERS, lock=True))
    names = {row.permissionId: row.type for row in known if row.type in set(KEEPERS)}
    before = await _held(db, names)
    yield
    lost = before - await _held(db, names)
    if lost:
        raise Forbidden(f"Then nobody who can log in would hold {', '.join(sorted(lost))}. Give it to somebody first.")


async def _held(db: Database, names: dict[int, str]) -> set[str]:
    """The permissions that somebody who can log in holds."""
    if not names:
        return set()
    return {names[row.permissionId] for row in await db.all(queries.held(list(names)))}
