"""Results of processing, stored as a whole."""

from collections.abc import Sequence
from typing import Any

from ..access import Viewer
from ..clock import local_now
from ..db.database import Database
from ..db.new_rows import Key, NewRows
from ..db.writes import update_rows
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
from .fractions import IN_FRACTIONS, look_like_percent
from .programs import add_belongings, add_program, collections_of, status_values, writable_collections
from .repeated import add_what_is_new, stored_before
from .statistics import ELLIPSOID_COLUMNS, as_json, stored, stored_ellipsoid, told_beside

_CELL = ("a", "b", "c", "alpha", "beta", "gamma")


async def store(db: Database, viewer: Viewer, sent: schemas.Result, *, in_fractions: bool = True) -> dict[str, Any]:
    """Store what a run made; what is sent a second time is answered with what is there, and new files are added.

    Its R values are fractions if it says so, else as the program wrote them. Raises NotFound, Forbidden, Invalid.
    """
    collections = _collections(sent)
    rows = NewRows(db)
    found, (program, result, scalings) = await db.meanwhile(
        writable_collections(db, viewer, collections, sent), lambda: _add(rows, sent, collections[0], in_fractions)
    )
    if found[collections[0]].has_same_run and (before := await stored_before(db, sent, collections[0])):
        not_kept = await add_what_is_new(db, before.run, sent)
        return _stored(before.run, collections[0], before.result, before.keys, not_kept, known=True)
    if sent.autoProcProgramId is not None:
        await _end(db, rows, viewer, sent, sent.autoProcProgramId, collections)
    await rows.write()
    keys = [(int(key), [int(sweep) for sweep in sweeps]) for key, sweeps in scalings]
    return _stored(int(program), collections[0], int(result), keys, rows.not_kept, known=False)


def _add(
    rows: NewRows, sent: schemas.Result, collection_id: int, in_fractions: bool
) -> tuple[Key, Key, list[tuple[Key, list[Key]]]]:
    """The run, unless it was announced, and all that it made: keys of run, result, and each way of scaling with its
    sweeps."""
    announced = sent.autoProcProgramId
    program = add_program(rows, collection_id, sent.program) if announced is None else announced
    result = rows.add(
        AutoProc,
        {
            "autoProcProgramId": program,
            "spaceGroup": sent.spaceGroup,
            **{f"refinedCell_{name}": getattr(sent, f"refinedCell_{name}") for name in _CELL},
            "recordTimeStamp": local_now(),
        },
    )
    scalings = _add_scalings(rows, sent, program, result, in_fractions)
    add_belongings(rows, program, sent.attachments, sent.messages)
    return program, result, scalings


def _collections(sent: schemas.Result) -> list[int]:
    named = [sent.dataCollectionId] if sent.dataCollectionId is not None else []
    swept = [sweep.dataCollectionId for scaling in sent.scalings for sweep in scaling.integrations]
    return list(dict.fromkeys([*named, *(key for key in swept if key is not None)]))


async def _end(
    db: Database, rows: NewRows, viewer: Viewer, sent: schemas.Result, program_id: int, collections: Sequence[int]
) -> None:
    """The run that was announced has ended. Raises NotFound, Invalid."""
    announced = await collections_of(db, viewer, program_id)
    if not set(announced) <= set(collections):
        raise Invalid.field("autoProcProgramId", "was announced for another collection")
    if await db.scalar(write_queries.result_of(program_id)) is not None:
        raise Invalid.field("autoProcProgramId", "has a result already")
    values = sent.program.model_dump(exclude_none=True) | status_values(db.catalogue, sent.program.processingStatus)
    values.setdefault("processingEndTime", local_now())
    where = AutoProcProgram.autoProcProgramId == program_id
    rows.note_not_kept(*await update_rows(db, AutoProcProgram, where, values))


def _add_scalings(
    rows: NewRows, sent: schemas.Result, program: Key, result: Key, in_fractions: bool
) -> list[tuple[Key, list[Key]]]:
    """Every way of scaling; answers the key of each with those of its sweeps."""
    now = local_now()
    has_ellipsoid = all(rows.catalogue.has(column) for column in ELLIPSOID_COLUMNS)  # kept beside it in any case
    keys: list[tuple[Key, list[Key]]] = []
    statistics: list[dict[str, Any]] = []
    places: list[str] = []
    extras: list[dict[str, Any]] = []
    for number, scaling in enumerate(sent.scalings):
        ellipsoid = stored_ellipsoid(scaling.ellipsoid) if has_ellipsoid else {}
        key = rows.add(AutoProcScaling, {"autoProcId": result, "recordTimeStamp": now, **ellipsoid})
        common = {"autoProcScalingId": key, "recordTimeStamp": now}
        further: dict[str, Any] = {}
        for name, said in scaling.statistics.items():
            values, beside = stored(rows.catalogue, said)
            statistics.append({**common, "scalingStatisticsType": name, **values})
            places.append(f"scalings[{number}].statistics.{name}.")
            if beside:
                further[name] = beside
        if in_fractions and look_like_percent(scaling.statistics):
            further[IN_FRACTIONS] = True
        if extra := _extra(scaling, further):
            extras.append({"autoProcScalingId": key, **extra})
        keys.append((key, [_add_sweep(rows, sent, sweep, program) for sweep in scaling.integrations]))
    rows.add_all(AutoProcScalingStatistics, statistics, places)
    rows.add_all(ScalingExtra, extras)
    links = [
        {"autoProcScalingId": key, "autoProcIntegrationId": sweep, "recordTimeStamp": now}
        for key, sweeps in keys
        for sweep in sweeps
    ]
    rows.add_all(AutoProcScaling_has_Int, links)
    return keys


def _extra(scaling: schemas.Scaling, further: dict[str, Any]) -> dict[str, Any]:
    """What ISPyB's tables have no column for, every column every time; nothing where nobody said such a thing."""
    values = {**told_beside(scaling), "further": as_json(further) if further else None}
    return values if any(value is not None for value in values.values()) else {}


def _add_sweep(rows: NewRows, sent: schemas.Result, sweep: schemas.Integration, program: Key) -> Key:
    values = {**sweep.__dict__, "autoProcProgramId": program, "recordTimeStamp": local_now()}
    values["dataCollectionId"] = sweep.dataCollectionId or sent.dataCollectionId
    return rows.add(AutoProcIntegration, values)


def _stored(
    program_id: int,
    collection_id: int,
    auto_proc_id: int,
    keys: Sequence[tuple[int, list[int]]],
    not_kept: list[str],
    *,
    known: bool,
) -> dict[str, Any]:
    return {
        "autoProcProgramId": program_id,
        "dataCollectionId": collection_id,
        "autoProcId": auto_proc_id,
        "scalings": [{"autoProcScalingId": key, "autoProcIntegrationIds": sweeps} for key, sweeps in keys],
        "_metadata": {"notKept": not_kept, "known": known},
    }
