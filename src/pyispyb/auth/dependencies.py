"""What a route declares to say who may call it. A route without one of these does not start."""

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from ..access import Right, Viewer
from ..db.dependencies import SAFE_METHODS, Db
from ..errors import Forbidden, Unauthenticated
from ..settings import Settings
from . import service

ACCESS_COOKIE = "ispyb_access"
REFRESH_COOKIE = "ispyb_refresh"
PAGE_HEADER = "X-ISPyB-Page"

_documented = HTTPBearer(auto_error=False, description="Access token of `auth/login`, or an API key")


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


class Requirement:
    """Gives a route its viewer, if the viewer holds the right."""

    def __init__(self, right: Right) -> None:
        self.right = right

    async def __call__(self, request: Request, db: Db, _token: Annotated[Any, Depends(_documented)]) -> Viewer:
        """The viewer. Raises Unauthenticated or Forbidden."""
        settings: Settings = request.app.state.settings
        viewer = await service.viewer_of(db, settings, bearer(request))
        service.require_right(viewer, self.right)
        request.state.viewer = viewer
        return viewer


def Requires(right: Right) -> Any:  # noqa: N802 - reads as a declaration
    """`viewer: Annotated[Viewer, Requires(Right.READ)]`."""
    return Depends(Requirement(right), scope="function")


async def everyone() -> None:
    """Marks a route that anonymous callers may use."""


Public = Depends(everyone)

Reader = Annotated[Viewer, Requires(Right.READ)]
Acquirer = Annotated[Viewer, Requires(Right.ACQUISITION_WRITE)]
