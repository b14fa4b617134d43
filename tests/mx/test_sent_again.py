"""What tells itself when it was done, or what came of it, is the same thing when it is sent again without a key."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from pyispyb.mx.centring.place import place_of
from pyispyb.tables import (
    AutoProcProgram,
    BLSession,
    EnergyScan,
    RobotAction,
    Screening,
    StructureRun,
    XFEFluorescenceSpectrum,
)
from tests.world import World

from .documents import centring, failed_screening, screening
from .structures.documents import STRUCTURES, refined, scaling

Kind = tuple[str, Any, dict[str, Any]]
STRUCTURE, CENTRING, SCREENING, PROGRAM, ROBOT, SCAN, SPECTRUM = range(7)


async def documents(world: World) -> list[Kind]:
    """Address, table and document of each kind."""
    ids = world.ids
    session = {"sessionId": ids["session"]}
    begin = "2026-11-20T14:00:00"
    program = {"processingPrograms": "xia2", "processingStatus": "running", "processingStartTime": begin}
    return [
        (STRUCTURES, StructureRun, refined(await scaling(world))),
        ("/processings/xray-centrings", place_of(world.service.databases.catalogue).centring, centring(ids["group"])),
        ("/processings/screenings", Screening, screening(dataCollectionId=ids["collection"])),
        ("/processings/programs", AutoProcProgram, {"dataCollectionId": ids["collection"], **program}),
        (
            "/events/robot-action",
            RobotAction,
            {**session, "startTimestamp": begin, "endTimestamp": "2026-11-20T14:00:31"},
        ),
        ("/events/energyscan", EnergyScan, {**session, "element": "Se", "startTime": begin}),
        ("/events/xfe-fluorescence-spectrum", XFEFluorescenceSpectrum, {**session, "energy": 12.7, "startTime": begin}),
    ]


async def send(world: World, path: str, document: dict[str, Any], role: str = "key") -> httpx.Response:
    async with world.as_(role) as client:
        return await client.post(path, json=document)


async def rows(world: World, table: Any) -> int:
    return (await world.count(table))[table.__tablename__]


@pytest.mark.parametrize("number", range(7))
async def test_the_same_document_is_stored_once(world: World, number: int) -> None:
    path, table, document = (await documents(world))[number]
    before = await rows(world, table)
    first = await send(world, path, document)
    again = await send(world, path, document)
    assert (first.status_code, again.status_code) == (201, 201), first.text
    assert again.content == first.content
    assert again.headers.get("location") == first.headers.get("location")
    assert await rows(world, table) == before + 1


@pytest.mark.parametrize("number", range(7))
async def test_also_when_many_come_at_once(world: World, number: int) -> None:
    path, table, document = (await documents(world))[number]
    before = await rows(world, table)
    answers = await asyncio.gather(*(send(world, path, document) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert await rows(world, table) == before + 1


@pytest.mark.parametrize("number", range(7))
async def test_who_no_longer_sees_it_is_not_told_of_it(world: World, number: int) -> None:
    path, _, document = (await documents(world))[number]
    assert (await send(world, path, document)).status_code == 201
    of_proposal = BLSession.proposalId == world.ids["proposal"]
    async with world.service.database() as db:
        await db.execute(update(BLSession).where(of_proposal).values(beamLineName="BL2"))
    assert (await send(world, path, document)).status_code == 404


async def test_what_differs_is_another_one(world: World) -> None:
    kinds = await documents(world)
    data = kinds[STRUCTURE][2]
    later = {**data["program"], "processingStartTime": "2026-11-20T11:01:00"}
    found = kinds[CENTRING][2]
    for (path, table, document), other in (
        (kinds[STRUCTURE], {**data, "program": later}),
        (kinds[STRUCTURE], {**data, "rFreeValueEnd": 0.25}),
        (kinds[CENTRING], {**found, "results": found["results"] * 2}),
        (kinds[SCREENING], {**kinds[SCREENING][2], "shortComments": "better"}),
        (kinds[ROBOT], {**kinds[ROBOT][2], "message": "again"}),
    ):
        await send(world, path, document)
        before = await rows(world, table)
        assert (await send(world, path, other)).status_code == 201
        assert await rows(world, table) == before + 1


async def test_what_may_have_happened_twice_is_stored_twice(world: World) -> None:
    """Nothing in it tells one from the other, and the second may be another attempt."""
    kinds = await documents(world)
    data = kinds[STRUCTURE][2]
    nameless = {name: value for name, value in data["program"].items() if name != "processingStartTime"}
    for number, document in (
        (STRUCTURE, {**data, "program": nameless}),
        (CENTRING, {**kinds[CENTRING][2], "status": "failed", "results": []}),
        (SCREENING, failed_screening(dataCollectionId=world.ids["collection"])),
        (SCAN, {"sessionId": world.ids["session"], "element": "Se"}),
    ):
        path, table, _ = kinds[number]
        before = await rows(world, table)
        for _ in range(2):
            answer = await send(world, path, document)
            assert answer.status_code == 201, answer.text
        assert await rows(world, table) == before + 2


async def test_the_same_document_of_another_key_is_its_own(world: World) -> None:
    """An answer is given again to nobody but who had it."""
    path, _, document = (await documents(world))[ROBOT]
    mine = await send(world, path, document)
    theirs = await send(world, path, document, "other_key")
    assert (mine.status_code, theirs.status_code) == (201, 404)
