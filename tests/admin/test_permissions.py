"""Permissions, people, and the staff of beamlines."""

from typing import Any

import pytest
from sqlalchemy import update

from pyispyb.tables import Laboratory, Permission, Person
from tests.world import World

from .test_groups import ask, new_group, permission_id
from .trail import entries


async def test_a_permission_is_made_changed_and_recorded(world: World) -> None:
    word = f"bl_new_{world.number}"
    status, made = await ask(world, "admin", "POST", "/admin/permissions", {"type": word, "description": "Staff"})
    assert (status, made["type"], made["_metadata"]) == (201, word, {"groups": 0, "known": False, "beamLineGroups": []})
    path = f"/admin/permissions/{made['permissionId']}"
    _, changed = await ask(world, "admin", "PATCH", path, {"type": f"{word}b", "description": None})
    assert (changed["type"], changed["description"]) == (f"{word}b", None)
    assert (await ask(world, "admin", "PATCH", path, {"type": f"{word}b"}))[0] == 200
    (created,) = await entries(world, "permission.create", made["permissionId"])
    assert created["detail"] == {"new": {"type": word, "description": "Staff"}}
    (entry,) = await entries(world, "permission.change", made["permissionId"])
    assert entry["detail"] == {
        "old": {"type": word, "description": "Staff"},
        "new": {"type": f"{word}b", "description": None},
    }


@pytest.mark.parametrize(
    "body",
    [
        {"type": ""},
        {"type": "x" * 16},
        {"type": "two words"},
        {"type": "bl\n"},
        {"type": "ünï"},
        {"type": None},
        {"type": "ok", "description": "x" * 101},
        {"type": "ok", "permissionId": 1},
        {},
    ],
)
async def test_a_permission_that_is_none_is_refused(world: World, body: dict[str, Any]) -> None:
    assert (await world.refused("admin", "POST", "/admin/permissions", json=body))["status"] == 422


async def test_two_permissions_have_two_words(world: World) -> None:
    known = await permission_id(world, "all_proposals")
    other = await world.add(Permission, type=f"other{world.number}")
    for method, path in (("POST", "/admin/permissions"), ("PATCH", f"/admin/permissions/{other}")):
        problem = await world.refused("admin", method, path, json={"type": "ALL_PROPOSALS"})
        assert problem["errors"] == [{"path": "type", "message": f"is the word of permission {known} already"}]
    assert (await world.refused("admin", "PATCH", f"/admin/permissions/{other}", json={"type": None}))["status"] == 422


async def test_permissions_say_where_they_are_used(world: World) -> None:
    await new_group(world, "mx again", "bl_mx")
    found = await world.get("clerk", "/admin/permissions", search="bl_mx")
    staff = max(found["results"], key=lambda row: row["_metadata"]["groups"])
    assert staff["type"] == "bl_mx"
    assert staff["_metadata"]["groups"] >= 2
    assert (staff["_metadata"]["known"], staff["_metadata"]["beamLineGroups"]) == (False, ["MX"])
    of_group = await world.get("clerk", "/admin/permissions", userGroupId=world.ids["administrator_group"])
    assert [(row["type"], row["_metadata"]["known"]) for row in of_group["results"]] == [("all_proposals", True)]


async def test_people_are_found_by_the_begin_of_their_names(world: World) -> None:
    laboratory = await world.add(Laboratory, name="Example Institute", city="Exampleton", country="Exampleland")
    person = await world.add(
        Person,
        givenName="Rosalind",
        familyName=f"Exemplar{world.number}",
        login=f"rex{world.number}",
        emailAddress="rosalind@example.org",
        laboratoryId=laboratory,
    )
    for search in (
        f"exemplar{world.number}",
        f"REX{world.number}",
        f"Rosalind exemplar{world.number}",
        f" exemplar{world.number} ros ",
    ):
        found = (await world.get("admin", "/admin/persons", search=search))["results"]
        assert [row["personId"] for row in found] == [person], search
    (row,) = found
    assert row["Laboratory"] == {
        "laboratoryId": laboratory,
        "name": "Example Institute",
        "city": "Exampleton",
        "country": "Exampleland",
    }
    assert (row["emailAddress"], row["UserGroups"]) == ("rosalind@example.org", [])
    for search in (f"xemplar{world.number}", f"Rosalind Other{world.number}"):
        assert (await world.get("admin", "/admin/persons", search=search))["results"] == []


async def test_addresses_are_for_those_who_manage_people(world: World) -> None:
    async with world.service.database() as db:
        mine = Person.personId == world.ids["member"]
        await db.execute(update(Person).where(mine).values(emailAddress="member@example.org"))
    shown = {
        role: (await world.get(role, "/admin/persons", personId=world.ids["member"]))["results"][0]["emailAddress"]
        for role in ("admin", "clerk")
    }
    assert shown == {"admin": "member@example.org", "clerk": None}


async def test_people_tell_their_groups(world: World) -> None:
    (staff,) = (await world.get("clerk", "/admin/persons", personId=world.ids["staff"]))["results"]
    assert staff["UserGroups"] == [{"userGroupId": world.ids["staff_group"], "name": f"staff-{world.number}"}]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/admin/persons", {}),
        ("/admin/persons", {"search": "name"}),
        ("/admin/groups", {}),
        ("/admin/permissions", {}),
    ],
)
async def test_a_list_goes_on_by_its_cursor_and_shows_everything_once(
    alone: World, path: str, query: dict[str, str]
) -> None:
    for number in range(5):
        await alone.add(Person, familyName=None, givenName=f"Nameless {number}")
        await alone.add(Person, familyName="Ångstrøm" if number % 2 else "angstrom", givenName=f"Name {number}")
    key = {"/admin/persons": "personId", "/admin/groups": "userGroupId", "/admin/permissions": "permissionId"}[path]
    seen: list[int] = []
    after: str | None = None
    while True:
        page = await alone.get("admin", path, limit=7, total="exact", **query, **({"after": after} if after else {}))
        seen += [row[key] for row in page["results"]]
        after = page["next"]
        if after is None:
            break
    assert (len(seen), len(set(seen))) == (page["total"], page["total"])


async def test_the_staff_of_beamlines_are_told(alone: World) -> None:
    mx, em = await alone.get("clerk", "/admin/beamline-groups")
    assert (mx["groupName"], mx["permission"], mx["permissionId"]) == (
        "MX",
        "bl_mx",
        await permission_id(alone, "bl_mx"),
    )
    assert mx["beamLines"][2] == {"beamLineName": "BL0", "archived": True}
    assert [group["userGroupId"] for group in mx["UserGroups"]] == [alone.ids["staff_group"]]
    assert [person["personId"] for person in mx["Persons"]] == [alone.ids["staff"]]
    assert (mx["_metadata"], em["_metadata"]) == ({"staff": 1}, {"staff": 1})
    again = await new_group(alone, "again", "bl_mx")
    for person in ("staff", "member"):
        await ask(alone, "admin", "POST", f"/admin/groups/{again}/person", {"personId": alone.ids[person]})
    mx, _ = await alone.get("clerk", "/admin/beamline-groups")
    assert {person["personId"] for person in mx["Persons"]} == {alone.ids["staff"], alone.ids["member"]}
    assert mx["_metadata"] == {"staff": 2}
