"""The database itself refuses to change the audit trail, and says so where it cannot."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from pyispyb.clock import utc_now
from pyispyb.db.check import check_database
from pyispyb.db.commands import app
from pyispyb.db.migrations import upgrade_own_tables
from pyispyb.tables import Audit
from tests.conftest import missing
from tests.servers import MariaDB, MariaDBMissingError, start_mariadb

from .conftest import opened, sqlite_url

ENTRY = {"subject": "command", "action": "login", "doneAt": utc_now()}


async def test_an_entry_can_be_added_and_neither_changed_nor_deleted(fresh: AsyncEngine) -> None:
    async with fresh.begin() as connection:
        await connection.execute(insert(Audit).values(ENTRY))
    for change in (update(Audit).values(action="logout"), delete(Audit)):
        with pytest.raises(DBAPIError, match="only ever added to"):
            async with fresh.begin() as connection:
                await connection.execute(change)
    async with fresh.connect() as connection:
        assert set(await connection.scalars(select(Audit.action))) == {"login"}
    assert (await check_database(fresh)).audit == "triggers"


async def test_triggers_that_were_dropped_come_back_with_an_upgrade(fresh: AsyncEngine) -> None:
    async with fresh.begin() as connection:
        await connection.exec_driver_sql("DROP TRIGGER pyispyb_audit_no_update")
    assert (await check_database(fresh)).audit is None
    await upgrade_own_tables(fresh)
    assert (await check_database(fresh)).audit == "triggers"


def test_the_commands_say_whether_it_is_guarded(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "guarded.sqlite")
    CliRunner().invoke(app, ["create", "--url", url])
    checked = CliRunner().invoke(app, ["check", "--url", url])
    assert "Audit trail: safe" in checked.output
    upgraded = CliRunner().invoke(app, ["upgrade", "--url", url])
    assert (upgraded.exit_code, upgraded.stderr) == (0, "")


# An account such as a cautious facility gives us, and a server that keeps a binary log, as those with replicas do.
ACCOUNTS = """
CREATE DATABASE {name};
FLUSH PRIVILEGES;
CREATE USER 'plain'@'127.0.0.1', 'maker'@'127.0.0.1', 'adder'@'127.0.0.1';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON {name}.* TO 'plain'@'127.0.0.1';
GRANT ALL ON {name}.* TO 'maker'@'127.0.0.1';
GRANT SELECT, INSERT ON {name}.* TO 'adder'@'127.0.0.1';
"""


@pytest.fixture(scope="module")
def guarded_server() -> Iterator[MariaDB]:
    """A server that asks for privileges and keeps a binary log."""
    try:
        with start_mariadb("--log-bin=replicated") as server:
            server.run(ACCOUNTS.format(name="audit_of_accounts"))
            yield server
    except MariaDBMissingError as error:
        missing("MariaDB", str(error))


def url_of(server: MariaDB, account: str) -> str:
    return server.url_for("audit_of_accounts").replace("root@", f"{account}@")


@pytest.mark.parametrize("account", ["plain", "maker"])
async def test_an_account_that_may_not_make_triggers_upgrades_without(guarded_server: MariaDB, account: str) -> None:
    """`plain` lacks the privilege (error 1142); `maker` has it, and the binary log is in the way (1419)."""
    async with opened(url_of(guarded_server, account)) as engine:
        await upgrade_own_tables(engine)
        report = await check_database(engine)
        assert report.own_revision == report.expected_revision
        assert report.audit is None


def test_the_upgrade_says_that_nothing_guards_the_trail(guarded_server: MariaDB) -> None:
    done = CliRunner().invoke(app, ["upgrade", "--url", url_of(guarded_server, "plain")])
    assert done.exit_code == 0
    assert "may not make triggers" in done.stderr


async def test_an_account_that_may_only_add_is_as_good(guarded_server: MariaDB) -> None:
    async with opened(url_of(guarded_server, "plain")) as engine:
        await upgrade_own_tables(engine)
    async with opened(url_of(guarded_server, "adder")) as engine:
        assert (await check_database(engine)).audit == "privileges"
