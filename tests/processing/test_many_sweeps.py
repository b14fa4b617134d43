"""Results of very many sweeps: what they take grows with their number, not with its square."""

import sqlite3
from collections.abc import Awaitable, Callable, Sequence

import pytest

from pyispyb.access import Viewer
from pyispyb.auth.service import viewer_of
from pyispyb.db.database import Database
from pyispyb.db.paging import Page
from pyispyb.events.filters import EventFilter
from pyispyb.events.progress import progress_of
from pyispyb.events.service import list_events
from pyispyb.processing.ranking import DEFAULT
from pyispyb.processing.reading import ResultFilter, list_results
from pyispyb.tables import DataCollection, DataCollectionGroup
from tests.world import NOW, World

from .documents import result

Reading = Callable[[Database, Viewer, int], Awaitable[object]]
ONE_SQLITE = pytest.mark.parametrize("service", ["sqlite"], indirect=True)
"""The steps of its machine can be counted."""


async def merged(world: World, number: int) -> list[int]:
    """Collections, each of a group of its own, and a run that merged all of them in two ways."""
    keys = []
    for _ in range(number):
        group = await world.add(DataCollectionGroup, sessionId=world.ids["session"], startTime=NOW)
        keys.append(await world.add(DataCollection, dataCollectionGroupId=group, startTime=NOW, endTime=NOW))
    (scaling,) = (sent := result(keys[0]))["scalings"][:1]
    scaling = {**scaling, "integrations": [{"dataCollectionId": key} for key in keys]}
    async with world.as_("key") as client:
        answer = await client.post("/processings/results", json={**sent, "scalings": [scaling, scaling]})
    assert answer.status_code == 201, answer.text
    return keys


async def _results(db: Database, viewer: Viewer, session: int) -> Sequence[object]:
    found = await list_results(db, viewer, ResultFilter(sessionId=session), DEFAULT)
    results: Sequence[object] = found["results"]
    return results


async def _progress(db: Database, viewer: Viewer, session: int) -> object:
    return await progress_of(db, viewer, [session])


async def _failed(db: Database, viewer: Viewer, session: int) -> object:
    return await list_events(db, viewer, EventFilter(sessionId=session, processing="failed"), Page())


@ONE_SQLITE
@pytest.mark.parametrize("reading", [_results, _progress, _failed])
async def test_what_is_read_of_it_takes_no_square_of_its_sweeps(world: World, reading: Reading) -> None:
    async def steps() -> int:
        """Hundreds of steps of the database."""
        counted = 0

        def count() -> None:
            nonlocal counted
            counted += 1

        async with world.service.databases.read() as db:
            viewer = await viewer_of(db, world.service.app.state.settings, world.tokens["member"])
            raw = await db.connection.get_raw_connection()
            driven = raw.driver_connection
            assert driven is not None

            def watch(connection: sqlite3.Connection, watching: bool = True) -> None:
                connection.set_progress_handler(count if watching else None, 100)

            await driven.in_thread(watch)
            await reading(db, viewer, world.ids["session"])
            await driven.in_thread(lambda connection: watch(connection, False))
        return counted

    await merged(world, 20)
    few = await steps()
    await merged(world, 160)
    assert await steps() < 14 * few, "nine times as many sweeps; in pairs they would be more than sixty times as many"


async def test_all_sweeps_and_collections_of_it_are_told(world: World) -> None:
    keys = await merged(world, 30)
    (found,) = (await world.get("member", "/processings/results", dataCollectionId=keys[7]))["results"]
    assert found["dataCollectionIds"] == [keys[7]]
    (found,) = (await world.get("member", "/processings/results", sessionId=world.ids["session"]))["results"]
    assert found["dataCollectionIds"] == sorted(keys)
    assert len(found["scalings"]) == 2


async def test_more_sweeps_than_can_be_told_are_refused(world: World) -> None:
    sent = result(world.ids["collection"])
    scaling = {**sent["scalings"][0], "integrations": [{"dataCollectionId": world.ids["collection"]}] * 1000}
    refused = await world.refused("key", "POST", "/processings/results", json={**sent, "scalings": [scaling] * 6})
    assert "scalings have 6,000 integrations together, at most 5,000 can be" in refused["detail"]
