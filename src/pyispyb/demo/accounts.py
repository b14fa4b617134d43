"""Log-ins, groups and keys of the simulated facility."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, insert, inspect, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ..access.viewer import Right
from ..auth.plugins import hash_password
from ..auth.secrets import digest, new_api_token
from ..clock import utc_now
from ..tables import (
    Account,
    ApiKey,
    Permission,
    Person,
    UserGroup,
    UserGroup_has_Permission,
    UserGroup_has_Person,
)
from ..tables.base import Base
from . import people
from .facility import BEAMLINES

KEYS = "keys.json"
"""File with the keys of the simulated beamlines and pipelines, which nobody else needs."""
PIPELINES = "pipelines"
"""Holder of the key that all pipelines share."""


def password_hashes() -> dict[str, str]:
    """A hash of each log-in's password. Takes a second: they are meant to be slow."""
    return {login.login: hash_password(login.password) for login in people.LOGINS}


async def add_accounts(connection: AsyncConnection, hashes: dict[str, str]) -> None:
    """An account for each log-in, and the groups that give staff and administrator their permissions."""
    persons = {row.login: row.personId for row in await connection.execute(select(Person.login, Person.personId))}
    await connection.execute(
        insert(Account),
        [
            {
                "login": login,
                "personId": persons[login],
                "passwordHash": hashed,
                "createdAt": utc_now(),
            }
            for login, hashed in hashes.items()
        ],
    )
    for group in people.GROUPS:
        number = await _found_or_added(connection, UserGroup, {"name": group.name})
        for name in group.permissions:
            await _permit(connection, number, name)
        members = [{"userGroupId": number, "personId": persons[login]} for login in group.members]
        await connection.execute(insert(UserGroup_has_Person), members)


async def _permit(connection: AsyncConnection, group: int, name: str) -> None:
    permission = await _found_or_added(
        connection, Permission, {"type": name}, {"description": people.PERMISSIONS.get(name)}
    )
    link = {"userGroupId": group, "permissionId": permission}
    has = UserGroup_has_Permission
    wanted = select(func.count()).where(has.userGroupId == group, has.permissionId == permission)
    if not await connection.scalar(wanted):
        await connection.execute(insert(has).values(link))


async def _found_or_added(
    connection: AsyncConnection, table: type[Base], known_by: dict[str, str], more: dict[str, str | None] | None = None
) -> int:
    """Key of the row with these values, which a new database may have already."""
    (key,) = inspect(table).primary_key
    conditions = [getattr(table, name) == value for name, value in known_by.items()]
    found = await connection.scalar(select(key).where(*conditions))
    if found is not None:
        return int(found)
    result = await connection.execute(insert(table).values({**known_by, **(more or {})}))
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


async def add_keys(connection: AsyncConnection, data_dir: Path) -> None:
    """A key for each beamline and one for the pipelines; the secrets go to a file that only its owner can read."""
    names = [line.name for line in BEAMLINES]
    keys = [_Key(name, f"{name.lower()}-control", (Right.READ, Right.ACQUISITION_WRITE), [name]) for name in names]
    keys.append(_Key(PIPELINES, PIPELINES, (Right.READ, Right.PROCESSING_WRITE), names))
    tokens = {key.holder: new_api_token() for key in keys}
    await connection.execute(
        insert(ApiKey),
        [
            {
                "name": key.name,
                "secretHash": digest(tokens[key.holder]),
                "scopes": " ".join(key.scopes),
                "beamLines": json.dumps(key.beamlines),
                "createdAt": utc_now(),
            }
            for key in keys
        ],
    )
    path = data_dir / KEYS
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(tokens, file)


@dataclass(frozen=True)
class _Key:
    holder: str
    name: str
    scopes: tuple[Right, ...]
    beamlines: list[str]


def program_keys(data_dir: Path) -> dict[str, str]:
    """The key of each simulated beamline, and of the pipelines."""
    keys: dict[str, str] = json.loads((data_dir / KEYS).read_text())
    return keys
