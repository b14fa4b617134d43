"""What the check says about good, incomplete and foreign databases."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from pyispyb.db.check import check_database
from pyispyb.db.migrations import newest_revision, upgrade_own_tables
from tests.flavours import Flavour, build_flavour, flavour_tables
from tests.servers import MariaDB

from .conftest import opened


async def test_a_fresh_database_lacks_nothing(fresh: AsyncEngine) -> None:
    report = await check_database(fresh)
    assert report.flavour == "complete"
    assert report.tables == (265, 265)
    assert report.columns[0] == report.columns[1]
    assert (report.missing_tables, report.missing_columns, report.missing_indexes, report.essential) == ((), (), (), ())
    assert (report.unknown_tables, report.unknown_columns) == (0, 0)
    assert report.own_revision == report.expected_revision == newest_revision()


async def test_a_facilitys_database_lacks_our_tables_and_some_indexes(mariadb: MariaDB, flavour: Flavour) -> None:
    async with opened(build_flavour(mariadb, flavour, "check_of_facility")) as engine:
        report = await check_database(engine)
        assert report.flavour == flavour
        assert report.tables == (len(flavour_tables(flavour)),) * 2
        assert report.columns == (sum(map(len, flavour_tables(flavour).values())),) * 2
        assert report.own_revision is None
        assert report.essential == ("ISPyB's own tables are not up to date: run `pyispyb db upgrade`.",)
        assert {index.table for index in report.missing_indexes} >= {"DataCollectionGroup", "BLSession", "RobotAction"}

        for index in report.missing_indexes:
            mariadb.run(index.statement, "check_of_facility")
        await upgrade_own_tables(engine)
        again = await check_database(engine)
        assert again.missing_indexes == ()
        assert again.essential == ()


async def test_what_is_missing_or_unknown_is_named(mariadb: MariaDB) -> None:
    async with opened(build_flavour(mariadb, "dls", "check_of_incomplete")) as engine:
        mariadb.run(
            "SET FOREIGN_KEY_CHECKS = 0; DROP TABLE Shipping; DROP TABLE Sleeve; "
            "ALTER TABLE AutoProcProgram DROP COLUMN jobUuid, ADD COLUMN house INT; CREATE TABLE ours (id INT); "
            "CREATE VIEW v_ours AS SELECT * FROM ours",
            "check_of_incomplete",
        )
        report = await check_database(engine)
    assert report.missing_tables == ("Shipping", "Sleeve")
    assert report.missing_columns == ("AutoProcProgram.jobUuid",)
    assert (report.unknown_tables, report.unknown_columns) == (1, 1)
    assert report.tables == (203, 205)
    lost = len(flavour_tables("dls")["Shipping"]) + len(flavour_tables("dls")["Sleeve"]) + 1
    assert report.columns[1] - report.columns[0] == lost
    assert report.essential[0] == "The table Shipping is missing."


async def test_a_foreign_database_is_none_of_ours(mariadb: MariaDB) -> None:
    async with opened(mariadb.create("check_of_foreign")) as engine:
        report = await check_database(engine)
    assert report.flavour == "unknown"
    assert report.essential == ("This is no ISPyB database: `pyispyb db create` makes one of an empty database.",)


@pytest.mark.parametrize("flavour", ["dls"], indirect=True)
async def test_character_sets_are_counted(facility: AsyncEngine) -> None:
    report = await check_database(facility)
    assert report.character_sets["latin1"] > 400


async def test_settings_that_risk_data_are_called_so(facility: AsyncEngine) -> None:
    report = await check_database(facility)
    assert report.server.startswith("MariaDB 1")
    safe = {setting.name: setting.safe for setting in report.settings}
    assert safe == {"innodb_flush_log_at_trx_commit": False, "innodb_doublewrite": False}
    async with facility.connect() as connection:
        await connection.execute(text("SET GLOBAL innodb_flush_log_at_trx_commit = 1"))
        try:
            settings = {setting.name: setting for setting in (await check_database(facility)).settings}
        finally:
            await connection.execute(text("SET GLOBAL innodb_flush_log_at_trx_commit = 0"))
    assert settings["innodb_flush_log_at_trx_commit"].safe


@pytest.mark.parametrize("fresh", ["sqlite"], indirect=True)
async def test_an_embedded_database_is_durable(fresh: AsyncEngine) -> None:
    report = await check_database(fresh)
    assert report.server.startswith("SQLite 3")
    assert [(setting.name, setting.safe) for setting in report.settings] == [
        ("journal_mode", True),
        ("synchronous", True),
    ]
