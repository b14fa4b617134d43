"""When a run began and ended follows what is said of it."""

from typing import Any

from tests.world import World

from .test_results import RESULTS

BEGIN, END = "2026-11-20T10:00:00", "2026-11-20T10:12:30"
PROGRAMS = "/processings/programs"


async def ended(world: World) -> int:
    """A run that began and has ended."""
    sent = {
        "dataCollectionId": world.ids["collection"],
        "processingPrograms": "fast_dp",
        "processingStatus": "success",
        "processingStartTime": BEGIN,
        "processingEndTime": END,
    }
    async with world.as_("key") as client:
        answer = await client.post(PROGRAMS, json=sent)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["autoProcProgramId"])


async def changed(world: World, run: int, **sent: Any) -> tuple[str | None, str | None]:
    """Begin and end of a run after a change."""
    async with world.as_("key") as client:
        answer = await client.patch(f"{PROGRAMS}/{run}", json=sent)
    assert answer.status_code == 200, answer.text
    told = await world.get("member", f"{RESULTS}/{run}")
    return told["processingStartTime"], told["processingEndTime"]


async def test_a_run_that_goes_on_has_no_end(world: World) -> None:
    run = await ended(world)
    assert await changed(world, run, processingStatus="failed") == (BEGIN, END)
    assert await changed(world, run, processingStatus="running") == (BEGIN, None)
    begin, end = await changed(world, run, processingStatus="success")
    assert begin == BEGIN
    assert end is not None
    assert end > END


async def test_a_run_that_begins_again_later_than_it_ended_is_taken(world: World) -> None:
    run, later = await ended(world), "2026-11-20T11:00:00"
    assert await changed(world, run, processingStatus="running", processingStartTime=later) == (later, None)


async def test_a_run_that_waits_again_has_not_begun(world: World) -> None:
    run = await ended(world)
    assert await changed(world, run, processingStatus="queued") == (None, None)
    assert (await world.get("member", f"{RESULTS}/{run}"))["state"] == "queued"


async def test_null_clears_an_end_and_who_ends_without_one_ends_now(world: World) -> None:
    run = await ended(world)
    begin, end = await changed(world, run, processingStatus="failed", processingEndTime=None)
    assert begin == BEGIN
    assert end is not None
    assert end > END
    assert await changed(world, run, processingEndTime=None) == (BEGIN, None)
    assert await changed(world, run, processingMessage="x", processingEndTime=END) == (BEGIN, END)


async def test_an_end_before_the_begin_is_refused(world: World) -> None:
    run = await ended(world)
    for sent in ({"processingEndTime": "2026-11-20T09:00:00"}, {"processingStartTime": "2026-11-20T10:30:00"}):
        problem = await world.refused("key", "PATCH", f"{PROGRAMS}/{run}", json=sent)
        assert (problem["status"], problem["errors"][0]["path"]) == (422, "processingEndTime")
    assert await changed(world, run, processingMessage="x") == (BEGIN, END)
