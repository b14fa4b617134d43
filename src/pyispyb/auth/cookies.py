"""The cookies that a page's log-in is kept in."""

from fastapi import Request, Response

from ..settings import Settings
from .dependencies import ACCESS_COOKIE, REFRESH_COOKIE
from .service import Issued


def set_login_cookies(request: Request, response: Response, issued: Issued) -> None:
    """Have the browser keep the tokens where no script and no other site gets at them."""
    settings: Settings = request.app.state.settings
    lives = settings.tokens
    values = {
        ACCESS_COOKIE: (issued.access_token, lives.access_seconds),
        REFRESH_COOKIE: (issued.refresh_token, lives.refresh_seconds),
    }
    for name, path in _paths(request).items():
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


def delete_login_cookies(request: Request, response: Response) -> None:
    """Have the browser forget them."""
    for name, path in _paths(request).items():
        response.delete_cookie(name, path=path)


def _paths(request: Request) -> dict[str, str]:
    """The refresh token goes nowhere but to the routes that use it."""
    base = request.app.state.api_base
    return {ACCESS_COOKIE: base, REFRESH_COOKIE: f"{base}/auth"}
