"""Routes that are carried out without FastAPI answer as they do with it."""

from contextlib import nullcontext
from typing import Annotated, Any

import httpx
import pytest
from fastapi import APIRouter, Depends, Header, Request, Response

from pyispyb.app import ROUTERS, check_permissions
from pyispyb.auth.dependencies import Public
from pyispyb.direct import direct
from pyispyb.routers import API_BASE, Addresses, Route, Router
from tests.processing.documents import result
from tests.world import World

BY_FASTAPI = {
    ("/admin/keys", "GET"),
    ("/admin/keys", "POST"),
    ("/admin/keys/{apiKeyId}", "DELETE"),
    ("/sessions/{sessionId}/live", "GET"),
}
"""Dependencies with dependencies of their own, and a stream that FastAPI sends."""

RESULTS = "/processings/results"
JSON = {"Content-Type": "application/json"}
REQUESTS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("member", "GET", "/user/current", {}),
    ("nobody", "GET", "/user/current", {}),
    ("member", "GET", "/sessions?limit=2", {}),
    ("member", "GET", "/sessions?limit=0&skip=-1", {}),
    ("member", "GET", "/sessions?limit=2&limit=3", {}),
    ("nobody", "GET", "/sessions?unknown=1", {}),
    ("member", "GET", "/sessions/{session}", {}),
    ("member", "GET", "/sessions/none", {}),
    ("stranger", "GET", "/sessions/{session}", {}),
    ("member", "GET", "/processings/results?sessionId={session}&rank=ccHalf", {}),
    ("member", "GET", "/processings/results?sessionId={session}&rank=beauty&processing=x", {}),
    ("member", "GET", "/datacollections/images/{collection}?size=none", {}),
    ("nobody", "GET", "/auth/config", {}),
    ("nobody", "POST", RESULTS, {"content": b"{", "headers": JSON}),
    ("nobody", "POST", RESULTS, {"json": {}}),
    ("key", "POST", RESULTS, {"content": b"", "headers": JSON}),
    ("key", "POST", RESULTS, {"content": b'{"program":\n}', "headers": JSON}),
    ("key", "POST", RESULTS, {"content": b'{"a": "\xff"}', "headers": JSON}),
    ("key", "POST", RESULTS, {"content": b'{"scalings": NaN}', "headers": JSON}),
    ("key", "POST", RESULTS, {"content": b"{}"}),
    ("key", "POST", RESULTS, {"content": b"{}", "headers": {"Content-Type": "text/plain"}}),
    ("key", "POST", RESULTS, {"content": b"{}", "headers": {"Content-Type": "application/x-json"}}),
    ("key", "POST", RESULTS, {"content": b"{}", "headers": {"Content-Type": "application/json; charset=utf-8"}}),
    ("key", "POST", RESULTS, {"content": b"[]", "headers": {"Content-Type": "APPLICATION/vnd.of-ours+json"}}),
    ("key", "POST", RESULTS, {"json": {"program": 1}, "headers": {"Idempotency-Key": "x" * 121}}),
    ("key", "POST", RESULTS, {"json": {"program": 1}, "headers": {"Idempotency-Key": "x"}}),
    ("member", "POST", RESULTS, {"json": {}}),
    ("key", "POST", "/processings/autoproc-container?dataCollectionId=x", {"content": b"<a/>"}),
    ("member", "PATCH", "/datacollections/{collection}", {"json": {"comments": 7}, "headers": {"If-Match": "x" * 401}}),
    ("member", "PATCH", "/datacollections/{collection}", {"json": {"comments": "x"}, "headers": {"If-Match": '"x"'}}),
)


def test_nearly_all_routes_do_without() -> None:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, Route)]
    assert {(route.path, *(route.methods or ())) for route in routes if not route.is_direct} == BY_FASTAPI


async def _told(world: World, role: str, method: str, path: str, sent: dict[str, Any]) -> tuple[Any, ...]:
    async with world.as_(role) as client:
        answer = await client.request(method, path.format_map(world.ids), **sent)
    content = answer.json()
    if isinstance(content, dict):
        content.pop("request", None)
    headers = {name: value for name, value in answer.headers.items() if name not in {"x-request-id", "content-length"}}
    return answer.status_code, content, headers


@pytest.mark.in_turn
async def test_answers_are_those_of_fastapi(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    without = [await _told(world, *asked) for asked in REQUESTS]
    monkeypatch.setattr(Route, "_direct", property(lambda _route: None))
    for asked, told in zip(REQUESTS, without, strict=True):
        assert told == await _told(world, *asked), asked


@pytest.mark.in_turn
async def test_a_document_may_say_in_which_letters_it_is(world: World) -> None:
    async with world.as_("key") as client:
        answer = await client.post(
            RESULTS,
            content=httpx.Request("POST", "http://x", json=result(world.ids["collection"])).content,
            headers={"Content-Type": "application/json; charset=utf-8"},
        )
    assert answer.status_code == 201, answer.text


async def plain(request: Request, wanted: Annotated[str | None, Header()] = None) -> Response:
    return Response(f"{request.url.path} {wanted}")


async def _nothing(request: Request) -> None: ...


async def public(_everyone: Annotated[None, Public]) -> Response:
    return Response()


@pytest.mark.parametrize(
    ("endpoint", "with_more", "said"),
    [
        (public, False, None),
        (plain, False, "does not declare who may call it"),
        (public, True, "is called without the dependencies it is included with"),
    ],
)
def test_nothing_starts_that_would_be_called_without_what_it_needs(
    endpoint: Any, with_more: bool, said: str | None
) -> None:
    router, api = Router(), APIRouter()
    router.add_api_route("/somewhere", endpoint)
    api.include_router(router, dependencies=[Depends(_nothing)] if with_more else [])
    with pytest.raises(RuntimeError, match=said) if said else nullcontext():
        check_permissions(api.routes)


async def _inner(_nothing: Annotated[None, Depends(_nothing)]) -> None: ...


def _waits(request: Request) -> None: ...


async def answers_something(request: Request) -> dict[str, str]:
    return {}


async def needs_a_chain(inner: Annotated[None, Depends(_inner)]) -> Response:
    return Response()


async def needs_a_thread(waits: Annotated[None, Depends(_waits)]) -> Response:
    return Response()


async def changes_its_answer(response: Response) -> Response:
    return response


@pytest.mark.parametrize("endpoint", [answers_something, needs_a_chain, needs_a_thread, changes_its_answer])
def test_what_needs_fastapi_is_left_to_it(endpoint: Any) -> None:
    assert direct(Route("/somewhere", plain)) is not None
    assert direct(Route("/somewhere", endpoint)) is None


async def test_addresses_are_found_whatever_stands_before_them() -> None:
    router = Router()
    router.add_api_route("/somewhere/fixed", plain)
    router.add_api_route("/somewhere/{place}", plain)
    passed_on = []

    async def others(scope: Any, _receive: Any, send: Any) -> None:
        passed_on.append(scope["path"])
        await Response()(scope, _receive, send)

    addresses = Addresses([router], others)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(addresses), base_url="http://x") as client:
        found = await client.get(f"{API_BASE}/somewhere/fixed", headers={"Wanted": "yes"})
        assert found.text == f"{API_BASE}/somewhere/fixed yes"
        assert (await client.post(f"{API_BASE}/somewhere/fixed")).text == ""
        assert (await client.get(f"{API_BASE}/somewhere/else")).text == ""
        assert (await client.get(f"{API_BASE}/somewhere/fixed/")).text == ""
    behind = httpx.ASGITransport(addresses, root_path="/ispyb-at-home")
    async with httpx.AsyncClient(transport=behind, base_url="http://x") as client:
        assert (await client.get(f"/ispyb-at-home{API_BASE}/somewhere/fixed")).text.endswith("/fixed None")
    assert passed_on == [f"{API_BASE}/somewhere/{rest}" for rest in ("fixed", "else", "fixed/")]
