"""Refused log-ins go to the audit trail, with the name that was tried and never what was tried with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..audit import Action, Origin, record
from ..db.database import Databases
from ..errors import LoginRefused


@asynccontextmanager
async def recorded(
    databases: Databases, origin: Origin, *, plugin: str | None, login: str | None
) -> AsyncIterator[None]:
    """Around what may refuse a log-in.

    Those refused only because there were too many are not written: nobody shall fill the trail by trying on.
    """
    try:
        yield
    except LoginRefused as error:
        async with databases.write() as db:
            who = origin.calling_themselves(login)
            await record(db, who, Action.LOGIN_REFUSED, plugin=plugin, reason=error.detail)
        raise
