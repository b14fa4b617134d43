"""Logging in, staying logged in, logging out."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, insert, select, update

from pyispyb.auth.secrets import digest
from pyispyb.clock import utc_now
from pyispyb.tables import (
    Account,
    ApiKey,
    Login,
    Permission,
    Token,
    UserGroup,
    UserGroup_has_Permission,
    UserGroup_has_Person,
)
from tests.service import Service
from tests.world import PASSWORD, World


async def post(service: Service, path: str, body: dict[str, Any], token: str | None = None) -> httpx.Response:
    async with service.client(token) as client:
        return await client.post(path, json=body)


async def log_in(world: World, role: str = "member") -> dict[str, Any]:
    answer = await post(world.service, "/auth/login", {"login": world.logins[role], "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    tokens: dict[str, Any] = answer.json()
    return tokens


async def refresh(world: World, token: str | None) -> httpx.Response:
    return await post(world.service, "/auth/refresh", {"refreshToken": token})


async def status(world: World, token: str | None) -> int:
    async with world.service.client(token) as client:
        return (await client.get("/user/current")).status_code


async def used_long_ago(world: World) -> None:
    """Let more time pass since every use of a refresh token than two tabs could explain."""
    async with world.service.database() as db:
        await db.execute(update(Token).where(Token.usedAt.is_not(None)).values(usedAt=utc_now() - timedelta(minutes=5)))


async def test_a_login_answers_who_it_is_and_how_long_it_lasts(world: World) -> None:
    tokens = await log_in(world, "staff")
    assert tokens["login"] == world.logins["staff"]
    assert tokens["personId"] == world.ids["staff"]
    assert tokens["permissions"] == ["bl_mx"]
    assert tokens["expiresIn"] == world.service.app.state.settings.tokens.access_seconds
    assert await status(world, tokens["token"]) == 200


async def test_a_name_counts_in_any_case(world: World) -> None:
    answer = await post(world.service, "/auth/login", {"login": world.logins["member"].upper(), "password": PASSWORD})
    assert answer.status_code == 201


@pytest.mark.parametrize(("letter", "like_it"), [("s", "\u00df"), ("i", "\u0131"), ("i", "\u00ed"), ("s", "\u0161")])
async def test_a_name_that_a_database_takes_for_the_same_is_another(world: World, letter: str, like_it: str) -> None:
    """Each spelling that were good would have refused log-ins counted for itself."""
    login = world.logins["session_member"]
    for other in (login.replace(letter, like_it), f"{login} ", f"\u00a0{login}", f"{login}\u200b"):
        answer = await post(world.service, "/auth/login", {"login": other, "password": PASSWORD})
        assert (other, answer.status_code) == (other, 401)
    assert (await post(world.service, "/auth/login", {"login": login, "password": PASSWORD})).status_code == 201


async def test_no_answer_with_a_token_is_kept_in_a_cache(world: World) -> None:
    answer = await post(world.service, "/auth/login", {"login": world.logins["member"], "password": PASSWORD})
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_wrong_password_is_refused_like_an_unknown_name(world: World) -> None:
    async with world.service.database() as db:
        await db.execute(update(Account).where(Account.login == world.logins["staff"]).values(disabledAt=utc_now()))
    refused = [
        {"login": world.logins["member"], "password": "wrong"},
        {"login": "nobody at all", "password": PASSWORD},
        {"login": world.logins["staff"], "password": PASSWORD},
        {"login": world.logins["member"]},
        {"login": None, "password": None},
        {"login": world.logins["member"], "password": PASSWORD, "plugin": "no such plugin"},
        {"token": "ispyb_not-a-key"},
        {"token": "not even alike"},
        {},
    ]
    answers = [await post(world.service, "/auth/login", body) for body in refused]
    assert {answer.status_code for answer in answers} == {401}
    assert len({(answer.json()["type"], answer.json()["detail"]) for answer in answers}) == 1


async def test_a_refused_password_is_not_sent_back(world: World) -> None:
    secret = "an endless secret " * 100
    answer = await post(world.service, "/auth/login", {"login": world.logins["member"], "password": secret})
    assert answer.status_code == 422
    assert "endless" not in answer.text


async def test_a_refresh_is_200_and_gives_new_tokens(world: World) -> None:
    tokens = await log_in(world)
    answer = await refresh(world, tokens["refreshToken"])
    assert answer.status_code == 200
    new = answer.json()
    assert not {new["token"], new["refreshToken"]} & {tokens["token"], tokens["refreshToken"]}
    assert await status(world, new["token"]) == 200
    assert await status(world, tokens["token"]) == 200


async def test_a_refresh_token_used_again_later_ends_the_whole_login(world: World) -> None:
    tokens = await log_in(world)
    new = (await refresh(world, tokens["refreshToken"])).json()
    await used_long_ago(world)
    assert (await refresh(world, tokens["refreshToken"])).status_code == 401
    assert (await refresh(world, new["refreshToken"])).status_code == 401
    assert await status(world, new["token"]) == 401
    assert await status(world, tokens["token"]) == 401


async def test_a_stolen_refresh_token_ends_one_login_and_no_other(world: World) -> None:
    mine, other = await log_in(world), await log_in(world)
    await refresh(world, mine["refreshToken"])
    await used_long_ago(world)
    await refresh(world, mine["refreshToken"])
    assert await status(world, other["token"]) == 200


async def test_two_tabs_may_refresh_at_once(world: World) -> None:
    tokens = await log_in(world)
    answers = await asyncio.gather(*(refresh(world, tokens["refreshToken"]) for _ in range(2)))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [await status(world, answer.json()["token"]) for answer in answers] == [200, 200]


@pytest.mark.parametrize("token", [None, "", "nonsense", "x" * 200])
async def test_a_refresh_without_a_good_token_is_refused(world: World, token: str | None) -> None:
    async with world.service.client() as client:
        answer = await client.post("/auth/refresh", json={"refreshToken": token}, headers={"X-ISPyB-Page": "1"})
    assert answer.status_code == 401


async def test_tokens_are_good_for_their_own_purpose_only(world: World) -> None:
    tokens = await log_in(world)
    assert await status(world, tokens["refreshToken"]) == 401
    assert (await refresh(world, tokens["token"])).status_code == 401


@pytest.mark.parametrize("kind", ["access", "refresh"])
async def test_a_token_ends_with_its_time(world: World, kind: str) -> None:
    tokens = await log_in(world)
    async with world.service.database() as db:
        await db.execute(
            update(Token)
            .where(Token.tokenHash == digest(tokens["token" if kind == "access" else "refreshToken"]))
            .values(expiresAt=utc_now() - timedelta(seconds=1))
        )
    if kind == "access":
        assert await status(world, tokens["token"]) == 401
    else:
        assert (await refresh(world, tokens["refreshToken"])).status_code == 401


@pytest.mark.parametrize(("days", "status"), [(29, 200), (30, 401)])
async def test_a_login_ends_however_much_it_is_used(world: World, days: int, status: int) -> None:
    tokens = await log_in(world)
    async with world.service.database() as db:
        mine = select(Token.loginId).where(Token.tokenHash == digest(tokens["token"]))
        begun = {"createdAt": utc_now() - timedelta(days=days)}
        await db.execute(update(Login).where(Login.loginId == await db.scalar(mine)).values(begun))
    assert (await refresh(world, tokens["refreshToken"])).status_code == status


async def test_a_logout_stops_every_token_of_that_login_at_once(world: World) -> None:
    tokens, other = await log_in(world), await log_in(world)
    newer = (await refresh(world, tokens["refreshToken"])).json()
    assert (await post(world.service, "/auth/logout", {}, tokens["token"])).status_code == 200
    assert await status(world, tokens["token"]) == 401
    assert await status(world, newer["token"]) == 401
    assert (await refresh(world, newer["refreshToken"])).status_code == 401
    assert await status(world, other["token"]) == 200


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic bWU6cHc=", "Token {token}", "{token}"])
async def test_only_a_bearer_token_counts(world: World, header: str) -> None:
    value = header.format(token=world.tokens["member"])
    async with world.service.client() as client:
        answer = await client.get("/user/current", headers={"Authorization": value})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_a_token_in_the_address_does_not_count(world: World) -> None:
    async with world.service.client() as client:
        answer = await client.get("/user/current", params={"token": world.tokens["member"]})
    assert answer.status_code in {401, 422}


@pytest.mark.parametrize("ending", ["revokedAt", "expiresAt"])
async def test_a_key_that_ended_stops_wherever_it_is_used(world: World, ending: str) -> None:
    key = world.tokens["key"]
    login = (await post(world.service, "/auth/login", {"plugin": "keycloak", "token": key})).json()
    assert await status(world, key) == 200
    assert await status(world, login["token"]) == 200
    async with world.service.database() as db:
        await db.execute(
            update(ApiKey)
            .where(ApiKey.name == f"key-{world.number}")
            .values({ending: utc_now() - timedelta(seconds=1)})
        )
    assert await status(world, key) == 401
    assert await status(world, login["token"]) == 401
    assert (await refresh(world, login["refreshToken"])).status_code == 401
    assert (await post(world.service, "/auth/login", {"token": key})).status_code == 401


@pytest.mark.parametrize(
    ("scopes", "read", "write"),
    [("read", 200, 403), ("acquisition:write", 403, 404), ("", 403, 403), ("all", 403, 403)],
)
async def test_a_key_does_what_its_scopes_say(world: World, scopes: str, read: int, write: int) -> None:
    async with world.service.database() as db:
        await db.execute(update(ApiKey).where(ApiKey.name == f"key-{world.number}").values(scopes=scopes))
    async with world.as_("key") as client:
        assert (await client.get("/sessions")).status_code == read
        assert (await client.post("/datacollections/group", json={"sessionId": 2**31 - 1})).status_code == write


async def test_a_permission_taken_away_is_gone_at_the_next_request(world: World) -> None:
    path = f"/sessions/{world.ids['session']}"
    await world.get("staff", path)
    async with world.service.database() as db:
        await db.execute(delete(UserGroup_has_Person).where(UserGroup_has_Person.personId == world.ids["staff"]))
    assert (await world.refused("staff", "GET", path))["status"] == 404
    assert (await world.get("staff", "/user/current"))["Permissions"] == []


async def test_the_current_user_is_told_what_they_hold(world: World) -> None:
    staff = await world.get("staff", "/user/current")
    assert staff["Permissions"] == ["bl_mx"]
    assert staff["beamLineGroups"] == ["MX"]
    assert staff["beamLines"] == ["BL1", "BL2"]
    member = await world.get("member", "/user/current")
    assert (member["personId"], member["beamLines"]) == (world.ids["member"], [])
    assert (await world.get("key", "/user/current"))["beamLines"] == ["BL1"]


async def test_a_page_learns_the_beamlines_before_it_draws(world: World) -> None:
    options = await world.get("stranger", "/options/ui")
    assert options["facility"] == {"name": "Test Light Source"}
    (mx, em) = options["beamLineGroups"]
    assert (mx["groupName"], em["uiGroup"]) == ("MX", "em")
    assert {"beamLineName": "BL0", "archived": True} in mx["beamLines"]
    assert "permission" not in mx
    assert options["utcOffset"] == time.localtime().tm_gmtoff // 60


async def test_nobody_is_offered_demo_accounts_outside_the_demo(world: World) -> None:
    config = await world.get("nobody", "/auth/config")
    assert config["demo"] is None
    assert {"local", "token"} <= {plugin["name"] for plugin in config["plugins"]}


async def test_the_database_holds_no_token_that_could_be_used(world: World) -> None:
    tokens = await log_in(world)
    key_login = (await post(world.service, "/auth/login", {"token": world.tokens["key"]})).json()
    kept = ""
    async with world.service.database() as db:
        for table in (Account, ApiKey, Login, Token):
            kept += str(await db.all(select(*table.__table__.columns)))
    secrets = [world.tokens["key"], PASSWORD]
    secrets += [made[name] for made in (tokens, key_login) for name in ("token", "refreshToken")]
    assert len(kept) > 1000
    assert [secret for secret in secrets if secret in kept] == []


async def test_a_permission_of_several_groups_is_told_once(world: World) -> None:
    again = await world.add(UserGroup, name=f"again-{world.number}")
    async with world.service.database() as db:
        known = await db.scalar(select(Permission.permissionId).where(Permission.type == "bl_mx"))
        await db.execute(insert(UserGroup_has_Permission).values(userGroupId=again, permissionId=known))
        await db.execute(insert(UserGroup_has_Person).values(userGroupId=again, personId=world.ids["staff"]))
    assert (await world.get("staff", "/user/current"))["Permissions"] == ["bl_mx"]
