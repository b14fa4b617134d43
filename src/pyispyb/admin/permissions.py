"""Permissions: the words that groups give to their members."""

from typing import Any

from sqlalchemy import ColumnElement, Row

from ..access import Permission as Known
from ..answers import listed
from ..audit import Action, Origin, record
from ..db.database import Database
from ..db.lists import read_page
from ..db.paging import Page
from ..db.writes import insert_row, update_rows
from ..errors import Forbidden, Invalid, NotFound
from ..settings import Settings
from ..tables import Permission
from . import queries
from .schemas import NewPermission, PermissionChange


async def list_permissions(
    db: Database, settings: Settings, search: str | None, group_id: int | None, page: Page
) -> dict[str, Any]:
    """A page of permissions by their word."""
    where: list[ColumnElement[bool]] = []
    if search:
        where.append(Permission.type.contains(search, autoescape=True))
    if group_id is not None:
        where.append(Permission.permissionId.in_(queries.permission_ids_of_group(group_id)))
    limit = page.size()
    rows, more, total = await read_page(db, queries.permissions(where), queries.PERMISSION_ORDER, page, limit)
    results = await _with_counts(db, settings, list(rows))
    return listed(results, limit=limit, skip=page.skip, total=total, after=more)


async def _with_counts(db: Database, settings: Settings, rows: list[Row[Any]]) -> list[dict[str, Any]]:
    counts: dict[int, int] = {}
    if rows:
        counted = await db.all(queries.permission_counts(), {"ids": [row.permissionId for row in rows]})
        counts = {row.permissionId: row.n for row in counted}
    return [
        {
            **row._mapping,
            "_metadata": {
                "groups": counts.get(row.permissionId, 0),
                "known": row.type in set(Known),
                "beamLineGroups": _beamline_groups(settings, row.type),
            },
        }
        for row in rows
    ]


def _beamline_groups(settings: Settings, word: str) -> list[str]:
    return [group.groupName for group in settings.beamline_groups if group.permission == word]


async def _read(db: Database, settings: Settings, permission_id: int) -> dict[str, Any]:
    row = await db.one(
        queries.permissions([Permission.permissionId == permission_id]), NotFound.of("permission", permission_id)
    )
    return (await _with_counts(db, settings, [row]))[0]


async def create_permission(db: Database, settings: Settings, origin: Origin, new: NewPermission) -> dict[str, Any]:
    """Make a permission that no group gives yet. Raises Invalid for a word that is taken."""
    await _require_free(db, new.type)
    key = (await insert_row(db, Permission, new.model_dump())).key
    await record(db, origin, Action.PERMISSION_CREATE, "permission", key, new=new.model_dump())
    return await _read(db, settings, key)


async def change_permission(
    db: Database, settings: Settings, origin: Origin, permission_id: int, change: PermissionChange
) -> dict[str, Any]:
    """Change the word or the description.

    Raises NotFound, Invalid for a word that is taken, and Forbidden for a word that ISPyB or its settings know: its
    holders would lose what they have.
    """
    row = await db.one(
        queries.permissions([Permission.permissionId == permission_id]).with_for_update(),
        NotFound.of("permission", permission_id),
    )
    sent = {name: getattr(change, name) for name in change.model_fields_set}
    new = {name: value for name, value in sent.items() if value != row._mapping[name]}
    if "type" in new:
        await _require_renaming(db, settings, row, new["type"])
    if new:
        await update_rows(db, Permission, Permission.permissionId == permission_id, new)
        old = {name: row._mapping[name] for name in new}
        await record(db, origin, Action.PERMISSION_CHANGE, "permission", permission_id, old=old, new=new)
    return await _read(db, settings, permission_id)


async def _require_renaming(db: Database, settings: Settings, row: Row[Any], word: str | None) -> None:
    if word is None:
        raise Invalid.field("type", "cannot be empty")
    if row.type in set(Known):
        raise Forbidden(f"ISPyB itself knows '{row.type}': it keeps its name.")
    if groups := _beamline_groups(settings, row.type):
        raise Forbidden(f"'{row.type}' makes people staff of {', '.join(groups)} by the settings: it keeps its name.")
    await _require_free(db, word, Permission.permissionId != row.permissionId)


async def _require_free(db: Database, word: str, *but: ColumnElement[bool]) -> None:
    taken = await db.first(queries.permissions([Permission.type == word, *but]))
    if taken is not None:
        raise Invalid.field("type", f"is the word of permission {taken.permissionId} already")
