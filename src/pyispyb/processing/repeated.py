"""A result that is sent a second time, since the answer to its first sending got lost.

A run may make several results and send each by itself: only one with the same numbers is the same. What is told of it
now for the first time, files and messages, is added to it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Any

from sqlalchemy import Row

from ..clock import local_now
from ..db.database import Database
from ..db.new_rows import NewRows
from ..tables import AutoProcProgramMessage
from . import queries, schemas, write_queries
from .made import Made, made_by_run
from .programs import add_belongings, run_values, state_of
from .statistics import told_beside

PRECISION = 2e-5
"""Of numbers that come back: MariaDB tells six digits of a FLOAT."""


@dataclass(frozen=True, slots=True)
class Before:
    """Keys of a result that is there: of its run, itself, and each way of scaling with its sweeps."""

    run: int
    result: int
    keys: list[tuple[int, list[int]]]


@dataclass(frozen=True, slots=True)
class _Way:
    """A way of scaling as it is kept."""

    statistics: Mapping[str, Mapping[str, Any]]
    beside: Row[Any]
    sweeps: Sequence[Row[Any]]


async def stored_before(db: Database, sent: schemas.Result, collection_id: int) -> Before | None:
    """The same result of the same call of the same programs, if it is there."""
    rows = await db.rows(write_queries.same_runs(), {"collection": collection_id, **run_values(sent)})
    runs = {
        row.autoProcProgramId
        for row in rows
        if sent.autoProcProgramId in {None, row.autoProcProgramId} and _ended_alike(row, sent.program)
    }
    if not runs:
        return None
    found = await db.all(queries.scalings_in_full(db.catalogue), {"ids": list(runs)})
    beside = {row.autoProcScalingId: row for row in found}
    sweeps: dict[int, list[Row[Any]]] = defaultdict(list)
    for sweep in await db.all(write_queries.sweeps_of_scalings(db.catalogue), {"ids": list(runs)}):
        sweeps[sweep.autoProcScalingId].append(sweep)
    made = made_by_run(db.catalogue, found)
    for run in sorted(made):
        ways = {
            key: _Way(way["statistics"], beside[key], sweeps[key]) for key, way in sorted(made[run].scalings.items())
        }
        result = made[run].autoProcId
        if result is not None and _is_same(made[run], list(ways.values()), sent):
            keys = [(key, [sweep.autoProcIntegrationId for sweep in way.sweeps]) for key, way in ways.items()]
            return Before(run, result, keys)
    return None


async def add_what_is_new(db: Database, run: int, sent: schemas.Result) -> list[str]:
    """Files and messages that the run does not have yet; answers what the database has no place for."""
    rows = NewRows(db)
    files = {tuple(row) for row in await db.all(write_queries.files_of_run(run))} if sent.attachments else set()
    told = set()
    if sent.messages and db.catalogue.has_table(AutoProcProgramMessage):
        told = {tuple(row) for row in await db.all(write_queries.messages_of_run(run))}
    add_belongings(
        rows,
        run,
        [file for file in sent.attachments if (file.fileName, file.filePath) not in files],
        [each for each in sent.messages if (each.severity, each.message, each.description) not in told],
    )
    await rows.write()
    return rows.not_kept


def _ended_alike(row: Any, sent: schemas.Program) -> bool:
    """What is not said is not another thing."""
    state = state_of(row.processingStatus, row.processingStartTime, row.processingEndTime, local_now())
    return state == sent.processingStatus and all(
        getattr(sent, name) in {None, getattr(row, name)}
        for name in ("processingMessage", "processingEnvironment", "processingEndTime")
    )


def _is_same(made: Made, ways: Sequence[_Way], sent: schemas.Result) -> bool:
    told = made.cell or {}
    cell = {name: getattr(sent, f"refinedCell_{name}") for name in told}
    return (
        made.spaceGroup == sent.spaceGroup
        and _are_close(told, cell)
        and len(ways) == len(sent.scalings)
        and all(_is_same_way(way, scaling, sent) for way, scaling in zip(ways, sent.scalings, strict=True))
    )


def _is_same_way(way: _Way, sent: schemas.Scaling, document: schemas.Result) -> bool:
    statistics = {
        name: {key: value for key, value in said.items() if value is not None} for name, said in sent.statistics.items()
    }
    return (
        len(way.sweeps) == len(sent.integrations)
        and all(
            _is_same_sweep(kept, sweep, document) for kept, sweep in zip(way.sweeps, sent.integrations, strict=True)
        )
        and all(getattr(way.beside, name) == value for name, value in told_beside(sent).items())
        and way.statistics.keys() == statistics.keys()
        and all(_are_close(way.statistics[name], statistics[name]) for name in statistics)
    )


def _is_same_sweep(kept: Row[Any], sent: schemas.Integration, document: schemas.Result) -> bool:
    said = {**sent.__dict__, "dataCollectionId": sent.dataCollectionId or document.dataCollectionId}
    images = ("dataCollectionId", "startImageNumber", "endImageNumber")
    return all(said[name] == getattr(kept, name) for name in images) and all(
        said[name] is None or _is_close(value, said[name]) for name, value in kept._mapping.items() if name in said
    )


def _are_close(told: Mapping[str, Any], sent: Mapping[str, Any]) -> bool:
    return told.keys() == sent.keys() and all(_is_close(told[name], value) for name, value in sent.items())


def _is_close(told: Any, sent: Any) -> bool:
    if isinstance(told, int | float) and isinstance(sent, int | float):
        return isclose(told, sent, rel_tol=PRECISION, abs_tol=1e-9)
    return bool(told == sent)
