"""A link leads to one file for a short time, for the log-in that made it, and to nothing else."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import delete, select, update

from pyispyb.app import API_BASE
from pyispyb.auth.file_routes import serves_file
from pyispyb.auth.secrets import digest
from pyispyb.auth.signing_keys import REMEMBERED_SECONDS, SigningKeys
from pyispyb.clock import utc_now
from pyispyb.tables import ApiKey, Login, ProposalHasPerson, SigningKey, Token, UserGroup_has_Person
from tests.world import World

pytestmark = [pytest.mark.usefixtures("forgetful"), pytest.mark.in_turn]


@pytest.fixture
def forgetful(furnished: World) -> Iterator[None]:
    """Signing keys read anew for each test."""
    state = furnished.service.app.state
    before, state.signing_keys = state.signing_keys, SigningKeys(state.settings.tokens)
    yield
    state.signing_keys = before


async def sign(world: World, role: str, path: str, **sent: Any) -> httpx.Response:
    async with world.as_(role) as client:
        return await client.post("/user/sign", json={"path": path, **sent})


async def link(world: World, role: str, path: str) -> str:
    answer = await sign(world, role, path)
    assert answer.status_code == 201, answer.text
    url: str = answer.json()["url"]
    return url


async def fetch(world: World, url: str, method: str = "GET", role: str = "nobody") -> httpx.Response:
    async with world.as_(role) as client:
        return await client.request(method, f"http://ispyb{url}")


def file(world: World) -> str:
    return f"/datacollections/attachments/{world.ids['attachment']}"


def picture(world: World) -> str:
    return f"/datacollections/images/{world.ids['collection']}"


# -- what a link is


async def test_a_link_needs_no_login(furnished: World) -> None:
    answer = await sign(furnished, "member", file(furnished))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["validity"] == 300
    url = answer.json()["url"]
    assert url.startswith(f"{API_BASE}{file(furnished)}?signature=")
    fetched = await fetch(furnished, url)
    assert (fetched.status_code, fetched.headers["content-type"]) == (200, "image/png")
    assert fetched.content[:4] == b"\x89PNG"


async def test_a_link_answers_head_with_the_length_and_no_body(furnished: World) -> None:
    url = await link(furnished, "member", file(furnished))
    whole, head = await fetch(furnished, url), await fetch(furnished, url, "HEAD")
    assert head.status_code == 200
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.content == b""


async def test_a_link_may_be_asked_for_with_the_base_of_the_api(furnished: World) -> None:
    url = await link(furnished, "member", f"{API_BASE}{file(furnished)}")
    assert (await fetch(furnished, url)).status_code == 200


async def test_a_link_keeps_its_parameters(furnished: World) -> None:
    url = await link(furnished, "member", f"{picture(furnished)}?snapshot=true&imageId=1")
    assert "snapshot=true&imageId=1&signature=" in url
    assert (await fetch(furnished, url)).headers["content-type"] == "image/jpeg"
    assert (await fetch(furnished, url.replace("imageId=1", "imageId=%31"))).status_code == 200


@pytest.mark.parametrize("role", ["member", "session_member", "staff", "administrator", "key"])
async def test_everybody_who_sees_a_file_can_pass_it_to_a_program(furnished: World, role: str) -> None:
    assert (await fetch(furnished, await link(furnished, role, file(furnished)))).status_code == 200


FILES = ("*/*", "image/", "application/octet", "application/zip", "application/pdf", "text/csv", "chemical/")


async def test_every_file_and_no_other_address_takes_links(furnished: World) -> None:
    app = furnished.service.app
    takes = {
        (found.path or "").removeprefix(API_BASE)
        for found in iter_route_contexts(app.routes)
        if isinstance(found.original_route, APIRoute)
        and serves_file(app, (found.path or "").replace("{path:path}", "x"))
    }
    documented = app.openapi()["paths"]
    binary = {
        path.removeprefix(API_BASE)
        for path, methods in documented.items()
        if any(kind.startswith(FILES) for kind in content(methods.get("get", {})))
    }
    assert takes == binary
    assert len(takes) >= 7


def content(operation: dict[str, Any]) -> list[str]:
    return list(operation.get("responses", {}).get("200", {}).get("content", {}))


# -- what it is not


@pytest.mark.parametrize(
    "path",
    [
        "/sessions",
        "/user/current",
        "/auth/config",
        "/admin/keys",
        "/datacollections/attachments",
        "/datacollections/attachments/1/..",
        "/datacollections/attachments/../../user/current",
        "//evil.example/ispyb/api/v1/datacollections/attachments/1",
        "/datacollections/attachments/1#/x",
        "/assets/index.js",
        "/docs",
        "/nothing",
        "/" + "a" * 499,
    ],
)
async def test_a_link_is_made_to_files_only(furnished: World, path: str) -> None:
    answer = await sign(furnished, "member", path)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "path"


@pytest.mark.parametrize("method", ["POST", "DELETE", "PATCH", "get"])
async def test_a_link_changes_nothing(furnished: World, method: str) -> None:
    assert (await sign(furnished, "member", file(furnished), method=method)).status_code == 422


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_a_link_serves_no_other_method(furnished: World, method: str) -> None:
    url = await link(furnished, "member", file(furnished))
    assert (await fetch(furnished, url, method)).status_code in {404, 405}


async def test_nobody_signs_without_a_login(furnished: World) -> None:
    assert (await sign(furnished, "nobody", file(furnished))).status_code == 401


async def test_a_link_does_not_lead_to_a_link(furnished: World) -> None:
    url = await link(furnished, "member", file(furnished))
    signature = parse_qs(urlsplit(url).query)["signature"][0]
    async with furnished.service.client() as client:
        answer = await client.post("/user/sign", params={"signature": signature}, json={"path": file(furnished)})
    assert answer.status_code in {401, 422}


async def test_a_link_leads_nowhere_else(furnished: World) -> None:
    url = await link(furnished, "administrator", f"{picture(furnished)}?imageId=1")
    signature = parse_qs(urlsplit(url).query)["signature"][0]
    base = f"{API_BASE}{picture(furnished)}"
    others = [
        f"{base}?signature={signature}",
        f"{base}?imageId=2&signature={signature}",
        f"{base}?imageId=1&snapshot=true&signature={signature}",
        f"{API_BASE}/datacollections/images/{furnished.ids['second_collection']}?imageId=1&signature={signature}",
        f"{API_BASE}{file(furnished)}?signature={signature}",
        f"{API_BASE}/datacollections/images/diffraction/{furnished.ids['collection']}?imageId=1&signature={signature}",
    ]
    assert [(await fetch(furnished, other)).status_code for other in others] == [401] * len(others)
    listed = await fetch(furnished, f"{API_BASE}/sessions?signature={signature}")
    assert listed.status_code in {401, 422}
    assert (await fetch(furnished, f"{base}?imageId=1&imageId=2&signature={signature}")).status_code == 422
    assert (await fetch(furnished, url)).status_code == 200


async def test_a_link_cannot_be_made_up(furnished: World) -> None:
    url = await link(furnished, "stranger", file(furnished))
    path, _, signature = url.partition("signature=")
    number, holder, expires, mac = signature.split(".")
    async with furnished.service.database() as db:
        known = select(Token.loginId).where(Token.tokenHash == digest(furnished.tokens["administrator"]))
        administrator = await db.scalar(known)
    forged = [
        f"{number}.l{administrator}.{expires}.{mac}",
        f"{number}.k1.{expires}.{mac}",
        f"{number}.{holder}.{int(expires) + 9999}.{mac}",
        f"{int(number) + 1}.{holder}.{expires}.{mac}",
        f"{number}.{holder}.{expires}.{'A' * 43}",
        f"{number}.{holder}.{expires}.",
        f"0.{holder}.{expires}.{mac}",
        f"{number}.{holder}.{expires}.{mac}.",
        f"{number}.{holder}.{expires}.{mac}%0A",
        f"９.{holder}.{expires}.{mac}",
        "",
        "x",
        "....",
    ]
    answers = [await fetch(furnished, f"{path}signature={text}") for text in forged]
    assert [answer.status_code for answer in answers] == [401] * len(forged)
    assert len({answer.json()["detail"] for answer in answers}) == 1
    assert (await fetch(furnished, f"{path}signature={'9' * 121}")).status_code == 422


async def test_a_bad_link_is_not_saved_by_a_login(furnished: World) -> None:
    url = f"{API_BASE}{file(furnished)}?signature=1.l1.99999999999.{'A' * 43}"
    assert (await fetch(furnished, url, role="administrator")).status_code == 401


async def test_a_link_shows_nothing_that_its_maker_does_not_see(furnished: World) -> None:
    url = await link(furnished, "stranger", file(furnished))
    assert (await fetch(furnished, url)).status_code == 404
    assert (await fetch(furnished, url, role="administrator")).status_code == 404


# -- when it ends


async def test_a_link_ends_with_its_time(furnished: World, monkeypatch: pytest.MonkeyPatch) -> None:
    url = await link(furnished, "member", file(furnished))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    assert (await fetch(furnished, url)).status_code == 401


async def test_a_link_ends_with_the_login_that_made_it(world: World, furnished: World) -> None:
    path = file(furnished)
    url = await link(world, "administrator", path)
    assert (await fetch(world, url)).status_code == 200
    async with world.as_("administrator") as client:
        await client.post("/auth/logout")
    assert (await fetch(world, url)).status_code == 401


async def test_a_link_ends_with_the_right_to_see(world: World, furnished: World) -> None:
    path = file(furnished)
    await world.add(ProposalHasPerson, proposalId=furnished.ids["proposal"], personId=world.ids["stranger"])
    urls = [await link(world, role, path) for role in ("stranger", "administrator")]
    assert [(await fetch(world, url)).status_code for url in urls] == [200, 200]
    async with world.service.database() as db:
        await db.execute(delete(ProposalHasPerson).where(ProposalHasPerson.personId == world.ids["stranger"]))
        mine = UserGroup_has_Person.personId == world.ids["administrator"]
        await db.execute(delete(UserGroup_has_Person).where(mine))
    assert [(await fetch(world, url)).status_code for url in urls] == [404, 404]


@pytest.mark.parametrize("by_login", [False, True])
async def test_a_link_of_a_key_ends_with_the_key(world: World, furnished: World, by_login: bool) -> None:
    if by_login:
        async with world.service.client() as client:
            world.tokens["key"] = (await client.post("/auth/login", json={"token": world.tokens["key"]})).json()[
                "token"
            ]
    url = await link(world, "key", file(furnished))
    assert (await fetch(world, url)).status_code == 200
    async with world.service.database() as db:
        await db.execute(update(ApiKey).where(ApiKey.name == f"key-{world.number}").values(revokedAt=utc_now()))
    assert (await fetch(world, url)).status_code == 401


async def test_a_key_that_may_not_read_signs_nothing(world: World, furnished: World) -> None:
    url = await link(world, "key", file(furnished))
    async with world.service.database() as db:
        await db.execute(update(ApiKey).where(ApiKey.name == f"key-{world.number}").values(scopes="acquisition:write"))
    assert (await sign(world, "key", file(furnished))).status_code == 403
    assert (await fetch(world, url)).status_code == 403


# -- keys that sign


async def signing_keys(world: World) -> list[Any]:
    async with world.service.database() as db:
        columns = (SigningKey.signingKeyId, SigningKey.secret, SigningKey.createdAt, SigningKey.retiredAt)
        return list(await db.all(select(*columns).order_by(SigningKey.signingKeyId)))


async def age(world: World, **ago: float) -> None:
    """Let every signing key be older, and forget what is remembered of them."""
    async with world.service.database() as db:
        for key in await db.all(select(SigningKey.signingKeyId, SigningKey.createdAt)):
            made = {"createdAt": key.createdAt - timedelta(**ago)}
            await db.execute(update(SigningKey).where(SigningKey.signingKeyId == key.signingKeyId).values(made))
    app = world.service.app
    app.state.signing_keys = SigningKeys(app.state.settings.tokens)


async def test_a_key_is_made_when_first_needed_and_used_again(furnished: World) -> None:
    async with furnished.service.database() as db:
        await db.execute(delete(SigningKey))
    urls = [await link(furnished, "member", file(furnished)) for _ in range(3)]
    (key,) = await signing_keys(furnished)
    assert len(key.secret) == 44
    assert {url.partition("signature=")[2].split(".")[0] for url in urls} == {str(key.signingKeyId)}


async def test_another_worker_takes_a_link_at_once(furnished: World) -> None:
    app = furnished.service.app
    other = SigningKeys(app.state.settings.tokens)
    async with furnished.service.database() as db:
        await other.find(db, 1)  # it has looked before the key was made
        await db.execute(delete(SigningKey))
    app.state.signing_keys = SigningKeys(app.state.settings.tokens)
    url = await link(furnished, "member", file(furnished))
    app.state.signing_keys = other
    assert (await fetch(furnished, url)).status_code == 200


async def test_an_old_key_is_replaced_and_its_links_still_work(furnished: World) -> None:
    before = await link(furnished, "member", file(furnished))
    await age(furnished, days=31)
    after = await link(furnished, "member", file(furnished))
    numbers = [int(url.partition("signature=")[2].split(".")[0]) for url in (before, after)]
    assert numbers[1] > numbers[0]
    assert [(await fetch(furnished, url)).status_code for url in (before, after)] == [200, 200]


async def test_a_key_is_wiped_when_its_last_link_has_expired(furnished: World) -> None:
    old = await link(furnished, "member", file(furnished))
    await age(furnished, days=31)
    await link(furnished, "member", file(furnished))
    await age(furnished, seconds=601)
    assert (await fetch(furnished, old)).status_code == 401, "verified by a key that was replaced long ago"
    await age(furnished, days=31)
    await link(furnished, "member", file(furnished))
    *retired, replaced, newest = await signing_keys(furnished)
    assert all(key.retiredAt is not None and key.secret == "" for key in retired)
    assert retired
    assert (replaced.retiredAt, newest.retiredAt) == (None, None)


async def test_a_key_retired_by_hand_signs_and_verifies_no_more(
    furnished: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = await link(furnished, "member", file(furnished))
    async with furnished.service.database() as db:
        await db.execute(update(SigningKey).values(retiredAt=utc_now()))
    later = time.monotonic() + REMEMBERED_SECONDS
    monkeypatch.setattr("pyispyb.auth.signing_keys.monotonic", lambda: later)
    assert (await fetch(furnished, url)).status_code == 401
    assert (await fetch(furnished, await link(furnished, "member", file(furnished)))).status_code == 200


async def test_a_link_costs_no_statement_more_than_a_token(furnished: World, caplog: pytest.LogCaptureFixture) -> None:
    url = await link(furnished, "member", file(furnished))
    await fetch(furnished, url)
    caplog.set_level("INFO", "pyispyb.requests")
    caplog.clear()
    await fetch(furnished, url)
    await fetch(furnished, f"{API_BASE}{file(furnished)}", role="member")
    by_link, by_token = [line.split('"statements":')[1].split(",")[0] for line in caplog.messages]
    assert by_link == by_token


async def test_logins_of_nobody_sign_nothing(furnished: World) -> None:
    """A log-in whose person is gone."""
    url = await link(furnished, "member", file(furnished))
    holder = int(url.partition("signature=")[2].split(".")[1][1:])
    async with furnished.service.database() as db:
        person = await db.scalar(select(Login.personId).where(Login.loginId == holder))
        await db.execute(update(Login).where(Login.loginId == holder).values(personId=2**31))
    assert (await fetch(furnished, url)).status_code == 401
    async with furnished.service.database() as db:
        await db.execute(update(Login).where(Login.loginId == holder).values(personId=person))
