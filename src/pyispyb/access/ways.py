"""Ways in which somebody comes to see a row, as SQL: the one definition behind lists and decisions.

A way is a role, a sentence that tells it, and the rows it shows. A list asks for the rows that any way shows; a
question about one row, whether any does; a decision, which of the ways do. A list is asked for in sets, which the
database makes once and may start from. One row is followed by its keys to what it is seen with: SQLite would make
those sets for it too, of everything that the viewer sees.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true, union

from ..db.typing import AnySelect

Predicate = ColumnElement[bool]


class Role(StrEnum):
    """What a viewer is to an object."""

    ADMINISTRATOR = "administrator"
    STAFF = "staff of its beamline"
    LEADER = "leader of the proposal"
    MEMBER = "member of the proposal"
    COLLEAGUE = "member whose laboratory it belongs to"
    PARTNER = "member whose laboratory a part of it belongs to"
    SESSION_MEMBER = "member of the session"
    EXPECTING = "member of a session that it waits for"
    RECEIVER = "receiver of a share"
    SHARER = "person who shared it"
    KEY = "key of its beamline"


@dataclass(frozen=True, eq=False, slots=True)
class Way:
    """One way to see rows. `by` is the name of the person whom the sentence owes it to, where it owes it to anybody."""

    role: Role
    because: str
    row: Predicate
    by: ColumnElement[Any] | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Ways:
    """Ways in the order in which they are told, and the rows that any of them shows: as sets, and asked of one row."""

    each: tuple[Way, ...]
    rows: Predicate
    row: Predicate

    def limited(self, condition: Predicate) -> "Ways":
        """The same ways, to those of their rows only that meet a condition."""
        each = tuple(replace(way, row=and_(way.row, condition)) for way in self.each)
        return Ways(each, and_(self.rows, condition), and_(self.row, condition))


@dataclass(frozen=True, eq=False, slots=True)
class Held:
    """Keys that a role holds, such as the proposals one is a member of."""

    role: Role
    because: str
    keys: AnySelect
    by: ColumnElement[Any] | None = None


NOWHERE = Ways((), false(), false())


def administrator() -> Ways:
    """Everything; queries then carry no condition at all."""
    return one(Role.ADMINISTRATOR, "You are an administrator who sees every proposal.", true())


def one(role: Role, because: str, rows: Predicate) -> Ways:
    """A single way."""
    return Ways((Way(role, because, rows),), rows, rows)


def by_keys(reach: Callable[[AnySelect], Predicate], *held: Held) -> Ways:
    """Ways that lead from the keys that roles hold to rows, all of them by the same `reach`."""
    if not held:
        return NOWHERE
    each = tuple(Way(found.role, found.because, reach(found.keys), found.by) for found in held)
    rows = reach(ids_of_any(*(found.keys for found in held)))
    return Ways(each, rows, rows)


def through(column: Any, parents: AnySelect, ways: Ways, what: str | None = None) -> Ways:
    """Seen with the row whose key the column holds, in the same ways as that; `parents` selects such keys.

    `what` tells what that row is, as in "a sample of it", where the sentences would else not be true of this one. What
    belongs to one laboratory in part may belong to another in part: its members are then partners in it.
    """

    def row(seen: Predicate) -> Predicate:
        parent = parents.where(parents.selected_columns[0] == column, seen)
        return parent.correlate(column.class_).exists()

    if not ways.each:
        return NOWHERE
    each = tuple(Way(_role(what, way.role), _of(what, way.because), row(way.row)) for way in ways.each)
    return Ways(each, column.in_(parents.where(ways.rows)), row(ways.row))


def _role(what: str | None, role: Role) -> Role:
    return Role.PARTNER if what is not None and role is Role.COLLEAGUE else role


def _of(what: str | None, because: str) -> str:
    return because if what is None else f"You see {what}: {because[0].lower()}{because[1:]}"


def any_of(*ways: Ways) -> Ways:
    """All of these ways together."""
    some = [found for found in ways if found.each]
    if not some:
        return NOWHERE
    each = tuple(way for found in some for way in found.each)
    return Ways(each, or_(*(found.rows for found in some)), or_(*(found.row for found in some)))


def ids_of_any(*queries: AnySelect) -> AnySelect:
    """The ids that any of the queries gives.

    A derived table rather than OR-ed subqueries: the database computes it once, from indexes, and can start from it.
    """
    if len(queries) == 1:
        return queries[0]
    return select(union(*queries).subquery().c[0])
