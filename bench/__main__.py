"""`python -m bench`: fill databases, start the service on each, time it, print a table and write `bench/results.json`.

Nothing is asserted: a slow machine is no failure. The columns are explained in `measure.Result`; what the ratio is held
against, in `floor`.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import orjson
import typer
from tests.servers import MariaDB, MariaDBMissingError, start_mariadb

from .access import access_cost
from .fill import fill
from .measure import ROUNDS, Result, measure
from .sizes import BIG, QUICK, QUICK_BIG, SMALL, Sizes
from .zip import main as zip_bench

RESULTS = Path(__file__).parent / "results.json"
BUFFER_POOL = 3 * 1024**3
"""Bytes of memory for the pages of MariaDB: the larger database fits, as a facility's working set does."""
LOG_SIZE = 512 * 1024**2
QUICK_SECONDS, QUICK_ROUNDS = 0.05, 2
FILES, QUICK_FILES = {"large": 512, "small": 2000}, {"large": 16, "small": 100}
"""Of archives: a large file [MiB], and how many small ones."""
ACCESS = "access"
"""Not a use: what part of one goes into finding out who asks and what they may see."""

HEAD = (
    f"{'route':40} {'database':16} {'rps':>8} {'p50_ms':>8} {'p99_ms':>8} "
    f"{'SQL':>4} {'bytes':>7} {'floor':>8} {'ratio':>6}"
)


def main(
    quick: Annotated[bool, typer.Option("--quick", help="Small numbers, in seconds: to see that it works")] = False,
    big: Annotated[bool, typer.Option("--big", help="A million collections in SQLite too")] = False,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long each use is timed [s]")] = 4.0,
    output: Annotated[Path, typer.Option(help="Where the results go")] = RESULTS,
    only: Annotated[str, typer.Option(help="Only uses whose name contains this")] = "",
) -> None:
    """Time every use of every database; `--only zip` times archives of files, which need none."""
    if only == "zip":
        zip_bench(rounds=1 if quick else 3, **QUICK_FILES if quick else FILES)
        return
    results: list[Result] = []
    typer.echo(HEAD)
    lasting, rounds = (QUICK_SECONDS, QUICK_ROUNDS) if quick else (seconds, ROUNDS)
    for url, name, sizes in databases(quick=quick, big=big):
        for result in measure(url, name, sizes, lasting, only, rounds):
            typer.echo(line(result))
            results.append(result)
        if not quick and only in ACCESS:
            typer.echo(access_cost(url, lasting).line(name))
    output.write_bytes(orjson.dumps([result.as_json() for result in results], option=orjson.OPT_INDENT_2) + b"\n")


def databases(*, quick: bool, big: bool) -> Iterator[tuple[str, str, Sizes]]:
    """Address, name and size of each filled database; each is there until the next one is asked for."""
    small_size, big_size = (QUICK, QUICK_BIG) if quick else (SMALL, BIG)
    with tempfile.TemporaryDirectory(prefix="ispyb-bench-") as folder:
        for sizes in (small_size, big_size) if big else (small_size,):
            url = f"sqlite+aiosqlite:///{folder}/{sizes.total_collections}.sqlite"
            asyncio.run(fill(url, sizes))
            yield url, f"SQLite {sizes.total_collections}", sizes
    try:
        with roomy_mariadb() as server:
            for sizes in (small_size, big_size):
                url = server.create(f"bench_{sizes.total_collections}")
                asyncio.run(fill(url, sizes))
                yield url, f"MariaDB {sizes.total_collections}", sizes
    except MariaDBMissingError as error:
        typer.echo(f"MariaDB is left out: {error}", err=True)


@contextmanager
def roomy_mariadb() -> Iterator[MariaDB]:
    """A private server with memory like a facility's, where tests need little."""
    with start_mariadb() as server:
        server.run(f"SET GLOBAL innodb_buffer_pool_size = {BUFFER_POOL}; SET GLOBAL innodb_log_file_size = {LOG_SIZE}")
        yield server


def line(result: Result) -> str:
    """One line of the table."""
    text = (
        f"{result.route:40} {result.database:16} {result.rps:8.1f} {result.p50_ms:8.2f} {result.p99_ms:8.2f} "
        f"{result.statements:4} {result.bytes:7} {result.floor_ms:8.2f} {result.floor_ratio:6.2f}"
    )
    return text if result.rows_per_s is None else f"{text}  {result.rows_per_s} rows/s"


if __name__ == "__main__":
    typer.run(main)
