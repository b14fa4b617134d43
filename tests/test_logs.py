"""Whatever happens, no secret gets into a log."""

import asyncio
import base64
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from PIL import Image
from sqlalchemy import insert, select, text
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pyispyb.app import API_BASE, create_app
from pyispyb.auth.plugins import hash_password
from pyispyb.clock import utc_now
from pyispyb.db.create import create_database
from pyispyb.db.database import Database, connect
from pyispyb.db.writes import insert_row
from pyispyb.request_log import WithoutQuery, keep_queries_out_of_logs
from pyispyb.serve import server_options
from pyispyb.tables import (
    Account,
    BLSession,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    Permission,
    Person,
    Proposal,
    SigningKey,
    UserGroup,
    UserGroup_has_Permission,
    UserGroup_has_Person,
)
from tests.conftest import make_settings
from tests.servers import free_port

PASSWORD, WRONG = "correct-horse-battery", "tr0ub4dor-and-three"
PROVIDER_TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJlLW9mLWEtcHJvdmlkZXI"
PAGE = {"X-ISPyB-Page": "1"}


async def broken(request: Request) -> Response:
    """Fails as a mistake of ours would, while a statement has a secret among its values."""
    try:
        async with request.app.state.databases.read() as db:
            await db.execute(text("SELECT :secret FROM nowhere"), {"secret": PASSWORD})
    except Exception as error:
        raise RuntimeError("a mistake of ours") from error
    return Response()


@pytest.fixture
def server(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[str]:
    """A served ISPyB with every log turned up, uvicorn's own log of requests too; answers its address."""
    for name in ("pyispyb", "uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        caplog.set_level(logging.DEBUG, name)
    url = f"sqlite+aiosqlite:///{tmp_path / 'ispyb.sqlite'}"
    app = create_app(make_settings(url, tmp_path))
    app.router.routes.insert(0, Route("/broken", broken))
    port = free_port()
    options = {**server_options("127.0.0.1", port), "access_log": True, "log_config": None, "log_level": None}
    running = uvicorn.Server(uvicorn.Config(app, **options))
    thread = threading.Thread(target=lambda: asyncio.run(served(running, url, tmp_path)))
    thread.start()
    try:
        deadline = time.monotonic() + 30
        while not running.started and time.monotonic() < deadline:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.should_exit = True
        thread.join(20)


async def served(running: uvicorn.Server, url: str, folder: Path) -> None:
    """Fill an empty database and serve it."""
    databases = await connect(url)
    await create_database(databases.writing)
    await databases.close()
    databases = await connect(url)
    async with databases.write() as db:
        await fill(db, folder)
    await databases.close()
    await running.serve()


async def fill(db: Database, folder: Path) -> None:
    """A person who manages keys and sees everything, and one file."""
    picture = folder / "picture.png"
    Image.new("RGB", (4, 4)).save(picture)
    person = (await insert_row(db, Person, {"login": "ada", "familyName": "Example"})).key
    group = (await insert_row(db, UserGroup, {"name": "everything"})).key
    for permission in ("manage_perms", "all_proposals"):
        known = await db.scalar(select(Permission.permissionId).where(Permission.type == permission))
        await db.execute(insert(UserGroup_has_Permission).values(userGroupId=group, permissionId=known))
    await db.execute(insert(UserGroup_has_Person).values(userGroupId=group, personId=person))
    account = {"login": "ada", "personId": person, "passwordHash": hash_password(PASSWORD), "createdAt": utc_now()}
    await db.execute(insert(Account).values(account))
    proposal = (await insert_row(db, Proposal, {"proposalCode": "mx", "proposalNumber": "1", "personId": person})).key
    session = (await insert_row(db, BLSession, {"proposalId": proposal, "beamLineName": "BL1"})).key
    collections = (await insert_row(db, DataCollectionGroup, {"sessionId": session})).key
    collection = (await insert_row(db, DataCollection, {"dataCollectionGroupId": collections})).key
    await insert_row(db, DataCollectionFileAttachment, {"dataCollectionId": collection, "fileFullPath": str(picture)})


def use(server: str) -> list[str]:
    """Everything that has to do with a secret; answers the secrets."""
    base = server + API_BASE
    secrets = [PASSWORD, WRONG, PROVIDER_TOKEN]
    with httpx.Client(base_url=base) as client:

        def post(path: str, body: dict[str, Any], status: int, **sent: Any) -> dict[str, Any]:
            answer = client.post(path, json=body, **sent)
            assert answer.status_code == status, (path, answer.text)
            secrets.extend(client.cookies.values())
            told: dict[str, Any] = answer.json()
            secrets.extend(told[name] for name in ("token", "refreshToken", "secret") if told.get(name))
            return told

        post("/auth/login", {"login": "ada", "password": WRONG}, 401)
        post("/auth/login", {"login": PASSWORD, "password": WRONG, "plugin": "local"}, 401)
        post("/auth/login", {"login": "ada", "password": [PASSWORD]}, 422)
        post("/auth/login", {"plugin": "keycloak", "token": PROVIDER_TOKEN}, 401)
        login = post("/auth/login", {"login": "ada", "password": PASSWORD}, 201)
        post("/auth/login", {"login": "ada", "password": PASSWORD, "cookies": True}, 201, headers=PAGE)
        post("/auth/refresh", {}, 200, headers=PAGE)
        login = post("/auth/refresh", {"refreshToken": login["refreshToken"]}, 200)
        post("/auth/refresh", {"refreshToken": "x" * 43}, 401)
        client.cookies.clear()
        client.headers["Authorization"] = f"Bearer {login['token']}"
        key = {"name": "bl1", "scopes": ["read", "acquisition:write"], "beamLines": ["BL1"]}
        secret = post("/admin/keys", key, 201)["secret"]
        post("/admin/keys", key, 422)
        post("/auth/login", {"token": secret}, 201)
        post("/auth/login", {"token": secret[:-1]}, 401)
        secrets.append(secret[:-1])
        url = post("/user/sign", {"path": "/datacollections/attachments/1"}, 201)["url"]
        secrets.append(url.partition("signature=")[2])
        secrets.append(secrets[-1].rpartition(".")[2])
        assert httpx.get(server + url).status_code == 200
        assert httpx.get(server + url + "x").status_code == 401
        assert client.get("/sessions", params={"token": login["token"]}).status_code == 422
        assert httpx.get(base + "/sessions", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
        assert client.get(server + "/broken").status_code == 500
        return secrets


async def break_tables(folder: Path) -> list[str]:
    """Have the database fail from now on where tokens are concerned; answers the secrets it held."""
    databases = await connect(f"sqlite+aiosqlite:///{folder / 'ispyb.sqlite'}")
    async with databases.write() as db:
        links = [row.secret for row in await db.all(select(SigningKey.secret))]
        await db.execute(text("ALTER TABLE pyispyb_token RENAME TO gone"))
    await databases.close()
    return [*links, *(base64.b64decode(secret).hex() for secret in links)]


async def test_no_secret_is_in_any_log(server: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secrets = await asyncio.to_thread(use, server)
    secrets += await break_tables(tmp_path)
    async with httpx.AsyncClient(base_url=server + API_BASE) as client:
        failed = await client.post("/auth/login", json={"login": "ada", "password": PASSWORD})
        assert failed.status_code == 503
        headers = {"Authorization": f"Bearer {secrets[3]}"}
        assert (await client.get("/user/current", headers=headers)).status_code == 503
    formatter = logging.Formatter("%(name)s %(message)s")
    lines = [formatter.format(record) for record in caplog.records if not record.name.startswith("httpx")]
    log = "\n".join(lines)
    for expected in (
        "pyispyb.requests",
        "uvicorn.access",
        "/datacollections/attachments/1 ",
        "a mistake of ours",
        "no such table: nowhere",
        "database unavailable",
    ):
        assert expected in log
    assert len(set(secrets)) >= 15
    assert [secret for secret in secrets if secret in log] == []
    assert "signature" not in log


def test_uvicorns_own_log_loses_queries_and_nothing_else() -> None:
    keep_queries_out_of_logs()
    keep_queries_out_of_logs()
    access = logging.getLogger("uvicorn.access")
    (known,) = (found for found in access.filters if isinstance(found, WithoutQuery))
    arguments = ("192.0.2.1:5", "GET", "/ispyb/api/v1/x?signature=1.l2.3.abc&b=c", "1.1", 200)
    record = logging.LogRecord("uvicorn.access", logging.INFO, "", 0, '%s - "%s %s HTTP/%s" %d', arguments, None)
    assert known.filter(record)
    assert record.getMessage() == '192.0.2.1:5 - "GET /ispyb/api/v1/x HTTP/1.1" 200'
    other = logging.LogRecord("uvicorn.access", logging.INFO, "", 0, "started %s", ("a?b",), None)
    assert known.filter(other)
    assert other.getMessage() == "started a?b"
