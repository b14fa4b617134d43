"""Times every use of the service on one database, and its floor beside it."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from statistics import median, quantiles
from typing import Any

import uvloop

from .client import Client, rate, seconds_of
from .floor import Floor, floor_seconds, open_floor
from .routes import Use, uses
from .service import Statement, Watched, by_rows, service_process
from .sizes import Sizes

ROUNDS = 20
"""The service and its floor are timed in turn, so that a machine that is busy for a while slows down both."""
CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. `rps` at 8 connections, times at one [ms]; `bytes` are those of the body."""

    route: str
    database: str
    rps: float
    p50_ms: float
    p99_ms: float
    statements: int
    bytes: int
    floor_ms: float
    floor_ratio: float
    rows_per_s: float | None
    """Rows written per second at one connection; None for reads."""

    def as_json(self) -> dict[str, Any]:
        """For a file."""
        return asdict(self)


def measure(
    url: str, database: str, sizes: Sizes, seconds: float, only: str = "", rounds: int = ROUNDS
) -> Iterator[Result]:
    """The results of every use whose name contains `only`, each timed for that long in all [s]."""
    with Watched(url) as watched, service_process(url) as port, Client(port) as client:
        for use in (use for use in uses(client, sizes) if only in use.name):
            watched.statements_of(use.next_step())  # what is made once at the first use belongs to no use
            statements, size = watched.statements_of(use.next_step())
            # A connection of its own: the service closes one that was idle while another use took its time.
            with Client(port) as own:
                yield _result(use, database, url, own, port, statements, size, seconds, rounds)
                if use.by_rows:
                    of_rows = replace(use, name=f"{use.name}, by rows")
                    yield _result(of_rows, database, url, own, port, by_rows(watched.inserts), size, seconds, rounds)


def _result(
    use: Use,
    database: str,
    url: str,
    client: Client,
    port: int,
    statements: list[Statement],
    size: int,
    seconds: float,
    rounds: int,
) -> Result:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        served, bare = runner.run(_in_turn(use, url, client, statements, seconds, rounds))
    p50, floor = median(served), median(bare)
    return Result(
        route=use.name,
        database=database,
        rps=round(rate(port, use.next_step, seconds / 4, CONNECTIONS), 1),
        p50_ms=round(p50 * 1000, 3),
        p99_ms=round(quantiles(served, n=100, method="inclusive")[98] * 1000, 3),
        statements=len(statements),
        bytes=size,
        floor_ms=round(floor * 1000, 3),
        floor_ratio=round(p50 / floor, 2),
        rows_per_s=round(use.rows_written / p50) if use.rows_written else None,
    )


async def _in_turn(
    use: Use, url: str, client: Client, statements: list[Statement], seconds: float, rounds: int
) -> tuple[list[float], list[float]]:
    """Seconds that the service took, and those of the floor."""
    served: list[float] = []
    bare: list[float] = []
    async with open_floor(url) as floor:
        undo = await _undo_of(floor, use)
        await _run(floor, undo)
        seconds_of(client, use.next_step, 0)
        bare_for = partial(
            floor_seconds, floor, statements, writes=bool(use.rows_written), undo=() if use.by_rows else undo
        )
        await bare_for(0)
        for _ in range(rounds):
            served += seconds_of(client, use.next_step, seconds / 2 / rounds)
            await _run(floor, undo)
            bare += await bare_for(seconds / 4 / rounds)
            await _run(floor, undo)
    return served, bare


async def _undo_of(floor: Floor, use: Use) -> list[str]:
    """The statements of `undo`, with what was there before them."""
    (before,) = await floor.run(Statement(use.before or "SELECT 0", (), many=False))
    return [sql.format(*before) for sql in use.undo]


async def _run(floor: Floor, commands: list[str]) -> None:
    for sql in commands:
        await floor.command(sql)
