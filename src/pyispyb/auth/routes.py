"""Logging in and out, and who is logged in."""

from fastapi import APIRouter, Request, Response

from ..answers import answer
from ..db.dependencies import Connected, Db
from ..dependencies import Configured
from ..errors import Unauthenticated
from ..settings import Settings
from . import service
from .dependencies import ACCESS_COOKIE, REFRESH_COOKIE, Public, Reader, require_page_header
from .plugins import PLUGINS
from .schemas import AuthConfig, Credentials, CurrentUser, LoggedIn, Nothing, RefreshRequest, UiOptions
from .service import Issued

router = APIRouter(tags=["Log-in"])


@router.get("/auth/config", response_model=AuthConfig, dependencies=[Public], operation_id="read_login_options")
async def login_options(settings: Configured) -> Response:
    """Which ways of logging in this facility offers."""
    demo = [login.model_dump() for login in settings.demo_logins]
    return answer(
        {
            "plugins": [{"name": plugin.name, "config": plugin.offer()} for plugin in PLUGINS],
            "facility": {"name": settings.facility},
            "demo": {"logins": demo} if demo else None,
        }
    )


@router.post("/auth/login", response_model=LoggedIn, status_code=201, dependencies=[Public], operation_id="log_in")
async def log_in(credentials: Credentials, request: Request, databases: Connected, settings: Configured) -> Response:
    """Log in: with a password, an API key, or the token of an identity provider."""
    if credentials.cookies:
        require_page_header(request)
    issued = await service.log_in(databases, settings, credentials)
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
    issued = await service.refresh(databases, settings, token)
    return _logged_in(request, issued, cookies=by_cookie, status=200)


@router.post("/auth/logout", response_model=Nothing, operation_id="log_out")
async def log_out(viewer: Reader, db: Db, request: Request) -> Response:
    """End this log-in; all its tokens stop at once."""
    await service.log_out(db, viewer)
    done = answer({})
    for name, path in _cookie_paths(request).items():
        done.delete_cookie(name, path=path)
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
            "beamLines": sorted(viewer.beamlines),
        }
    )


@router.get("/options/ui", response_model=UiOptions, operation_id="read_page_options")
async def page_options(viewer: Reader, settings: Configured) -> Response:
    """What a page needs to know before it draws."""
    groups = [group.model_dump(include={"groupName", "uiGroup", "beamLines"}) for group in settings.beamline_groups]
    return answer({"motd": settings.motd, "beamLineGroups": groups, "facility": {"name": settings.facility}})


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
        settings: Settings = request.app.state.settings
        lives = settings.tokens
        values = {
            ACCESS_COOKIE: (issued.access_token, lives.access_seconds),
            REFRESH_COOKIE: (issued.refresh_token, lives.refresh_seconds),
        }
        for name, path in _cookie_paths(request).items():
            value, life = values[name]
            response.set_cookie(
                name,
                value,
                max_age=life,
                path=path,
                httponly=True,
                samesite="strict",
                secure=settings.secure_cookies,
            )
    return response


def _cookie_paths(request: Request) -> dict[str, str]:
    """The refresh token goes nowhere but to the routes that use it."""
    base = request.app.state.api_base
    return {ACCESS_COOKIE: base, REFRESH_COOKIE: f"{base}/auth"}
