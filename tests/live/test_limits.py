"""However many streams somebody opens, others are served: streams, watchers and looks are limited."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from pyispyb.live import watchers
from pyispyb.live.watcher import Watcher
from pyispyb.live.watchers import Watchers
from tests.service import Service, running_service
from tests.world import World, build_world

from .test_stream import Reader, collect, serving, stream

pytestmark = pytest.mark.in_turn

STREAMS, WATCHED, AT_ONCE = 3, 2, 2
LINGER = 30.0


@dataclass
class Few:
    """An application with low limits, on a real socket."""

    world: World
    address: str
    kept: list[Reader] = field(default_factory=list)
    """Who is forgotten hangs up."""

    @property
    def watchers(self) -> Watchers:
        found: Watchers = self.world.service.app.state.watchers
        return found

    async def answer(self, role: str, session: str = "session") -> httpx.Response:
        """The answer to somebody who wants a stream that they cannot have."""
        headers = {"Authorization": f"Bearer {self.world.tokens[role]}"}
        async with asyncio.timeout(5), httpx.AsyncClient(verify=False) as client:
            return await client.get(f"{self.address}/sessions/{self.world.ids[session]}/live", headers=headers)

    async def begun(self, stack: AsyncExitStack, role: str, session: str = "session") -> Reader:
        """A stream that has begun, until the stack ends."""
        reader = await stack.enter_async_context(stream(self.address, self.world, role, session=session))
        await reader.soon("session")
        self.kept.append(reader)
        return reader

    async def until_left(self, streams: int) -> None:
        """Until so many streams are open: a reader who hangs up is noticed a moment later."""
        async with asyncio.timeout(3):
            while sum(watcher.readers for watcher in self.watchers._watchers.values()) > streams:
                await asyncio.sleep(0.02)


@pytest.fixture
async def few(service: Service) -> AsyncIterator[Few]:
    settings = service.app.state.settings
    limits = {"streams_per_viewer": STREAMS, "watchers": WATCHED, "looks_at_once": AT_ONCE, "linger_seconds": LINGER}
    live = settings.live.model_copy(update={**limits, "poll_seconds": 0.05})
    async with running_service(settings.model_copy(update={"live": live})) as running, serving(running) as address:
        yield Few(await build_world(running), address)


def is_problem(answer: httpx.Response, status: int, kind: str) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith(f"/{kind}")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


async def test_a_viewer_has_so_many_streams_and_no_more(few: Few) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(STREAMS):
            await few.begun(stack, "member")
        is_problem(await few.answer("member"), 429, "too-many-streams")
        is_problem(await few.answer("member", "past_session"), 429, "too-many-streams")
        await few.begun(stack, "session_member")
        await few.begun(stack, "key")
    await few.until_left(0)
    async with AsyncExitStack() as stack:
        for _ in range(STREAMS):
            await few.begun(stack, "member")


async def test_a_refused_stream_takes_nobodys_place(few: Few) -> None:
    for _ in range(STREAMS + 1):
        assert (await few.answer("stranger")).status_code == 404
    async with AsyncExitStack() as stack:
        for _ in range(STREAMS):
            await few.begun(stack, "member")
        for _ in range(3):
            is_problem(await few.answer("member"), 429, "too-many-streams")
    await few.until_left(0)
    assert few.watchers._streams == {}


async def test_who_hangs_up_at_once_leaves_no_place_taken(few: Few) -> None:
    request = f"GET {httpx.URL(few.address).path}/sessions/{few.world.ids['session']}/live HTTP/1.1\r\nHost: x\r\n"
    request += f"Authorization: Bearer {few.world.tokens['member']}\r\n\r\n"
    url = httpx.URL(few.address)
    for wait in (0, 0.001, 0.01, 0.05) * 4:
        _, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(request.encode())
        await writer.drain()
        await asyncio.sleep(wait)
        writer.close()
    await asyncio.sleep(0.2)
    await few.until_left(0)
    assert few.watchers._streams == {}


async def test_so_many_sessions_are_watched_and_no_more(few: Few) -> None:
    async with AsyncExitStack() as stack:
        await few.begun(stack, "member", "session")
        await few.begun(stack, "member", "past_session")
        is_problem(await few.answer("administrator", "coming_session"), 503, "too-many-watched")
        await few.begun(stack, "session_member", "session")
        assert len(few.watchers.sessions) == WATCHED


async def test_a_session_that_nobody_reads_makes_room(few: Few) -> None:
    ids = few.world.ids
    async with AsyncExitStack() as staying:
        await few.begun(staying, "member", "past_session")
        async with AsyncExitStack() as leaving:
            await few.begun(leaving, "member", "session")
        await few.until_left(1)
        assert few.watchers.sessions == {ids["session"], ids["past_session"]}
        await few.begun(staying, "administrator", "coming_session")
        assert few.watchers.sessions == {ids["past_session"], ids["coming_session"]}


async def test_the_one_that_was_left_first_makes_room_first(few: Few) -> None:
    ids = few.world.ids
    for session in ("session", "past_session"):
        async with AsyncExitStack() as leaving:
            await few.begun(leaving, "member", session)
        await few.until_left(0)
    async with AsyncExitStack() as stack:
        await few.begun(stack, "member", "coming_session")
        assert few.watchers.sessions == {ids["past_session"], ids["coming_session"]}


async def test_a_glance_keeps_no_session_watched(few: Few, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchers, "SHORTEST_LINGER", 0.2)
    async with AsyncExitStack() as stack:
        await few.begun(stack, "member")
    await few.until_left(0)
    assert few.watchers.sessions == {few.world.ids["session"]}
    async with asyncio.timeout(2):
        while few.watchers.sessions:
            await asyncio.sleep(0.02)


async def test_what_was_read_for_a_while_stays_watched_for_a_while(few: Few, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchers, "SHORTEST_LINGER", 0.2)
    async with AsyncExitStack() as stack:
        reader = await few.begun(stack, "member")
        await asyncio.sleep(1.5)
        await collect(few.world, "last seen")
        last = (await reader.soon("collection")).id
    await few.until_left(0)
    await asyncio.sleep(0.7)
    missed = await collect(few.world, "missed")
    async with stream(few.address, few.world, "member", last) as again:
        assert (await again.soon("collection")).data["dataCollectionId"] == missed


async def test_a_reader_who_comes_back_keeps_the_watcher(few: Few, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchers, "SHORTEST_LINGER", 0.3)
    async with AsyncExitStack() as stack:
        await few.begun(stack, "member")
    await few.until_left(0)
    async with AsyncExitStack() as stack:
        reader = await few.begun(stack, "member")
        await asyncio.sleep(0.6)
        key = await collect(few.world, "after the glance")
        assert (await reader.soon("collection")).data["dataCollectionId"] == key


async def test_few_sessions_are_looked_at_in_one_moment(few: Few, monkeypatch: pytest.MonkeyPatch) -> None:
    look, running, most, seen = Watcher._look, 0, 0, set()

    async def slowly(watcher: Watcher, db: Any) -> Any:
        nonlocal running, most
        if watcher._turns is not few.watchers._turns:
            return await look(watcher, db)  # one of another test, that lingers
        running += 1
        most = max(most, running)
        seen.add(watcher.session_id)
        try:
            await asyncio.sleep(0.1)
            return await look(watcher, db)
        finally:
            running -= 1

    monkeypatch.setattr(Watcher, "_look", slowly)
    monkeypatch.setattr(few.watchers._settings, "watchers", 10)
    async with AsyncExitStack() as stack:
        sessions = ("session", "past_session", "coming_session", "other_session")
        for session in sessions:
            await few.begun(stack, "administrator" if session == "other_session" else "member", session)
        await asyncio.sleep(1)
    assert seen >= {few.world.ids[session] for session in sessions}
    assert 1 <= most <= AT_ONCE


async def test_a_watcher_ends_in_the_middle_of_any_statement(world: World) -> None:
    databases, settings = world.service.databases, world.service.app.state.settings.live
    for moment in range(60):
        watcher = Watcher(databases, settings, world.ids["session"], asyncio.Semaphore(1))
        await asyncio.sleep(moment * 0.0005)
        async with asyncio.timeout(5):
            await watcher.close()
