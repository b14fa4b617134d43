"""A reader who goes on by `next` meets every event once, whatever times it has and whatever indexes there are."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from pyispyb.db.engine import create_engine
from pyispyb.tables import (
    DataCollection,
    DataCollectionGroup,
    EnergyScan,
    RobotAction,
    XFEFluorescenceSpectrum,
)
from tests.conftest import BACKENDS, make_settings, new_database
from tests.service import Service, running_service
from tests.world import NOW, World, build_world

EACH = 80
"""Events of each kind."""

INDEXES = {
    DataCollectionGroup: ("sessionId", "startTime"),
    EnergyScan: ("sessionId", "startTime"),
    RobotAction: ("blsessionId", "startTimestamp"),
    XFEFluorescenceSpectrum: ("sessionId", "startTime"),
}


async def _arrange_indexes(url: str, *, wanted: bool) -> None:
    """Have the indexes that events are read by, or have none of them."""
    engine = create_engine(url)
    async with engine.begin() as connection:
        for table, columns in INDEXES.items():
            name = table.__tablename__
            if engine.dialect.name != "sqlite":
                if wanted:
                    await connection.execute(text(f"CREATE INDEX by_time ON {name} ({', '.join(columns)})"))
            elif not wanted:
                found = await connection.execute(
                    text(
                        "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = :table AND sql LIKE :time"
                    ),
                    {"table": name, "time": f"%{columns[1]}%"},
                )
                for index in found.scalars().all():
                    await connection.execute(text(f'DROP INDEX "{index}"'))
    await engine.dispose()


@pytest.fixture(
    scope="module", params=[(backend, indexed) for backend in BACKENDS for indexed in (True, False)], ids=str
)
async def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, files_root: Path
) -> AsyncIterator[World]:
    """A session full of events of every kind: many at the same time, some without a time."""
    backend, indexed = request.param
    url = await new_database(backend, request, tmp_path_factory.mktemp(f"events_{backend}_{indexed}"))
    await _arrange_indexes(url, wanted=indexed)
    async with running_service(make_settings(url, files_root)) as service:
        catalogue = service.databases.catalogue
        assert catalogue.has_index(DataCollectionGroup, "sessionId", "startTime") == indexed
        world = await build_world(service)
        await _fill(service, world)
        yield world


def _time(number: int) -> Any:
    """Eight events a minute, not in the order of their keys; every tenth has none."""
    return None if number % 10 == 0 else NOW - timedelta(minutes=(number * 7) % EACH // 8)


async def _fill(service: Service, world: World) -> None:
    session = world.ids["session"]
    async with service.database() as db:
        rows = [{"sessionId": session, "startTime": _time(number)} for number in range(EACH)]
        await db.execute(insert(DataCollectionGroup), rows)
        known = select(DataCollection.dataCollectionGroupId)
        groups = await db.all(
            select(DataCollectionGroup.dataCollectionGroupId).where(
                DataCollectionGroup.dataCollectionGroupId.not_in(known)
            )
        )
        await db.execute(
            insert(DataCollection), [{"dataCollectionGroupId": group.dataCollectionGroupId} for group in groups]
        )
        for number in range(EACH):
            time = _time(number)
            # Some databases demand a time of robot actions.
            at = time or NOW - timedelta(days=1)
            await db.execute(
                insert(RobotAction).values(blsessionId=session, startTimestamp=at, endTimestamp=at, actionType="LOAD")
            )
            await db.execute(insert(EnergyScan).values(sessionId=session, startTime=time))
            await db.execute(insert(XFEFluorescenceSpectrum).values(sessionId=session, startTime=time))


async def _all_events(world: World, role: str, limit: int, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    for _ in range(1000):
        page = await world.get(role, "/events", **query, limit=limit, **after)
        assert len(page["results"]) <= limit
        found += page["results"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}
    raise AssertionError("the pages do not end")


WAYS = (
    {"sessionId": "{session}"},
    {"session": "{name}-1"},
    {"proposal": "{name}"},
    {"beamLineName": "BL1"},
    {},
)


@pytest.mark.parametrize("limit", [17, 100])
@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("role", ["member", "administrator"])
async def test_every_event_is_met_once(filled: World, role: str, way: dict[str, str], limit: int) -> None:
    query = {key: value.format(session=filled.ids["session"], name=filled.proposal) for key, value in way.items()}
    found = await _all_events(filled, role, limit, **query)
    keys = [(event["type"], event["id"]) for event in found if event["sessionId"] == filled.ids["session"]]
    assert len(keys) == len(set(keys))
    counts = {kind: len([key for key in keys if key[0] == kind]) for kind in ("dc", "robot", "es", "xrf")}
    assert counts == {"dc": EACH + 2, "robot": EACH + 1, "es": EACH + 1, "xrf": EACH + 1}


async def test_a_number_of_rows_passed_over_shows_what_pages_show(filled: World) -> None:
    session = filled.ids["session"]
    by_next = await _all_events(filled, "member", 50, sessionId=session)
    jumped = (await filled.get("member", "/events", sessionId=session, skip=120, limit=30))["results"]
    assert [(event["type"], event["id"]) for event in jumped] == [
        (event["type"], event["id"]) for event in by_next[120:150]
    ]


async def test_a_total_is_counted_when_it_is_asked_for(filled: World) -> None:
    page = await filled.get("member", "/events", sessionId=filled.ids["session"], limit=5, total="exact")
    assert page["total"] == 4 * EACH + 5


async def test_zero_times_hide_no_event(filled: World) -> None:
    if filled.service.databases.reading.dialect.name == "sqlite":
        pytest.skip("only MariaDB keeps zero dates as dates")
    session = filled.ids["past_session"]
    engine = filled.service.databases.writing
    async with engine.begin() as connection:
        await connection.execute(text("SET @before = @@sql_mode, sql_mode = ''"))
        for _ in range(30):
            await connection.execute(
                text("INSERT INTO EnergyScan (sessionId, startTime) VALUES (:session, '0000-00-00')"),
                {"session": session},
            )
        await connection.execute(text("SET sql_mode = @before"))
    found = await _all_events(filled, "member", 7, sessionId=session, eventType="es")
    assert len({event["id"] for event in found}) == len(found) == 30
