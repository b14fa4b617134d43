"""Statements that the driver runs itself tell, refuse and end as those that SQLAlchemy runs."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import bindparam, func, literal_column, or_, select, text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from pyispyb.db.database import Database, Databases, connect
from pyispyb.db.prepared import prepared_select
from pyispyb.db.typing import AnySelect
from pyispyb.tables import ApiKey
from tests.servers import MariaDB

MOMENT = datetime(2026, 3, 1, 12, 30)
NAMED: AnySelect = (
    select(ApiKey.apiKeyId, ApiKey.name, ApiKey.createdAt, ApiKey.expiresAt, func.length(ApiKey.name).label("letters"))
    .where(ApiKey.name.in_(["first", "second"]), ApiKey.createdAt <= bindparam("until"))
    .order_by(ApiKey.apiKeyId)
)


def key(name: str) -> dict[str, Any]:
    return {"name": name, "secretHash": name * 4, "scopes": "", "beamLines": "[]", "createdAt": MOMENT}


async def test_rows_are_those_of_sqlalchemy(db: Database) -> None:
    keys = [await db.insert(ApiKey, key(name)) for name in ("first", "other")]
    await db.insert_many(ApiKey, [key("second"), key("third")])
    before = db.statements
    told = await db.rows(NAMED, {"until": MOMENT})
    assert db.statements == before + 1
    assert [row._asdict() for row in told] == [dict(row._mapping) for row in await db.all(NAMED, {"until": MOMENT})]
    assert [(row.name, row.createdAt, row.expiresAt, row.letters) for row in told] == [
        ("first", MOMENT, None, 5),
        ("second", MOMENT, None, 6),
    ]
    assert told[0].apiKeyId == keys[0] < keys[1]
    assert await db.rows(NAMED, {"until": datetime(2020, 1, 1)}) == []


async def test_a_parameter_must_be_given(db: Database) -> None:
    with pytest.raises(KeyError, match="until"):
        await db.rows(NAMED, {})
    with pytest.raises(KeyError, match="moments"):
        await db.rows(LISTED, {"before": "z"})


MOMENTS: Any = bindparam("moments", expanding=True)
LISTED: AnySelect = (
    select(ApiKey.name, ApiKey.createdAt, ApiKey.createdAt.in_(MOMENTS).label("is_listed"))
    .where(or_(ApiKey.createdAt.in_(MOMENTS), ApiKey.name == "always"), ApiKey.name < bindparam("before"))
    .where(ApiKey.scopes.in_(["", "read"]))
    .order_by(ApiKey.name)
)


@pytest.mark.parametrize("many", [0, 1, 2, 700])
async def test_a_parameter_may_be_a_list(db: Database, many: int) -> None:
    for number, name in enumerate(("always", "first", "second", "third?%s")):
        await db.insert(ApiKey, {**key(name), "createdAt": MOMENT + timedelta(hours=number)})
    moments = [MOMENT + timedelta(hours=number + 2) for number in range(many)]
    values = {"moments": moments, "before": "~"}
    told = await db.rows(LISTED, values)
    assert [tuple(row) for row in told] == [tuple(row) for row in await db.all(LISTED, values)]
    assert [tuple(row) for row in await db.tuples(LISTED, values)] == [tuple(row) for row in told]
    assert [row.name for row in told] == ["always", "second", "third?%s"][: min(many, 2) + 1]
    assert [bool(row.is_listed) for row in told] == [False, True, True][: len(told)]


async def test_a_text_that_does_not_tell_where_values_stand_is_refused(db: Database) -> None:
    mark = {"qmark": "?", "format": "%s"}[db.connection.dialect.paramstyle]
    unclear: AnySelect = select(literal_column(f"'{mark}'").label("mark")).where(ApiKey.createdAt.in_(MOMENTS))
    with pytest.raises(TypeError):
        prepared_select(db.connection.dialect, unclear)


async def test_errors_are_those_of_sqlalchemy_without_values(db: Database) -> None:
    await db.insert(ApiKey, key("first"))
    with pytest.raises(IntegrityError) as refused:
        async with db.connection.begin_nested():
            await db.insert(ApiKey, key("first"))
    assert "firstfirst" not in str(refused.value).replace(str(refused.value.orig), "")
    assert [row.name for row in await db.rows(NAMED, {"until": MOMENT})] == ["first"]


async def test_what_a_column_cannot_hold_is_refused(databases: Databases) -> None:
    if databases.reading.dialect.name == "sqlite":
        pytest.skip("SQLite keeps any number of letters")
    async with databases.write() as db:
        with pytest.raises(DataError):
            await db.insert(ApiKey, key("x" * 300))


async def test_a_server_that_was_restarted_fails_one_request(mariadb: MariaDB) -> None:
    databases = await connect(mariadb.create("test_lost_connections"))
    statement: AnySelect = select(func.connection_id().label("number"))
    async with databases.read() as one, databases.read() as other:
        numbers = [(await db.rows(statement, {}))[0].number for db in (one, other)]
    for number in numbers:
        mariadb.run(f"KILL {number}")
    with pytest.raises(OperationalError) as lost:
        async with databases.read() as db:
            await db.rows(statement, {})
    assert lost.value.connection_invalidated
    async with databases.read() as one, databases.read() as other:
        for db in (one, other):
            assert (await db.rows(statement, {}))[0].number not in numbers
    await databases.close()


async def test_who_leaves_in_the_middle_leaves_no_answer_behind(mariadb: MariaDB) -> None:
    databases = await connect(mariadb.create("test_left_in_the_middle"), pool_size=1)
    slow: AnySelect = select(func.sleep(bindparam("seconds")).label("slept"))

    async def ask(seconds: float) -> Any:
        async with databases.read() as db:
            return (await db.rows(slow, {"seconds": seconds}))[0].slept

    asked = asyncio.create_task(ask(5))
    await asyncio.sleep(0.3)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    async with databases.read() as db:
        assert await db.scalar(text("SELECT 'mine'")) == "mine"
    assert await ask(0) == 0
    await databases.close()
