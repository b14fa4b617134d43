"""The bench: that it fills, measures and writes what it says; never how long anything takes."""

from pathlib import Path

import orjson
import pytest
import typer
from bench.__main__ import main
from bench.sizes import QUICK, QUICK_BIG
from typer.testing import CliRunner

from tests.servers import MariaDB

COLUMNS = {
    "route",
    "database",
    "rps",
    "p50_ms",
    "p99_ms",
    "statements",
    "bytes",
    "floor_ms",
    "floor_ratio",
    "rows_per_s",
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, mariadb: MariaDB) -> list[dict[str, object]]:
    """Of a quick run on every database; asks for a MariaDB server so that it is skipped where there is none."""
    output: Path = tmp_path_factory.mktemp("bench") / "results.json"
    app = typer.Typer()
    app.command()(main)
    done = CliRunner().invoke(app, ["--quick", "--output", str(output)])
    assert done.exit_code == 0, done.output
    found: list[dict[str, object]] = orjson.loads(output.read_bytes())
    return found


def test_every_use_is_measured_on_every_database(results: list[dict[str, object]]) -> None:
    databases = [
        f"SQLite {QUICK.total_collections}",
        f"MariaDB {QUICK.total_collections}",
        f"MariaDB {QUICK_BIG.total_collections}",
    ]
    routes = [result["route"] for result in results if result["database"] == databases[0]]
    assert f"events of a session, page {QUICK.deep_page}" in routes
    assert len(set(routes)) == len(routes)
    assert [(result["database"], result["route"]) for result in results] == [
        (database, route) for database in databases for route in routes
    ]


def test_a_result_has_a_number_in_every_column(results: list[dict[str, object]]) -> None:
    for result in results:
        assert set(result) == COLUMNS
        reads = result["rows_per_s"] is None
        for column in COLUMNS - {"route", "database"} - ({"rows_per_s"} if reads else set()):
            assert result[column] > 0, (result["route"], column)


def test_no_list_takes_more_than_four_statements(results: list[dict[str, object]]) -> None:
    for result in results:
        if result["rows_per_s"] is None:
            # What a search found is told as lists tell it, which is one statement more.
            searched = str(result["route"]).startswith("search")
            assert int(str(result["statements"])) <= 4 + searched, result["route"]


def test_a_page_sends_the_same_statements_whatever_surrounds_it(results: list[dict[str, object]]) -> None:
    pages = {
        (result["statements"], result["bytes"])
        for result in results
        if result["route"] == "events of a session" and str(result["database"]).startswith("MariaDB")
    }
    assert len(pages) == 1
