"""Run by Alembic: upgrades the connection it is handed, and looks at our own tables only."""

from typing import Any

from alembic import context

from pyispyb.db.migrations import VERSION_TABLE
from pyispyb.tables import Base
from pyispyb.tables.own import PREFIX


def is_own(name: str | None, kind: str, parents: Any) -> bool:
    """True for what lies within our own tables, as the database names it."""
    table = name if kind == "table" else parents.get("table_name")
    return kind == "schema" or (table or "").startswith(PREFIX)


def is_declared_own(item: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """True for what lies within our own tables, as the classes declare it."""
    table = item if kind == "table" else item.table
    return bool(table.name.startswith(PREFIX))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    include_name=is_own,
    include_object=is_declared_own,
    compare_type=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
