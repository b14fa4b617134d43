"""Quality indicators document by document within one request."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import orjson
import pytest
import uvicorn
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from pyispyb.acquisition import stream
from pyispyb.app import API_BASE
from pyispyb.auth.secrets import digest
from pyispyb.clock import utc_now
from pyispyb.db.database import Database
from pyispyb.serve import server_options
from pyispyb.tables import ApiKey
from tests.servers import free_port
from tests.world import World

PATH = "/datacollections/quality/stream"


def image(world: World, number: int, collection: str = "collection", **more: Any) -> bytes:
    content = {"dataCollectionId": world.ids[collection], "imageNumber": [number], "spotTotal": [number * 10], **more}
    return json.dumps(content).encode()  # whole numbers of any size


async def answers(world: World, content: Any, role: str = "key") -> list[dict[str, Any]]:
    async with world.as_(role) as client:
        answer = await client.post(PATH, content=content)
    assert answer.status_code == 200, answer.text
    return [orjson.loads(line) for line in answer.content.splitlines()]


async def stored(world: World) -> dict[int, int]:
    found = await world.get("member", "/datacollections/quality", dataCollectionId=world.ids["collection"])
    return dict(zip(found["imageNumber"], found["spotTotal"], strict=True)) if found["total"] else {}


async def change_key(world: World, **values: Any) -> None:
    async with world.service.database() as db:
        of_key = ApiKey.secretHash == digest(world.tokens["key"])
        await db.execute(update(ApiKey).where(of_key).values(values))


def cut(content: bytes, length: int) -> Iterator[bytes]:
    for begin in range(0, len(content), length):
        yield content[begin : begin + length]


@pytest.mark.parametrize("length", [1, 7, 100_000])
async def test_each_document_is_stored_and_answered(world: World, length: int) -> None:
    content = b"\n".join([image(world, 1), b"", image(world, 2), image(world, 1, spotTotal=[5])])

    async def parts() -> AsyncIterator[bytes]:
        for part in cut(content, length):
            yield part

    lines = await answers(world, parts())
    assert [(line["line"], line["status"], line["added"], line["changed"]) for line in lines] == [
        (1, 201, 1, 0),
        (3, 201, 1, 0),
        (4, 201, 0, 1),
    ]
    assert await stored(world) == {1: 5, 2: 20}


async def test_what_is_refused_takes_nothing_with_it(world: World) -> None:
    bad = (
        (b"rubbish", 422, [""]),
        (image(world, 2, spotTotal=["many", 1]), 422, ["spotTotal[0]"]),
        (image(world, 2, spotTotal=[1, 2]), 422, ["spotTotal"]),
        (image(world, 2, spotTotal=[2**70]), 422, ["spotTotal"]),
        (image(world, 2, unknown=[1]), 422, ["unknown"]),
        (image(world, 2, "other_collection"), 404, []),
    )
    lines = await answers(world, b"\n".join([image(world, 1), *(content for content, *_ in bad), image(world, 9)]))
    told = [(line["status"], [error["path"] for error in line["errors"]]) for line in lines[1:-1]]
    assert told == [(status, paths) for _, status, paths in bad]
    assert await stored(world) == {1: 10, 9: 90}


@pytest.mark.parametrize(
    ("scopes", "status"), [("acquisition:write", 200), ("processing:write", 200), ("read portal:sync", 403)]
)
async def test_control_software_and_pipelines_may_send(world: World, scopes: str, status: int) -> None:
    await change_key(world, scopes=scopes)
    async with world.as_("key") as client:
        for path in (PATH, PATH.removesuffix("/stream")):
            answer = await client.post(path, content=image(world, 1), headers={"Content-Type": "application/json"})
            assert answer.status_code in {status, status + 1}, answer.text
    if status == 403:
        assert "'acquisition:write' or 'processing:write'" in answer.json()["detail"]


async def test_a_line_that_does_not_end_is_refused(world: World) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield image(world, 1) + b"\n"
        while True:
            yield b" " * 2**16

    first, last = await answers(world, endless())
    assert (first["status"], last["status"], last["line"]) == (201, 413, 2)


async def test_a_request_has_so_many_documents_and_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_DOCUMENTS", 2)
    lines = await answers(world, b"\n\n".join(image(world, number) for number in range(1, 5)))
    assert [(line["line"], line["status"]) for line in lines] == [(1, 201), (3, 201), (5, 413)]


async def test_who_sends_what_is_refused_again_and_again_is_stopped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "MOST_REFUSED", 2)
    lines = await answers(world, b"\n".join([b"1", image(world, 1), b"2", image(world, 2), image(world, 3)]))
    assert [(line["line"], line["status"]) for line in lines] == [(1, 422), (2, 201), (3, 422), (4, 422)]
    assert await stored(world) == {1: 10}


@asynccontextmanager
async def served(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """The application behind a real server, which reads and writes at once."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(world.service.app, **server_options("127.0.0.1", port), lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    headers = {"Authorization": f"Bearer {world.tokens['key']}"}
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}{API_BASE}", headers=headers) as client:
            yield client
    finally:
        server.should_exit = True
        await serving


async def test_answers_come_while_documents_are_sent_until_the_key_ends(world: World) -> None:
    """Over the wire: the second document is made when the first is answered; the key is taken back before the last."""
    heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def parts() -> AsyncIterator[bytes]:
        for number in (1, 2):
            yield image(world, number) + b"\n"
            assert (await asyncio.wait_for(heard.get(), 10))["added"] == 1
        await change_key(world, revokedAt=utc_now())
        yield image(world, 3) + b"\n"
        assert (await asyncio.wait_for(heard.get(), 10))["status"] == 401

    async with served(world) as client:
        reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
        head = f"POST {API_BASE}{PATH} HTTP/1.1\r\nHost: ispyb\r\nAuthorization: {client.headers['Authorization']}\r\n"
        writer.write((head + "Transfer-Encoding: chunked\r\n\r\n").encode())

        async def listen() -> None:
            while line := await reader.readline():
                if line.startswith(b'{"line"'):
                    heard.put_nowait(orjson.loads(line))

        listening = asyncio.create_task(listen())
        async for part in parts():
            writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        listening.cancel()
        writer.close()
    assert await stored(world) == {1: 10, 2: 20}


async def test_an_unfinished_document_of_who_goes_away_is_not_stored(world: World) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield image(world, 1) + b"\n" + image(world, 2)
        await asyncio.sleep(0.3)
        raise ConnectionResetError

    async with served(world) as client:
        with pytest.raises(ConnectionResetError):
            await client.post(PATH, content=parts())
        await asyncio.sleep(0.2)
    assert await stored(world) == {1: 10}


async def test_a_document_that_the_database_does_not_take_may_be_sent_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> Any:
        raise OperationalError("INSERT", {}, Exception("the server has gone away"))

    content = [image(world, 1), image(world, 2)]

    async def parts() -> AsyncIterator[bytes]:
        with monkeypatch.context() as while_away:
            while_away.setattr(Database, "insert_many", away)
            yield content[0] + b"\n"
        yield content[1] + b"\n" + content[0]

    lines = await answers(world, parts())
    assert [(line["line"], line["status"]) for line in lines] == [(1, 503), (2, 201), (3, 201)]
    assert await stored(world) == {1: 10, 2: 20}


@pytest.mark.parametrize(("role", "status"), [("nobody", 401), ("member", 403), ("administrator", 403)])
async def test_nothing_is_read_of_who_may_not_send(world: World, role: str, status: int) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b" " * 2**16

    async with world.as_(role) as client:
        assert (await client.post(PATH, content=endless())).status_code == status
    assert read == 0
