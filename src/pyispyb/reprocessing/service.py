"""Processing asked for by people: requested, taken up by a pipeline, or called off."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, update

from ..access import Action, Viewer, decision_of, reasons_of, require, require_beamline
from ..answers import listed
from ..audit import Action as Done
from ..audit import Origin, record
from ..clock import local_now, utc_now
from ..db.database import Database
from ..db.lists import read_page
from ..db.new_rows import NewRows
from ..db.paging import Page
from ..db.writes import insert_row
from ..errors import AlreadyBegun, FieldError, Invalid, NotFound, TooManyWaiting
from ..processing import programs
from ..processing.programs import state_of
from ..processing.schemas import NewProgram
from ..proposals.names import session_name
from ..tables import DataCollection, OwnProcessingJobRun, Reprocessing
from . import queries
from .place import ISPYB, place_of
from .schemas import NewJob, Sweep
from .settings import ReprocessingSettings
from .state import job_state


async def request(
    db: Database, viewer: Viewer, origin: Origin, settings: ReprocessingSettings, sent: NewJob
) -> dict[str, Any]:
    """Ask for images to be processed once more. Raises NotFound, Forbidden, Invalid, TooManyWaiting."""
    _require_offered(settings, sent)
    await _require_images(db, viewer, sent.sweeps)
    if not viewer.is_key:
        waiting = await db.scalar(queries.waiting_of(db.catalogue, viewer.person_id, utc_now()))
        if waiting >= settings.waiting_per_person:
            raise TooManyWaiting(f"{waiting} requests of yours wait already. Call some off, or wait for them.")
    place = place_of(db.catalogue)
    rows = NewRows(db)
    job = rows.add(
        place.job,
        {
            "dataCollectionId": sent.sweeps[0].dataCollectionId,
            "displayName": sent.displayName or sent.recipe,
            "comments": sent.comments,
            "recipe": sent.recipe,
            "automatic": False,
            "recordTimestamp": local_now(),
        },
    )
    of_job = {"processingJobId": job}
    rows.add_all(place.sweep, [{**of_job, **sweep.model_dump()} for sweep in sent.sweeps])
    rows.add_all(place.parameter, [{**of_job, **each.model_dump()} for each in sent.parameters])
    rows.add_all(Reprocessing, [{**of_job, "requestedBy": viewer.person_id, "requestedAt": utc_now()}])
    await rows.write()
    await record(db, origin, Done.REPROCESSING_REQUEST, "processing job", int(job), recipe=sent.recipe)
    return await read(db, viewer, int(job))


def _require_offered(settings: ReprocessingSettings, sent: NewJob) -> None:
    """Raises Invalid for a recipe that is not offered, and for parameters that it does not take."""
    recipe = next((each for each in settings.recipes if each.recipe == sent.recipe), None)
    if recipe is None:
        offered = ", ".join(each.recipe for each in settings.recipes) or "none"
        raise Invalid.field("recipe", f"is none of those offered here: {offered}")
    known = {parameter.parameterKey: parameter for parameter in recipe.parameters}
    errors = []
    for number, given in enumerate(sent.parameters):
        parameter = known.get(given.parameterKey)
        if parameter is None:
            errors.append(FieldError(f"parameters[{number}].parameterKey", f"is no parameter of {recipe.title}"))
        elif reason := parameter.refusal(given.parameterValue):
            errors.append(FieldError(f"parameters[{number}].parameterValue", reason))
    if len({sweep.dataCollectionId for sweep in sent.sweeps}) > 1 and not recipe.severalCollections:
        errors.append(FieldError("sweeps", f"{recipe.title} takes images of one collection"))
    if errors:
        raise Invalid("; ".join(f"{error.path} {error.message}" for error in errors), *errors)


async def _require_images(db: Database, viewer: Viewer, sweeps: Sequence[Sweep]) -> None:
    """Collections of one proposal that the viewer may ask to be processed, and images that they have."""
    wanted = sorted({sweep.dataCollectionId for sweep in sweeps})
    found = {row.dataCollectionId: row for row in await db.all(queries.to_process(viewer, wanted))}
    for key in wanted:
        missing = NotFound.of("data collection", key)
        if key not in found:
            raise missing
        _require_may_ask(viewer, found[key], missing)
    if len({row.proposalId for row in found.values()}) > 1:
        raise Invalid.field("sweeps", "the collections of one request are of one proposal")
    for number, sweep in enumerate(sweeps):
        row = found[sweep.dataCollectionId]
        if row.numberOfImages is None:
            continue  # it still runs, or nobody said
        first = row.startImageNumber or 1
        last = first + row.numberOfImages - 1
        if not first <= sweep.startImage <= sweep.endImage <= last:
            raise Invalid.field(
                f"sweeps[{number}]", f"collection {sweep.dataCollectionId} has images {first} to {last}"
            )


def _require_may_ask(viewer: Viewer, row: Row[Any], missing: NotFound) -> None:
    action = Action.PROCESS if viewer.is_key else Action.REQUEST_REPROCESSING
    held = reasons_of(viewer, DataCollection, row)
    require(decision_of(viewer, action, DataCollection, held), missing)
    if viewer.is_key:
        require_beamline(viewer, session_name(row) or str(row.sessionId), row.beamLineName)


async def list_jobs(
    db: Database,
    viewer: Viewer,
    where: list[ColumnElement[bool]],
    beamline: str | None,
    page: Page,
    *,
    waiting: bool,
) -> dict[str, Any]:
    """Requests on the collections that `where` selects, newest first: four statements at most.

    Where it selects none, those that were asked for here, at a beamline if one is named.
    """
    if where:
        statement = queries.jobs(db.catalogue, viewer, where)
    else:
        statement = queries.asked_here(db.catalogue, viewer, beamline)
    statement = statement.where(queries.asked_by_people(db.catalogue))
    if waiting:
        statement = statement.where(queries.is_waiting(db.catalogue, utc_now()))
    limit = page.size()
    rows, more, total = await read_page(db, statement, queries.order(db.catalogue), page, limit)
    return listed(await _in_full(db, rows), limit=limit, skip=page.skip, total=total, after=more)


async def read(db: Database, viewer: Viewer, job_id: int) -> dict[str, Any]:
    """One request. Raises NotFound."""
    (job,) = await _in_full(db, [await _one(db, viewer, job_id)])
    return job


async def _one(db: Database, viewer: Viewer, job_id: int) -> Row[Any]:
    return await db.one(queries.one(db.catalogue, viewer, job_id), NotFound.of("processing job", job_id))


async def cancel(db: Database, viewer: Viewer, origin: Origin, job_id: int) -> dict[str, Any]:
    """Call a request off that no pipeline has taken up. Raises NotFound, Forbidden, AlreadyBegun."""
    job = await read(db, viewer, job_id)
    await _require_may_ask_for(db, viewer, job)
    await _close(db, job, {"cancelledAt": utc_now()})
    await record(db, origin, Done.REPROCESSING_CANCEL, "processing job", job_id)
    return await read(db, viewer, job_id)


async def take(db: Database, viewer: Viewer, job_id: int) -> dict[str, Any]:
    """Take a request up, before any other pipeline does. Raises NotFound, Forbidden, AlreadyBegun."""
    job = await read(db, viewer, job_id)
    await _require_may_ask_for(db, viewer, job)
    await _close(db, job, {"takenAt": utc_now()})
    return await read(db, viewer, job_id)


async def _close(db: Database, job: dict[str, Any], values: dict[str, datetime]) -> None:
    """End the waiting of a request. Raises AlreadyBegun when it does not wait, were it for the last millisecond."""
    waits = Reprocessing.processingJobId == job["processingJobId"], queries.is_free(utc_now())
    if job["state"] != "waiting" or (await db.execute(update(Reprocessing).where(*waits).values(values))).rowcount != 1:
        state = job["state"] if job["state"] != "waiting" else "taken up"
        raise AlreadyBegun(f"Request {job['processingJobId']} does not wait any more: it is {state}.")


async def _require_may_ask_for(db: Database, viewer: Viewer, job: dict[str, Any]) -> None:
    wanted = sorted({sweep["dataCollectionId"] for sweep in job["sweeps"]} | {job["dataCollectionId"]} - {None})
    missing = NotFound.of("processing job", job["processingJobId"])
    for row in await db.all(queries.to_process(viewer, wanted)):
        _require_may_ask(viewer, row, missing)


async def begin_run(db: Database, viewer: Viewer, job_id: int, sent: NewProgram) -> dict[str, Any]:
    """Announce a run that a pipeline makes for a request. Raises NotFound, Forbidden, Invalid, AlreadyBegun."""
    job = await read(db, viewer, job_id)
    if job["state"] == "cancelled":
        raise AlreadyBegun(f"Request {job_id} was called off.")
    if sent.dataCollectionId not in {job["dataCollectionId"], *(sweep["dataCollectionId"] for sweep in job["sweeps"])}:
        raise Invalid.field("dataCollectionId", f"is no collection of request {job_id}")
    if place_of(db.catalogue) is ISPYB:
        return {**await programs.begin(db, viewer, sent, job_id), "processingJobId": job_id}
    begun = await programs.begin(db, viewer, sent)
    link = {"autoProcProgramId": begun["autoProcProgramId"], "processingJobId": job_id}
    await insert_row(db, OwnProcessingJobRun, link)
    return {**begun, "processingJobId": job_id}


async def _in_full(db: Database, rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    if not rows:
        return []
    ids = {"ids": [row.processingJobId for row in rows]}
    sweeps: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for sweep in await db.all(queries.sweeps(db.catalogue), ids):
        sweeps[sweep.processingJobId].append({**sweep._mapping})
    parameters: dict[int, dict[str, str]] = defaultdict(dict)
    for each in await db.all(queries.parameters(db.catalogue), ids):
        parameters[each.processingJobId][each.parameterKey] = each.parameterValue
    now, runs = local_now(), defaultdict(list)
    for run in await db.all(queries.runs(db.catalogue), ids):
        runs[run.job].append(_run(run, now))
    return [
        _told(row, sweeps[row.processingJobId], parameters[row.processingJobId], runs[row.processingJobId])
        for row in rows
    ]


def _run(run: Row[Any], now: datetime) -> dict[str, Any]:
    return {
        "autoProcProgramId": run.autoProcProgramId,
        "processingPrograms": run.processingPrograms,
        "state": state_of(run.processingStatus, run.processingStartTime, run.processingEndTime, now),
        "processingMessage": run.processingMessage,
    }


def _told(
    row: Row[Any],
    sweeps: list[dict[str, Any]],
    parameters: dict[str, str],
    runs: list[dict[str, Any]],
) -> dict[str, Any]:
    name = " ".join(filter(None, (row.givenName, row.familyName)))
    return {
        "processingJobId": row.processingJobId,
        "dataCollectionId": row.dataCollectionId,
        "displayName": row.displayName,
        "recipe": row.recipe,
        "comments": row.comments,
        "automatic": row.automatic,
        "recordTimestamp": row.recordTimestamp,
        "requestedBy": name or None,
        "state": job_state(row, runs[-1]["state"] if runs else None),
        "sweeps": [{key: value for key, value in sweep.items() if key != "processingJobId"} for sweep in sweeps],
        "parameters": parameters,
        "runs": runs,
    }
