"""What ISPyB has no table for: accounts, keys, log-ins and answers kept for repeated requests.

These tables are ours on every database: their names begin with `pyispyb_`, migrations keep them up to date, and no
foreign key leads from them to a facility's table. Their times are naive UTC.
"""

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import LongText, SmallInt, Text, UInt, UtcTime
from .base import Base, column, index, key, unique

PREFIX = "pyispyb_"


class Account(Base, table="pyispyb_account"):
    """A log-in that this ISPyB checks itself, and the person it belongs to."""

    __table_args__ = (unique("login"), index("personId"))

    accountId: Mapped[int] = key(UInt)
    login: Mapped[str] = column(Text(45))
    personId: Mapped[int] = column(UInt)
    passwordHash: Mapped[str] = column(Text(255))
    createdAt: Mapped[datetime] = column(UtcTime)
    disabledAt: Mapped[datetime | None] = column(UtcTime)


class ApiKey(Base, table="pyispyb_api_key"):
    """A key that a program such as a beamline's works with.

    `secretHash` is SHA-256 in hexadecimal, `scopes` are separated by spaces, `beamLines` is a JSON list.
    """

    __table_args__ = (unique("name"), unique("secretHash"))

    apiKeyId: Mapped[int] = key(UInt)
    name: Mapped[str] = column(Text(80))
    secretHash: Mapped[str] = column(Text(64))
    scopes: Mapped[str] = column(Text(255))
    beamLines: Mapped[str] = column(Text(1024))
    createdAt: Mapped[datetime] = column(UtcTime)
    expiresAt: Mapped[datetime | None] = column(UtcTime)
    revokedAt: Mapped[datetime | None] = column(UtcTime)
    lastUsedAt: Mapped[datetime | None] = column(UtcTime)


class Login(Base, table="pyispyb_login"):
    """One log-in of a person or of a key, until it is revoked; its tokens come and go."""

    __table_args__ = (index("personId"),)

    loginId: Mapped[int] = key(UInt)
    personId: Mapped[int | None] = column(UInt)
    apiKeyId: Mapped[int | None] = column(UInt, "pyispyb_api_key.apiKeyId", ondelete="CASCADE")
    plugin: Mapped[str] = column(Text(40))
    createdAt: Mapped[datetime] = column(UtcTime)
    revokedAt: Mapped[datetime | None] = column(UtcTime)


class Token(Base, table="pyispyb_token"):
    """A token of a log-in, by its SHA-256 in hexadecimal; `kind` is `access` or `refresh`."""

    __table_args__ = (index("expiresAt"),)

    tokenHash: Mapped[str] = key(Text(64))
    loginId: Mapped[int] = column(UInt, "pyispyb_login.loginId", ondelete="CASCADE")
    kind: Mapped[str] = column(Text(10))
    expiresAt: Mapped[datetime] = column(UtcTime)
    usedAt: Mapped[datetime | None] = column(UtcTime)


class Idempotency(Base, table="pyispyb_idempotency"):
    """What was answered to a request with an `Idempotency-Key`: the same key gets the same answer.

    `requestHash` is SHA-256 in hexadecimal of what was asked, `answer` is JSON.
    """

    __table_args__ = (index("createdAt"),)

    subject: Mapped[str] = key(Text(60))
    idempotencyKey: Mapped[str] = key(Text(120))
    requestHash: Mapped[str] = column(Text(64))
    status: Mapped[int] = column(SmallInt)
    answer: Mapped[str] = column(LongText)
    createdAt: Mapped[datetime] = column(UtcTime)
