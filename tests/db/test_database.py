"""One transaction, whoever sends its statements: SQLAlchemy, or the driver itself; what is asked while work is done."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from itertools import count, product
from typing import Any

import pytest
from sqlalchemy import bindparam, delete, func, insert, literal, select
from sqlalchemy.exc import IntegrityError, OperationalError

from pyispyb.db.database import Database, Databases, connect
from pyispyb.db.driver import Insert, NewKey, _block
from pyispyb.db.new_rows import NewRows
from pyispyb.db.typing import AnySelect
from pyispyb.errors import Invalid, NotFound
from pyispyb.tables import (
    AutoProcProgram,
    AutoProcProgramMessage,
    BLSession,
    DataCollection,
    DataCollectionGroup,
    Person,
    Proposal,
)
from tests.servers import MariaDB

_numbers = count(1)
NAMED = select(AutoProcProgram.processingPrograms).where(AutoProcProgram.processingCommandLine == bindparam("command"))


@pytest.fixture(autouse=True)
async def nothing_left(databases: Databases) -> AsyncIterator[None]:
    """Other tests write to the same database."""
    yield
    async with databases.write() as db:
        await db.execute(delete(AutoProcProgram))


async def by_driver(db: Database, command: str) -> None:
    await db.insert(AutoProcProgram, {"processingPrograms": "by the driver", "processingCommandLine": command})


async def by_sqlalchemy(db: Database, command: str) -> None:
    values = {"processingPrograms": "by SQLAlchemy", "processingCommandLine": command}
    await db.execute(insert(AutoProcProgram).values(values))


WAYS = list(product((by_driver, by_sqlalchemy), repeat=2))


async def _there(databases: Databases, command: str) -> list[str]:
    async with databases.read() as db:
        return [row.processingPrograms for row in await db.rows(NAMED, {"command": command})]


@pytest.mark.parametrize("ways", WAYS)
async def test_all_of_a_transaction_is_kept(databases: Databases, ways: Any) -> None:
    command = f"kept {next(_numbers)}"
    async with databases.write() as db:
        for way in ways:
            await way(db, command)
        assert await _there(databases, command) == []
    assert len(await _there(databases, command)) == 2


@pytest.mark.parametrize("ways", WAYS)
async def test_nothing_of_a_transaction_that_fails_is_kept(databases: Databases, ways: Any) -> None:
    command = f"forgotten {next(_numbers)}"

    async def fail() -> None:
        async with databases.write() as db:
            for way in ways:
                await way(db, command)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with databases.write() as db:  # the next one begins with nothing
        await by_driver(db, f"after {command}")
    assert await _there(databases, command) == []


async def test_connections_come_back_from_whatever_happens(databases: Databases) -> None:
    async def fail(*, writes: bool, how: Any) -> None:
        async with databases.write() if writes else databases.read() as db:
            await db.rows(NAMED, {"command": "none"})
            if how is OperationalError:
                await db.scalar(select(bindparam("x")).where(bindparam("never bound") == 1))
            raise how

    for writes in (True, False):
        for how in (LookupError, asyncio.CancelledError, OperationalError) * 10:
            with pytest.raises(BaseException):  # noqa: B017, PT011 - whatever it is
                await asyncio.wait_for(fail(writes=writes, how=how), 5)
    assert await _there(databases, "none") == []


async def test_what_is_asked_is_answered_while_work_is_done(db: Database) -> None:
    asked_when_work_was_done = []

    def work() -> str:
        asked_when_work_was_done.append(db.statements)
        return "done"

    before = db.statements
    answer, made = await db.meanwhile(db.rows(NAMED, {"command": "none"}), work)
    assert (answer, made) == ([], "done")
    assert asked_when_work_was_done == [before + 1]


async def test_what_is_wrong_with_the_question_is_told_first(db: Database) -> None:
    async def ask() -> None:
        await db.rows(NAMED, {"command": "none"})
        raise NotFound("no such collection")

    def work() -> None:
        raise Invalid("a number is too large")

    with pytest.raises(NotFound):
        await db.meanwhile(ask(), work)
    with pytest.raises(Invalid):
        await db.meanwhile(db.rows(NAMED, {"command": "none"}), work)
    assert await db.rows(NAMED, {"command": "none"}) == []  # nothing is left on the way


async def test_who_leaves_takes_the_answer_along(mariadb: MariaDB) -> None:
    databases = await connect(mariadb.create("test_left_while_asking"), pool_size=1)
    slow: AnySelect = select(func.sleep(bindparam("seconds")).label("slept"))

    async def ask() -> None:
        async with databases.write() as db:
            await db.meanwhile(db.rows(slow, {"seconds": 0.1}), lambda: None)

    for loops in range(8):  # wherever it is when it is told to stop
        asked = asyncio.create_task(ask())
        for _ in range(loops):
            await asyncio.sleep(0)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        async with databases.write() as db:
            assert await db.scalar(select(literal(f"mine {loops}"))) == f"mine {loops}"
    await databases.close()


NUMBERS = (0.1, -0.0, 1e300, -2.5e-300, 1 / 3, 123456789.0, 5e-324, 0.0, 1.0)


async def test_numbers_arrive_as_they_were_sent(db: Database) -> None:
    """In a block of inserts they stand as we write them."""
    rows = NewRows(db)
    person = rows.add(Person, {"familyName": "Exact"})
    proposal = rows.add(Proposal, {"proposalCode": "mx", "proposalNumber": "1", "personId": person})
    group = rows.add(DataCollectionGroup, {"sessionId": rows.add(BLSession, {"proposalId": proposal})})
    keys = [rows.add(DataCollection, {"dataCollectionGroupId": group, "flux": number}) for number in NUMBERS]
    await rows.write()
    kept = select(DataCollection.flux).where(DataCollection.dataCollectionGroupId == int(group))
    stored = await db.all(kept.order_by(DataCollection.dataCollectionId))
    assert keys == sorted(keys, key=int)
    assert [row.flux for row in stored] == list(NUMBERS)


def test_only_numbers_stand_in_a_block_themselves() -> None:
    """Whatever else there is is written by the driver, which knows how to quote it."""
    key, known = NewKey(), NewKey(7)
    quoted = (True, "1); DROP TABLE x; --", b"x", float("inf"), _Sly(1), datetime(2026, 1, 1))
    first = Insert("INSERT INTO a (x) VALUES (%s)", [(1,)], key)
    other = Insert("INSERT INTO b (x) VALUES (%s)", [(0.1, 1e22, -3, None, key, known, *quoted)])
    text, values = _block([first, other], [key])
    assert "VALUES (0.1e0, 1e+22, -3, NULL, new_0, 7, %s, %s, %s, %s, %s, %s)" in text
    assert values == quoted


async def test_errors_tell_no_values(db: Database) -> None:
    rows = NewRows(db)
    rows.add_all(DataCollectionGroup, [{"sessionId": 987654321}] * 2)
    rows.add(AutoProcProgram, {"processingPrograms": "secret of ours"})
    with pytest.raises(IntegrityError) as refused:
        await rows.write()
    told = str(refused.value).replace(str(refused.value.orig), "")
    assert "INSERT INTO" in told
    assert "987654321" not in told
    assert "secret" not in told


async def test_very_many_rows_go_in_parts(db: Database) -> None:
    long = "x" * 1000
    rows = NewRows(db)
    program = rows.add(AutoProcProgram, {"processingPrograms": "long"})
    messages = [
        {"autoProcProgramId": program, "severity": "INFO", "message": f"{number}", "description": long}
        for number in range(2500)
    ]
    rows.add_all(AutoProcProgramMessage, messages)
    before = db.statements
    await rows.write()
    assert db.statements - before == (2 if db.connection.dialect.name == "sqlite" else 3)
    kept = select(AutoProcProgramMessage.message).where(AutoProcProgramMessage.autoProcProgramId == int(program))
    told = await db.all(kept.order_by(AutoProcProgramMessage.autoProcProgramMessageId))
    assert [row.message for row in told] == [f"{number}" for number in range(2500)]


class _Sly(int):
    """A number that writes itself as something else."""

    def __repr__(self) -> str:
        return "1); DROP TABLE x; --"
