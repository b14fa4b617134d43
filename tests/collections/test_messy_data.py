"""What fifteen years of other programs left in the tables can be read: nothing of it is an error of ours.

The mess is written beside the application, by a connection that checks nothing, into a database of its own.
"""

import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import URL, make_url

from pyispyb.tables import (
    AutoProcProgram,
    BeamLineSetup,
    BLSample,
    BLSession,
    BLSubSample,
    Container,
    Crystal,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    Detector,
    Dewar,
    DiffractionPlan,
    EnergyScan,
    GridInfo,
    Image,
    ImageQualityIndicators,
    Person,
    Proposal,
    Protein,
    RobotAction,
    Session_has_Person,
    SessionType,
    Shipping,
    XFEFluorescenceSpectrum,
)
from tests.access.test_reads import READS, address
from tests.conftest import BACKENDS, make_settings, new_database
from tests.furnish import furnish
from tests.servers import MariaDB
from tests.service import running_service
from tests.world import World, build_world

READ_TABLES = (
    AutoProcProgram,
    BeamLineSetup,
    BLSample,
    BLSession,
    BLSubSample,
    Container,
    Crystal,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    Detector,
    Dewar,
    DiffractionPlan,
    EnergyScan,
    GridInfo,
    Image,
    ImageQualityIndicators,
    Person,
    Proposal,
    Protein,
    RobotAction,
    Session_has_Person,
    SessionType,
    Shipping,
    XFEFluorescenceSpectrum,
)
# What leads from a test to its rows stays as it is.
NAMES = {"proposalcode", "proposalnumber", "beamlinename", "login", "imagenumber", "visit_number"}


@dataclass(frozen=True)
class Column:
    """One column of the database, as it is declared there."""

    table: str
    name: str
    declared: str
    nullable: bool

    @property
    def is_link(self) -> bool:
        """It leads to another row."""
        return self.name.lower().endswith("id") and "int" in self.declared

    def is_a(self, *words: str) -> bool:
        """Its type begins with one of these words."""
        return self.declared.startswith(words)


_COLUMNS: dict[URL, list[Column]] = {}


class Raw:
    """Another program's connection, which checks nothing."""

    def __init__(self, world: World, url: str, server: MariaDB | None) -> None:
        self.world = world
        self._url = make_url(url)
        self._server = server

    def run(self, *statements: str) -> list[list[str]]:
        """Run statements; answers the rows of the last one as text."""
        if self._server is not None:
            script = ["SET sql_mode = '', FOREIGN_KEY_CHECKS = 0", *statements]
            printed = self._server.run(";\n".join(script), self._url.database or "")
            return [line.split("\t") for line in printed.splitlines()]
        connection = sqlite3.connect(self._url.database or "")
        try:
            rows: list[Any] = []
            for statement in statements:
                rows = connection.execute(statement.replace("UPDATE IGNORE", "UPDATE OR IGNORE")).fetchall()
            connection.commit()
            return [[str(value) for value in row] for row in rows]
        finally:
            connection.close()

    @property
    def is_mariadb(self) -> bool:
        """A facility's kind of database."""
        return self._server is not None

    def columns(self) -> list[Column]:
        """The columns of every table that a route reads, but for the keys; looked up once for each database."""
        if self._url not in _COLUMNS:
            _COLUMNS[self._url] = list(self._columns())
        return _COLUMNS[self._url]

    def _columns(self) -> Iterator[Column]:
        for table in READ_TABLES:
            name = table.__tablename__
            if self.is_mariadb:
                rows = self.run(
                    "SELECT column_name, column_type, is_nullable, column_key FROM information_schema.columns "
                    f"WHERE table_schema = DATABASE() AND table_name = '{name}' AND generation_expression IS NULL"
                )
                found = [Column(name, row[0], row[1].lower(), row[2] == "YES") for row in rows if row[3] != "PRI"]
            else:
                rows = self.run(f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{name}')")
                found = [Column(name, row[0], row[1].lower(), row[2] == "0") for row in rows if row[3] == "0"]
            yield from (column for column in found if column.name.lower() not in NAMES)

    def set_everywhere(self, value_of: Callable[[Column], str | None]) -> int:
        """Set columns in all rows of all tables; answers how many there were."""
        values = [(column, value) for column in self.columns() if (value := value_of(column)) is not None]
        self.run(*(f"UPDATE IGNORE `{column.table}` SET `{column.name}` = {value}" for column, value in values))
        return len(values)


@pytest.fixture(scope="module", params=BACKENDS)
async def raw(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, files_root: Path
) -> AsyncIterator[Callable[[], Any]]:
    """Makes a new furnished world and a raw connection to its database."""
    url = await new_database(request.param, request, tmp_path_factory.mktemp(f"messy_{request.param}"))
    server = None if request.param == "sqlite" else request.getfixturevalue("mariadb")
    async with running_service(make_settings(url, files_root)) as service:

        async def make() -> Raw:
            return Raw(await furnish(await build_world(service), files_root), url, server)

        yield make


def _null(column: Column) -> str | None:
    return "NULL" if column.nullable and not column.is_link else None


def _zero_date(column: Column) -> str | None:
    return "'0000-00-00 00:00:00'" if column.is_a("date", "timestamp") else None


def _half_a_date(column: Column) -> str | None:
    return "'2019-00-00 00:00:00'" if column.is_a("date", "timestamp") else None


def _no_date_at_all(column: Column) -> str | None:
    return "''" if column.is_a("date", "timestamp", "time") else None


def _unlisted(column: Column) -> str | None:
    return "'what no list has'" if column.is_a("enum", "set", "varchar(45)") else None


def _long_text(column: Column) -> str | None:
    if column.is_a("varchar", "char"):
        size = re.search(r"\d+", column.declared)
        return "'" + ("ü€" * 200)[: int(size[0]) if size else 1] + "'"
    return "'" + "Größe in Å, 5 € " * 2000 + "'" if column.is_a("text", "mediumtext", "longtext", "tinytext") else None


def _odd_number(column: Column) -> str | None:
    if column.is_link or not column.is_a("int", "tinyint", "smallint", "mediumint", "bigint", "bool"):
        return None
    return "2" if column.is_a("tinyint(1)", "bool") else "-1"


def _huge_number(column: Column) -> str | None:
    if column.is_link:
        return None
    if column.is_a("tinyint(1)", "bool"):
        return "-1"
    if column.is_a("int", "tinyint", "smallint", "mediumint", "bigint"):
        return "2147483647"
    return "1e37" if column.is_a("float", "double", "decimal") else None


def _dangling(column: Column) -> str | None:
    leads = {"proposalid", "sessionid", "blsessionid", "datacollectiongroupid", "datacollectionid", "personid"}
    return "2147483000" if column.is_link and column.name.lower() not in leads else None


# Messes of different kinds of columns come together: a table of old has all of them at once.
@pytest.mark.parametrize(
    "messes",
    [
        (_null,),
        (_zero_date, _unlisted, _odd_number),
        (_half_a_date, _long_text, _huge_number),
        (_no_date_at_all, _dangling),
    ],
    ids=lambda messes: "-".join(mess.__name__.strip("_") for mess in messes),
)
async def test_no_mess_breaks_a_route(
    raw: Callable[[], Any], messes: tuple[Callable[[Column], str | None], ...]
) -> None:
    table = await raw()
    for mess in messes:
        assert table.set_everywhere(mess) > 10
    answers = {}
    for role in ("administrator", "member"):
        async with table.world.as_(role) as client:
            for read in READS:
                if not read.path.endswith("/live") and not read.refused:
                    answer = await client.get(address(table.world, read))
                    answers[role, read.path, read.query] = answer.status_code
    assert set(answers.values()) <= {200, 404}, {
        asked: status for asked, status in answers.items() if status not in {200, 404}
    }
    collection = f"/datacollections/{table.world.ids['collection']}"
    assert (await table.world.get("administrator", collection))["sessionId"] == table.world.ids["session"]


async def test_a_zero_date_reads_as_none(raw: Callable[[], Any]) -> None:
    table = await raw()
    session = table.world.ids["session"]
    table.run(f"UPDATE BLSession SET startDate = '0000-00-00 00:00:00' WHERE sessionId = {session}")
    found = await table.world.get("member", f"/sessions/{session}")
    assert found["startDate"] is None
    assert found["endDate"] is not None
    assert not found["_metadata"]["active"]


async def test_a_collection_with_a_zero_end_has_not_ended(raw: Callable[[], Any]) -> None:
    table = await raw()
    collection = table.world.ids["collection"]
    table.run(
        "UPDATE DataCollection SET endTime = '0000-00-00 00:00:00', runStatus = 'Running' "
        f"WHERE dataCollectionId = {collection}"
    )
    found = await table.world.get("member", f"/datacollections/{collection}")
    assert found["endTime"] is not None
    assert found["_metadata"]["endTimeExpected"]
    assert found["_metadata"]["state"] == "running"


async def test_text_in_the_letters_of_europe_reads_as_it_was_written(raw: Callable[[], Any]) -> None:
    table = await raw()
    text = "Größe 5 € – süß, élève, Å"
    if table.is_mariadb:
        text = text.encode("cp1252").decode("cp1252")
    table.run(f"UPDATE Proposal SET title = '{text}' WHERE proposalId = {table.world.ids['proposal']}")
    assert (await table.world.get("member", f"/proposals/{table.world.proposal}"))["title"] == text


@pytest.mark.parametrize("asked", ["{code}{number}", "MX{number}", "mx{number}", "Mx{number}"])
async def test_a_proposal_code_counts_in_any_case(raw: Callable[[], Any], asked: str) -> None:
    table = await raw()
    number = table.world.proposal.removeprefix("mx")
    table.run(f"UPDATE Proposal SET proposalCode = 'mX' WHERE proposalId = {table.world.ids['proposal']}")
    name = asked.format(code="mX", number=number)
    assert (await table.world.get("member", f"/proposals/{name}"))["proposal"] == f"mX{number}"
    found = await table.world.get("member", "/events", session=f"{name}-1")
    assert len(found["results"]) == 5


async def test_a_sample_that_is_gone_leaves_its_events(raw: Callable[[], Any]) -> None:
    table = await raw()
    ids = table.world.ids
    table.run(f"DELETE FROM BLSample WHERE blSampleId = {ids['sample1']}")
    found = await table.world.get("member", "/events", sessionId=ids["session"])
    assert {event["id"]: event["blSampleId"] for event in found["results"]}[ids["collection"]] is None
    collection = await table.world.get("member", f"/datacollections/{ids['collection']}")
    assert collection["BLSample"] is None


async def test_a_session_without_a_visit_number_has_the_name_of_its_proposal(raw: Callable[[], Any]) -> None:
    table = await raw()
    session = table.world.ids["session"]
    nothing = "NULL" if not table.is_mariadb or _is_nullable(table) else "0"
    table.run(f"UPDATE BLSession SET visit_number = {nothing} WHERE sessionId = {session}")
    found = await table.world.get("member", f"/sessions/{session}")
    assert found["session"] == (table.world.proposal if nothing == "NULL" else f"{table.world.proposal}-0")
    events = await table.world.get("member", "/events", sessionId=session)
    assert {event["session"] for event in events["results"]} == {found["session"]}


def _is_nullable(table: Raw) -> bool:
    return bool(table.world.service.databases.catalogue.facts(BLSession.visit_number).nullable)


async def test_a_flag_that_is_neither_0_nor_1_is_set(raw: Callable[[], Any]) -> None:
    table = await raw()
    session = table.world.ids["session"]
    table.run(f"UPDATE BLSession SET scheduled = -1 WHERE sessionId = {session}")
    assert (await table.world.get("member", f"/sessions/{session}"))["scheduled"] is True


async def test_an_experiment_that_no_list_has_is_shown_as_it_is(raw: Callable[[], Any]) -> None:
    table = await raw()
    group = table.world.ids["group"]
    table.run(f"UPDATE DataCollectionGroup SET experimentType = 'Teleportation' WHERE dataCollectionGroupId = {group}")
    (event,) = (await table.world.get("member", "/events", dataCollectionGroupId=group))["results"]
    kept = "" if table.is_mariadb else "Teleportation"
    assert event["Item"]["experimentType"] == kept
    kinds = await table.world.get("member", "/events/types", sessionId=table.world.ids["session"], eventType="dc")
    assert sum(kind["count"] for kind in kinds) == 2
