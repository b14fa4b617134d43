"""Refused log-ins count by account and by address, and shut out nobody who is in."""

import asyncio
import threading
from datetime import timedelta
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import OperationalError

from pyispyb.app import API_BASE
from pyispyb.auth.attempts import account_hash, network_of
from pyispyb.auth.plugins import local
from pyispyb.auth.settings import AttemptSettings
from pyispyb.clock import utc_now
from pyispyb.db.database import Database
from pyispyb.errors import ProviderUnavailable
from pyispyb.tables import LoginAttempt
from tests.service import Documented
from tests.world import PASSWORD, World

# As cheap as argon2 allows, for names that nobody has.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("nobody has this password")

MOST_OF_ACCOUNT, MOST_OF_ADDRESS, MOST_TOKENS, WINDOW = 3, 6, 4, 600


@pytest.fixture(autouse=True)
async def limits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few tries, and none before."""
    few = AttemptSettings(
        per_account=MOST_OF_ACCOUNT,
        per_address=MOST_OF_ADDRESS,
        tokens_per_address=MOST_TOKENS,
        window_seconds=WINDOW,
    )
    monkeypatch.setattr(world.service.app.state.settings.auth, "attempts", few)
    monkeypatch.setattr(local, "_NOBODY", CHEAP)
    async with world.service.database() as db:
        await db.execute(delete(LoginAttempt))


async def post(world: World, body: dict[str, Any], address: str = "192.0.2.1") -> httpx.Response:
    transport = Documented(world.service.app)
    transport.client = (address, 50_000)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://ispyb{API_BASE}") as client:
        return await client.post("/auth/login", json=body)


async def log_in(world: World, login: str, password: str = "wrong", address: str = "192.0.2.1") -> int:
    return (await post(world, {"login": login, "password": password}, address)).status_code


async def counted(world: World) -> int:
    async with world.service.database() as db:
        return int(await db.scalar(select(func.count()).select_from(LoginAttempt)))


async def older(world: World, seconds: int) -> None:
    async with world.service.database() as db:
        for row in await db.all(select(LoginAttempt.loginAttemptId, LoginAttempt.triedAt)):
            tried = {"triedAt": row.triedAt - timedelta(seconds=seconds)}
            await db.execute(
                update(LoginAttempt).where(LoginAttempt.loginAttemptId == row.loginAttemptId).values(tried)
            )


async def test_an_account_is_closed_for_a_while_after_some_tries_from_anywhere(world: World) -> None:
    member = world.logins["member"]
    tries = [await log_in(world, member, address=f"192.0.2.{last}") for last in range(MOST_OF_ACCOUNT)]
    assert tries == [401] * MOST_OF_ACCOUNT
    refused = await post(world, {"login": member, "password": PASSWORD}, "192.0.2.99")
    assert refused.status_code == 429
    assert refused.json()["type"].endswith("/too-many-attempts")
    assert WINDOW - 5 <= int(refused.headers["Retry-After"]) <= WINDOW
    assert "10 minutes" in refused.json()["detail"]
    assert await log_in(world, world.logins["staff"], PASSWORD) == 201


async def test_an_account_that_nobody_has_is_closed_in_the_same_words(world: World) -> None:
    answers = {}
    for login in (world.logins["member"], f"nobody{world.number}"):
        seen = [await post(world, {"login": login, "password": "wrong"}) for _ in range(MOST_OF_ACCOUNT)]
        seen.append(await post(world, {"login": login, "password": "wrong"}, "192.0.2.7"))
        answers[login] = [(answer.status_code, {**answer.json(), "request": ""}) for answer in seen]
    known, unknown = answers.values()
    assert known == unknown
    assert known[-1][0] == 429


async def test_an_address_is_closed_whatever_account_it_tries(world: World) -> None:
    tries = [await log_in(world, f"guess{number}") for number in range(MOST_OF_ADDRESS + 1)]
    assert tries == [401] * MOST_OF_ADDRESS + [429]
    assert await log_in(world, world.logins["member"], PASSWORD) == 429
    assert await log_in(world, world.logins["member"], PASSWORD, "198.51.100.4") == 201


async def test_tries_stop_counting_one_by_one(world: World) -> None:
    member = world.logins["member"]
    await log_in(world, member)
    await older(world, WINDOW - 20)
    for _ in range(MOST_OF_ACCOUNT - 1):
        await log_in(world, member)
    refused = await post(world, {"login": member, "password": PASSWORD})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) <= 20
    await older(world, 20)
    assert await log_in(world, member, PASSWORD) == 201


async def test_who_goes_on_trying_does_not_keep_the_account_closed(world: World) -> None:
    member = world.logins["member"]
    for _ in range(MOST_OF_ACCOUNT + 5):
        await log_in(world, member)
    assert await counted(world) == MOST_OF_ACCOUNT
    await older(world, WINDOW)
    assert await log_in(world, member, PASSWORD) == 201


async def test_a_login_that_succeeds_clears_its_account_and_no_other(world: World) -> None:
    member, staff = world.logins["member"], world.logins["staff"]
    for login in (member, member, staff):
        await log_in(world, login)
    assert await log_in(world, member, PASSWORD) == 201
    assert await counted(world) == 1
    assert [await log_in(world, member) for _ in range(MOST_OF_ACCOUNT)] == [401] * MOST_OF_ACCOUNT
    assert await log_in(world, member) == 429


async def test_an_own_account_does_not_open_an_address_for_guesses(world: World) -> None:
    seen = []
    for number in range(MOST_OF_ADDRESS + 1):
        assert await log_in(world, world.logins["staff"], PASSWORD) in {201, 429}
        seen.append(await log_in(world, f"guess{number}"))
    assert seen == [401] * MOST_OF_ADDRESS + [429]


async def test_who_is_logged_in_stays_so(world: World) -> None:
    login = (await post(world, {"login": world.logins["member"], "password": PASSWORD})).json()
    for _ in range(MOST_OF_ACCOUNT + 1):
        await log_in(world, world.logins["member"])
    async with world.service.client(login["token"]) as client:
        assert (await client.get("/user/current")).status_code == 200
        assert (await client.post("/auth/refresh", json={"refreshToken": login["refreshToken"]})).status_code == 200


async def test_many_tries_at_once_are_not_all_let_through(world: World) -> None:
    tries = [log_in(world, world.logins["member"], address=f"192.0.2.{last}") for last in range(12)]
    seen = await asyncio.gather(*tries)
    assert set(seen) <= {401, 429}
    assert seen.count(401) <= MOST_OF_ACCOUNT


@pytest.mark.parametrize("change", [str.upper, str.title, lambda login: f" {login} ", lambda login: f"{login}\u200b"])
async def test_another_spelling_is_the_same_account(world: World, change: Any) -> None:
    member = world.logins["member"]
    for _ in range(MOST_OF_ACCOUNT):
        await log_in(world, change(member))
    assert await log_in(world, member, PASSWORD) == 429


def test_spellings_that_a_database_takes_for_one_are_one() -> None:
    assert len({account_hash(name) for name in ("Ada", "ada", "ADA ", "àdá", "ad\u0000a", "ａｄａ")}) == 1
    assert len({account_hash(name) for name in ("ada", "adam", "a.da", "ad", "")}) == 5


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("ffff:ffff:ffff:ffff:1::", "ffff:ffff:ffff:ffff::/64"),
        ("/run/ispyb.sock", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_an_address_is_what_one_household_has(address: str | None, network: str) -> None:
    assert network_of(address) == network
    assert len(network) <= 45


# -- tokens and keys


async def test_a_good_key_gets_in_however_many_bad_ones_come_from_its_address(world: World) -> None:
    seen = [(await post(world, {"token": "ispyb_" + "x" * 43})).status_code for _ in range(MOST_TOKENS + 1)]
    assert seen == [401] * MOST_TOKENS + [429]
    assert (await post(world, {"token": world.tokens["key"]})).status_code == 201
    for number in range(MOST_OF_ADDRESS + 1):
        await log_in(world, f"guess{number}")
    assert (await post(world, {"token": world.tokens["key"]})).status_code == 201


async def test_bad_tokens_do_not_close_an_address_for_people(world: World) -> None:
    for _ in range(MOST_TOKENS + 1):
        await post(world, {"token": "ispyb_" + "x" * 43})
    assert await log_in(world, world.logins["member"], PASSWORD) == 201


async def test_bad_tokens_of_a_provider_count_before_they_are_looked_at(world: World) -> None:
    seen = [(await post(world, {"plugin": "keycloak", "token": "a.b.c"})).status_code for _ in range(MOST_TOKENS + 1)]
    assert seen == [401] * MOST_TOKENS + [429]


# -- what must not be counted, and what must not fail


async def test_a_provider_that_is_down_is_not_the_users_mistake(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    class Down:
        async def identify(self, *_: Any) -> Any:
            raise ProviderUnavailable("The directory does not answer.")

    monkeypatch.setattr(type(world.service.app.state.log_ins), "for_credentials", lambda *_: Down())
    assert await log_in(world, world.logins["member"]) == 503
    assert await counted(world) == 0


async def test_what_counts_no_more_is_removed(world: World) -> None:
    await world.add(LoginAttempt, accountHash="x" * 64, address="192.0.2.1", triedAt=utc_now() - timedelta(days=1))
    async with world.service.database() as db:
        old = await db.scalar(select(func.max(LoginAttempt.loginAttemptId)))
    for number in range(50):
        await log_in(world, f"somebody{number}", address=f"192.0.2.{number}")
    async with world.service.database() as db:
        assert await db.scalar(select(LoginAttempt.loginAttemptId).where(LoginAttempt.loginAttemptId == old)) is None
    assert await counted(world) == 50


async def test_rows_that_cannot_be_removed_stop_no_login(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    execute = Database.execute

    async def locked(db: Database, statement: Any, values: Any = None) -> Any:
        if str(statement).startswith("DELETE FROM pyispyb_login_attempt"):
            raise OperationalError("DELETE", {}, Exception("database is locked"))
        return await execute(db, statement, values)

    monkeypatch.setattr(Database, "execute", locked)
    assert await log_in(world, world.logins["member"], PASSWORD) == 201


# -- the same answer after the same work


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hashes that passwords are held against."""
    verify, seen, lock = PasswordHasher.verify, [], threading.Lock()

    def noting(hasher: PasswordHasher, known: str, password: str) -> bool:
        with lock:
            seen.append(known)
        return bool(verify(hasher, known, password))

    monkeypatch.setattr(PasswordHasher, "verify", noting)
    return seen


async def test_an_unknown_name_costs_as_much_as_a_wrong_password(world: World, hashed: list[str]) -> None:
    for login in (world.logins["member"], "nobody at all", ""):
        hashed.clear()
        assert await log_in(world, login) == 401
        assert len(hashed) == 1
        assert hashed[0].startswith("$argon2id$")


async def test_a_closed_account_costs_no_password_check(world: World, hashed: list[str]) -> None:
    for _ in range(MOST_OF_ACCOUNT):
        await log_in(world, world.logins["member"])
    hashed.clear()
    assert await log_in(world, world.logins["member"], PASSWORD) == 429
    assert hashed == []


async def test_a_token_beside_a_password_does_not_change_what_is_counted(world: World) -> None:
    guess = {"plugin": "local", "login": world.logins["member"], "password": "wrong", "token": "x"}
    answers = [(await post(world, guess)).status_code for _ in range(MOST_OF_ACCOUNT + 1)]
    assert answers == [401] * MOST_OF_ACCOUNT + [429]
    assert (await post(world, {**guess, "password": PASSWORD})).status_code == 429
