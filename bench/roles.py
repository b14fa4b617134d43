"""Who asks: people of every role and the key of a beamline, with tokens that the bench knows."""

from datetime import timedelta
from typing import Any, Literal

import orjson
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from pyispyb.auth.secrets import API_TOKEN_PREFIX, digest
from pyispyb.clock import utc_now
from pyispyb.tables import (
    ApiKey,
    Login,
    Permission,
    Person,
    ProposalHasPerson,
    Token,
    UserGroup,
    UserGroup_has_Permission,
    UserGroup_has_Person,
)

Role = Literal["lead", "member", "collaborator", "administrator", "staff", "key"]

PEOPLE: dict[Role, int] = {"lead": 1, "member": 2, "collaborator": 3, "administrator": 4, "staff": 5}
"""Their personId. A collaborator is a member of many proposals, staff belongs to all beamlines."""

BEAMLINES = tuple(f"BL{number}" for number in range(1, 9))
STAFF_PERMISSION = "bench_staff"

_GROUPS = {"administrator": "all_proposals", "staff": STAFF_PERMISSION}
_FIRST_GROUP = 100


def token(role: Role) -> str:
    """The bearer token of a role."""
    return f"{API_TOKEN_PREFIX}bench" if role == "key" else f"bench-{role}"


async def add_roles(connection: AsyncConnection) -> None:
    """Write people, their permissions and tokens."""
    now = utc_now()
    await connection.execute(
        insert(Person),
        [
            {"personId": key, "login": role, "givenName": "Bench", "familyName": role.capitalize()}
            for role, key in PEOPLE.items()
        ],
    )
    await connection.execute(
        insert(Permission).values(permissionId=_FIRST_GROUP, type=STAFF_PERMISSION, description="All beamlines")
    )
    for group, (role, permission) in enumerate(_GROUPS.items(), start=_FIRST_GROUP):
        known = await connection.scalar(Permission.__table__.select().where(Permission.type == permission))
        await connection.execute(insert(UserGroup).values(userGroupId=group, name=f"bench {role}"))
        await connection.execute(insert(UserGroup_has_Permission).values(userGroupId=group, permissionId=known))
        await connection.execute(insert(UserGroup_has_Person).values(userGroupId=group, personId=PEOPLE[role]))
    for role, person in PEOPLE.items():
        await connection.execute(insert(Login).values(loginId=person, personId=person, plugin="local", createdAt=now))
        await connection.execute(insert(Token).values(_token_row(role, person)))
    await connection.execute(
        insert(ApiKey).values(
            name="bench",
            secretHash=digest(token("key")),
            scopes="read acquisition:write processing:write",
            beamLines=orjson.dumps(BEAMLINES).decode(),
            createdAt=now,
        )
    )


def _token_row(role: Role, login: int) -> dict[str, Any]:
    return {
        "tokenHash": digest(token(role)),
        "loginId": login,
        "kind": "access",
        "expiresAt": utc_now() + timedelta(days=1),
    }


async def add_members(connection: AsyncConnection, proposals: int) -> None:
    """The member takes part in the measured proposal, the collaborator in up to 200 of all proposals."""
    rows = [{"proposalId": 1, "personId": PEOPLE["member"]}]
    rows += [{"proposalId": key, "personId": PEOPLE["collaborator"]} for key in range(1, min(proposals, 200) + 1)]
    await connection.execute(insert(ProposalHasPerson), rows)
