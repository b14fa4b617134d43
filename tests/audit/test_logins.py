"""Log-ins, refused ones, and their ends are recorded; what was tried with a name is not."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from pyispyb.clock import utc_now
from pyispyb.tables import Audit, Token
from tests.admin.trail import entries
from tests.world import PASSWORD, World


async def post(world: World, path: str, body: dict[str, Any], token: str | None = None) -> dict[str, Any]:
    async with world.service.client(token) as client:
        found: dict[str, Any] = (await client.post(path, json=body)).json()
    return found


async def of_login(world: World, action: str, login: str) -> list[dict[str, Any]]:
    return [entry for entry in await entries(world, action) if entry["login"] == login]


async def test_a_login_is_recorded_with_who_and_from_where(world: World) -> None:
    login = world.logins["member"]
    await post(world, "/auth/login", {"login": login.upper(), "password": PASSWORD})
    (entry,) = await of_login(world, "login", login)
    assert (entry["subject"], entry["address"]) == (f"person:{world.ids['member']}", "127.0.0.1")
    assert (entry["objectKind"], entry["detail"]) == ("login", {"plugin": "local"})
    assert int(entry["objectId"]) > 0
    assert len(entry["request"]) == 16


async def test_a_login_of_a_key_is_the_keys(world: World) -> None:
    await post(world, "/auth/login", {"token": world.tokens["key"]})
    (entry,) = await of_login(world, "login", f"key-{world.number}")
    assert entry["subject"].startswith("key:")


@pytest.mark.parametrize(
    "name", ["{member}", "nobody at all {number}", "Ångström 🔬 {number}", "x' OR 1=1 -- {number}"]
)
async def test_a_refused_login_is_recorded_by_the_name_that_was_tried(world: World, name: str) -> None:
    tried = name.format(member=world.logins["member"], number=world.number)
    await post(world, "/auth/login", {"login": tried, "password": "a secret nobody may read"})
    (entry,) = await of_login(world, "login.refused", tried)
    assert (entry["subject"], entry["address"], entry["objectId"]) == ("nobody", "127.0.0.1", None)
    assert entry["detail"]["plugin"] is None
    assert await of_login(world, "login", tried) == []


async def test_an_unknown_name_leaves_the_same_trace_as_a_wrong_password(world: World) -> None:
    tried = (world.logins["member"], f"nobody {world.number}")
    for name in tried:
        await post(world, "/auth/login", {"login": name, "password": "wrong"})
    one, other = [(await of_login(world, "login.refused", name))[0] for name in tried]
    assert {**one, "login": "", "request": ""} == {**other, "login": "", "request": ""}


async def test_a_refused_token_is_recorded_without_it(world: World) -> None:
    before = len(await entries(world, "login.refused"))
    await post(world, "/auth/login", {"token": "ispyb_not-a-key"})
    entry = (await entries(world, "login.refused"))[before]
    assert entry["login"] is None
    assert "not-a-key" not in str(entry)


async def test_whoever_tries_on_does_not_fill_the_trail(world: World) -> None:
    login = f"flood {world.number}"
    most = world.service.app.state.settings.auth.attempts.per_account
    for _ in range(most + 5):
        await post(world, "/auth/login", {"login": login, "password": "wrong"})
    assert len(await of_login(world, "login.refused", login)) == most


async def test_a_logout_is_recorded(world: World) -> None:
    tokens = await post(world, "/auth/login", {"login": world.logins["member"], "password": PASSWORD})
    await post(world, "/auth/logout", {}, tokens["token"])
    (made,) = await of_login(world, "login", world.logins["member"])
    (ended,) = await of_login(world, "logout", world.logins["member"])
    assert ended["objectId"] == made["objectId"]


async def test_a_key_sent_as_it_is_logs_out_of_nothing(world: World) -> None:
    await post(world, "/auth/logout", {}, world.tokens["key"])
    assert await of_login(world, "logout", f"key-{world.number}") == []


async def test_a_refresh_token_used_by_two_is_recorded_once(world: World) -> None:
    tokens = await post(world, "/auth/login", {"login": world.logins["member"], "password": PASSWORD})
    (made,) = await of_login(world, "login", world.logins["member"])
    await post(world, "/auth/refresh", {"refreshToken": tokens["refreshToken"]})
    async with world.service.database() as db:
        await db.execute(update(Token).where(Token.usedAt.is_not(None)).values(usedAt=utc_now() - timedelta(minutes=5)))
    for _ in range(3):
        await post(world, "/auth/refresh", {"refreshToken": tokens["refreshToken"]})
    (reused,) = await entries(world, "login.reused", made["objectId"])
    assert reused["subject"] == "nobody"


async def test_no_secret_is_ever_written_down(world: World) -> None:
    tokens = await post(world, "/auth/login", {"login": world.logins["member"], "password": PASSWORD})
    await post(world, "/auth/login", {"login": world.logins["member"], "password": "hunter2-hunter2"})
    await post(world, "/auth/refresh", {"refreshToken": tokens["refreshToken"]})
    async with world.service.database() as db:
        assert await db.scalar(select(func.count()).select_from(Audit)) > 0
        kept = str(await db.all(select(*Audit.__table__.columns)))
    for secret in (PASSWORD, "hunter2-hunter2", tokens["token"], tokens["refreshToken"], *world.tokens.values()):
        assert secret not in kept


@pytest.mark.parametrize("login", ['"\\ud800"', '"\\u0000"', '"a\\nb"', '["x"]', '{"$ne": null}', '"' + "x" * 81 + '"'])
async def test_a_hostile_name_breaks_nothing(world: World, login: str) -> None:
    async with world.service.client() as client:
        body = f'{{"login": {login}, "password": "wrong"}}'
        answer = await client.post("/auth/login", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {401, 422}
    await world.get("admin", "/admin/activity", action="login.refused")
