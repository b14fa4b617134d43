"""Results of processing, stored as a whole."""

from collections.abc import Sequence
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
from . import queries, schemas
from .programs import add_belongings, collections_of, insert_program, status_values, writable_collections
from .statistics import stored, stored_ellipsoid

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
    keys = [await _store_scaling(db, sent, scaling, program_id, result.key) for scaling in sent.scalings]
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
    row = await db.first(queries.same_run(), values)
    if row is None or sent.autoProcProgramId not in {None, row.autoProcProgramId}:
        return None
    keys: dict[int, list[int]] = {}
    for link in await db.all(queries.keys_of_scalings(row.autoProcId)):
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
    if await db.scalar(queries.result_of(sent.autoProcProgramId)) is not None:
        raise Invalid.field("autoProcProgramId", "has a result already")
    values = sent.program.model_dump(exclude_none=True) | status_values(db, sent.program.processingStatus)
    values.setdefault("processingEndTime", local_now())
    where = AutoProcProgram.autoProcProgramId == sent.autoProcProgramId
    return sent.autoProcProgramId, await update_rows(db, AutoProcProgram, where, values)


async def _store_scaling(
    db: Database, sent: schemas.Result, scaling: schemas.Scaling, program_id: int, auto_proc_id: int
) -> tuple[int, list[int]]:
    now = local_now()
    ellipsoid = stored_ellipsoid(scaling.ellipsoid)
    made = await insert_row(db, AutoProcScaling, {"autoProcId": auto_proc_id, "recordTimeStamp": now, **ellipsoid})
    further: dict[str, dict[str, Any]] = {}
    rows = []
    for name, statistics in scaling.statistics.items():
        values, beside = stored(db.catalogue, statistics)
        rows.append({"autoProcScalingId": made.key, "scalingStatisticsType": name, "recordTimeStamp": now, **values})
        if beside:
            further[name] = beside
    await insert_rows(db, AutoProcScalingStatistics, rows)
    await _store_extra(db, scaling, made.key, further)
    sweeps = [await _store_sweep(db, sent, sweep, program_id) for sweep in scaling.integrations]
    links = [
        {"autoProcScalingId": made.key, "autoProcIntegrationId": sweep, "recordTimeStamp": now} for sweep in sweeps
    ]
    await insert_rows(db, AutoProcScaling_has_Int, links)
    return made.key, sweeps


async def _store_extra(
    db: Database, scaling: schemas.Scaling, scaling_id: int, further: dict[str, dict[str, Any]]
) -> None:
    shells = [shell.model_dump(exclude_none=True) for shell in scaling.shells]
    values = {
        "kind": scaling.kind,
        "ellipsoid": scaling.ellipsoid and _json(scaling.ellipsoid.model_dump()),
        "shells": _json(shells) if shells else None,
        "further": _json(further) if further else None,
    }
    if any(value is not None for value in values.values()):
        await insert_row(db, ScalingExtra, {"autoProcScalingId": scaling_id, **values})


def _json(content: Any) -> str:
    return orjson.dumps(content).decode()


async def _store_sweep(db: Database, sent: schemas.Result, sweep: schemas.Integration, program_id: int) -> int:
    values = {**sweep.model_dump(), "autoProcProgramId": program_id, "recordTimeStamp": local_now()}
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
