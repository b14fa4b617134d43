"""A user's own log-ins, and links for programs that cannot log in."""

from typing import Annotated
from urllib.parse import quote, unquote, urlsplit

from fastapi import Path, Request, Response

from .. import audit
from ..answers import answer
from ..db.dependencies import Db
from ..dependencies import Configured
from ..errors import Invalid
from ..keys import LARGEST_KEY
from ..routers import Router
from . import logins, signed_links
from .dependencies import Known, Reader
from .file_routes import serves_file
from .schemas import Nothing
from .signed_links import Address
from .user_schemas import LinkRequest, OwnLogins, SignedLink

router = Router(tags=["Log-in"])

LoginId = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the log-in")]


@router.get("/user/logins", response_model=OwnLogins, operation_id="list_own_logins")
async def list_own_logins(viewer: Known, db: Db) -> Response:
    """Where somebody is logged in: their log-ins that go on, newest first, 200 at most."""
    return answer({"results": await logins.own_logins(db, viewer)})


@router.delete("/user/logins/{loginId}", response_model=Nothing, operation_id="end_own_login")
async def end_own_login(viewer: Known, db: Db, request: Request, loginId: LoginId) -> Response:
    """End one of one's own log-ins: all its tokens and links stop at once."""
    await logins.end_own_login(db, viewer, loginId)
    await audit.record(db, request, audit.Action.LOGOUT, "login", loginId)
    return answer({})


@router.post("/user/sign", response_model=SignedLink, status_code=201, operation_id="sign_link")
async def sign_link(viewer: Reader, db: Db, request: Request, settings: Configured, wanted: LinkRequest) -> Response:
    """A link to one file or picture that works without a log-in, for a short time and while this log-in lasts."""
    parts = urlsplit(wanted.path)
    base: str = request.app.state.api_base
    path = unquote(parts.path if parts.path.startswith(f"{base}/") else base + parts.path)
    if parts.netloc or parts.fragment or not serves_file(request.app, path):
        raise Invalid.field("path", "is not the address of a file or picture")
    address = Address.of(path, parts.query)
    seconds = settings.tokens.link_seconds
    signature = await signed_links.sign(db, request.app.state.signing_keys, viewer, address, seconds)
    query = f"{address.query}&" if address.query else ""
    url = f"{quote(path)}?{query}{signed_links.PARAMETER}={signature}"
    return answer({"url": url, "validity": seconds}, 201, {"Cache-Control": "no-store"})
