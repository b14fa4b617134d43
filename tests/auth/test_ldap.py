"""People log in with the name and password of the facility's LDAP directory."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError
from sqlalchemy import select

from pyispyb.auth.settings import AuthSettings, LdapSettings
from pyispyb.db.writes import insert_row
from pyispyb.tables import Person, UserGroup, UserGroup_has_Person
from tests.conftest import missing
from tests.service import Service, running_service

from .conftest import copy_of, with_auth
from .directory import (
    BASE,
    GROUPS,
    PASSWORD,
    PEOPLE,
    PEOPLE_THERE,
    SERVICE,
    SERVICE_PASSWORD,
    DirectoryMissingError,
    LdapServer,
)
from .test_provider_tokens import silent_server

SEARCH = {"service_dn": SERVICE, "service_password": SERVICE_PASSWORD, "search_base": PEOPLE}
BIND = {"bind_dn": f"uid={{login}},{PEOPLE}"}
WAYS = pytest.mark.parametrize("way", [SEARCH, BIND], ids=["search", "bind"])
REFUSED = "The name, password or token is not right."


def started(folder: Path, **otherwise: Any) -> Iterator[LdapServer]:
    """A server, or the reason why there is none."""
    try:
        import bonsai  # noqa: F401
    except ImportError:
        missing("The LDAP library", "pip install -r requirements-ldap.lock")
    try:
        with LdapServer(folder, **otherwise).running() as server:
            yield server
    except DirectoryMissingError as error:
        missing("The LDAP server", str(error))


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LdapServer]:
    yield from started(tmp_path_factory.mktemp("ldap"))


@pytest.fixture(scope="module")
def strict_directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LdapServer]:
    """One that hears nothing that is not encrypted."""
    yield from started(tmp_path_factory.mktemp("strict"), tls_required=True)


@pytest.fixture(scope="module")
def plain_directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LdapServer]:
    """One without a certificate."""
    yield from started(tmp_path_factory.mktemp("plain"), tls=False)


@pytest.fixture(scope="module")
def foreign_directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LdapServer]:
    """One that shows the certificate of another host."""
    yield from started(tmp_path_factory.mktemp("foreign"), host_in_certificate="ldap.example.org")


@asynccontextmanager
async def logging_in_at(server: LdapServer, folder: Path, blank: Path, **settings: Any) -> AsyncIterator[Service]:
    """An application that knows the people of the directory."""
    usual = {"url": server.url, "ca_file": server.authority}
    auth = AuthSettings(ldap=[LdapSettings.model_validate(usual | settings)])
    url = copy_of(blank, folder)
    async with running_service(with_auth(url, folder, auth)) as running:
        async with running.database() as db:
            for login in PEOPLE_THERE:
                await insert_row(db, Person, {"login": login.upper()})
        yield running


async def log_in(service: Service, login: str | None, password: str | None = PASSWORD) -> httpx.Response:
    async with service.client() as client:
        return await client.post("/auth/login", json={"plugin": "ldap", "login": login, "password": password})


def refused(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.json()["detail"]) == (401, REFUSED)


@WAYS
@pytest.mark.parametrize("login", PEOPLE_THERE)
async def test_people_of_the_directory_log_in(
    directory: LdapServer, tmp_path: Path, blank: Path, way: dict[str, str], login: str
) -> None:
    async with logging_in_at(directory, tmp_path, blank, **way) as service:
        answer = await log_in(service, login)
        assert answer.status_code == 201, answer.text
        async with service.client(answer.json()["token"]) as client:
            user = (await client.get("/user/current")).json()
    assert (user["givenName"], user["familyName"]) == PEOPLE_THERE[login][:2]
    assert user["login"].lower() == login.lower()


@pytest.mark.parametrize("attribute", ["description", "title"])
async def test_a_login_with_blanks_around_it_or_letters_that_cannot_be_seen_is_none(
    directory: LdapServer, tmp_path: Path, blank: Path, attribute: str
) -> None:
    way = {**SEARCH, "attributes": {"login": attribute}}
    async with logging_in_at(directory, tmp_path, blank, **way) as service:
        refused(await log_in(service, "ada"))


@WAYS
async def test_what_is_not_right_is_refused_in_the_same_words(
    directory: LdapServer, tmp_path: Path, blank: Path, way: dict[str, str]
) -> None:
    wrong: list[tuple[str | None, str | None]] = [
        ("ada", "wrong"),
        ("ada", PASSWORD.upper()),
        ("nobody at all", PASSWORD),
        ("ada", ""),
        ("ada", None),
        ("", PASSWORD),
        (None, None),
        ("ada", "\0"),
        ("ada", f"{PASSWORD}\0"),
        ("ada\0", PASSWORD),
    ]
    async with logging_in_at(directory, tmp_path, blank, **way) as service:
        for login, password in wrong:
            refused(await log_in(service, login, password))


@WAYS
@pytest.mark.parametrize(
    "login",
    [
        "*",
        "ad*",
        "*)(uid=*",
        "*)(uid=*))(|(uid=*",
        "ada)(objectClass=*",
        "\\2a",
        f"ada,{PEOPLE}",
        f"ada,{PEOPLE}\\",
        "ada+cn=Ada",
        "#04024869",
        "a*b(c",
        "\\",
        "(",
        " ",
        "x" * 80,
    ],
)
async def test_a_login_is_a_value_and_never_a_part_of_the_question(
    directory: LdapServer, tmp_path: Path, blank: Path, way: dict[str, str], login: str
) -> None:
    async with logging_in_at(directory, tmp_path, blank, **way) as service:
        refused(await log_in(service, login))


async def test_an_empty_password_never_reaches_the_directory(
    directory: LdapServer, tmp_path: Path, blank: Path
) -> None:
    async with logging_in_at(directory, tmp_path, blank, **SEARCH) as service:
        before = directory.log.count("ACCEPT")
        refused(await log_in(service, "ada", ""))
        assert directory.log.count("ACCEPT") == before


async def test_nobody_and_a_wrong_password_cost_the_directory_the_same(
    directory: LdapServer, tmp_path: Path, blank: Path
) -> None:
    async with logging_in_at(directory, tmp_path, blank, **SEARCH) as service:
        asked = []
        for login in ("ada", "nobody"):
            before = directory.log
            refused(await log_in(service, login, "wrong"))
            new = directory.log[len(before) :]
            asked.append([new.count(word) for word in (" BIND dn=", " SRCH base=", " ACCEPT ")])
    assert asked[0] == asked[1]


@pytest.mark.parametrize("encryption", ["StartTLS", "LDAPS"])
async def test_an_encrypted_connection_is_all_a_strict_directory_hears(
    strict_directory: LdapServer, tmp_path: Path, blank: Path, encryption: str
) -> None:
    url = strict_directory.url if encryption == "StartTLS" else strict_directory.tls_url
    async with logging_in_at(strict_directory, tmp_path, blank, url=url, **SEARCH) as service:
        assert (await log_in(service, "ada")).status_code == 201


async def test_a_directory_that_demands_encryption_refuses_us_without(
    strict_directory: LdapServer, tmp_path: Path, blank: Path
) -> None:
    async with logging_in_at(strict_directory, tmp_path, blank, start_tls=False, **SEARCH) as service:
        assert (await log_in(service, "ada")).status_code in {401, 503}


async def test_nothing_is_sent_to_a_directory_that_cannot_encrypt(
    plain_directory: LdapServer, tmp_path: Path, blank: Path
) -> None:
    async with logging_in_at(plain_directory, tmp_path, blank, **SEARCH) as service:
        assert (await log_in(service, "ada")).status_code == 503
    assert " BIND " not in plain_directory.log


@pytest.mark.parametrize("encryption", ["StartTLS", "LDAPS"])
async def test_nothing_is_sent_to_a_directory_with_another_name(
    foreign_directory: LdapServer, tmp_path: Path, blank: Path, encryption: str
) -> None:
    url = foreign_directory.url if encryption == "StartTLS" else foreign_directory.tls_url
    async with logging_in_at(foreign_directory, tmp_path, blank, url=url, **BIND) as service:
        assert (await log_in(service, "ada")).status_code == 503
    assert " BIND " not in foreign_directory.log


async def test_nothing_is_sent_to_a_directory_that_nobody_we_trust_signed_for(
    directory: LdapServer, foreign_directory: LdapServer, tmp_path: Path, blank: Path
) -> None:
    before = directory.log.count(" BIND ")
    others = {"ca_file": foreign_directory.authority}
    async with logging_in_at(directory, tmp_path, blank, **others, **BIND) as service:
        assert (await log_in(service, "ada")).status_code == 503
    async with logging_in_at(directory, tmp_path / "system", blank, ca_file=None, **BIND) as service:
        assert (await log_in(service, "ada")).status_code == 503
    assert directory.log.count(" BIND ") == before


@WAYS
@pytest.mark.parametrize(
    "groups",
    [
        {"groups": {f"CN=mx-staff, {GROUPS}": "Followed"}},
        {"groups": {"mx-staff": "Followed"}, "group_base": GROUPS},
        {"groups": {"mx-staff": "Followed"}, "group_base": BASE, "group_filter": "(&(cn=mx-*)(member={dn}))"},
    ],
    ids=["memberOf", "search", "own filter"],
)
async def test_groups_of_the_directory_are_followed(
    directory: LdapServer,
    tmp_path: Path,
    blank: Path,
    way: dict[str, str],
    groups: dict[str, Any],
) -> None:
    async with logging_in_at(directory, tmp_path, blank, **way, **groups) as service:
        async with service.database() as db:
            await insert_row(db, UserGroup, {"name": "Followed"})
        for login in PEOPLE_THERE:
            assert (await log_in(service, login)).status_code == 201
        async with service.database() as db:
            members = await db.all(
                select(Person.login).join(UserGroup_has_Person, UserGroup_has_Person.personId == Person.personId)
            )
    assert [row.login for row in members] == ["ADA"]


@pytest.mark.parametrize("encryption", ["StartTLS", "LDAPS"])
@pytest.mark.parametrize("how", ["refuses", "is silent"])
async def test_a_directory_that_does_not_answer_is_told_within_two_seconds(
    directory: LdapServer, tmp_path: Path, blank: Path, how: str, encryption: str
) -> None:
    dead = LdapServer(directory.folder)
    url, port = (dead.url, dead.port) if encryption == "StartTLS" else (dead.tls_url, dead.tls_port)
    async with logging_in_at(directory, tmp_path, blank, url=url, **SEARCH) as service:
        with silent_server(port if how == "is silent" else 0):
            begin = time.monotonic()
            answer = await log_in(service, "ada")
            assert time.monotonic() - begin < 2
            begin = time.monotonic()
            async with service.client() as client:
                assert (await client.get("/auth/config")).status_code == 200
            assert time.monotonic() - begin < 0.5
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("/provider-unavailable")


async def test_a_service_account_that_the_directory_refuses_is_our_fault_and_not_the_users(
    directory: LdapServer, tmp_path: Path, blank: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = SEARCH | {"service_password": "not the password of the service"}
    async with logging_in_at(directory, tmp_path, blank, **wrong) as service:
        assert (await log_in(service, "ada")).status_code == 503
    assert "refuses service_dn" in caplog.text
    assert PASSWORD not in caplog.text
    assert "not the password" not in caplog.text


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"bind_dn": f"uid={{login}},{PEOPLE}", "search_base": PEOPLE},
        {"bind_dn": f"uid=ada,{PEOPLE}"},
        {"search_base": PEOPLE, "search_filter": "(objectClass=*)"},
        {"search_base": PEOPLE, "service_dn": SERVICE},
        {"search_base": PEOPLE, "service_dn": SERVICE, "service_password": ""},
        {"search_base": PEOPLE, "service_password": "x"},
        {"search_base": PEOPLE, "url": "http://ldap.example.org"},
        {"search_base": PEOPLE, "url": "ldap.example.org"},
        {"search_base": PEOPLE, "start-tls": False},
    ],
)
def test_settings_that_make_no_sense_stop_the_start(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        LdapSettings.model_validate({"url": "ldaps://ldap.example.org"} | settings)
