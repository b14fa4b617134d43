"""The catalogue sees what each kind of database really has."""

from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import aliased

from pyispyb.db.catalogue import Catalogue, ColumnFacts
from pyispyb.tables import (
    AutoProcProgram,
    Base,
    BLSession,
    DataCollection,
    DataCollectionGroup,
    ImageQualityIndicators,
    Person,
    Position,
    ProcessingJob,
    Proposal,
    Protein,
    RobotAction,
    Workflow,
)
from tests.flavours import Flavour, all_tables, flavour_tables
from tests.servers import MariaDB

from .conftest import opened


async def catalogue_of(engine: AsyncEngine) -> Catalogue:
    async with engine.connect() as connection:
        return await Catalogue.read(connection)


async def test_a_facilitys_database_has_its_flavours_columns_and_no_others(
    facility: AsyncEngine, flavour: Flavour
) -> None:
    catalogue = await catalogue_of(facility)
    tables = flavour_tables(flavour)
    for mapper in Base.registry.mappers:
        name = mapper.class_.__tablename__
        if name not in all_tables():
            continue
        assert catalogue.has_table(mapper.class_) is (name in tables)
        there = {column.lower() for column in tables.get(name, {})}
        for attribute in mapper.column_attrs:
            column = Base.metadata.tables[name].c[attribute.columns[0].name]
            assert catalogue.has(getattr(mapper.class_, attribute.key)) is (column.name.lower() in there)
            assert catalogue.has(column) is (column.name.lower() in there)
        assert len(catalogue.columns(mapper.class_)) == len(there)
    assert catalogue.describe() == flavour


async def test_a_fresh_database_has_everything(fresh: AsyncEngine) -> None:
    catalogue = await catalogue_of(fresh)
    assert catalogue.describe() == "complete"
    assert all(
        catalogue.has(getattr(mapper.class_, attribute.key))
        for mapper in Base.registry.mappers
        for attribute in mapper.column_attrs
    )
    assert [column.key for column in catalogue.columns(Position)][-3:] == ["X", "Y", "Z"]


async def test_an_empty_database_has_nothing(mariadb: MariaDB) -> None:
    async with opened(mariadb.create("empty_of_catalogue_tests")) as engine:
        catalogue = await catalogue_of(engine)
    assert catalogue.describe() == "unknown"
    assert catalogue.columns(Person) == ()
    assert not catalogue.has(Person.login)
    assert not catalogue.has_index(Person, "personId")


async def test_one_look_at_mariadb_takes_three_statements(facility: AsyncEngine) -> None:
    assert len(await queries_of_one_look(facility)) == 3


async def test_one_look_at_a_fresh_database_takes_three_statements(fresh: AsyncEngine) -> None:
    assert len(await queries_of_one_look(fresh)) == 3


async def queries_of_one_look(engine: AsyncEngine) -> list[str]:
    """The queries that reading a catalogue sends."""
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        seen.append(arguments[2])

    async with engine.connect() as connection:
        event.listen(engine.sync_engine, "before_cursor_execute", note)
        await Catalogue.read(connection)
        event.remove(engine.sync_engine, "before_cursor_execute", note)
    return seen


async def test_values_for_missing_columns_are_told_apart(facility: AsyncEngine, flavour: Flavour) -> None:
    catalogue = await catalogue_of(facility)
    values = {"title": "A proposal", "startDate": None}
    kept, missing = catalogue.present(Proposal, values)
    assert (kept, missing) == ((values, ()) if flavour == "dls" else ({"title": "A proposal"}, ("startDate",)))
    assert catalogue.present(Protein, {"global_": True}) == ({"global_": True}, ())
    with pytest.raises(KeyError):
        catalogue.present(Proposal, {"tittle": "A proposal"})


async def test_indexes_are_known_by_what_they_begin_with(facility: AsyncEngine, fresh: AsyncEngine) -> None:
    old, new = await catalogue_of(facility), await catalogue_of(fresh)
    assert not old.has_index(DataCollectionGroup, "sessionId", "startTime")
    assert new.has_index(DataCollectionGroup, "sessionId", "startTime")
    for catalogue in (old, new):
        assert catalogue.has_index(DataCollectionGroup, "sessionId")
        assert catalogue.has_index(BLSession, "proposalId", "visit_number")
        assert catalogue.has_index(DataCollection, "dataCollectionId")
        assert not catalogue.has_index(BLSession, "visit_number", "proposalId")
        assert not catalogue.has_index(BLSession, "visit_number")


async def test_image_quality_has_the_key_of_its_flavour(dls_url: str, collab_url: str, fresh: AsyncEngine) -> None:
    by_image = ("dataCollectionId", "imageNumber")
    async with opened(dls_url) as dls, opened(collab_url) as collab:
        assert (await catalogue_of(dls)).has_index(ImageQualityIndicators, *by_image)
        assert not (await catalogue_of(collab)).has_index(ImageQualityIndicators, *by_image)
    assert (await catalogue_of(fresh)).has_index(ImageQualityIndicators, *by_image)


async def test_facts_of_dls(dls_url: str) -> None:
    async with opened(dls_url) as engine:
        catalogue = await catalogue_of(engine)
    assert catalogue.facts(Proposal.title) == ColumnFacts("varchar", True, max_length=200, character_set="latin1")
    assert catalogue.facts(Proposal.personId) == ColumnFacts("int", False, minimum=0, maximum=4294967295)
    assert catalogue.facts(AutoProcProgram.processingStatus).data_type == "tinyint"
    assert catalogue.facts(DataCollection.blSampleId).maximum == 2147483647
    assert "LASER" in (catalogue.facts(RobotAction.actionType).enum_values or ())
    assert catalogue.has(ProcessingJob.recipe)
    with pytest.raises(KeyError):
        catalogue.facts(Workflow.workflowId)


async def test_facts_of_collab(collab_url: str) -> None:
    async with opened(collab_url) as engine:
        catalogue = await catalogue_of(engine)
    status = catalogue.facts(AutoProcProgram.processingStatus)
    assert status.enum_values == ("RUNNING", "FAILED", "SUCCESS", "0", "1")
    assert status.max_length is None
    assert "LASER" not in (catalogue.facts(RobotAction.actionType).enum_values or ())
    assert catalogue.facts(DataCollection.imagePrefix).max_length == 100
    assert catalogue.facts(Proposal.title).character_set == "utf8mb4"


async def test_facts_of_a_fresh_database(fresh: AsyncEngine) -> None:
    catalogue = await catalogue_of(fresh)
    title = catalogue.facts(Proposal.title)
    assert (title.max_length, title.nullable, title.enum_values) == (200, True, None)
    assert not catalogue.facts(Proposal.personId).nullable
    assert catalogue.facts(RobotAction.actionType).enum_values is None
    maximum = catalogue.facts(Proposal.proposalId).maximum
    assert maximum is not None
    assert maximum >= 2**32 - 1


async def test_aliases_are_columns_of_their_table(facility: AsyncEngine) -> None:
    catalogue = await catalogue_of(facility)
    somebody = aliased(Person)
    assert catalogue.has(somebody.login)
    assert catalogue.facts(somebody.login).max_length == 45
