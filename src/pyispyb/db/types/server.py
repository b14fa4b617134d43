"""What the database server knows: its time, and who writes."""

from datetime import datetime
from typing import Any

from sqlalchemy import FunctionElement
from sqlalchemy.ext.compiler import compiles

from .moments import LocalTime
from .texts import Text


class local_now(FunctionElement[datetime]):  # noqa: N801 - reads as the SQL function it is
    """The database server's local time, to the second."""

    type = LocalTime()
    inherit_cache = True


@compiles(local_now)
def _local_now(element: local_now, compiler: Any, **options: Any) -> str:
    return "current_timestamp()"


@compiles(local_now, "sqlite")
def _local_now_on_sqlite(element: local_now, compiler: Any, **options: Any) -> str:
    return "datetime('now', 'localtime')"


class database_account(FunctionElement[str]):  # noqa: N801 - reads as the SQL function it is
    """The account that wrote a row, which MariaDB knows and SQLite does not."""

    type = Text(50)
    inherit_cache = True


@compiles(database_account)
def _database_account(element: database_account, compiler: Any, **options: Any) -> str:
    return "current_user()"


@compiles(database_account, "sqlite")
def _no_database_account(element: database_account, compiler: Any, **options: Any) -> str:
    return "NULL"
