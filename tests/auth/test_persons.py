"""Which person of ISPyB somebody is whom a provider vouches for."""

import itertools
import uuid
from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from pyispyb.audit import Origin
from pyispyb.auth.names import same_login
from pyispyb.auth.persons import UnknownPerson, external_key, person_of
from pyispyb.auth.plugins.base import Claims, memberships
from pyispyb.auth.settings import PersonSettings
from pyispyb.db.writes import insert_row
from pyispyb.tables import Audit, Person, UserGroup, UserGroup_has_Person
from tests.service import Service

BY_LOGIN = PersonSettings()
BY_KEY = PersonSettings(match="external_id")
CREATING = PersonSettings(match="external_id", create=True)
ORIGIN = Origin(address="192.0.2.7", request="a request")

_numbers = itertools.count(1)


def name(stem: str = "person") -> str:
    """A login that nobody has yet."""
    return f"{stem}-{next(_numbers)}"


async def add(service: Service, **values: Any) -> int:
    async with service.database() as db:
        return (await insert_row(db, Person, values)).key


async def find(service: Service, settings: PersonSettings, login: str, **claims: Any) -> int:
    async with service.database() as db:
        return await person_of(db, settings, Claims("test", login, **claims), ORIGIN)


async def refused(service: Service, settings: PersonSettings, login: str, **claims: Any) -> str:
    async with service.database() as db:
        before = await db.scalar(select(func.count()).select_from(Person))
    with pytest.raises(UnknownPerson) as found:
        await find(service, settings, login, **claims)
    async with service.database() as db:
        assert await db.scalar(select(func.count()).select_from(Person)) == before
    return found.value.detail


async def stored(service: Service, person: int) -> dict[str, Any]:
    columns = (Person.login, Person.givenName, Person.familyName, Person.emailAddress, Person.externalId)
    async with service.database() as db:
        row = await db.first(select(*columns).where(Person.personId == person))
    assert row is not None
    return dict(row._mapping)


# -- who it is


async def test_a_login_counts_in_any_case_of_its_letters(service: Service) -> None:
    login = name()
    person = await add(service, login=login)
    for spelling in (login, login.upper(), login.title()):
        assert await find(service, BY_LOGIN, spelling) == person


@pytest.mark.parametrize("change", ["{} ", " {}", "{}%", "_{}", "{}\u0000", "pérson-{}", "pers\u00f6n-{}", "{}\u200b"])
async def test_a_login_that_only_a_database_takes_for_the_same_is_another(service: Service, change: str) -> None:
    number = next(_numbers)
    await add(service, login=f"person-{number}")
    await refused(service, BY_LOGIN, change.format(number if "-{}" in change else f"person-{number}"))


@pytest.mark.parametrize("login", ["人", "ada\U0001f600", "x" * 46, "x" * 5000])
async def test_a_login_that_some_databases_cannot_hold_is_nobody(service: Service, login: str) -> None:
    await refused(service, BY_LOGIN, login)


@pytest.mark.parametrize("login", ["x" * 46, "x" * 5000, "ada\nroot", "ada\u202e", " ada-new"])
async def test_nobody_is_made_with_a_login_that_cannot_be_kept_or_read(service: Service, login: str) -> None:
    await refused(service, CREATING, login)


def test_only_letters_of_ascii_have_a_case_here() -> None:
    assert same_login("Ada", "aDA")
    assert not same_login("mi\u212ae", "mike")  # the sign for kelvin is a k in small letters
    assert not same_login("stra\u00dfe", "strasse")
    assert not same_login(None, "ada")


async def test_an_external_id_is_asked_for_only_where_it_counts(service: Service) -> None:
    key = uuid.uuid4()
    person = await add(service, login=name(), externalId=key.bytes)
    assert await find(service, BY_KEY, name("renamed"), external_id=str(key)) == person
    await refused(service, BY_LOGIN, name("renamed"), external_id=str(key))


async def test_whoever_has_no_external_id_yet_is_found_by_login(service: Service) -> None:
    login = name()
    person = await add(service, login=login)
    assert await find(service, BY_KEY, login, external_id=name("key")) == person
    assert (await stored(service, person))["externalId"] is None


async def test_a_login_that_passed_to_somebody_else_opens_nothing(service: Service) -> None:
    login = name()
    await add(service, login=login, externalId=uuid.uuid4().bytes)
    await refused(service, BY_KEY, login, external_id=str(uuid.uuid4()))
    await refused(service, CREATING, login, external_id=str(uuid.uuid4()))


async def test_a_provider_that_leaves_the_external_id_out_opens_nothing_that_has_one(service: Service) -> None:
    login = name()
    await add(service, login=login, externalId=uuid.uuid4().bytes)
    await refused(service, BY_KEY, login)
    await refused(service, BY_KEY, login, external_id="")


async def test_login_and_external_id_of_different_people_are_refused(service: Service) -> None:
    login, key = name(), uuid.uuid4()
    await add(service, login=login)
    await add(service, login=name(), externalId=key.bytes)
    assert "cannot tell which person" in await refused(service, BY_KEY, login, external_id=str(key))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, bytes(15) + b"\x07"),
        ("7", bytes(15) + b"\x07"),
        (2**128 - 1, b"\xff" * 16),
        ("12345678-1234-5678-1234-567812345678", bytes.fromhex("12345678123456781234567812345678")),
        ("{12345678-1234-5678-1234-56781234ABCD}", bytes.fromhex("1234567812345678123456781234abcd")),
        ("f81d4fae7dec11d0a76500a0c91e6bf6", bytes.fromhex("f81d4fae7dec11d0a76500a0c91e6bf6")),
        ("", None),
        ("  ", None),
    ],
)
def test_an_external_id_has_sixteen_bytes(value: str | int, expected: bytes | None) -> None:
    assert external_key(value) == expected


def test_other_texts_and_negative_numbers_have_a_key_of_their_own() -> None:
    keys = [external_key(value) for value in ("ada", "Ada", -7, "-7x", 2**128, "١٢", "7.0")]
    assert len(set(keys)) == len(keys)
    assert all(key is not None and len(key) == 16 for key in keys)


# -- what is kept of them


async def test_name_and_address_follow_the_provider(service: Service) -> None:
    login = name()
    person = await add(service, login=login, givenName="Old", familyName="Name", emailAddress="old@example.org")
    await find(service, BY_LOGIN, login, given_name="New", family_name="Name", email="new@example.org")
    now = await stored(service, person)
    assert (now["givenName"], now["familyName"], now["emailAddress"]) == ("New", "Name", "new@example.org")


@pytest.mark.parametrize("value", [None, "", "x" * 101, "x" * 5000])
async def test_nothing_is_blanked_or_cut(service: Service, value: str | None, caplog: pytest.LogCaptureFixture) -> None:
    login = name()
    person = await add(service, login=login, givenName="Old", familyName="Name", emailAddress="old@example.org")
    await find(service, BY_LOGIN, login, given_name="New", family_name=value, email=value)
    now = await stored(service, person)
    assert (now["givenName"], now["familyName"], now["emailAddress"]) == ("New", "Name", "old@example.org")
    assert ("familyName of a person is not taken" in caplog.text) == bool(value)
    assert not value or value not in caplog.text


async def test_who_is_up_to_date_is_not_written(service: Service) -> None:
    login = name()
    await add(service, login=login, givenName="A", familyName="B", emailAddress="a@example.org")
    async with service.database() as db:
        await person_of(
            db, BY_LOGIN, Claims("test", login, given_name="A", family_name="B", email="a@example.org"), ORIGIN
        )
        assert db.statements == 1


async def test_an_account_that_may_not_write_persons_lets_them_in_as_they_are(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    if service.app.state.settings.database.url.startswith("sqlite"):
        pytest.skip("SQLite has no privileges")
    login = name("guarded")
    person = await add(service, login=login, givenName="Old")
    # The tests' server asks for no privileges: a trigger refuses as it would.
    refuse = (
        "CREATE TRIGGER refuse BEFORE UPDATE ON Person FOR EACH ROW "
        "SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'UPDATE command denied'"
    )
    async with service.database() as db:
        await db.connection.exec_driver_sql(refuse)
    try:
        assert await find(service, BY_LOGIN, login, given_name="New") == person
    finally:
        async with service.database() as db:
            await db.connection.exec_driver_sql("DROP TRIGGER refuse")
    assert (await stored(service, person))["givenName"] == "Old"
    assert "may not change Person" in caplog.text


async def test_somebody_new_is_made_where_the_settings_say_so(service: Service) -> None:
    login, key = name(), uuid.uuid4()
    await refused(service, BY_KEY, login, external_id=str(key))
    person = await find(service, CREATING, login, external_id=str(key), given_name="Ada", email="ada@example.org")
    assert await stored(service, person) == {
        "login": login,
        "givenName": "Ada",
        "familyName": None,
        "emailAddress": "ada@example.org",
        "externalId": key.bytes,
    }
    assert await find(service, CREATING, login.upper(), external_id=str(key)) == person
    assert ("person.create", login, "192.0.2.7") in await recorded(service, "person", [person])


async def recorded(service: Service, kind: str, keys: Iterable[int]) -> list[tuple[str, str, str]]:
    """What the audit trail has of objects."""
    async with service.database() as db:
        rows = await db.all(
            select(Audit.action, Audit.login, Audit.address)
            .where(Audit.objectKind == kind, Audit.objectId.in_([str(key) for key in keys]))
            .order_by(Audit.auditId)
        )
    return [(row.action, row.login, row.address) for row in rows]


# -- groups


async def groups_of(service: Service, person: int) -> set[int]:
    async with service.database() as db:
        rows = await db.all(select(UserGroup_has_Person.userGroupId).where(UserGroup_has_Person.personId == person))
    return {row.userGroupId for row in rows}


async def test_mapped_groups_follow_the_provider_and_no_others_change(service: Service) -> None:
    login = name()
    person = await add(service, login=login)
    names = {stem: name(stem) for stem in ("mapped", "other", "own")}
    async with service.database() as db:
        keys = {stem: (await insert_row(db, UserGroup, {"name": text})).key for stem, text in names.items()}
        await db.execute(insert(UserGroup_has_Person).values(userGroupId=keys["own"], personId=person))

    async def log_in(**belongs: bool) -> set[int]:
        told = {names[stem]: value for stem, value in belongs.items()}
        await find(service, BY_LOGIN, login, memberships=told)
        return await groups_of(service, person)

    assert await log_in(mapped=True, other=False) == {keys["own"], keys["mapped"]}
    assert await log_in(mapped=True, other=True) == set(keys.values())
    assert await log_in() == set(keys.values())
    assert await log_in(mapped=False, other=True) == {keys["own"], keys["other"]}
    assert await log_in(mapped=False, other=False) == {keys["own"]}
    assert [action for action, _, _ in await recorded(service, "group", [keys["mapped"]])] == [
        "group.person.add",
        "group.person.remove",
    ]
    assert set(await recorded(service, "group", keys.values())) <= {
        ("group.person.add", login, "192.0.2.7"),
        ("group.person.remove", login, "192.0.2.7"),
    }


async def test_a_group_that_ispyb_does_not_have_is_logged_and_not_made(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    login = name()
    person = await add(service, login=login)
    await find(service, BY_LOGIN, login, memberships={"No such group": True})
    assert await groups_of(service, person) == set()
    assert "there is no user group No such group" in caplog.text


def test_several_groups_of_a_provider_may_lead_to_one_of_ours() -> None:
    configured = {"mx-staff": "MX", "mx-trainees": "MX", "em-staff": "EM"}
    assert memberships(configured, ["mx-trainees", "unknown", 7, None]) == {"MX": True, "EM": False}
    assert memberships(configured, []) == {"MX": False, "EM": False}
    assert memberships({}, ["mx-staff"]) == {}
