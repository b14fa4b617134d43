"""Refused log-ins count against the next ones, of the same account and from the same address.

They are rows of the database, so that all workers count alike, and are written before a password is looked at, so
that many tries at once are not all let through. What is counted is the name that was typed, whether or not anybody
has it. Running log-ins are not touched: who is locked out by somebody else's tries is still logged in.
"""

import ipaddress
import logging
import unicodedata
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from ..clock import utc_now
from ..db.database import Databases
from ..errors import LoginRefused, TooManyAttempts
from ..tables import LoginAttempt
from .schemas import Credentials
from .secrets import digest, is_api_token
from .settings import AttemptSettings

logger = logging.getLogger(__name__)

_TOKENS = digest("\0tokens")
"""Stands for the account where a token was sent, or a provider's answer: they name none before they are read."""

_CLEANED_EVERY = 50
"""Attempts between two removals of rows that count no more."""

_IGNORED = frozenset({"Mn", "Cc", "Cf", "Zs"})
"""Kinds of letters that a database's comparison may pass over: accents, controls, spaces."""


@dataclass(frozen=True, slots=True)
class _Bucket:
    """Rows that count together, and how many of them are too many."""

    rows: ColumnElement[bool]
    most: int


@dataclass(frozen=True, slots=True)
class _Attempt:
    account: str
    address: str
    buckets: tuple[_Bucket, ...]
    by_key: bool


def counted(
    databases: Databases, limits: AttemptSettings, credentials: Credentials, address: str | None
) -> AbstractAsyncContextManager[None]:
    """Around the proof of who somebody is. Raises TooManyAttempts instead of trying once too often."""
    return _around(databases, limits, _attempt(limits, credentials, network_of(address)))


def counted_return(
    databases: Databases, limits: AttemptSettings, address: str | None
) -> AbstractAsyncContextManager[None]:
    """Around a browser's way back from a provider, which counts as a token does. Raises TooManyAttempts."""
    return _around(databases, limits, _of_token(limits, network_of(address), by_key=False))


@asynccontextmanager
async def _around(databases: Databases, limits: AttemptSettings, attempt: _Attempt) -> AsyncIterator[None]:
    if attempt.by_key:
        # Looked at before it is counted: a good key works however many bad ones a broken program sends beside it.
        try:
            yield
        except LoginRefused:
            await _count(databases, limits, attempt)
            raise
        return
    number = await _count(databases, limits, attempt)
    try:
        yield
    except LoginRefused:
        raise
    except BaseException:
        await _forget(databases, LoginAttempt.loginAttemptId == number)
        raise
    own = LoginAttempt.loginAttemptId == number
    await _forget(databases, own if attempt.account == _TOKENS else LoginAttempt.accountHash == attempt.account)


def account_hash(login: str) -> str:
    """The same for every spelling of a name that a database might find the same account by."""
    letters = unicodedata.normalize("NFKD", login.casefold())
    return digest("".join(letter for letter in letters if unicodedata.category(letter) not in _IGNORED))


def network_of(address: str | None) -> str:
    """What counts as one address: an IPv4 address, or an IPv6 network of 64 bits, which one household has."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(found), 64), strict=False))
        found = found.ipv4_mapped
    return str(found)


def _attempt(limits: AttemptSettings, credentials: Credentials, address: str) -> _Attempt:
    if credentials.token:
        return _of_token(limits, address, by_key=is_api_token(credentials.token))
    here = LoginAttempt.address == address
    account = account_hash(credentials.login or "")
    of_account = _Bucket(LoginAttempt.accountHash == account, limits.per_account)
    of_address = _Bucket(here & (LoginAttempt.accountHash != _TOKENS), limits.per_address)
    return _Attempt(account, address, (of_account, of_address), by_key=False)


def _of_token(limits: AttemptSettings, address: str, *, by_key: bool) -> _Attempt:
    rows = (LoginAttempt.address == address) & (LoginAttempt.accountHash == _TOKENS)
    return _Attempt(_TOKENS, address, (_Bucket(rows, limits.tokens_per_address),), by_key)


async def _count(databases: Databases, limits: AttemptSettings, attempt: _Attempt) -> int:
    """Write an attempt down; answers its number. Raises TooManyAttempts, and takes it back, when it is one too many."""
    async with databases.write() as db:
        made = await db.execute(
            insert(LoginAttempt).values(accountHash=attempt.account, address=attempt.address, triedAt=utc_now())
        )
    key = made.inserted_primary_key
    assert key is not None
    number = int(key[0])
    window = timedelta(seconds=limits.window_seconds)
    if number % _CLEANED_EVERY == 0:
        await forget_old(databases, limits)
    wait = await _wait(databases, window, attempt)
    if wait is not None:
        # Taken back, or whoever goes on trying would keep an account closed for ever.
        await _forget(databases, LoginAttempt.loginAttemptId == number)
        minutes = ceil(wait / 60)
        raise TooManyAttempts(
            f"Too many log-ins were refused. Try again in {minutes} minute{'s' if minutes > 1 else ''}.", wait
        )
    return number


async def _wait(databases: Databases, window: timedelta, attempt: _Attempt) -> int | None:
    """Seconds until there is room for one more; None when there is."""
    now = utc_now()
    waits = []
    async with databases.read() as db:
        for bucket in attempt.buckets:
            oldest = await db.scalar(
                select(LoginAttempt.triedAt)
                .where(bucket.rows, LoginAttempt.triedAt > now - window)
                .order_by(LoginAttempt.triedAt.desc(), LoginAttempt.loginAttemptId.desc())
                .offset(bucket.most)
                .limit(1)
            )
            if oldest is not None:
                waits.append(max(1, ceil((oldest + window - now).total_seconds())))
    return max(waits, default=None)


async def forget_old(databases: Databases, limits: AttemptSettings) -> None:
    """Remove what counts no more."""
    await _forget(databases, LoginAttempt.triedAt <= utc_now() - timedelta(seconds=limits.window_seconds))


async def _forget(databases: Databases, which: ColumnElement[bool]) -> None:
    """Remove rows. What cannot be removed now only counts a while longer: no log-in fails for it."""
    try:
        async with databases.write() as db:
            await db.execute(delete(LoginAttempt).where(which))
    except SQLAlchemyError as error:
        logger.warning("refused log-ins were not removed: %s", type(error).__name__)
