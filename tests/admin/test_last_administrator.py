"""Somebody always remains who may put things right."""

import asyncio

import pytest
from sqlalchemy import delete, insert, select, update

from pyispyb.admin.grants import keeping_administrators
from pyispyb.tables import Permission, Person, UserGroup, UserGroup_has_Permission, UserGroup_has_Person
from tests.world import World

from .test_groups import ask, given, members, permission_id
from .trail import entries


async def only_admin(world: World) -> int:
    """Leave `admin` as the one person who manages groups and permissions; answers their group."""
    async with world.service.database() as db:
        await db.execute(
            delete(UserGroup_has_Person).where(UserGroup_has_Person.userGroupId == world.ids["clerk_group"])
        )
    return world.ids["admin_group"]


@pytest.mark.parametrize("permission", ["manage_groups", "manage_perms"])
async def test_the_last_holder_keeps_it(alone: World, permission: str) -> None:
    group = await only_admin(alone)
    word = await permission_id(alone, permission)
    before = (await members(alone, group), await given(alone, group))
    for path in (f"/person/{alone.ids['admin']}", f"/permission/{word}", ""):
        problem = await alone.refused("admin", "DELETE", f"/admin/groups/{group}{path}")
        assert problem["status"] == 403
        assert "nobody who can log in would hold" in problem["detail"]
    assert (await members(alone, group), await given(alone, group)) == before
    for action in ("group.person.remove", "group.permission.remove", "group.delete"):
        assert await entries(alone, action) == []


async def test_what_others_hold_may_be_taken(alone: World) -> None:
    group = await only_admin(alone)
    for permission in ("manage_options", "view_activity"):
        word = await permission_id(alone, permission)
        assert (await ask(alone, "admin", "DELETE", f"/admin/groups/{group}/permission/{word}"))[0] == 204
    await ask(alone, "admin", "POST", f"/admin/groups/{group}/person", {"personId": alone.ids["member"]})
    assert (await ask(alone, "admin", "DELETE", f"/admin/groups/{group}/person/{alone.ids['admin']}"))[0] == 204
    assert (await alone.refused("admin", "GET", "/admin/groups"))["status"] == 403
    await alone.get("member", "/admin/groups")


async def test_somebody_who_cannot_log_in_is_no_administrator(alone: World) -> None:
    group = await only_admin(alone)
    ghost = await alone.add(Person, familyName="Ghost")
    await ask(alone, "admin", "POST", f"/admin/groups/{group}/person", {"personId": ghost})
    problem = await alone.refused("admin", "DELETE", f"/admin/groups/{group}/person/{alone.ids['admin']}")
    assert problem["status"] == 403


async def test_two_administrators_cannot_remove_each_other_at_once(alone: World) -> None:
    group = await only_admin(alone)
    other = await alone.add(UserGroup, name="other administrators")
    async with alone.service.database() as db:
        held = await db.all(
            select(UserGroup_has_Permission.permissionId).where(UserGroup_has_Permission.userGroupId == group)
        )
        links = [{"userGroupId": other, "permissionId": row.permissionId} for row in held]
        await db.execute(insert(UserGroup_has_Permission), links)
        await db.execute(insert(UserGroup_has_Person).values(userGroupId=other, personId=alone.ids["clerk"]))
    async with alone.service.database() as db:
        async with keeping_administrators(db):
            await db.execute(delete(UserGroup_has_Person).where(UserGroup_has_Person.userGroupId == other))
        # Not yet committed: whoever counts the administrators now still finds two.
        path = f"/admin/groups/{group}/person/{alone.ids['admin']}"
        removal = asyncio.create_task(ask(alone, "clerk", "DELETE", path))
        await asyncio.sleep(0.4)
        assert not removal.done()
    assert (await removal)[0] == 403
    assert await members(alone, group) == {alone.ids["admin"]}


async def test_a_permission_that_ispyb_knows_keeps_its_word(alone: World) -> None:
    for word in ("manage_perms", "all_proposals", "bl_mx"):
        path = f"/admin/permissions/{await permission_id(alone, word)}"
        problem = await alone.refused("admin", "PATCH", path, json={"type": "another"})
        assert (problem["status"], word in problem["detail"]) == (403, True)
        status, changed = await ask(alone, "admin", "PATCH", path, {"description": "said better"})
        assert (status, changed["type"], changed["description"]) == (200, word, "said better")


async def test_a_word_in_another_case_gives_nothing(alone: World) -> None:
    """MariaDB takes `MANAGE_PERMS` for the same; ISPyB does not, neither here nor when it counts who is left."""
    group = await only_admin(alone)
    shouting = await alone.add(Permission, type="MANAGE_PERMS")
    clerks = alone.ids["clerk_group"]
    async with alone.service.database() as db:
        await db.execute(insert(UserGroup_has_Person).values(userGroupId=clerks, personId=alone.ids["clerk"]))
        await db.execute(insert(UserGroup_has_Permission).values(userGroupId=clerks, permissionId=shouting))
    word = await permission_id(alone, "manage_groups")
    await ask(alone, "admin", "DELETE", f"/admin/groups/{group}/permission/{word}")
    async with alone.service.database() as db:
        exact = [
            row.permissionId
            for row in await db.all(select(Permission.permissionId, Permission.type))
            if row.type == "manage_perms"
        ]
    assert len(exact) == 1
    problem = await alone.refused("admin", "DELETE", f"/admin/groups/{group}/permission/{exact[0]}")
    assert "manage_perms" in problem["detail"]


async def test_where_nobody_administrates_nothing_is_kept(alone: World) -> None:
    """Permissions that nobody held before cannot be lost."""
    async with alone.service.database() as db:
        await db.execute(update(Person).where(Person.personId == alone.ids["admin"]).values(login=None))
        await db.execute(update(Person).where(Person.personId == alone.ids["clerk"]).values(login=None))
    path = f"/admin/groups/{alone.ids['staff_group']}/person/{alone.ids['staff']}"
    assert (await ask(alone, "admin", "DELETE", path))[0] == 204
