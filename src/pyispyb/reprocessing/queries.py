"""SQL of processing jobs. One is seen by those who see every collection that it names."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, func, or_, select, true, union

from ..access import Viewer, reasons, visible, visible_one
from ..db.catalogue import Catalogue
from ..db.paging import Key
from ..db.typing import AnySelect
from ..proposals.measured import SESSION, of_collection
from ..tables import (
    AutoProcProgram,
    BLSession,
    DataCollection,
    DataCollectionGroup,
    Person,
    Reprocessing,
)
from .place import ISPYB, Place, place_of
from .state import HELD, WAITS


def order(catalogue: Catalogue) -> tuple[Key, ...]:
    """Newest first."""
    return (Key(place_of(catalogue).job.processingJobId),)


def _ids() -> BindParameter[Any]:
    return bindparam("ids", expanding=True)


def seen(catalogue: Catalogue, viewer: Viewer) -> AnySelect:
    """Jobs that name a collection, and none that the viewer does not see."""
    place = place_of(catalogue)
    job = place.job
    statement: AnySelect = (
        select(
            job.processingJobId,
            job.dataCollectionId,
            job.displayName,
            job.recipe,
            job.comments,
            job.automatic,
            job.recordTimestamp,
            Reprocessing.requestedAt,
            Reprocessing.takenAt,
            Reprocessing.cancelledAt,
            Person.givenName,
            Person.familyName,
        )
        .outerjoin(Reprocessing, Reprocessing.processingJobId == job.processingJobId)
        .outerjoin(Person, Person.personId == Reprocessing.requestedBy)
    )
    shown = visible(viewer, DataCollection)
    statement = statement.where(or_(*_named(place, shown)))
    if viewer.sees_everything:
        return statement
    return statement.where(*(~hidden for hidden in _named(place, shown.is_not(true()))))


def _named(place: Place, of: ColumnElement[bool]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """True for a job that names such a collection as its own, and for one that asks for images of such a one."""
    job, sweep = place.job, place.sweep
    own = exists().where(DataCollection.dataCollectionId == job.dataCollectionId, of)
    asked = exists().where(
        sweep.processingJobId == job.processingJobId, DataCollection.dataCollectionId == sweep.dataCollectionId, of
    )
    return own.correlate(job), asked.correlate(job)


def jobs(catalogue: Catalogue, viewer: Viewer, where: list[ColumnElement[bool]]) -> AnySelect:
    """Visible jobs on the few collections that `where` selects, of collections joined to their groups and sessions."""
    place = place_of(catalogue)
    found = _with_sessions(select(DataCollection.dataCollectionId)).where(*where)
    named = union(
        select(place.job.processingJobId).where(place.job.dataCollectionId.in_(found)),
        select(place.sweep.processingJobId).where(place.sweep.dataCollectionId.in_(found)),
    ).subquery()
    return seen(catalogue, viewer).where(place.job.processingJobId.in_(select(named.c[0])))


def asked_here(catalogue: Catalogue, viewer: Viewer, beamline: str | None) -> AnySelect:
    """Visible jobs that were asked for here, of everything or of what was measured at a beamline.

    Those are few, where a facility has millions of jobs and collections: the database starts from them.
    """
    place = place_of(catalogue)
    asked = select(Reprocessing.processingJobId).distinct().subquery()
    statement = seen(catalogue, viewer).where(place.job.processingJobId.in_(select(asked.c[0])))
    if beamline is None:
        return statement
    there = _with_sessions(select(DataCollection.dataCollectionId)).where(
        DataCollection.dataCollectionId == place.job.dataCollectionId, BLSession.beamLineName == beamline
    )
    return statement.where(there.correlate(place.job).exists())


def _with_sessions(collections: AnySelect) -> AnySelect:
    of_group = DataCollectionGroup.dataCollectionGroupId == DataCollection.dataCollectionGroupId
    of_session = BLSession.sessionId == DataCollectionGroup.sessionId
    return collections.join(DataCollectionGroup, of_group).join(BLSession, of_session)


def one(catalogue: Catalogue, viewer: Viewer, job_id: int) -> AnySelect:
    """A visible job."""
    return seen(catalogue, viewer).where(place_of(catalogue).job.processingJobId == job_id)


def asked_by_people(catalogue: Catalogue) -> ColumnElement[bool]:
    """Jobs that somebody asked for: not the one that ISPyB or a pipeline makes for each automatic run."""
    return func.coalesce(place_of(catalogue).job.automatic, 0) == 0


def is_waiting(catalogue: Catalogue, now: datetime) -> ColumnElement[bool]:
    """Jobs asked for here that no pipeline has taken up and nobody called off; `now` is UTC."""
    place = place_of(catalogue)
    return (
        is_free(now)
        & (Reprocessing.requestedAt > now - WAITS)
        & ~exists().where(place.of_run == place.job.processingJobId).correlate(place.job)
    )


def is_free(now: datetime) -> ColumnElement[bool]:
    """Requests that no pipeline holds and nobody called off; whether one has begun a run is another question."""
    held = Reprocessing.takenAt.is_not(None) & (Reprocessing.takenAt > now - HELD)
    return ~held & Reprocessing.cancelledAt.is_(None)


def waiting_of(catalogue: Catalogue, person_id: int | None, now: datetime) -> AnySelect:
    """How many requests of a person wait; `now` is UTC."""
    job = place_of(catalogue).job
    asked = select(func.count()).select_from(Reprocessing)
    return asked.join(job, job.processingJobId == Reprocessing.processingJobId).where(
        Reprocessing.requestedBy == person_id, is_waiting(catalogue, now)
    )


def sweeps(catalogue: Catalogue) -> AnySelect:
    """Images that the jobs `ids` ask for, with where they lie."""
    sweep = place_of(catalogue).sweep
    return (
        select(
            sweep.processingJobId,
            sweep.dataCollectionId,
            sweep.startImage,
            sweep.endImage,
            DataCollection.imageDirectory,
            DataCollection.fileTemplate,
        )
        .outerjoin(DataCollection, DataCollection.dataCollectionId == sweep.dataCollectionId)
        .where(sweep.processingJobId.in_(_ids()))
        .order_by(sweep.processingJobId)
    )


def parameters(catalogue: Catalogue) -> AnySelect:
    """Parameters of the jobs `ids`."""
    parameter = place_of(catalogue).parameter
    return (
        select(parameter.processingJobId, parameter.parameterKey, parameter.parameterValue)
        .where(parameter.processingJobId.in_(_ids()))
        .order_by(parameter.processingJobId)
    )


def runs(catalogue: Catalogue) -> AnySelect:
    """Runs made for the jobs `ids`, the oldest first."""
    place = place_of(catalogue)
    program = AutoProcProgram
    return (
        select(
            place.of_run.label("job"),
            program.autoProcProgramId,
            program.processingPrograms,
            program.processingStatus,
            program.processingMessage,
            program.processingStartTime,
            program.processingEndTime,
        )
        .where(place.of_run.in_(_ids()), program.autoProcProgramId == place.run)
        .order_by(program.autoProcProgramId)
    )


@lru_cache(maxsize=8)
def progress(catalogue: Catalogue) -> AnySelect:
    """Requests of people on the collections `ids`, with their runs, the newest last: for whoever watches them."""
    place = place_of(catalogue)
    job, sweep, program = place.job, place.sweep, AutoProcProgram
    named = union(
        select(job.processingJobId, job.dataCollectionId).where(job.dataCollectionId.in_(_ids())),
        select(sweep.processingJobId, sweep.dataCollectionId).where(sweep.dataCollectionId.in_(_ids())),
    ).subquery()
    statement: AnySelect = (
        select(
            named.c.processingJobId.label("job"),
            named.c.dataCollectionId,
            Reprocessing.requestedAt,
            Reprocessing.takenAt,
            Reprocessing.cancelledAt,
            program.autoProcProgramId.label("run"),
            program.processingStatus,
            program.processingStartTime,
            program.processingEndTime,
        )
        .join(job, job.processingJobId == named.c.processingJobId)
        .outerjoin(Reprocessing, Reprocessing.processingJobId == job.processingJobId)
        .outerjoin(place.of_run.class_, place.of_run == job.processingJobId)
        .where(asked_by_people(catalogue))
        .order_by(place.run)
    )
    if place is ISPYB:
        return statement
    return statement.outerjoin(program, program.autoProcProgramId == place.run)


def seen_of(catalogue: Catalogue, viewer: Viewer, ids: Collection[int]) -> AnySelect:
    """Those of these requests that the viewer sees."""
    return seen(catalogue, viewer).where(place_of(catalogue).job.processingJobId.in_(ids))


def to_process(viewer: Viewer, ids: list[int]) -> AnySelect:
    """Visible collections with their images, where they were measured, and why the viewer sees them."""
    statement = select(
        DataCollection.dataCollectionId,
        DataCollection.startImageNumber,
        DataCollection.numberOfImages,
        *SESSION,
        *reasons(viewer, DataCollection),
    )
    return of_collection(statement).where(DataCollection.dataCollectionId.in_(ids), visible_one(viewer, DataCollection))
