"""A log-in that went to its provider and is not back yet: kept by the browser, sealed, and good for a few minutes."""

import hmac
import time
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from ..db.database import Databases
from ..db.idempotency import is_first
from ..errors import LoginRefused
from .secrets import digest, new_token

LIFE_SECONDS = 600
"""How long somebody may take to log in at the provider [s]."""

_HEADER = {"alg": "dir", "enc": "A256GCM"}
_ALGORITHMS = ["dir", "A256GCM"]


_SUBJECT = "oidc"
"""Whom used states are remembered for, beside the answers to persons and keys."""


class UsedUp(LoginRefused):
    """Somebody came back with this log-in before."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What has to be known when the browser comes back.

    `state` ties the way back to this browser, `nonce` the ID token to this log-in, `verifier` the code to us (PKCE,
    RFC 7636). `path` is where the page goes on.
    """

    plugin: str
    state: str
    nonce: str
    verifier: str
    path: str
    expires: float

    def is_for(self, plugin: str, state: str) -> bool:
        """True when a browser that brings this state comes back from that provider in time."""
        same = hmac.compare_digest(self.state.encode(), state.encode())
        return same and self.plugin == plugin and self.expires > time.time()


def begin(plugin: str, path: str) -> Pending:
    """A new log-in, with secrets of its own."""
    return Pending(plugin, new_token(), new_token(), new_token(), path, time.time() + LIFE_SECONDS)


def seal(pending: Pending, secret: bytes) -> str:
    """The log-in as a text that only holders of the secret can read or make."""
    return jwe.encrypt_compact(_HEADER, orjson.dumps(asdict(pending)), _key(secret), _ALGORITHMS)


def unseal(sealed: str, secret: bytes) -> Pending | None:
    """The log-in in a text that was sealed with this secret; None for any other text."""
    try:
        content: Any = orjson.loads(jwe.decrypt_compact(sealed, _key(secret), _ALGORITHMS).plaintext or b"")
        return Pending(**content)
    except (JoseError, ValueError, TypeError):
        return None


async def use_up(databases: Databases, pending: Pending) -> None:
    """Have a log-in come back once and no more, whichever worker is asked. Raises UsedUp for the second time.

    It is remembered in the database, longer than the log-in is good for.
    """
    async with databases.write() as db:
        if not await is_first(db, _SUBJECT, digest(pending.state)):
            raise UsedUp("That log-in has come back before.")


def _key(secret: bytes) -> OctKey:
    """A key for this purpose alone: the same secret signs links."""
    return OctKey.import_key(hmac.digest(secret, b"log-in on its way", "sha256"))
