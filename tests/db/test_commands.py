"""`pyispyb db` as a person or a script runs it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pyispyb.db.commands import app
from tests.flavours import build_flavour
from tests.servers import MariaDB

from .conftest import sqlite_url


def run(*arguments: str) -> Result:
    """What one command prints, and how it ends."""
    return CliRunner().invoke(app, list(arguments))


def test_a_database_is_made_and_found_whole(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "new.sqlite")
    assert run("create", "--url", url).exit_code == 0
    checked = run("check", "--url", url)
    assert checked.exit_code == 0
    assert "Tables: 265 of 265" in checked.output
    assert "MISSING" not in checked.output


def test_the_configured_database_is_the_one_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ISPYB_DATABASE__URL", sqlite_url(tmp_path / "configured.sqlite"))
    assert run("create").exit_code == 0
    assert (tmp_path / "configured.sqlite").is_file()


def test_a_second_creation_is_refused(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "twice.sqlite")
    run("create", "--url", url)
    again = run("create", "--url", url)
    assert again.exit_code == 2
    assert "Nothing was changed" in again.output


@pytest.mark.parametrize("command", ["check", "upgrade"])
def test_looking_makes_no_file(tmp_path: Path, command: str) -> None:
    looked = run(command, "--url", sqlite_url(tmp_path / "nowhere.sqlite"))
    assert looked.exit_code == 2
    assert "There is no database" in looked.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("not an address", "This is no address of a database"),
        ("oracle+nothing://there", "This is no address of a database"),
        ("mysql+asyncmy://root@127.0.0.1:1/x", "The database refused"),
    ],
)
def test_an_unreachable_database_is_a_sentence(url: str, sentence: str) -> None:
    looked = run("check", "--url", url)
    assert looked.exit_code == 2
    assert sentence in looked.output
    assert "Traceback" not in looked.output


def test_a_facility_upgrades_and_hands_statements_to_its_dba(mariadb: MariaDB) -> None:
    url = build_flavour(mariadb, "collab", "commands_of_collab")
    before = run("check", "--url", url)
    assert before.exit_code == 1
    assert "pyispyb db upgrade" in before.output
    assert "CREATE INDEX `ix_DataCollectionGroup_sessionId_startTime`" in before.output
    assert "UNSAFE innodb_flush_log_at_trx_commit = 0" in before.output
    assert run("upgrade", "--url", url).exit_code == 0
    assert run("check", "--url", url).exit_code == 0


def test_programs_get_json(mariadb: MariaDB) -> None:
    url = build_flavour(mariadb, "dls", "commands_of_dls")
    report = json.loads(run("check", "--json", "--url", url).stdout)
    assert report["flavour"] == "dls"
    assert report["tables"] == [205, 205]
    assert report["missing_indexes"][0]["statement"].startswith("CREATE INDEX")
