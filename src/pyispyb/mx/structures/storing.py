"""Structures, stored as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ...access import Viewer
from ...clock import local_now
from ...db.database import Database
from ...db.new_rows import Key, NewRows
from ...db.writes import update_rows
from ...errors import Invalid, NotFound
from ...files.contents import content_of
from ...processing.programs import (
    add_belongings,
    add_program,
    run_with_collections,
    status_values,
    writable_collections,
)
from ...tables import (
    AutoProcProgram,
    MXMRRun,
    MXMRRunBlob,
    Phasing_has_Scaling,
    PhasingAnalysis,
    PhasingProgramRun,
    PhasingStatistics,
    PhasingStep,
    StructureRun,
)
from . import queries
from .numbers import stored
from .schemas import LONGEST_CHAIN, PHASING, Blob, Structure


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where a structure's numbers went, and what did not fit there."""

    columns: dict[str, Key]
    further: dict[str, Any]
    blobs: list[dict[str, Any]]


async def store(db: Database, viewer: Viewer, sent: Structure) -> dict[str, Any]:
    """Announce a run, or store what it made. Raises NotFound, Forbidden, Invalid."""
    missing = NotFound.of("scaling", sent.autoProcScalingId)
    data = await db.one(queries.scaling(sent.autoProcScalingId), missing)
    collections, _ = await run_with_collections(db, viewer, data.autoProcProgramId, missing)
    await writable_collections(db, viewer, list(collections))
    rows = NewRows(db)
    program = await _program(db, rows, sent, min(collections))
    kept = await _add_numbers(db, rows, sent, program)
    add_belongings(rows, program, sent.attachments, sent.messages)
    values = {
        "autoProcScalingId": sent.autoProcScalingId,
        "dataProgramId": data.autoProcProgramId,
        "kind": sent.kind,
        "further": _json(kept.further),
        "blobs": _json(kept.blobs),
    }
    if sent.autoProcProgramId is None:
        rows.add_all(StructureRun, [{"autoProcProgramId": program, **values, **kept.columns}])
        await rows.write()
    else:
        await rows.write()
        values |= {column: int(key) for column, key in kept.columns.items()}
        await update_rows(db, StructureRun, StructureRun.autoProcProgramId == sent.autoProcProgramId, values)
    program_id = int(program)
    return {
        "structureId": f"run-{program_id}",
        "autoProcProgramId": program_id,
        "autoProcScalingId": sent.autoProcScalingId,
        "dataCollectionId": min(collections),
        "state": sent.program.processingStatus,
        "_metadata": {"notKept": rows.not_kept},
    }


async def _program(db: Database, rows: NewRows, sent: Structure, collection_id: int) -> Key:
    """A new run, or the one that was announced, changed."""
    if sent.autoProcProgramId is None:
        return add_program(rows, collection_id, sent.program)
    announced = await db.first(queries.announced(sent.autoProcProgramId))
    if announced is None or announced.autoProcScalingId != sent.autoProcScalingId:
        raise Invalid.field("autoProcProgramId", "was not announced as a structure of these merged data")
    if announced.mxMRRunId is not None or announced.phasingStepId is not None:
        raise Invalid.field("autoProcProgramId", "has a result already")
    values = sent.program.model_dump(exclude_none=True) | status_values(db.catalogue, sent.program.processingStatus)
    if sent.program.processingStatus in {"success", "failed"}:
        values.setdefault("processingEndTime", local_now())
    where = AutoProcProgram.autoProcProgramId == sent.autoProcProgramId
    rows.note_not_kept(*await update_rows(db, AutoProcProgram, where, values))
    return sent.autoProcProgramId


async def _add_numbers(db: Database, rows: NewRows, sent: Structure, program: Key) -> _Kept:
    """Numbers into the tables that other programs read too, once the run has ended well."""
    values, further = stored(db.catalogue, sent.kind, sent)
    if sent.program.processingStatus != "success":
        return _Kept({}, values | further, [])
    if sent.kind in PHASING:
        group = await db.scalar(queries.space_group(sent.spaceGroup)) if sent.spaceGroup else None
        step = _add_step(rows, sent, {**values, "spaceGroupId": group})
        return _Kept({"phasingStepId": step}, further, [blob.model_dump() for blob in sent.blobs])
    run = rows.add(
        MXMRRun,
        {
            "autoProcScalingId": sent.autoProcScalingId,
            **values,
            **({"autoProcProgramId": program} if db.catalogue.has(MXMRRun.autoProcProgramId) else {}),
            **(_of_collab(sent) if db.catalogue.has(MXMRRun.pipeline) else {}),
        },
    )
    return _Kept({"mxMRRunId": run}, further, _add_blobs(rows, sent.blobs, run))


_PLACES = (("model", "outputCoordFile"), ("reflections", "outputMTZFile"), ("log", "logFile"))
"""What of a run's files the collab flavour names in the run."""


def _of_collab(sent: Structure) -> dict[str, Any]:
    """What the collab flavour keeps of a run beside its numbers."""
    program = sent.program
    values: dict[str, Any] = {
        "success": True,
        "message": program.processingMessage,
        "pipeline": program.processingPrograms[:50],
        "commandLine": program.processingCommandLine,
        "starttime": program.processingStartTime,
        "endtime": program.processingEndTime or local_now(),
    }
    for file in sent.attachments:
        path = f"{file.filePath.rstrip('/')}/{file.fileName}"
        for content, column in _PLACES:
            if file.fileType != "Input" and content_of(file.fileName) == content and len(path) <= 255:
                values.setdefault(column, path)
                values.setdefault("runDirectory", file.filePath)
    return values


def _add_blobs(rows: NewRows, blobs: Sequence[Blob], run: Key) -> list[dict[str, Any]]:
    """Blobs as rows; answers them where this database keeps their pictures only, or no chain of so long a name."""
    names = ("view1", "view2", "view3")
    chain = MXMRRunBlob.nearestAtomChainId
    room = (rows.catalogue.facts(chain).max_length or LONGEST_CHAIN) if rows.catalogue.has(chain) else 0
    short = all(len(blob.nearestAtomChainId or "") <= room for blob in blobs)
    found = [
        {
            "mxMRRunId": run,
            **blob.model_dump(exclude={"views"} if short else {"views", "nearestAtomChainId"}),
            **dict(zip(names, (*blob.views, None, None, None), strict=False)),
        }
        for blob in blobs
    ]
    has = {name for name in found[0] if rows.catalogue.has(getattr(MXMRRunBlob, name))} if found else set()
    rows.add_all(MXMRRunBlob, [{name: blob[name] for name in blob if name in has} for blob in found])
    return [] if rows.catalogue.has(MXMRRunBlob.x) and short else [blob.model_dump() for blob in blobs]


def _add_step(rows: NewRows, sent: Structure, values: dict[str, Any]) -> Key:
    """An analysis of one step, with its program, its data and its statistics; answers the key of the step."""
    now, program = local_now(), sent.program
    analysis = rows.add(PhasingAnalysis, {"recordTimeStamp": now})
    run = rows.add(
        PhasingProgramRun,
        {
            "phasingCommandLine": program.processingCommandLine,
            "phasingPrograms": program.processingPrograms,
            "phasingStatus": True,
            "phasingMessage": program.processingMessage,
            "phasingStartTime": program.processingStartTime,
            "phasingEndTime": program.processingEndTime or now,
            "phasingEnvironment": program.processingEnvironment,
            "recordTimeStamp": now,
        },
    )
    data = {"autoProcScalingId": sent.autoProcScalingId, "recordTimeStamp": now}
    scaled = rows.add(Phasing_has_Scaling, {"phasingAnalysisId": analysis, **data})
    kind = "PHASING" if sent.kind == "phasing" else "MODELBUILDING"
    step = rows.add(
        PhasingStep,
        {
            **data,
            **values,
            "phasingAnalysisId": analysis,
            "programRunId": run,
            "phasingStepType": kind,
        },
    )
    statistics = [
        {
            "phasingHasScalingId1": scaled,
            "phasingStepId": step,
            "numberOfBins": len(sent.shells),
            "binNumber": number,
            "lowRes": shell.lowRes,
            "highRes": shell.highRes,
            "nReflections": shell.nReflections,
            "metric": metric,
            "statisticsValue": value,
            "recordTimeStamp": now,
        }
        for number, shell in enumerate(sent.shells, start=1)
        for metric, value in shell.values.items()
    ]
    rows.add_all(PhasingStatistics, statistics)
    return step


def _json(content: Any) -> str | None:
    return orjson.dumps(content).decode() if content else None
