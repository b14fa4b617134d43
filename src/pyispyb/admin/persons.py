"""The people the facility knows, and the staff of its beamlines."""

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Row

from ..access import Permission as Permitted
from ..access import Viewer
from ..answers import listed
from ..db.database import Database
from ..db.lists import read_page
from ..db.paging import MAX_LIMIT, Page
from ..settings import BeamlineGroup, Settings
from ..tables import Person
from . import queries

MOST_WORDS = 4
"""Words of a search that count; names have no more."""


async def list_persons(
    db: Database,
    viewer: Viewer,
    page: Page,
    *,
    search: str | None,
    person_id: int | None,
    group_id: int | None,
    permission_id: int | None,
) -> dict[str, Any]:
    """A page of people by family name, with laboratory and groups."""
    where: list[ColumnElement[bool]] = [queries.named(word) for word in (search or "").split()[:MOST_WORDS]]
    if person_id is not None:
        where.append(Person.personId == person_id)
    if group_id is not None:
        where.append(queries.in_group(group_id))
    if permission_id is not None:
        where.append(queries.holding(permission_id))
    limit, order = page.size(), queries.FOUND_ORDER if search else queries.PERSON_ORDER
    rows, more, total = await read_page(db, queries.persons(where), order, page, limit)
    groups = defaultdict(list)
    if rows:
        for row in await db.all(queries.groups_of_persons(), {"ids": [row.personId for row in rows]}):
            groups[row.personId].append({"userGroupId": row.userGroupId, "name": row.name})
    with_address = viewer.may(Permitted.MANAGE_PERSONS)
    results = [
        {
            **_person(row),
            "emailAddress": row.emailAddress if with_address else None,
            "Laboratory": _laboratory(row),
            "UserGroups": groups[row.personId],
        }
        for row in rows
    ]
    return listed(results, limit=limit, skip=page.skip, total=total, after=more)


def _person(row: Row[Any]) -> dict[str, Any]:
    return {name: row._mapping[name] for name in ("personId", "givenName", "familyName", "login")}


def _laboratory(row: Row[Any]) -> dict[str, Any] | None:
    if row.laboratoryId is None:
        return None
    return {
        "laboratoryId": row.laboratoryId,
        "name": row.laboratoryName,
        "city": row.city,
        "country": row.country,
    }


async def beamline_groups(db: Database, settings: Settings) -> list[dict[str, Any]]:
    """The configured groups of beamlines, each with the permission that makes staff, and who they are."""
    words = {group.permission for group in settings.beamline_groups}
    if not words:
        return []
    # A permission counts only as it is spelt in the settings, whatever the database thinks of its case.
    known = {
        row.permissionId: row.type for row in await db.all(queries.permissions_of_types(words)) if row.type in words
    }
    groups: dict[str, dict[int, Any]] = defaultdict(dict)
    staff: dict[str, dict[int, Any]] = defaultdict(dict)
    if known:
        for row in await db.all(queries.groups_with(list(known))):
            groups[known[row.permissionId]][row.userGroupId] = {"userGroupId": row.userGroupId, "name": row.name}
        for row in await db.all(queries.holders(list(known))):
            staff[known[row.permissionId]][row.personId] = _person(row)
    keys = {word: key for key, word in known.items()}
    return [
        _beamline_group(group, keys.get(group.permission), groups[group.permission], staff[group.permission])
        for group in settings.beamline_groups
    ]


def _beamline_group(
    group: BeamlineGroup, permission_id: int | None, groups: dict[int, Any], staff: dict[int, Any]
) -> dict[str, Any]:
    return {
        **group.model_dump(include={"groupName", "uiGroup", "permission", "beamLines"}),
        "permissionId": permission_id,
        "UserGroups": list(groups.values()),
        "Persons": list(staff.values())[:MAX_LIMIT],
        "_metadata": {"staff": len(staff)},
    }
