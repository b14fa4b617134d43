"""Groups: who is in them, and what their members may do."""

from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select

from ..access import Permission as Permitted
from ..access import Viewer
from ..answers import listed
from ..audit import Action, Origin, record
from ..auth.names import person_named
from ..db.database import Database
from ..db.lists import read_page
from ..db.paging import MAX_LIMIT, Page
from ..db.writes import insert_row, update_rows
from ..errors import Invalid, NotFound
from ..tables import (
    Permission,
    Person,
    UserGroup,
    UserGroup_has_LDAPSearchParameters,
    UserGroup_has_Permission,
    UserGroup_has_Person,
)
from . import grants, queries


async def list_groups(db: Database, search: str | None, permission_id: int | None, page: Page) -> dict[str, Any]:
    """A page of groups by name."""
    where = [UserGroup.name.contains(search, autoescape=True)] if search else []
    if permission_id is not None:
        where.append(queries.giving(permission_id))
    limit = page.size()
    rows, more, total = await read_page(db, queries.groups(where), queries.GROUP_ORDER, page, limit)
    counts = await _counts(db, [row.userGroupId for row in rows])
    results = [{**row._mapping, "_metadata": counts[row.userGroupId]} for row in rows]
    return listed(results, limit=limit, skip=page.skip, total=total, after=more)


async def _counts(db: Database, ids: list[int]) -> dict[int, dict[str, int]]:
    counts = {key: {"permissions": 0, "persons": 0} for key in ids}
    for row in await db.all(queries.group_counts(), {"ids": ids}) if ids else ():
        counts[row.userGroupId][row.what] = row.n
    return counts


async def read_group(db: Database, viewer: Viewer, group_id: int) -> dict[str, Any]:
    """One group with its permissions and first members. Raises NotFound."""
    group = await db.one(queries.groups([UserGroup.userGroupId == group_id]), NotFound.of("group", group_id))
    permissions = await db.all(queries.permissions_of_group(group_id))
    persons = await db.all(queries.persons_of_group(group_id).limit(MAX_LIMIT))
    counts = await _counts(db, [group_id])
    reason = grants.reason_against(viewer, group.name, (row.type for row in permissions))
    return {
        **group._mapping,
        "Permissions": [dict(row._mapping) for row in permissions],
        "Persons": [dict(row._mapping) for row in persons],
        "_metadata": {
            **counts[group_id],
            "mayChangePersons": reason is None,
            "mayChangePermissions": viewer.may(Permitted.MANAGE_PERMS),
            "because": reason,
        },
    }


async def create_group(db: Database, viewer: Viewer, origin: Origin, name: str) -> dict[str, Any]:
    """Make a group without permissions and members. Raises Invalid for a name that is taken."""
    await _require_free(db, name)
    group_id = (await insert_row(db, UserGroup, {"name": name})).key
    await record(db, origin, Action.GROUP_CREATE, "group", group_id, new={"name": name})
    return await read_group(db, viewer, group_id)


async def rename_group(db: Database, viewer: Viewer, origin: Origin, group_id: int, name: str) -> dict[str, Any]:
    """Give a group another name, by which a directory may fill it. Raises NotFound, Forbidden, Invalid."""
    group = await _changeable(db, viewer, group_id)
    if name != group.name:
        await _require_free(db, name, UserGroup.userGroupId != group_id)
        await update_rows(db, UserGroup, UserGroup.userGroupId == group_id, {"name": name})
        await record(db, origin, Action.GROUP_RENAME, "group", group_id, old={"name": group.name}, new={"name": name})
    return await read_group(db, viewer, group_id)


async def delete_group(db: Database, viewer: Viewer, origin: Origin, group_id: int) -> None:
    """Remove a group with what it gave. Raises NotFound, Forbidden."""
    group = await _changeable(db, viewer, group_id)
    permissions = await db.all(queries.permissions_of_group(group_id))
    persons = await db.all(queries.persons_of_group(group_id))
    async with grants.keeping_administrators(db):
        for table in (UserGroup_has_Person, UserGroup_has_Permission, UserGroup_has_LDAPSearchParameters):
            if db.catalogue.has_table(table):
                await db.execute(delete(table).where(table.userGroupId == group_id))
        await db.execute(delete(UserGroup).where(UserGroup.userGroupId == group_id))
    old = {
        "name": group.name,
        "permissions": [row.type for row in permissions],
        "persons": [{"personId": row.personId, "login": row.login} for row in persons],
    }
    await record(db, origin, Action.GROUP_DELETE, "group", group_id, old=old)


async def add_person(
    db: Database, viewer: Viewer, origin: Origin, group_id: int, *, person_id: int | None, login: str | None
) -> None:
    """Make somebody a member; nothing happens when they are one. Raises NotFound, Forbidden."""
    group = await _changeable(db, viewer, group_id)
    missing = NotFound.of("person", person_id if login is None else login)
    if login is not None and (person_id := await person_named(db, login)) is None:
        raise missing
    person = await db.one(queries.person(Person.personId == person_id), missing)
    if await _there(db, UserGroup_has_Person, queries.has_person(group_id, person.personId)):
        return
    await db.execute(insert(UserGroup_has_Person).values(userGroupId=group_id, personId=person.personId))
    await record(db, origin, Action.GROUP_PERSON_ADD, "group", group_id, name=group.name, person=_who(person))


async def remove_person(db: Database, viewer: Viewer, origin: Origin, group_id: int, person_id: int) -> None:
    """End a membership; nothing happens when there is none. Raises NotFound, Forbidden."""
    group = await _changeable(db, viewer, group_id)
    link = queries.has_person(group_id, person_id)
    person = await db.first(queries.person(Person.personId == person_id))
    if person is None or not await _there(db, UserGroup_has_Person, link):
        return
    async with grants.keeping_administrators(db):
        await db.execute(delete(UserGroup_has_Person).where(link))
    await record(db, origin, Action.GROUP_PERSON_REMOVE, "group", group_id, name=group.name, person=_who(person))


async def add_permission(db: Database, origin: Origin, group_id: int, permission_id: int) -> None:
    """Let a group's members do something more; nothing happens when they may already. Raises NotFound."""
    group = await _locked(db, group_id)
    permission = await db.one(
        queries.permissions([Permission.permissionId == permission_id]), NotFound.of("permission", permission_id)
    )
    if await _there(db, UserGroup_has_Permission, queries.has_permission(group_id, permission_id)):
        return
    await db.execute(insert(UserGroup_has_Permission).values(userGroupId=group_id, permissionId=permission_id))
    await record(
        db, origin, Action.GROUP_PERMISSION_ADD, "group", group_id, name=group.name, permission=permission.type
    )


async def remove_permission(db: Database, origin: Origin, group_id: int, permission_id: int) -> None:
    """Take something from a group's members; nothing happens when they have it not. Raises NotFound, Forbidden."""
    group = await _locked(db, group_id)
    link = queries.has_permission(group_id, permission_id)
    permission = await db.first(queries.permissions([Permission.permissionId == permission_id]))
    if permission is None or not await _there(db, UserGroup_has_Permission, link):
        return
    async with grants.keeping_administrators(db):
        await db.execute(delete(UserGroup_has_Permission).where(link))
    await record(
        db, origin, Action.GROUP_PERMISSION_REMOVE, "group", group_id, name=group.name, permission=permission.type
    )


async def _locked(db: Database, group_id: int) -> Row[Any]:
    return await db.one(queries.group_to_change(group_id), NotFound.of("group", group_id))


async def _changeable(db: Database, viewer: Viewer, group_id: int) -> Row[Any]:
    """A group whose members the viewer may change. Raises NotFound, or Forbidden with the reason."""
    group = await _locked(db, group_id)
    permissions = await db.all(queries.permissions_of_group(group_id))
    grants.require_within(viewer, group.name, (row.type for row in permissions))
    return group


async def _require_free(db: Database, name: str, *but: ColumnElement[bool]) -> None:
    taken = await db.first(queries.groups([UserGroup.name == name, *but]))
    if taken is not None:
        raise Invalid.field("name", f"is the name of group {taken.userGroupId} already")


async def _there(db: Database, table: type[Any], link: ColumnElement[bool]) -> bool:
    return await db.scalar(select(table.userGroupId).where(link)) is not None


def _who(person: Row[Any]) -> dict[str, Any]:
    return {"personId": person.personId, "login": person.login}
