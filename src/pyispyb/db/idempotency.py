"""A write is carried out once per Idempotency-Key, however often its caller repeats it.

Control software gives up after a few seconds and sends the same request again; the second finds the first one's answer.
"""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from ..errors import IdempotencyConflict
from ..tables import Idempotency
from .database import Database

KEPT = timedelta(days=7)

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
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    try:
        # Written before the work, so that a repetition at the same moment waits for this transaction to end.
        await db.execute(
            insert(Idempotency).values(
                subject=subject, idempotencyKey=key, requestHash=fingerprint, status=0, answer="", createdAt=now
            )
        )
    except IntegrityError:
        before = await _remembered(db, subject, key, fingerprint)
        if before is None:
            raise
        return before
    content = await work()
    await db.execute(update(Idempotency).where(*_same(subject, key)).values(status=201, answer=content.decode()))
    return content


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


async def forget_old(db: Database) -> None:
    """Forget keys that nobody will repeat any more."""
    limit = datetime.now(UTC).replace(tzinfo=None) - KEPT
    await db.execute(delete(Idempotency).where(Idempotency.createdAt < limit))
