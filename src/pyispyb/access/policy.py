"""Who sees which rows: a rule for each table, and what lists and single objects ask of it.

`visible(viewer, Table)` is a predicate for the WHERE of any query that reads that table, `visible_one(viewer, Table)`
the same for a query of one row or a few, picked by their keys. `ways(viewer, Table)` takes them apart into the ways
they are made of, for decisions that tell why.
"""

from collections.abc import Callable
from functools import lru_cache

from ..errors import Forbidden
from ..tables.base import Base
from .viewer import Viewer
from .ways import Predicate, Ways, administrator

Rule = Callable[[Viewer], Ways]

_RULES: dict[type[Base], Rule] = {}


def rule_for(table: type[Base]) -> Callable[[Rule], Rule]:
    """Declare the rule of a table; it is not asked for administrators, who see every row."""

    def declare(rule: Rule) -> Rule:
        _RULES[table] = rule
        return rule

    return declare


@lru_cache(maxsize=4096)
def ways(viewer: Viewer, table: type[Base]) -> Ways:
    """The ways in which a viewer sees rows of a table. Raises KeyError for a table without a rule.

    They depend on nothing but what the viewer holds at this moment, and are kept for their next request.
    """
    rule = _RULES[table]
    return administrator() if viewer.sees_everything else rule(viewer)


def visible(viewer: Viewer, table: type[Base]) -> Predicate:
    """True for the rows of `table` that the viewer may see. Raises KeyError for a table without a rule."""
    return ways(viewer, table).rows


def visible_one(viewer: Viewer, table: type[Base]) -> Predicate:
    """The same, asked of each row by itself: for rows that are picked by their keys. Raises KeyError as `visible`."""
    return ways(viewer, table).row


def tables_with_rules() -> frozenset[type[Base]]:
    """The tables that queries can ask about."""
    return frozenset(_RULES)


def require_beamline(viewer: Viewer, session_name: str, beamline: str | None) -> None:
    """A key writes only to sessions on its beamlines. Raises Forbidden with the reason."""
    if not viewer.covers(beamline):
        covered = ", ".join(sorted(viewer.beamlines)) or "no beamline"
        raise Forbidden(f"Key '{viewer.login}' covers {covered}; session {session_name} is on {beamline or 'none'}.")
