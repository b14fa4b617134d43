"""Groups: who is in them, what they give, and who may change that."""

from typing import Any

import pytest
from sqlalchemy import insert, select

from pyispyb.tables import Permission, Person, UserGroup, UserGroup_has_Permission, UserGroup_has_Person
from tests.world import GRANTED, KEYS, PEOPLE, World

from .trail import entries

MISSING = 2**31 - 1

WRITES = (
    ("POST", "/admin/groups", {"name": "new"}, "manage_groups"),
    ("PATCH", "/admin/groups/{group}", {"name": "renamed"}, "manage_groups"),
    ("DELETE", "/admin/groups/{group}", None, "manage_groups"),
    ("POST", "/admin/groups/{group}/person", {"personId": 1}, "manage_groups"),
    ("DELETE", "/admin/groups/{group}/person/1", None, "manage_groups"),
    ("POST", "/admin/groups/{group}/permission", {"permissionId": 1}, "manage_perms"),
    ("DELETE", "/admin/groups/{group}/permission/1", None, "manage_perms"),
    ("POST", "/admin/permissions", {"type": "new"}, "manage_perms"),
    ("PATCH", "/admin/permissions/1", {"description": "new"}, "manage_perms"),
    ("PATCH", "/options", {"motd": "new"}, "manage_options"),
)


async def ask(world: World, role: str, method: str, path: str, body: Any = None) -> Any:
    """Status and content of an answer."""
    async with world.as_(role) as client:
        answer = await client.request(method, path, json=body)
    return answer.status_code, answer.json() if answer.content else None


async def new_group(world: World, name: str, *permissions: str) -> int:
    """A group that gives these permissions, as another program would make it."""
    group = await world.add(UserGroup, name=f"{name}-{world.number}")
    for permission in permissions:
        known = await permission_id(world, permission)
        async with world.service.database() as db:
            await db.execute(insert(UserGroup_has_Permission).values(userGroupId=group, permissionId=known))
    return group


async def permission_id(world: World, word: str) -> int:
    async with world.service.database() as db:
        known = await db.scalar(select(Permission.permissionId).where(Permission.type == word))
    return int(known) if known is not None else await world.add(Permission, type=word, description=word)


async def members(world: World, group: int) -> set[int]:
    async with world.service.database() as db:
        rows = await db.all(select(UserGroup_has_Person.personId).where(UserGroup_has_Person.userGroupId == group))
    return {row.personId for row in rows}


async def given(world: World, group: int) -> set[str]:
    wanted = (
        select(Permission.type)
        .join(UserGroup_has_Permission, UserGroup_has_Permission.permissionId == Permission.permissionId)
        .where(UserGroup_has_Permission.userGroupId == group)
    )
    async with world.service.database() as db:
        return {row.type for row in await db.all(wanted)}


# -- who may at all


@pytest.mark.parametrize(("method", "path", "body", "permission"), WRITES)
async def test_only_holders_of_the_permission_may_change_anything(
    world: World, method: str, path: str, body: Any, permission: str
) -> None:
    tables = (UserGroup, UserGroup_has_Person, UserGroup_has_Permission, Permission)
    group = world.ids["staff_group"]
    before = await world.count(*tables)
    assert (await world.refused("nobody", method, path.format(group=group), json=body))["status"] == 401
    for role in (*PEOPLE, *KEYS):
        if permission in GRANTED.get(role, ()):
            continue
        problem = await world.refused(role, method, path.format(group=group), json=body)
        assert (role, problem["status"]) == (role, 403)
        assert permission in problem["detail"]
    assert await world.count(*tables) == before


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/admin/groups/{missing}", None),
        ("PATCH", "/admin/groups/{missing}", {"name": "x"}),
        ("DELETE", "/admin/groups/{missing}", None),
        ("POST", "/admin/groups/{missing}/person", {"personId": 1}),
        ("DELETE", "/admin/groups/{missing}/person/1", None),
        ("POST", "/admin/groups/{missing}/permission", {"permissionId": 1}),
        ("DELETE", "/admin/groups/{missing}/permission/1", None),
        ("POST", "/admin/groups/{group}/person", {"personId": MISSING}),
        ("POST", "/admin/groups/{group}/person", {"login": "nobody of that name"}),
        ("POST", "/admin/groups/{group}/permission", {"permissionId": MISSING}),
        ("PATCH", "/admin/permissions/{missing}", {"description": "x"}),
    ],
)
async def test_what_does_not_exist_is_missing(world: World, method: str, path: str, body: Any) -> None:
    address = path.format(missing=MISSING, group=world.ids["staff_group"])
    assert (await world.refused("admin", method, address, json=body))["status"] == 404


# -- what happens


async def test_a_group_is_made_filled_and_deleted(world: World) -> None:
    status, group = await ask(world, "admin", "POST", "/admin/groups", {"name": f"  visitors {world.number} "})
    assert (status, group["name"], group["Persons"], group["Permissions"]) == (201, f"visitors {world.number}", [], [])
    path = f"/admin/groups/{group['userGroupId']}"
    word = await permission_id(world, "bl_mx")
    assert (await ask(world, "admin", "POST", f"{path}/permission", {"permissionId": word}))[0] == 204
    assert (await ask(world, "admin", "POST", f"{path}/person", {"personId": world.ids["member"]}))[0] == 204
    login = world.logins["stranger"].upper()
    assert (await ask(world, "admin", "POST", f"{path}/person", {"login": login}))[0] == 204
    read = await world.get("admin", path)
    assert [permission["type"] for permission in read["Permissions"]] == ["bl_mx"]
    assert {person["personId"] for person in read["Persons"]} == {world.ids["member"], world.ids["stranger"]}
    assert (read["_metadata"]["persons"], read["_metadata"]["permissions"]) == (2, 1)
    assert (await ask(world, "admin", "DELETE", f"{path}/person/{world.ids['member']}"))[0] == 204
    assert (await ask(world, "admin", "DELETE", f"{path}/permission/{word}"))[0] == 204
    assert (await ask(world, "admin", "PATCH", path, {"name": f"guests {world.number}"}))[1]["Permissions"] == []
    assert (await ask(world, "admin", "DELETE", path))[0] == 204
    assert (await world.refused("admin", "GET", path))["status"] == 404
    assert await members(world, group["userGroupId"]) == set()


async def test_a_permission_counts_from_the_next_request_on(world: World) -> None:
    session = f"/sessions/{world.ids['session']}"
    assert (await world.refused("stranger", "GET", session))["status"] == 404
    path = f"/admin/groups/{world.ids['staff_group']}/person"
    await ask(world, "admin", "POST", path, {"personId": world.ids["stranger"]})
    await world.get("stranger", session)
    await ask(world, "admin", "DELETE", f"{path}/{world.ids['stranger']}")
    assert (await world.refused("stranger", "GET", session))["status"] == 404


async def test_adding_and_removing_twice_is_no_error_and_recorded_once(world: World) -> None:
    group = await new_group(world, "twice")
    path = f"/admin/groups/{group}"
    word = await permission_id(world, "own_proposals")
    for _ in range(2):
        assert (await ask(world, "admin", "POST", f"{path}/person", {"personId": world.ids["member"]}))[0] == 204
        assert (await ask(world, "admin", "POST", f"{path}/permission", {"permissionId": word}))[0] == 204
    for _ in range(2):
        assert (await ask(world, "admin", "DELETE", f"{path}/person/{world.ids['member']}"))[0] == 204
        assert (await ask(world, "admin", "DELETE", f"{path}/permission/{word}"))[0] == 204
    assert (await ask(world, "admin", "DELETE", f"{path}/person/{MISSING}"))[0] == 204
    for action in ("group.person.add", "group.person.remove", "group.permission.add", "group.permission.remove"):
        assert len(await entries(world, action, group)) == 1, action


async def test_every_change_is_recorded_with_who_and_what(world: World) -> None:
    group = await new_group(world, "watched")
    name, path = f"watched-{world.number}", f"/admin/groups/{group}"
    await ask(world, "admin", "POST", f"{path}/person", {"personId": world.ids["member"]})
    (added,) = await entries(world, "group.person.add", group)
    person = {"personId": world.ids["member"], "login": world.logins["member"]}
    assert added["detail"] == {"name": name, "person": person}
    assert (added["subject"], added["login"]) == (f"person:{world.ids['admin']}", world.logins["admin"])
    assert (added["address"], added["objectKind"]) == ("127.0.0.1", "group")
    assert len(added["request"]) == 16
    await ask(world, "admin", "PATCH", path, {"name": f"w-{world.number}"})
    (renamed,) = await entries(world, "group.rename", group)
    assert renamed["detail"] == {"old": {"name": name}, "new": {"name": f"w-{world.number}"}}
    await ask(world, "admin", "DELETE", path)
    (deleted,) = await entries(world, "group.delete", group)
    assert deleted["detail"] == {"old": {"name": f"w-{world.number}", "permissions": [], "persons": [person]}}


async def test_a_refused_change_leaves_no_trace_of_being_done(world: World) -> None:
    path = f"/admin/groups/{world.ids['staff_group']}/person"
    await world.refused("clerk", "POST", path, json={"personId": world.ids["clerk"]})
    assert await entries(world, "group.person.add", world.ids["staff_group"]) == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 32, "a\nb", "a\x00b", None, 7, ["x"]])
async def test_a_name_that_is_none_is_refused(world: World, name: Any) -> None:
    problem = await world.refused("admin", "POST", "/admin/groups", json={"name": name})
    assert (problem["status"], problem["errors"][0]["path"]) == (422, "name")


async def test_two_groups_have_two_names(world: World) -> None:
    first, second = await new_group(world, "first"), await new_group(world, "second")
    for method, path in (("POST", "/admin/groups"), ("PATCH", f"/admin/groups/{second}")):
        problem = await world.refused("admin", method, path, json={"name": f"FIRST-{world.number}"})
        assert problem["errors"] == [{"path": "name", "message": f"is the name of group {first} already"}]
    status, same = await ask(world, "admin", "PATCH", f"/admin/groups/{first}", {"name": f"First-{world.number}"})
    assert (status, same["name"]) == (200, f"First-{world.number}")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("person", {}),
        ("person", {"personId": 1, "login": "x"}),
        ("person", {"personId": -1}),
        ("person", {"personId": 2**32}),
        ("person", {"personId": "1 OR 1=1"}),
        ("person", {"login": ""}),
        ("person", {"personId": 1, "role": "admin"}),
        ("permission", {}),
        ("permission", {"permissionId": None}),
        ("permission", {"permissionId": 10**30}),
    ],
)
async def test_a_hostile_body_is_refused(world: World, path: str, body: dict[str, Any]) -> None:
    problem = await world.refused("admin", "POST", f"/admin/groups/{world.ids['staff_group']}/{path}", json=body)
    assert problem["status"] == 422


@pytest.mark.parametrize("search", ["%", "_", "' OR 1=1 --", "\\", "🦠", "ß"])
async def test_signs_of_sql_in_a_search_are_letters(world: World, search: str) -> None:
    for path in ("/admin/groups", "/admin/permissions", "/admin/persons"):
        async with world.as_("admin") as client:
            answer = await client.get(path, params={"search": search, "limit": 500})
        assert answer.status_code in {200, 422}
        # Letters beyond the first 65,536 are all the same to one flavour, and to some columns no letters at all.
        if answer.status_code == 200 and max(search) <= "\uffff":
            assert all(search.casefold() in str(row).casefold() for row in answer.json()["results"])


# -- what nobody may hand out, and nobody may take away


@pytest.mark.parametrize("permission", ["all_proposals", "manage_perms", "bl_mx", "view_activity", "ALL_PROPOSALS"])
async def test_nobody_joins_a_group_that_gives_more_than_they_hold(world: World, permission: str) -> None:
    group = await new_group(world, f"more{permission[:3]}", "manage_groups", permission)
    path = f"/admin/groups/{group}"
    (word,) = await given(world, group) - {"manage_groups"}
    for method, address, body in (
        ("POST", f"{path}/person", {"personId": world.ids["clerk"]}),
        ("POST", f"{path}/person", {"login": world.logins["stranger"]}),
        ("DELETE", f"{path}/person/{world.ids['clerk']}", None),
        ("PATCH", path, {"name": f"directory-{world.number}"}),
        ("DELETE", path, None),
    ):
        problem = await world.refused("clerk", method, address, json=body)
        assert problem["status"] == 403
        assert f"gives {word}, which you do not hold" in problem["detail"]
    assert await members(world, group) == set()
    state = (await world.get("clerk", path))["_metadata"]
    assert (state["mayChangePersons"], state["mayChangePermissions"]) == (False, False)
    assert word in state["because"]


@pytest.mark.parametrize("permissions", [(), ("manage_groups",), ("own_proposals", "own_sessions")])
async def test_a_clerk_looks_after_groups_that_give_no_more_than_theirs(
    world: World, permissions: tuple[str, ...]
) -> None:
    group = await new_group(world, f"less{len(permissions)}", *permissions)
    path = f"/admin/groups/{group}"
    assert (await world.get("clerk", path))["_metadata"]["mayChangePersons"] is True
    assert (await ask(world, "clerk", "POST", f"{path}/person", {"personId": world.ids["member"]}))[0] == 204
    assert await members(world, group) == {world.ids["member"]}
    assert (await ask(world, "clerk", "DELETE", path))[0] == 204


async def test_who_may_say_what_groups_give_may_hand_out_everything(world: World) -> None:
    group = await new_group(world, "everything", "all_proposals")
    path = f"/admin/groups/{group}/person"
    assert (await ask(world, "admin", "POST", path, {"personId": world.ids["admin"]}))[0] == 204
    assert "all_proposals" in (await world.get("admin", "/user/current"))["Permissions"]
    assert len(await entries(world, "group.person.add", group)) == 1


async def test_a_group_shows_its_first_members_and_counts_all(world: World) -> None:
    group = await new_group(world, "many")
    async with world.service.database() as db:
        first = await db.scalar(select(Person.personId).order_by(Person.personId.desc()).limit(1))
        people = [{"personId": first + 1 + number, "familyName": "Many"} for number in range(510)]
        await db.execute(insert(Person), people)
        links = [{"userGroupId": group, "personId": person["personId"]} for person in people]
        await db.execute(insert(UserGroup_has_Person), links)
    read = await world.get("admin", f"/admin/groups/{group}")
    assert (len(read["Persons"]), read["_metadata"]["persons"]) == (500, 510)
    rest = await world.get("admin", "/admin/persons", userGroupId=group, limit=500, total="exact")
    more = await world.get("admin", "/admin/persons", userGroupId=group, limit=500, after=rest["next"])
    found = {person["personId"] for page in (rest, more) for person in page["results"]}
    assert (rest["total"], len(found), more["next"]) == (510, 510, None)
