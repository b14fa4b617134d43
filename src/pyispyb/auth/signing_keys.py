"""Secrets that links are signed with: made when first needed, changed by age, the same for every worker.

They are rows of the database, remembered here for half a minute. The newest signs; one that was replaced verifies for
as long as a link signed with it, or a log-in sealed with it, may live, and is retired then.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from time import monotonic
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from ..clock import utc_now
from ..db.database import Database
from ..settings import TokenSettings
from ..tables import SigningKey
from .oidc_pending import LIFE_SECONDS as PENDING_SECONDS

REMEMBERED_SECONDS = 30.0
"""How long a key that was retired by hand may still verify."""

_LENGTH = 32


@dataclass(frozen=True, slots=True)
class LinkKey:
    """One secret, and what tells whether it is to be replaced."""

    number: int
    secret: bytes
    made: datetime


class SigningKeys:
    """The keys of one process."""

    def __init__(self, settings: TokenSettings) -> None:
        self._life = timedelta(days=settings.signing_key_days)
        self._longest_use = timedelta(seconds=max(settings.link_seconds, PENDING_SECONDS))
        self._known: dict[int, LinkKey] = {}
        self._read_at = -REMEMBERED_SECONDS

    async def newest(self, db: Database) -> LinkKey:
        """The key to sign with; a new one where there is none, or it is old. Needs a transaction that may write."""
        await self._refresh(db)
        now = utc_now()
        newest = self._known[max(self._known)] if self._known else None
        if newest is not None and now - newest.made < self._life:
            return newest
        return await self._make(db, now)

    async def find(self, db: Database, number: int) -> LinkKey | None:
        """The key of this number, unless it is retired."""
        await self._refresh(db, wanted=number)
        return self._known.get(number)

    async def _refresh(self, db: Database, wanted: int | None = None) -> None:
        # A number beyond all that are known is one that another worker has just made.
        new = wanted is not None and wanted > max(self._known, default=0)
        if not new and monotonic() - self._read_at < REMEMBERED_SECONDS:
            return
        rows = await db.all(
            select(SigningKey.signingKeyId, SigningKey.secret, SigningKey.createdAt)
            .where(SigningKey.retiredAt.is_(None))
            .order_by(SigningKey.signingKeyId)
        )
        self._known = {key.number: key for key in self._in_use([_key(row) for row in rows])}
        self._read_at = monotonic()

    def _in_use(self, keys: list[LinkKey]) -> list[LinkKey]:
        """Keys of which a link may still be out there: all but those replaced longer ago than a link lives."""
        limit = utc_now() - self._longest_use
        return [key for key, after in zip_longest(keys, keys[1:]) if after is None or after.made > limit]

    async def _make(self, db: Database, now: datetime) -> LinkKey:
        secret = secrets.token_bytes(_LENGTH)
        made = await db.execute(insert(SigningKey).values(secret=base64.b64encode(secret).decode(), createdAt=now))
        row = made.inserted_primary_key
        assert row is not None
        await self._retire(db, now)
        self._read_at = -REMEMBERED_SECONDS  # known once the transaction is through
        return LinkKey(int(row[0]), secret, now)

    async def _retire(self, db: Database, now: datetime) -> None:
        """Mark keys that were replaced so long ago that none of their links lives; their secrets are wiped."""
        newest_old = await db.scalar(
            select(func.max(SigningKey.signingKeyId)).where(SigningKey.createdAt <= now - self._longest_use)
        )
        if newest_old is not None:
            await db.execute(
                update(SigningKey)
                .where(SigningKey.signingKeyId < newest_old, SigningKey.retiredAt.is_(None))
                .values(retiredAt=now, secret="")
            )


def _key(row: Row[Any]) -> LinkKey:
    return LinkKey(row.signingKeyId, base64.b64decode(row.secret), row.createdAt)
