"""What a database has and lacks, and what that means for ISPyB and for the safety of what it keeps."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import Mapper
from sqlalchemy.schema import CreateIndex

from ..tables import (
    RECOMMENDED_INDEXES,
    Audit,
    AutoProcProgram,
    Base,
    BLSample,
    BLSession,
    Container,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    Dewar,
    Person,
    Proposal,
    ProposalHasPerson,
    Protein,
    Session_has_Person,
    Shipping,
)
from ..tables.own import PREFIX
from .append_only import Protection, protection
from .catalogue import Catalogue, Description
from .migrations import newest_revision, revision_of

ESSENTIAL_TABLES: tuple[type[Base], ...] = (
    Person,
    Proposal,
    ProposalHasPerson,
    BLSession,
    Session_has_Person,
    Protein,
    Crystal,
    BLSample,
    Container,
    Dewar,
    Shipping,
    DataCollectionGroup,
    DataCollection,
    AutoProcProgram,
)
"""Without these there is nothing to show; any other table may be missing."""


@dataclass(frozen=True)
class MissingIndex:
    """An index that a list is read by, and the statement that makes it."""

    table: str
    columns: tuple[str, ...]
    statement: str


@dataclass(frozen=True)
class ServerSetting:
    """A setting of the server that decides what survives a crash, whether it is safe, and what it means."""

    name: str
    value: str
    safe: bool
    meaning: str


@dataclass(frozen=True)
class Report:
    """What `check_database` found.

    `tables` and `columns` are pairs: how many there are, and how many this flavour has. `character_sets` counts columns
    and is empty on SQLite. `essential` says in sentences what ISPyB cannot work without, `audit` what keeps the audit
    trail from being changed.
    """

    server: str
    flavour: Description
    tables: tuple[int, int]
    columns: tuple[int, int]
    missing_tables: tuple[str, ...]
    missing_columns: tuple[str, ...]
    unknown_tables: int
    unknown_columns: int
    own_revision: str | None
    expected_revision: str | None
    missing_indexes: tuple[MissingIndex, ...]
    character_sets: Mapping[str, int]
    settings: tuple[ServerSetting, ...]
    essential: tuple[str, ...]
    audit: Protection | None


async def check_database(engine: AsyncEngine) -> Report:
    """Look at a database and change nothing."""
    async with engine.connect() as connection:
        catalogue = await Catalogue.read(connection)
        server, settings = await _server(connection)
        revision = await connection.run_sync(revision_of)
        audit = await connection.run_sync(protection) if catalogue.has_table(Audit) else None
        dialect = connection.dialect
    flavour = catalogue.describe()
    expected = _expected(flavour)
    missing_tables = tuple(table for table in expected if table.lower() not in catalogue.tables)
    missing_columns = tuple(
        f"{table}.{column}"
        for table, columns in expected.items()
        if (there := catalogue.tables.get(table.lower()))
        for column in columns
        if column.lower() not in there.columns
    )
    wanted_columns = sum(map(len, expected.values()))
    lost_columns = sum(len(expected[table]) for table in missing_tables) + len(missing_columns)
    unknown_tables, unknown_columns = _unknown(catalogue)
    return Report(
        server=server,
        flavour=flavour,
        tables=(len(expected) - len(missing_tables), len(expected)),
        columns=(wanted_columns - lost_columns, wanted_columns),
        missing_tables=missing_tables,
        missing_columns=missing_columns,
        unknown_tables=unknown_tables,
        unknown_columns=unknown_columns,
        own_revision=revision,
        expected_revision=newest_revision(),
        missing_indexes=tuple(_missing_indexes(catalogue, dialect)),
        character_sets=_character_sets(catalogue),
        settings=settings,
        essential=tuple(_essential(catalogue, revision)),
        audit=audit,
    )


def _expected(flavour: Description) -> dict[str, list[str]]:
    """Tables and their columns that a database of this flavour has; of an unknown one, what both have."""
    marks = {None, "dls", "collab"} if flavour == "complete" else {None, flavour}
    return {
        mapper.class_.__tablename__: [column.name for column in _columns(mapper) if column.info.get("only") in marks]
        for mapper in sorted(Base.registry.mappers, key=lambda mapper: str(mapper.class_.__tablename__))
        if mapper.class_.__only__ in marks and not mapper.class_.__tablename__.startswith(PREFIX)
    }


def _columns(mapper: Mapper[Any]) -> Iterable[Any]:
    return (attribute.columns[0] for attribute in mapper.column_attrs)


def _unknown(catalogue: Catalogue) -> tuple[int, int]:
    """Numbers of tables, and of columns within known tables, that ISPyB does not know; views are nobody's concern."""
    known = {table.name.lower(): {column.name.lower() for column in table.c} for table in Base.metadata.tables.values()}
    tables = [table for table in catalogue.tables.values() if not table.is_view]
    unknown = [table for table in tables if table.name.lower() not in known and not table.name.startswith(PREFIX)]
    extra = [
        column
        for table in tables
        for column in table.columns
        if column not in known.get(table.name.lower(), table.columns)
    ]
    return len(unknown), len(extra)


def _missing_indexes(catalogue: Catalogue, dialect: Dialect) -> Iterable[MissingIndex]:
    online = " ALGORITHM=INPLACE LOCK=NONE" if dialect.name == "mysql" else ""
    for table, columns in RECOMMENDED_INDEXES:
        if all(catalogue.has(getattr(table, name)) for name in columns) and not catalogue.has_index(table, *columns):
            declared = Base.metadata.tables[table.__tablename__].indexes
            index = next(index for index in declared if tuple(column.name for column in index.columns) == columns)
            statement = str(CreateIndex(index).compile(dialect=dialect))
            yield MissingIndex(table.__tablename__, columns, f"{statement}{online};")


def _character_sets(catalogue: Catalogue) -> dict[str, int]:
    tables = (table for table in catalogue.tables.values() if not table.is_view)
    found = Counter(facts.character_set for table in tables for facts in table.columns.values() if facts.character_set)
    return {str(name): count for name, count in found.most_common()}


def _essential(catalogue: Catalogue, revision: str | None) -> Iterable[str]:
    missing = [table.__tablename__ for table in ESSENTIAL_TABLES if not catalogue.has_table(table)]
    if len(missing) == len(ESSENTIAL_TABLES):
        yield "This is no ISPyB database: `pyispyb db create` makes one of an empty database."
        return
    for table in missing:
        yield f"The table {table} is missing."
    if revision != newest_revision():
        yield "ISPyB's own tables are not up to date: run `pyispyb db upgrade`."


async def _server(connection: AsyncConnection) -> tuple[str, tuple[ServerSetting, ...]]:
    if connection.dialect.name == "sqlite":
        return await _sqlite(connection)
    return await _mariadb(connection)


async def _mariadb(connection: AsyncConnection) -> tuple[str, tuple[ServerSetting, ...]]:
    row = (
        await connection.execute(
            text(
                "SELECT VERSION() AS version, @@innodb_flush_log_at_trx_commit AS flush, @@log_bin AS binlog, "
                "@@sync_binlog AS sync_binlog, @@innodb_doublewrite AS doublewrite"
            )
        )
    ).one()
    settings = [
        ServerSetting(
            "innodb_flush_log_at_trx_commit",
            str(row.flush),
            row.flush == 1,
            "1: what was answered is on disk. Otherwise a crash of the machine loses the last second of measurements.",
        ),
        ServerSetting(
            "innodb_doublewrite",
            str(row.doublewrite),
            str(row.doublewrite) not in {"0", "OFF"},
            "On: a page half written in a crash is repaired. Off is safe only where the file system writes it whole.",
        ),
    ]
    if row.binlog:
        settings.append(
            ServerSetting(
                "sync_binlog",
                str(row.sync_binlog),
                row.sync_binlog == 1,
                "1: replicas and backups get everything that was answered. Otherwise a crash may lose the end of it.",
            )
        )
    return f"MariaDB {row.version}", tuple(settings)


async def _sqlite(connection: AsyncConnection) -> tuple[str, tuple[ServerSetting, ...]]:
    async def ask(question: str) -> Any:
        return (await connection.execute(text(question))).scalar_one()

    journal, synchronous = await ask("PRAGMA journal_mode"), await ask("PRAGMA synchronous")
    settings = (
        ServerSetting(
            "journal_mode",
            str(journal),
            journal == "wal",
            "wal: reading goes on while something is written, and a crash leaves the last whole transaction.",
        ),
        ServerSetting(
            "synchronous",
            str(synchronous),
            synchronous >= 2,
            "2 or more: what was answered is on disk. Otherwise a crash of the machine loses the last measurements.",
        ),
    )
    return f"SQLite {await ask('SELECT sqlite_version()')}", settings
