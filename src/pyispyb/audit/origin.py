"""Who is doing something, and from where."""

from dataclasses import dataclass, replace

from starlette.requests import HTTPConnection

from ..access import Viewer

NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an action comes from.

    `subject` is `person:12`, `key:3`, `nobody` or `command`; `login` the name they have, or say they have; `request`
    identifies the request in the service's log.
    """

    subject: str = NOBODY
    login: str | None = None
    address: str | None = None
    request: str | None = None

    def as_(self, viewer: Viewer) -> "Origin":
        """The same origin, of somebody who was recognised just now."""
        return replace(self, subject=viewer.subject, login=viewer.login)

    def calling_themselves(self, login: str | None) -> "Origin":
        """The same origin, under a name that nobody has checked."""
        return replace(self, login=login)


COMMAND = Origin(subject="command")
"""Whoever may run the command line on the service's machine."""


def origin_of(asked: HTTPConnection | Origin) -> Origin:
    """The origin of a request: its viewer, if a route has recognised one, and the address it came from."""
    if isinstance(asked, Origin):
        return asked
    origin = Origin(
        address=asked.client.host if asked.client else None,
        request=getattr(asked.state, "request_id", None),
    )
    viewer: Viewer | None = getattr(asked.state, "viewer", None)
    return origin.as_(viewer) if viewer else origin
