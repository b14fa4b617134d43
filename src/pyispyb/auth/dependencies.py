"""What a route declares to say who may call it. A route without one of these does not start."""

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from fastapi.security.base import SecurityBase

from ..access import Permission, Right, Viewer
from ..db.dependencies import SAFE_METHODS, database
from ..errors import Forbidden, Unauthenticated
from ..settings import Settings
from . import service
from .plugins import LogIns

ACCESS_COOKIE = "ispyb_access"
REFRESH_COOKIE = "ispyb_refresh"
PAGE_HEADER = "X-ISPyB-Page"

_BEARER = HTTPBearer(auto_error=False, description="Access token of `auth/login`, or an API key")


def require_page_header(request: Request) -> None:
    """Cookies come with every request a browser makes, this header only with those of our page. Raises Forbidden."""
    if PAGE_HEADER not in request.headers:
        raise Forbidden(f"Requests that change something and log in by cookie carry the header {PAGE_HEADER}.")


def bearer(request: Request) -> str:
    """The token a request carries. Raises Unauthenticated for none, Forbidden for a forged page request."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() == "bearer" and token.strip():
        return token.strip()
    if cookie := request.cookies.get(ACCESS_COOKIE):
        if request.method not in SAFE_METHODS:
            require_page_header(request)
        return cookie
    raise Unauthenticated("Send a token of `auth/login`, or log in on the page.")


def noted(request: Request, viewer: Viewer) -> None:
    """Note who asks: for the log, and when a key was used last."""
    request.state.viewer = viewer
    if viewer.key_id is not None:
        request.app.state.key_uses.note(viewer.key_id)


class Requirement(SecurityBase):
    """Gives a route its viewer, if the viewer holds every right; without one it asks for a log-in or key only.

    The API's description takes it for the bearer token that it is documented as.
    """

    model = _BEARER.model
    scheme_name = _BEARER.scheme_name

    def __init__(self, *rights: Right) -> None:
        self.rights = rights

    async def __call__(self, request: Request) -> Viewer:
        """The viewer. Raises Unauthenticated or Forbidden."""
        settings: Settings = request.app.state.settings
        token = bearer(request)
        return self.admit(request, await service.viewer_of(await database(request), settings, token))

    def admit(self, request: Request, viewer: Viewer) -> Viewer:
        """Let somebody who was recognised on. Raises Forbidden."""
        noted(request, viewer)
        for right in self.rights:
            service.require_right(viewer, right)
        return viewer


def Requires(*rights: Right) -> Any:  # noqa: N802 - reads as a declaration
    """`viewer: Annotated[Viewer, Requires(Right.READ)]`."""
    return Depends(Requirement(*rights))


class PermissionRequirement(Requirement):
    """Gives a route its viewer, if that is a person who holds one of the permissions."""

    def __init__(self, *any_of: Permission) -> None:
        super().__init__(Right.READ)
        self.any_of = any_of

    async def __call__(self, request: Request) -> Viewer:
        """The viewer. Raises Unauthenticated, or Forbidden naming the permissions."""
        viewer = await super().__call__(request)
        service.require_permission(viewer, *self.any_of)
        return viewer


def Holder(*any_of: Permission) -> Any:  # noqa: N802 - reads as a declaration
    """`viewer: Annotated[Viewer, Holder(Permission.MANAGE_GROUPS)]`: for administration, which no key may do."""
    return Depends(PermissionRequirement(*any_of))


class KeyRequirement(Requirement):
    """Gives a route its viewer: a key if it holds the rights, any person, as what they may do depends on the object."""

    def admit(self, request: Request, viewer: Viewer) -> Viewer:
        """Let somebody who was recognised on. Raises Forbidden."""
        if viewer.is_key:
            return super().admit(request, viewer)
        request.state.viewer = viewer
        return viewer


class AnyRequirement(Requirement):
    """Gives a route its viewer, if the viewer holds one of the rights."""

    def admit(self, request: Request, viewer: Viewer) -> Viewer:
        """Let somebody who was recognised on. Raises Forbidden."""
        noted(request, viewer)
        service.require_right(viewer, *self.rights)
        return viewer


async def everyone() -> None:
    """Marks a route that anonymous callers may use."""


Public = Depends(everyone)


async def _offered(request: Request) -> LogIns:
    log_ins: LogIns = request.app.state.log_ins
    return log_ins


Offered = Annotated[LogIns, Depends(_offered)]
"""The ways of logging in of this ISPyB."""

Known = Annotated[Viewer, Requires()]
Reader = Annotated[Viewer, Requires(Right.READ)]
Acquirer = Annotated[Viewer, Requires(Right.ACQUISITION_WRITE)]
"""For writes that answer what was sent; one that answers the whole object is for those who may read it too."""
INDICATING = (Right.ACQUISITION_WRITE, Right.PROCESSING_WRITE)
Indicating = Annotated[Viewer, Depends(AnyRequirement(*INDICATING))]
"""For what control software finds in images as they come, and pipelines after them."""
Processor = Annotated[Viewer, Requires(Right.PROCESSING_WRITE)]
ReadingAcquirer = Annotated[Viewer, Requires(Right.READ, Right.ACQUISITION_WRITE)]
Editor = Annotated[Viewer, Depends(KeyRequirement(Right.READ, Right.ACQUISITION_WRITE))]
"""Whoever may change, and is then shown, the object that the route asks `access` about."""
Asker = Annotated[Viewer, Depends(KeyRequirement(Right.READ, Right.PROCESSING_WRITE))]
"""Whoever may ask for processing: people, where `access` says so of the object, and keys of pipelines."""
