"""Log-ins, groups and keys of the simulated facility."""

import json
import os
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

KEYS = "beamline-keys.json"
"""File with the keys of the simulated beamlines, which nobody else needs."""


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


async def add_beamline_keys(connection: AsyncConnection, data_dir: Path) -> None:
    """A key for each beamline; the secrets go to a file that only its owner can read."""
    tokens = {line.name: new_api_token() for line in BEAMLINES}
    await connection.execute(
        insert(ApiKey),
        [
            {
                "name": f"{name.lower()}-control",
                "secretHash": digest(token),
                "scopes": f"{Right.READ} {Right.ACQUISITION_WRITE}",
                "beamLines": json.dumps([name]),
                "createdAt": utc_now(),
            }
            for name, token in tokens.items()
        ],
    )
    path = data_dir / KEYS
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(tokens, file)


def beamline_keys(data_dir: Path) -> dict[str, str]:
    """The key of each simulated beamline."""
    keys: dict[str, str] = json.loads((data_dir / KEYS).read_text())
    return keys
