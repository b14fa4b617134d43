"""Files leave only from the folders that are served, as what they are, or with the reason why not."""

import os
import struct
import zlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as Picture
from sqlalchemy import update

from pyispyb.files import answers
from pyispyb.tables import DataCollection, DataCollectionFileAttachment
from tests.world import World

OUTSIDE = "lies outside"
GONE = "is not there any more"


@pytest.fixture
def folder(files_root: Path, tmp_path: Path) -> Iterator[Path]:
    """A folder of this test within the served one; beside the served one lies a secret."""
    inside = files_root / tmp_path.name
    inside.mkdir()
    secret = files_root.parent / "secret.txt"
    secret.write_text("a secret of the server")
    yield inside
    secret.unlink()


async def attachment(world: World, path: Any, **query: Any) -> httpx.Response:
    """What a member gets for an attachment with this stored path."""
    key = await world.add(
        DataCollectionFileAttachment, dataCollectionId=world.ids["collection"], fileFullPath=str(path), fileType="log"
    )
    async with world.as_("member") as client:
        return await client.get(f"/datacollections/attachments/{key}", params=query)


async def snapshot(world: World, path: Any, **query: Any) -> httpx.Response:
    """What a member gets for a crystal snapshot with this stored path."""
    async with world.service.database() as db:
        await db.execute(
            update(DataCollection)
            .where(DataCollection.dataCollectionId == world.ids["collection"])
            .values(xtalSnapshotFullPath1=None if path is None else str(path))
        )
    async with world.as_("member") as client:
        return await client.get(f"/datacollections/images/{world.ids['collection']}", params=query)


def reason(answer: httpx.Response) -> str:
    assert answer.status_code == 404, answer.text
    detail: str = answer.json()["detail"]
    return detail


async def test_a_file_is_sent_to_be_kept(world: World, folder: Path) -> None:
    file = folder / 'a "strange"\nname; ü.log'
    file.write_text("all is well")
    answer = await attachment(world, file)
    assert answer.status_code == 200
    assert answer.text == "all is well"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "\n" not in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"] or "no-cache" in answer.headers["Cache-Control"]


def test_a_name_is_not_turned_around() -> None:
    assert answers._named("attachment", Path("a\u202egpj.log")) == "attachment; filename*=UTF-8''agpj.log"


async def test_a_part_of_a_file_can_be_asked_for(world: World, folder: Path) -> None:
    file = folder / "long.log"
    file.write_bytes(bytes(range(256)) * 10)
    key = await world.add(
        DataCollectionFileAttachment, dataCollectionId=world.ids["collection"], fileFullPath=str(file), fileType="log"
    )
    async with world.as_("member") as client:
        path = f"/datacollections/attachments/{key}"
        part = await client.get(path, headers={"Range": "bytes=10-19"})
        whole = await client.get(path)
    assert (part.status_code, part.content) == (206, bytes(range(10, 20)))
    assert whole.headers["ETag"]


async def test_a_page_among_the_files_cannot_run(world: World, folder: Path) -> None:
    file = folder / "report.html"
    file.write_text("<script>alert(1)</script>")
    answer = await attachment(world, file)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_a_file_of_a_collection_can_be_read_in_a_sandbox(world: World, folder: Path) -> None:
    for name, media_type in (("collect.log", "text/plain"), ("report.html", "text/html"), ("plot.svg", None)):
        (folder / name).write_text("<script>alert(1)</script>")
        answer = await attachment(world, folder / name, inline=True)
        shown = "inline; " if media_type else "attachment; "
        assert answer.headers["Content-Disposition"].startswith(shown)
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert media_type is None or answer.headers["Content-Type"].startswith(media_type)


@pytest.mark.parametrize(
    "stored",
    [
        "{folder}/../../secret.txt",
        "{folder}/../../../../../../../etc/passwd",
        "/etc/passwd",
        "/proc/self/environ",
        "/dev/zero",
        "{root}-beside/file.txt",
        "//etc/passwd",
    ],
)
async def test_nothing_outside_the_folders_is_served(world: World, folder: Path, stored: str) -> None:
    path = stored.format(folder=folder, root=folder.parent)
    assert OUTSIDE in reason(await attachment(world, path))
    assert OUTSIDE in reason(await snapshot(world, path))
    assert OUTSIDE in reason(await snapshot(world, path, snapshot=True))


@pytest.mark.parametrize(
    "stored", ["secret.txt", "../secret.txt", "~/secret.txt", "file:///etc/passwd", "C:\\secret.txt"]
)
async def test_a_path_that_does_not_begin_at_the_root_is_not_followed(world: World, folder: Path, stored: str) -> None:
    assert OUTSIDE in reason(await attachment(world, stored))


async def test_links_that_lead_out_are_not_followed(world: World, folder: Path) -> None:
    secret = folder.parent.parent / "secret.txt"
    (folder / "link.txt").symlink_to(secret)
    (folder / "door").symlink_to(secret.parent)
    (folder / "loop").symlink_to(folder / "loop")
    assert OUTSIDE in reason(await attachment(world, folder / "link.txt"))
    assert OUTSIDE in reason(await attachment(world, folder / "door" / "secret.txt"))
    assert (await attachment(world, folder / "loop")).status_code == 404


async def test_a_link_within_the_folders_is_followed(world: World, folder: Path) -> None:
    (folder / "real.log").write_text("real")
    (folder / "link.log").symlink_to(folder / "real.log")
    assert (await attachment(world, folder / "link.log")).text == "real"


async def test_the_reason_is_given_when_a_file_is_missing(world: World, folder: Path) -> None:
    assert GONE in reason(await attachment(world, folder / "missing.log"))
    assert GONE in reason(await attachment(world, folder))
    assert "recorded" in reason(await snapshot(world, None))
    assert "recorded" in reason(await snapshot(world, "  "))
    assert "not one" in reason(await snapshot(world, f"{folder}/a\0b.png"))
    assert (await snapshot(world, "/" + "x/" * 120)).status_code == 404


async def test_no_answer_says_where_files_lie_on_the_server(world: World, folder: Path) -> None:
    for path in (folder / "missing.png", "/etc/passwd", folder / "loop"):
        assert str(folder.parent) not in (await attachment(world, path)).text
        assert "/etc" not in (await snapshot(world, path)).text


async def test_a_picture_and_its_small_version(world: World, folder: Path) -> None:
    file = folder / "crystal.png"
    Picture.new("RGBA", (1600, 1200), (10, 20, 30, 128)).save(file)
    whole, small = await snapshot(world, file), await snapshot(world, file, snapshot=True)
    assert (whole.headers["content-type"], whole.content) == ("image/png", file.read_bytes())
    assert small.headers["content-type"] == "image/jpeg"
    assert len(small.content) < len(whole.content)


async def test_the_small_version_beside_a_picture_is_taken(world: World, folder: Path) -> None:
    Picture.new("RGB", (800, 600)).save(folder / "crystal.jpg")
    Picture.new("RGB", (8, 6), "red").save(folder / "crystalt.jpg")
    answer = await snapshot(world, folder / "crystal.jpg", snapshot=True)
    assert answer.content == (folder / "crystalt.jpg").read_bytes()


@pytest.mark.parametrize("beside", ["notes.txt", "../../secret.txt"])
async def test_something_else_beside_a_picture_is_not_taken_for_its_small_version(
    world: World, folder: Path, beside: str
) -> None:
    Picture.new("RGB", (800, 600)).save(folder / "crystal.jpg")
    (folder / "notes.txt").write_text("no picture")
    (folder / "crystalt.jpg").symlink_to(folder / beside)
    answer = await snapshot(world, folder / "crystal.jpg", snapshot=True)
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xff\xd8")


async def test_a_picture_that_is_none_is_missing_with_the_reason(world: World, folder: Path) -> None:
    for name, content in (("page.png", b"<html>"), ("empty.jpg", b""), ("cut.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")):
        (folder / name).write_bytes(content)
        assert "not a readable picture" in reason(await snapshot(world, folder / name, snapshot=True))
    (folder / "data.h5").write_bytes(b"\x89HDF")
    (folder / "page.svg").write_text("<svg onload='alert(1)'/>")
    for name in ("data.h5", "page.svg"):
        assert "not a picture" in reason(await snapshot(world, folder / name))


def _picture_that_claims(width: int, height: int) -> bytes:
    """The beginning of a PNG of that size, without the picture."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = (
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in (header, data)
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(("width", "height"), [(9_000, 9_000), (30_000, 30_000), (2**31 - 1, 2**31 - 1)])
async def test_a_picture_of_a_billion_points_is_not_opened(world: World, folder: Path, width: int, height: int) -> None:
    (folder / "bomb.png").write_bytes(_picture_that_claims(width, height))
    assert "picture" in reason(await snapshot(world, folder / "bomb.png", snapshot=True))


async def test_only_four_snapshots_are_counted(world: World) -> None:
    async with world.as_("member") as client:
        for number in ("0", "5", "x"):
            answer = await client.get(f"/datacollections/images/{world.ids['collection']}", params={"imageId": number})
            assert answer.status_code == 422


@pytest.fixture
async def file(world: World, folder: Path) -> AsyncIterator[tuple[httpx.AsyncClient, str, Path]]:
    """A client of a member, the address of a file of 2560 bytes, and where it lies."""
    path = folder / "long.dat"
    path.write_bytes(bytes(range(256)) * 10)
    key = await world.add(
        DataCollectionFileAttachment, dataCollectionId=world.ids["collection"], fileFullPath=str(path), fileType="log"
    )
    async with world.as_("member") as client:
        yield client, f"/datacollections/attachments/{key}", path


def later(path: Path) -> None:
    """Have a file be another one, an hour later."""
    path.write_bytes(b"changed")
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 3600))


@pytest.mark.in_turn
@pytest.mark.parametrize("form", ["{etag}", "W/{etag}", '"other", {etag}', "*"])
async def test_a_file_that_a_client_has_is_not_sent_again(file: Any, form: str) -> None:
    client, address, path = file
    whole = await client.get(address)
    condition = {"If-None-Match": form.format(etag=whole.headers["ETag"])}
    for method in ("GET", "HEAD"):
        again = await client.request(method, address, headers=condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == whole.headers["ETag"]
        for name in ("Cache-Control", "Content-Security-Policy", "Content-Disposition"):
            assert again.headers[name] == whole.headers[name], "a browser takes it on for what it keeps"
    part = await client.get(address, headers={**condition, "Range": "bytes=0-9"})
    assert part.status_code == 304
    if form != "*":
        later(path)
        changed = await client.get(address, headers=condition)
        assert (changed.status_code, changed.content) == (200, b"changed")


@pytest.mark.in_turn
async def test_a_file_that_has_not_changed_since_is_not_sent_again(file: Any) -> None:
    client, address, path = file
    since = {"If-Modified-Since": (await client.get(address)).headers["Last-Modified"]}
    assert (await client.get(address, headers=since)).status_code == 304
    assert (await client.get(address, headers={"If-Modified-Since": "yesterday"})).status_code == 200
    other = await client.get(address, headers={**since, "If-None-Match": '"other"'})
    assert other.status_code == 200, "a tag tells more than a time"
    later(path)
    assert (await client.get(address, headers=since)).status_code == 200


@pytest.mark.in_turn
async def test_a_file_that_may_not_be_seen_is_not_told_to_be_unchanged(world: World, file: Any) -> None:
    _, address, _ = file
    for role, status in (("stranger", 404), ("nobody", 401)):
        async with world.as_(role) as client:
            assert (await client.get(address, headers={"If-None-Match": "*"})).status_code == status


@pytest.mark.in_turn
async def test_pictures_and_reports_are_not_sent_again_either(world: World, folder: Path) -> None:
    Picture.new("RGB", (80, 60)).save(folder / "crystal.jpg")
    first = await snapshot(world, folder / "crystal.jpg")
    async with world.as_("member") as client:
        path = f"/datacollections/images/{world.ids['collection']}"
        again = await client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, first.headers["Cache-Control"])


@pytest.mark.in_turn
async def test_a_part_is_sent_only_of_the_file_that_is_meant(file: Any) -> None:
    client, address, path = file
    whole = await client.get(address)
    for validator in (whole.headers["ETag"], whole.headers["Last-Modified"]):
        part = await client.get(address, headers={"Range": "bytes=10-19", "If-Range": validator})
        assert (part.status_code, part.content) == (206, bytes(range(10, 20)))
    for validator in ('"other"', f"W/{whole.headers['ETag']}", "yesterday"):
        answer = await client.get(address, headers={"Range": "bytes=10-19", "If-Range": validator})
        assert (answer.status_code, answer.content) == (200, whole.content)
    later(path)
    answer = await client.get(address, headers={"Range": "bytes=10-19", "If-Range": whole.headers["ETag"]})
    assert (answer.status_code, answer.content) == (200, b"changed")


@pytest.mark.in_turn
@pytest.mark.parametrize(
    "asked", ["bytes=9-0", "lines=1-2", "bytes", "bytes=", "bytes=a-b", "bytes=-", "", "bytes=0-1,9-0", "1-2"]
)
async def test_a_range_that_cannot_be_read_is_passed_over(file: Any, asked: str) -> None:
    client, address, _ = file
    answer = await client.get(address, headers={"Range": asked})
    assert (answer.status_code, len(answer.content)) == (200, 2560)


@pytest.mark.in_turn
@pytest.mark.parametrize("asked", ["bytes=2560-", "bytes=999999999-", "bytes=5000-6000", "bytes=-0"])
async def test_a_part_that_a_file_has_not_is_a_problem(file: Any, asked: str) -> None:
    client, address, _ = file
    answer = await client.get(address, headers={"Range": asked})
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, "bytes */2560")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith("/range-not-satisfiable")
    assert "2560 bytes" in answer.json()["detail"]


@pytest.mark.in_turn
@pytest.mark.parametrize(
    "asked",
    ["bytes=" + ",".join(["0-"] * 100), "bytes=" + ",".join(["0-"] * 5000), "bytes=" + ",".join(["0-0"] * 5000)],
)
async def test_many_parts_are_never_more_than_the_file(file: Any, asked: str) -> None:
    client, address, _ = file
    answer = await client.get(address, headers={"Range": asked})
    assert len(answer.content) == 2560


@pytest.mark.in_turn
async def test_many_parts_that_lie_apart_are_bounded(file: Any) -> None:
    client, address, _ = file
    for parts, status in ((100, 206), (101, 200)):
        asked = "bytes=" + ",".join(f"{2 * number}-{2 * number}" for number in range(parts))
        answer = await client.get(address, headers={"Range": asked})
        assert answer.status_code == status
        assert len(answer.content) <= 100 * 200
