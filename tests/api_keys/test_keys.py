"""Who makes which keys, what is told of them, and that a revoked one is of no use anywhere."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from pyispyb.api_keys.use import KeyUses
from pyispyb.auth.secrets import digest
from pyispyb.clock import local_of, utc_now
from pyispyb.db.database import Databases
from pyispyb.tables import ApiKey, Audit, Idempotency
from tests.world import World


def wanted(world: World, **changed: Any) -> dict[str, Any]:
    return {"name": f"made-{world.number}", "scopes": ["read"], "beamLines": ["BL1"], **changed}


async def make(world: World, role: str, **changed: Any) -> httpx.Response:
    async with world.as_(role) as client:
        return await client.post("/admin/keys", json=wanted(world, **changed))


async def made(world: World, role: str = "admin", **changed: Any) -> dict[str, Any]:
    answer = await make(world, role, **changed)
    assert answer.status_code == 201, answer.text
    key: dict[str, Any] = answer.json()
    return key


async def names(world: World, role: str, **query: Any) -> set[str]:
    found = await world.get(role, "/admin/keys", limit=500, **query)
    return {key["name"] for key in found["results"] if key["name"].endswith(f"-{world.number}")}


async def trail(world: World, action: str, key_id: int) -> Any:
    async with world.service.database() as db:
        statement = select(Audit.subject, Audit.detail, Audit.address)
        return await db.all(statement.where(Audit.action == action, Audit.objectId == str(key_id)))


async def test_a_key_is_told_once_and_works(world: World) -> None:
    answer = await make(world, "admin", scopes=["read", "acquisition:write"], days=None)
    key = answer.json()
    assert answer.headers["Cache-Control"] == "no-store"
    assert key["secret"].startswith("ispyb_")
    assert (key["scopes"], key["beamLines"]) == (["acquisition:write", "read"], ["BL1"])
    assert (key["_metadata"], key["expiresAt"], key["lastUsedAt"]) == ({"state": "good"}, None, None)
    assert key["Person"]["personId"] == world.ids["admin"]
    async with world.service.client(key["secret"]) as client:
        assert (await client.get(f"/sessions/{world.ids['session']}")).status_code == 200
        assert (await client.get(f"/sessions/{world.ids['coming_session']}")).status_code == 404
    listed = (await world.get("admin", "/admin/keys", search=key["name"]))["results"]
    assert [entry["apiKeyId"] for entry in listed] == [key["apiKeyId"]]
    assert "secret" not in listed[0]


async def test_a_secret_is_kept_nowhere(world: World) -> None:
    async with world.as_("admin") as client:
        sent = await client.post("/admin/keys", json=wanted(world), headers={"Idempotency-Key": f"k{world.number}"})
    secret = sent.json()["secret"]
    async with world.service.database() as db:
        kept = [str(await db.all(select(*table.__table__.columns))) for table in (ApiKey, Audit, Idempotency)]
        hashes = await db.all(select(ApiKey.secretHash))
    assert [secret in table for table in kept] == [False] * 3
    assert digest(secret) in {row.secretHash for row in hashes}
    assert digest(secret) not in kept[1]


async def test_a_key_lives_a_year_unless_told_otherwise(world: World) -> None:
    key = await made(world)
    async with world.service.database() as db:
        expires = await db.scalar(select(ApiKey.expiresAt).where(ApiKey.apiKeyId == key["apiKeyId"]))
    assert abs(expires - utc_now() - timedelta(days=365)) < timedelta(minutes=1)
    assert key["expiresAt"] == local_of(expires).isoformat()


@pytest.mark.parametrize("role", ["member", "session_member", "stranger", "administrator", "clerk", "key", "other_key"])
async def test_others_manage_no_keys(world: World, role: str) -> None:
    before = await world.count(ApiKey)
    key = (await names(world, "admin")) and (await world.get("admin", "/admin/keys"))["results"][0]["apiKeyId"]
    assert (await world.refused(role, "GET", "/admin/keys"))["status"] == 403
    assert (await make(world, role)).status_code == 403
    assert (await world.refused(role, "DELETE", f"/admin/keys/{key}"))["status"] == 403
    assert await world.count(ApiKey) == before


async def test_nobody_manages_keys_without_a_login(world: World) -> None:
    for method, path in (("GET", "/admin/keys"), ("POST", "/admin/keys"), ("DELETE", "/admin/keys/1")):
        assert (await world.refused("nobody", method, path, json=wanted(world)))["status"] == 401


async def test_staff_see_keys_of_their_own_beamlines_alone(world: World) -> None:
    await made(world, name=f"wide-{world.number}", beamLines=["BL1", "EM1"])
    await made(world, name=f"both-{world.number}", beamLines=["BL1", "BL2"])
    await made(world, name=f"archived-{world.number}", beamLines=["BL0"])
    await made(world, name=f"em-{world.number}", beamLines=["EM1"])
    await made(world, name=f"portal-{world.number}", beamLines=[], scopes=["portal:sync"])
    keys = {f"{name}-{world.number}" for name in ("key", "other_key", "both", "archived")}
    assert await names(world, "staff") == keys
    assert await names(world, "other_staff") == {f"em-{world.number}"}
    assert await names(world, "admin") >= keys | {f"{name}-{world.number}" for name in ("wide", "portal")}


async def test_staff_stop_keys_of_their_own_beamlines_alone(world: World) -> None:
    wide = await made(world, name=f"wide-{world.number}", beamLines=["BL1", "EM1"])
    own = await made(world, "staff")
    hidden = await world.refused("staff", "DELETE", f"/admin/keys/{wide['apiKeyId']}")
    nothing = await world.refused("staff", "DELETE", f"/admin/keys/{2**31}")
    assert (hidden["status"], nothing["status"]) == (404, 404)
    async with world.as_("staff") as client:
        assert (await client.delete(f"/admin/keys/{own['apiKeyId']}")).json()["_metadata"] == {"state": "revoked"}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"beamLines": ["BL1", "BL2"]}, 201),
        ({"beamLines": ["EM1"]}, 403),
        ({"beamLines": ["BL1", "EM1"]}, 403),
        ({"beamLines": ["BL0"]}, 201),  # archived
        ({"beamLines": [], "scopes": ["portal:sync"]}, 403),
        ({"scopes": ["read", "portal:sync"]}, 403),
        ({"beamLines": []}, 422),
    ],
)
async def test_staff_hand_out_what_is_theirs(world: World, changed: dict[str, Any], status: int) -> None:
    assert (await make(world, "staff", **changed)).status_code == status


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"beamLines": ["BL1", "BL9"]}, "beamLines[1]"),
        ({"beamLines": []}, "beamLines"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["admin"]}, "scopes[0]"),
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": 'bl1\n{"viewer": "person:1"}'}, "name"),
        ({"name": "<script>"}, "name"),
        ({"days": 0}, "days"),
        ({"days": 10**9}, "days"),
    ],
)
async def test_a_key_that_makes_no_sense_is_refused(world: World, changed: dict[str, Any], field: str) -> None:
    answer = await make(world, "admin", **changed)
    assert answer.status_code == 422
    assert [error["path"] for error in answer.json()["errors"]] == [field]


async def test_beamlines_are_spelt_as_configured(world: World) -> None:
    key = await made(world, beamLines=["bl2", "BL1", "BL2"])
    assert key["beamLines"] == ["BL1", "BL2"]


async def test_a_name_is_given_once_for_ever(world: World) -> None:
    key = await made(world)
    async with world.as_("admin") as client:
        await client.delete(f"/admin/keys/{key['apiKeyId']}")
    again = await make(world, "admin")
    assert (again.status_code, again.json()["errors"][0]["path"]) == (422, "name")


async def test_a_revoked_key_is_of_no_use_anywhere(world: World) -> None:
    key = await made(world)
    async with world.service.client() as client:
        login = (await client.post("/auth/login", json={"token": key["secret"]})).json()
    async with world.as_("admin") as client:
        first = (await client.delete(f"/admin/keys/{key['apiKeyId']}")).json()
        again = (await client.delete(f"/admin/keys/{key['apiKeyId']}")).json()
    assert first == again
    assert first["revokedAt"] is not None
    for token in (key["secret"], login["token"]):
        async with world.service.client(token) as client:
            assert (await client.get("/sessions")).status_code == 401
    async with world.service.client() as client:
        refreshed = await client.post("/auth/refresh", json={"refreshToken": login["refreshToken"]})
        assert refreshed.status_code == 401
        assert (await client.post("/auth/login", json={"token": key["secret"]})).status_code == 401


async def test_lists_tell_which_keys_work(world: World) -> None:
    good, expired, revoked = [await made(world, name=f"{name}-{world.number}") for name in ("one", "two", "three")]
    async with world.service.database() as db:
        past = {"expiresAt": utc_now() - timedelta(seconds=1)}
        await db.execute(update(ApiKey).where(ApiKey.apiKeyId == expired["apiKeyId"]).values(past))
    async with world.as_("admin") as client:
        await client.delete(f"/admin/keys/{revoked['apiKeyId']}")
    mine = {good["name"], expired["name"], revoked["name"]}
    for state, key in (("good", good), ("expired", expired), ("revoked", revoked)):
        assert await names(world, "admin", state=state) & mine == {key["name"]}


async def test_a_search_takes_letters_as_they_are(world: World) -> None:
    await made(world, name=f"a_b-{world.number}")
    await made(world, name=f"axb-{world.number}")
    assert await names(world, "admin", search=f"A_B-{world.number}") == {f"a_b-{world.number}"}


async def test_pages_of_keys_follow_each_other(world: World) -> None:
    for place in range(3):
        await made(world, name=f"page{place}-{world.number}")
    search = f"-{world.number}"
    first = await world.get("admin", "/admin/keys", limit=2, search=search)
    second = await world.get("admin", "/admin/keys", limit=2, search=search, after=first["next"])
    seen = [key["apiKeyId"] for page in (first, second) for key in page["results"]]
    assert len(seen) == 4
    assert seen == sorted(set(seen), reverse=True)


async def test_who_made_and_stopped_a_key_is_recorded(world: World) -> None:
    key = await made(world, "staff", days=7)
    async with world.as_("admin") as client:
        await client.delete(f"/admin/keys/{key['apiKeyId']}")
        await client.delete(f"/admin/keys/{key['apiKeyId']}")
    (made_by,) = await trail(world, "key.create", key["apiKeyId"])
    (stopped_by,) = await trail(world, "key.revoke", key["apiKeyId"])
    assert (made_by.subject, stopped_by.subject) == (f"person:{world.ids['staff']}", f"person:{world.ids['admin']}")
    assert made_by.address == "127.0.0.1"
    for told in (key["name"], '"BL1"', '"read"', '"days":7'):
        assert told in made_by.detail
    assert key["secret"] not in made_by.detail


# -- last use


async def last_used(world: World, key_id: int) -> Any:
    await world.service.app.state.key_uses.close()
    async with world.service.database() as db:
        return await db.scalar(select(ApiKey.lastUsedAt).where(ApiKey.apiKeyId == key_id))


async def test_the_use_of_a_key_is_remembered_to_a_minute(world: World) -> None:
    key = await made(world)
    async with world.service.client(key["secret"]) as client:
        await client.get("/sessions")
        used = await last_used(world, key["apiKeyId"])
        assert utc_now() - used < timedelta(minutes=1)
        async with world.service.database() as db:
            await db.execute(update(ApiKey).where(ApiKey.apiKeyId == key["apiKeyId"]).values(lastUsedAt=None))
        await asyncio.gather(*(client.get("/sessions") for _ in range(5)))
    assert await last_used(world, key["apiKeyId"]) is None, "written more than once a minute"


async def test_a_login_made_with_a_key_is_a_use_of_it(world: World) -> None:
    key = await made(world)
    async with world.service.client() as client:
        login = (await client.post("/auth/login", json={"token": key["secret"]})).json()
    async with world.service.database() as db:
        long_ago = {"lastUsedAt": utc_now() - timedelta(days=1)}
        await db.execute(update(ApiKey).where(ApiKey.apiKeyId == key["apiKeyId"]).values(long_ago))
    async with world.service.client(login["token"]) as client:
        await client.get("/sessions")
    assert utc_now() - await last_used(world, key["apiKeyId"]) < timedelta(minutes=1)


async def test_a_use_that_another_worker_wrote_down_is_not_written_again(world: World) -> None:
    key = await made(world)
    written = utc_now() - timedelta(seconds=20)
    async with world.service.database() as db:
        await db.execute(update(ApiKey).where(ApiKey.apiKeyId == key["apiKeyId"]).values(lastUsedAt=written))
    uses = KeyUses(world.service.databases)
    uses.note(key["apiKeyId"])
    await uses.close()
    async with world.service.database() as db:
        kept = await db.scalar(select(ApiKey.lastUsedAt).where(ApiKey.apiKeyId == key["apiKeyId"]))
    assert kept == written


async def test_a_use_that_cannot_be_written_down_fails_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked(_databases: Databases) -> Any:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    uses = KeyUses(world.service.databases)
    monkeypatch.setattr(Databases, "write", locked)
    uses.note(world.ids["session"])
    await uses.close()
    assert "not written down" in caplog.text
