"""`pyispyb admin`: the first administrator, and who the others are."""

from typing import Annotated

import typer

from ..audit import COMMAND
from ..auth.accounts import give_password, has_account
from ..db.database import Database
from ..db.run import Url, run
from ..errors import Invalid
from . import administrators
from .administrators import NewPerson

app = typer.Typer(no_args_is_help=True)

GROUP = "administrators"


@app.command("create")
def create(
    login: Annotated[str, typer.Argument(help="Account name, of a person who exists or is made")],
    given: Annotated[str | None, typer.Option(help="Given name of a new person")] = None,
    family: Annotated[str | None, typer.Option(help="Family name of a new person; the login when none")] = None,
    email: Annotated[str | None, typer.Option(help="E-mail address of a new person")] = None,
    password: Annotated[
        str | None, typer.Option(help="Password of the local account; asked for when there is no account yet")
    ] = None,
    local: Annotated[
        bool, typer.Option("--local/--no-local", help="Whether they log in by a local account, or by a provider only")
    ] = True,
    group: Annotated[str, typer.Option(help="Group that gives the permissions")] = GROUP,
    url: Url = None,
) -> None:
    """Make somebody an administrator who may do everything; done twice it changes nothing."""
    try:
        if local and password is None and not run(url, lambda db: has_account(db, login)):
            password = typer.prompt("Password", confirmation_prompt=True, hide_input=True)

        async def write(db: Database) -> list[str]:
            done = await administrators.make_administrator(db, NewPerson(login, given, family or login, email), group)
            if local and password is not None:
                await give_password(db, COMMAND, login, password)
                done.append(f"{login} can log in with the password.")
            return done

        done = run(url, write)
    except Invalid as error:
        raise typer.BadParameter(error.detail) from error
    typer.echo("\n".join(done) or f"{login} is an administrator already.")


@app.command("list")
def list_administrators(url: Url = None) -> None:
    """Print who holds a permission of administration, which, and by which group."""
    for found in run(url, administrators.list_administrators):
        held, groups = ", ".join(sorted(found.permissions)), ", ".join(sorted(found.groups))
        typer.echo(f"{found.login or '(no login)'}  {found.name}: {held} (by {groups})")
