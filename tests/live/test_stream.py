"""Live changes of a session over a real connection, on every kind of database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import orjson
import pytest
import uvicorn
from sqlalchemy import delete, text

from pyispyb.app import API_BASE
from pyispyb.live import queries
from pyispyb.tables import (
    DataCollection,
    DataCollectionGroup,
    ImageQualityIndicators,
    RobotAction,
    Session_has_Person,
)
from tests.mx.documents import centring, screening
from tests.processing.documents import result
from tests.service import Service
from tests.world import NOW, World

WITHIN = 6.0
"""Seconds to wait for a change: two where nothing else runs, while these tests share a machine with others."""


@dataclass
class Event:
    id: str
    event: str
    data: dict[str, Any]


class Reader:
    """A stream being read, as a browser reads it."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self) -> Event | None:
        """The next event; None when the stream ends."""
        fields: dict[str, str] = {}
        async for line in self._lines:
            if line.startswith(":") or (not line and "data" not in fields):
                continue
            if not line:
                return Event(fields["id"], fields["event"], orjson.loads(fields["data"]))
            name, _, value = line.partition(": ")
            fields[name] = value
        return None

    async def soon(self, kind: str) -> Event:
        """The next event of a kind."""
        async with asyncio.timeout(WITHIN):
            while True:
                found = await self.next()
                assert found is not None, "the stream ended"
                if found.event == kind:
                    return found


@asynccontextmanager
async def serving(service: Service) -> AsyncIterator[str]:
    """An application behind a real socket; gives the address of its API."""
    config = uvicorn.Config(
        service.app, host="127.0.0.1", port=0, lifespan="off", log_level="error", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}{API_BASE}"
    server.should_exit = True
    await running


@pytest.fixture(scope="session")
async def served(service: Service) -> AsyncIterator[str]:
    """The application behind a real socket."""
    async with serving(service) as address:
        yield address


@asynccontextmanager
async def stream(
    served: str, world: World, role: str, last: str | None = None, session: str = "session"
) -> AsyncIterator[Reader]:
    headers = {"Authorization": f"Bearer {world.tokens[role]}"} | ({"Last-Event-ID": last} if last else {})
    address = f"{served}/sessions/{world.ids[session]}/live"
    async with (
        httpx.AsyncClient(timeout=10, verify=False) as client,  # plain HTTP: no certificates to load
        client.stream("GET", address, headers=headers) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Reader(answer.aiter_lines())


async def collect(world: World, prefix: str) -> int:
    """Another program writes a collection straight into the tables."""
    group = await world.add(
        DataCollectionGroup, sessionId=world.ids["session"], experimentType="OSC", startTime=NOW + timedelta(minutes=1)
    )
    return await world.add(
        DataCollection, dataCollectionGroupId=group, startTime=NOW, imagePrefix=prefix, runStatus="Running"
    )


async def test_a_stream_begins_with_where_it_stands(served: str, world: World) -> None:
    async with stream(served, world, "member") as reader:
        beginning = await reader.soon("session")
        assert beginning.data == {"sessionId": world.ids["session"], "resync": False}


async def test_a_collection_written_by_another_program_arrives(served: str, world: World) -> None:
    async with stream(served, world, "member") as reader:
        await reader.soon("session")
        key = await collect(world, "seen-at-once")
        found = await reader.soon("collection")
        assert found.data["dataCollectionId"] == key
        assert found.data["change"] == "new"
        assert found.data["imagePrefix"] == "seen-at-once"
        assert found.data["state"] == "running"


async def test_a_collection_written_through_the_service_arrives(served: str, world: World) -> None:
    async with stream(served, world, "session_member") as reader, world.as_("key") as beamline:
        await reader.soon("session")
        group = await beamline.post(
            "/datacollections/group", json={"sessionId": world.ids["session"], "experimentType": "OSC"}
        )
        written = await beamline.post(
            "/datacollections/datacollection", json={"group_id": group.json(), "status": "Running"}
        )
        found = await reader.soon("collection")
        assert found.data["dataCollectionId"] == written.json()["dataCollectionId"]


async def test_a_change_of_an_old_collection_arrives(served: str, world: World, service: Service) -> None:
    async with stream(served, world, "member") as reader:
        await reader.soon("session")
        async with service.database() as db:
            await db.execute(
                text("UPDATE DataCollection SET comments = 'looked at again' WHERE dataCollectionId = :key").bindparams(
                    key=world.ids["collection"]
                )
            )
        found = await reader.soon("collection")
        assert found.data["dataCollectionId"] == world.ids["collection"]
        assert found.data["change"] == "changed"


async def test_robot_actions_and_indicators_arrive(served: str, world: World, service: Service) -> None:
    async with stream(served, world, "member") as reader:
        await reader.soon("session")
        action = await world.add(
            RobotAction, blsessionId=world.ids["session"], startTimestamp=NOW, endTimestamp=NOW, actionType="UNLOAD"
        )
        assert (await reader.soon("robot")).data == {"robotActionId": action, "change": "new"}
        async with world.as_("key") as beamline:
            sent = {"dataCollectionId": world.ids["collection"], "imageNumber": [1, 2, 3], "dozor_score": [1, 2, 3]}
            assert (await beamline.post("/datacollections/quality", json=sent)).status_code == 201
        assert (await reader.soon("indicators")).data == {"dataCollectionId": world.ids["collection"], "images": 3}
        async with service.database() as db:
            await db.execute(
                delete(ImageQualityIndicators).where(ImageQualityIndicators.dataCollectionId == world.ids["collection"])
            )


async def test_processing_arrives_as_it_gets_on(served: str, world: World) -> None:
    collection = world.ids["collection"]
    async with stream(served, world, "member") as reader:
        await reader.soon("session")
        async with world.as_("key") as client:
            sent = {"dataCollectionId": collection, "processingPrograms": "xia2 dials"}
            run = (await client.post("/processings/programs", json=sent)).json()["autoProcProgramId"]
            about = {"autoProcProgramId": run, "dataCollectionId": collection}
            assert (await reader.soon("processing")).data == {**about, "state": "running", "change": "new"}
            await client.patch(f"/processings/programs/{run}", json={"processingStatus": "failed"})
            assert (await reader.soon("processing")).data == {**about, "state": "failed", "change": "changed"}
            made = await client.post("/processings/results", json=result(collection))
        arrived = (await reader.soon("processing")).data
    assert arrived["autoProcProgramId"] == made.json()["autoProcProgramId"]
    assert (arrived["state"], arrived["change"]) == ("success", "new")


async def test_processing_of_older_collections_arrives_too(
    served: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People ask for what was measured hours ago to be processed again, and look at it."""
    monkeypatch.setattr(queries, "PROCESSED", 1)
    monkeypatch.setattr(queries, "OLDER", 1)
    oldest = world.ids["collection"]
    newer = [await collect(world, f"newer-{number}") for number in range(4)]
    async with world.as_("key") as client:

        async def begin(collection: int) -> int:
            sent = {"dataCollectionId": collection, "processingPrograms": "xia2 dials"}
            begun = await client.post("/processings/programs", json=sent)
            return int(begun.json()["autoProcProgramId"])

        before = await begin(newer[1])
        async with stream(served, world, "member") as reader:
            await reader.soon("session")
            run = await begin(oldest)
            found = (await reader.soon("processing")).data
            assert (found["autoProcProgramId"], found["change"]) == (run, "new"), "what was there before is not told"
            for program in (run, before):
                await client.patch(f"/processings/programs/{program}", json={"processingStatus": "failed"})
                found = (await reader.soon("processing")).data
                assert (found["autoProcProgramId"], found["state"]) == (program, "failed")
                assert found["change"] == "changed"
            run = await begin(await collect(world, "newest"))
            found = (await reader.soon("processing")).data
            assert (found["autoProcProgramId"], found["change"]) == (run, "new")


async def test_what_is_found_out_about_a_crystal_arrives(served: str, world: World) -> None:
    ids = world.ids
    async with stream(served, world, "member") as reader, world.as_("key") as client:
        await reader.soon("session")
        about = {"dataCollectionId": ids["collection"], "change": "new"}
        made = await client.post("/processings/screenings", json=screening(dataCollectionId=ids["collection"]))
        assert (await reader.soon("screening")).data == {"screeningId": made.json()["screeningId"], **about}
        made = await client.post("/processings/xray-centrings", json=centring(ids["group"]))
        assert (await reader.soon("centring")).data == {"xrayCentringId": made.json()["xrayCentringId"], **about}
        made = await client.post("/datacollections/workflows", json={"dataCollectionGroupIds": [ids["group"]]})
        workflow = made.json()["workflowId"]
        assert (await reader.soon("workflow")).data == {"workflowId": workflow, **about}
        await client.post(f"/datacollections/workflows/{workflow}/steps", json={"workflowStepType": "Mesh"})
        changed = {"workflowId": workflow, **about, "change": "changed"}
        assert (await reader.soon("workflow")).data == changed


async def test_requests_for_reprocessing_arrive_as_they_get_on(served: str, world: World) -> None:
    collection = world.ids["collection"]
    sweep = {"dataCollectionId": collection, "startImage": 1, "endImage": 9}
    wish = {"recipe": "autoprocessing-xia2-dials", "sweeps": [sweep]}
    async with stream(served, world, "member") as reader, world.as_("session_member") as other:
        await reader.soon("session")
        job = (await other.post("/processings/jobs", json=wish)).json()["processingJobId"]
        about = {"processingJobId": job, "dataCollectionId": collection}
        assert (await reader.soon("reprocessing")).data == {**about, "state": "waiting", "change": "new"}
        async with world.as_("key") as pipeline:
            await pipeline.post(f"/processings/jobs/{job}/take")
            assert (await reader.soon("reprocessing")).data == {**about, "state": "queued", "change": "changed"}
            run = {"dataCollectionId": collection, "processingPrograms": "xia2", "processingStatus": "failed"}
            await pipeline.post(f"/processings/jobs/{job}/runs", json=run)
            assert (await reader.soon("reprocessing")).data == {**about, "state": "failed", "change": "changed"}
        other_job = (await other.post("/processings/jobs", json=wish)).json()["processingJobId"]
        assert (await reader.soon("reprocessing")).data["processingJobId"] == other_job
        await other.post(f"/processings/jobs/{other_job}/cancel")
        assert (await reader.soon("reprocessing")).data["state"] == "cancelled"


async def test_a_reader_who_comes_back_misses_nothing_and_sees_nothing_twice(served: str, world: World) -> None:
    async with stream(served, world, "member") as reader:
        await reader.soon("session")
        await collect(world, "before")
        last = (await reader.soon("collection")).id
    missed = [await collect(world, f"missed-{number}") for number in range(3)]
    await asyncio.sleep(0.6)
    async with stream(served, world, "member", last) as reader:
        assert [(await reader.soon("collection")).data["dataCollectionId"] for _ in missed] == missed
        after = await collect(world, "after")
        assert (await reader.soon("collection")).data["dataCollectionId"] == after


async def test_a_reader_whom_nobody_remembers_gets_the_new_and_loads_the_rest_again(served: str, world: World) -> None:
    new = await collect(world, "new")
    # Not a member: where some proposal is shared by laboratories, members are told to load everything again.
    async with stream(served, world, "administrator", f"0123abcd-7-{new - 1}") as reader:
        assert (await reader.soon("collection")).data["dataCollectionId"] == new
        assert (await reader.soon("session")).data["resync"] is True


@pytest.mark.parametrize("last", ["garbage", "x-1-0", "0123abcd-7", f"0123abcd-7-{10**30}"])
async def test_who_comes_back_with_what_is_no_cursor_loads_everything_again(
    served: str, world: World, last: str
) -> None:
    async with stream(served, world, "administrator", last) as reader:
        first = await reader.next()
        assert first is not None
        assert (first.event, first.data["resync"]) == ("session", True)


async def test_many_readers_share_one_watcher(served: str, world: World, service: Service) -> None:
    before = service.app.state.watchers.sessions
    async with (
        stream(served, world, "member") as first,
        stream(served, world, "session_member") as second,
        stream(served, world, "administrator") as third,
    ):
        for reader in (first, second, third):
            await reader.soon("session")
        assert service.app.state.watchers.sessions - before == {world.ids["session"]}
        key = await collect(world, "for all")
        for reader in (first, second, third):
            assert (await reader.soon("collection")).data["dataCollectionId"] == key


async def test_strangers_have_no_stream(world: World) -> None:
    for role, status in (("nobody", 401), ("stranger", 404), ("other_key", 404)):
        async with world.as_(role) as client:
            assert (await client.get(f"/sessions/{world.ids['session']}/live")).status_code == status


async def test_who_loses_the_right_loses_the_stream(served: str, world: World, service: Service) -> None:
    async with stream(served, world, "session_member") as reader:
        await reader.soon("session")
        async with service.database() as db:
            await db.execute(
                delete(Session_has_Person).where(Session_has_Person.personId == world.ids["session_member"])
            )
        async with asyncio.timeout(3):
            assert await reader.next() is None
