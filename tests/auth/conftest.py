"""Identity providers that run, and the application that logs people in at them."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from pyispyb.auth.settings import AuthSettings, OidcSettings
from pyispyb.db.writes import insert_row
from pyispyb.settings import Settings
from pyispyb.tables import Person, UserGroup
from tests.conftest import make_settings, missing, new_database
from tests.service import Service, running_service

from .openid import AUDIENCE, CLIENT, SECRET, OpenIDProvider, ProviderMissingError

PAGE = "http://ispyb"
CALLBACK = f"{PAGE}/ispyb/api/v1/auth/oidc/keycloak/callback"
ACCOUNTS = {
    "ada": {
        "preferred_username": "Ada-At-Provider",
        "given_name": "Ada",
        "family_name": "Provided",
        "email": "ada@example.org",
        "email_verified": True,
        "groups": ["mx-staff"],
    },
    "nobody": {"preferred_username": "nobody-here", "given_name": "No", "family_name": "Body"},
}
LOGIN = "ada-at-provider"
GROUP = "Followed"


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIDProvider]:
    """An OpenID provider that knows `ACCOUNTS`."""
    started = OpenIDProvider(tmp_path_factory.mktemp("provider"), [CALLBACK], accounts=ACCOUNTS)
    try:
        with started.running():
            yield started
    except ProviderMissingError as error:
        missing("The OpenID provider", str(error))


@pytest.fixture(scope="session")
async def blank(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """An SQLite database without rows of anybody, to be copied: making one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("blank")
    url = await new_database("sqlite", request, folder)
    return Path(url.partition(":///")[2])


def copy_of(blank: Path, folder: Path) -> str:
    """Address of a database of one's own."""
    folder.mkdir(exist_ok=True)
    return f"sqlite+aiosqlite:///{shutil.copy(blank, folder)}"


def oidc_settings(provider: OpenIDProvider, **otherwise: object) -> OidcSettings:
    """What a facility writes to have its people log in there."""
    usual = {
        "name": "keycloak",
        "issuer": provider.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "scopes": ["openid", "profile", "email", "groups"],
        "audiences": [AUDIENCE],
        "groups": {"mx-staff": GROUP},
    }
    return OidcSettings.model_validate(usual | otherwise)


def with_auth(url: str, files_root: Path, auth: AuthSettings) -> Settings:
    """Settings of the tests with other ways of logging in."""
    return make_settings(url, files_root).model_copy(update={"auth": auth})


@pytest.fixture(scope="session")
async def at_provider(service: Service, provider: OpenIDProvider, files_root: Path) -> AsyncIterator[Service]:
    """The application on each kind of database, with people who log in at the provider."""
    async with service.database() as db:
        if await db.scalar(select(Person.personId).where(Person.login == LOGIN)) is None:
            await insert_row(db, Person, {"login": LOGIN, "givenName": "Old", "familyName": "Name"})
            await insert_row(db, UserGroup, {"name": GROUP})
    url = service.app.state.settings.database.url
    auth = AuthSettings(oidc=[oidc_settings(provider)])
    async with running_service(with_auth(url, files_root, auth)) as running:
        yield running


async def person(service: Service, login: str = LOGIN) -> Person:
    """What the database has of somebody."""
    columns = (Person.personId, Person.givenName, Person.familyName, Person.emailAddress, Person.externalId)
    async with service.database() as db:
        found = await db.first(select(*columns).where(Person.login == login))
    assert found is not None
    return found
