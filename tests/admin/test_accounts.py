"""Closing accounts and ending log-ins: it counts at once, and somebody always remains who may put things right."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, insert, select, update
from typer.testing import CliRunner

from pyispyb.auth.secrets import digest, new_token
from pyispyb.auth.service import viewer_of
from pyispyb.cli import app
from pyispyb.clock import utc_now
from pyispyb.db.writes import insert_row
from pyispyb.tables import Account, Login, Person, Token, UserGroup_has_Person
from tests.world import PASSWORD, World

from .test_groups import ask, members, permission_id
from .test_last_administrator import only_admin
from .trail import entries


async def post(world: World, path: str, body: Any) -> httpx.Response:
    async with world.service.client() as client:
        return await client.post(path, json=body)


async def log_in(world: World, role: str) -> httpx.Response:
    return await post(world, "/auth/login", {"login": world.logins[role], "password": PASSWORD})


async def status(world: World, token: str) -> int:
    async with world.service.client(token) as client:
        return (await client.get("/user/current")).status_code


async def by_provider(world: World, role: str) -> str:
    """The access token of a log-in that a provider has vouched for."""
    token, now = new_token(), utc_now()
    async with world.service.database() as db:
        login = await insert_row(db, Login, {"personId": world.ids[role], "plugin": "keycloak", "createdAt": now})
        values = {"tokenHash": digest(token), "loginId": login.key, "kind": "access"}
        await db.execute(insert(Token).values(**values, expiresAt=now + timedelta(hours=1)))
    return token


async def change(world: World, path: str, role: str = "admin", of: str = "member") -> int:
    return (await ask(world, role, "POST", f"/admin/persons/{world.ids[of]}/{path}"))[0]


async def command(world: World, *arguments: str) -> tuple[int, str]:
    """How `pyispyb account …` ends, and what it prints."""
    url = world.service.app.state.settings.database.url
    done = await asyncio.to_thread(CliRunner().invoke, app, ["account", *arguments, "--url", url])
    return done.exit_code, done.output


async def is_open(world: World, role: str) -> bool:
    async with world.service.database() as db:
        wanted = select(Account.disabledAt).where(Account.login == world.logins[role])
        return await db.scalar(wanted) is None


@pytest.mark.parametrize("by_command", [False, True])
async def test_a_closed_account_lets_nobody_in_and_its_log_ins_end(world: World, by_command: bool) -> None:
    made, provided = (await log_in(world, "member")).json(), await by_provider(world, "member")
    for word in ("disable", "disable"):
        if by_command:
            assert (await command(world, word, world.logins["member"].upper()))[0] == 0
        else:
            assert await change(world, f"account/{word}") == 204
    assert await status(world, made["token"]) == await status(world, world.tokens["member"]) == 401
    assert (await post(world, "/auth/refresh", {"refreshToken": made["refreshToken"]})).status_code == 401
    assert (await log_in(world, "member")).status_code == 401
    assert await status(world, provided) == 200
    assert await status(world, world.tokens["stranger"]) == 200
    if by_command:
        assert (await command(world, "enable", world.logins["member"]))[0] == 0
    else:
        assert await change(world, "account/enable") == await change(world, "account/enable") == 204
    assert (await log_in(world, "member")).status_code == 201
    assert await status(world, made["token"]) == 401
    for action in ("account.disable", "account.enable"):
        (entry,) = await entries(world, action, world.ids["member"])
        assert entry["subject"] == ("command" if by_command else f"person:{world.ids['admin']}")
        assert (entry["objectKind"], entry["detail"]) == ("person", {"account": world.logins["member"]})


async def test_an_account_that_the_database_says_is_closed_stops_at_the_next_request(world: World) -> None:
    made, provided = (await log_in(world, "member")).json(), await by_provider(world, "member")
    async with world.service.database() as db:
        of_member = Account.personId == world.ids["member"]
        await db.execute(update(Account).where(of_member).values(disabledAt=utc_now()))
    assert await status(world, made["token"]) == 401
    assert (await post(world, "/auth/refresh", {"refreshToken": made["refreshToken"]})).status_code == 401
    assert await status(world, provided) == 200
    async with world.service.databases.read() as db:
        await viewer_of(db, world.service.app.state.settings, provided)
        assert db.statements == 1


@pytest.mark.parametrize("by_command", [False, True])
async def test_every_log_in_of_somebody_is_ended(world: World, by_command: bool) -> None:
    made, provided = (await log_in(world, "member")).json(), await by_provider(world, "member")
    if by_command:
        assert (await command(world, "end-logins", world.logins["member"]))[0] == 0
    else:
        assert await change(world, "end-logins") == 204
    assert {await status(world, token) for token in (made["token"], provided, world.tokens["member"])} == {401}
    assert (await post(world, "/auth/refresh", {"refreshToken": made["refreshToken"]})).status_code == 401
    assert await status(world, world.tokens["stranger"]) == 200
    assert (await log_in(world, "member")).status_code == 201
    (entry,) = await entries(world, "logins.end", world.ids["member"])
    assert entry["subject"] == ("command" if by_command else f"person:{world.ids['admin']}")


@pytest.mark.parametrize("path", ["account/disable", "account/enable", "end-logins"])
async def test_it_takes_the_permission_and_no_less_than_they_hold(world: World, path: str) -> None:
    for role, expected in (("nobody", 401), ("member", 403), ("clerk", 403), ("administrator", 403), ("key", 403)):
        assert (role, await change(world, path, role)) == (role, expected)
    assert (await world.refused("admin", "POST", f"/admin/persons/{2**31 - 1}/{path}"))["status"] == 404
    group, added = world.ids["clerk_group"], {"permissionId": await permission_id(world, "manage_persons")}
    assert (await ask(world, "admin", "POST", f"/admin/groups/{group}/permission", added))[0] == 204
    for of in ("admin", "administrator"):
        problem = await world.refused("clerk", "POST", f"/admin/persons/{world.ids[of]}/{path}")
        assert (problem["status"], "which you do not hold yourself" in problem["detail"]) == (403, True)
        assert await is_open(world, of)
    assert await change(world, path, "clerk", "staff") == 204


async def test_somebody_without_an_account_has_none_to_close(world: World) -> None:
    async with world.service.database() as db:
        await db.execute(delete(Account).where(Account.personId == world.ids["member"]))
    for word in ("disable", "enable"):
        problem = await world.refused("admin", "POST", f"/admin/persons/{world.ids['member']}/account/{word}")
        assert problem["status"] == 422
        code, told = await command(world, word, world.logins["member"])
        assert (code, "no account here" in told) == (2, True)
    for word in ("disable", "enable", "end-logins"):
        assert (await command(world, word, "nobody-has-this"))[0] == 2


async def test_a_login_names_one_person_whatever_the_database_takes_for_the_same(world: World) -> None:
    login = f"jos\u00e9{world.number}"
    person = await world.add(Person, login=login, familyName="Accent")
    others = (f"jose{world.number}", f"{login} ", login.upper())
    path = f"/admin/groups/{world.ids['clerk_group']}/person"
    for other in others:
        assert (await ask(world, "clerk", "POST", path, {"login": other}))[0] == 404
        assert (await command(world, "set-password", other, "--password", "long enough"))[0] == 2
    assert (await ask(world, "clerk", "POST", path, {"login": f"JOS\u00e9{world.number}"}))[0] == 204
    assert person in await members(world, world.ids["clerk_group"])
    assert (await command(world, "set-password", login, "--password", PASSWORD))[0] == 0
    for other in others:
        assert (await command(world, "disable", other))[0] == 2
        assert (await post(world, "/auth/login", {"login": other, "password": PASSWORD})).status_code == 401
    assert (await post(world, "/auth/login", {"login": login, "password": PASSWORD})).status_code == 201


async def test_the_last_administrator_keeps_their_account(alone: World) -> None:
    await only_admin(alone)
    problem = await alone.refused("admin", "POST", f"/admin/persons/{alone.ids['admin']}/account/disable")
    assert problem["status"] == 403
    assert "nobody who can log in would hold" in problem["detail"]
    code, told = await command(alone, "disable", alone.logins["admin"])
    assert (code, "nobody who can log in" in " ".join(told.split())) == (2, True)
    assert await is_open(alone, "admin")
    assert (await log_in(alone, "admin")).status_code == 201
    assert await entries(alone, "account.disable") == []


async def test_somebody_whose_account_is_closed_is_no_last_administrator(alone: World) -> None:
    group = await only_admin(alone)
    async with alone.service.database() as db:
        values = {"userGroupId": group, "personId": alone.ids["member"]}
        await db.execute(insert(UserGroup_has_Person).values(values))
    assert await change(alone, "account/disable", of="member") == 204
    assert await change(alone, "account/disable", of="admin") == 403
    assert (await ask(alone, "admin", "DELETE", f"/admin/groups/{group}/person/{alone.ids['admin']}"))[0] == 403
    assert await change(alone, "account/enable", of="member") == 204
    assert await change(alone, "account/disable", of="admin") == 204
    assert (await alone.refused("admin", "GET", "/admin/groups"))["status"] == 401
