"""Workflows are announced, followed and ended; they are seen by those who see all that was measured in them."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Picture

from pyispyb.db.writes import update_rows
from pyispyb.mx.workflows.place import link, place_of
from pyispyb.tables import DataCollection, DataCollectionGroup
from tests.world import World

WORKFLOWS = "/datacollections/workflows"


async def send(world: World, method: str, path: str, sent: dict[str, Any], **headers: str) -> dict[str, Any]:
    async with world.as_("key") as client:
        answer = await client.request(method, path, json=sent, headers=headers)
    assert answer.status_code == (201 if method == "POST" else 200), answer.text
    made: dict[str, Any] = answer.json()
    return made


async def begin(world: World, *groups: str, **more: Any) -> dict[str, Any]:
    ids = [world.ids[group] for group in groups or ("group",)]
    sent = {"dataCollectionGroupIds": ids, "workflowTitle": "MXPressA", "workflowType": "MXPressA", **more}
    return await send(world, "POST", WORKFLOWS, sent)


async def test_a_workflow_from_begin_to_end(world: World) -> None:
    made = await begin(world, steps=[{"workflowStepType": "Mesh", "maxDozorScore": 31.5}])
    address = f"{WORKFLOWS}/{made['workflowId']}"
    step = await send(
        world, "POST", f"{address}/steps", {"workflowStepType": "Centring"}, **{"Idempotency-Key": "step-2"}
    )
    again = await send(
        world, "POST", f"{address}/steps", {"workflowStepType": "Centring"}, **{"Idempotency-Key": "step-2"}
    )
    assert again == step
    await send(world, "PATCH", f"{WORKFLOWS}/steps/{step['workflowStepId']}", {"status": "Finished", "comments": "ok"})
    extra = await world.add(DataCollectionGroup, sessionId=world.ids["session"], experimentType="OSC")
    changed = await send(
        world, "PATCH", address, {"status": "error: no diffraction", "dataCollectionGroupIds": [extra]}
    )
    assert changed["dataCollectionGroupIds"] == [world.ids["group"], extra]
    assert changed["workflowStepIds"] == [*made["workflowStepIds"], step["workflowStepId"]]
    told = await world.get("member", address)
    assert (told["workflowType"], told["_metadata"]["state"]) == ("MXPressA", "failed")
    assert [
        (one["workflowStepType"], one["maxDozorScore"], one["comments"], one["_metadata"]["state"])
        for one in told["steps"]
    ] == [("Mesh", 31.5, None, "running"), ("Centring", None, "ok", "success")]
    listed = await world.get("member", f"{WORKFLOWS}/steps", workflowId=made["workflowId"])
    assert listed["results"] == told["steps"]
    for query in ({"dataCollectionId": world.ids["collection"]}, {"sessionId": world.ids["session"]}):
        assert (await world.get("member", WORKFLOWS, **query))["results"] == [told]


async def test_sizes_and_scores_are_numbers(world: World) -> None:
    """Older engines write them as texts, and ISPyB keeps them so."""
    sizes = {"crystalSizeX": 0.0123456789, "crystalSizeY": "0.05", "crystalSizeZ": " 1e-2 "}
    made = await begin(world, steps=[{**sizes, "maxDozorScore": 158}, {"maxDozorScore": ""}])
    address = f"{WORKFLOWS}/{made['workflowId']}"
    first, second = (await world.get("member", address))["steps"]
    numbers = ("crystalSizeX", "crystalSizeY", "crystalSizeZ", "maxDozorScore")
    assert [first[name] for name in numbers] == [0.0123456789, 0.05, 0.01, 158]
    assert [second[name] for name in numbers] == [None] * 4
    step = f"{WORKFLOWS}/steps/{made['workflowStepIds'][0]}"
    for text in ("maxDozorScore-158", "nan", "31.5 of 40"):
        problem = await world.refused("key", "PATCH", step, json={"maxDozorScore": text})
        assert (problem["status"], problem["errors"][0]["path"]) == (422, "maxDozorScore"), text
    await send(world, "PATCH", step, {"maxDozorScore": "31.5"})
    assert (await world.get("member", address))["steps"][0]["maxDozorScore"] == 31.5


@pytest.mark.parametrize("text", ["maxDozorScore-158", "high", "nan", ""])
async def test_what_was_kept_of_a_score_and_is_no_number_is_told_as_null(world: World, text: str) -> None:
    made = await begin(world, steps=[{"maxDozorScore": 31.5}])
    async with world.service.database() as db:
        table = place_of(db.catalogue).step
        where = table.workflowStepId == made["workflowStepIds"][0]
        await update_rows(db, table, where, {"maxDozorScore": text})
    (step,) = (await world.get("member", f"{WORKFLOWS}/{made['workflowId']}"))["steps"]
    assert step["maxDozorScore"] is None


async def test_files_of_a_step_are_served_from_served_folders_only(world: World, files_root: Path) -> None:
    folder = files_root / f"workflow-{world.number}"
    folder.mkdir()
    Picture.new("RGB", (8, 6), "white").save(folder / "mesh.png")
    (folder / "report.html").write_text("<script>alert(1)</script>")
    steps = [
        {
            "folderPath": str(folder),
            "imageResultFilePath": "mesh.png",
            "htmlResultFilePath": str(folder / "report.html"),
        },
        {"resultFilePath": "/etc/passwd"},
    ]
    made = await begin(world, steps=steps)
    first, second = (await world.get("member", f"{WORKFLOWS}/{made['workflowId']}"))["steps"]
    async with world.as_("member") as client:
        image = await client.get(first["_metadata"]["files"]["image"])
        assert (image.status_code, image.headers["content-type"]) == (200, "image/png")
        page = await client.get(first["_metadata"]["files"]["html"])
        assert page.headers["content-security-policy"].startswith("sandbox allow-popups; default-src 'none'")
        assert (await client.get(second["_metadata"]["files"]["json"])).status_code == 404
    async with world.as_("stranger") as client:
        assert (await client.get(first["_metadata"]["files"]["image"])).status_code == 404


async def test_a_workflow_with_a_hidden_group_is_hidden(world: World) -> None:
    """Its steps would tell of somebody else's sample."""
    made = await begin(world)
    address = f"{WORKFLOWS}/{made['workflowId']}"
    assert (await world.get("session_member", address))["workflowId"] == made["workflowId"]
    hidden = await world.add(DataCollectionGroup, sessionId=world.ids["past_session"])
    await world.add(DataCollection, dataCollectionGroupId=hidden)
    problem = await world.refused("key", "PATCH", address, json={"dataCollectionGroupIds": [hidden]})
    assert "one session" in problem["detail"]
    async with world.service.database() as db:
        await link(db, hidden, made["workflowId"])
    assert (await world.get("member", address))["workflowId"] == made["workflowId"]
    assert (await world.refused("session_member", "GET", address))["status"] == 404
    assert (await world.get("session_member", WORKFLOWS, sessionId=world.ids["session"]))["results"] == []


async def test_a_group_stays_in_its_workflow(world: World) -> None:
    await begin(world)
    sent = {"dataCollectionGroupIds": [world.ids["group"]]}
    problem = await world.refused("key", "POST", WORKFLOWS, json=sent)
    assert (problem["status"], problem["errors"][0]["path"]) == (422, "dataCollectionGroupIds")
    foreign = {"dataCollectionGroupIds": [world.ids["other_group"]]}
    assert (await world.refused("key", "POST", WORKFLOWS, json=foreign))["status"] == 404
