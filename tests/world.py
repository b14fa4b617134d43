"""A small world: one proposal with sessions, samples and collections, a competing one, and people of every role."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import orjson
from argon2 import PasswordHasher
from sqlalchemy import func, insert, select

from pyispyb.auth.secrets import digest, new_api_token, new_token
from pyispyb.clock import utc_now
from pyispyb.db.database import Database
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
    async with service.database() as db:
        await _people(db, world)
        await _proposals(db, world)
        await _samples(db, world)
        await _measurements(db, world)
        await _log_in(db, world)
    return world


async def _log_in(db: Database, world: World) -> None:
    """Tokens as a log-in gives them, without the time a password takes; `tests/auth` logs in for real."""
    now = utc_now()
    for role in PEOPLE:
        token = world.tokens[role] = new_token()
        login = await insert_row(db, Login, {"personId": world.ids[role], "plugin": "local", "createdAt": now})
        await db.execute(
            insert(Token).values(
                tokenHash=digest(token), loginId=login.key, kind="access", expiresAt=now + timedelta(hours=1)
            )
        )


async def _people(db: Database, world: World) -> None:
    for role in PEOPLE:
        login = world.logins[role] = f"{role}{world.number}"
        person = await insert_row(
            db, Person, {"login": login, "givenName": "Test", "familyName": f"{role} {world.number}"}
        )
        world.ids[role] = person.key
        await db.execute(
            insert(Account).values(login=login, personId=person.key, passwordHash=_PASSWORD_HASH, createdAt=utc_now())
        )
    for role, permissions in GRANTED.items():
        await _grant(db, world, role, permissions)
    for role, beamlines in (("key", ["BL1"]), ("other_key", ["BL2"])):
        token = world.tokens[role] = new_api_token()
        await db.execute(
            insert(ApiKey).values(
                name=f"{role}-{world.number}",
                secretHash=digest(token),
                scopes="read acquisition:write processing:write",
                beamLines=orjson.dumps(beamlines).decode(),
                createdAt=utc_now(),
            )
        )


async def _grant(db: Database, world: World, role: str, permissions: Iterable[str]) -> None:
    """A group of its own for a role, which gives these permissions."""
    group = world.ids[f"{role}_group"] = (await insert_row(db, UserGroup, {"name": f"{role}-{world.number}"})).key
    await db.execute(insert(UserGroup_has_Person).values(userGroupId=group, personId=world.ids[role]))
    for permission in permissions:
        known = await db.scalar(select(Permission.permissionId).where(Permission.type == permission))
        if known is None:
            known = (await insert_row(db, Permission, {"type": permission, "description": permission})).key
        await db.execute(insert(UserGroup_has_Permission).values(userGroupId=group, permissionId=known))


async def _proposals(db: Database, world: World) -> None:
    lead = (await insert_row(db, Person, {"givenName": "Lead", "familyName": f"Lead {world.number}"})).key
    for name, code in (("proposal", "mx"), ("other_proposal", "in")):
        number = f"{9000 + world.number}"
        world.ids[name] = (
            await insert_row(
                db,
                Proposal,
                {"proposalCode": code, "proposalNumber": number, "title": f"Enzymes {number}", "personId": lead},
            )
        ).key
        setattr(world, name, f"{code}{number}")
    await db.execute(insert(ProposalHasPerson).values(proposalId=world.ids["proposal"], personId=world.ids["member"]))
    for name, proposal, beamline, start, visit in (
        ("session", "proposal", "BL1", NOW - timedelta(hours=3), 1),
        ("past_session", "proposal", "BL1", NOW - timedelta(days=30), 2),
        ("coming_session", "proposal", "BL2", NOW + timedelta(days=3), 3),
        ("other_session", "other_proposal", "BL2", NOW - timedelta(hours=2), 1),
    ):
        world.ids[name] = (
            await insert_row(
                db,
                BLSession,
                {
                    "proposalId": world.ids[proposal],
                    "beamLineName": beamline,
                    "startDate": start,
                    "endDate": start + timedelta(hours=24),
                    "visit_number": visit,
                    "scheduled": True,
                    "lastUpdate": NOW,
                },
            )
        ).key
    await insert_row(
        db,
        Session_has_Person,
        {"sessionId": world.ids["session"], "personId": world.ids["session_member"], "role": "Team Leader"},
    )


async def _samples(db: Database, world: World) -> None:
    for prefix, proposal in (("", "proposal"), ("other_", "other_proposal")):
        protein = world.ids[f"{prefix}protein"] = (
            await insert_row(
                db, Protein, {"proposalId": world.ids[proposal], "acronym": f"{prefix}lyso", "name": "Lysozyme"}
            )
        ).key
        crystal = (await insert_row(db, Crystal, {"proteinId": protein, "spaceGroup": "P43212", "cell_a": 78.1})).key
        shipping = (await insert_row(db, Shipping, {"proposalId": world.ids[proposal], "shippingName": "first"})).key
        dewar = (await insert_row(db, Dewar, {"shippingId": shipping, "code": "D1"})).key
        container = world.ids[f"{prefix}container"] = (
            await insert_row(
                db,
                Container,
                {
                    "dewarId": dewar,
                    "code": f"{prefix}PUCK-{world.number}",
                    "beamlineLocation": "BL1" if not prefix else "BL2",
                    "sampleChangerLocation": "3",
                    "capacity": 16,
                    "priorityPipelineId": None,
                },
            )
        ).key
        for place in (1, 2):
            world.ids[f"{prefix}sample{place}"] = (
                await insert_row(
                    db,
                    BLSample,
                    {
                        "crystalId": crystal,
                        "containerId": container,
                        "name": f"{prefix}lyso-x{place}",
                        "location": str(place),
                    },
                )
            ).key


async def _measurements(db: Database, world: World) -> None:
    for index, (name, session, sample) in enumerate(
        (
            ("collection", "session", "sample1"),
            ("second_collection", "session", "sample2"),
            ("past_collection", "past_session", "sample1"),
            ("other_collection", "other_session", "other_sample1"),
        )
    ):
        start = NOW - timedelta(minutes=60 - 5 * index)
        group = world.ids[name.replace("collection", "group")] = (
            await insert_row(
                db,
                DataCollectionGroup,
                {
                    "sessionId": world.ids[session],
                    "blSampleId": world.ids[sample],
                    "experimentType": "OSC",
                    "startTime": start,
                },
            )
        ).key
        world.ids[name] = (
            await insert_row(
                db,
                DataCollection,
                {
                    "dataCollectionGroupId": group,
                    "startTime": start,
                    "endTime": start + timedelta(minutes=1),
                    "runStatus": "Data collection successful",
                    "imagePrefix": f"{sample}-{world.number}",
                    "numberOfImages": 3600,
                    "wavelength": 0.9763,
                    "exposureTime": 0.01,
                },
            )
        ).key
    world.ids["robot"] = (
        await insert_row(
            db,
            RobotAction,
            {
                "blsessionId": world.ids["session"],
                "blsampleId": world.ids["sample1"],
                "startTimestamp": NOW - timedelta(minutes=62),
                "endTimestamp": NOW - timedelta(minutes=61),
                "actionType": "LOAD",
                "status": "SUCCESS",
            },
        )
    ).key
    world.ids["energy_scan"] = (
        await insert_row(
            db,
            EnergyScan,
            {
                "sessionId": world.ids["session"],
                "element": "Se",
                "startTime": NOW - timedelta(minutes=40),
                "endTime": NOW - timedelta(minutes=39),
            },
        )
    ).key
    world.ids["spectrum"] = (
        await insert_row(
            db,
            XFEFluorescenceSpectrum,
            {
                "sessionId": world.ids["session"],
                "energy": 12.4,
                "startTime": NOW - timedelta(minutes=35),
                "endTime": NOW - timedelta(minutes=34),
            },
        )
    ).key
