"""Lists that are read page by page show every row once, in both directions."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from pyispyb.tables import BLSample, BLSession, Crystal
from tests.world import NOW, World


async def _pages(world: World, path: str, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    for _ in range(100):
        page = await world.get("member", path, **query, **after)
        found += page["results"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}
    raise AssertionError("the pages do not end")


async def _sessions(world: World, begins: Sequence[Any]) -> None:
    for number, begin in enumerate(begins):
        await world.add(
            BLSession,
            proposalId=world.ids["proposal"],
            beamLineName="BL1",
            startDate=begin,
            endDate=NOW,
            visit_number=100 + number,
        )


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("limit", [1, 3])
async def test_sessions_that_begin_together_are_shown_once(world: World, order: str, limit: int) -> None:
    await _sessions(world, [NOW - timedelta(days=1)] * 4 + [None] * 4)
    found = await _pages(world, "/sessions", proposal=world.proposal, limit=limit, order=order)
    keys = [session["sessionId"] for session in found]
    assert len(keys) == len(set(keys)) == 11
    begins = [session["startDate"] or "" for session in found]
    assert begins == sorted(begins, reverse=order == "desc")


@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_sessions_with_zero_dates_are_shown_once(world: World, order: str) -> None:
    await _sessions(world, [NOW - timedelta(days=2)] * 5)
    async with world.service.databases.writing.begin() as connection:
        if connection.dialect.name != "sqlite":
            await connection.execute(text("SET @before = @@sql_mode, sql_mode = ''"))
        await connection.execute(
            text(
                "UPDATE BLSession SET startDate = '0000-00-00 00:00:00' WHERE proposalId = :key AND visit_number > 99"
            ),
            {"key": world.ids["proposal"]},
        )
        if connection.dialect.name != "sqlite":
            await connection.execute(text("SET sql_mode = @before"))
    found = await _pages(world, "/sessions", proposal=world.proposal, limit=2, order=order)
    keys = [session["sessionId"] for session in found]
    assert len(keys) == len(set(keys)) == 8
    assert [session["startDate"] for session in found].count(None) == 5


@pytest.mark.parametrize("by", ["blSampleId", "name", "location"])
@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_samples_are_shown_once_in_any_order(world: World, by: str, order: str) -> None:
    crystal = await world.add(Crystal, proteinId=world.ids["protein"])
    for number in range(7):
        await world.add(
            BLSample,
            crystalId=crystal,
            name=None if number % 3 == 0 else f"s{number % 2}",
            location=None if number % 2 else "1",
            containerId=None if number > 4 else world.ids["container"],
        )
    found = await _pages(world, "/samples", proposal=world.proposal, limit=2, order_by=by, order=order)
    keys = [sample["blSampleId"] for sample in found]
    assert len(keys) == len(set(keys)) == 9


@pytest.mark.parametrize("path", ["/sessions", "/samples", "/proteins", "/containers", "/proposals", "/samples/sub"])
async def test_rows_passed_over_and_totals_agree_with_the_whole(furnished: World, path: str) -> None:
    named = {"search": furnished.proposal} if path == "/proposals" else {"proposal": furnished.proposal}
    whole = await furnished.get("member", path, **named, limit=500)
    rest = await furnished.get("member", path, **named, skip=1, limit=500, total="exact")
    assert rest["results"] == whole["results"][1:]
    if path in {"/sessions", "/samples", "/proposals"}:
        assert rest["total"] == whole["total"] == len(whole["results"])
