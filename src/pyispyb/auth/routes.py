"""Logging in and out, and who is logged in."""

from typing import Any

from fastapi import Request, Response

from ..answers import answer
from ..audit import origin_of
from ..db.dependencies import Connected, Db
from ..dependencies import Configured
from ..errors import Unauthenticated
from ..problems import Problem
from ..routers import Router
from . import service
from .cookies import delete_login_cookies, set_login_cookies
from .dependencies import REFRESH_COOKIE, Known, Offered, Public, Reader, require_page_header
from .schemas import AuthConfig, Credentials, CurrentUser, LoggedIn, Nothing, RefreshRequest
from .service import Issued

router = Router(tags=["Log-in"])

NOT_NOW: dict[int | str, dict[str, Any]] = {
    429: {"model": Problem, "description": "Too many log-ins were refused; `Retry-After` says how long to wait [s]"},
    503: {"model": Problem, "description": "The identity provider or the database does not answer"},
}


@router.get("/auth/config", response_model=AuthConfig, dependencies=[Public], operation_id="read_login_options")
async def login_options(settings: Configured, offered: Offered) -> Response:
    """Which ways of logging in this facility offers."""
    demo = [login.model_dump() for login in settings.demo_logins]
    return answer(
        {
            "plugins": [
                {"name": plugin.name, "label": plugin.label, "kind": plugin.kind, "config": plugin.offer()}
                for plugin in offered
            ],
            "facility": {"name": settings.facility},
            "demo": {"logins": demo} if demo else None,
        }
    )


@router.post(
    "/auth/login",
    response_model=LoggedIn,
    status_code=201,
    dependencies=[Public],
    operation_id="log_in",
    responses=NOT_NOW,
)
async def log_in(
    credentials: Credentials, request: Request, databases: Connected, settings: Configured, offered: Offered
) -> Response:
    """Log in: with a password, an API key, or the token of an identity provider."""
    if credentials.cookies:
        require_page_header(request)
    issued = await service.log_in(databases, settings, offered, credentials, origin_of(request))
    return _logged_in(request, issued, cookies=credentials.cookies, status=201)


@router.post("/auth/refresh", response_model=LoggedIn, dependencies=[Public], operation_id="refresh_login")
async def refresh(body: RefreshRequest, request: Request, databases: Connected, settings: Configured) -> Response:
    """New tokens for the last refresh token, which is then used up."""
    by_cookie = body.refreshToken is None
    if by_cookie:
        require_page_header(request)
    token = body.refreshToken or request.cookies.get(REFRESH_COOKIE)
    if not token:
        raise Unauthenticated(service.EXPIRED)
    issued = await service.refresh(databases, settings, token, origin_of(request))
    return _logged_in(request, issued, cookies=by_cookie, status=200)


@router.post("/auth/logout", response_model=Nothing, operation_id="log_out")
async def log_out(viewer: Known, db: Db, request: Request) -> Response:
    """End this log-in; all its tokens stop at once."""
    await service.log_out(db, viewer, origin_of(request))
    done = answer({})
    delete_login_cookies(request, done)
    return done


@router.get("/user/current", response_model=CurrentUser, operation_id="read_current_user")
async def current_user(viewer: Reader, settings: Configured) -> Response:
    """Who is logged in, and what they hold."""
    groups = settings.beamline_groups
    return answer(
        {
            "personId": viewer.person_id,
            "login": viewer.login,
            "givenName": viewer.given_name,
            "familyName": viewer.family_name,
            "Permissions": sorted(viewer.permissions),
            "beamLineGroups": [group.groupName for group in groups if group.permission in viewer.permissions],
            "beamLines": sorted(viewer.beamlines - viewer.archived),
        }
    )


def _logged_in(request: Request, issued: Issued, *, cookies: bool, status: int) -> Response:
    body = {
        "login": issued.viewer.login,
        "personId": issued.viewer.person_id,
        "permissions": sorted(issued.viewer.permissions),
        "token": None if cookies else issued.access_token,
        "refreshToken": None if cookies else issued.refresh_token,
        "expiresIn": issued.expires_in,
    }
    response = answer(body, status, {"Cache-Control": "no-store"})
    if cookies:
        set_login_cookies(request, response, issued)
    return response
