"""Routes that serve a file or picture. Only they take a signed link, and only to them can one be made."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import compile_path

from ..access import Right, Viewer
from ..db.dependencies import database
from ..settings import Settings
from .dependencies import Requirement
from .signed_links import PARAMETER, Address, viewer_of_link

Responses = dict[int | str, dict[str, Any]]

FILE: Responses = {200: {"content": {"*/*": {}}, "description": "The file, of the type that its name tells"}}
"""What a route answers that serves files of any kind."""

Signature = Annotated[
    str | None,
    Query(alias=PARAMETER, max_length=120, description="Of a link that `user/sign` gave; no log-in is needed with it"),
]


class FileRequirement(Requirement):
    """Gives a route that serves a file its viewer: by token, by cookie, or by a link that one of these signed."""

    async def __call__(self, request: Request, signature: Signature = None) -> Viewer:
        """The viewer. Raises Unauthenticated or Forbidden; with a signature nothing else counts."""
        if signature is None:
            return await super().__call__(request)
        settings: Settings = request.app.state.settings
        address = Address.of(request.scope["path"], request.scope["query_string"].decode("latin-1"))
        db = await database(request)
        viewer = await viewer_of_link(db, settings, request.app.state.signing_keys, address, signature)
        return self.admit(request, viewer)


FileReader = Annotated[Viewer, Depends(FileRequirement(Right.READ))]


def file_route(router: APIRouter, path: str, *, operation_id: str, responses: Responses) -> Callable[..., Any]:
    """A route that serves a file to GET, and tells its length to HEAD. Its viewer is a `FileReader`."""

    def declare(endpoint: Callable[..., Any]) -> Callable[..., Any]:
        router.head(path, include_in_schema=False)(endpoint)
        # Not the class that answers otherwise: the description would name JSON beside the types of the file.
        router.get(path, operation_id=operation_id, responses=responses, response_class=Response)(endpoint)
        return endpoint

    return declare


def serves_file(app: FastAPI, path: str) -> bool:
    """True where a GET of this path is answered by a route that takes signed links."""
    for found in iter_route_contexts(app.routes):
        if "GET" in (found.methods or ()) and compile_path(found.path or "")[0].match(path):
            route = found.original_route
            return isinstance(route, APIRoute) and _takes_links(route.dependant)
    return False


def _takes_links(dependant: Dependant) -> bool:
    return any(isinstance(inner.call, FileRequirement) or _takes_links(inner) for inner in dependant.dependencies)
