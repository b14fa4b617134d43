"""Characterisations come back as they were sent; what is wrong with one leaves nothing behind."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from pyispyb.tables import (
    AutoProcProgram,
    DataCollection,
    DataCollectionGroup,
    Idempotency,
    Screening,
    ScreeningInput,
    ScreeningOutput,
    ScreeningOutputLattice,
    ScreeningStrategy,
    ScreeningStrategySubWedge,
    ScreeningStrategyWedge,
)
from tests.world import World

from .documents import failed_screening, screening, sub_wedge

SCREENINGS = "/processings/screenings"
WRITTEN = (
    AutoProcProgram,
    Idempotency,
    Screening,
    ScreeningInput,
    ScreeningOutput,
    ScreeningOutputLattice,
    ScreeningStrategy,
    ScreeningStrategyWedge,
    ScreeningStrategySubWedge,
)


async def store(world: World, sent: dict[str, Any], **headers: str) -> dict[str, Any]:
    async with world.as_("key") as client:
        answer = await client.post(SCREENINGS, json=sent, headers=headers)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    assert answer.headers["location"].endswith(f"{SCREENINGS}/{made['screeningId']}")
    return made


def holds(told: dict[str, Any], sent: dict[str, Any]) -> None:
    """Every number and word that was sent is told."""
    plain = {name: value for name, value in sent.items() if not isinstance(value, list | dict)}
    assert {name: told.get(name) for name in plain} == pytest.approx(plain)


async def test_every_number_comes_back(world: World) -> None:
    sent = screening(dataCollectionId=world.ids["collection"])
    made = await store(world, sent)
    assert made["_metadata"]["notKept"] == []
    assert made["dataCollectionGroupId"] == world.ids["group"]
    told = await world.get("member", f"{SCREENINGS}/{made['screeningId']}")
    assert told["_metadata"]["state"] == "strategy"
    assert (told["sessionId"], told["blSampleId"]) == (world.ids["session"], world.ids["sample1"])
    (given,), (output,) = told["ScreeningInput"], told["ScreeningOutput"]
    holds(given, sent["input"])
    holds(output, sent["output"])
    (lattice,) = output["ScreeningOutputLattice"]
    holds(lattice, sent["output"]["lattices"][0])
    for keys, strategy, wanted in zip(
        made["strategies"], output["ScreeningStrategy"], sent["output"]["strategies"], strict=True
    ):
        assert strategy["screeningStrategyId"] == keys["screeningStrategyId"]
        holds(strategy, wanted)
        wedges = strategy["ScreeningStrategyWedge"]
        assert [wedge["wedgeNumber"] for wedge in wedges] == list(range(1, len(wanted["wedges"]) + 1))
        for wedge, wanted_wedge, part_keys in zip(
            wedges, wanted["wedges"], keys["screeningStrategySubWedgeIds"], strict=True
        ):
            holds(wedge, wanted_wedge)
            parts = wedge["ScreeningStrategySubWedge"]
            assert [part["screeningStrategySubWedgeId"] for part in parts] == part_keys
            for part, wanted_part in zip(parts, wanted_wedge["subWedges"], strict=True):
                holds(part, wanted_part)


@pytest.mark.parametrize("said", [None, False, True])
async def test_what_nobody_said_of_success_is_open(world: World, said: bool | None) -> None:
    """Where a column can be: one flavour has no place for an open `alignmentSuccess`, the other none for any."""
    sent = failed_screening(dataCollectionId=world.ids["collection"])
    sent["output"] |= {"alignmentSuccess": said, "screeningSuccess": said}
    made = await store(world, sent)
    (output,) = (await world.get("member", f"{SCREENINGS}/{made['screeningId']}"))["ScreeningOutput"]
    wanted = f"[{world.ids['collection']}]"
    statuses = (await world.get("member", "/processings/status", dataCollectionIds=wanted))["statuses"]
    ((status,),) = statuses[str(world.ids["collection"])]["screening"].values()
    facts = world.service.databases.catalogue.facts_of(ScreeningOutput).get("alignmentSuccess")
    aligned = None if facts is None else said if said is not None or facts.nullable else False
    assert (output["screeningSuccess"], output.get("alignmentSuccess")) == (said, aligned)
    assert status["alignmentSuccess"] == (None if aligned is None else int(aligned))


async def test_a_collection_may_follow_a_sub_wedge(world: World) -> None:
    made = await store(world, screening(dataCollectionId=world.ids["collection"]))
    part = made["strategies"][1]["screeningStrategySubWedgeIds"][2][1]
    async with world.as_("key") as client:
        sent = {"group_id": world.ids["group"], "screening_sub_wedge_id": part}
        answer = await client.post("/datacollections/datacollection", json=sent)
    assert answer.status_code == 201, answer.text


async def test_one_of_a_group_is_found_with_its_collections_and_sample(world: World) -> None:
    made = await store(world, failed_screening(dataCollectionGroupId=world.ids["group"]))
    ids = world.ids
    for query in (
        {"dataCollectionId": ids["collection"]},
        {"dataCollectionGroupId": ids["group"]},
        {"sessionId": ids["session"]},
        {"blSampleId": ids["sample1"]},
        {"proposal": world.proposal},
    ):
        (told,) = (await world.get("member", SCREENINGS, **query))["results"]
        assert told["screeningId"] == made["screeningId"]
        assert (told["dataCollectionId"], told["_metadata"]["state"]) == (None, "failed")
        assert told["ScreeningOutput"][0]["statusDescription"] == "Too few spots"
    assert (await world.get("member", SCREENINGS, blSampleId=ids["sample2"]))["results"] == []


async def test_rows_of_another_program_are_shown_where_the_collection_is(world: World) -> None:
    """A row that names one session's collection and another's group belongs to the collection."""
    ids = world.ids
    await world.add(
        Screening, dataCollectionId=ids["other_collection"], dataCollectionGroupId=ids["group"], programVersion="x"
    )
    assert (await world.get("member", SCREENINGS, sessionId=ids["session"]))["results"] == []


async def test_the_same_sent_twice_is_stored_once(world: World) -> None:
    sent = screening(dataCollectionId=world.ids["collection"])
    first = await store(world, sent, **{"Idempotency-Key": "edna-1"})
    assert await store(world, sent, **{"Idempotency-Key": "edna-1"}) == first
    assert len((await world.get("member", SCREENINGS, sessionId=world.ids["session"]))["results"]) == 1


async def test_its_files_are_listed_with_a_run(world: World, files_root: Path) -> None:
    folder = files_root / f"edna-{world.number}"
    folder.mkdir()
    (folder / "edna.log").write_text("indexed")
    files = [{"fileType": "Log", "fileName": "edna.log", "filePath": str(folder)}]
    made = await store(world, {**screening(dataCollectionId=world.ids["collection"]), "attachments": files})
    run = made["autoProcProgramId"]
    (listed,) = await world.get("member", f"/processings/programs/{run}/attachments")
    async with world.as_("member") as client:
        assert (await client.get(listed["url"])).text == "indexed"
    told = await world.get("member", f"{SCREENINGS}/{made['screeningId']}")
    keeps = world.service.databases.catalogue.has(Screening.autoProcProgramId)
    assert told["autoProcProgramId"] == (run if keeps else None)
    assert made["_metadata"]["notKept"] == ([] if keeps else ["autoProcProgramId"])


async def test_a_session_costs_the_same_however_many_there_are(world: World, caplog: pytest.LogCaptureFixture) -> None:
    async def statements() -> int:
        caplog.clear()
        with caplog.at_level("INFO", logger="pyispyb.requests"):
            await world.get("member", SCREENINGS, sessionId=world.ids["session"])
        (line,) = [record.getMessage() for record in caplog.records if record.name == "pyispyb.requests"]
        return int(orjson.loads(line)["statements"])

    await store(world, screening(dataCollectionId=world.ids["collection"]))
    one = await statements()
    for _ in range(3):
        await store(world, screening(dataCollectionId=world.ids["second_collection"]))
    assert await statements() == one <= 4


MISTAKES: tuple[tuple[Any, str], ...] = (
    (lambda output: output.update(strategySuccess=False), "output"),
    (lambda output: output["strategies"][0].update(completeness=99.5), "output.strategies[0].completeness"),
    (lambda output: output["lattices"][0].update(unitCell_alpha=190), "output.lattices[0].unitCell_alpha"),
    (
        lambda output: output["strategies"][0]["wedges"][0]["subWedges"].append(sub_wedge(10, 0)),
        "output.strategies[0].wedges[0].subWedges[1]",
    ),
    (lambda output: output.update(mosiacity=0.3), "output.mosiacity"),
)


async def test_a_mistake_is_named_and_nothing_is_written(world: World) -> None:
    before = await world.count(*WRITTEN)
    for change, path in MISTAKES:
        sent = screening(dataCollectionId=world.ids["collection"])
        change(sent["output"])
        problem = await world.refused("key", "POST", SCREENINGS, json=sent)
        assert problem["status"] == 422
        assert path in [error["path"] for error in problem["errors"]]
    assert await world.count(*WRITTEN) == before


async def test_what_is_not_of_the_target_is_refused(world: World) -> None:
    ids = world.ids
    group = await world.add(DataCollectionGroup, sessionId=ids["session"])
    collection = await world.add(DataCollection, dataCollectionGroupId=group)
    foreign = await world.add(AutoProcProgram, processingPrograms="somebody else's")
    before = await world.count(*WRITTEN)
    for sent, status in (
        ({"dataCollectionId": collection, "dataCollectionGroupId": ids["group"]}, 422),
        ({"dataCollectionId": collection, "autoProcProgramId": foreign}, 404),
        ({"dataCollectionId": ids["other_collection"]}, 404),
        ({"dataCollectionGroupId": ids["other_group"]}, 404),
    ):
        problem = await world.refused("key", "POST", SCREENINGS, json=screening(**sent))
        assert problem["status"] == status, sent
    assert await world.count(*WRITTEN) == before
