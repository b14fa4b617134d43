"""Who holds a permission, and by which groups."""

from sqlalchemy import insert

from pyispyb.tables import UserGroup_has_Person
from tests.world import World

from .test_groups import new_group, permission_id


async def test_groups_and_people_are_found_by_what_they_give_and_hold(world: World) -> None:
    word = f"bl_held_{world.number}"[:15]
    first = await new_group(world, "holders-a", word)
    second = await new_group(world, "holders-b", word)
    other = await new_group(world, "holders-c", "manage_options")
    person, stranger = world.ids["member"], world.ids["stranger"]
    links = ((first, person), (second, person), (other, stranger))
    async with world.service.database() as db:
        await db.execute(
            insert(UserGroup_has_Person), [{"userGroupId": group, "personId": each} for group, each in links]
        )
    key = await permission_id(world, word)

    groups = await world.get("admin", "/admin/groups", permissionId=key)
    people = await world.get("admin", "/admin/persons", permissionId=key)
    assert {group["userGroupId"] for group in groups["results"]} == {first, second}
    # Once, though two groups give it.
    assert [each["personId"] for each in people["results"]] == [person]


async def test_a_permission_that_nobody_knows_is_held_by_nobody(world: World) -> None:
    for path in ("/admin/groups", "/admin/persons"):
        assert (await world.get("admin", path, permissionId=2**31 - 1))["results"] == []
