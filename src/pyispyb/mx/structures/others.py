"""Structures that other programs wrote into ISPyB's tables, from their rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from ...processing.programs import state_of
from ...processing.schemas import ProgramState
from . import queries
from .numbers import told
from .ours import head, paths_of, program_of
from .schemas import Kind

_KINDS: dict[str | None, Kind] = {
    "MODELBUILDING": "model building",
    "REFINEMENT": "refinement",
    "LIGAND_FIT": "ligand fit",
}
_FILES = tuple(column.key for column in queries.FILE_COLUMNS)


def of_run(row: Row[Any], now: datetime) -> dict[str, Any]:
    """A row of MXMRRun: of the dls flavour with a run of AutoProcProgram, of the collab flavour with all in itself."""
    held = row._asdict()
    program = held.get("autoProcProgramId")
    if program is not None:
        about = program_of(row, now)
    else:
        times = held.get("starttime"), held.get("endtime")
        about = head(held.get("pipeline"), _collab_state(row, now), held.get("message"), times)
    kind: Kind = "molecular replacement" if held.get("LLG") or held.get("TFZ") else "refinement"
    return {
        "structureId": f"mr-{row.mxMRRunId}",
        "autoProcProgramId": program,
        "autoProcScalingId": row.autoProcScalingId,
        "dataProgramId": row.dataProgramId,
        "mxMRRunId": row.mxMRRunId,
        "phasingStepId": None,
        "kind": kind,
        **told(held, {}),
        **about,
        "blobCount": row.blobRows,
        "rank": None,
        "rows": {
            "commandLine": held.get("commandLine") or held.get("processingCommandLine"),
            "environment": held.get("processingEnvironment"),
            "blobs": None,
            "programId": program,
            "paths": paths_of(held, _FILES),
            "phasingRunId": None,
        },
    }


def _collab_state(row: Row[Any], now: datetime) -> ProgramState:
    """The collab flavour says whether it succeeded, and when it ended; R values are of a run that did."""
    held = row._mapping
    if held.get("success") or row.rValueEnd is not None:
        return "success"
    if held.get("endtime") is not None or held.get("starttime") is None:
        return "failed"
    return state_of("RUNNING", held["starttime"], None, now)


def of_step(row: Row[Any], now: datetime) -> dict[str, Any]:
    """A row of PhasingStep with the run of its program."""
    start, end = row.phasingStartTime, row.phasingEndTime
    status = "SUCCESS" if row.phasingStatus else None if row.phasingStatus is None and not end else "FAILED"
    state = state_of(status, start or end, end, now)
    return {
        "structureId": f"phasing-{row.phasingStepId}",
        "autoProcProgramId": None,
        "autoProcScalingId": row.autoProcScalingId,
        "dataProgramId": row.dataProgramId,
        "mxMRRunId": None,
        "phasingStepId": row.phasingStepId,
        "kind": _KINDS.get(row.phasingStepType, "phasing"),
        **told(row._asdict(), {}),
        **head(row.phasingPrograms, state, row.phasingMessage, (start, end)),
        "blobCount": 0,
        "rank": None,
        "rows": {
            "commandLine": row.phasingCommandLine,
            "environment": row.phasingEnvironment,
            "blobs": None,
            "programId": None,
            "paths": {},
            "phasingRunId": row.programRunId,
        },
    }
