"""Engines for the two kinds of database: embedded SQLite and MariaDB."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

# Strict: a value that does not fit is refused, never cut. Zero dates that a facility already holds stay readable.
MARIADB_SESSION = "SET sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'"


def create_engine(url: str, *, pool_size: int = 10, connect_timeout: float = 5.0) -> AsyncEngine:
    """An engine with the settings ISPyB relies on.

    Raises sqlalchemy.exc.ArgumentError for an address that is not one.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(url, pool_size)
    engine = create_async_engine(
        parsed.update_query_dict({"charset": "utf8mb4"}) if "charset" not in parsed.query else parsed,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=connect_timeout,
        pool_recycle=3600,
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": connect_timeout, "init_command": MARIADB_SESSION},
    )
    return engine


def _sqlite_engine(url: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=pool_size)

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "busy_timeout = 5000",
            "cache_size = -65536",
            "mmap_size = 268435456",
            "temp_store = MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
