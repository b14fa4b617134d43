"""A request that was sent again because its answer got lost writes nothing twice."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from pyispyb.tables import (
    BLSession,
    DataCollection,
    DataCollectionGroup,
    EnergyScan,
    RobotAction,
    XFEFluorescenceSpectrum,
)
from tests.world import World

from .mxcube import MXCuBE, mx_collection


def writes(world: World) -> list[tuple[str, Any, dict[str, Any]]]:
    """Address, table and body of everything that makes a row."""
    session = {"sessionId": world.ids["session"]}
    return [
        ("/datacollections/group", DataCollectionGroup, {**session, "experimentType": "OSC"}),
        (
            "/datacollections/datacollection",
            DataCollection,
            mx_collection(world.ids["session"], group_id=world.ids["group"], collection_start_time=None),
        ),
        (
            "/events/robot-action",
            RobotAction,
            {**session, "startTimestamp": "2026-11-20 14:00:00", "endTimestamp": "2026-11-20 14:00:31"},
        ),
        ("/events/energyscan", EnergyScan, {**session, "element": "Se"}),
        ("/events/xfe-fluorescence-spectrum", XFEFluorescenceSpectrum, {**session, "energy": 12.7}),
        (
            "/sessions",
            BLSession,
            {
                "proposalId": world.ids["proposal"],
                "beamLineName": "BL1",
                "startDate": "2031-01-01T09:00:00",
                "endDate": "2031-01-01T17:00:00",
            },
        ),
    ]


async def send(world: World, path: str, body: dict[str, Any], key: str) -> httpx.Response:
    async with world.as_("key") as client:
        return await client.post(path, json=body, headers={"Idempotency-Key": key})


@pytest.mark.parametrize("number", range(6))
async def test_the_same_key_gives_the_same_answer_and_one_row(world: World, number: int) -> None:
    path, table, body = writes(world)[number]
    before = await world.count(table)
    first = await send(world, path, body, "a-key")
    again = await send(world, path, body, "a-key")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert first.headers.get("Location") == again.headers.get("Location")
    assert (await world.count(table))[table.__tablename__] == before[table.__tablename__] + 1


async def test_a_new_collection_says_where_it_is_with_a_key_and_without(world: World) -> None:
    path, _, body = writes(world)[1]
    with_key = await send(world, path, body, "another")
    async with world.as_("key") as client:
        without = await client.post(path, json=body)
    for answer in (with_key, without):
        assert answer.headers["Location"].endswith(f"/datacollections/{answer.json()['dataCollectionId']}")


async def test_the_same_key_with_another_body_is_refused(world: World) -> None:
    path, table, body = writes(world)[0]
    await send(world, path, body, "a-key")
    before = await world.count(table)
    refused = await send(world, path, {**body, "experimentType": "Mesh"}, "a-key")
    assert refused.status_code == 422
    assert refused.json()["type"].endswith("/idempotency-key-reused")
    assert await world.count(table) == before


async def test_by_another_name_of_the_server_it_is_the_same_request(world: World) -> None:
    path, _, body = writes(world)[0]
    mine = await send(world, path, body, "a-key")
    async with world.as_("key") as client:
        again = await client.post(path, json=body, headers={"Idempotency-Key": "a-key", "Host": "other.example"})
    assert (again.status_code, again.content) == (201, mine.content)


async def test_keys_of_different_beamlines_do_not_meet(world: World) -> None:
    path, _, body = writes(world)[0]
    mine = await send(world, path, body, "a-key")
    async with world.as_("other_key") as client:
        theirs = await client.post(
            path, json={"sessionId": world.ids["other_session"]}, headers={"Idempotency-Key": "a-key"}
        )
    assert theirs.status_code == 201
    assert theirs.json()["dataCollectionGroupId"] != mine.json()["dataCollectionGroupId"]


@pytest.mark.parametrize("number", range(6))
async def test_an_answer_is_not_repeated_to_a_key_that_has_lost_the_right(world: World, number: int) -> None:
    path, table, body = writes(world)[number]
    assert (await send(world, path, body, "a-key")).status_code == 201
    before = await world.count(table)
    async with world.service.database() as db:
        of_proposal = BLSession.proposalId == world.ids["proposal"]
        await db.execute(update(BLSession).where(of_proposal).values(beamLineName="BL2"))
    refused = await send(world, path, body, "a-key")
    assert refused.status_code == 404
    assert "that you can see" in refused.json()["detail"]
    assert await world.count(table) == before
    async with world.service.database() as db:
        await db.execute(update(BLSession).where(of_proposal).values(beamLineName="BL1"))
    assert (await send(world, path, body, "a-key")).status_code == 201
    assert await world.count(table) == before


@pytest.mark.parametrize("path", ["/images/image", "/datacollections/quality", "/datacollections/grid-info"])
async def test_nor_an_answer_about_a_collection(world: World, path: str) -> None:
    body = {
        "/images/image": {"imageNumber": 1},
        "/datacollections/quality": {"imageNumber": [1], "spotTotal": [5]},
        "/datacollections/grid-info": {"steps_x": 2, "steps_y": 2, "dx_mm": 0.1, "dy_mm": 0.1},
    }[path] | {"dataCollectionId": world.ids["collection"]}
    first = await send(world, path, body, "a-key")
    assert (first.status_code, (await send(world, path, body, "a-key")).content) == (201, first.content)
    async with world.service.database() as db:
        session = BLSession.sessionId == world.ids["session"]
        await db.execute(update(BLSession).where(session).values(beamLineName="BL2"))
    assert (await send(world, path, body, "a-key")).status_code == 404


async def test_a_refused_request_does_not_use_up_its_key(world: World) -> None:
    path, _, body = writes(world)[0]
    assert (await send(world, path, {**body, "sessionId": 2**31 - 1}, "a-key")).status_code == 404
    assert (await send(world, path, body, "a-key")).status_code == 201


async def test_two_at_the_same_moment_make_one_row(world: World) -> None:
    path, table, body = writes(world)[1]
    before = await world.count(table)
    answers = await asyncio.gather(*(send(world, path, body, "a-key") for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert (await world.count(table))[table.__tablename__] == before[table.__tablename__] + 1


async def test_a_collection_sent_twice_without_a_key_is_one_collection(mxcube: MXCuBE, world: World) -> None:
    body = mx_collection(world.ids["session"], group_id=world.ids["group"])
    first = await mxcube.post("/datacollections/datacollection", body)
    again = await mxcube.post("/datacollections/datacollection", body)
    later = await mxcube.post(
        "/datacollections/datacollection", {**body, "collection_start_time": "2026-11-20 14:09:00"}
    )
    assert first["dataCollectionId"] == again["dataCollectionId"]
    assert later["dataCollectionId"] != first["dataCollectionId"]


async def test_sessions_asked_for_at_the_same_moment_get_visits_of_their_own(world: World) -> None:
    _, _, body = writes(world)[5]

    async def make(hour: int) -> httpx.Response:
        async with world.as_("key") as client:
            return await client.post("/sessions", json={**body, "startDate": f"2031-01-01T{hour:02}:00:00"})

    answers = await asyncio.gather(*(make(hour) for hour in (6, 7, 8, 8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["visit_number"] for answer in answers}) == 3


async def test_a_grid_said_again_is_changed(world: World) -> None:
    grid = {"dataCollectionId": world.ids["collection"], "steps_x": 3, "steps_y": 2, "dx_mm": 0.02, "dy_mm": 0.02}
    async with world.as_("key") as client:
        first = (await client.post("/datacollections/grid-info", json=grid)).json()
        again = (await client.post("/datacollections/grid-info", json={**grid, "steps_x": 4})).json()
        told = (await client.get(f"/datacollections/{world.ids['collection']}")).json()["GridInfo"]
    if first["gridInfoId"] == again["gridInfoId"]:
        assert [each["steps_x"] for each in told] == [4]
    else:  # this flavour ties grids to groups, of which each view has one
        assert told[0]["dataCollectionId"] is None


@pytest.mark.parametrize(
    ("path", "content", "field"),
    [
        ("/datacollections/grid-info", {"steps_x": 4.5, "steps_y": 2}, "steps_x"),
        ("/datacollections/quality", {"imageNumber": [-1], "spotTotal": [1]}, "imageNumber[0]"),
        ("/datacollections/quality", {"imageNumber": [2**31], "spotTotal": [1]}, "imageNumber[0]"),
    ],
)
async def test_what_cannot_be_is_refused(world: World, path: str, content: dict[str, Any], field: str) -> None:
    refused = await world.refused("key", "POST", path, json={"dataCollectionId": world.ids["collection"], **content})
    assert [error["path"] for error in refused["errors"]] == [field]


async def test_of_a_column_of_mistakes_the_first_is_told(world: World) -> None:
    content = {"dataCollectionId": world.ids["collection"], "imageNumber": [1], "spotTotal": ["many"] * 100_000}
    refused = await world.refused("key", "POST", "/datacollections/quality", json=content)
    assert [error["path"] for error in refused["errors"]] == ["spotTotal[0]"]


@pytest.mark.parametrize("name", ["detector_manufacturer", "detector_model", "detector_type"])
async def test_half_a_character_is_refused(world: World, name: str) -> None:
    content = f'{{"beamLineName": "BL1", "{name}": "\\ud800"}}'
    async with world.as_("key") as client:
        answer = await client.post(
            "/beamline-setups/beamline-setup", content=content, headers={"Content-Type": "application/json"}
        )
    assert answer.status_code == 422, answer.text
    assert "half a character" in answer.json()["detail"]
