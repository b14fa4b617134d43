"""Administrators as the command line makes them: whoever can run it on the service's machine needs no permission."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from ..audit import COMMAND, Action, record
from ..auth.names import is_login, person_named
from ..db.database import Database
from ..db.writes import insert_row
from ..errors import Invalid
from ..tables import Permission, Person, UserGroup, UserGroup_has_Permission, UserGroup_has_Person
from . import queries
from .grants import ADMINISTRATION, KEEPERS

MEANINGS = {
    "all_proposals": "Sees every proposal and everything in it",
    "manage_groups": "Changes user groups and who is in them",
    "manage_options": "Changes what this ISPyB is set up to do",
    "manage_perms": "Changes permissions",
    "manage_persons": "Sees everybody the facility knows",
    "uportal_sync": "Brings in proposals from the user portal",
    "view_activity": "Sees who did what",
}
"""What a new permission says of itself."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is written of somebody whom the facility does not know yet."""

    login: str
    given_name: str | None = None
    family_name: str | None = None
    email: str | None = None


@dataclass(slots=True)
class Administrator:
    """Somebody with permissions of administration."""

    login: str | None
    name: str
    permissions: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)


async def make_administrator(db: Database, person: NewPerson, group_name: str) -> list[str]:
    """Make somebody a member of a group that gives all administrative permissions; answers what was done.

    Raises Invalid when the group is for something else or has other members who would become administrators by it,
    when the database takes the login for that of somebody else, and for a name that the database cannot keep.
    """
    if not is_login(person.login) or " " in person.login:
        raise Invalid.field("login", "is one word")
    done: list[str] = []
    person_id = await _person(db, person, done)
    group_id = await _group(db, group_name, done)
    await _permit(db, group_id, group_name, person_id, done)
    await _join(db, group_id, group_name, person_id, person.login, done)
    return done


async def _person(db: Database, new: NewPerson, done: list[str]) -> int:
    known = await person_named(db, new.login)
    if known is not None:
        return known
    values = {
        "login": new.login,
        "givenName": new.given_name,
        "familyName": new.family_name,
        "emailAddress": new.email,
    }
    try:
        made = (await insert_row(db, Person, values)).key
    except IntegrityError as error:
        raise Invalid.field("login", "is somebody else's to this database") from error
    await record(db, COMMAND, Action.PERSON_CREATE, "person", made, account=new.login)
    done.append(f"{new.login} is a new person.")
    return made


async def _group(db: Database, name: str, done: list[str]) -> int:
    known = await db.first(queries.groups([UserGroup.name == name]))
    if known is not None:
        return int(known.userGroupId)
    made = (await insert_row(db, UserGroup, {"name": name})).key
    await record(db, COMMAND, Action.GROUP_CREATE, "group", made, new={"name": name})
    done.append(f"The group {name} is new.")
    return made


async def _permit(db: Database, group_id: int, name: str, person_id: int, done: list[str]) -> None:
    given = {row.type for row in await db.all(queries.permissions_of_group(group_id))}
    lacking = sorted(ADMINISTRATION - given)
    if not lacking:
        return
    if given and not given & set(KEEPERS):
        raise Invalid.field("group", f"'{name}' gives {', '.join(sorted(given))} to others. Name another group.")
    others = await db.scalar(
        select(func.count()).where(
            UserGroup_has_Person.userGroupId == group_id, UserGroup_has_Person.personId != person_id
        )
    )
    if others:
        raise Invalid.field(
            "group",
            f"'{name}' has {others} other members, who would get {', '.join(lacking)} with it. Name another group.",
        )
    known = {row.type: row.permissionId for row in await db.all(queries.permissions_of_types(ADMINISTRATION))}
    for word in lacking:
        permission_id = known.get(word) or await _permission(db, word)
        await db.execute(insert(UserGroup_has_Permission).values(userGroupId=group_id, permissionId=permission_id))
        await record(db, COMMAND, Action.GROUP_PERMISSION_ADD, "group", group_id, name=name, permission=word)
    done.append(f"Members of {name} hold {', '.join(lacking)}.")


async def _permission(db: Database, word: str) -> int:
    new = {"type": word, "description": MEANINGS.get(word)}
    made = (await insert_row(db, Permission, new)).key
    await record(db, COMMAND, Action.PERMISSION_CREATE, "permission", made, new=new)
    return made


async def _join(db: Database, group_id: int, name: str, person_id: int, login: str, done: list[str]) -> None:
    link = queries.has_person(group_id, person_id)
    if await db.scalar(select(UserGroup_has_Person.personId).where(link)) is not None:
        return
    await db.execute(insert(UserGroup_has_Person).values(userGroupId=group_id, personId=person_id))
    who = {"personId": person_id, "login": login}
    await record(db, COMMAND, Action.GROUP_PERSON_ADD, "group", group_id, name=name, person=who)
    done.append(f"{login} is a member of {name}.")


async def list_administrators(db: Database) -> list[Administrator]:
    """Everybody with a permission of administration, by family name."""
    # A permission counts only as it is spelt here, whatever the database thinks of its case.
    known: dict[int, Any] = {
        row.permissionId: row.type
        for row in await db.all(queries.permissions_of_types(ADMINISTRATION))
        if row.type in ADMINISTRATION
    }
    if not known:
        return []
    found: dict[int, Administrator] = {}
    for row in await db.all(queries.holders(list(known))):
        name = " ".join(filter(None, (row.givenName, row.familyName)))
        administrator = found.setdefault(row.personId, Administrator(row.login, name))
        administrator.permissions.add(known[row.permissionId])
    giving = {row.userGroupId for row in await db.all(queries.groups_with(list(known)))}
    groups: dict[int, set[str]] = defaultdict(set)
    for row in await db.all(queries.groups_of_persons(), {"ids": list(found)}) if found else ():
        if row.userGroupId in giving:
            groups[row.personId].add(row.name)
    for person_id, administrator in found.items():
        administrator.groups = groups[person_id]
    return list(found.values())
