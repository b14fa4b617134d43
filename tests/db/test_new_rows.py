"""Rows of several tables that are added at once: with each other's keys, in few round trips, and all or nothing."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from pyispyb.db.database import Database, Databases
from pyispyb.db.driver import BLOCK_SIZE
from pyispyb.db.new_rows import NewRows
from pyispyb.errors import Invalid
from pyispyb.tables import AutoProc, AutoProcProgram, AutoProcProgramAttachment, AutoProcScaling

HOSTILE = "'; DROP TABLE AutoProc; -- \\' \" %s %(a)s new_0 \\0 \n;\nEND \x1a ä"


def files_of(program: Any, *names: str) -> list[dict[str, Any]]:
    return [{"autoProcProgramId": program, "fileName": name} for name in names]


async def test_rows_hold_the_keys_of_each_other(db: Database) -> None:
    rows = NewRows(db)
    programs = [rows.add(AutoProcProgram, {"processingPrograms": name}) for name in ("first", "second")]
    results = [rows.add(AutoProc, {"autoProcProgramId": program, "spaceGroup": "P 1"}) for program in programs]
    rows.add_all(AutoProcProgramAttachment, [*files_of(programs[1], "a", "b"), *files_of(programs[0], "c")])
    before = db.statements
    await rows.write()
    assert db.statements - before == (1 if db.connection.dialect.name != "sqlite" else 5)

    stored = await db.all(
        select(AutoProc.autoProcId, AutoProc.autoProcProgramId, AutoProcProgram.processingPrograms)
        .join(AutoProcProgram, AutoProcProgram.autoProcProgramId == AutoProc.autoProcProgramId)
        .order_by(AutoProc.autoProcId)
    )
    assert [tuple(row) for row in stored] == [
        (int(results[0]), int(programs[0]), "first"),
        (int(results[1]), int(programs[1]), "second"),
    ]
    files = select(AutoProcProgramAttachment.autoProcProgramId, AutoProcProgramAttachment.fileName)
    assert {tuple(row) for row in await db.all(files)} == {
        (int(programs[1]), "a"),
        (int(programs[1]), "b"),
        (int(programs[0]), "c"),
    }


async def test_a_key_is_known_once_its_row_is_there(db: Database) -> None:
    rows = NewRows(db)
    program = rows.add(AutoProcProgram, {"processingPrograms": "later"})
    with pytest.raises(ValueError, match="not added yet"):
        int(program)
    await rows.write()
    more = NewRows(db)
    result = more.add(AutoProc, {"autoProcProgramId": program})
    await more.write()
    found = await db.scalar(select(AutoProc.autoProcProgramId).where(AutoProc.autoProcId == int(result)))
    assert found == int(program)


async def test_nothing_to_write_is_no_statement(db: Database) -> None:
    before = db.statements
    rows = NewRows(db)
    rows.add_all(AutoProcProgramAttachment, [])
    await rows.write()
    assert db.statements == before


async def test_texts_stay_texts(db: Database) -> None:
    rows = NewRows(db)
    program = rows.add(AutoProcProgram, {"processingPrograms": HOSTILE, "processingMessage": "new_0"})
    rows.add_all(AutoProcProgramAttachment, files_of(program, HOSTILE, "%s", "new_0"))
    await rows.write()
    stored = await db.first(select(AutoProcProgram.processingPrograms, AutoProcProgram.processingMessage))
    assert stored is not None
    assert tuple(stored) == (HOSTILE, "new_0")
    names = select(AutoProcProgramAttachment.fileName).order_by(AutoProcProgramAttachment.autoProcProgramAttachmentId)
    assert [row.fileName for row in await db.all(names)] == [HOSTILE, "%s", "new_0"]


async def test_what_is_too_much_at_once_goes_in_parts(db: Database) -> None:
    """MariaDB takes no statement of any length; rows keep the keys of others that went before."""
    rows = NewRows(db)
    long = "x" * 200
    program = rows.add(AutoProcProgram, {"processingPrograms": "large"})
    for _ in range(3):
        rows.add_all(AutoProcProgramAttachment, files_of(program, *[long] * (BLOCK_SIZE // 400)))
    result = rows.add(AutoProc, {"autoProcProgramId": program})
    scaling = rows.add(AutoProcScaling, {"autoProcId": result})
    await rows.write()
    counted = select(func.count()).where(AutoProcProgramAttachment.autoProcProgramId == int(program))
    assert await db.scalar(counted) == 3 * (BLOCK_SIZE // 400)
    of_scaling = select(AutoProcScaling.autoProcId).where(AutoProcScaling.autoProcScalingId == int(scaling))
    assert await db.scalar(of_scaling) == int(result)


async def test_any_number_of_keys_is_told(db: Database) -> None:
    """MariaDB answers no row of more than 4096 columns."""
    rows = NewRows(db)
    program = rows.add(AutoProcProgram, {"processingPrograms": "many"})
    results = [rows.add(AutoProc, {"autoProcProgramId": program, "refinedCell_a": float(n)}) for n in range(5000)]
    scaling = rows.add(AutoProcScaling, {"autoProcId": results[1]})
    await rows.write()
    stored = await db.all(select(AutoProc.autoProcId, AutoProc.refinedCell_a).order_by(AutoProc.refinedCell_a))
    assert [row.autoProcId for row in stored] == [int(result) for result in results]
    of_scaling = select(AutoProcScaling.autoProcId).where(AutoProcScaling.autoProcScalingId == int(scaling))
    assert await db.scalar(of_scaling) == int(results[1])


async def test_a_refused_row_leaves_none_of_the_others(databases: Databases) -> None:
    async def add_to_nothing() -> None:
        async with databases.write() as db:
            rows = NewRows(db)
            rows.add(AutoProcProgram, {"processingPrograms": "undone"})
            await rows.write()
            rows.add(AutoProcProgram, {"processingPrograms": "undone"})
            rows.add(AutoProc, {"autoProcProgramId": 2**31 - 1, "spaceGroup": "secret"})
            await rows.write()

    with pytest.raises(IntegrityError) as refused:
        await add_to_nothing()
    assert "secret" not in str(refused.value).replace(str(refused.value.orig), "")
    async with databases.read() as db:
        assert await db.scalar(select(func.count()).select_from(AutoProcProgram)) == 0


async def test_values_are_refused_before_anything_is_sent(db: Database) -> None:
    before = db.statements
    rows = NewRows(db)
    with pytest.raises(Invalid) as refused:
        rows.add_all(AutoProc, [{"refinedCell_a": 1.0}, {"refinedCell_a": float("nan")}], ["cells[0].", "cells[1]."])
    assert [error.path for error in refused.value.errors] == ["cells[1].refinedCell_a"]
    assert db.statements == before
