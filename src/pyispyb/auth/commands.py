"""`pyispyb token` and `pyispyb account`."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, Any

import orjson
import typer
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from ..access import Right
from ..db.database import Database, connect
from ..settings import Settings
from ..tables import Account, ApiKey, Person
from .clock import utc_now
from .plugins import hash_password
from .secrets import digest, new_api_token

tokens = typer.Typer(no_args_is_help=True)
accounts = typer.Typer(no_args_is_help=True)

Url = Annotated[str | None, typer.Option("--url", help="Address of the database; that of the settings when none")]


def _run(url: str | None, work: Callable[[Database], Awaitable[Any]]) -> Any:
    async def within() -> Any:
        databases = await connect(url or Settings().database.url)
        try:
            async with databases.write() as db:
                return await work(db)
        finally:
            await databases.close()

    return asyncio.run(within())


@tokens.command("create")
def create_token(
    name: Annotated[str, typer.Argument(help="Name people will recognise, such as `bl1-mxcube`")],
    beamline: Annotated[list[str] | None, typer.Option(help="Beamline it covers; may be given several times")] = None,
    scope: Annotated[
        list[Right] | None, typer.Option(help="What it may do; read and acquisition:write when none")
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Days until it expires; never when none")] = None,
    url: Url = None,
) -> None:
    """Make an API token and print it: it is shown this once, and kept only as a hash."""
    token = new_api_token()
    now = utc_now()
    values = {
        "name": name,
        "secretHash": digest(token),
        "scopes": " ".join(scope or [Right.READ, Right.ACQUISITION_WRITE]),
        "beamLines": orjson.dumps(beamline or []).decode(),
        "createdAt": now,
        "expiresAt": now + timedelta(days=days) if days else None,
    }

    async def write(db: Database) -> None:
        await db.execute(insert(ApiKey).values(values))

    try:
        _run(url, write)
    except IntegrityError as error:
        raise typer.BadParameter(f"there is a token named {name} already") from error
    typer.echo(token)


@tokens.command("revoke")
def revoke_token(name: Annotated[str, typer.Argument(help="Its name")], url: Url = None) -> None:
    """Stop a token at once."""

    async def write(db: Database) -> int:
        result = await db.execute(
            update(ApiKey).where(ApiKey.name == name, ApiKey.revokedAt.is_(None)).values(revokedAt=utc_now())
        )
        return int(result.rowcount)

    if not _run(url, write):
        raise typer.BadParameter(f"no token named {name} is in use")
    typer.echo(f"Token {name} is revoked.")


@accounts.command("set-password")
def set_password(
    login: Annotated[str, typer.Argument(help="Account name; a person with this login must exist")],
    password: Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)],
    url: Url = None,
) -> None:
    """Give a person a local account, or the account a new password."""

    async def write(db: Database) -> bool:
        person = await db.scalar(select(Person.personId).where(Person.login == login))
        if person is None:
            return False
        values = {"passwordHash": hash_password(password), "personId": person, "disabledAt": None}
        changed = await db.execute(update(Account).where(Account.login == login).values(values))
        if not changed.rowcount:
            await db.execute(insert(Account).values(login=login, createdAt=utc_now(), **values))
        return True

    if not _run(url, write):
        raise typer.BadParameter(f"no person has the login {login}")
    typer.echo(f"{login} can log in.")
