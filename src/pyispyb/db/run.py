"""What commands share that change a few rows: an address to type, and one transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from ..settings import Settings
from .database import Database, connect

Result = TypeVar("Result")

Url = Annotated[str | None, typer.Option("--url", help="Address of the database; that of the settings when none")]


def run(url: str | None, work: Callable[[Database], Awaitable[Result]]) -> Result:
    """What `work` answers, done in one transaction on the database of this address, or of the settings."""

    async def within() -> Result:
        databases = await connect(url or Settings().database.url)
        try:
            async with databases.write() as db:
                return await work(db)
        finally:
            await databases.close()

    return asyncio.run(within())
