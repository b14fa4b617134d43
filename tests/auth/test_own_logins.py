"""People see where they are logged in, and end what is not theirs."""

from typing import Any

import pytest
from sqlalchemy import select, update

from pyispyb.clock import utc_now
from pyispyb.tables import Audit, Token
from tests.service import Service
from tests.world import PASSWORD, World


async def log_in(world: World, role: str) -> dict[str, Any]:
    async with world.service.client() as client:
        answer = await client.post("/auth/login", json={"login": world.logins[role], "password": PASSWORD})
    login: dict[str, Any] = answer.json()
    return login


async def own(service: Service, token: str) -> list[dict[str, Any]]:
    async with service.client(token) as client:
        answer = await client.get("/user/logins")
    assert answer.status_code == 200, answer.text
    logins: list[dict[str, Any]] = answer.json()["results"]
    return logins


async def end(service: Service, token: str, login_id: int) -> int:
    async with service.client(token) as client:
        return (await client.delete(f"/user/logins/{login_id}")).status_code


async def test_ones_own_logins_and_no_others_are_told(world: World) -> None:
    mine = await log_in(world, "member")
    await log_in(world, "stranger")
    newest, first = await own(world.service, mine["token"])
    assert (newest["current"], first["current"]) == (True, False)
    assert (newest["plugin"], newest["address"]) == ("local", "127.0.0.1")
    assert newest["createdAt"] < newest["expiresAt"]
    other = await own(world.service, world.tokens["stranger"])
    assert not {login["loginId"] for login in other} & {newest["loginId"], first["loginId"]}


async def test_a_login_is_ended_from_another(world: World) -> None:
    here, elsewhere = await log_in(world, "member"), await log_in(world, "member")
    (lost,) = [login["loginId"] for login in await own(world.service, elsewhere["token"]) if login["current"]]
    assert await end(world.service, here["token"], lost) == 200
    async with world.service.client(elsewhere["token"]) as client:
        assert (await client.get("/user/current")).status_code == 401
        refreshed = await client.post("/auth/refresh", json={"refreshToken": elsewhere["refreshToken"]})
        assert refreshed.status_code == 401
    assert lost not in [login["loginId"] for login in await own(world.service, here["token"])]
    assert await end(world.service, here["token"], lost) == 404
    async with world.service.database() as db:
        recorded = await db.scalar(
            select(Audit.subject).where(
                Audit.action == "logout", Audit.objectKind == "login", Audit.objectId == str(lost)
            )
        )
    assert recorded == f"person:{world.ids['member']}"


async def test_nobody_ends_logins_of_others(world: World) -> None:
    (login,) = await own(world.service, world.tokens["member"])
    for role in ("stranger", "administrator", "admin", "key"):
        assert await end(world.service, world.tokens[role], login["loginId"]) == 404
    assert await own(world.service, world.tokens["member"]) == [login]


async def test_logins_that_ended_are_not_told(world: World) -> None:
    gone = await log_in(world, "member")
    (login_id,) = [login["loginId"] for login in await own(world.service, gone["token"]) if login["current"]]
    async with world.service.database() as db:
        await db.execute(update(Token).where(Token.loginId == login_id).values(expiresAt=utc_now()))
    assert login_id not in [login["loginId"] for login in await own(world.service, world.tokens["member"])]


@pytest.mark.parametrize("scopes", ["read", "acquisition:write"])
async def test_a_key_sees_its_own_and_ends_them_whatever_it_may_do(world: World, scopes: str) -> None:
    async with world.as_("admin") as client:
        body = {"name": f"own-{world.number}", "scopes": [scopes], "beamLines": ["BL1"]}
        secret = (await client.post("/admin/keys", json=body)).json()["secret"]
    async with world.service.client() as client:
        token = (await client.post("/auth/login", json={"token": secret})).json()["token"]
    (login,) = await own(world.service, secret)
    assert (login["plugin"], login["current"]) == ("token", False)
    async with world.service.client(token) as client:
        assert (await client.post("/auth/logout")).status_code == 200
    assert await own(world.service, secret) == []


async def test_nobody_has_no_logins(world: World) -> None:
    assert (await world.refused("nobody", "GET", "/user/logins"))["status"] == 401
    assert (await world.refused("nobody", "DELETE", "/user/logins/1"))["status"] == 401
