"""What every answer tells a browser, whatever it is an answer to."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from pydantic import ValidationError
from starlette.routing import Route

from pyispyb.app import API_BASE, create_app
from pyispyb.auth.dependencies import PAGE_HEADER
from pyispyb.db.create import create_database
from pyispyb.db.engine import create_engine
from pyispyb.page import WEB
from pyispyb.protection import DATA_POLICY, PAGE_POLICY
from pyispyb.settings import Settings
from tests.conftest import make_settings, missing
from tests.world import World

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OTHER_SITE = "https://portal.example.org"


def asking(app: FastAPI, scheme: str = "http") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=f"{scheme}://ispyb")


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FastAPI]:
    """A running application that another site may call, with a route that breaks."""
    folder = tmp_path_factory.mktemp("protection")
    url = f"sqlite+aiosqlite:///{folder / 'ispyb.sqlite'}"
    engine = create_engine(url)
    await create_database(engine)
    await engine.dispose()
    settings = make_settings(url, folder)
    settings.cors_origins = [OTHER_SITE]
    made = create_app(settings)

    async def broken(_request: Request) -> Response:
        raise RuntimeError("a mistake of ours")

    made.router.routes.insert(0, Route("/broken", broken))
    async with made.router.lifespan_context(made):
        yield made


ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/proposals/mx1", 200),
    ("GET", "/assets/nothing.js", 404),
    ("GET", f"{API_BASE}/auth/config", 200),
    ("GET", f"{API_BASE}/openapi.json", 200),
    ("GET", f"{API_BASE}/docs", 200),
    ("GET", f"{API_BASE}/sessions", 401),
    ("GET", f"{API_BASE}/nothing", 404),
    ("PUT", f"{API_BASE}/sessions", 405),
    ("POST", f"{API_BASE}/auth/login", 422),
    ("GET", "/broken", 500),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
async def test_every_answer_is_protected(app: FastAPI, method: str, path: str, status: int) -> None:
    if status == 200 and not path.startswith(API_BASE) and not (WEB / "index.html").is_file():
        status = 404
    async with asking(app) as client:
        answer = await client.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert answer.headers["X-Request-ID"]
    assert "public" not in answer.headers["Cache-Control"] or path.startswith("/assets")
    assert directives(answer.headers["Content-Security-Policy"])["frame-ancestors"] == "'none'"
    assert "Server" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers


async def test_a_mistake_of_ours_tells_nothing_of_it(app: FastAPI) -> None:
    async with asking(app) as client:
        answer = await client.get("/broken")
    assert answer.json()["type"].endswith("/internal")
    assert "mistake of ours" not in answer.text
    assert answer.json()["request"] == answer.headers["X-Request-ID"]


@pytest.mark.parametrize("folder", ["", "proposals/", "assets/", "api-docs/", "ispyb/api/v1/"])
@pytest.mark.parametrize(
    "name",
    ["%00", "a%00b/c", "x" * 5000, "x/" * 5000, "%ff", "%ed%a0%80", "..%2f..%2fapp.py", "%2fetc%2fpasswd", "~", "."],
)
async def test_an_address_that_no_file_can_have_is_no_mistake_of_ours(
    app: FastAPI, folder: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with asking(app) as client:
        answer = await client.get(f"/{folder}{name}")
    assert answer.status_code in {200, 404}
    assert "root:" not in answer.text
    assert "import " not in answer.text
    assert not [record for record in caplog.records if record.exc_info]


async def test_files_are_protected_as_well(furnished: World) -> None:
    async with furnished.as_("member") as client:
        picture = await client.get(f"/datacollections/images/{furnished.ids['collection']}")
        file = await client.get(f"/datacollections/attachments/{furnished.ids['attachment']}")
    assert picture.headers["Content-Security-Policy"] == DATA_POLICY
    assert file.headers["Content-Security-Policy"].startswith("sandbox")
    for answer in (picture, file):
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
        assert "private" in answer.headers["Cache-Control"]


def test_no_policy_lets_a_script_in_that_is_no_file_of_ours() -> None:
    page, data = directives(PAGE_POLICY), directives(DATA_POLICY)
    assert page["script-src"] == "'self'"
    assert (page["default-src"], page["connect-src"]) == ("'self'", "'self'")
    assert (page["object-src"], page["base-uri"]) == ("'none'", "'none'")
    assert data["default-src"] == "'none'"
    for policy in (PAGE_POLICY, DATA_POLICY):
        assert "unsafe-eval" not in policy
        assert "http" not in policy
        assert "*" not in policy


def test_the_built_page_has_no_script_in_its_text() -> None:
    document = WEB / "index.html"
    if not document.is_file():
        missing("The built page", "make page")
    text = document.read_text()
    assert text.count("<script") == text.count("<script src=") + text.count('<script type="module" crossorigin src=')
    assert "<style" not in text
    assert " onload=" not in text
    assert "://" not in text.replace("http://www.w3.org", "")


# -- HTTPS


@pytest.mark.parametrize(("seconds", "told"), [(31_536_000, "max-age=31536000"), (0, None)])
async def test_https_is_kept_to(tmp_path: Path, seconds: int, told: str | None) -> None:
    settings = make_settings(f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite'}", tmp_path)
    settings.hsts_seconds = seconds
    made = create_app(settings)
    async with asking(made, "https") as client:
        assert (await client.get(f"{API_BASE}/auth/config")).headers.get("Strict-Transport-Security") == told


# -- pages of other sites


async def preflight(app: FastAPI, origin: str, method: str = "GET", headers: str = "authorization") -> httpx.Response:
    async with asking(app) as client:
        return await client.options(
            f"{API_BASE}/sessions",
            headers={
                "Origin": origin,
                "Access-Control-Request-Method": method,
                "Access-Control-Request-Headers": headers,
            },
        )


async def test_a_configured_site_may_call_with_a_token(app: FastAPI) -> None:
    allowed = await preflight(app, OTHER_SITE)
    assert allowed.status_code == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == OTHER_SITE
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    async with asking(app) as client:
        answer = await client.get(f"{API_BASE}/auth/config", headers={"Origin": OTHER_SITE})
    assert answer.headers["Access-Control-Allow-Origin"] == OTHER_SITE
    assert answer.headers["Vary"]


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", f"{OTHER_SITE}.evil.example", "http://portal.example.org", "null"],
)
async def test_no_other_site_may(app: FastAPI, origin: str) -> None:
    refused = await preflight(app, origin)
    assert "Access-Control-Allow-Origin" not in refused.headers
    async with asking(app) as client:
        answer = await client.get(f"{API_BASE}/auth/config", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers


async def test_not_even_a_configured_site_vouches_for_our_page(app: FastAPI) -> None:
    refused = await preflight(app, OTHER_SITE, "POST", PAGE_HEADER.lower())
    assert refused.status_code == 400
    assert PAGE_HEADER.lower() not in refused.headers["Access-Control-Allow-Headers"].lower()


async def test_nothing_is_said_to_other_sites_unless_configured(tmp_path: Path) -> None:
    made = create_app(make_settings(f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite'}", tmp_path))
    answer = await preflight(made, OTHER_SITE)
    assert answer.status_code in {404, 405}
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "origin", ["*", "https://*.example.org", "portal.example.org", "https://portal.example.org/", "null", "file://"]
)
def test_a_site_is_configured_by_its_whole_origin(origin: str) -> None:
    with pytest.raises(ValidationError):
        Settings(cors_origins=[origin])


def test_a_setting_that_is_wrong_is_named_without_its_value() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(database={"url": ["mysql+asyncmy://ispyb:a-secret@host/ispyb"]}, tokens={"access_seconds": "a-secret"})
    assert "database.url" in str(refused.value)
    assert "a-secret" not in str(refused.value)
