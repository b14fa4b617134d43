"""Files of runs are kept or read, and do nothing when they are read."""

from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from pyispyb.tables import AutoProcIntegration, AutoProcProgram, AutoProcProgramAttachment
from tests.mx.structures.documents import write_coefficients, write_model
from tests.world import World


async def attached(world: World, path: Path, folder: str | None = None) -> str:
    """Address of a file of a run on the first collection."""
    run = await world.add(AutoProcProgram, processingPrograms="pipeline")
    await world.add(AutoProcIntegration, dataCollectionId=world.ids["collection"], autoProcProgramId=run)
    key = await world.add(
        AutoProcProgramAttachment,
        autoProcProgramId=run,
        fileType="Log",
        fileName=path.name,
        filePath=str(path.parent) if folder is None else folder,
    )
    return f"/processings/attachments/{key}"


async def read(world: World, address: str, role: str = "member", **query: str) -> httpx.Response:
    async with world.as_(role) as client:
        return await client.get(address, params=query)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("summary.html", "text/html"),
        ("xds.LP", "text/plain"),
        ("run.log", "text/plain"),
        ("container.xml", "text/plain"),
        ("plot.png", "image/png"),
    ],
)
async def test_what_people_read_is_shown_in_a_sandbox(
    world: World, files_root: Path, name: str, media_type: str
) -> None:
    path = files_root / f"{world.number}-{name}"
    path.write_text("<script>alert(1)</script>")
    answer = await read(world, await attached(world, path), inline="true")
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert answer.headers["content-disposition"].startswith("inline; ")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-popups; default-src 'none'")
    assert "script" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert policy.endswith("; frame-ancestors 'self'")
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize(("name", "inline"), [("a.mtz", "true"), ("a.svg", "true"), ("a.html", "false")])
async def test_anything_else_is_sent_to_be_kept(world: World, files_root: Path, name: str, inline: str) -> None:
    path = files_root / f"{world.number}-{name}"
    path.write_text("x")
    answer = await read(world, await attached(world, path), inline=inline)
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["content-security-policy"].startswith("sandbox; ")
    assert answer.headers["x-frame-options"] == "DENY"


async def test_only_what_is_read_may_stand_in_a_frame_and_only_of_ours(world: World, files_root: Path) -> None:
    path = files_root / f"{world.number}-report.html"
    address = await attached(world, path)
    gone = await read(world, address, inline="true")
    assert (gone.status_code, gone.headers["x-frame-options"]) == (404, "DENY")
    path.write_text("<h1>Fine data</h1>")
    whole = await read(world, address, inline="true")
    async with world.as_("member") as client:
        for headers in ({"Range": "bytes=0-0"}, {"If-None-Match": whole.headers["etag"]}):
            answer = await client.get(address, params={"inline": "true"}, headers=headers)
            assert answer.status_code in {206, 304}
            assert answer.headers["x-frame-options"] == "SAMEORIGIN"
            assert answer.headers["content-security-policy"] == whole.headers["content-security-policy"]


async def test_the_end_of_a_long_log_can_be_asked_for(world: World, files_root: Path) -> None:
    path = files_root / f"{world.number}-long.log"
    path.write_text("a line of many\n" * 1000 + "ERROR: the end\n")
    address = await attached(world, path)
    async with world.as_("member") as client:
        end = await client.get(address, params={"inline": "true"}, headers={"Range": "bytes=-15"})
        more = await client.get(address, params={"inline": "true"}, headers={"Range": "bytes=-1000000"})
        path.write_text("")
        empty = await client.get(address, params={"inline": "true"}, headers={"Range": "bytes=-15"})
    assert (end.status_code, end.text) == (206, "ERROR: the end\n")
    assert end.headers["content-range"] == "bytes 15000-15014/15015"
    assert (more.status_code, len(more.content)) == (206, 15015)
    assert (empty.status_code, empty.headers["content-range"]) == (416, "bytes */0")


async def test_a_file_taken_back_is_gone(world: World, files_root: Path) -> None:
    if not world.service.databases.catalogue.has(AutoProcProgramAttachment.deleted):
        pytest.skip("this flavour takes no files back")
    path = files_root / f"{world.number}-gone.log"
    path.write_text("x")
    address = await attached(world, path)
    assert (await read(world, address)).status_code == 200
    async with world.service.database() as db:
        await db.execute(
            update(AutoProcProgramAttachment)
            .where(AutoProcProgramAttachment.autoProcProgramAttachmentId == int(address.rpartition("/")[2]))
            .values(deleted=1)
        )
    assert (await read(world, address)).status_code == 404


async def test_paths_of_runs_are_confined_like_all_others(world: World, files_root: Path) -> None:
    (files_root.parent / "secret.log").write_text("a secret of the server")
    for folder in (str(files_root.parent), f"{files_root}/..", ".", "", "relative/folder"):
        answer = await read(world, await attached(world, Path("secret.log"), folder), inline="true")
        assert answer.status_code == 404, folder
        assert "secret of" not in answer.text


async def test_merged_reflections_say_what_they_hold(world: World, files_root: Path) -> None:
    path = files_root / f"{world.number}-truncate.mtz"
    write_coefficients(path, write_model(files_root / f"{world.number}-model.pdb"))
    address = await attached(world, path)
    told = await world.get("member", f"{address}/summary")
    assert (told["content"], told["spaceGroup"], told["title"]) == ("reflections", "P 21 21 21", "made for a test")
    assert {"FWT", "PHWT"} <= {column["label"] for column in told["columns"]}
    assert (await world.refused("stranger", "GET", f"{address}/summary"))["status"] == 404


@pytest.mark.parametrize(("name", "slug"), [("run.log", "unreadable-file"), ("damaged.mtz", "unreadable-file")])
async def test_what_is_no_such_file_is_said_to_be(world: World, files_root: Path, name: str, slug: str) -> None:
    path = files_root / f"{world.number}-{name}"
    path.write_text("no reflections")
    problem = await world.refused("member", "GET", f"{await attached(world, path)}/summary")
    assert problem["type"].endswith(slug)


async def test_the_list_of_files_says_what_is_in_them(world: World, files_root: Path) -> None:
    for name, content in (
        ("a.mtz", "reflections"),
        ("report.html", "log"),
        ("plot.png", "picture"),
        ("x.dat", "other"),
    ):
        address = await attached(world, files_root / name)
        async with world.service.database() as db:
            key = int(address.rpartition("/")[2])
            of_file = AutoProcProgramAttachment.autoProcProgramAttachmentId == key
            run = await db.scalar(select(AutoProcProgramAttachment.autoProcProgramId).where(of_file))
        (told,) = await world.get("member", f"/processings/programs/{run}/attachments")
        assert told["content"] == content
