"""Remarks on collections and groups: by whoever sees them."""

from typing import Any

import httpx
import orjson
import pytest
from sqlalchemy import select

from pyispyb.tables import Audit
from tests.world import World

PATHS = ("/datacollections/{collection}", "/datacollections/group/{group}")


async def remark(world: World, role: str, path: str, comments: Any, tag: str | None = None) -> httpx.Response:
    headers = {"If-Match": tag} if tag else {}
    async with world.as_(role) as client:
        return await client.patch(path.format(**world.ids), json={"comments": comments}, headers=headers)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("nobody", 401),
        ("stranger", 404),
        ("other_staff", 404),
        ("other_key", 404),
        ("member", 200),
        ("session_member", 200),
        ("staff", 200),
        ("administrator", 200),
        ("key", 200),
    ],
)
async def test_whoever_sees_it_remarks_on_it(world: World, path: str, role: str, status: int) -> None:
    answer = await remark(world, role, path, "Twinned.")
    assert answer.status_code == status, answer.text
    kept = (await world.get("member", path.format(**world.ids)))["comments"]
    assert kept == ("Twinned." if status == 200 else None)


@pytest.mark.parametrize("path", PATHS)
async def test_a_remark_on_what_another_remark_replaced_is_refused(world: World, path: str) -> None:
    async with world.as_("member") as client:
        tag = (await client.get(path.format(**world.ids))).headers["ETag"]
    first = await remark(world, "member", path, "one", tag)
    assert (first.status_code, first.headers["ETag"] == tag) == (200, False)
    assert (await remark(world, "staff", path, "two", tag)).status_code == 412
    assert (await remark(world, "staff", path, None, first.headers["ETag"])).json()["comments"] is None


@pytest.mark.parametrize("path", PATHS)
async def test_a_remark_leaves_its_trace(world: World, path: str) -> None:
    await remark(world, "member", path, "one")
    await remark(world, "member", path, "one")
    async with world.service.database() as db:
        found = select(Audit.action, Audit.detail).where(Audit.subject == f"person:{world.ids['member']}")
        (row,) = await db.all(found)
    assert (row.action, orjson.loads(row.detail)) == ("collection.comment", {"old": None, "new": "one"})


async def test_a_remark_is_as_long_as_the_database_keeps(world: World) -> None:
    assert (await remark(world, "member", PATHS[0], "x" * 1024)).status_code == 200
    assert (await remark(world, "member", PATHS[0], "x" * 1025)).status_code == 422
