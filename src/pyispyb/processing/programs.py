"""Runs of programs: announced, followed, ended."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from ..access import Viewer, require_beamline
from ..clock import local_now
from ..db.catalogue import Catalogue
from ..db.database import Database
from ..db.new_rows import Key, NewRows
from ..db.types import stored_status
from ..db.writes import update_rows
from ..errors import Invalid, NotFound
from ..proposals.names import session_name
from ..tables import AutoProcProgram, AutoProcProgramAttachment, AutoProcProgramMessage, ProcessingJob
from . import queries, schemas, write_queries
from .schemas import ProgramState

GIVEN_UP = timedelta(hours=24)
"""A run that began this long ago and never said that it ended has failed, and nobody wrote so."""

_STORED: dict[ProgramState, str | None] = {
    "queued": None,
    "running": "RUNNING",
    "success": "SUCCESS",
    "failed": "FAILED",
}


def state_of(status: str | None, start: datetime | None, end: datetime | None, now: datetime) -> ProgramState:
    """How far a run is. One flavour has no word for running: there it has begun and says nothing."""
    if status == "SUCCESS":
        return "success"
    if status == "FAILED":
        return "failed"
    if status is None and start is None:
        return "queued"
    since = start or end
    return "failed" if since is not None and since < now - GIVEN_UP else "running"


@lru_cache(maxsize=4096)
def pipeline_name(programs: str | None) -> str:
    """`autoPROC` of `autoPROC 1.0.5 (20210420 …)`: what comes before the version."""
    words = (programs or "").split()
    name: list[str] = []
    for word in words:
        if re.match(r"[(\[]|v?\d+\.\d", word):
            break
        name.append(word)
    return " ".join(name) or programs or "unnamed"


async def writable_collections(
    db: Database, viewer: Viewer, ids: Sequence[int], result: schemas.Result | None = None
) -> dict[int, Any]:
    """Collections that the key may write results of, all of one proposal; `has_same_run` where that of `result` is
    there.

    It is asked with them: a result's way to the database and back takes longer. Raises NotFound, Forbidden, Invalid.
    """
    wanted = sorted(set(ids))
    rows = await db.rows(write_queries.collections_to_write(viewer), {"ids": wanted, **run_values(result)})
    found = {row.dataCollectionId: row for row in rows}
    for key in wanted:
        if key not in found:
            raise NotFound.of("data collection", key)
        row = found[key]
        require_beamline(viewer, session_name(row) or str(row.sessionId), row.beamLineName)
    if len({row.proposalId for row in found.values()}) > 1:
        raise Invalid.field("dataCollectionId", "the sweeps of one result are of one proposal")
    return found


def run_values(result: schemas.Result | None) -> dict[str, Any]:
    """What tells the run of a result from others, as `write_queries` ask for it."""
    run = result and result.program
    return {
        "announced": result and result.autoProcProgramId,
        "programs": run and run.processingPrograms,
        "command": run and run.processingCommandLine,
        "start": run and run.processingStartTime,
    }


async def begin(db: Database, viewer: Viewer, sent: schemas.NewProgram, job_id: int | None = None) -> dict[str, Any]:
    """Note a run that waits, has begun, or has failed before it made anything. Raises NotFound, Forbidden, Invalid.

    `job_id` is the row of ProcessingJob that asked for it, where one did and the database has such rows.
    """
    await writable_collections(db, viewer, [sent.dataCollectionId])
    rows = NewRows(db)
    program = add_program(rows, sent.dataCollectionId, sent, job_id)
    add_belongings(rows, program, sent.attachments, sent.messages)
    await rows.write()
    return _written(int(program), [sent.dataCollectionId], sent.processingStatus, rows.not_kept)


def add_program(rows: NewRows, collection_id: int, sent: schemas.Program, job_id: int | None = None) -> Key:
    """A run, linked to its collection as this database does it."""
    now = local_now()
    values = {
        "processingPrograms": sent.processingPrograms,
        "processingCommandLine": sent.processingCommandLine,
        "processingMessage": sent.processingMessage,
        "processingEnvironment": sent.processingEnvironment,
        "recordTimeStamp": now,
        **_times(sent.processingStatus, sent.processingStartTime, sent.processingEndTime, now),
        **status_values(rows.catalogue, sent.processingStatus),
        **({"processingJobId": job_id} if job_id is not None else _link(rows, collection_id)),
    }
    return rows.add(AutoProcProgram, values)


def _times(
    state: ProgramState, start: datetime | None, end: datetime | None, now: datetime
) -> dict[str, datetime | None]:
    begun = state != "queued"
    ended = state in {"success", "failed"}
    end = end or (now if ended else None)
    return {"processingStartTime": start or ((end or now) if begun else None), "processingEndTime": end}


def status_values(catalogue: Catalogue, state: ProgramState) -> dict[str, Any]:
    """How far a run is, as this database keeps it."""
    as_word = not catalogue.facts(AutoProcProgram.processingStatus).is_integer
    return {"processingStatus": stored_status(_STORED[state], as_word=as_word)}


def _link(rows: NewRows, collection_id: int) -> dict[str, Key]:
    """One flavour names the collection in the run, the other in a job of it."""
    if rows.catalogue.has(AutoProcProgram.dataCollectionId):
        return {"dataCollectionId": collection_id}
    if rows.catalogue.has(AutoProcProgram.processingJobId) and rows.catalogue.has_table(ProcessingJob):
        return {"processingJobId": rows.add(ProcessingJob, {"dataCollectionId": collection_id, "automatic": True})}
    return {}


def add_belongings(
    rows: NewRows, program: Key, attachments: Sequence[schemas.Attachment], messages: Sequence[schemas.Message]
) -> None:
    """Files and messages of a run."""
    common = {"autoProcProgramId": program, "recordTimeStamp": local_now()}
    rows.add_all(AutoProcProgramAttachment, [{**common, **attachment.model_dump()} for attachment in attachments])
    if rows.catalogue.has_table(AutoProcProgramMessage):
        rows.add_all(AutoProcProgramMessage, [{**common, **message.model_dump()} for message in messages])
    elif messages:
        rows.note_not_kept("messages")


async def change(db: Database, viewer: Viewer, program_id: int, sent: schemas.ProgramChange) -> dict[str, Any]:
    """Say what has become of a run. Raises NotFound, Forbidden, Invalid."""
    collections = await collections_of(db, viewer, program_id)
    await writable_collections(db, viewer, collections)
    before = await db.one(write_queries.program_to_change(program_id), NotFound.of("processing run", program_id))
    now = local_now()
    state = sent.processingStatus or state_of(
        before.processingStatus, before.processingStartTime, before.processingEndTime, now
    )
    values = sent.model_dump(exclude_unset=True, exclude={"attachments", "messages", "processingStatus"})
    start, end = _times_from_now_on(sent, before)
    if start is not None and end is not None and end < start:
        raise Invalid.field("processingEndTime", "lies before the begin of the run")
    if sent.processingStatus is not None:
        values |= {**_times(state, start, end, now), **status_values(db.catalogue, state)}
    rows = NewRows(db)
    where = AutoProcProgram.autoProcProgramId == program_id
    rows.note_not_kept(*await update_rows(db, AutoProcProgram, where, values))
    add_belongings(rows, program_id, sent.attachments, sent.messages)
    await rows.write()
    return _written(program_id, collections, state, rows.not_kept)


def _times_from_now_on(sent: schemas.ProgramChange, before: Row[Any]) -> tuple[datetime | None, datetime | None]:
    """Begin and end as they are sent, null too, or else as they were; a run that waits or goes on has no end yet."""
    kept = {"processingStartTime": before.processingStartTime, "processingEndTime": before.processingEndTime}
    if sent.processingStatus in {"queued", "running"}:
        kept["processingEndTime"] = None
    if sent.processingStatus == "queued":
        kept["processingStartTime"] = None
    times = kept | sent.model_dump(exclude_unset=True, include=set(kept))
    return times["processingStartTime"], times["processingEndTime"]


async def collections_of(db: Database, viewer: Viewer, program_id: int) -> list[int]:
    """The collections a run worked on, if the viewer sees every one of them. Raises NotFound."""
    collections, _ = await run_with_collections(db, viewer, program_id)
    return sorted(collections)


async def run_with_collections(
    db: Database, viewer: Viewer, program_id: int, missing: NotFound | None = None
) -> tuple[dict[int, Row[Any]], Sequence[Row[Any]]]:
    """The collections of a run by key, and the run in full, a row for each sweep or link.

    Raises NotFound, or `missing`, where the viewer does not see every one of its collections.
    """
    where = [queries.of_programs(db.catalogue, [program_id])]
    found = {row.dataCollectionId: row for row in await db.all(queries.collections(viewer, where))}
    links = await db.all(queries.one_run(db.catalogue, viewer, program_id), {"ids": list(found)}) if found else ()
    if not links:
        raise missing or NotFound.of("processing run", program_id)
    return found, links


def _written(program_id: int, collections: list[int], state: ProgramState, not_kept: list[str]) -> dict[str, Any]:
    return {
        "autoProcProgramId": program_id,
        "dataCollectionId": collections[0],
        "dataCollectionIds": collections,
        "processingStatus": state,
        "_metadata": {"notKept": not_kept},
    }
