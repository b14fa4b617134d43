"""Accounts that ISPyB keeps itself."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ...db.database import Databases
from ...errors import LoginRefused
from .. import queries
from ..names import same_login
from ..schemas import Credentials
from .base import REFUSED, Identity, Kind

AT_ONCE = 2
"""Passwords checked at the same time: each takes 64 MiB, and nothing else shall wait for them."""

_hasher = PasswordHasher()
# Verified for unknown accounts too, so that they take as long to refuse as a wrong password.
_NOBODY = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """argon2id hash of a password, with its parameters."""
    return _hasher.hash(password)


class LocalAccounts:
    """Accounts that ISPyB keeps itself: for small sites and the simulated facility."""

    name: str = queries.LOCAL
    label: str = "ISPyB account"
    kind: Kind = "password"

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords")

    def offer(self) -> dict[str, str]:
        """A name and a password are all it needs."""
        return {}

    async def identify(self, databases: Databases, credentials: Credentials) -> Identity:
        """The person of an account. Raises LoginRefused, after the same time for a wrong name as for a password."""
        login = credentials.login or ""
        async with databases.read() as db:
            account = await db.first(queries.account(login))
        if account is not None and not same_login(account.login, login):
            account = None  # refused log-ins would be counted for one name, and not for another that is as good
        known = account.passwordHash if account else _NOBODY
        checked = asyncio.get_running_loop().run_in_executor(self._threads, _verify, known, credentials.password or "")
        right = await checked
        if account is None or not right:
            raise LoginRefused(REFUSED)
        return Identity(self.name, person_id=account.personId)

    async def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
