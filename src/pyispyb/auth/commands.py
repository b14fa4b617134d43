"""`pyispyb account`."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from ..admin import accounts as closing
from ..audit import COMMAND, Origin
from ..db.database import Database
from ..db.run import Url, run
from ..errors import Forbidden, Invalid
from . import accounts as service

accounts = typer.Typer(no_args_is_help=True)

Login = Annotated[str, typer.Argument(help="Account name; a person with this login must exist")]


@accounts.command("set-password")
def set_password(
    login: Login,
    password: Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)],
    url: Url = None,
) -> None:
    """Give a person a local account, or the account a new password; log-ins with the old one end."""
    try:
        run(url, lambda db: service.give_password(db, COMMAND, login, password))
    except Invalid as error:
        raise typer.BadParameter(error.detail) from error
    typer.echo(f"{login} can log in.")


@accounts.command("disable")
def disable(login: Login, url: Url = None) -> None:
    """Close a person's local account: log-ins made with it end, and there are no new ones."""
    _to(login, url, closing.disable)
    typer.echo(f"The account of {login} is closed.")


@accounts.command("enable")
def enable(login: Login, url: Url = None) -> None:
    """Open a person's local account again, with the password it had."""
    _to(login, url, closing.enable)
    typer.echo(f"The account of {login} is open.")


@accounts.command("end-logins")
def end_logins(login: Login, url: Url = None) -> None:
    """End every log-in of a person, however it was made."""
    _to(login, url, closing.end_logins)
    typer.echo(f"{login} is logged in nowhere.")


def _to(login: str, url: str | None, change: Callable[[Database, Origin, int], Awaitable[None]]) -> None:
    """Change something of the person with this login, as the command line."""

    async def write(db: Database) -> None:
        await change(db, COMMAND, await service.require_person(db, login))

    try:
        run(url, write)
    except (Forbidden, Invalid) as error:
        raise typer.BadParameter(error.detail) from error
