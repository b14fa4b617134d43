"""Reading the audit trail."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Row

from ..answers import listed, to_json
from ..clock import local_of, utc_of
from ..db.database import Database, Databases
from ..db.lists import read_page
from ..db.paging import Page, follows, order_by
from ..tables import Audit
from . import queries
from .actions import Action
from .origin import Origin
from .trail import record

EXPORTED_AT_ONCE = 1000
"""Entries that an export holds in memory."""


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """Which entries; times are facility-local."""

    action: str | None = None
    subject: str | None = None
    login: str | None = None
    objectKind: str | None = None
    objectId: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def as_asked(self) -> dict[str, Any]:
        """The parts that were asked for."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}


def _where(wanted: ActivityFilter) -> list[ColumnElement[bool]]:
    same = {
        Audit.action: wanted.action,
        Audit.subject: wanted.subject,
        Audit.login: wanted.login,
        Audit.objectKind: wanted.objectKind,
        Audit.objectId: wanted.objectId,
    }
    where = [column == value for column, value in same.items() if value is not None]
    if wanted.since is not None:
        where.append(Audit.doneAt >= utc_of(wanted.since))
    if wanted.until is not None:
        where.append(Audit.doneAt <= utc_of(wanted.until))
    return where


async def list_activity(db: Database, wanted: ActivityFilter, page: Page) -> dict[str, Any]:
    """A page of the trail, newest first."""
    limit = page.size()
    statement = queries.entries(_where(wanted))
    rows, more, total = await read_page(db, statement, queries.NEWEST_FIRST, page, limit)
    return listed([_entry(row) for row in rows], limit=limit, skip=page.skip, total=total, after=more)


async def begin_export(databases: Databases, origin: Origin, wanted: ActivityFilter) -> AsyncIterator[bytes]:
    """The trail as lines of JSON, in the order in which things happened, up to now. The export itself is recorded."""
    async with databases.write() as db:
        last = await db.scalar(queries.newest_entry())
        await record(db, origin, Action.AUDIT_EXPORT, asked=wanted.as_asked())
    return _lines(databases, [*_where(wanted), Audit.auditId <= (last or 0)])


async def _lines(databases: Databases, where: list[ColumnElement[bool]]) -> AsyncIterator[bytes]:
    """Batch by batch, so that no connection waits for a slow reader."""
    order = queries.AS_IT_HAPPENED
    statement = queries.entries(where).order_by(*order_by(order)).limit(EXPORTED_AT_ONCE)
    rest = statement
    while True:
        async with databases.read() as db:
            rows = await db.all(rest)
        if not rows:
            return
        yield b"".join(to_json(_entry(row)) + b"\n" for row in rows)
        rest = statement.where(follows(order, [rows[-1].doneAt, rows[-1].auditId]))


def _entry(row: Row[Any]) -> dict[str, Any]:
    return {
        **row._mapping,
        "doneAt": local_of(row.doneAt),
        "doneAtUtc": row.doneAt.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "detail": _detail(row.detail),
    }


def _detail(text: str | None) -> Any:
    """What changed; the trail stays readable where somebody wrote something else than JSON into it."""
    if text is None:
        return None
    try:
        detail = orjson.loads(text)
    except orjson.JSONDecodeError:
        detail = text
    return detail if isinstance(detail, dict) else {"text": detail}
