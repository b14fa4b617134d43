"""One log-in at an LDAP directory, in a process of its own: run by `ldap.py`, and stopped by it when it takes long.

The library holds Python's lock while it waits for a directory's TLS handshake, so that a directory that falls silent
there would stop all else that its process does. Nothing of ISPyB is imported here: the process starts in the time of
one round trip. It reads a JSON object (`settings`, `login`, `password`) and writes one, `Outcome`.
"""

import json
import signal
import sys
import time
from typing import Any, TypedDict

import bonsai
from bonsai import LDAPClient, LDAPSearchScope
from bonsai.ldapconnection import LDAPConnection
from bonsai.ldapentry import LDAPEntry
from bonsai.utils import escape_attribute_value, escape_filter_exp

NOBODY = "cn=nobody"
UNREACHABLE = (
    bonsai.errors.ConnectionError,
    bonsai.errors.TimeoutError,
    bonsai.errors.ClosedConnection,
    bonsai.errors.ProtocolError,  # a directory that does not know StartTLS
)


class Outcome(TypedDict, total=False):
    """`refused` and `unavailable` say why, for the log; else there is what the directory says of somebody."""

    refused: str
    unavailable: str
    attributes: dict[str, str | None]
    groups: list[str]


class RefusedError(Exception):
    """Name or password is not right."""


class UnavailableError(Exception):
    """The directory cannot be asked."""


class Attempt:
    """One log-in."""

    def __init__(self, settings: dict[str, Any], login: str, password: str) -> None:
        self._settings = settings
        self._login = login
        self._password = password
        self._deadline: float = time.monotonic() + settings["timeout"]

    def outcome(self) -> Outcome:
        """What came of it."""
        try:
            entry, groups = self._as_user() if self._settings["bind_dn"] else self._by_search()
        except UNREACHABLE as error:
            return {"unavailable": f"{type(error).__name__}: {error}"}
        except UnavailableError as error:
            return {"unavailable": str(error)}
        except bonsai.AuthenticationError:
            return {"refused": ""}
        except (bonsai.LDAPError, RefusedError, ValueError) as error:
            return {"refused": f"{type(error).__name__}: {error}"}
        names: dict[str, str] = self._settings["attributes"]
        return {"attributes": {told: _first(entry, name) for told, name in names.items()}, "groups": groups}

    def _as_user(self) -> tuple[LDAPEntry, list[str]]:
        dn = self._settings["bind_dn"].replace("{login}", escape_attribute_value(self._login))
        with self._connect(dn, self._password) as connection:
            found = connection.search(dn, LDAPSearchScope.BASE, "(objectClass=*)", self._wanted(), self._left())
            if len(found) != 1:
                raise RefusedError("their own entry cannot be read")
            return found[0], self._groups(connection, found[0])

    def _by_search(self) -> tuple[LDAPEntry, list[str]]:
        base = self._settings["search_base"]
        try:
            searching = self._connect(self._settings["service_dn"], self._settings["service_password"])
        except bonsai.AuthenticationError as error:
            raise UnavailableError("it refuses service_dn or its password") from error
        with searching:
            wanted = self._settings["search_filter"].replace("{login}", escape_filter_exp(self._login))
            scope = LDAPSearchScope.SUBTREE
            found = searching.search(base, scope, wanted, self._wanted(), self._left(), sizelimit=2)
            # Nobody is bound as somebody who does not exist, so that the time tells nothing.
            dn = str(found[0].dn) if len(found) == 1 else f"{NOBODY},{base}"
            self._connect(dn, self._password).close()
            if len(found) != 1:
                raise RefusedError("the search finds more than one, or nobody")
            return found[0], self._groups(searching, found[0])

    def _connect(self, dn: str, password: str | None) -> LDAPConnection:
        url = self._settings["url"]
        client = LDAPClient(url, tls=self._settings["start_tls"] and url.startswith("ldap:"))
        client.set_cert_policy("demand")
        if self._settings["ca_file"] is not None:
            client.set_ca_cert(self._settings["ca_file"])
        client.set_server_chase_referrals(False)
        client.set_ignore_referrals(True)
        if dn:
            client.set_credentials("SIMPLE", user=dn, password=password)
        connection = client.connect(is_async=False, timeout=self._left())
        assert isinstance(connection, LDAPConnection)
        return connection

    def _left(self) -> float:
        """Seconds until the log-in must be answered."""
        return max(self._deadline - time.monotonic(), 0.001)

    def _wanted(self) -> list[str]:
        return [name for name in self._settings["attributes"].values() if name]

    def _groups(self, connection: LDAPConnection, entry: LDAPEntry) -> list[str]:
        settings = self._settings
        if not settings["groups"]:
            return []
        if not settings["group_base"]:
            return _values(entry, settings["attributes"]["groups"])
        wanted = settings["group_filter"].replace("{dn}", escape_filter_exp(str(entry.dn)))
        wanted = wanted.replace("{login}", escape_filter_exp(self._login))
        name = settings["group_attribute"]
        found = connection.search(settings["group_base"], LDAPSearchScope.SUBTREE, wanted, [name], self._left())
        return [value for group in found for value in _values(group, name)]


def _values(entry: LDAPEntry, name: str) -> list[str]:
    return [value for value in entry.get(name, []) if isinstance(value, str)] if name else []


def _first(entry: LDAPEntry, name: str) -> str | None:
    return next((value for value in _values(entry, name) if value.strip()), None)


def main() -> None:
    """Read what to do, do it, write what came of it."""
    asked = json.load(sys.stdin)
    # Should nobody be left to stop this process: the system does, whatever the library waits for.
    signal.alarm(int(asked["settings"]["timeout"]) + 2)
    json.dump(Attempt(asked["settings"], asked["login"], asked["password"]).outcome(), sys.stdout)


if __name__ == "__main__":
    main()
