"""Options: changed while ISPyB runs, over what the settings say."""

from typing import Any

import pytest

from pyispyb.clock import utc_now
from pyispyb.tables import Option
from tests.world import World

from .test_groups import ask
from .trail import entries


async def stored(world: World) -> list[str]:
    names: list[str] = (await world.get("admin", "/options"))["_metadata"]["stored"]
    return names


async def test_an_option_wins_over_the_settings_until_it_is_cleared(alone: World) -> None:
    alone.service.app.state.settings.motd = "as configured"
    assert await alone.get("admin", "/options") == {
        "motd": "as configured",
        "contact": "",
        "helpUrl": "",
        "_metadata": {"stored": []},
    }
    status, changed = await ask(alone, "admin", "PATCH", "/options", {"motd": "Beam is back at 14:00 ✓"})
    assert (status, changed["motd"], await stored(alone)) == (200, "Beam is back at 14:00 ✓", ["motd"])
    assert (await alone.get("stranger", "/options/ui"))["motd"] == "Beam is back at 14:00 ✓"
    await ask(alone, "admin", "PATCH", "/options", {"motd": ""})
    assert (await alone.get("stranger", "/options/ui"))["motd"] == ""
    await ask(alone, "admin", "PATCH", "/options", {"motd": None})
    assert (await alone.get("stranger", "/options/ui"))["motd"] == "as configured"
    assert await stored(alone) == []


async def test_a_change_is_recorded_with_old_and_new_and_nothing_else_is(alone: World) -> None:
    for value in ("one", "one", "two", None):
        await ask(alone, "admin", "PATCH", "/options", {"contact": value, "helpUrl": None})
    await ask(alone, "admin", "PATCH", "/options", {})
    details = [entry["detail"] for entry in await entries(alone, "option.change", "contact")]
    assert details == [{"old": None, "new": "one"}, {"old": "one", "new": "two"}, {"old": "two", "new": None}]
    assert await entries(alone, "option.change", "helpUrl") == []


@pytest.mark.parametrize(
    "body",
    [
        {"motd": "x" * 2001},
        {"motd": 7},
        {"contact": "x" * 201},
        {"helpUrl": "javascript:alert(1)"},
        {"helpUrl": "//example.org"},
        {"helpUrl": " https://example.org"},
        {"facility": "Mine"},
        {"database": {"url": "sqlite://"}},
        [],
    ],
)
async def test_what_is_no_option_is_refused(world: World, body: Any) -> None:
    assert (await world.refused("admin", "PATCH", "/options", json=body))["status"] == 422


async def test_an_option_of_another_version_is_passed_over(alone: World) -> None:
    async with alone.service.database() as db:
        await db.execute(
            Option.__table__.insert().values(name="colour", value='"green"', changedAt=utc_now(), changedBy=None)
        )
    assert "colour" not in await alone.get("admin", "/options")
    await alone.get("stranger", "/options/ui")
