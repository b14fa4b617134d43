"""`pyispyb db`: make, inspect and upgrade a database."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TypeVar

import orjson
import typer
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncEngine

from ..settings import Settings
from .append_only import protection
from .check import Report, check_database
from .create import NotEmptyError, create_database
from .engine import create_engine
from .migrations import upgrade_own_tables

Answer = TypeVar("Answer")
Url = Annotated[
    str | None,
    typer.Option(help="Address of the database, such as sqlite+aiosqlite:///ispyb.sqlite; else the configured one."),
]

app = typer.Typer(help="Make, inspect and upgrade the database.", no_args_is_help=True)


@app.command()
def create(url: Url = None) -> None:
    """Fill an empty database: every ISPyB table, our own tables, and the rows that they start with."""
    try:
        _with_engine(url, create_database)
    except NotEmptyError as error:
        raise _failed(f"Nothing was changed: {error}.") from error
    typer.echo("The database is ready.")


@app.command()
def upgrade(url: Url = None) -> None:
    """Bring ISPyB's own tables up to date. A facility's tables are never changed."""
    guarded = _with_engine(url, _upgrade, existing=True)
    typer.echo("ISPyB's own tables are up to date.")
    if not guarded:
        typer.echo(UNGUARDED, err=True)


async def _upgrade(engine: AsyncEngine) -> bool:
    """Upgrade; True when the audit trail cannot be changed afterwards."""
    await upgrade_own_tables(engine)
    async with engine.connect() as connection:
        return await connection.run_sync(protection) is not None


@app.command()
def check(
    url: Url = None, json: Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")] = False
) -> None:
    """Say what the database has and lacks; fails when something is missing that ISPyB cannot work without."""
    report = _with_engine(url, check_database, existing=True)
    typer.echo(orjson.dumps(asdict(report), option=orjson.OPT_INDENT_2).decode() if json else as_text(report))
    if report.essential:
        raise typer.Exit(1)


def as_text(report: Report) -> str:
    """A report for people, one fact a line."""
    if not report.tables[0]:
        return "\n".join([f"Server: {report.server}", *report.essential])
    return "\n".join(
        [
            f"Server: {report.server}",
            f"Schema: {_FLAVOURS[report.flavour]}",
            f"Tables: {report.tables[0]} of {report.tables[1]}; columns: {report.columns[0]} of {report.columns[1]}",
            *(f"  missing table {name}" for name in report.missing_tables),
            *(f"  missing column {name}" for name in report.missing_columns),
            f"Unknown to ISPyB and left alone: {report.unknown_tables} tables, {report.unknown_columns} columns",
            f"Own tables: revision {report.own_revision or 'none'}, expected {report.expected_revision}",
            f"Audit trail: {_PROTECTIONS[report.audit]}",
            *_character_sets(report),
            *_indexes(report),
            "What survives a crash:",
            *(
                f"  {'safe  ' if setting.safe else 'UNSAFE'} {setting.name} = {setting.value}. {setting.meaning}"
                for setting in report.settings
            ),
            *(f"MISSING: {sentence}" for sentence in report.essential),
        ]
    )


_FLAVOURS = {
    "dls": "dls, as at Diamond Light Source",
    "collab": "collab, as at ESRF, EMBL, MAX IV and others",
    "complete": "complete: the union of both flavours",
    "unknown": "neither of the known flavours",
}


UNGUARDED = (
    "This account may not make triggers, and sees none that keep the audit trail from being changed. "
    "The reference of the audit trail tells what a database administrator can do."
)

_PROTECTIONS = {
    "triggers": "safe: triggers refuse to change or delete it",
    "privileges": "safe: this account may only read it and add to it",
    None: "UNGUARDED: as far as this account sees, nothing in the database keeps it from being changed",
}


def _character_sets(report: Report) -> list[str]:
    if not report.character_sets:
        return []
    counted = ", ".join(f"{count} columns {name}" for name, count in report.character_sets.items())
    lines = [f"Character sets: {counted}"]
    if "latin1" in report.character_sets:
        lines.append(
            "  latin1 columns refuse Greek letters and names of many languages; such values are refused here too."
        )
    return lines


def _indexes(report: Report) -> list[str]:
    if not report.missing_indexes:
        return ["Recommended indexes: all there"]
    head = "Recommended indexes that are missing; lists of sessions and events are slow without them. To make them:"
    return [head, *(f"  {index.statement}" for index in report.missing_indexes)]


def _with_engine(
    url: str | None, work: Callable[[AsyncEngine], Awaitable[Answer]], *, existing: bool = False
) -> Answer:
    """Do some work with an engine; ends the program with a sentence when the database cannot be reached.

    An `existing` SQLite file is not made by looking at it.
    """
    logging.getLogger("asyncmy").setLevel(logging.ERROR)  # the server's notes on constraint names help nobody

    async def run(engine: AsyncEngine) -> Answer:
        try:
            return await work(engine)
        finally:
            await engine.dispose()

    try:
        engine = create_engine(url or Settings().database.url)
        file = engine.url.database or ""
        if existing and engine.dialect.name == "sqlite" and not Path(file).is_file():
            raise _failed(f"There is no database at {file}.")
        return asyncio.run(run(engine))
    except (ArgumentError, NoSuchModuleError) as error:
        raise _failed(f"This is no address of a database: {error}") from error
    except DBAPIError as error:
        raise _failed(f"The database refused: {error.orig}") from error


def _failed(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(2)
