"""A request to process data once more: asked for, taken up, run, called off; and what is refused."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from pyispyb.clock import utc_now
from pyispyb.reprocessing.state import HELD, WAITS
from pyispyb.tables import DataCollection, Reprocessing
from tests.processing.documents import result
from tests.world import World

JOBS = "/processings/jobs"


def wish(world: World, **more: Any) -> dict[str, Any]:
    """The first images of the collection, to a limit of resolution."""
    return {
        "recipe": "autoprocessing-xia2-dials",
        "comments": "The last images were dark.",
        "sweeps": [{"dataCollectionId": world.ids["collection"], "startImage": 1, "endImage": 40}],
        "parameters": [{"parameterKey": "d_min", "parameterValue": "1.9"}],
        **more,
    }


@pytest.fixture
async def asked(world: World) -> dict[str, Any]:
    """What a member asked for."""
    async with world.service.database() as db:
        images = {"startImageNumber": 1, "numberOfImages": 100}
        where = DataCollection.dataCollectionId == world.ids["collection"]
        await db.execute(update(DataCollection).where(where).values(images))
    async with world.as_("member") as client:
        answer = await client.post(JOBS, json=wish(world))
    assert answer.status_code == 201, answer.text
    job: dict[str, Any] = answer.json()
    return job


async def waiting(world: World, role: str = "key") -> list[int]:
    found = await world.get(role, JOBS, state="waiting", sessionId=world.ids["session"])
    return [job["processingJobId"] for job in found["results"]]


async def test_a_pipeline_takes_it_up_runs_and_hands_in(world: World, asked: dict[str, Any]) -> None:
    job, collection = asked["processingJobId"], world.ids["collection"]
    assert (asked["state"], asked["parameters"], asked["runs"]) == ("waiting", {"d_min": "1.9"}, [])
    assert [(each["startImage"], each["endImage"]) for each in asked["sweeps"]] == [(1, 40)]
    assert await waiting(world) == [job]
    async with world.as_("key") as pipeline:
        taken = await pipeline.post(f"{JOBS}/{job}/take")
        assert taken.json()["state"] == "queued"
        again = await pipeline.post(f"{JOBS}/{job}/take")
        assert (again.status_code, again.json()["type"].rsplit("/", 1)[1]) == (409, "already-begun")
        assert await waiting(world) == []
        run = {"dataCollectionId": collection, "processingPrograms": "xia2 dials", "processingStatus": "running"}
        begun = (await pipeline.post(f"{JOBS}/{job}/runs", json=run)).json()
        assert begun["processingJobId"] == job
        assert (await world.get("member", f"{JOBS}/{job}"))["state"] == "running"
        made = {**result(collection, "xia2 dials"), "autoProcProgramId": begun["autoProcProgramId"]}
        assert (await pipeline.post("/processings/results", json=made)).status_code == 201
    done = await world.get("member", JOBS, dataCollectionId=collection)
    assert [(each["state"], [run["autoProcProgramId"] for run in each["runs"]]) for each in done["results"]] == [
        ("success", [begun["autoProcProgramId"]])
    ]
    runs = await world.get("member", "/processings/results", dataCollectionId=collection)
    assert begun["autoProcProgramId"] in [run["autoProcProgramId"] for run in runs["results"]]


async def test_a_pipeline_asks_what_waits_on_its_beamline(world: World, asked: dict[str, Any]) -> None:
    job = asked["processingJobId"]

    async def found(role: str, **query: Any) -> set[int]:
        jobs = await world.get(role, JOBS, state="waiting", limit=500, **query)
        return {each["processingJobId"] for each in jobs["results"]}

    assert job in await found("key")
    assert job in await found("key", beamLineName="BL1")
    assert job not in await found("key", beamLineName="BL2")
    assert job not in await found("key", beamLineName="BL2", sessionId=world.ids["session"])
    assert job not in await found("other_key")
    assert job in await found("member")
    assert job not in await found("stranger")


async def test_it_is_called_off_while_it_waits_and_not_later(world: World, asked: dict[str, Any]) -> None:
    job = asked["processingJobId"]
    async with world.as_("member") as client, world.as_("key") as pipeline:
        assert (await client.post(f"{JOBS}/{job}/cancel")).json()["state"] == "cancelled"
        assert (await client.post(f"{JOBS}/{job}/cancel")).status_code == 409
        assert (await pipeline.post(f"{JOBS}/{job}/take")).status_code == 409
        run = {"dataCollectionId": world.ids["collection"], "processingPrograms": "xia2"}
        assert (await pipeline.post(f"{JOBS}/{job}/runs", json=run)).status_code == 409
    assert await waiting(world) == []


async def test_a_pipeline_that_missed_the_answer_asks_again(world: World, asked: dict[str, Any]) -> None:
    job, key = asked["processingJobId"], {"Idempotency-Key": "take-1"}
    async with world.as_("key") as pipeline:
        first = await pipeline.post(f"{JOBS}/{job}/take", headers=key)
        again = await pipeline.post(f"{JOBS}/{job}/take", headers=key)
        assert (first.status_code, again.status_code) == (200, 200)
        assert again.content == first.content
        assert (await pipeline.post(f"{JOBS}/{job}/take", headers={"Idempotency-Key": "take-2"})).status_code == 409


async def test_what_a_pipeline_took_up_and_forgot_waits_again(world: World, asked: dict[str, Any]) -> None:
    job = asked["processingJobId"]

    async def hours_later(client: httpx.AsyncClient) -> httpx.Response:
        answer = await client.post(f"{JOBS}/{job}/take")
        async with world.service.database() as db:
            long_ago = {"takenAt": utc_now() - HELD - timedelta(minutes=1)}
            await db.execute(update(Reprocessing).where(Reprocessing.processingJobId == job).values(long_ago))
        return answer

    async with world.as_("key") as pipeline, world.as_("member") as client:
        assert (await pipeline.post(f"{JOBS}/{job}/take")).json()["state"] == "queued"
        assert (await client.post(f"{JOBS}/{job}/cancel")).status_code == 409
        assert (await hours_later(pipeline)).status_code == 409
        assert (await world.get("member", f"{JOBS}/{job}"))["state"] == "waiting"
        assert await waiting(world) == [job]
        assert (await hours_later(pipeline)).status_code == 200
        assert (await client.post(f"{JOBS}/{job}/cancel")).json()["state"] == "cancelled"
        assert (await pipeline.post(f"{JOBS}/{job}/take")).status_code == 409


async def test_what_runs_does_not_wait_again(world: World, asked: dict[str, Any]) -> None:
    job = asked["processingJobId"]
    async with world.as_("key") as pipeline:
        await pipeline.post(f"{JOBS}/{job}/take")
        run = {"dataCollectionId": world.ids["collection"], "processingPrograms": "xia2", "processingStatus": "queued"}
        assert (await pipeline.post(f"{JOBS}/{job}/runs", json=run)).status_code == 201
        async with world.service.database() as db:
            long_ago = {"takenAt": utc_now() - HELD - timedelta(minutes=1)}
            await db.execute(update(Reprocessing).where(Reprocessing.processingJobId == job).values(long_ago))
        assert await waiting(world) == []
        assert (await pipeline.post(f"{JOBS}/{job}/take")).status_code == 409


async def test_what_nobody_takes_up_expires(world: World, asked: dict[str, Any]) -> None:
    job = asked["processingJobId"]
    async with world.service.database() as db:
        long_ago = {"requestedAt": utc_now() - WAITS - timedelta(minutes=1)}
        await db.execute(update(Reprocessing).where(Reprocessing.processingJobId == job).values(long_ago))
    assert (await world.get("member", f"{JOBS}/{job}"))["state"] == "expired"
    assert await waiting(world) == []


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"recipe": "mine-bitcoin"}, "recipe"),
        ({"parameters": [{"parameterKey": "rm", "parameterValue": "-rf"}]}, "parameters[0].parameterKey"),
        ({"parameters": [{"parameterKey": "d_min", "parameterValue": "fine"}]}, "parameters[0].parameterValue"),
        ({"parameters": [{"parameterKey": "d_min", "parameterValue": "2"}] * 2}, None),
        ({"sweeps": []}, "sweeps"),
    ],
    ids=["recipe", "parameter", "value", "twice", "nothing"],
)
async def test_what_is_not_offered_is_refused(
    world: World, asked: dict[str, Any], more: dict[str, Any], path: str | None
) -> None:
    problem = await world.refused("member", "POST", JOBS, json=wish(world, **more))
    assert path is None or path in {error["path"] for error in problem["errors"]}
    found = await world.get("member", JOBS, dataCollectionId=world.ids["collection"])
    assert [job["processingJobId"] for job in found["results"]] == [asked["processingJobId"]]


@pytest.mark.parametrize(("first", "last"), [(1, 101), (0, 10), (20, 10), (101, 200)])
async def test_images_that_there_are_not_are_refused(
    world: World, asked: dict[str, Any], first: int, last: int
) -> None:
    sweep = {"dataCollectionId": world.ids["collection"], "startImage": first, "endImage": last}
    await world.refused("member", "POST", JOBS, json=wish(world, sweeps=[sweep]))


async def test_several_collections_take_a_recipe_for_several_and_one_proposal(world: World) -> None:
    ids = (world.ids["collection"], world.ids["other_collection"])
    sweeps = [{"dataCollectionId": key, "startImage": 1, "endImage": 2} for key in ids]
    async with world.as_("administrator") as client:
        one = await client.post(JOBS, json=wish(world, sweeps=sweeps))
        several = await client.post(JOBS, json=wish(world, sweeps=sweeps, recipe="autoprocessing-multi-xia2-dials"))
    assert {error["path"] for error in one.json()["errors"]} == {"sweeps"}
    assert (several.status_code, {error["path"] for error in several.json()["errors"]}) == (422, {"sweeps"})
    async with world.as_("member") as client:  # who does not see the other one
        hidden = await client.post(JOBS, json=wish(world, sweeps=sweeps, recipe="autoprocessing-multi-xia2-dials"))
    assert hidden.status_code == 404


async def test_nobody_fills_the_queue(world: World, asked: dict[str, Any]) -> None:
    settings = world.service.app.state.settings.reprocessing
    before, settings.waiting_per_person = settings.waiting_per_person, 1
    try:
        async with world.as_("member") as client:
            assert (await client.post(JOBS, json=wish(world))).status_code == 429
            await client.post(f"{JOBS}/{asked['processingJobId']}/cancel")
            assert (await client.post(JOBS, json=wish(world))).status_code == 201
    finally:
        settings.waiting_per_person = before


async def test_the_same_wish_sent_twice_is_one(world: World) -> None:
    async with world.as_("member") as client:
        headers = {"Idempotency-Key": f"again {world.number}"}
        one = await client.post(JOBS, json=wish(world), headers=headers)
        two = await client.post(JOBS, json=wish(world), headers=headers)
    assert one.json()["processingJobId"] == two.json()["processingJobId"]
