"""A small world: one proposal with sessions, samples and collections, a competing one, and people of every role."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import chain
from typing import Any

import httpx
import orjson
from argon2 import PasswordHasher
from sqlalchemy import func, inspect, select

from pyispyb.auth.secrets import digest, new_api_token, new_token
from pyispyb.clock import utc_now
from pyispyb.db.database import Database
from pyispyb.db.new_rows import NewRows
from pyispyb.db.writes import insert_row
from pyispyb.tables import (
    Account,
    ApiKey,
    BLSample,
    BLSession,
    Container,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    Dewar,
    EnergyScan,
    Login,
    Permission,
    Person,
    Proposal,
    ProposalHasPerson,
    Protein,
    RobotAction,
    Session_has_Person,
    Shipping,
    Token,
    UserGroup,
    UserGroup_has_Permission,
    UserGroup_has_Person,
    XFEFluorescenceSpectrum,
)
from pyispyb.tables.base import Base

from .service import Service

PEOPLE = ("member", "session_member", "stranger", "staff", "other_staff", "administrator", "admin", "clerk")
KEYS = ("key", "other_key")
GRANTED = {
    "staff": ("bl_mx",),
    "other_staff": ("bl_em",),
    "administrator": ("all_proposals",),
    "admin": ("manage_groups", "manage_options", "manage_perms", "manage_persons", "view_activity"),
    "clerk": ("manage_groups",),
}
"""Permissions of roles; an `admin` administrates and sees no science, a `clerk` looks after groups only."""

PASSWORD = "a password of the tests"
# As cheap as argon2 allows: tests log in hundreds of times.
_PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
_numbers = itertools.count(1)

NOW = datetime.now().replace(microsecond=0)

KEYS_OF_EACH = 10_000
"""Keys of a world's rows begin there times its number: thousands of worlds are made, each by one statement a table."""


class _Rows:
    """What is to be written, by table, and the keys it will have."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._rows: dict[type[Base], list[dict[str, Any]]] = {}

    def add(self, table: type[Base], **values: Any) -> int:
        """One more row, with the same columns as the others of its table; its key where that is a number."""
        rows = self._rows.setdefault(table, [])
        key, name = self.number * KEYS_OF_EACH + len(rows), _key_of(table)
        rows.append(values if name is None else {name: key, **values})
        return key

    async def write(self, db: Database) -> None:
        """Table by table, in the order in which they were first named."""
        new = NewRows(db)
        for table, rows in self._rows.items():
            new.add_all(table, rows)
        await new.write()


@cache
def _key_of(table: type[Base]) -> str | None:
    """The column that numbers a table's rows."""
    first, *others = inspect(table).primary_key
    if others or first.foreign_keys or first.type.python_type is not int:
        return None
    return inspect(table).get_property_by_column(first).key


@dataclass
class World:
    """Keys of what was made, and a token for each role."""

    service: Service
    number: int
    proposal: str = ""
    other_proposal: str = ""
    ids: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    logins: dict[str, str] = field(default_factory=dict)

    def as_(self, role: str) -> httpx.AsyncClient:
        """A client of someone: a role of `PEOPLE` or `KEYS`; of nobody for any other word."""
        return self.service.client(self.tokens.get(role))

    async def get(self, role: str, path: str, **query: Any) -> Any:
        """What someone reads at a path; the answer must be 200."""
        async with self.as_(role) as client:
            answer = await client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def refused(self, role: str, method: str, path: str, **sent: Any) -> dict[str, Any]:
        """The problem document that someone gets."""
        async with self.as_(role) as client:
            answer = await client.request(method, path, **sent)
        assert answer.status_code >= 400, answer.text
        problem: dict[str, Any] = answer.json()
        return problem

    async def count(self, *tables: Any) -> dict[str, int]:
        """Rows of tables, by their name."""
        async with self.service.database() as db:
            return {table.__tablename__: await db.scalar(select(func.count()).select_from(table)) for table in tables}

    async def add(self, table: Any, **values: Any) -> int:
        """Write a row as another program would, straight into the database."""
        async with self.service.database() as db:
            return (await insert_row(db, table, values)).key


async def build_world(service: Service) -> World:
    """Make a world of its own: nothing in it is shared with another test."""
    world = World(service, next(_numbers))
    rows = _Rows(world.number)
    async with service.database() as db:
        permissions = {name: await _permission(db, name) for name in sorted({*chain(*GRANTED.values())})}
        _people(rows, world, permissions)
        _proposals(rows, world)
        _samples(rows, world)
        _measurements(rows, world)
        await rows.write(db)
    return world


async def _permission(db: Database, name: str) -> int:
    known = await db.scalar(select(Permission.permissionId).where(Permission.type == name))
    return known or (await insert_row(db, Permission, {"type": name, "description": name})).key


def _people(rows: _Rows, world: World, permissions: dict[str, int]) -> None:
    """Persons, what they may do, and tokens as a log-in gives them; `tests/auth` logs in for real."""
    now = utc_now()
    for role in PEOPLE:
        login = world.logins[role] = f"{role}{world.number}"
        person = rows.add(Person, login=login, givenName="Test", familyName=f"{role} {world.number}")
        world.ids[role] = person
        rows.add(Account, login=login, personId=person, passwordHash=_PASSWORD_HASH, createdAt=now)
        token = world.tokens[role] = new_token()
        login_id = rows.add(Login, personId=person, plugin="local", createdAt=now)
        rows.add(Token, tokenHash=digest(token), loginId=login_id, kind="access", expiresAt=now + timedelta(hours=1))
    for role, granted in GRANTED.items():
        group = world.ids[f"{role}_group"] = rows.add(UserGroup, name=f"{role}-{world.number}")
        rows.add(UserGroup_has_Person, userGroupId=group, personId=world.ids[role])
        for name in granted:
            rows.add(UserGroup_has_Permission, userGroupId=group, permissionId=permissions[name])
    for role, beamlines in (("key", ["BL1"]), ("other_key", ["BL2"])):
        token = world.tokens[role] = new_api_token()
        rows.add(
            ApiKey,
            name=f"{role}-{world.number}",
            secretHash=digest(token),
            scopes="read acquisition:write processing:write",
            beamLines=orjson.dumps(beamlines).decode(),
            createdAt=now,
        )


def _proposals(rows: _Rows, world: World) -> None:
    lead = rows.add(Person, login=None, givenName="Lead", familyName=f"Lead {world.number}")
    for name, code in (("proposal", "mx"), ("other_proposal", "in")):
        number = f"{9000 + world.number}"
        world.ids[name] = rows.add(
            Proposal, proposalCode=code, proposalNumber=number, title=f"Enzymes {number}", personId=lead
        )
        setattr(world, name, f"{code}{number}")
    rows.add(ProposalHasPerson, proposalId=world.ids["proposal"], personId=world.ids["member"])
    for name, proposal, beamline, start, visit in (
        ("session", "proposal", "BL1", NOW - timedelta(hours=3), 1),
        ("past_session", "proposal", "BL1", NOW - timedelta(days=30), 2),
        ("coming_session", "proposal", "BL2", NOW + timedelta(days=3), 3),
        ("other_session", "other_proposal", "BL2", NOW - timedelta(hours=2), 1),
    ):
        world.ids[name] = rows.add(
            BLSession,
            proposalId=world.ids[proposal],
            beamLineName=beamline,
            startDate=start,
            endDate=start + timedelta(hours=24),
            visit_number=visit,
            scheduled=True,
            lastUpdate=NOW,
        )
    rows.add(
        Session_has_Person,
        sessionId=world.ids["session"],
        personId=world.ids["session_member"],
        role="Team Leader",
    )


def _samples(rows: _Rows, world: World) -> None:
    for prefix, proposal in (("", "proposal"), ("other_", "other_proposal")):
        protein = world.ids[f"{prefix}protein"] = rows.add(
            Protein, proposalId=world.ids[proposal], acronym=f"{prefix}lyso", name="Lysozyme"
        )
        crystal = rows.add(Crystal, proteinId=protein, spaceGroup="P43212", cell_a=78.1)
        shipping = rows.add(Shipping, proposalId=world.ids[proposal], shippingName="first")
        dewar = rows.add(Dewar, shippingId=shipping, code="D1")
        container = world.ids[f"{prefix}container"] = rows.add(
            Container,
            dewarId=dewar,
            code=f"{prefix}PUCK-{world.number}",
            beamlineLocation="BL1" if not prefix else "BL2",
            sampleChangerLocation="3",
            capacity=16,
            priorityPipelineId=None,
        )
        for place in (1, 2):
            world.ids[f"{prefix}sample{place}"] = rows.add(
                BLSample,
                crystalId=crystal,
                containerId=container,
                name=f"{prefix}lyso-x{place}",
                location=str(place),
            )


def _measurements(rows: _Rows, world: World) -> None:
    for index, (name, session, sample) in enumerate(
        (
            ("collection", "session", "sample1"),
            ("second_collection", "session", "sample2"),
            ("past_collection", "past_session", "sample1"),
            ("other_collection", "other_session", "other_sample1"),
        )
    ):
        start = NOW - timedelta(minutes=60 - 5 * index)
        group = world.ids[name.replace("collection", "group")] = rows.add(
            DataCollectionGroup,
            sessionId=world.ids[session],
            blSampleId=world.ids[sample],
            experimentType="OSC",
            startTime=start,
        )
        world.ids[name] = rows.add(
            DataCollection,
            dataCollectionGroupId=group,
            startTime=start,
            endTime=start + timedelta(minutes=1),
            runStatus="Data collection successful",
            imagePrefix=f"{sample}-{world.number}",
            numberOfImages=3600,
            wavelength=0.9763,
            exposureTime=0.01,
        )
    world.ids["robot"] = rows.add(
        RobotAction,
        blsessionId=world.ids["session"],
        blsampleId=world.ids["sample1"],
        startTimestamp=NOW - timedelta(minutes=62),
        endTimestamp=NOW - timedelta(minutes=61),
        actionType="LOAD",
        status="SUCCESS",
    )
    world.ids["energy_scan"] = rows.add(
        EnergyScan,
        sessionId=world.ids["session"],
        element="Se",
        startTime=NOW - timedelta(minutes=40),
        endTime=NOW - timedelta(minutes=39),
    )
    world.ids["spectrum"] = rows.add(
        XFEFluorescenceSpectrum,
        sessionId=world.ids["session"],
        energy=12.4,
        startTime=NOW - timedelta(minutes=35),
        endTime=NOW - timedelta(minutes=34),
    )
