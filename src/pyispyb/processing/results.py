"""Results of processing, stored as a whole."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import orjson

from ..access import Viewer
from ..clock import local_now
from ..db.database import Database
from ..db.writes import insert_row, insert_rows, update_rows
from ..errors import Invalid
from ..tables import (
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcScaling,
    AutoProcScaling_has_Int,
    AutoProcScalingStatistics,
    ScalingExtra,
)
from . import schemas, write_queries
from .programs import add_belongings, collections_of, insert_program, status_values, writable_collections
from .statistics import as_table, stored, stored_ellipsoid

_CELL = ("a", "b", "c", "alpha", "beta", "gamma")


async def store(db: Database, viewer: Viewer, sent: schemas.Result) -> dict[str, Any]:
    """Store what a run made; the same run a second time is answered with what is there.

    Raises NotFound, Forbidden, Invalid.
    """
    collections = _collections(sent)
    await writable_collections(db, viewer, collections)
    known = await _known(db, sent, collections[0])
    if known is not None:
        return known
    program_id, not_kept = await _program(db, viewer, sent, collections)
    result = await insert_row(
        db,
        AutoProc,
        {
            "autoProcProgramId": program_id,
            "spaceGroup": sent.spaceGroup,
            **{f"refinedCell_{name}": getattr(sent, f"refinedCell_{name}") for name in _CELL},
            "recordTimeStamp": local_now(),
        },
    )
    keys = await _store_scalings(db, sent, program_id, result.key)
    not_kept += await add_belongings(db, program_id, sent.attachments, sent.messages)
    return _stored(program_id, collections[0], result.key, keys, not_kept, known=False)


def _collections(sent: schemas.Result) -> list[int]:
    named = [sent.dataCollectionId] if sent.dataCollectionId is not None else []
    swept = [sweep.dataCollectionId for scaling in sent.scalings for sweep in scaling.integrations]
    return list(dict.fromkeys([*named, *(key for key in swept if key is not None)]))


async def _known(db: Database, sent: schemas.Result, collection_id: int) -> dict[str, Any] | None:
    """The same call of the same program, begun at the same moment: the answer to its first sending got lost."""
    program = sent.program
    if program.processingStartTime is None or program.processingCommandLine is None:
        return None
    values = {
        "collection": collection_id,
        "programs": program.processingPrograms,
        "command": program.processingCommandLine,
        "start": program.processingStartTime,
    }
    rows = await db.rows(write_queries.same_run(), values)
    row = min(rows, key=attrgetter("autoProcProgramId"), default=None)
    if row is None or sent.autoProcProgramId not in {None, row.autoProcProgramId}:
        return None
    keys: dict[int, list[int]] = {}
    for link in await db.all(write_queries.keys_of_scalings(row.autoProcId)):
        keys.setdefault(link.autoProcScalingId, []).append(link.autoProcIntegrationId)
    return _stored(row.autoProcProgramId, collection_id, row.autoProcId, list(keys.items()), (), known=True)


async def _program(
    db: Database, viewer: Viewer, sent: schemas.Result, collections: Sequence[int]
) -> tuple[int, tuple[str, ...]]:
    if sent.autoProcProgramId is None:
        return await insert_program(db, collections[0], sent.program)
    announced = await collections_of(db, viewer, sent.autoProcProgramId)
    if not set(announced) <= set(collections):
        raise Invalid.field("autoProcProgramId", "was announced for another collection")
    if await db.scalar(write_queries.result_of(sent.autoProcProgramId)) is not None:
        raise Invalid.field("autoProcProgramId", "has a result already")
    values = sent.program.model_dump(exclude_none=True) | status_values(db, sent.program.processingStatus)
    values.setdefault("processingEndTime", local_now())
    where = AutoProcProgram.autoProcProgramId == sent.autoProcProgramId
    return sent.autoProcProgramId, await update_rows(db, AutoProcProgram, where, values)


async def _store_scalings(
    db: Database, sent: schemas.Result, program_id: int, auto_proc_id: int
) -> list[tuple[int, list[int]]]:
    """Write every way of scaling; answers the key of each with those of its sweeps."""
    now = local_now()
    keys: list[tuple[int, list[int]]] = []
    statistics: list[dict[str, Any]] = []
    places: list[str] = []
    extras: list[dict[str, Any]] = []
    for number, scaling in enumerate(sent.scalings):
        ellipsoid = stored_ellipsoid(scaling.ellipsoid)
        key = (
            await insert_row(db, AutoProcScaling, {"autoProcId": auto_proc_id, "recordTimeStamp": now, **ellipsoid})
        ).key
        common = {"autoProcScalingId": key, "recordTimeStamp": now}
        further: dict[str, dict[str, Any]] = {}
        for name, said in scaling.statistics.items():
            values, beside = stored(db.catalogue, said)
            statistics.append({**common, "scalingStatisticsType": name, **values})
            places.append(f"scalings[{number}].statistics.{name}.")
            if beside:
                further[name] = beside
        if extra := _extra(scaling, further):
            extras.append({"autoProcScalingId": key, **extra})
        keys.append((key, [await _store_sweep(db, sent, sweep, program_id) for sweep in scaling.integrations]))
    await insert_rows(db, AutoProcScalingStatistics, statistics, places)
    await insert_rows(db, ScalingExtra, extras)
    links = [
        {"autoProcScalingId": key, "autoProcIntegrationId": sweep, "recordTimeStamp": now}
        for key, sweeps in keys
        for sweep in sweeps
    ]
    await insert_rows(db, AutoProcScaling_has_Int, links)
    return keys


def _extra(scaling: schemas.Scaling, further: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What ISPyB's tables have no column for, every column every time; nothing where nobody said such a thing."""
    values = {
        "kind": scaling.kind,
        "ellipsoid": scaling.ellipsoid and _json(scaling.ellipsoid.model_dump()),
        "shells": _json(as_table([shell.__dict__ for shell in scaling.shells])) if scaling.shells else None,
        "further": _json(further) if further else None,
    }
    return values if any(value is not None for value in values.values()) else {}


def _json(content: Any) -> str:
    return orjson.dumps(content).decode()


async def _store_sweep(db: Database, sent: schemas.Result, sweep: schemas.Integration, program_id: int) -> int:
    values = {**sweep.__dict__, "autoProcProgramId": program_id, "recordTimeStamp": local_now()}
    values["dataCollectionId"] = sweep.dataCollectionId or sent.dataCollectionId
    return (await insert_row(db, AutoProcIntegration, values)).key


def _stored(
    program_id: int,
    collection_id: int,
    auto_proc_id: int,
    keys: Sequence[tuple[int, list[int]]],
    not_kept: tuple[str, ...],
    *,
    known: bool,
) -> dict[str, Any]:
    return {
        "autoProcProgramId": program_id,
        "dataCollectionId": collection_id,
        "autoProcId": auto_proc_id,
        "scalings": [{"autoProcScalingId": key, "autoProcIntegrationIds": sweeps} for key, sweeps in keys],
        "_metadata": {"notKept": sorted(set(not_kept)), "known": known},
    }
