"""What administrators change while ISPyB runs: kept in the database, over what the settings say."""

import time
from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import delete, insert, select, update

from ..access import Viewer
from ..audit import Action, Origin, record
from ..clock import utc_now
from ..db.database import Database
from ..settings import Settings
from ..tables import Option
from .option_schemas import NAMES, OptionsChange

KEPT_SECONDS = 5.0
"""How long a process goes on with what it read: a change made through another process counts after this time [s]."""


class OptionCache:
    """The stored options of one process, so that a page that opens costs no statement for them."""

    def __init__(self) -> None:
        self._stored: Mapping[str, Any] = {}
        self._until = 0.0

    async def stored(self, db: Database) -> Mapping[str, Any]:
        """The options that somebody has changed."""
        if time.monotonic() >= self._until:
            self._stored = await read_stored(db)
            self._until = time.monotonic() + KEPT_SECONDS
        return self._stored

    def forget(self) -> None:
        """Read again at the next opportunity."""
        self._until = 0.0


async def read_stored(db: Database) -> dict[str, Any]:
    """The options that somebody has changed; a name that this version does not know is passed over."""
    rows = await db.all(select(Option.name, Option.value).where(Option.name.in_(NAMES)))
    return {row.name: orjson.loads(row.value) for row in rows}


def in_force(settings: Settings, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Every option: as stored, or else as the settings have it."""
    configured = {"motd": settings.motd, "contact": settings.contact, "helpUrl": settings.help_url}
    return {**configured, **stored}


def told(settings: Settings, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The options as administrators read them."""
    return {**in_force(settings, stored), "_metadata": {"stored": sorted(stored)}}


async def change_options(
    db: Database, settings: Settings, viewer: Viewer, origin: Origin, change: OptionsChange
) -> dict[str, Any]:
    """Change the options that are sent; None goes back to the settings."""
    before = await read_stored(db)
    sent = {name: getattr(change, name) for name in change.model_fields_set}
    after = {name: value for name, value in {**before, **sent}.items() if value is not None}
    changed = sorted(name for name in sent if before.get(name) != after.get(name))
    for name in changed:
        await _store(db, viewer, name, after.get(name), known=name in before)
        await record(db, origin, Action.OPTION_CHANGE, "option", name, old=before.get(name), new=after.get(name))
    return told(settings, after)


async def _store(db: Database, viewer: Viewer, name: str, value: Any, *, known: bool) -> None:
    if value is None:
        await db.execute(delete(Option).where(Option.name == name))
        return
    values = {"value": orjson.dumps(value).decode(), "changedBy": viewer.person_id, "changedAt": utc_now()}
    if known:
        await db.execute(update(Option).where(Option.name == name).values(values))
    else:
        await db.execute(insert(Option).values(name=name, **values))
