"""An LDAP directory: people log in with the name and password they have there."""

import asyncio
import contextlib
import importlib.util
import logging
import os
import sys
from pathlib import Path
from typing import Any

import orjson

from ...db.database import Databases
from ...errors import LoginRefused
from ..names import is_login
from ..providers import one_line, unavailable, within
from ..schemas import Credentials
from ..settings import LdapSettings
from .base import REFUSED, BrokenPluginError, Claims, Kind, memberships

logger = logging.getLogger(__name__)

AT_ONCE = 8
"""Log-ins under way at one directory; more wait for their turn, within their time."""

PROGRAM = Path(__file__).with_name("ldap_process.py")

_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "LDAPCONF")
"""What the process is given of ours: there may be secrets among the rest."""


class Directory:
    """One LDAP directory. Each log-in there is a process, for the reason that `ldap_process.py` gives."""

    kind: Kind = "password"

    def __init__(self, settings: LdapSettings) -> None:
        """Raises BrokenPluginError where the LDAP library is not installed."""
        if importlib.util.find_spec("bonsai") is None:
            raise BrokenPluginError(f"The log-in '{settings.name}' needs an LDAP library: install pyispyb[ldap].")
        if not settings.encrypted:
            logger.warning("log-in provider %s: passwords are sent to %s in the clear", settings.name, settings.url)
        self.name = settings.name
        self.label = settings.label
        self._settings = settings
        self._turns = asyncio.Semaphore(AT_ONCE)

    def offer(self) -> dict[str, str]:
        """A name and a password are all it needs."""
        return {}

    async def close(self) -> None:
        """Nothing is held."""

    async def identify(self, databases: Databases, credentials: Credentials) -> Claims:
        """Whom a name and password of the directory belong to. Raises LoginRefused, ProviderUnavailable."""
        login, password = (credentials.login or "").strip(), credentials.password or ""
        # A bind with a name and no password succeeds on many servers, as nobody (RFC 4513, section 5.1.2).
        if not password or "\0" in password or not login or not login.isprintable():
            raise LoginRefused(REFUSED)
        async with within(self._settings.timeout, self.name), self._turns:
            outcome = await self._ask(login, password)
        if "unavailable" in outcome:
            raise unavailable(self.name, outcome["unavailable"])
        if "refused" in outcome:
            if outcome["refused"]:
                logger.warning("log-in by %s refused: %s", self.name, one_line(outcome["refused"]))
            raise LoginRefused(REFUSED)
        return self._claims(outcome["attributes"], outcome["groups"])

    async def _ask(self, login: str, password: str) -> dict[str, Any]:
        secret = self._settings.service_password
        settings = self._settings.model_dump(mode="json") | {
            "service_password": secret.get_secret_value() if secret else None
        }
        # Secrets go through a pipe: arguments and variables of a process may be seen by others.
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(PROGRAM),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )
        try:
            told, _ = await process.communicate(
                orjson.dumps({"settings": settings, "login": login, "password": password})
            )
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode != 0:
            raise unavailable(self.name, f"its process ended with {process.returncode}")
        outcome: dict[str, Any] = orjson.loads(told)
        return outcome

    def _claims(self, told: dict[str, str | None], groups: list[str]) -> Claims:
        login = told["login"]
        if login is None:
            raise unavailable(self.name, f"it does not show the attribute {self._settings.attributes.login}")
        if not is_login(login):
            logger.warning("log-in by %s refused: what it says is no login", self.name)
            raise LoginRefused(REFUSED)
        return Claims(
            plugin=self.name,
            login=login,
            external_id=told["external_id"],
            given_name=_text(told["given_name"]),
            family_name=_text(told["family_name"]),
            email=_text(told["email"]),
            memberships=memberships(
                {_normal(name): group for name, group in self._settings.groups.items()}, map(_normal, groups)
            ),
        )


def _text(value: str | None) -> str | None:
    return value.strip() if value else None


def _normal(name: str) -> str:
    """A name of a group as directories compare it: without regard to case, and to blanks around commas."""
    return ",".join(part.strip() for part in name.casefold().split(","))
