"""A browser's way to an OpenID provider and back."""

import logging
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Path, Query, Request, Response
from starlette.responses import RedirectResponse

from ..audit import origin_of
from ..db.database import Databases
from ..db.dependencies import Connected
from ..dependencies import AnyQuery, Configured
from ..errors import Invalid, LoginRefused, NotFound, ProviderUnavailable, TooManyAttempts
from ..routers import Router
from ..settings import Settings
from . import service
from .attempts import counted_return
from .cookies import set_login_cookies
from .dependencies import Offered, Public
from .oidc_pending import LIFE_SECONDS, Pending, UsedUp, begin, seal, unseal, use_up
from .persons import UnknownPerson
from .plugins import LogIns
from .plugins.oidc import OpenIDConnect
from .refusals import recorded
from .signing_keys import SigningKeys

logger = logging.getLogger(__name__)

router = Router(tags=["Log-in"])

PENDING_COOKIE = "ispyb_oidc"
_NO_STORE = {"Cache-Control": "no-store"}

ProviderName = Annotated[str, Path(max_length=40, description="Name of the provider, as `auth/config` tells it")]


@router.get(
    "/auth/oidc/{name}/start",
    status_code=302,
    response_class=RedirectResponse,
    dependencies=[Public],
    operation_id="start_provider_login",
)
async def start(
    name: ProviderName,
    request: Request,
    databases: Connected,
    settings: Configured,
    offered: Offered,
    next: Annotated[str, Query(max_length=500, description="Path of the page to come back to")] = "/",
) -> Response:
    """Send the browser to an OpenID provider, to log in there."""
    provider = _provider(offered, name)
    pending = begin(name, _own_path(next, request.app.state.api_base))
    try:
        address = await provider.authorization_url(pending, _redirect_uri(request, settings, name))
    except ProviderUnavailable:
        return _to_login("unavailable", pending.path)
    away = RedirectResponse(address, 302, _NO_STORE)
    away.set_cookie(
        PENDING_COOKIE,
        await _sealed(request, databases, pending),
        max_age=LIFE_SECONDS,
        path=_cookie_path(request),
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )
    return away


@router.get(
    "/auth/oidc/{name}/callback",
    status_code=302,
    response_class=RedirectResponse,
    dependencies=[Public, AnyQuery],
    operation_id="finish_provider_login",
)
async def callback(
    name: ProviderName, request: Request, databases: Connected, settings: Configured, offered: Offered
) -> Response:
    """Where an OpenID provider sends the browser back to: logs it in, and goes on to the page.

    The parameters are the provider's (OpenID Connect Core 1.0, section 3.1.2.5).
    """
    provider = _provider(offered, name)
    pending = await _unsealed(request, databases)
    if pending is None or not pending.is_for(name, request.query_params.get("state", "")):
        done = _to_login("expired")
    elif error := request.query_params.get("error"):
        logger.warning("log-in by %s did not come about: %.60r", name, error)
        done = _to_login("denied" if error == "access_denied" else "refused", pending.path)
    else:
        done = await _admit(provider, pending, request, databases, settings)
    done.delete_cookie(PENDING_COOKIE, path=_cookie_path(request))
    return done


async def _admit(
    provider: OpenIDConnect, pending: Pending, request: Request, databases: Databases, settings: Settings
) -> Response:
    """Log a browser in that came back. Whoever is refused is counted, and comes back with this log-in no more."""
    redirect_uri = _redirect_uri(request, settings, provider.name)
    origin = origin_of(request)
    try:
        async with counted_return(databases, settings.auth.attempts, origin.address):
            await use_up(databases, pending)
            async with recorded(databases, origin, plugin=provider.name, login=None):
                found = await provider.finish(pending, request.query_params, redirect_uri)
            issued = await service.admit(databases, settings, found, origin)
    except TooManyAttempts:
        return _to_login("too-many-attempts", pending.path)
    except UsedUp:
        return _to_login("expired", pending.path)
    except ProviderUnavailable:
        return _to_login("unavailable", pending.path)
    except UnknownPerson:
        return _to_login("unknown-person", pending.path)
    except LoginRefused:
        return _to_login("refused", pending.path)
    done = RedirectResponse(pending.path, 302, _NO_STORE)
    set_login_cookies(request, done, issued)
    return done


def _provider(offered: LogIns, name: str) -> OpenIDConnect:
    provider = offered.provider(name)
    if provider is None:
        raise NotFound.of("identity provider", name)
    return provider


def _own_path(path: str, api_base: str) -> str:
    """The path, if it is one of our page and of nobody else. Raises Invalid."""
    # Browsers take `//host` and `/\\host` for another site, and pass over control characters.
    strange = any(ord(letter) <= 0x20 or letter in "\\\x7f" for letter in path)
    if strange or not path.startswith("/") or path.startswith(("//", api_base)):
        raise Invalid.field("next", "must be a path of the page")
    return path


def _to_login(error: str, path: str = "/") -> Response:
    query = {"error": error} | ({"next": path} if path != "/" else {})
    return RedirectResponse(f"/login?{urlencode(query)}", 302, _NO_STORE)


def _redirect_uri(request: Request, settings: Settings, name: str) -> str:
    root = (settings.auth.public_url or str(request.base_url)).rstrip("/")
    return f"{root}{request.app.state.api_base}/auth/oidc/{name}/callback"


def _cookie_path(request: Request) -> str:
    return f"{request.app.state.api_base}/auth/oidc"


async def _sealed(request: Request, databases: Databases, pending: Pending) -> str:
    keys: SigningKeys = request.app.state.signing_keys
    async with databases.write() as db:
        key = await keys.newest(db)
    return f"{key.number}.{seal(pending, key.secret)}"


async def _unsealed(request: Request, databases: Databases) -> Pending | None:
    keys: SigningKeys = request.app.state.signing_keys
    number, _, sealed = request.cookies.get(PENDING_COOKIE, "").partition(".")
    if not number.isascii() or not number.isdecimal() or len(number) > 9:
        return None
    async with databases.read() as db:
        key = await keys.find(db, int(number))
    return unseal(sealed, key.secret) if key else None
