"""How far the processing of collections is: as a filter of the stream, and counted for sessions."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import event

from pyispyb.db.writes import update_rows
from pyispyb.mx.centring.place import place_of
from pyispyb.tables import AutoProcIntegration, AutoProcProgram, DataCollection, DataCollectionGroup, GridInfo
from tests.access.shared import OTHER_LABORATORY, share_between_laboratories
from tests.mx.structures.documents import STRUCTURES, refined, scaling
from tests.processing.documents import result
from tests.service import Service
from tests.sharing.bag import THEIRS, share_proposal
from tests.world import NOW, World, build_world

STANDINGS = ("success", "running", "failed")
Statements = Callable[..., Awaitable[tuple[int, int]]]


async def ran(world: World, collection: str, status: str, **more: Any) -> int:
    """A run that made nothing, noted as pipelines do."""
    sent = {"dataCollectionId": world.ids[collection], "processingPrograms": "fast_dp", "processingStatus": status}
    async with world.as_("key") as client:
        answer = await client.post("/processings/programs", json={**sent, **more})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["autoProcProgramId"])


async def made(world: World, collection: str) -> int:
    """A run that integrated a collection."""
    async with world.as_("key") as client:
        answer = await client.post("/processings/results", json=result(world.ids[collection]))
    assert answer.status_code == 201, answer.text
    return int(answer.json()["autoProcProgramId"])


async def collection(world: World, name: str, group: int | None = None) -> None:
    """One more collection, in a group of its own unless one is named."""
    if group is None:
        group = await world.add(DataCollectionGroup, sessionId=world.ids["session"], startTime=NOW)
    world.ids[name] = await world.add(DataCollection, dataCollectionGroupId=group, startTime=NOW, endTime=NOW)


async def shown(world: World, role: str = "member", **query: Any) -> set[int]:
    return {event["id"] for event in (await world.get(role, "/events", **query))["results"]}


async def standing_of(world: World, name: str, **query: Any) -> str | None:
    """The one standing by which a collection is found."""
    asked = query or {"sessionId": world.ids["session"]}
    found = [each for each in STANDINGS if world.ids[name] in await shown(world, **asked, processing=each)]
    assert len(found) <= 1
    return found[0] if found else None


async def progress(world: World, role: str = "member") -> dict[str, Any]:
    (found,) = await world.get(role, "/events/progress", sessionId=world.ids["session"])
    assert found["sessionId"] == world.ids["session"]
    return {**found["processing"], "collections": found["collections"]}


def counted(collections: int, success: int = 0, running: int = 0, failed: int = 0) -> dict[str, int]:
    """The rest of the collections is not processed."""
    rest = collections - success - running - failed
    return {"collections": collections, "success": success, "running": running, "failed": failed, "none": rest}


async def test_what_no_run_worked_on_has_no_standing(world: World) -> None:
    assert await standing_of(world, "collection") is None
    assert await progress(world) == counted(2)
    for status in ("processed", "processerror"):
        assert await shown(world, sessionId=world.ids["session"], status=status) == set()


async def test_a_collection_stands_by_the_best_that_became_of_it(world: World) -> None:
    """Whether runs are tied to it by what they integrated or in the way of those that made nothing."""
    await ran(world, "collection", "failed")
    assert await standing_of(world, "collection") == "failed"
    waiting = await ran(world, "collection", "queued")
    assert await standing_of(world, "collection") == "running"
    assert await progress(world) == counted(2, running=1)
    async with world.as_("key") as client:
        await client.patch(f"/processings/programs/{waiting}", json={"processingStatus": "failed"})
    assert await progress(world) == counted(2, failed=1)
    await ran(world, "collection", "running")
    assert await standing_of(world, "collection") == "running"
    await made(world, "collection")
    assert await standing_of(world, "collection") == "success"
    assert await progress(world) == counted(2, success=1)
    of_group = {"dataCollectionGroupId": world.ids["group"]}
    assert await standing_of(world, "collection", **of_group) == "success"


async def test_a_run_that_never_ended_has_failed_after_a_day(world: World) -> None:
    begun = (NOW - timedelta(hours=25)).isoformat()
    await ran(world, "collection", "running", processingStartTime=begun)
    assert await standing_of(world, "collection") == "failed"
    (run,) = (await world.get("member", "/processings/results", sessionId=world.ids["session"]))["results"]
    assert run["state"] == "failed"


async def test_other_words_for_the_same_state_are_known(world: World) -> None:
    """Programs write into the tables themselves: states in any case, and runs without any time."""
    catalogue = world.service.databases.catalogue
    as_word = not catalogue.facts(AutoProcProgram.processingStatus).is_integer
    for status, standing in (("FAILED" if as_word else "0", "failed"), ("SUCCESS" if as_word else "1", "success")):
        run = await world.add(AutoProcProgram, processingPrograms="other", processingStatus=status)
        await world.add(AutoProcIntegration, dataCollectionId=world.ids["collection"], autoProcProgramId=run)
        assert await standing_of(world, "collection") == standing


async def test_a_group_stands_by_the_best_of_its_collections_and_each_of_them_by_itself(world: World) -> None:
    await collection(world, "second", world.ids["group"])
    await made(world, "collection")
    await ran(world, "second", "failed")
    # The group is shown by its newest collection, as without the filter.
    assert await standing_of(world, "second") == "success"
    assert await progress(world) == counted(2, success=1)
    group = {"dataCollectionGroupId": world.ids["group"]}
    assert await standing_of(world, "collection", **group) == "success"
    assert await standing_of(world, "second", **group) == "failed"


async def test_a_failure_beside_a_success_is_found_by_status(world: World) -> None:
    await made(world, "collection")
    await ran(world, "collection", "failed")
    session = {"sessionId": world.ids["session"]}
    assert await shown(world, **session, status="processerror") == {world.ids["collection"]}
    assert await shown(world, **session, status="processed") == {world.ids["collection"]}
    assert await shown(world, **session, status="processerror", processing="failed") == set()


async def test_it_adds_up_with_other_filters(world: World) -> None:
    await made(world, "collection")
    await made(world, "second_collection")
    ids = world.ids
    asked = {"sessionId": ids["session"], "processing": "success"}
    both = {ids["collection"], ids["second_collection"]}
    assert await shown(world, **asked) == await shown(world, **asked, eventType="OSC", status="success") == both
    assert await shown(world, **asked, blSampleId=ids["sample2"]) == {ids["second_collection"]}
    assert await shown(world, **asked, status="failed") == await shown(world, **asked, eventType="robot") == set()
    assert await shown(world, proposal=world.proposal, processing="success") == both
    assert await shown(world, blSampleId=ids["sample1"], processing="success") == {ids["collection"]}
    kinds = await world.get("member", "/events/types", **asked)
    assert {kind["eventType"]: kind["count"] for kind in kinds} == {"OSC": 2}


async def test_pages_go_on_behind_what_was_shown(world: World) -> None:
    for number in range(7):
        await collection(world, f"c{number}")
        if number % 2 == 0:
            await made(world, f"c{number}")
        else:
            await ran(world, f"c{number}", "failed")
    found: list[int] = []
    after: dict[str, str] = {}
    asked = {"sessionId": world.ids["session"], "processing": "success"}
    while True:
        page = await world.get("member", "/events", **asked, limit=2, **after)
        found += [event["id"] for event in page["results"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert found == [world.ids[f"c{number}"] for number in (6, 4, 2, 0)]
    assert (await world.get("member", "/events", **asked, limit=2, total="exact"))["total"] == 4
    assert await progress(world) == counted(9, success=4, failed=3)


@pytest.mark.parametrize("wrong", ["processed", "FAILED", ""])
async def test_an_unknown_standing_is_refused_by_its_name(world: World, wrong: str) -> None:
    problem = await world.refused("member", "GET", "/events", params={"processing": wrong})
    assert (problem["status"], [error["path"] for error in problem["errors"]]) == (422, ["processing"])


@pytest.mark.parametrize("asked", [{}, {"sessionId": ["x"]}, {"sessionId": list(range(1, 52))}])
async def test_sessions_are_named_and_not_too_many(world: World, asked: dict[str, Any]) -> None:
    problem = await world.refused("member", "GET", "/events/progress", params=asked)
    assert problem["status"] == 422
    assert problem["errors"][0]["path"].startswith("sessionId")


async def test_a_run_on_what_somebody_does_not_see_is_not_told_to_them(world: World) -> None:
    """Neither by the filter nor by the counts: a run is seen by those who see every collection that it worked on."""
    run = await made(world, "collection")
    assert await progress(world) == counted(2, success=1)
    await world.add(AutoProcIntegration, dataCollectionId=world.ids["other_collection"], autoProcProgramId=run)
    asked = {"sessionId": world.ids["session"], "processing": "success"}
    for role in ("member", "session_member", "key"):
        assert await shown(world, role, **asked) == set()
        assert await progress(world, role) == counted(2)
    for role in ("staff", "administrator"):
        assert await shown(world, role, **asked) == {world.ids["collection"]}
        assert await progress(world, role) == counted(2, success=1)


async def test_runs_that_make_structures_do_not_count(world: World) -> None:
    """A refinement that went well does not make a processing good that failed."""
    key = await scaling(world)
    (run,) = (await world.get("member", "/processings/results", sessionId=world.ids["session"]))["results"]
    async with world.as_("key") as client:
        stored = await client.post(STRUCTURES, json=refined(key))
        assert stored.status_code == 201, stored.text
        await client.patch(f"/processings/programs/{run['autoProcProgramId']}", json={"processingStatus": "failed"})
    assert await standing_of(world, "collection") == "failed"
    assert await progress(world) == counted(2, failed=1)


async def test_only_sessions_that_one_sees_are_told_of(world: World) -> None:
    ids = [world.ids[name] for name in ("session", "past_session", "coming_session", "other_session")]
    found = await world.get("member", "/events/progress", sessionId=[*ids, ids[0], 2**31 - 1])
    assert [(each["sessionId"], each["collections"]) for each in found] == [(ids[0], 2), (ids[1], 1), (ids[2], 0)]
    assert await world.get("stranger", "/events/progress", sessionId=ids) == []


async def test_grids_are_counted_that_were_searched_for_crystals(world: World) -> None:
    place = place_of(world.service.databases.catalogue)
    for group, status, crystals in (
        ("group", "failed", ()),
        ("group", "success", ("success", "success")),
        ("second_group", "success", ("failure",)),
        ("past_group", "pending", ()),
    ):
        centring = await world.add(
            place.centring, dataCollectionGroupId=world.ids[group], status=status, xrayCentringType="2d"
        )
        for crystal in crystals:
            await world.add(place.result, xrayCentringId=centring, status=crystal)
    ids = [world.ids["session"], world.ids["past_session"]]
    found = await world.get("member", "/events/progress", sessionId=ids)
    assert [(each["searched"], each["withCrystal"]) for each in found] == [(2, 1), (0, 0)]


async def test_a_session_may_be_named_in_either_way(world: World) -> None:
    await ran(world, "collection", "failed")
    name = f"{world.proposal}-1"
    for asked in (
        {"session": name},
        {"sessionId": world.ids["session"]},
        {"session": name, "sessionId": world.ids["session"]},
    ):
        assert await shown(world, **asked, processing="failed") == {world.ids["collection"]}
        assert await shown(world, **asked, status="processerror") == {world.ids["collection"]}
        assert await shown(world, **asked, processing="running") == set()
        assert await shown(world, "stranger", **asked, processing="failed") == set()


async def test_who_sees_a_part_of_a_session_is_told_of_that_part(service: Service) -> None:
    """Of a proposal that laboratories share, where statements are longest: SQLite reads them too."""
    world = await share_between_laboratories(await build_world(service))
    await made(world, "collection")
    asked = {"sessionId": world.ids["session"], "processing": "success"}
    assert await shown(world, **asked) == await shown(world, **asked, status="processed") == {world.ids["collection"]}
    assert await progress(world) == counted(2, success=1)
    assert await shown(world, OTHER_LABORATORY, **asked) == set()
    assert await progress(world, OTHER_LABORATORY) == counted(0)
    assert await shown(world, proposal=world.proposal, processing="success") == {world.ids["collection"]}


async def test_a_run_on_what_is_hidden_tells_nothing_of_what_is_seen(world: World) -> None:
    """Neither to those who see the older of its collections nor to those who see the newer one."""
    await share_proposal(world)
    sent = result(world.ids["collection"])
    (scaling,) = sent["scalings"]
    both = [{"dataCollectionId": world.ids[name]} for name in ("collection", "their_collection")]
    sent = {**sent, "scalings": [{**scaling, "integrations": both}]}
    async with world.as_("key") as client:
        answer = await client.post(
            "/processings/results", json={**sent, "program": {**sent["program"], "processingStatus": "failed"}}
        )
    assert answer.status_code == 201, answer.text
    for asked in ({"processing": "failed"}, {"status": "processerror"}):
        for role in ("member", THEIRS):
            assert await shown(world, role, sessionId=world.ids["session"], **asked) == set(), role
        everything = await shown(world, "administrator", sessionId=world.ids["session"], **asked)
        assert everything == {world.ids["collection"], world.ids["their_collection"]}


async def end(world: World, *names: str, status: str | None = None) -> None:
    """Collections have ended."""
    async with world.service.database() as db:
        for name in names:
            of = DataCollection.dataCollectionId == world.ids[name]
            await update_rows(db, DataCollection, of, {"endTime": NOW, "runStatus": status})


async def unprocessed(world: World, role: str = "member", **query: Any) -> set[int]:
    """What is found as not processed, in either way of asking."""
    asked = query or {"sessionId": world.ids["session"]}
    found = await shown(world, role, **asked, processing="none")
    kinds = await world.get(role, "/events/types", **asked, processing="none")
    assert sum(kind["count"] for kind in kinds) == len(found)
    if not query:
        assert (await progress(world, role))["none"] == len(found)
    return found


async def test_what_no_run_worked_on_is_found_as_not_processed(world: World) -> None:
    ids = world.ids
    await end(world, "collection", "second_collection")
    assert await unprocessed(world) == {ids["collection"], ids["second_collection"]}
    for status in ("failed", "queued", "success"):
        await ran(world, "collection", status)
        assert await unprocessed(world) == {ids["second_collection"]}
    session, sample = {"sessionId": ids["session"]}, {"blSampleId": ids["sample2"]}
    assert await unprocessed(world, **session, eventType="OSC") == {ids["second_collection"]}
    assert await unprocessed(world, **sample) == {ids["second_collection"]}
    assert ids["second_collection"] in await unprocessed(world, proposal=world.proposal)
    assert await unprocessed(world, dataCollectionGroupId=ids["group"]) == set()
    assert await unprocessed(world, dataCollectionGroupId=ids["second_group"]) == {ids["second_collection"]}
    for query in ({"eventType": "robot"}, {"status": "processerror"}, {"status": "processed"}, {"status": "failed"}):
        assert await unprocessed(world, **session, **query) == set()


async def test_what_was_never_to_be_processed_is_not_missing(world: World) -> None:
    """Grid scans, whether their kind or their grid tells; what failed; and what is not there yet."""
    grid, grids = {"sessionId": world.ids["session"]}, world.service.databases.catalogue
    names = ["of_kind", "of_group"]
    groups = [await world.add(DataCollectionGroup, **grid, experimentType="Mesh", startTime=NOW)]
    groups += [await world.add(DataCollectionGroup, **grid, experimentType="OSC", startTime=NOW) for _ in range(2)]
    await world.add(GridInfo, dataCollectionGroupId=groups[1], steps_x=4, steps_y=3)
    for name, group in zip(names, groups, strict=False):
        await collection(world, name, group)
    if grids.has(GridInfo.dataCollectionId):
        await collection(world, "of_collection", groups[2])
        await world.add(GridInfo, dataCollectionId=world.ids["of_collection"], steps_x=4, steps_y=3)
        names.append("of_collection")
    await end(world, "collection", status="Data collection failed")
    async with world.service.database() as db:
        of = DataCollection.dataCollectionId == world.ids["second_collection"]
        await update_rows(db, DataCollection, of, {"startTime": NOW, "endTime": None, "runStatus": None})
    assert await unprocessed(world) == set()
    for group in (*groups[: len(names)], world.ids["group"], world.ids["second_group"]):
        assert await unprocessed(world, dataCollectionGroupId=group) == set()
    await end(world, "second_collection")
    assert await unprocessed(world) == {world.ids["second_collection"]}


async def test_a_hidden_run_makes_nothing_look_processed(world: World) -> None:
    """Whoever does not see what else a run worked on is not told that it worked on what they see."""
    await end(world, "collection")
    run = await made(world, "collection")
    asked = {"sessionId": world.ids["session"], "eventType": "OSC", "blSampleId": world.ids["sample1"]}
    assert await unprocessed(world, **asked) == set()
    await world.add(AutoProcIntegration, dataCollectionId=world.ids["other_collection"], autoProcProgramId=run)
    for role in ("member", "session_member", "key"):
        assert await unprocessed(world, role, **asked) == {world.ids["collection"]}
    for role in ("staff", "administrator"):
        assert await unprocessed(world, role, **asked) == set()


async def test_of_a_shared_session_each_laboratory_finds_what_is_not_processed_of_its_own(world: World) -> None:
    await share_proposal(world)
    await end(world, "collection", "second_collection", "their_collection")
    async with world.service.database() as db:
        of = DataCollectionGroup.dataCollectionGroupId == world.ids["their_group"]
        await update_rows(db, DataCollectionGroup, of, {"experimentType": "OSC"})  # it was a grid scan
    ours, theirs = world.ids["collection"], world.ids["their_collection"]
    assert await unprocessed(world) & {ours, theirs} == {ours}
    assert await unprocessed(world, THEIRS) == {theirs}
    await made(world, "their_collection")
    assert await unprocessed(world, THEIRS) == set()
    assert ours in await unprocessed(world)
    both = result(ours)
    both["scalings"][0]["integrations"] = [{"dataCollectionId": key} for key in (ours, theirs)]
    async with world.as_("key") as client:
        assert (await client.post("/processings/results", json=both)).status_code == 201
    # A run on both is seen by neither, and by those who see all.
    assert ours in await unprocessed(world)
    assert ours not in await unprocessed(world, "administrator")


@pytest.mark.parametrize("path", ["/events", "/events/progress"])
async def test_it_takes_no_more_statements_for_many_sessions_and_runs(
    world: World, statements_of: Statements, path: str
) -> None:
    sessions = [world.ids[name] for name in ("session", "past_session", "coming_session")]
    await made(world, "collection")

    async def cost(asked: list[int]) -> tuple[int, int]:
        if path == "/events":
            return await statements_of(world, path, sessionId=asked[0], processing="success")
        return await statements_of(world, path, sessionId=asked)

    few, rows = await cost(sessions[:1])
    for number in range(8):
        await collection(world, f"c{number}")
        for _ in range(2):
            await made(world, f"c{number}")
    many, more = await cost(sessions)
    assert more == rows + (8 if path == "/events" else 2)
    assert many == few <= 4


async def test_no_list_begins_at_all_runs_there_are(world: World) -> None:
    reading = world.service.databases.reading
    if reading.dialect.name != "sqlite":
        pytest.skip("MariaDB is told in which order to read tables")
    group = await world.add(DataCollectionGroup, sessionId=world.ids["session"], startTime=NOW)
    keys = [await world.add(DataCollection, dataCollectionGroupId=group, startTime=NOW) for _ in range(40)]
    async with world.service.databases.write() as db:
        run = {"processingPrograms": "fast_dp", "processingStartTime": NOW}
        await db.insert_many(AutoProcProgram, [{**run, "dataCollectionId": key} for key in keys * 10])
        await db.connection.exec_driver_sql("ANALYZE")  # it knows then how little a job tells of a run
    sent: list[tuple[str, Any]] = []
    event.listen(reading.sync_engine, "before_cursor_execute", lambda *told: sent.append((told[2], told[3])))
    for standing in (*STANDINGS, "none"):
        await shown(world, sessionId=world.ids["session"], processing=standing)
    await progress(world)
    async with reading.connect() as connection:
        plans = [await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values) for sql, values in tuple(sent)]
    steps = [step.detail for plan in plans for step in plan]
    before = [one for one, following in pairwise(steps) if following.startswith("SCAN AutoProcProgram")]
    assert [one for one in before if "ProcessingJob" not in one] == []
