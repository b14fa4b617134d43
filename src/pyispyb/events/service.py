"""The stream of what happened: which events, in which order, with what a reader wants to see of each."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row

from ..access import Viewer
from ..answers import listed
from ..clock import local_now
from ..db.database import Database
from ..db.paging import Key, Page
from . import queries
from .details import Part, details
from .filters import EventFilter, predicates, shown_member, sources
from .shapes import event
from .sources import GROUPED, Kind, Source
from .stream import (
    Cursor,
    Found,
    all_branches,
    branch,
    cursor_behind,
    merge,
    of_sessions,
    order_of,
    places_for,
    values_of_sessions,
)


async def list_events(db: Database, viewer: Viewer, wanted: EventFilter, page: Page) -> dict[str, Any]:
    """A page of events, newest first.

    Of one session, one sample or everything: exactly by time. Of several sessions: by time among the 32 latest begun,
    then among the next 32. A page may then hold fewer rows than its limit although `next` goes on.
    """
    now = local_now()
    cursor = Cursor.decode(page.after)
    limit = page.size()
    scope, following = await _scope(db, viewer, wanted, cursor)
    if scope is None:
        return listed([], limit=limit, skip=page.skip, total=0)
    chosen = sources(wanted)
    found = await _find(db, viewer, chosen, scope, wanted, cursor, page.skip + limit + 1, now)
    shown = found[page.skip : page.skip + limit]
    more = _next_cursor(found, page.skip + limit, cursor_behind(found[: page.skip + limit], cursor), following)
    total = await _count(db, viewer, wanted, now) if page.exact_total else _whole(page, found, more)
    rows = await _describe(db, viewer, shown, now, grouped=not wanted.ungrouped)
    return listed(rows, limit=limit, skip=page.skip, total=total, after=more)


def _next_cursor(found: list[Found], taken: int, behind: Cursor, following: Cursor | None) -> str | None:
    if len(found) > taken:
        return behind.encode()
    return following.encode() if following is not None else None


def _whole(page: Page, found: list[Found], more: str | None) -> int | None:
    return len(found) if page.after is None and more is None else None


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a page is read from: of each source some sessions, or whatever a condition leaves."""

    sessions: dict[Source, list[int]] | None = None
    """For each source the sessions it is read of; None where no sessions are named."""
    narrowed: Viewer | None = None
    """The viewer, where they do not see all that is in these sessions."""
    conditions: dict[Source, list[ColumnElement[bool]]] = field(default_factory=dict)
    """For each source its WHERE, where no sessions are named."""
    led_by: dict[Source, Any] = field(default_factory=dict)
    """For each source the column that leads such a WHERE."""

    def where(self, source: Source) -> list[list[ColumnElement[bool]]]:
        """The alternatives of a source's WHERE."""
        if self.sessions is None:
            return [self.conditions[source]]
        narrowed = queries.narrowed_rows(self.narrowed, source)
        return [[source.session == key, *narrowed] for key in self.sessions[source]]

    def leads(self, source: Source) -> Any:
        """The column that the rows of a source are chosen by, or None."""
        return source.session if self.sessions is not None else self.led_by[source]


async def _scope(
    db: Database, viewer: Viewer, wanted: EventFilter, cursor: Cursor
) -> tuple[_Scope | None, Cursor | None]:
    """Where to look, and the cursor that follows when this is read to its end. No scope: nothing to see."""
    chosen = sources(wanted)
    if wanted.of_one_session and not wanted.ungrouped:
        session = await _one_session(db, viewer, wanted)
        if session is None:
            return None, None
        held = {source: [session.sessionId] for source in chosen}
        return _Scope(held, None if session.whole else viewer), None
    limits = queries.session_scope(wanted)
    if wanted.ungrouped or wanted.of_samples or (viewer.sees_everything and not limits):
        return _everywhere(viewer, wanted, chosen, limits), None
    rows = await db.all(queries.sessions_with_events(viewer, limits, cursor.sessions_after))
    if not rows:
        return None, None
    chunk = rows[: queries.SESSIONS_AT_ONCE]
    following = None
    if len(rows) > len(chunk):
        following = Cursor({}, (chunk[-1].startDate, chunk[-1].sessionId))
    held = {source: [row.sessionId for row in chunk if row._mapping[source.kind]] for source in chosen}
    return _Scope(held, None if all(row.whole for row in chunk) else viewer), following


async def _one_session(db: Database, viewer: Viewer, wanted: EventFilter) -> Row[Any] | None:
    """The session that the filter names, if the viewer sees it."""
    if wanted.of_session_key_alone:
        return await db.first(queries.one_session(viewer), {"sessionId": wanted.sessionId})
    limits = queries.session_scope(wanted)
    return await db.first(queries.chosen_sessions_with_sight(viewer, limits).limit(1))


def _everywhere(
    viewer: Viewer, wanted: EventFilter, chosen: tuple[Source, ...], limits: list[ColumnElement[bool]]
) -> _Scope:
    conditions = {
        source: [queries.visible_rows(viewer, source), *queries.in_named_sessions(viewer, source, wanted, limits)]
        for source in chosen
    }
    by_sample = wanted.blSampleId is not None
    return _Scope(conditions=conditions, led_by={source: source.sample if by_sample else None for source in chosen})


async def _find(
    db: Database,
    viewer: Viewer,
    chosen: tuple[Source, ...],
    scope: _Scope,
    wanted: EventFilter,
    cursor: Cursor,
    limit: int,
    now: datetime,
) -> list[Found]:
    """The next `limit` events of the stream."""
    if scope.sessions is not None and wanted.of_whole_sessions and cursor.is_timed:
        return await _find_in_sessions(db, scope.narrowed, scope.sessions, cursor, limit)
    orders: dict[Kind, tuple[Key, ...]] = {}
    branches = []
    for source in chosen:
        orders[source.kind] = order_of(db.catalogue, source, scope.leads(source))
        filters = predicates(db.catalogue, viewer, source, wanted, now)
        position = cursor.positions.get(source.kind)
        member = shown_member(source, wanted, now)
        branches += [
            branch(source, orders[source.kind], [*where, *filters], position, limit, member)
            for where in scope.where(source)
        ]
    if not branches:
        return []
    rows = await db.all(all_branches(branches))
    return [found for found, _ in zip(merge(rows, orders), range(limit), strict=False)]


async def _find_in_sessions(
    db: Database, narrowed: Viewer | None, sessions: dict[Source, list[int]], cursor: Cursor, limit: int
) -> list[Found]:
    """The next `limit` events of these sessions, whatever they are."""
    places = places_for(sessions)
    if not places:
        return []
    going_on = frozenset(source.kind for source, _ in places if source.kind in cursor.positions)
    rows = await db.all(
        of_sessions(db.catalogue, places, going_on, narrowed),
        values_of_sessions(sessions, cursor.positions, limit),
    )
    orders = {source.kind: order_of(db.catalogue, source, source.session) for source, _ in places}
    return [found for found, _ in zip(merge(rows, orders), range(limit), strict=False)]


async def _count(db: Database, viewer: Viewer, wanted: EventFilter, now: datetime) -> int:
    """How many events the filter leaves among all that the viewer sees."""
    everywhere = _everywhere(viewer, wanted, sources(wanted), queries.session_scope(wanted))
    counts = [
        queries.count(source, [*where, *predicates(db.catalogue, viewer, source, wanted, now)])
        for source, where in everywhere.conditions.items()
    ]
    return sum(row.n for row in await db.all(all_branches(counts))) if counts else 0


async def _describe(
    db: Database, viewer: Viewer, shown: list[Found], now: datetime, *, grouped: bool
) -> list[dict[str, Any]]:
    """What is shown of these events: one statement."""
    places = [_place(found, grouped=grouped) for found in shown]
    ids: dict[Part, list[int]] = {}
    for part, key in places:
        ids.setdefault(part, []).append(key)
    if not ids:
        return []
    rows, grids = await _read_parts(db, viewer, ids)
    return [
        event(found.kind, values, grids, now)
        for found, place in zip(shown, places, strict=True)
        if (values := rows.get(place)) is not None
    ]


def _place(found: Found, *, grouped: bool) -> tuple[Part, int]:
    """The part of the details that shows an event, and the key it has there."""
    if found.kind != "dc":
        return found.kind, found.key
    if found.member is not None:
        return "members", found.member
    return ("groups" if grouped else "collections"), found.key


_KEYS: dict[Part, str] = {
    "groups": "dc_dataCollectionGroupId",
    "members": "dc_dataCollectionId",
    "collections": "dc_dataCollectionId",
    "robot": "robot_robotActionId",
    "es": "es_energyScanId",
    "xrf": "xrf_xfeFluorescenceSpectrumId",
}


async def _read_parts(
    db: Database, viewer: Viewer, ids: dict[Part, list[int]]
) -> tuple[dict[tuple[Part, int], dict[str, Any]], list[dict[str, Any]]]:
    """Rows by part and key, and the grids of the collections among them."""
    wanted = dict(ids)
    if "groups" in ids:
        wanted["grids"] = wanted["collection_grids"] = ids["groups"]
    elif collections := ids.get("members") or ids.get("collections"):
        wanted["own_grids"] = wanted["group_grids"] = collections
    prepared = details(db.catalogue, frozenset(wanted), viewer if viewer.shares else None)
    rows: dict[tuple[Part, int], dict[str, Any]] = {}
    grids: dict[int, dict[str, Any]] = {}
    for row in await db.execute(prepared.statement, wanted):
        part, values = prepared.values(row)
        if part in _KEYS:
            rows[part, values[_KEYS[part]]] = values
        else:
            grids[values["grid_gridInfoId"]] = values
    return rows, list(grids.values())


async def event_types(db: Database, viewer: Viewer, wanted: EventFilter) -> list[dict[str, Any]]:
    """What kinds of event there are, and how many of each."""
    now = local_now()
    limits = queries.session_scope(wanted)
    conditions: dict[str, list[ColumnElement[bool]]] = {}
    kinds = {source.kind for source in sources(wanted)}
    for source in GROUPED:
        if source.kind not in kinds:
            continue
        where = [queries.visible_rows(viewer, source), *predicates(db.catalogue, viewer, source, wanted, now)]
        where += queries.in_named_sessions(viewer, source, wanted, limits)
        conditions[source.kind] = where
    if not conditions:
        return []
    rows = await db.all(queries.kinds(conditions))
    return [_type(row) for row in rows if row.n]


_NAMES = {"robot": "Robot action", "es": "Energy scan", "xrf": "Fluorescence spectrum"}


def _type(row: Any) -> dict[str, Any]:
    if row.kind == "dc":
        name = row.experimentType
        return {"eventType": name or "dc", "eventTypeName": name or "Data collection", "count": row.n}
    return {"eventType": row.kind, "eventTypeName": _NAMES[row.kind], "count": row.n}
