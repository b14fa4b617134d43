"""What administration costs does not grow with what there is."""

import orjson
import pytest

from pyispyb.tables import Person, UserGroup
from tests.world import World

from .test_groups import ask, new_group

MOST = {
    "/admin/groups": 3,
    "/admin/permissions": 3,
    "/admin/persons": 3,
    "/admin/activity": 2,
    "/admin/beamline-groups": 4,
    "/admin/groups/{group}": 5,
    "/options": 2,
}
"""Statements, the one that tells who asks among them."""


async def statements(world: World, caplog: pytest.LogCaptureFixture, path: str) -> int:
    caplog.clear()
    with caplog.at_level("INFO", logger="pyispyb.requests"):
        await world.get("admin", path)
    (line,) = [entry.getMessage() for entry in caplog.records if entry.name == "pyispyb.requests"]
    return int(orjson.loads(line)["statements"])


@pytest.mark.parametrize("path", MOST)
async def test_a_list_takes_few_statements_however_long(
    world: World, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    group = await new_group(world, "full", "bl_mx")
    for number in range(5):
        await world.add(UserGroup, name=f"group {number} {world.number}")
        person = await world.add(Person, familyName=f"Person {number}")
        await ask(world, "admin", "POST", f"/admin/groups/{group}/person", {"personId": person})
    assert await statements(world, caplog, path.format(group=group)) <= MOST[path]


async def test_a_page_that_opens_pays_nothing_for_the_options(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await statements(world, caplog, "/options/ui")
    assert await statements(world, caplog, "/options/ui") == 1
