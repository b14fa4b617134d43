"""Structures come back as they were sent, ranked, on every flavour; and are seen with the data they were made of."""

from typing import Any

import pytest

from pyispyb.tables import (
    AutoProcIntegration,
    AutoProcProgram,
    DataCollection,
    MXMRRun,
    PhasingProgramAttachment,
    PhasingProgramRun,
    PhasingStep,
    StructureRun,
)
from tests.world import World

from .documents import STRUCTURES, blob, phased, refined, scaling

WRITTEN = (AutoProcProgram, MXMRRun, PhasingStep, StructureRun)


async def store(world: World, sent: dict[str, Any]) -> dict[str, Any]:
    async with world.as_("key") as client:
        answer = await client.post(STRUCTURES, json=sent)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def numbers(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent but for the run and the lists."""
    lists = {"program", "blobs", "shells", "attachments", "messages", "autoProcProgramId"}
    return {name: value for name, value in sent.items() if name not in lists}


def assert_same(told: dict[str, Any], sent: dict[str, Any]) -> None:
    """Numbers to the digits that a FLOAT of MariaDB holds, texts as they are."""
    for name, value in sent.items():
        assert told[name] == (pytest.approx(value, rel=1e-5) if isinstance(value, float) else value), name


@pytest.mark.parametrize("document", [refined, phased])
async def test_all_that_is_sent_comes_back(world: World, document: Any) -> None:
    sent = document(await scaling(world))
    made = await store(world, sent)
    assert made["_metadata"]["notKept"] in ([], ["importanceRank"])
    told = await world.get("member", f"{STRUCTURES}/{made['structureId']}")
    assert_same(told, numbers(sent))
    assert told["state"] == "success"
    assert told["dataPipeline"] == "pipeline 0"
    assert told["dataCollectionIds"] == [world.ids["collection"]]
    assert told["shells"] == sent.get("shells", [])
    assert told["blobCount"] == len(told["blobs"]) == len(sent["blobs"])
    for blob_told, blob_sent in zip(
        told["blobs"], sorted(sent["blobs"], key=lambda each: -each["height"]), strict=True
    ):
        wanted = {name: value for name, value in blob_sent.items() if name not in {"filePath", "views"}}
        assert_same(blob_told, wanted)
        assert len(blob_told["views"]) == len(blob_sent["views"])
    assert [each["content"] for each in told["files"]] == ["model", "reflections", "log"][: len(told["files"])]
    (listed,) = (await world.get("member", STRUCTURES, dataCollectionId=world.ids["collection"]))["results"]
    assert listed.items() <= (told | {"rank": 1}).items()


async def test_the_run_is_no_result_of_processing(world: World) -> None:
    await store(world, refined(await scaling(world)))
    found = await world.get("member", "/processings/results", dataCollectionId=world.ids["collection"])
    assert [each["pipeline"] for each in found["results"]] == ["pipeline 0"]


async def test_the_best_come_first_and_failures_last(world: World) -> None:
    key = await scaling(world)
    failed = {"processingPrograms": "MOLREP 11", "processingStatus": "failed", "processingMessage": "No solution"}
    sent = [
        refined(key, program={"processingPrograms": "worse 1.0"}, rFreeValueEnd=0.31),
        phased(key),
        {"autoProcScalingId": key, "kind": "molecular replacement", "program": failed},
        refined(key, program={"processingPrograms": "better 1.0"}, rFreeValueEnd=0.21),
    ]
    for each in sent:
        await store(world, each)
    for query in ({"dataCollectionId": world.ids["collection"]}, {"sessionId": world.ids["session"]}):
        found = (await world.get("member", STRUCTURES, **query))["results"]
        assert [(each["pipeline"], each["rank"]) for each in found] == [
            ("better", 1),
            ("worse", 2),
            ("fast_ep", 3),
            ("MOLREP 11", None),
        ]
    assert found[-1]["processingMessage"] == "No solution"
    assert found[-1]["state"] == "failed"


async def test_an_announced_run_gets_its_result_once(world: World) -> None:
    key = await scaling(world)
    begun = {"processingPrograms": "DIMPLE 2.6.2", "processingStatus": "running"}
    run = (await store(world, {"autoProcScalingId": key, "kind": "refinement", "program": begun}))["autoProcProgramId"]
    query = {"dataCollectionId": world.ids["collection"]}
    (seen,) = (await world.get("member", STRUCTURES, **query))["results"]
    assert (seen["state"], seen["rank"], seen["rFreeValueEnd"]) == ("running", None, None)
    sent = refined(key, autoProcProgramId=run)
    assert (await store(world, sent))["structureId"] == f"run-{run}"
    (seen,) = (await world.get("member", STRUCTURES, **query))["results"]
    assert (seen["state"], seen["rank"], seen["rFreeValueEnd"]) == ("success", 1, pytest.approx(0.234375))
    assert (await store(world, sent))["structureId"] == f"run-{run}", "sent again"
    problem = await world.refused("key", "POST", STRUCTURES, json={**sent, "rFreeValueEnd": 0.25})
    assert problem["errors"] == [{"path": "autoProcProgramId", "message": "has a result already"}]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"rFreeValueEnd": -0.1}, "rFreeValueEnd"),
        ({"rValueStart": 1.2}, "rValueStart"),
        ({"rValueEnd": "21.3"}, "rValueEnd"),
        ({"rFreeValueStart": 30}, "rFreeValueStart"),
        ({"rFreeValueEnd": 25.1}, "rFreeValueEnd"),
        ({"lowRes": 1.0}, ""),
        ({"shells": [{"values": {"FOM": 0.5}}]}, ""),
        ({"blobs": [blob(filePath=None)]}, "blobs[0]"),
        ({"blobs": [blob(views=["../secret.png"])]}, "blobs[0].views[0]"),
        ({"rfree": 0.2}, "rfree"),
        ({"autoProcProgramId": 1}, "autoProcProgramId"),
    ],
)
async def test_what_is_wrong_leaves_nothing(world: World, change: dict[str, Any], path: str) -> None:
    sent = refined(await scaling(world), **change)
    before = await world.count(*WRITTEN)
    problem = await world.refused("key", "POST", STRUCTURES, json=sent)
    assert problem["status"] == 422
    assert problem["errors"][0]["path"] == path
    assert "error, " not in problem["errors"][0]["message"]
    assert problem["detail"].startswith(f"{path}: " if path else problem["errors"][0]["message"])
    assert await world.count(*WRITTEN) == before


async def test_an_r_value_in_percent_is_told_to_be_a_fraction(world: World) -> None:
    problem = await world.refused("key", "POST", STRUCTURES, json=refined(await scaling(world), rFreeValueEnd=25.1))
    assert "as a fraction" in problem["errors"][0]["message"]


async def test_keys_write_where_their_beamline_is_and_strangers_see_nothing(world: World) -> None:
    key = await scaling(world)
    sent = refined(key)
    before = await world.count(*WRITTEN)
    assert (await world.refused("other_key", "POST", STRUCTURES, json=sent))["status"] in {403, 404}
    assert (await world.refused("member", "POST", STRUCTURES, json=sent))["status"] == 403
    assert await world.count(*WRITTEN) == before
    made = await store(world, sent)
    address = f"{STRUCTURES}/{made['structureId']}"
    assert (await world.refused("stranger", "GET", address))["status"] == 404
    assert (await world.get("stranger", STRUCTURES, dataCollectionId=world.ids["collection"]))["results"] == []


async def test_who_may_not_see_a_part_of_the_data_sees_no_structure(world: World) -> None:
    """A structure of the data of two sessions is not for those who are on one of them."""
    made = await store(world, refined(await scaling(world)))
    program = (await world.get("member", f"{STRUCTURES}/{made['structureId']}"))["dataProgramId"]
    address = f"{STRUCTURES}/{made['structureId']}"
    query = {"dataCollectionId": world.ids["collection"]}
    assert len((await world.get("session_member", STRUCTURES, **query))["results"]) == 1
    elsewhere = await world.add(DataCollection, dataCollectionGroupId=world.ids["other_group"])
    await world.add(AutoProcIntegration, dataCollectionId=elsewhere, autoProcProgramId=program)
    assert (await world.get("session_member", STRUCTURES, **query))["results"] == []
    assert (await world.refused("session_member", "GET", address))["status"] == 404
    files = f"/processings/programs/{made['autoProcProgramId']}/attachments"
    assert (await world.refused("session_member", "GET", files))["status"] == 404


async def test_what_other_programs_wrote_is_told_too(world: World) -> None:
    key = await scaling(world)
    values: dict[str, Any] = {"autoProcScalingId": key, "rValueEnd": 0.19, "rFreeValueEnd": 0.22}
    if world.service.databases.catalogue.has(MXMRRun.pipeline):
        values |= {"pipeline": "MXPRESS_R", "success": True, "outputMTZFile": "/data/x/out.mtz"}
    mr = await world.add(MXMRRun, **values)
    run = await world.add(PhasingProgramRun, phasingPrograms="SHELXE 2024", phasingStatus=True)
    step = await world.add(
        PhasingStep,
        autoProcScalingId=key,
        programRunId=run,
        phasingStepType="PHASING",
        method="SAD",
        solventContent="0.45",
        highRes="2.1",
    )
    await world.add(PhasingProgramAttachment, phasingProgramRunId=run, fileType="PDB", fileName="a.pdb", filePath="/x/")
    found = (await world.get("member", STRUCTURES, dataCollectionId=world.ids["collection"]))["results"]
    assert [each["structureId"] for each in found if each["state"] == "success"][-1] == f"phasing-{step}"
    assert {each["structureId"] for each in found} == {f"phasing-{step}", f"mr-{mr}"}
    told = await world.get("member", f"{STRUCTURES}/phasing-{step}")
    assert (told["kind"], told["method"], told["solventContent"], told["highRes"]) == ("phasing", "SAD", 0.45, 2.1)
    assert [each["fileName"] for each in told["files"]] == ["a.pdb"]
    told = await world.get("member", f"{STRUCTURES}/mr-{mr}")
    assert told["rFreeValueEnd"] == pytest.approx(0.22)
    if "pipeline" in values:
        assert (told["pipeline"], told["state"]) == ("MXPRESS_R", "success")
        assert [each["file"] for each in told["files"]] == ["outputMTZFile"]
    for key_of in (f"mr-{mr}", f"phasing-{step}"):
        assert (await world.refused("stranger", "GET", f"{STRUCTURES}/{key_of}"))["status"] == 404
