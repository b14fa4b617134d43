"""Routes of a feature, found fast."""

from functools import cached_property

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

API_BASE = "/ispyb/api/v1"


class Router(APIRouter):
    """Routes of a feature.

    They are not tried one after the other for a path that begins like none of them: for most requests that would take
    longer than finding out who asks.
    """

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        paths = [route.path for route in self.routes if isinstance(route, APIRoute)]
        assert len(paths) == len(self.routes), "a feature has routes of the API only"
        return tuple({API_BASE + "/" + path.split("/")[1] for path in paths})

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether one of the routes is asked."""
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        return super().matches(scope) if path.startswith(self._beginnings) else (Match.NONE, {})
