"""A service that is killed in the midst of its work leaves whole results, and nothing of the others."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from sqlalchemy import Select, func, select

from pyispyb.app import API_BASE
from pyispyb.tables import (
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcProgramAttachment,
    AutoProcScaling,
    AutoProcScaling_has_Int,
    AutoProcScalingStatistics,
    ScalingExtra,
)
from tests.servers import free_port
from tests.world import World

from .documents import result

SENDERS = 6
"""At once: when the service is killed, some of them have written a part."""
READY_WITHIN = 60.0
"""A loaded machine may take its time [s]."""


@contextmanager
def serving(world: World) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`pyispyb serve` on the database of the world: its process and address."""
    port = free_port()
    url = world.service.app.state.settings.database.url
    command = [sys.executable, "-m", "pyispyb", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, env={**os.environ, "ISPYB_DATABASE__URL": url}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}{API_BASE}"
    try:
        give_up = time.monotonic() + READY_WITHIN
        while not _answers(address):
            assert process.poll() is None, "the service does not start"
            assert time.monotonic() < give_up, "the service does not come up"
            time.sleep(0.05)
        yield process, address
    finally:
        process.kill()
        process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/auth/config").status_code == 200
    except httpx.TransportError:
        return False


def send_until_killed(address: str, token: str, collection: int, name: str, stored: list[int]) -> None:
    """Result after result, noting the key of each that was answered."""
    with httpx.Client(headers={"Authorization": f"Bearer {token}"}) as client:
        for number in range(100_000):
            try:
                answer = client.post(f"{address}/processings/results", json=document(collection, f"{name} {number}"))
            except httpx.TransportError:
                return
            assert answer.status_code == 201, answer.text
            stored.append(answer.json()["autoProcProgramId"])


def document(collection: int, name: str) -> dict[str, Any]:
    sent = result(collection, name)
    return {**sent, "scalings": [*sent["scalings"], {**sent["scalings"][0], "kind": "isotropic", "ellipsoid": None}]}


EXPECTED: dict[type[Any], int] = {
    AutoProc: 1,
    AutoProcIntegration: 2,
    AutoProcProgramAttachment: 2,
    AutoProcScaling: 2,
    AutoProcScaling_has_Int: 2,
    AutoProcScalingStatistics: 6,
    ScalingExtra: 2,
}
"""Rows of a result."""


def rows_of_run(table: type[Any], name: str) -> Select[tuple[int, int]]:
    """Key of each run of that name, and how many rows of a table it has."""
    run = AutoProcProgram.autoProcProgramId
    statement = select(run, func.count(next(iter(table.__table__.primary_key)))).select_from(AutoProcProgram)
    if table in {AutoProcIntegration, AutoProcProgramAttachment, AutoProc}:
        statement = statement.outerjoin(table, table.autoProcProgramId == run)
    else:
        statement = statement.outerjoin(AutoProc, AutoProc.autoProcProgramId == run).outerjoin(
            AutoProcScaling, AutoProcScaling.autoProcId == AutoProc.autoProcId
        )
        if table is not AutoProcScaling:
            statement = statement.outerjoin(table, table.autoProcScalingId == AutoProcScaling.autoProcScalingId)
    return statement.where(AutoProcProgram.processingPrograms.like(f"{name}%")).group_by(run)


def kill_while_it_stores(world: World, name: str) -> list[int]:
    """Keys of the runs whose results were answered before the service was killed."""
    stored: list[int] = []
    with serving(world) as (process, address):
        sender = (address, world.tokens["key"], world.ids["collection"])
        threads = [
            threading.Thread(target=send_until_killed, args=(*sender, f"{name} {place}", stored))
            for place in range(SENDERS)
        ]
        for thread in threads:
            thread.start()
        while not stored:
            time.sleep(0.01)
        time.sleep(0.3)
        process.kill()
        for thread in threads:
            thread.join()
    return stored


async def test_a_killed_service_leaves_whole_results_and_nothing_else(world: World) -> None:
    name = f"killed-{world.number}"
    stored = await asyncio.to_thread(kill_while_it_stores, world, name)
    async with world.service.database() as db:
        for table, expected in EXPECTED.items():
            found = dict(map(tuple, await db.all(rows_of_run(table, name))))
            assert set(stored) <= set(found), "what was answered is there"
            assert set(found.values()) == {expected}, table.__tablename__
            assert len(found) <= len(stored) + SENDERS
