"""The beamline's client against a server that has bad moments."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import httpx
import pytest

from pyispyb.demo import client as module
from pyispyb.demo.client import Client, Refused, Unreachable

TOKENS = {"token": "first", "refreshToken": "again", "expiresIn": 300}
Answer = httpx.Response | Exception


class Server:
    """Answers log-ins by itself and everything else from a list; remembers what it was asked."""

    def __init__(self, *answers: Answer, refresh: int = 200) -> None:
        self.answers: Iterator[Answer] = iter(answers)
        self.refresh = refresh
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if request.url.path.endswith("auth/login"):
            return httpx.Response(201, json=TOKENS)
        if request.url.path.endswith("auth/refresh"):
            return httpx.Response(self.refresh, json={**TOKENS, "token": "second"})
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def paths(self) -> list[str]:
        return [request.url.path for request in self.asked]

    def keys(self) -> list[str | None]:
        return [request.headers.get("Idempotency-Key") for request in self.asked if "auth" not in request.url.path]


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Callable[[Server], Client]:
    """Clients that do not wait long between two tries."""
    monkeypatch.setattr(module, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(module, "LONGEST_WAIT", 0.002)
    return lambda server: Client("http://ispyb/api/", "BL1", "ispyb_key", httpx.MockTransport(server))


@asynccontextmanager
async def closing(client: Client) -> AsyncIterator[Client]:
    try:
        yield client
    finally:
        await client.close()


async def test_it_logs_in_before_its_first_call_and_takes_lists_out_of_their_envelope(connect):
    server = Server(httpx.Response(200, json={"results": [1, 2], "total": 2}), httpx.Response(200, json={"a": 1}))
    async with closing(connect(server)) as client:
        assert await client.get("samples", proposal="mx415") == [1, 2]
        assert await client.get("detectors") == {"a": 1}
    assert server.paths() == ["/api/auth/login", "/api/samples", "/api/detectors"]
    assert server.asked[1].headers["Authorization"] == "Bearer first"
    assert b'"plugin":"token"' in server.asked[0].content


@pytest.mark.parametrize(
    "trouble", [httpx.ConnectError("down"), httpx.ReadTimeout("slow"), httpx.Response(503), httpx.Response(500)]
)
async def test_a_write_in_trouble_is_sent_again_with_the_same_key(connect, trouble):
    server = Server(trouble, trouble, httpx.Response(201, json={"robotActionId": 7}))
    async with closing(connect(server)) as client:
        assert await client.post("events/robot-action", {"status": "SUCCESS"}) == {"robotActionId": 7}
    first, *others = server.keys()
    assert first
    assert others == [first, first]


async def test_two_writes_have_two_keys(connect):
    server = Server(httpx.Response(201, json={}), httpx.Response(201, json={}))
    async with closing(connect(server)) as client:
        await client.post("images/image", {})
        await client.post("images/image", {})
    assert len(set(server.keys())) == 2


async def test_an_expired_token_is_renewed_once(connect):
    server = Server(httpx.Response(401), httpx.Response(201, json={"ok": True}))
    async with closing(connect(server)) as client:
        assert await client.post("images/image", {}) == {"ok": True}
    assert server.paths()[2:] == ["/api/auth/refresh", "/api/images/image"]
    assert server.asked[-1].headers["Authorization"] == "Bearer second"
    assert len(set(server.keys())) == 1


async def test_a_spent_refresh_token_leads_to_another_login(connect):
    server = Server(httpx.Response(401), httpx.Response(200, json=[]), refresh=401)
    async with closing(connect(server)) as client:
        await client.get("samples")
    assert server.paths()[2:] == ["/api/auth/refresh", "/api/auth/login", "/api/samples"]


async def test_a_refusal_is_not_repeated(connect):
    server = Server(httpx.Response(403, json={"detail": "not on this beamline"}))
    async with closing(connect(server)) as client:
        with pytest.raises(Refused, match="not on this beamline"):
            await client.post("images/image", {})
    assert len(server.asked) == 2


async def test_it_gives_up_after_many_tries(connect):
    server = Server(*[httpx.ConnectError("down")] * 100)
    async with closing(connect(server)) as client:
        with pytest.raises(Unreachable):
            await client.get("samples")
    assert len(server.asked) == 1 + module.TRIES
