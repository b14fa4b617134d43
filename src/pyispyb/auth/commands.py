"""`pyispyb account`."""

from typing import Annotated

import typer

from ..audit import COMMAND
from ..db.run import Url, run
from ..errors import Invalid
from . import accounts as service

accounts = typer.Typer(no_args_is_help=True)


@accounts.command("set-password")
def set_password(
    login: Annotated[str, typer.Argument(help="Account name; a person with this login must exist")],
    password: Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)],
    url: Url = None,
) -> None:
    """Give a person a local account, or the account a new password; log-ins with the old one end."""
    try:
        run(url, lambda db: service.give_password(db, COMMAND, login, password))
    except Invalid as error:
        raise typer.BadParameter(error.detail) from error
    typer.echo(f"{login} can log in.")
