"""SQL of the search by cell: results of which the viewer sees all the data."""

from sqlalchemy import ColumnElement, and_, func, or_, select, true, union

from ...access import Viewer, visible
from ...db.catalogue import Catalogue
from ...db.typing import AnySelect
from ...processing.queries import CELL
from ...reprocessing.place import place_of as place_of_jobs
from ...tables import AutoProc, AutoProcIntegration, AutoProcProgram, DataCollection, ProcessingJob

Ranges = list[tuple[float, float]]


def results(catalogue: Catalogue, viewer: Viewer, where: list[ColumnElement[bool]]) -> AnySelect:
    """Cells and space groups that `where` selects, of runs on data that the viewer sees, each collection of them.

    Each is asked about by its key: for where few are selected, or many of those are seen.
    What others see is told apart here, not later: the number of rows would tell of cells that are not the viewer's.
    """
    statement = _selected(where)
    if viewer.sees_everything:
        return statement
    on = _on_collections(catalogue)
    seen = [_of_this(way).where(visible(viewer, DataCollection)).exists() for way in on]
    return statement.where(or_(*seen), ~_hidden(viewer, on))


def own_results(catalogue: Catalogue, viewer: Viewer, where: list[ColumnElement[bool]]) -> AnySelect:
    """The same, beginning with the runs that the viewer sees: for where those are few of very many selected ones.

    MariaDB would go through all results in the order of the answer instead.
    """
    on = _on_collections(catalogue)
    seen = [way.where(visible(viewer, DataCollection)) for way in on]
    runs = union(*(way.with_only_columns(way.selected_columns[0]) for way in seen)).subquery()
    statement = _selected(where).select_from(runs).prefix_with("STRAIGHT_JOIN", dialect="mysql")
    statement = statement.join(AutoProc, AutoProc.autoProcProgramId == runs.c[0])
    return statement if viewer.sees_everything else statement.where(~_hidden(viewer, on))


def behind_newest(where: list[ColumnElement[bool]], count: int) -> AnySelect:
    """Key of the newest result behind so many that `where` selects; none where there are not so many."""
    found = select(AutoProc.autoProcId).where(AutoProc.autoProcProgramId.is_not(None), *where)
    return found.order_by(AutoProc.autoProcId.desc()).limit(1).offset(count)


def _selected(where: list[ColumnElement[bool]]) -> AnySelect:
    statement = select(AutoProc.autoProcId, AutoProc.autoProcProgramId, AutoProc.spaceGroup, *CELL)
    return statement.where(AutoProc.autoProcProgramId.is_not(None), *where)


def _on_collections(catalogue: Catalogue) -> list[AnySelect]:
    return [_collections(way) for way in _links(catalogue)]


def _hidden(viewer: Viewer, on: list[AnySelect]) -> ColumnElement[bool]:
    """True where a run worked on a collection that the viewer does not see."""
    return or_(*(_of_this(way).where(visible(viewer, DataCollection).is_not(true())).exists() for way in on))


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
