"""Asking somebody else who is logging in: within a time, and answered in the same words when they do not answer."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..errors import ProviderUnavailable

logger = logging.getLogger(__name__)


def unavailable(name: str, why: str) -> ProviderUnavailable:
    """The error for a provider that gives no usable answer; `why` goes into the log and not to the caller."""
    logger.warning("log-in provider %s: %s", name, one_line(why))
    return ProviderUnavailable(f"'{name}' does not answer at the moment. Try again later, or log in another way.")


def one_line(text: str) -> str:
    """What somebody else said, as a log may have it: short, and without lines that look like others' entries."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:300])


@asynccontextmanager
async def within(seconds: float, name: str) -> AsyncIterator[None]:
    """Raises ProviderUnavailable when the block takes longer."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise unavailable(name, f"no answer within {seconds} s") from error
