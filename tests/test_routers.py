"""What addresses have in common: HEAD answers as GET does, without a body; where a method is not, others are told."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.live.test_stream import serving
from tests.service import Service
from tests.world import World

pytestmark = pytest.mark.in_turn

FROM_GET = ("content-type", "content-length", "content-encoding", "vary", "cache-control", "etag")


@pytest.fixture
async def server(world: World) -> AsyncIterator[str]:
    """The application behind a real server: what it leaves out for HEAD no other client sees."""
    async with serving(world.service) as address:
        yield address


async def asked(server: str, world: World, role: str, method: str, path: str, **headers: str) -> httpx.Response:
    token = world.tokens.get(role)
    sent = {"Accept-Encoding": "identity", **headers} | ({"Authorization": f"Bearer {token}"} if token else {})
    async with httpx.AsyncClient(timeout=10, verify=False) as client:
        return await client.request(method, server + path, headers=sent)


@pytest.mark.parametrize("role", ["member", "stranger", "nobody"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
async def test_head_is_get_without_the_body(server: str, world: World, role: str, encoding: str) -> None:
    ids = world.ids
    for path in (
        f"/sessions/{ids['session']}",
        f"/datacollections/{ids['collection']}",
        f"/data/images/header?dataCollectionId={ids['collection']}",
        "/sessions?limit=100",
        "/sessions?limit=0",
        "/sessions?unknown=1",
        "/auth/config",
        "/docs",
        "/openapi.json",
        "/nothing",
    ):
        head, get = [
            await asked(server, world, role, method, path, **{"Accept-Encoding": encoding})
            for method in ("HEAD", "GET")
        ]
        assert (head.status_code, head.content) == (get.status_code, b""), path
        told: list[dict[str, Any]] = [{name: answer.headers.get(name) for name in FROM_GET} for answer in (head, get)]
        assert told[0] == told[1], path


async def test_head_of_a_stream_ends(server: str, world: World) -> None:
    path = f"{server}/sessions/{world.ids['session']}/live"
    headers = {"Authorization": f"Bearer {world.tokens['member']}"}
    async with httpx.AsyncClient(timeout=5, verify=False) as client:
        answer = await client.head(path, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
        again = await client.get(f"{server}/user/current", headers=headers)  # on the same connection
    assert again.status_code == 200
    await asyncio.sleep(0.2)
    watchers = world.service.app.state.watchers
    assert watchers._watchers[world.ids["session"]].readers == 0


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/sessions", "GET, HEAD, POST"),
        ("GET", "/auth/login", "POST"),
        ("HEAD", "/auth/login", "POST"),
        ("DELETE", "/datacollections/1", "GET, HEAD, PATCH"),
        ("POST", "/datacollections/attachments/1", "GET, HEAD"),
        ("OPTIONS", "/processings/results", "GET, HEAD, POST"),
        ("BREW", "/processings/jobs/1/take", "POST"),
    ],
)
async def test_what_can_be_done_at_an_address_is_told(service: Service, method: str, path: str, allowed: str) -> None:
    async with service.client() as client:
        answer = await client.request(method, path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
    assert answer.headers["content-type"] == "application/problem+json"
    if method != "HEAD":
        assert answer.json()["type"].endswith("/method-not-allowed")
        assert allowed in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/nothing", "/sessions/1/nothing", "/sessions/"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "OPTIONS", "BREW"])
async def test_an_address_that_is_none_is_not_found(service: Service, method: str, path: str) -> None:
    async with service.client() as client:
        answer = await client.request(method, path)
    assert answer.status_code == 404
    assert "Allow" not in answer.headers


async def test_the_page_is_only_read(service: Service) -> None:
    async with service.client() as client:
        answer = await client.post("http://ispyb/sessions")
    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"GET", "HEAD"})
