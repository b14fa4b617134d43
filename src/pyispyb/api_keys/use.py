"""When a key was last used: told to a minute, without a write for every request."""

import asyncio
import logging
from datetime import timedelta
from time import monotonic

from sqlalchemy import or_, update
from sqlalchemy.exc import SQLAlchemyError

from ..clock import utc_now
from ..db.database import Databases
from ..tables import ApiKey

logger = logging.getLogger(__name__)

ACCURACY_SECONDS = 60


class KeyUses:
    """Remembers when this process last wrote down the use of a key, and writes it down once a minute at most."""

    def __init__(self, databases: Databases) -> None:
        self._databases = databases
        self._written: dict[int, float] = {}
        self._writing: set[asyncio.Task[None]] = set()

    def note(self, key_id: int) -> None:
        """A key is being used. Never waits and never fails: the request goes on meanwhile."""
        now = monotonic()
        if now - self._written.get(key_id, -ACCURACY_SECONDS) < ACCURACY_SECONDS:
            return
        self._written[key_id] = now
        task = asyncio.create_task(self._write(key_id))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def _write(self, key_id: int) -> None:
        now = utc_now()
        stale = or_(ApiKey.lastUsedAt.is_(None), ApiKey.lastUsedAt <= now - timedelta(seconds=ACCURACY_SECONDS))
        try:
            async with self._databases.write() as db:
                await db.execute(update(ApiKey).where(ApiKey.apiKeyId == key_id, stale).values(lastUsedAt=now))
        except (SQLAlchemyError, OSError) as error:
            logger.warning("the use of key %d was not written down: %s", key_id, type(error).__name__)

    async def close(self) -> None:
        """Wait for what is being written."""
        await asyncio.gather(*self._writing)
