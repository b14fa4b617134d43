"""`pyispyb token`: API keys on the command line."""

from typing import Annotated, Any

import typer
from pydantic import ValidationError
from sqlalchemy import select

from ..access import Right
from ..audit import COMMAND
from ..db.database import Database
from ..db.run import Url, run
from ..errors import Invalid
from ..settings import Settings
from ..tables import ApiKey
from . import queries, service
from .schemas import LONGEST_LIFE, NewApiKey

tokens = typer.Typer(no_args_is_help=True)

_COLUMNS = ("name", "scopes", "beamLines", "state", "lastUsedAt", "expiresAt")


@tokens.command("create")
def create_token(
    name: Annotated[str, typer.Argument(help="Name people will recognise, such as `bl1-mxcube`")],
    beamline: Annotated[list[str] | None, typer.Option(help="Beamline it covers; may be given several times")] = None,
    scope: Annotated[
        list[Right] | None, typer.Option(help="What it may do; read and acquisition:write when none")
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, max=LONGEST_LIFE, help="Days until it expires; never when none")
    ] = None,
    url: Url = None,
) -> None:
    """Make an API token and print it: it is shown this once, and kept only as a hash."""

    async def write(db: Database) -> str:
        wanted = NewApiKey(
            name=name,
            scopes=scope or [Right.READ, Right.ACQUISITION_WRITE],
            beamLines=service.known_beamlines(Settings(), beamline or []),
            days=days,
        )
        return (await service.add_key(db, COMMAND, wanted, wanted.beamLines))[1]

    try:
        typer.echo(run(url, write))
    except ValidationError as error:
        raise typer.BadParameter("; ".join(f"{item['loc'][0]}: {item['msg']}" for item in error.errors())) from error
    except Invalid as error:
        raise typer.BadParameter(error.detail) from error


@tokens.command("list")
def list_tokens(
    everything: Annotated[bool, typer.Option("--all", help="Those that expired or were revoked as well")] = False,
    url: Url = None,
) -> None:
    """Print the tokens in use with their scopes, beamlines, last use and end; never their secrets."""

    async def read(db: Database) -> list[list[str]]:
        rows = await db.all(queries.listed().order_by(ApiKey.name))
        keys = [service.told(row) for row in rows]
        return [_line(key) for key in keys if everything or key["_metadata"]["state"] == "good"]

    lines = [list(_COLUMNS), *run(url, read)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _line(key: dict[str, Any]) -> list[str]:
    shown = {**key, "state": key["_metadata"]["state"]}
    return [_cell(shown[name]) for name in _COLUMNS]


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ",".join(map(str, value)) or "-"
    return "-" if value is None else str(value)


@tokens.command("revoke")
def revoke_token(name: Annotated[str, typer.Argument(help="Its name")], url: Url = None) -> None:
    """Stop a token at once."""

    async def write(db: Database) -> bool:
        key = await db.scalar(select(ApiKey.apiKeyId).where(ApiKey.name == name, ApiKey.revokedAt.is_(None)))
        if key is not None:
            await service.end_key(db, COMMAND, key, name)
        return key is not None

    if not run(url, write):
        raise typer.BadParameter(f"no token named {name} is in use")
    typer.echo(f"Token {name} is revoked.")
