"""The command line: `pyispyb serve | demo | db | admin | token | account | openapi | schema`."""

import typer

from .admin.commands import app as administration
from .api_keys.commands import tokens
from .auth.commands import accounts
from .db.commands import app as database
from .demo.command import demo
from .documents import schema
from .serve import openapi, serve

app = typer.Typer(
    name="pyispyb",
    help="ISPyB: what was measured, and what came of it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(serve)
app.command()(demo)
app.command()(openapi)
app.command()(schema)
app.add_typer(database, name="db", help="Create, check and upgrade a database.")
app.add_typer(administration, name="admin", help="Administrators.")
app.add_typer(tokens, name="token", help="API tokens of beamlines and pipelines.")
app.add_typer(accounts, name="account", help="Local accounts.")
