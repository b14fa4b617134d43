"""Ways of proving who one is. Each is small and knows nothing of tokens; a new one is one more entry here."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ..db.database import Databases
from ..errors import LoginRefused
from . import queries
from .clock import utc_now
from .schemas import Credentials
from .secrets import digest

REFUSED = "The name, password or token is not right."

_hasher = PasswordHasher()
# Verified for unknown accounts too, so that they take as long to refuse as a wrong password.
_NOBODY = _hasher.hash("nobody has this password")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody turned out to be: a person or a key."""

    plugin: str
    person_id: int | None = None
    api_key_id: int | None = None


class Plugin(Protocol):
    """One way of logging in."""

    name: str

    def offer(self) -> dict[str, str]:
        """What a page needs to offer it."""
        ...

    async def identify(self, databases: Databases, credentials: Credentials) -> Identity:
        """Who this is. Raises LoginRefused."""
        ...


def hash_password(password: str) -> str:
    """argon2id hash of a password, with its parameters."""
    return _hasher.hash(password)


class LocalAccounts:
    """Accounts that ISPyB keeps itself: for small sites and the simulated facility."""

    name = "local"

    def offer(self) -> dict[str, str]:
        """A name and a password are all it needs."""
        return {}

    async def identify(self, databases: Databases, credentials: Credentials) -> Identity:
        """The person of an account. Raises LoginRefused, after the same time for a wrong name as for a password."""
        async with databases.read() as db:
            account = await db.first(queries.account(credentials.login or ""))
        known = account.passwordHash if account else _NOBODY
        right = await asyncio.to_thread(_verify, known, credentials.password or "")
        if account is None or not right:
            raise LoginRefused(REFUSED)
        return Identity(self.name, person_id=account.personId)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


class ApiKeys:
    """Keys of beamlines and pipelines."""

    name = "token"

    def offer(self) -> dict[str, str]:
        """Nothing for a page: programs use it."""
        return {}

    async def identify(self, databases: Databases, credentials: Credentials) -> Identity:
        """The key behind a token. Raises LoginRefused for an unknown, expired or revoked one."""
        async with databases.read() as db:
            key = await db.first(queries.api_key(digest(credentials.token or "")))
        if key is None or not is_good(key, utc_now()):
            raise LoginRefused(REFUSED)
        return Identity(self.name, api_key_id=key.apiKeyId)


def is_good(key: Any, now: datetime) -> bool:
    """True for a key that is neither revoked nor expired."""
    return key.revokedAt is None and (key.expiresAt is None or key.expiresAt > now)


PLUGINS: tuple[Plugin, ...] = (LocalAccounts(), ApiKeys())
