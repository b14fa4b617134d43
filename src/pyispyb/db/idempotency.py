"""A write is carried out once per Idempotency-Key, however often its caller repeats it.

Control software gives up after a few seconds and sends the same request again; the second finds the first one's answer.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from ..errors import IdempotencyConflict
from ..tables import Idempotency
from ..tasks import told_to_end
from .database import Database, Databases

logger = logging.getLogger(__name__)

KEPT = timedelta(days=7)

FORGET_SECONDS = 3600.0
"""Time between two removals of what is kept no longer [s]."""

Work = Callable[[], Awaitable[bytes]]


def request_hash(*parts: bytes) -> str:
    """SHA-256 over what makes a request the same one: method, address, body."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


async def once(db: Database, subject: str, key: str, fingerprint: str, work: Work) -> bytes:
    """The answer of `work`, or that of the first request with this key.

    Raises IdempotencyConflict when the key came with another request.
    """
    before = await _remembered(db, subject, key, fingerprint)
    if before is not None:
        return before
    try:
        # Written before the work, so that a repetition at the same moment waits for this transaction to end.
        await _write_down(db, subject, key, fingerprint)
    except IntegrityError:
        before = await _remembered(db, subject, key, fingerprint)
        if before is None:
            raise
        return before
    content = await work()
    await db.execute(update(Idempotency).where(*_same(subject, key)).values(status=201, answer=content.decode()))
    return content


async def is_first(db: Database, subject: str, key: str) -> bool:
    """True once for a key of this subject; false for whoever comes with it again, also at the same moment."""
    try:
        await _write_down(db, subject, key, "")
    except IntegrityError:
        return False
    return True


async def _write_down(db: Database, subject: str, key: str, fingerprint: str) -> None:
    """Raises IntegrityError where the key is known."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    await db.execute(
        insert(Idempotency).values(
            subject=subject, idempotencyKey=key, requestHash=fingerprint, status=0, answer="", createdAt=now
        )
    )


async def _remembered(db: Database, subject: str, key: str, fingerprint: str) -> bytes | None:
    row: Row[Any] | None = await db.first(
        select(Idempotency.requestHash, Idempotency.answer).where(*_same(subject, key))
    )
    if row is None:
        return None
    if row.requestHash != fingerprint:
        raise IdempotencyConflict(f"Idempotency-Key '{key}' was used for another request. Use a new key.")
    return str(row.answer).encode() or orjson.dumps({})


def _same(subject: str, key: str) -> tuple[Any, Any]:
    return Idempotency.subject == subject, Idempotency.idempotencyKey == key


@asynccontextmanager
async def forgetting(databases: Databases) -> AsyncIterator[None]:
    """Forget keys that nobody will repeat any more: now, and every hour while the block lasts."""
    await _forget_old(databases)
    task = asyncio.create_task(_forget_regularly(databases))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _forget_regularly(databases: Databases) -> None:
    while not told_to_end():
        await asyncio.sleep(FORGET_SECONDS)
        try:
            await _forget_old(databases)
        except (SQLAlchemyError, OSError) as error:
            logger.warning("old answers were not removed: %s", type(error).__name__)


async def _forget_old(databases: Databases) -> None:
    limit = datetime.now(UTC).replace(tzinfo=None) - KEPT
    async with databases.write() as db:
        await db.execute(delete(Idempotency).where(Idempotency.createdAt < limit))
