"""Keys of beamlines and pipelines, as a way of logging in."""

from datetime import datetime
from typing import Any

from ...clock import utc_now
from ...db.database import Databases
from ...errors import LoginRefused
from .. import queries
from ..schemas import Credentials
from ..secrets import digest
from .base import REFUSED, Identity, Kind


class ApiKeys:
    """Keys of beamlines and pipelines."""

    name: str = "token"
    label: str = "API key"
    kind: Kind = "token"

    def offer(self) -> dict[str, str]:
        """Nothing for a page: programs use it."""
        return {}

    async def identify(self, databases: Databases, credentials: Credentials) -> Identity:
        """The key behind a token. Raises LoginRefused for an unknown, expired or revoked one."""
        async with databases.read() as db:
            found = await db.rows(queries.api_key(), {"secret_hash": digest(credentials.token or "")})
        key = found[0] if found else None
        if key is None or not is_good(key, utc_now()):
            raise LoginRefused(REFUSED)
        return Identity(self.name, api_key_id=key.apiKeyId)

    async def close(self) -> None:
        """Nothing is held."""


def is_good(key: Any, now: datetime) -> bool:
    """True for a key that is neither revoked nor expired."""
    return key.revokedAt is None and (key.expiresAt is None or key.expiresAt > now)
