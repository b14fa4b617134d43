"""Ways of logging in: what the settings make of them, and those that packages add."""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from typer.testing import CliRunner

from pyispyb.auth.plugins import BrokenPluginError, LogIns
from pyispyb.auth.settings import AuthSettings, OidcSettings, is_confidential
from pyispyb.cli import app
from pyispyb.db.writes import insert_row
from pyispyb.settings import Settings
from pyispyb.tables import Person, UserGroup, UserGroup_has_Person
from tests.service import running_service

from .conftest import copy_of, with_auth

ISSUER = {"issuer": "https://id.example.org", "client_id": "ispyb"}

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-log-in-plug-in.md"
DOCUMENTED = re.findall(r"^```(\w+)\n(.*?)^```", PAGE.read_text(), flags=re.MULTILINE | re.DOTALL)


def block(language: str) -> str:
    """The one example of the documentation in this language."""
    (found,) = [text for name, text in DOCUMENTED if name == language]
    return found


PACKAGE = """

def crashes(settings):
    raise RuntimeError("no card reader")


def half(settings):
    return object()


def misnamed(settings):
    made = DoorCards(settings)
    made.name = "local"
    return made


def odd(settings):
    made = DoorCards(settings)
    made.kind = "telepathy"
    return made
"""

ENTRY_POINTS = """[pyispyb.auth]
door-cards = door_cards:DoorCards
crashes = door_cards:crashes
half = door_cards:half
misnamed = door_cards:misnamed
odd = door_cards:odd
gone = door_cards:not_there
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installed package that adds ways of logging in."""
    site = tmp_path / "site"
    info = site / "door_cards-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "door_cards.py").write_text(block("python") + PACKAGE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: door-cards\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    monkeypatch.syspath_prepend(site)
    assert any(found.metadata["Name"] == "door-cards" for found in distributions())
    yield
    sys.modules.pop("door_cards", None)


def added(kind: str) -> AuthSettings:
    return AuthSettings.model_validate({"plugins": [{"type": kind, "name": "doors", "cards": {}}]})


@pytest.mark.usefixtures("package")
async def test_the_plug_in_of_the_documentation_logs_people_in(blank: Path, tmp_path: Path) -> None:
    assert 'door-cards = "door_cards:DoorCards"' in block("ini")
    auth = AuthSettings.model_validate(tomllib.loads(block("toml"))["auth"])
    async with running_service(with_auth(copy_of(blank, tmp_path / "db"), tmp_path, auth)) as service:
        async with service.database() as db:
            person = (await insert_row(db, Person, {"login": "Ada"})).key
            group = (await insert_row(db, UserGroup, {"name": "MX staff"})).key
        async with service.client() as client:
            offered = (await client.get("/auth/config")).json()["plugins"]
            assert offered[0] == {
                "name": "cards",
                "label": "Door card",
                "kind": "password",
                "config": {"hint": "The number on your card"},
            }
            body = {"plugin": "cards", "login": "ada", "password": "4711"}
            answer = await client.post("/auth/login", json=body)
            assert (answer.status_code, answer.json()["personId"]) == (201, person)
            wrong = [body | {"password": "4712"}, body | {"login": "bo"}, body | {"password": None}]
            assert {(await client.post("/auth/login", json=body)).status_code for body in wrong} == {401}
        async with service.database() as db:
            assert await db.scalar(select(UserGroup_has_Person.userGroupId)) == group


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("crashes", "'doors' of type 'crashes' does not start: RuntimeError: no card reader"),
        ("gone", "'doors' of type 'gone' does not start: AttributeError"),
        ("half", "'doors' of type 'half' has no name, label, kind, offer, identify, close"),
        ("misnamed", "calls itself 'local'"),
        ("odd", "of kind 'telepathy'"),
        ("unheard-of", "No installed package adds log-ins of type 'unheard-of'; there are: crashes, door-cards, gone"),
    ],
)
def test_a_broken_one_stops_the_start_with_a_reason(
    kind: str, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(BrokenPluginError, match=says):
        LogIns(added(kind), "")
    config = tmp_path / "ispyb.toml"
    config.write_text(f'[[auth.plugins]]\ntype = "{kind}"\nname = "doors"\ncards = {{}}\n')
    monkeypatch.setenv("ISPYB_CONFIG", str(config))
    result = CliRunner().invoke(app, ["serve"])
    assert result.exit_code == 1
    assert says in result.output


def names(auth: AuthSettings) -> list[str]:
    return [plugin.name for plugin in LogIns(auth, "")]


def test_local_accounts_and_keys_are_offered_unless_told_otherwise() -> None:
    assert names(AuthSettings()) == ["local", "token"]
    assert names(AuthSettings(local=False)) == ["token"]


def test_providers_come_first_in_their_order() -> None:
    providers = [OidcSettings.model_validate(ISSUER | {"name": name}) for name in ("umbrella", "facility")]
    assert names(AuthSettings(oidc=providers)) == ["umbrella", "facility", "local", "token"]


@pytest.mark.parametrize(
    "settings",
    [
        {"oidc": [ISSUER, ISSUER]},
        {"oidc": [ISSUER | {"name": "local"}]},
        {"oidc": [ISSUER | {"name": "token"}]},
        {"oidc": [ISSUER | {"name": "Key Cloak"}]},
        {"oidc": [ISSUER | {"issuer": "http://id.example.org"}]},
        {"oidc": [ISSUER | {"issuer": "id.example.org"}]},
        {"oidc": [ISSUER | {"client_id": ""}]},
        {"oidc": [ISSUER | {"algorithms": ["HS256"]}]},
        {"oidc": [ISSUER | {"algorithms": ["none"]}]},
        {"oidc": [ISSUER | {"algorithms": []}]},
        {"oidc": [ISSUER | {"scopes": ["profile"]}]},
        {"oidc": [ISSUER | {"audience": "ispyb"}]},
        {"plugins": [{"name": "x"}]},
        {"persons": {"match": "email"}},
        {"public_url": "http://ispyb.example.org"},
    ],
)
def test_settings_that_are_not_safe_or_make_no_sense_stop_the_start(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        AuthSettings.model_validate(settings)


@pytest.mark.parametrize(
    ("address", "confidential"),
    [
        ("https://id.example.org/realms/x", True),
        ("http://localhost:8080", True),
        ("http://127.0.0.1:8080", True),
        ("http://[::1]:8080", True),
        ("http://localhost.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("http://id.example.org", False),
        ("ftp://localhost", False),
        ("https://", False),
        ("", False),
    ],
)
def test_what_is_sent_in_the_clear_stays_on_this_machine(address: str, confidential: bool) -> None:
    assert is_confidential(address) is confidential


def test_a_secret_is_not_shown_with_the_settings() -> None:
    secret = "a secret of the client"
    assert secret not in repr(OidcSettings.model_validate(ISSUER | {"client_secret": secret}))


def test_a_mistake_in_the_settings_is_told_without_the_secrets_beside_it() -> None:
    secret = "a secret of the service"
    directory = {"url": "ldaps://ldap.example.org", "service_dn": "cn=x", "service_password": secret}
    database = {"url": f"mysql+asyncmy://ispyb:{secret}@db/ispyb", "pool_size": "many"}
    with pytest.raises(ValidationError, match=r"auth\.ldap") as refused:
        Settings(auth={"ldap": [directory]}, database=database)
    assert secret not in str(refused.value)
