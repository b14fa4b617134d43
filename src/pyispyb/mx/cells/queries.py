"""SQL of the search by cell: results of which the viewer sees all the data."""

from sqlalchemy import ColumnElement, and_, func, or_, select, true, union

from ...access import Viewer, visible
from ...db.catalogue import Catalogue
from ...db.typing import AnySelect
from ...processing.queries import CELL
from ...reprocessing.place import place_of as place_of_jobs
from ...tables import AutoProc, AutoProcIntegration, AutoProcProgram, DataCollection, ProcessingJob

Ranges = list[tuple[float, float]]


def results(catalogue: Catalogue, viewer: Viewer, where: list[ColumnElement[bool]], *, selects_few: bool) -> AnySelect:
    """Cells and space groups that `where` selects, of runs on data that the viewer sees, each collection of them.

    `selects_few` results of all there are: by a cell, not by a space group alone.
    Those are told apart here, not afterwards: the number of rows would tell of cells that are not the viewer's.
    """
    statement = select(AutoProc.autoProcId, AutoProc.autoProcProgramId, AutoProc.spaceGroup, *CELL)
    statement = statement.where(AutoProc.autoProcProgramId.is_not(None), *where)
    if viewer.sees_everything:
        return statement
    on = [_collections(way) for way in _links(catalogue)]
    hidden = [_of_this(way).where(visible(viewer, DataCollection).is_not(true())).exists() for way in on]
    seen = [way.where(visible(viewer, DataCollection)) for way in on]
    if selects_few or viewer.beamlines:
        # Few are to be asked about, or, by staff, some are seen soon: each by its key, the newest first.
        return statement.where(or_(*(_of_this(way).exists() for way in seen)), ~or_(*hidden))
    # What others see would be found late: their own runs are looked for first. MariaDB would go through all results in
    # the order of the answer instead.
    runs = union(*(way.with_only_columns(way.selected_columns[0]) for way in seen)).subquery()
    statement = statement.select_from(runs).prefix_with("STRAIGHT_JOIN", dialect="mysql")
    return statement.join(AutoProc, AutoProc.autoProcProgramId == runs.c[0]).where(~or_(*hidden))


def _of_this(way: AnySelect) -> AnySelect:
    return way.where(way.selected_columns[0] == AutoProc.autoProcProgramId).correlate(AutoProc)


def _links(catalogue: Catalogue) -> list[AnySelect]:
    """Runs and their collections: by the sweeps they integrated, by what was asked of them, or by themselves."""
    asked = place_of_jobs(catalogue)
    ways: list[AnySelect] = [
        select(AutoProcIntegration.autoProcProgramId, AutoProcIntegration.dataCollectionId),
        select(asked.run, asked.sweep.dataCollectionId).where(asked.of_run == asked.sweep.processingJobId),
    ]
    if catalogue.has(AutoProcProgram.processingJobId) and catalogue.has_table(ProcessingJob):
        of_job = ProcessingJob.processingJobId == AutoProcProgram.processingJobId
        ways.append(
            select(AutoProcProgram.autoProcProgramId, ProcessingJob.dataCollectionId).join(ProcessingJob, of_job)
        )
    if catalogue.has(AutoProcProgram.dataCollectionId):
        ways.append(select(AutoProcProgram.autoProcProgramId, AutoProcProgram.dataCollectionId))
    return ways


def _collections(way: AnySelect) -> AnySelect:
    return way.where(DataCollection.dataCollectionId == way.selected_columns[1])


def edges_within(ranges: list[Ranges]) -> list[ColumnElement[bool]]:
    """Edges a, b, c each within one of its ranges [Å]."""
    return [
        or_(*(column.between(low, high) for low, high in of_edge))
        for column, of_edge in zip(CELL[:3], ranges, strict=True)
    ]


def angles_within(angles: tuple[float, ...], tolerance: float) -> ColumnElement[bool]:
    """Angles alpha, beta, gamma each near the given one [degrees]."""
    near = zip(CELL[3:], angles, strict=True)
    return and_(*(column.between(angle - tolerance, angle + tolerance) for column, angle in near))


def spelled(words: frozenset[str]) -> ColumnElement[bool]:
    """Space groups that are written in one of these ways, spaces and capitals aside."""
    return func.lower(func.replace(AutoProc.spaceGroup, " ", "")).in_(sorted(words))
