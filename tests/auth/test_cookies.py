"""Pages keep their log-in in cookies that scripts cannot read and other sites cannot use."""

from http.cookies import Morsel, SimpleCookie

import httpx
import pytest

from pyispyb.app import API_BASE
from pyispyb.auth.dependencies import ACCESS_COOKIE, PAGE_HEADER, REFRESH_COOKIE
from tests.world import PASSWORD, World

PAGE = {PAGE_HEADER: "1"}


def morsels(answer: httpx.Response) -> dict[str, Morsel[str]]:
    found: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        found.load(header)
    return dict(found)


async def page_login(world: World, client: httpx.AsyncClient) -> httpx.Response:
    body = {"login": world.logins["member"], "password": PASSWORD, "cookies": True}
    answer = await client.post("/auth/login", json=body, headers=PAGE)
    assert answer.status_code == 201, answer.text
    return answer


async def test_tokens_are_in_cookies_and_nowhere_else(world: World) -> None:
    async with world.service.client() as client:
        answer = await page_login(world, client)
        assert (answer.json()["token"], answer.json()["refreshToken"]) == (None, None)
        assert (await client.get("/user/current")).json()["personId"] == world.ids["member"]


async def test_cookies_are_closed_to_scripts_and_other_sites(world: World) -> None:
    async with world.service.client() as client:
        set_cookies = morsels(await page_login(world, client))
    assert set(set_cookies) == {ACCESS_COOKIE, REFRESH_COOKIE}
    for cookie in set_cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"].lower() == "strict"
        assert int(cookie["max-age"]) > 0
    assert set_cookies[ACCESS_COOKIE]["path"] == API_BASE
    assert set_cookies[REFRESH_COOKIE]["path"] == f"{API_BASE}/auth"


async def test_cookies_travel_over_https_only_unless_told_otherwise(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.service.app.state.settings, "secure_cookies", True)
    async with world.service.client() as client:
        set_cookies = morsels(await page_login(world, client))
    assert all(cookie["secure"] for cookie in set_cookies.values())


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/auth/logout"), ("POST", "/datacollections/group"), ("PATCH", "/samples/1"), ("POST", "/auth/refresh")],
)
async def test_another_site_changes_nothing_with_the_cookies(world: World, method: str, path: str) -> None:
    async with world.service.client() as client:
        await page_login(world, client)
        forged = await client.request(method, path, json={})
        assert forged.status_code == 403
        assert PAGE_HEADER in forged.json()["detail"]
        assert (await client.get("/user/current")).status_code == 200


async def test_another_site_cannot_log_a_browser_in(world: World) -> None:
    body = {"login": world.logins["member"], "password": PASSWORD, "cookies": True}
    async with world.service.client() as client:
        forged = await client.post("/auth/login", json=body)
    assert forged.status_code == 403
    assert morsels(forged) == {}


async def test_a_page_refreshes_with_its_cookie(world: World) -> None:
    async with world.service.client() as client:
        before = morsels(await page_login(world, client))
        answer = await client.post("/auth/refresh", json={}, headers=PAGE)
        assert answer.status_code == 200
        assert answer.json()["token"] is None
        after = morsels(answer)
        assert before[ACCESS_COOKIE].value != after[ACCESS_COOKIE].value
        assert (await client.get("/user/current")).status_code == 200


async def test_a_logout_takes_the_cookies_away_and_ends_them(world: World) -> None:
    async with world.service.client() as client:
        before = morsels(await page_login(world, client))
        answer = await client.post("/auth/logout", headers=PAGE)
        gone = morsels(answer)
        assert {name: cookie.value for name, cookie in gone.items()} == {ACCESS_COOKIE: "", REFRESH_COOKIE: ""}
        assert {name: cookie["path"] for name, cookie in gone.items()} == {
            name: cookie["path"] for name, cookie in before.items()
        }
    async with world.service.client() as thief:
        thief.cookies.set(ACCESS_COOKIE, before[ACCESS_COOKIE].value)
        assert (await thief.get("/user/current")).status_code == 401


async def test_a_token_that_is_sent_wins_over_a_cookie(world: World) -> None:
    async with world.service.client(world.tokens["staff"]) as client:
        client.cookies.set(ACCESS_COOKIE, world.tokens["member"])
        assert (await client.get("/user/current")).json()["personId"] == world.ids["staff"]
