"""Migrations of our own tables. A facility's tables are never changed.

Whoever changes the classes in `tables/own.py` writes a revision beside the others in `versions/`; a test compares what
the revisions make with what the classes declare. `upgrade_own_tables` brings any database to the newest.
"""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from ...tables.own import PREFIX
from ..append_only import protect

VERSION_TABLE = PREFIX + "alembic_version"


async def upgrade_own_tables(engine: AsyncEngine) -> None:
    """Bring our own tables to the newest revision; nothing happens when they are there already."""
    async with engine.begin() as connection:
        await connection.run_sync(upgrade_connection)


def upgrade_connection(connection: Connection) -> None:
    """Bring our own tables to the newest revision, within the connection's transaction, and guard the audit trail.

    That is tried each time: a database administrator may have given the privilege for it since.
    """
    command.upgrade(configuration(connection), "head")
    protect(connection)


def configuration(connection: Connection) -> Config:
    """What Alembic works with: these scripts, on this connection."""
    config = _scripts()
    config.attributes["connection"] = connection
    return config


def newest_revision() -> str | None:
    """The revision that this program expects."""
    return ScriptDirectory.from_config(_scripts()).get_current_head()


def revision_of(connection: Connection) -> str | None:
    """The revision that our own tables have, or None when there are none."""
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def _scripts() -> Config:
    config = Config()
    config.set_main_option("script_location", "pyispyb:db/migrations")
    config.set_main_option("path_separator", "os")
    return config
