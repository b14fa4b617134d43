"""Options over HTTP: what a page needs to know, and what administrators change."""

from typing import Annotated, Any

from fastapi import Depends, Request, Response

from ..access import Permission, Viewer
from ..answers import answer
from ..audit import origin_of
from ..auth.dependencies import Holder, Reader
from ..clock import utc_offset
from ..db.dependencies import Db
from ..dependencies import Configured
from ..routers import Router
from . import options
from .option_schemas import Options, OptionsChange, UiOptions

router = Router(prefix="/options", tags=["Options"])

OptionManager = Annotated[Viewer, Holder(Permission.MANAGE_OPTIONS)]


async def _cache(request: Request) -> options.OptionCache:
    cache: options.OptionCache = request.app.state.options
    return cache


Cached = Annotated[options.OptionCache, Depends(_cache)]


@router.get("/ui", response_model=UiOptions, operation_id="read_page_options")
async def page_options(viewer: Reader, db: Db, settings: Configured, cache: Cached) -> Response:
    """What a page needs to know before it draws."""
    shown: dict[str, Any] = options.in_force(settings, await cache.stored(db))
    groups = [group.model_dump(include={"groupName", "uiGroup", "beamLines"}) for group in settings.beamline_groups]
    facility = {"name": settings.facility}
    return answer({**shown, "beamLineGroups": groups, "facility": facility, "utcOffset": utc_offset()})


@router.get("", response_model=Options, operation_id="read_options")
async def read_options(viewer: OptionManager, db: Db, settings: Configured) -> Response:
    """What administrators change while ISPyB runs. Needs `manage_options`."""
    return answer(options.told(settings, await options.read_stored(db)))


@router.patch("", response_model=Options, operation_id="change_options")
async def change_options(
    viewer: OptionManager, db: Db, request: Request, settings: Configured, cache: Cached, change: OptionsChange
) -> Response:
    """Change options; everybody sees it within five seconds. Needs `manage_options`."""
    changed = await options.change_options(db, settings, viewer, origin_of(request), change)
    cache.forget()
    return answer(changed)
