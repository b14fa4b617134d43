"""What commands share that change a few rows: an address to type, and one transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from ..settings import Settings
from .database import Database, connect
from .ready import NotReadyError, require_ready

Result = TypeVar("Result")

Url = Annotated[str | None, typer.Option("--url", help="Address of the database; that of the settings when none")]


def run(url: str | None, work: Callable[[Database], Awaitable[Result]]) -> Result:
    """What `work` answers, done in one transaction on the database of this address, or of the settings.

    Ends the program with a sentence where that cannot be used as it stands.
    """
    settings = Settings().database
    address = url or settings.url

    async def within() -> Result:
        await require_ready(address, connect_timeout=settings.connect_timeout)
        databases = await connect(address)
        try:
            async with databases.write() as db:
                return await work(db)
        finally:
            await databases.close()

    try:
        return asyncio.run(within())
    except NotReadyError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
