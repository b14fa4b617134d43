"""Files of structures are read and looked into by those who see them; nothing leaves the folders of the session."""

from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from tests.world import World

from .documents import STRUCTURES, blob, refined, scaling, write_coefficients, write_model
from .test_structures import store


async def stored(world: World, *paths: Path, **more: Any) -> str:
    """Address of a structure with these files."""
    files = [{"fileType": "Result", "fileName": path.name, "filePath": str(path.parent)} for path in paths]
    made = await store(world, refined(await scaling(world), attachments=files, **more))
    return f"{STRUCTURES}/{made['structureId']}"


async def ask(world: World, address: str, role: str = "member", **query: str) -> httpx.Response:
    async with world.as_(role) as client:
        return await client.get(address, params=query)


async def addresses(world: World, structure: str) -> list[str]:
    return [each["url"] for each in (await world.get("member", structure))["files"]]


async def test_files_are_looked_into_by_those_who_see_the_structure(world: World, files_root: Path) -> None:
    path, broken = files_root / f"{world.number}.mtz", files_root / f"{world.number}-broken.mtz"
    write_coefficients(path, write_model(path.with_suffix(".pdb")))
    broken.write_bytes(b"not reflections at all")
    structure = await stored(world, path, broken)
    url, of_broken = await addresses(world, structure)
    assert (await world.get("member", f"{url}/summary"))["maps"] == ["2fofc", "fofc"]
    answer = await ask(world, f"{url}/map", kind="2fofc")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content[208:212] == b"MAP "
    assert await read_without_compression(world, f"{url}/map") == answer.content
    assert (await ask(world, f"{url}/map", near="12.5,-3,0.25")).content[208:212] == b"MAP "
    assert (await ask(world, f"{url}/map", near="12.5,-3")).status_code == 422
    for address, query in ((url, {}), (f"{url}/summary", {}), (f"{url}/map", {"kind": "2fofc"})):
        assert (await ask(world, address, role="stranger", **query)).status_code == 404
    assert (await ask(world, f"{url}/model")).status_code == 422
    for address, query in ((f"{of_broken}/summary", {}), (f"{of_broken}/map", {"kind": "fofc"})):
        answer = await ask(world, address, **query)
        assert (answer.status_code, answer.json()["title"]) == (422, "The file cannot be read")
        assert str(files_root) not in answer.text
    assert (await ask(world, f"{structure}/files/7777")).status_code == 404


async def read_without_compression(world: World, url: str) -> bytes:
    async with world.as_("member") as client:
        answer = await client.get(url, params={"kind": "2fofc"}, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers
    return answer.content


async def test_pictures_of_blobs_are_shown_and_nothing_else(world: World, files_root: Path) -> None:
    name = f"{world.number}-blob.png"
    Image.new("RGB", (8, 6), "white").save(files_root / name)
    (files_root.parent / "secret.png").write_text("a secret")
    blobs = [
        blob(filePath=str(files_root), views=[name]),
        blob(filePath=str(files_root.parent), views=["secret.png"], height=1),
    ]
    structure = await stored(world, blobs=blobs)
    first, second = (await world.get("member", structure))["blobs"]
    answer = await ask(world, first["views"][0])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert (await ask(world, first["views"][0], role="stranger")).status_code == 404
    assert (await ask(world, second["views"][0])).status_code == 404
    assert (await ask(world, f"{structure}/blobs/9/views/1")).status_code == 404


async def test_paths_elsewhere_are_not_looked_into(world: World, files_root: Path) -> None:
    secret = files_root.parent / "secret.pdb"
    write_model(secret)
    for url in await addresses(world, await stored(world, secret)):
        for path in (url, f"{url}/summary", f"{url}/map"):
            query = {"kind": "2fofc"} if path.endswith("map") else {}
            assert (await ask(world, path, **query)).status_code == 404
