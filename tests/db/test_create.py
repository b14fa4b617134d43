"""A fresh database: whole, guarded, and only made where there was nothing."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, delete, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from pyispyb.db.check import check_database
from pyispyb.db.create import NotEmptyError, create_database
from pyispyb.tables import AdminVar, ApiKey, Base, Person, Position, Proposal
from tests.flavours import Flavour

from .conftest import opened, sqlite_url


async def test_every_table_is_made(fresh: AsyncEngine) -> None:
    async with fresh.connect() as connection:
        made = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    assert made == {*Base.metadata.tables, "pyispyb_alembic_version"}


async def test_a_database_with_tables_is_left_alone(
    fresh: AsyncEngine, facility: AsyncEngine, flavour: Flavour
) -> None:
    for engine in (fresh, facility):
        with pytest.raises(NotEmptyError, match="has tables already"):
            await create_database(engine)
    async with facility.connect() as connection:
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert len(tables) == {"dls": 205, "collab": 210}[flavour]


async def test_a_failure_leaves_an_empty_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(sqlite_url(tmp_path / "half.sqlite")) as engine:
        with monkeypatch.context() as patch:
            patch.setattr("pyispyb.db.create.lookup_rows", rows_that_do_not_fit)
            with pytest.raises(IntegrityError):
                await create_database(engine)
        await create_database(engine)
        assert (await check_database(engine)).tables == (265, 265)


def rows_that_do_not_fit() -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """One row, of a proposal that nobody leads."""
    yield Base.metadata.tables["Proposal"], [{"personId": 4_000_000}]


async def test_foreign_keys_are_guarded(fresh: AsyncEngine) -> None:
    with pytest.raises(IntegrityError):
        async with fresh.begin() as connection:
            await connection.execute(insert(Proposal).values(personId=4_000_000, proposalCode="mx"))


async def test_logins_are_unique_whatever_their_case(fresh: AsyncEngine) -> None:
    with pytest.raises(IntegrityError):
        async with fresh.begin() as connection:
            await connection.execute(insert(Person), [{"login": "somebody"}, {"login": "SomeBody"}])


async def test_computed_columns_follow_their_source(fresh: AsyncEngine) -> None:
    async with fresh.connect() as connection, connection.begin() as transaction:
        await connection.execute(insert(Position).values(posX=1.5, posY=-2.0))
        point = (await connection.execute(select(Position.X, Position.Y, Position.Z))).one()
        await transaction.rollback()
    assert tuple(point) == (1.5, -2.0, None)


@pytest.mark.parametrize("fresh", ["sqlite"], indirect=True)
async def test_image_quality_is_stored_in_the_order_of_its_key(fresh: AsyncEngine) -> None:
    async with fresh.connect() as connection:
        made = text("SELECT sql FROM sqlite_schema WHERE name = 'ImageQualityIndicators'")
        assert str((await connection.execute(made)).scalar_one()).rstrip().endswith("WITHOUT ROWID")


@pytest.mark.parametrize("fresh", ["mariadb"], indirect=True)
async def test_mariadb_tables_keep_every_character_and_every_transaction(fresh: AsyncEngine) -> None:
    async with fresh.connect() as connection:
        kinds = await connection.execute(
            text(
                "SELECT DISTINCT engine, table_collation FROM information_schema.tables "
                "WHERE table_schema = DATABASE() AND table_name <> 'pyispyb_alembic_version'"
            )
        )
        assert kinds.all() == [("InnoDB", "utf8mb4_general_ci")]


async def test_the_number_of_a_deleted_row_is_never_given_again(fresh: AsyncEngine) -> None:
    async with fresh.begin() as connection:
        for table in (AdminVar, ApiKey):
            values = {"name": "gone"} if table is AdminVar else KEY
            first = (await connection.execute(insert(table).values(values))).inserted_primary_key
            await connection.execute(delete(table).where(table.name == "gone"))
            second = (await connection.execute(insert(table).values(values))).inserted_primary_key
            await connection.execute(delete(table).where(table.name == "gone"))
            assert first is not None
            assert second is not None
            assert second[0] > first[0]


KEY = {"name": "gone", "secretHash": "0" * 64, "scopes": "read", "beamLines": "[]", "createdAt": datetime(2026, 11, 22)}
