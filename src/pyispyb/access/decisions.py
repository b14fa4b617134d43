"""Decisions about one object, with the reason: from the same ways as the lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, inspect, select

from ..db.database import Database
from ..db.typing import AnySelect
from ..errors import Forbidden, NotFound
from ..tables.base import Base
from .policy import ways
from .rights import KEY_RIGHTS, RIGHTS, Action
from .viewer import Viewer
from .ways import Role

_WAY, _BY = "way_", "by_"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why somebody sees an object."""

    role: Role
    because: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a viewer may do something to an object, and why; `missing` tells what they lack, where they may not."""

    allowed: bool
    visible: bool
    because: str = ""
    missing: str | None = None


def reasons(viewer: Viewer, table: type[Base]) -> list[ColumnElement[Any]]:
    """Columns for a query that reads a row anyway, from which `reasons_of` tells why the viewer sees it."""
    columns: list[ColumnElement[Any]] = []
    for number, way in enumerate(ways(viewer, table).each):
        columns.append(way.row.label(f"{_WAY}{number}"))
        if way.by is not None:
            columns.append(way.by.label(f"{_BY}{number}"))
    return columns


def reasons_of(viewer: Viewer, table: type[Base], row: Row[Any]) -> list[Reason]:
    """Why the viewer sees a row that was read with the columns of `reasons`; nothing for one they do not see."""
    held = row._mapping
    return [
        Reason(way.role, _sentence(way.because, held.get(f"{_BY}{number}")))
        for number, way in enumerate(ways(viewer, table).each)
        if held[f"{_WAY}{number}"]
    ]


def _sentence(because: str, by: str | None) -> str:
    return f"{because[:-1]} by {by.strip()}." if by and by.strip() else because


def may(viewer: Viewer, table: type[Base], held: Sequence[Reason]) -> list[Action]:
    """What the viewer may do with an object of the table that they see for these reasons."""
    roles = {reason.role for reason in held}
    return [action for action in Action if roles & _roles_for(table, action) and _in_scope(viewer, action)]


def _roles_for(table: type[Base], action: Action) -> set[Role]:
    return {role for role, actions in RIGHTS[table].items() if action in actions}


def _in_scope(viewer: Viewer, action: Action) -> bool:
    return not viewer.is_key or KEY_RIGHTS.get(action) in viewer.rights


def decision_of(viewer: Viewer, action: Action, table: type[Base], held: Sequence[Reason]) -> Decision:
    """The decision about an object that the viewer sees for these reasons."""
    if not held:
        return Decision(allowed=False, visible=False)
    roles = _roles_for(table, action)
    good = next((reason for reason in held if reason.role in roles), None)
    if good is None:
        return Decision(allowed=False, visible=True, because=held[0].because, missing=_lacking(action, roles))
    if not _in_scope(viewer, action):
        lacking = f"'{viewer.login}' lacks the right '{KEY_RIGHTS[action]}'."
        return Decision(allowed=False, visible=True, because=good.because, missing=lacking)
    return Decision(allowed=True, visible=True, because=good.because)


def _lacking(action: Action, roles: set[Role]) -> str:
    able = [role.value for role in Role if role in roles]
    return f"You may see it. To {action.value} it takes: {' or '.join(able) or 'nobody'}."


@lru_cache(maxsize=1024)
def _question(viewer: Viewer, table: type[Base]) -> AnySelect:
    (key,) = inspect(table).primary_key
    return select(*reasons(viewer, table), key).where(key == bindparam("key"))


async def why(db: Database, viewer: Viewer, table: type[Base], key: int) -> list[Reason]:
    """Why the viewer sees one object: one statement; nothing for one that they do not see or that is not there."""
    row = await db.first(_question(viewer, table), {"key": key})
    return [] if row is None else reasons_of(viewer, table, row)


async def decide(db: Database, viewer: Viewer, action: Action, table: type[Base], key: int) -> Decision:
    """Whether the viewer may do that to one object, and why: one statement."""
    return decision_of(viewer, action, table, await why(db, viewer, table, key))


def require(decision: Decision, missing: NotFound) -> None:
    """Raises `missing` for an object that the viewer does not see, Forbidden with what they lack for one they do."""
    if not decision.visible:
        raise missing
    if not decision.allowed:
        raise Forbidden(decision.missing or "")
