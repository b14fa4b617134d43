"""`pyispyb admin`: the first administrator of a database, as somebody at the machine makes them."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select
from typer.testing import CliRunner, Result

from pyispyb.cli import app
from pyispyb.db.database import Database
from pyispyb.db.run import run as on_database
from pyispyb.settings import Settings
from pyispyb.tables import Account, Audit, Person, UserGroup, UserGroup_has_Permission, UserGroup_has_Person
from tests.conftest import BACKENDS
from tests.flavours import build_flavour
from tests.service import running_service

PASSWORD = "a long password"


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind with nobody in it."""
    if request.param == "sqlite":
        address = f"sqlite+aiosqlite:///{tmp_path / 'new.sqlite'}"
        command = "create"
    else:
        address = build_flavour(request.getfixturevalue("mariadb"), request.param, f"admin_of_{request.param}")
        command = "upgrade"
    assert CliRunner().invoke(app, ["db", command, "--url", address]).exit_code == 0
    return address


def run(url: str, *arguments: str, typed: str | None = None) -> Result:
    """What one command prints, and how it ends; an error that it does not expect is raised."""
    done = CliRunner().invoke(app, ["admin", *arguments, "--url", url], input=typed)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def rows(url: str, *columns: Any) -> list[tuple[Any, ...]]:
    async def read(db: Database) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await db.all(select(*columns))]

    return on_database(url, read)


def test_somebody_whom_the_database_takes_for_another_is_not_made_an_administrator(url: str) -> None:
    assert run(url, "create", "jos\u00e9", "--no-local").exit_code == 0
    done = run(url, "create", "jose", "--no-local", "--group", "others")
    people = {login for (login,) in rows(url, Person.login)}
    if url.startswith("sqlite"):
        assert (done.exit_code, people) == (0, {"jos\u00e9", "jose"})
    else:
        assert (done.exit_code, people) == (2, {"jos\u00e9"})
        assert rows(url, UserGroup.name) == [("administrators",)]


def as_logged_in(url: str, login: str, path: str) -> tuple[int, Any]:
    """What somebody reads who logs in with the password."""

    async def ask() -> tuple[int, Any]:
        async with running_service(Settings(database={"url": url}, secure_cookies=False)) as service:
            async with service.client() as client:
                made = (await client.post("/auth/login", json={"login": login, "password": PASSWORD})).json()
            async with service.client(made["token"]) as client:
                answer = await client.get(path)
                return answer.status_code, answer.json()

    return asyncio.run(ask())


def test_the_first_administrator_can_do_everything(url: str) -> None:
    made = run(url, "create", "Root", "--given", "Rosa", "--family", "Example", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    assert "Root can log in with the password." in made.output
    assert PASSWORD not in made.output
    status, user = as_logged_in(url, "root", "/user/current")
    assert status == 200
    assert {"all_proposals", "manage_groups", "manage_perms", "view_activity"} <= set(user["Permissions"])
    assert (user["givenName"], user["familyName"]) == ("Rosa", "Example")
    status, trail = as_logged_in(url, "root", "/admin/activity?subject=command")
    actions = {entry["action"] for entry in trail["results"]}
    assert {"person.create", "group.person.add", "account.password"} <= actions
    assert all(entry["address"] is None for entry in trail["results"])


def test_a_second_time_changes_nothing(url: str) -> None:
    for _ in range(2):
        made = run(url, "create", "root", typed=f"{PASSWORD}\n{PASSWORD}\n")
        assert made.exit_code == 0
    assert "already" in made.output
    tables = (Person.personId, Account.accountId, UserGroup_has_Person.personId)
    before = [rows(url, column) for column in tables]
    trail = rows(url, Audit.auditId)
    run(url, "create", "ROOT")
    assert [rows(url, column) for column in tables] == before
    assert rows(url, Audit.auditId) == trail
    assert [name for (name,) in rows(url, UserGroup.name)].count("administrators") == 1


def test_a_new_password_replaces_the_old_one(url: str) -> None:
    run(url, "create", "root", "--password", "another password")
    run(url, "create", "root", "--password", PASSWORD)
    assert as_logged_in(url, "root", "/user/current")[0] == 200


def test_somebody_known_stays_who_they_are(url: str) -> None:
    async def write(db: Database) -> None:
        await db.execute(insert(Person).values(personId=77, login="known", givenName="Known", familyName="Before"))

    on_database(url, write)
    assert run(url, "create", "known", "--family", "Other", "--no-local").exit_code == 0
    assert rows(url, Person.personId, Person.familyName) == [(77, "Before")]
    assert rows(url, Account.login) == []


def test_nobody_becomes_an_administrator_unawares(url: str) -> None:
    async def write(db: Database) -> None:
        await db.execute(insert(UserGroup).values(userGroupId=900, name="visitors"))
        await db.execute(insert(Person).values(personId=900, login="visitor", familyName="Visitor"))
        await db.execute(insert(UserGroup_has_Person).values(userGroupId=900, personId=900))

    on_database(url, write)
    refused = run(url, "create", "root", "--no-local", "--group", "Visitors")
    assert refused.exit_code == 2
    assert "1 other members" in refused.output
    wanted = [row for row in rows(url, UserGroup_has_Permission.userGroupId) if row == (900,)]
    assert wanted == []
    assert ("root",) not in rows(url, Person.login)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["create", "root", "--password", "short"], "8 to 1000 letters"),
        (["create", "", "--no-local"], "is one word"),
        (["create", "two words", "--no-local"], "is one word"),
        (["create", "x" * 46, "--no-local"], "longer than"),
        (["create", "root", "--no-local", "--group", "x" * 32], "longer than"),
    ],
)
def test_a_mistake_changes_nothing(url: str, arguments: list[str], sentence: str) -> None:
    refused = run(url, *arguments)
    assert refused.exit_code == 2
    assert sentence in " ".join(refused.output.replace("│", " ").split())
    assert rows(url, Person.login) == []
    assert rows(url, Audit.auditId) == []


def test_a_group_for_something_else_stays_so(tmp_path: Path) -> None:
    address = f"sqlite+aiosqlite:///{tmp_path / 'new.sqlite'}"
    CliRunner().invoke(app, ["db", "create", "--url", address])
    refused = run(address, "create", "root", "--no-local", "--group", "users")
    assert refused.exit_code == 2
    assert "own_proposals" in refused.output


def test_administrators_are_listed_with_what_they_hold(url: str) -> None:
    assert run(url, "list").output == ""
    run(url, "create", "root", "--given", "Rosa", "--family", "Example", "--no-local")
    listed = run(url, "list").output
    assert listed.startswith("root  Rosa Example: all_proposals, manage_groups")
    assert listed.endswith("(by administrators)\n")
