"""Engines for the two kinds of database: embedded SQLite and MariaDB."""

import zlib
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from . import sqlite

# Strict: a value that does not fit is refused, never cut. Zero dates that a facility already holds stay readable.
# EXISTS asks about one row, by its key: MariaDB would answer it for all rows of a table first, which may be millions.
MARIADB_SESSION = (
    "SET sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', "
    "optimizer_switch = 'exists_to_in=off'"
)

SQLITE_SESSION = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 5000",
    "cache_size = -65536",
    "mmap_size = 268435456",
    "temp_store = MEMORY",
)

_NOTHING_OPEN = None
"""A connection comes back to the pool without a transaction: the end of one is said where it began."""


def create_engine(
    url: str,
    *,
    pool_size: int = 10,
    connect_timeout: float = 5.0,
    autocommit: bool = False,
    statement_seconds: float = 0,
) -> AsyncEngine:
    """An engine with the settings ISPyB relies on; `autocommit` for one that only reads.

    MariaDB gives a statement up after `statement_seconds`; 0 for no limit.

    Its errors show no values: they end in logs.

    Raises sqlalchemy.exc.ArgumentError for an address that is not one.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, pool_size, connect_timeout, autocommit)
    return create_async_engine(
        address.update_query_dict({"charset": address.query.get("charset", "utf8mb4")}),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=connect_timeout,
        pool_recycle=3600,
        pool_reset_on_return=_NOTHING_OPEN,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT" if autocommit else "READ COMMITTED",
        skip_autocommit_rollback=autocommit,
        connect_args={
            "connect_timeout": connect_timeout,
            "init_command": f"{MARIADB_SESSION}, max_statement_time = {statement_seconds:g}",
        },
    )


def _crc32(value: str | None) -> int | None:
    """MariaDB's CRC32."""
    return None if value is None else zlib.crc32(value.encode())


def _sqlite(address: URL, pool_size: int, connect_timeout: float, autocommit: bool) -> AsyncEngine:
    # One writes at a time. Others of this process stand in line, where SQLite would have them sleep and ask again.
    pool = {"pool_size": pool_size, "max_overflow": pool_size} if autocommit else {"pool_size": 1, "max_overflow": 0}
    engine = create_async_engine(
        address,
        **pool,
        pool_timeout=connect_timeout,
        pool_reset_on_return=_NOTHING_OPEN,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT" if autocommit else None,
        skip_autocommit_rollback=autocommit,
        connect_args={"async_creator_fn": sqlite.connect},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not open transactions of its own
        cursor = connection.cursor()
        for pragma in SQLITE_SESSION:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        connection.create_function("crc32", 1, _crc32, deterministic=True)

    if not autocommit:

        @event.listens_for(engine.sync_engine, "begin")
        def begin(connection: Connection) -> None:
            driven = connection.connection.driver_connection
            assert isinstance(driven, sqlite.Connection)
            driven.begin()

    return engine
