"""Structures that came through this service, from their rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Row

from ...processing.programs import pipeline_name, state_of
from ...processing.schemas import ProgramState
from .numbers import told


def of_ours(row: Row[Any], now: datetime) -> dict[str, Any]:
    """As `StructureOut` has it, but for whose data they are; `rows` holds what only one in full tells."""
    blobs = _loaded(row.blobs)
    return {
        "structureId": f"run-{row.autoProcProgramId}",
        "autoProcProgramId": row.autoProcProgramId,
        "autoProcScalingId": row.autoProcScalingId,
        "dataProgramId": row.dataProgramId,
        "mxMRRunId": row.mxMRRunId,
        "phasingStepId": row.phasingStepId,
        "kind": row.kind,
        **told(row._asdict(), _loaded(row.further) or {}),
        **program_of(row, now),
        "blobCount": len(blobs) if blobs is not None else row.blobRows,
        "rank": None,
        "rows": {
            "commandLine": row.processingCommandLine,
            "environment": row.processingEnvironment,
            "blobs": blobs,
            "programId": row.autoProcProgramId,
            "paths": {},
            "phasingRunId": None,
        },
    }


def program_of(row: Row[Any], now: datetime) -> dict[str, Any]:
    """What a run of AutoProcProgram says of itself."""
    start, end = row.processingStartTime, row.processingEndTime
    return head(
        row.processingPrograms, state_of(row.processingStatus, start, end, now), row.processingMessage, (start, end)
    )


def head(
    programs: str | None, state: ProgramState, message: str | None, times: tuple[datetime | None, datetime | None]
) -> dict[str, Any]:
    """A run as `ProgramHead` has it, but for its key."""
    start, end = times
    return {
        "pipeline": pipeline_name(programs),
        "processingPrograms": programs,
        "state": state,
        "processingMessage": message,
        "processingStartTime": start,
        "processingEndTime": end,
        "duration": (end - start).total_seconds() if start and end else None,
    }


def _loaded(text: str | None) -> Any:
    """JSON of ours; what is no JSON counts as nothing."""
    try:
        return orjson.loads(text) if text else None
    except orjson.JSONDecodeError:
        return None


def paths_of(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    """Paths of files that a row names itself, by column."""
    return {name: row[name] for name in names if row.get(name)}
