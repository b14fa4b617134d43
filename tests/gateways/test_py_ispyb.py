"""What clients of py-ispyb read of processing, in the shapes that they know."""

from typing import Any

import pytest

from pyispyb.db.paging import encode_cursor
from pyispyb.tables import AutoProcProgramMessage, Screening, ScreeningOutput
from tests.mx.documents import centring
from tests.processing.documents import result
from tests.reports.results import ON_ONE, store
from tests.world import World


async def begin(world: World, name: str, **more: Any) -> int:
    """Key of a run on the first collection that integrates nothing."""
    async with world.as_("key") as client:
        sent = {"dataCollectionId": world.ids["collection"], "processingPrograms": name, **more}
        return int((await client.post("/processings/programs", json=sent)).json()["autoProcProgramId"])


async def test_runs_come_as_a_tree_newest_first(world: World) -> None:
    ids = world.ids
    first = await store(world, result(ids["collection"]))
    second = await store(world, result(ids["collection"], "xia2 dials"))
    other = await begin(world, "dimple")
    page = await world.get("member", "/processings/auto-integrations", dataCollectionId=ids["collection"], limit=1)
    assert (page["total"], page["skip"], page["limit"]) == (2, 0, 1)
    assert [run["autoProcProgramId"] for run in page["results"]] == [second]
    found = await world.get(
        "member", "/processings/auto-integrations", dataCollectionId=ids["collection"], autoProcProgramId=first
    )
    (run,) = found["results"]
    assert (run["processingStatus"], run["_metadata"]["attachments"]) == (1, 2)
    assert run["_metadata"]["imageSweepCount"] == 1
    (sweep,) = run["AutoProcIntegration"]
    (link,) = sweep["AutoProcScalingHasInt"]
    scaling = link["AutoProcScaling"]
    assert scaling["AutoProc"]["spaceGroup"] == "P 43 21 2"
    assert scaling["AutoProc"]["refinedCell_c"] == pytest.approx(37.2)
    statistics = {shell["scalingStatisticsType"]: shell for shell in scaling["AutoProcScalingStatistics"]}
    assert set(statistics) == {"overall", "innerShell", "outerShell"}
    assert statistics["outerShell"]["ccHalf"] == pytest.approx(0.747)
    assert statistics["overall"]["nTotalObservations"] == 39330
    assert "fractionalPartialBias" in statistics["overall"], "what nobody said is null, and there"
    others = await world.get("member", "/processings", dataCollectionId=ids["collection"])
    assert [(run["autoProcProgramId"], run["processingStatus"]) for run in others["results"]] == [(other, None)]


async def test_a_list_goes_on_where_a_page_ended(world: World) -> None:
    ids = world.ids
    runs = [await store(world, result(ids["collection"], f"xia2 {number}")) for number in range(3)]
    path, of = "/processings/auto-integrations", {"dataCollectionId": ids["collection"], "limit": 2}
    first = await world.get("member", path, **of)
    last = await world.get("member", path, **of, after=first["next"])
    found = [run["autoProcProgramId"] for page in (first, last) for run in page["results"]]
    assert (found, last["next"]) == (runs[::-1], None)
    for foreign in ("xx", encode_cursor(-1), encode_cursor([1]), encode_cursor(True)):
        problem = await world.refused("member", "GET", path, params={**of, "after": foreign})
        assert problem["errors"][0]["path"] == "after", foreign


async def test_states_of_everything_come_by_collection_and_program(world: World) -> None:
    ids = world.ids
    merged = await store(world, result(ids["collection"]))
    failed = await begin(world, "dimple", processingStatus="failed")
    screening = await world.add(Screening, dataCollectionId=ids["collection"], programVersion="EDNA MXv1")
    await world.add(ScreeningOutput, screeningId=screening, indexingSuccess=True, strategySuccess=False)
    async with world.as_("key") as client:
        answer = await client.post("/processings/xray-centrings", json=centring(ids["group"]))
    assert answer.status_code == 201, answer.text
    wanted = f"[{ids['collection']},{ids['other_collection']}]"
    statuses = (await world.get("member", "/processings/status", dataCollectionIds=wanted))["statuses"]
    assert list(statuses) == [str(ids["collection"])], "nothing of the competing group"
    told = statuses[str(ids["collection"])]
    of = {"dataCollectionId": ids["collection"]}
    program = "autoPROC 1.0.5 (20210420)"
    assert told["autoIntegration"] == {program: [{**of, "program": program, "autoProcProgramId": merged, "status": 1}]}
    assert told["processing"] == {"dimple": [{**of, "program": "dimple", "autoProcProgramId": failed, "status": 0}]}
    (screened,) = told["screening"]["EDNA MXv1"]
    assert (screened["indexingSuccess"], screened["status"]) == (1, 0)
    assert [entry["status"] for entry in told["xrc"]["xrc"]] == [1]


async def test_messages_and_files_are_listed_and_counted(world: World) -> None:
    ids = world.ids
    said = [{"severity": severity, "message": severity.lower()} for severity in ("ERROR", "INFO", "INFO")]
    run = await store(world, result(ids["collection"], messages=said))
    files = await world.get("member", "/processings/attachments", autoProcProgramId=run)
    assert [file["fileType"] for file in files["results"]] == ["Result", "Log"]
    one = files["results"][1]
    assert one["_metadata"]["url"] == f"/ispyb/api/v1/processings/attachments/{one['autoProcProgramAttachmentId']}"
    query = {"autoProcProgramAttachmentId": one["autoProcProgramAttachmentId"]}
    assert (await world.get("member", "/processings/attachments", **query))["results"] == [one]
    assert (await world.get("stranger", "/processings/attachments", **query))["results"] == []
    told = await world.get("member", "/processings/messages", dataCollectionId=ids["collection"], limit=2)
    wanted = f"[{ids['collection']}]"
    counted = await world.get("member", "/processings/messages/status", dataCollectionIds=wanted)
    if world.service.databases.catalogue.has_table(AutoProcProgramMessage):
        assert (told["total"], [message["message"] for message in told["results"]]) == (3, ["error", "info"])
        assert counted["statuses"] == {str(ids["collection"]): {"errors": 1, "warnings": 0, "info": 2}}
    else:
        assert (told["total"], counted) == (0, {"statuses": {}})


@ON_ONE
async def test_what_is_not_named_or_no_list_of_keys_is_refused(world: World) -> None:
    for path, field in (("auto-integrations", "dataCollectionId"), ("attachments", "autoProcProgramId")):
        refused = await world.refused("member", "GET", f"/processings/{path}")
        assert (refused["status"], refused["errors"][0]["path"]) == (422, field)
    for wrong in ("", "12", "[]", '["1"]', "[true]", "[0]", "{"):
        refused = await world.refused("member", "GET", "/processings/status", params={"dataCollectionIds": wrong})
        assert (refused["status"], refused["errors"][0]["path"]) == (422, "dataCollectionIds"), wrong
