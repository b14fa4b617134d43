"""What may be recorded, and how much of it."""

from typing import Any

import pytest

from pyispyb.audit import Action, Origin, record
from tests.admin.trail import entries
from tests.world import World


@pytest.mark.parametrize(
    "detail",
    [
        {"password": "x"},
        {"new": {"passwordHash": "x"}},
        {"rows": [{"access_token": "x"}]},
        {"Secret": "x"},
        {"client-secret": "x"},
        {"refreshToken": None},
    ],
)
async def test_a_secret_cannot_be_recorded(world: World, detail: dict[str, Any]) -> None:
    async with world.service.database() as db:
        with pytest.raises(ValueError, match="no place in the audit trail"):
            await record(db, Origin(), Action.EXPORT, "secret", world.number, **detail)
    assert await entries(world, "export", world.number) == []


async def test_a_word_that_nobody_knows_cannot_be_recorded(world: World) -> None:
    async with world.service.database() as db:
        with pytest.raises(ValueError, match="went home"):
            await record(db, Origin(), "went home")


async def test_what_is_too_long_is_cut_rather_than_lost(world: World) -> None:
    long = f"{world.number}-" + "é🔬" * 100
    origin = Origin(subject="nobody", login=long, address=long, request=long)
    async with world.service.database() as db:
        await record(db, origin, Action.EXPORT, long, long, note=long)
    (entry,) = await entries(world, "export", long[:80])
    lengths = {name: len(entry[name]) for name in ("login", "address", "objectKind", "objectId", "request")}
    assert lengths == {"login": 80, "address": 45, "objectKind": 40, "objectId": 80, "request": 32}
    assert entry["detail"] == {"note": long}


async def test_what_is_undone_leaves_no_trace(world: World) -> None:
    key = f"undone {world.number}"

    async def undone() -> None:
        async with world.service.database() as db:
            await record(db, Origin(), Action.EXPORT, "undone", key)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await undone()
    assert await entries(world, "export", key) == []
