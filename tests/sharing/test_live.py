"""A reader of a shared proposal's session is told of their own laboratory's part, and not how much else happens."""

import asyncio

import pytest

from pyispyb.tables import AutoProcIntegration, AutoProcProgram, DataCollection, DataCollectionGroup, RobotAction
from tests.live.test_stream import Event, Reader, stream
from tests.world import NOW, World

from .bag import LEADER, THEIRS


async def collect(world: World, sample: str | None, prefix: str) -> int:
    """Another program writes a collection straight into the tables."""
    named = None if sample is None else world.ids[sample]
    group = await world.add(
        DataCollectionGroup, sessionId=world.ids["session"], blSampleId=named, experimentType="OSC", startTime=NOW
    )
    return await world.add(DataCollection, dataCollectionGroupId=group, startTime=NOW, imagePrefix=prefix)


async def begun(reader: Reader) -> Event:
    return await reader.soon("session")


@pytest.mark.parametrize(("role", "sees"), [("member", {"ours"}), (THEIRS, {"theirs"}), ("session_member", {"ours"})])
async def test_each_laboratory_is_told_of_its_own_collections(
    served: str, bag: World, role: str, sees: set[str]
) -> None:
    async with stream(served, bag, role) as reader, stream(served, bag, LEADER) as leader:
        await begun(reader)
        await begun(leader)
        await collect(bag, "their_sample", "theirs")
        await collect(bag, None, "nobody's")
        await bag.add(
            RobotAction,
            blsessionId=bag.ids["session"],
            blsampleId=bag.ids["their_sample" if role != THEIRS else "sample1"],
            startTimestamp=NOW,
            endTimestamp=NOW,
        )
        await collect(bag, "sample1", "ours")
        told = {(await leader.soon("collection")).data["imagePrefix"] for _ in range(3)}
        assert told == {"ours", "theirs", "nobody's"}
        seen = await _until_silence(reader)
    assert {event.data["imagePrefix"] for event in seen if event.event == "collection"} == sees
    assert [event for event in seen if event.event == "robot"] == []


async def test_each_laboratory_is_told_of_processing_of_its_own(served: str, bag: World) -> None:
    async with stream(served, bag, THEIRS) as reader, stream(served, bag, LEADER) as leader:
        await begun(reader)
        await begun(leader)
        runs = {}
        for name, collections in (
            ("ours", ["collection"]),
            ("both", ["collection", "their_collection"]),
            ("theirs", ["their_collection"]),
        ):
            runs[name] = await bag.add(AutoProcProgram, processingPrograms=name, processingStatus="1")
            for collection in collections:
                await bag.add(AutoProcIntegration, dataCollectionId=bag.ids[collection], autoProcProgramId=runs[name])
        told = {(await leader.soon("processing")).data["autoProcProgramId"] for _ in runs}
        assert told == set(runs.values())
        jobs = [await ask(bag, *of) for of in (["collection"], ["collection", "their_collection"])]
        jobs.append(theirs := await ask(bag, "their_collection"))
        assert {(await leader.soon("reprocessing")).data["processingJobId"] for _ in jobs} == set(jobs)
        seen = await _until_silence(reader)
    made = [event.data for event in seen if event.event == "processing"]
    assert {data["autoProcProgramId"] for data in made} == {runs["theirs"]}
    asked = [event.data for event in seen if event.event == "reprocessing"]
    assert {data["processingJobId"] for data in asked} == {theirs}


async def ask(bag: World, *collections: str) -> int:
    """The leader, who sees everything, asks for images of these to be processed once more."""
    sweeps = [{"dataCollectionId": bag.ids[name], "startImage": 1, "endImage": 9} for name in collections]
    async with bag.as_(LEADER) as client:
        answer = await client.post(
            "/processings/jobs", json={"recipe": "autoprocessing-multi-xia2-dials", "sweeps": sweeps}
        )
    assert answer.status_code == 201, answer.text
    job: int = answer.json()["processingJobId"]
    return job


async def _until_silence(reader: Reader) -> list[Event]:
    """What is told within two seconds."""
    events: list[Event] = []
    try:
        async with asyncio.timeout(2):
            while (event := await reader.next()) is not None:
                events.append(event)
    except TimeoutError:
        pass
    return events


async def test_a_reader_who_comes_back_misses_nothing_that_is_theirs(served: str, bag: World) -> None:
    async with stream(served, bag, "member") as reader:
        await begun(reader)
        await collect(bag, "sample1", "first")
        last = (await reader.soon("collection")).id
    hidden = await collect(bag, "their_sample", "theirs")
    mine = await collect(bag, "sample1", "second")
    async with stream(served, bag, LEADER) as leader:
        await _wait_for(leader, mine)
    async with stream(served, bag, "member", last) as reader:
        event = await reader.soon("collection")
    assert event.data["dataCollectionId"] == mine != hidden


async def _wait_for(leader: Reader, collection: int) -> None:
    """Until the watcher has seen a collection; it may have before anybody asks."""
    try:
        async with asyncio.timeout(1.5):
            while (event := await leader.next()) is not None:
                if event.data.get("dataCollectionId") == collection:
                    return
    except TimeoutError:
        return


async def test_cursors_do_not_tell_how_much_happens(served: str, bag: World) -> None:
    async with stream(served, bag, "member") as reader:
        ids = [(await begun(reader)).id]
        newest = await collect(bag, "their_sample", "theirs")
        await collect(bag, "sample1", "ours")
        ids.append((await reader.soon("collection")).id)
    for cursor in ids:
        assert str(newest) not in cursor.split("-")
        assert cursor.count("-") == 1
    assert len({len(cursor) for cursor in ids}) == 1


async def test_a_reader_who_comes_back_again_and_again_does_not_learn_how_often_something_happens(
    served: str, bag: World
) -> None:
    async def marks(role: str = "member") -> list[str]:
        found = []
        for _ in range(4):
            async with stream(served, bag, role) as reader:
                found.append((await begun(reader)).id)
        return found

    async with stream(served, bag, LEADER) as leader:
        await begun(leader)
        quiet, busy = await marks(), []
        for number in range(4):
            hidden = await collect(bag, "their_sample", f"theirs-{number}")
            await _wait_for(leader, hidden)
            busy += (await marks())[:1]
    assert len({*quiet, *busy}) == len(quiet) + len(busy)
    assert len({len(mark) for mark in quiet + busy}) == 1
    assert {part for mark in quiet for part in mark.split("-")}.isdisjoint(
        part for mark in busy for part in mark.split("-")
    )


async def test_who_saw_nothing_yet_comes_back_without_a_gap(served: str, bag: World) -> None:
    async with stream(served, bag, LEADER) as leader:
        await begun(leader)
        async with stream(served, bag, "member") as reader:
            last = (await begun(reader)).id
        await collect(bag, "their_sample", "theirs")
        mine = [await collect(bag, "sample1", f"ours-{number}") for number in range(2)]
        await _wait_for(leader, mine[-1])
        async with stream(served, bag, "member", last) as reader:
            assert [(await reader.soon("collection")).data["dataCollectionId"] for _ in mine] == mine
            again = await collect(bag, "sample1", "ours-again")
            assert (await reader.soon("collection")).data["dataCollectionId"] == again


async def test_a_cursor_with_numbers_is_no_way_to_guess_how_much_happened(served: str, bag: World) -> None:
    async with stream(served, bag, LEADER) as leader:
        epoch = (await begun(leader)).id.partition("-")[0]
        for number in (0, 1, 10**6):
            async with stream(served, bag, "member", f"{epoch}-{number}-0") as reader:
                assert (await begun(reader)).data["resync"] is True


async def test_a_cursor_that_nobody_remembers_asks_to_load_again(served: str, bag: World) -> None:
    await collect(bag, "their_sample", "theirs")
    async with stream(served, bag, "member", "0badf00d-0123456789abcdef") as reader:
        first = await reader.next()
    assert first is not None
    assert (first.event, first.data["resync"]) == ("session", True)


async def test_a_share_taken_back_ends_what_is_told(served: str, bag: World) -> None:
    async with bag.as_(THEIRS) as client:
        sent = {"blSampleId": bag.ids["their_sample"], "personId": bag.ids["member"]}
        made = (await client.post("/shares", json=sent)).json()
    async with stream(served, bag, "member") as reader:
        await begun(reader)
        await collect(bag, "their_sample", "shared")
        assert (await reader.soon("collection")).data["imagePrefix"] == "shared"
        async with bag.as_(THEIRS) as client:
            await client.delete(f"/shares/{made['shareId']}")
        await collect(bag, "their_sample", "no longer")
        assert [event for event in await _until_silence(reader) if event.event == "collection"] == []
