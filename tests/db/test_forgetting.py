"""Answers that were remembered for repeated requests are forgotten while the service runs."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError

from pyispyb.clock import utc_now
from pyispyb.db import idempotency
from pyispyb.db.database import Database
from pyispyb.tables import Idempotency
from tests.service import Service, running_service

SUBJECT = "key:0"


async def remember(service: Service, key: str, age: timedelta) -> None:
    async with service.database() as db:
        assert await idempotency.is_first(db, SUBJECT, key)
        this = Idempotency.idempotencyKey == key
        await db.execute(update(Idempotency).where(this).values(createdAt=utc_now() - age))


async def remembered(service: Service) -> set[str]:
    async with service.databases.read() as db:
        return {
            row[0] for row in await db.all(select(Idempotency.idempotencyKey).where(Idempotency.subject == SUBJECT))
        }


async def until_forgotten(service: Service, key: str) -> None:
    async with asyncio.timeout(3):
        while key in await remembered(service):
            await asyncio.sleep(0.02)


async def test_old_answers_are_forgotten_while_it_runs(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idempotency, "FORGET_SECONDS", 0.05)
    async with running_service(service.app.state.settings) as running:
        await remember(running, "young", idempotency.KEPT - timedelta(hours=1))
        for key in ("old", "older"):
            await remember(running, key, idempotency.KEPT + timedelta(hours=1))
            await until_forgotten(running, key)
        assert await remembered(running) == {"young"}
    async with service.database() as db:
        await db.execute(delete(Idempotency).where(Idempotency.subject == SUBJECT))


async def test_a_database_that_is_away_does_not_end_it(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    execute, failed = Database.execute, []

    async def failing(db: Database, statement: Any, values: Any = None) -> Any:
        if str(statement).startswith("DELETE FROM pyispyb_idempotency") and len(failed) < 3:
            failed.append(statement)
            raise OperationalError("DELETE", {}, Exception("the server has gone away"))
        return await execute(db, statement, values)

    monkeypatch.setattr(idempotency, "FORGET_SECONDS", 0.02)
    async with idempotency.forgetting(service.databases):
        monkeypatch.setattr(Database, "execute", failing)
        await remember(service, "old", idempotency.KEPT + timedelta(hours=1))
        await until_forgotten(service, "old")
    assert len(failed) == 3
