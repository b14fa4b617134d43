"""The real service: as a process of its own to be timed, and within this one to see which SQL it sends."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import orjson
import uvicorn
from fastapi import FastAPI
from sqlalchemy import event

from pyispyb.app import create_app
from pyispyb.db.database import Addition, Database, Databases
from pyispyb.db.driver import Insert, NewKey
from pyispyb.serve import server_options
from pyispyb.settings import BeamLine, BeamlineGroup, DatabaseSettings, Settings

from .client import Client
from .roles import BEAMLINES, STAFF_PERMISSION

HOST = "127.0.0.1"
START_SECONDS = 30.0


class ServiceFailedError(Exception):
    """The service did not start; the message holds what it wrote."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL as it went to the driver; `many` when it runs once for each of `values`; `key` where it makes one."""

    sql: str
    values: Any
    many: bool
    key: NewKey | None = None

    def known(self) -> Any:
        """The values, with the keys that were made before."""
        return [_known(row) for row in self.values] if self.many else _known(self.values)


def _known(row: Sequence[Any]) -> Sequence[Any]:
    if not any(value.__class__ is NewKey for value in row):
        return row
    return [int(value) if value.__class__ is NewKey else value for value in row]


def _statement(insert: Insert) -> Statement:
    many = insert.key is None
    return Statement(insert.sql, insert.rows if many else insert.rows[0], many, insert.key)


def by_rows(inserts: Sequence[Insert]) -> list[Statement]:
    """Bare inserts: each row by an INSERT of its own."""
    return [Statement(insert.sql, row, many=False, key=insert.key) for insert in inserts for row in insert.rows]


def settings(url: str) -> Settings:
    """Settings of the measured service."""
    beamlines = [BeamLine(beamLineName=name) for name in BEAMLINES]
    return Settings(
        database=DatabaseSettings(url=url),
        beamline_groups=[BeamlineGroup(groupName="MX", permission=STAFF_PERMISSION, beamLines=beamlines)],
    )


@contextmanager
def service_process(url: str) -> Iterator[int]:
    """`pyispyb serve` on a database, as one process; gives its port. Raises ServiceFailedError."""
    port = free_port()
    environment = {
        **os.environ,
        "ISPYB_DATABASE__URL": url,
        "ISPYB_BEAMLINE_GROUPS": orjson.dumps([group.model_dump() for group in settings(url).beamline_groups]).decode(),
    }
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603 - this program itself
            [sys.executable, "-c", f"from pyispyb.serve import serve; serve({HOST!r}, {port}, 1)"],
            stderr=log,
            env=environment,
        )
        try:
            if not _comes_up(port, lambda: process.poll() is None):
                log.seek(0)
                raise ServiceFailedError(log.read().decode()[-4000:])
            yield port
        finally:
            process.terminate()
            process.wait()


class Watched:
    """The service within this process, and the statements it sends."""

    def __init__(self, url: str) -> None:
        self.app: FastAPI = create_app(settings(url))
        self.statements: list[Statement] = []
        self.inserts: list[Insert] = []
        """What went into tables, before the keys of new rows were known."""
        self.port = free_port()
        self._server = uvicorn.Server(uvicorn.Config(self.app, **server_options(HOST, self.port)))
        self._thread = threading.Thread(target=self._server.run)

    def __enter__(self) -> "Watched":
        """Raises ServiceFailedError."""
        self._thread.start()
        if not _comes_up(self.port, self._thread.is_alive):
            raise ServiceFailedError("the service within this process did not start")
        databases: Databases = self.app.state.databases
        for engine in (databases.reading, databases.writing):
            event.listen(engine.sync_engine, "before_cursor_execute", self._note)
        self.app.state.databases = replace(databases, opened=self._noting())
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()

    def _note(self, _connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:
        self.statements.append(Statement(sql, values, many))

    def _noting(self) -> type[Database]:
        """A database that notes what does not go by SQLAlchemy."""
        watched = self

        class Noting(Database):
            def sent(self, sql: str, values: Any) -> None:
                super().sent(sql, values)
                watched.statements.append(Statement(sql, values, isinstance(values, list)))

            async def insert_all(self, additions: Sequence[Addition]) -> None:
                inserts = [self.insert_of(addition) for addition in additions]
                watched.inserts += inserts
                before = len(watched.statements)
                await super().insert_all(additions)
                if len(watched.statements) - before == len(inserts):  # each as it is
                    watched.statements[before:] = [_statement(insert) for insert in inserts]

        return Noting

    def statements_of(self, step: Callable[[Client], None]) -> tuple[list[Statement], int]:
        """What one use sends to the database, and how many bytes it answers."""
        with Client(self.port) as client:
            self.statements.clear()
            self.inserts.clear()
            step(client)
            return list(self.statements), client.bytes_received


def _comes_up(port: int, lives: Callable[[], bool]) -> bool:
    give_up = time.monotonic() + START_SECONDS
    while lives() and time.monotonic() < give_up:
        try:
            socket.create_connection((HOST, port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
