"""Results come back as they were sent, ranked; what is wrong with one leaves nothing behind."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import func, select

from pyispyb.clock import local_now
from pyispyb.tables import (
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcProgramAttachment,
    AutoProcScaling,
    AutoProcScaling_has_Int,
    AutoProcScalingStatistics,
    Idempotency,
    ProcessingJob,
    ScalingExtra,
)
from tests.world import World

from .documents import result, shell

WRITTEN = (
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcProgramAttachment,
    AutoProcScaling,
    AutoProcScaling_has_Int,
    AutoProcScalingStatistics,
    Idempotency,
    ProcessingJob,
    ScalingExtra,
)
RESULTS = "/processings/results"


async def store(world: World, sent: dict[str, Any], role: str = "key") -> dict[str, Any]:
    async with world.as_(role) as client:
        answer = await client.post(RESULTS, json=sent)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def written(world: World) -> dict[str, int]:
    catalogue = world.service.databases.catalogue
    async with world.service.database() as db:
        return {
            table.__tablename__: await db.scalar(select(func.count()).select_from(table))
            for table in WRITTEN
            if catalogue.has_table(table)
        }


def said(statistics: dict[str, Any]) -> dict[str, Any]:
    """Without what nobody said."""
    return {name: value for name, value in statistics.items() if value is not None}


async def test_every_number_comes_back(world: World) -> None:
    sent = result(world.ids["collection"])
    made = await store(world, sent)
    assert made["_metadata"]["known"] is False
    assert made["_metadata"]["notKept"] == []
    told = await world.get("member", f"{RESULTS}/{made['autoProcProgramId']}")
    assert (told["pipeline"], told["state"], told["duration"]) == ("autoPROC", "success", 750.0)
    assert told["spaceGroup"] == "P 43 21 2"
    assert told["cell"] == pytest.approx({"a": 78.1, "b": 78.1, "c": 37.2, "alpha": 90, "beta": 90, "gamma": 90})
    assert told["dataCollectionIds"] == [world.ids["collection"]]
    assert told["dataCollectionGroupIds"] == [world.ids["group"]]
    assert told["sweeps"] == [
        {"dataCollectionId": world.ids["collection"], "startImageNumber": 1, "endImageNumber": 3600}
    ]
    (scaling,) = told["scalings"]
    assert scaling["kind"] == "anisotropic"
    wanted = sent["scalings"][0]
    for name, statistics in wanted["statistics"].items():
        assert said(scaling["statistics"][name]) == pytest.approx(statistics), name
    key = str(scaling["autoProcScalingId"])
    assert [said(each) for each in told["shells"][key]] == [pytest.approx(each) for each in wanted["shells"]]
    assert told["ellipsoids"][key] == wanted["ellipsoid"]


async def test_what_comes_twice_is_stored_once(world: World) -> None:
    sent = result(world.ids["collection"])
    first = await store(world, sent)
    before = await written(world)
    again = await store(world, sent)
    assert again["_metadata"]["known"] is True
    assert {**again, "_metadata": None} == {**first, "_metadata": None}
    assert await written(world) == before


def other_number(sent: dict[str, Any]) -> None:
    sent["scalings"][0]["statistics"]["overall"]["rMerge"] *= 1.01


def other_kind(sent: dict[str, Any]) -> None:
    sent["scalings"][0]["kind"] = "isotropic"


def other_cell(sent: dict[str, Any]) -> None:
    sent["refinedCell_c"] += 0.5


def no_outer_shell(sent: dict[str, Any]) -> None:
    del sent["scalings"][0]["statistics"]["outerShell"]


def one_more_way(sent: dict[str, Any]) -> None:
    sent["scalings"] *= 2


def other_distance(sent: dict[str, Any]) -> None:
    sent["scalings"][0]["integrations"][0]["refinedDetectorDistance"] = 321.5


def other_images(sent: dict[str, Any]) -> None:
    sent["scalings"][0]["integrations"][0]["endImageNumber"] -= 1


def failed(sent: dict[str, Any]) -> None:
    sent["program"] |= {"processingStatus": "failed", "processingMessage": "ice"}


@pytest.mark.parametrize(
    "change",
    [other_number, other_kind, other_cell, no_outer_shell, one_more_way, other_distance, other_images, failed],
)
async def test_another_result_of_the_same_run_is_stored_too(
    world: World, change: Callable[[dict[str, Any]], None]
) -> None:
    """Programs send what they made with and without cutting the data anisotropically one after the other."""
    first = result(world.ids["collection"])
    second = deepcopy(first)
    change(second)
    made = [await store(world, each) for each in (first, second)]
    assert [each["_metadata"]["known"] for each in made] == [False, False]
    before = await written(world)
    again = [await store(world, each) for each in (first, second)]
    assert [each["_metadata"]["known"] for each in again] == [True, True]
    assert [each["autoProcProgramId"] for each in again] == [each["autoProcProgramId"] for each in made]
    assert await written(world) == before


async def test_files_and_messages_that_are_new_are_added(world: World) -> None:
    sent = result(world.ids["collection"])
    first = await store(world, sent)
    file = {"fileType": "Result", "fileName": "later.mtz", "filePath": "/data/mx1/processed"}
    sent["attachments"] = [*sent.get("attachments", []), file]
    sent["messages"] = [*sent.get("messages", []), {"severity": "WARNING", "message": "An ice ring"}]
    for _ in range(2):
        again = await store(world, sent)
        assert (again["autoProcProgramId"], again["_metadata"]["known"]) == (first["autoProcProgramId"], True)
    run = f"/processings/programs/{first['autoProcProgramId']}"
    files = [each["fileName"] for each in await world.get("member", f"{run}/attachments")]
    assert sorted(files) == sorted(each["fileName"] for each in sent["attachments"])
    if again["_metadata"]["notKept"] != ["messages"]:
        told = [each["message"] for each in await world.get("member", f"{run}/messages")]
        assert told == [each["message"] for each in sent["messages"]]


async def test_a_result_of_other_collections_is_another_one(world: World) -> None:
    """Or who sees one of them would be told of a run on data that they do not see."""
    ids = world.ids
    sent = result(ids["collection"])
    images = sent["scalings"][0]["integrations"][0]
    made = []
    for further in ("second_collection", "past_collection", "collection"):
        sent["scalings"][0]["integrations"] = [images, {**images, "dataCollectionId": ids[further]}]
        made.append(await store(world, sent))
    assert [each["_metadata"]["known"] for each in made] == [False, False, False]
    assert len({each["autoProcProgramId"] for each in made}) == 3
    assert (await store(world, sent))["autoProcProgramId"] == made[-1]["autoProcProgramId"]


async def test_an_announced_run_gets_its_result(world: World) -> None:
    collection = world.ids["collection"]
    async with world.as_("key") as client:
        begun = await client.post(
            "/processings/programs", json={"dataCollectionId": collection, "processingPrograms": "xia2 dials"}
        )
    assert begun.status_code == 201, begun.text
    run = begun.json()["autoProcProgramId"]
    (seen,) = (await world.get("member", RESULTS, dataCollectionId=collection))["results"]
    assert (seen["state"], seen["pipeline"], seen["scalings"], seen["rank"]) == ("running", "xia2 dials", [], None)
    sent = {**result(collection, "xia2 dials"), "autoProcProgramId": run}
    assert (await store(world, sent))["autoProcProgramId"] == run
    (seen,) = (await world.get("member", RESULTS, dataCollectionId=collection))["results"]
    assert (seen["state"], seen["rank"]) == ("success", 1)
    problem = await world.refused("key", "POST", RESULTS, json={**sent, "program": {"processingPrograms": "x"}})
    assert problem["errors"] == [{"path": "autoProcProgramId", "message": "has a result already"}]


async def test_a_run_is_followed_to_its_end(world: World) -> None:
    collection = world.ids["collection"]
    sent = {"dataCollectionId": collection, "processingPrograms": "fast_dp", "processingStatus": "queued"}
    async with world.as_("key") as client:
        run = (await client.post("/processings/programs", json=sent)).json()["autoProcProgramId"]
        states = [(await world.get("member", f"{RESULTS}/{run}"))["state"]]
        for state in ("running", "failed"):
            changed = await client.patch(
                f"/processings/programs/{run}",
                json={
                    "processingStatus": state,
                    "processingMessage": f"is {state}",
                    "attachments": [{"fileType": "Log", "fileName": f"{state}.log", "filePath": "/data"}],
                },
            )
            assert changed.status_code == 200, changed.text
            told = await world.get("member", f"{RESULTS}/{run}")
            states.append(told["state"])
    assert states == ["queued", "running", "failed"]
    assert told["processingMessage"] == "is failed"
    files = await world.get("member", f"/processings/programs/{run}/attachments")
    assert [file["fileName"] for file in files] == ["running.log", "failed.log"]
    assert (await world.get("member", f"/processings/programs/{run}/messages")) == []


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("program.processingPrograms", "", "program.processingPrograms"),
        ("program.processingEndTime", "2026-11-20T09:00:00", "program"),
        ("scalings", [], "scalings"),
        ("scalings.0.kind", "best", "scalings[0].kind"),
        ("scalings.0.statistics", {"innerShell": {}}, "scalings[0]"),
        ("scalings.0.statistics.overall.rMerge", "low", "scalings[0].statistics.overall.rMerge"),
        ("scalings.0.statistics.overall.rMerg", 0.1, "scalings[0].statistics.overall.rMerg"),
        ("scalings.0.statistics.overall.resolutionLimitHigh", 99.0, "scalings[0].statistics.overall"),
        ("scalings.0.statistics.overall.nTotalObservations", -1, "scalings[0].statistics.overall.nTotalObservations"),
        ("scalings.0.statistics.overall.ccHalf", 99.5, "scalings[0].statistics.overall.ccHalf"),
        ("scalings.0.shells.2.ccAnomalous", -1.2, "scalings[0].shells[2].ccAnomalous"),
        ("scalings.0.statistics.outerShell.completeness", 250, "scalings[0].statistics.outerShell.completeness"),
        ("scalings.0.shells.0.completenessSpherical", -1, "scalings[0].shells[0].completenessSpherical"),
        ("scalings.0.integrations", [], "scalings[0].integrations"),
        ("scalings.0.integrations.0.endImageNumber", 0, "scalings[0].integrations[0]"),
        ("dataCollectionId", True, "dataCollectionId"),
        ("program.processingStartTime", 12, "program.processingStartTime"),
        ("program.processingStartTime", "1700000000", "program.processingStartTime"),
        ("scalings.0.statistics.overall.rMerge", True, "scalings[0].statistics.overall.rMerge"),
        ("scalings.0.integrations.0.endImageNumber", True, "scalings[0].integrations[0].endImageNumber"),
        ("scalings.0.ellipsoid.limits", [1.7, 1.6, 0], "scalings[0].ellipsoid"),
        ("scalings.0.ellipsoid.axes", [[1, 0, 0], [1, 0, 0], [0, 0, 1]], "scalings[0].ellipsoid"),
        ("scalings.0.ellipsoid.axes", [[1, 0, 0], [0, 1, 0], [0, 0, 9]], "scalings[0].ellipsoid"),
        ("attachments.0.fileName", "../../etc/passwd", "attachments[0].fileName"),
        ("attachments.0.fileName", "..", "attachments[0].fileName"),
        ("attachments.0.fileName", "a\nb.log", "attachments[0].fileName"),
        ("attachments.0.filePath", "processed", "attachments[0].filePath"),
        ("attachments.0.filePath", "/data/\r\nx", "attachments[0].filePath"),
        ("spaceGroup", "P" * 46, "spaceGroup"),
        ("spaceGroup", "P 1\n;\n_exptl.details", "spaceGroup"),
        ("unknown", 1, "unknown"),
    ],
)
async def test_a_mistake_is_named_and_leaves_nothing(world: World, path: str, value: Any, field: str) -> None:
    sent: Any = deepcopy(result(world.ids["collection"]))
    *folders, last = path.split(".")
    place = sent
    for folder in folders:
        place = place[int(folder) if folder.isdecimal() else folder]
    place[last] = value
    before = await written(world)
    problem = await world.refused("key", "POST", RESULTS, json=sent)
    assert problem["status"] == 422
    assert [error["path"].removeprefix("body.") for error in problem["errors"]][:1] == [field]
    assert await written(world) == before


async def test_a_failure_late_in_a_document_leaves_nothing(world: World) -> None:
    """The second way of scaling names a collection that the key does not see."""
    sent = result(world.ids["collection"])
    second = deepcopy(sent["scalings"][0])
    second["integrations"].append({"dataCollectionId": world.ids["other_collection"]})
    sent["scalings"].append(second)
    before = await written(world)
    assert (await world.refused("key", "POST", RESULTS, json=sent))["status"] == 404
    assert await written(world) == before


@pytest.mark.parametrize(("role", "status"), [("nobody", 401), ("stranger", 403), ("member", 403), ("other_key", 404)])
async def test_only_a_key_of_the_beamline_writes(world: World, role: str, status: int) -> None:
    before = await written(world)
    sent = result(world.ids["collection"])
    assert (await world.refused(role, "POST", RESULTS, json=sent))["status"] == status
    begun = {"dataCollectionId": world.ids["collection"], "processingPrograms": "x"}
    assert (await world.refused(role, "POST", "/processings/programs", json=begun))["status"] == status
    assert await written(world) == before


async def test_a_run_of_others_is_not_changed(world: World) -> None:
    made = await store(world, result(world.ids["other_collection"]), "other_key")
    path = f"/processings/programs/{made['autoProcProgramId']}"
    for program in (made["autoProcProgramId"], 2**31 - 1):
        problem = await world.refused("key", "PATCH", f"/processings/programs/{program}", json={})
        assert problem["detail"] == f"No processing run {program} that you can see."
    sent = {**result(world.ids["collection"]), "autoProcProgramId": made["autoProcProgramId"]}
    assert (await world.refused("key", "POST", RESULTS, json=sent))["status"] == 404
    for role in ("stranger", "member"):
        for place in (f"{RESULTS}/{made['autoProcProgramId']}", f"{path}/attachments", f"{path}/messages"):
            assert (await world.refused(role, "GET", place))["status"] == 404


async def test_anisotropic_data_are_compared_by_the_completeness_in_their_ellipsoid(world: World) -> None:
    """In a sphere to the finest direction much is missing that was never there to be measured."""
    for name, spherical, ellipsoidal in (("xia2", 92.0, None), ("autoPROC", 81.1, 99.6)):
        sent = result(world.ids["collection"], name, 1.5)
        overall = shell(1.5, completeness=spherical, completenessEllipsoidal=ellipsoidal)
        sent["scalings"][0]["statistics"]["overall"] = overall
        await store(world, sent)
    told = await world.get("member", RESULTS, sessionId=world.ids["session"])
    assert [(each["pipeline"], each["rank"]) for each in told["results"]] == [("autoPROC", 1), ("xia2", 2)]


async def test_the_best_comes_first_by_a_rule_that_is_told(world: World) -> None:
    collection = world.ids["collection"]
    for name, high, completeness in (("xia2", 1.62, 99.9), ("autoPROC", 1.46, 99.0), ("fast_dp", 1.55, 99.2)):
        sent = result(collection, name, high)
        sent["scalings"][0]["statistics"]["overall"] = shell(high, completeness=completeness)
        await store(world, sent)
    told = await world.get("member", RESULTS, sessionId=world.ids["session"])
    ranks = [(each["pipeline"], each["rank"]) for each in told["results"]]
    assert ranks == [("autoPROC", 1), ("fast_dp", 2), ("xia2", 3)]
    assert told["ranking"][0] == {"metric": "resolution", "shell": "overall", "better": "lower", "step": 0.05}
    told = await world.get("member", RESULTS, sessionId=world.ids["session"], rank="multiplicity:overall")
    assert told["ranking"] == [{"metric": "multiplicity", "shell": "overall", "better": "higher", "step": 0.5}]
    problem = await world.refused("member", "GET", f"{RESULTS}?sessionId=1&rank=beauty")
    assert problem["errors"][0]["path"] == "rank"


async def test_results_are_found_by_what_they_are_of(world: World) -> None:
    ids = world.ids
    first = (await store(world, result(ids["collection"])))["autoProcProgramId"]
    second = (await store(world, result(ids["second_collection"])))["autoProcProgramId"]
    other = (await store(world, result(ids["other_collection"]), "other_key"))["autoProcProgramId"]
    for query, wanted in (
        ({"dataCollectionId": ids["collection"]}, {first}),
        ({"dataCollectionGroupId": ids["second_group"]}, {second}),
        ({"blSampleId": ids["sample1"]}, {first}),
        ({"proteinId": ids["protein"]}, {first, second}),
        ({"sessionId": ids["session"]}, {first, second}),
        ({"session": f"{world.proposal}-1"}, {first, second}),
        ({"proposal": world.proposal}, {first, second}),
        ({"proposal": world.other_proposal}, set()),
        ({"sessionId": ids["other_session"]}, set()),
        ({"dataCollectionId": ids["other_collection"]}, set()),
    ):
        told = await world.get("member", RESULTS, **query)
        assert {each["autoProcProgramId"] for each in told["results"]} == wanted, query
    told = await world.get("administrator", RESULTS, proposal=world.other_proposal)
    assert [each["autoProcProgramId"] for each in told["results"]] == [other]
    assert (await world.refused("member", "GET", RESULTS))["status"] == 422


async def test_a_result_of_several_collections_is_seen_by_those_who_see_them_all(world: World) -> None:
    ids = world.ids
    sent = result(ids["collection"])
    sent["scalings"][0]["integrations"].append({"dataCollectionId": ids["past_collection"], "startImageNumber": 1})
    made = (await store(world, sent))["autoProcProgramId"]
    query = {"sessionId": ids["session"]}
    assert [each["autoProcProgramId"] for each in (await world.get("member", RESULTS, **query))["results"]] == [made]
    assert (await world.get("session_member", RESULTS, **query))["results"] == []
    assert (await world.refused("session_member", "GET", f"{RESULTS}/{made}"))["status"] == 404


async def test_a_run_that_tells_no_command_is_known_when_it_comes_again(world: World) -> None:
    sent = result(world.ids["collection"])
    del sent["program"]["processingCommandLine"]
    first, again = await store(world, sent), await store(world, sent)
    assert again == {**first, "_metadata": {**first["_metadata"], "known": True}}
    sent["program"]["processingStartTime"] = "2026-11-20T10:00:01"
    assert (await store(world, sent))["_metadata"]["known"] is False


async def test_the_result_of_an_announced_run_is_known_when_it_comes_again(world: World) -> None:
    key = world.ids["collection"]
    announced = {"dataCollectionId": key, "processingPrograms": "xia2", "processingCommandLine": "xia2 pipeline=dials"}
    async with world.as_("key") as client:
        run = (await client.post("/processings/programs", json={**announced, "processingStatus": "running"})).json()
    sent = {**result(key, "xia2"), "autoProcProgramId": run["autoProcProgramId"]}
    del sent["program"]["processingCommandLine"]
    first, again = await store(world, sent), await store(world, sent)
    assert again == {**first, "_metadata": {**first["_metadata"], "known": True}}
    refused = await world.refused("key", "POST", RESULTS, json={**sent, "spaceGroup": "P 41 21 2"})
    assert "has a result already" in refused["detail"]


@pytest.mark.parametrize("status", ["running", "failed"])
async def test_what_did_not_end_well_is_taken_for_no_best(world: World, status: str) -> None:
    key = world.ids["collection"]
    good = await store(world, result(key, "autoPROC", 2.1))
    sent = result(key, "xia2", 0.8)
    now = local_now().isoformat()
    program = {**sent["program"], "processingStartTime": now, "processingEndTime": None, "processingStatus": status}
    await store(world, {**sent, "program": program})
    found = (await world.get("member", RESULTS, dataCollectionId=key))["results"]
    assert [(run["autoProcProgramId"] == good["autoProcProgramId"], run["rank"]) for run in found] == [
        (True, 1),
        (False, None),
    ]
    assert found[1]["scalings"], "it is told all the same"


async def test_what_never_said_how_it_ended_and_made_something_is_done(world: World) -> None:
    """As most runs of old databases."""
    run = await world.add(AutoProcProgram, processingPrograms="XDS")
    made = await world.add(AutoProc, autoProcProgramId=run, spaceGroup="P 1")
    await world.add(AutoProcScaling, autoProcId=made)
    await world.add(AutoProcIntegration, autoProcProgramId=run, dataCollectionId=world.ids["collection"])
    (found,) = (await world.get("member", RESULTS, dataCollectionId=world.ids["collection"]))["results"]
    assert (found["state"], found["rank"]) == ("success", 1)
    (told,) = await world.get("member", "/events/progress", sessionId=world.ids["session"])
    assert told["processing"] == {"success": 1, "running": 0, "failed": 0, "none": 1}


async def test_not_every_mistake_of_very_many_is_told(world: World) -> None:
    sent = result(world.ids["collection"])
    sent["scalings"][0]["statistics"]["overall"] = {f"unknown{number}": 1 for number in range(500)}
    refused = await world.refused("key", "POST", RESULTS, json=sent)
    assert refused["detail"].endswith("and 497 more")
    assert len(refused["errors"]) == 100


async def test_a_document_of_more_names_than_any_has_is_not_looked_at(world: World) -> None:
    sent = result(world.ids["collection"])
    sent["scalings"][0]["statistics"]["overall"] = {f"k{number}": 1 for number in range(200_001)}
    async with world.as_("key") as client:
        answer = await client.post(RESULTS, json=sent)
    assert answer.status_code == 413
    assert "more than 200,000 names" in answer.json()["detail"]
