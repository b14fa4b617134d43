"""SQL of processing: runs of programs, what they made, their files.

A run is seen with the collections it worked on: by those who see every one of them. It is linked to them through the
sweeps it integrated, and besides through its job and what that asks for (dls) or by itself (collab). A run that makes
a structure is seen with the collections of the run that merged its data too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    cast,
    exists,
    func,
    null,
    or_,
    outerjoin,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlalchemy.types import NullType

from ..access import Viewer, visible
from ..db.catalogue import Catalogue
from ..db.order import read_from, then
from ..db.types import UInt
from ..db.typing import AnySelect
from ..db.writes import all_columns, columns
from ..proposals.names import is_proposal, is_session
from ..reprocessing.place import place_of as place_of_jobs
from ..tables import (
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcScaling,
    AutoProcScaling_has_Int,
    AutoProcScalingStatistics,
    BLSample,
    BLSession,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    MXMRRun,
    ProcessingJob,
    Proposal,
    ScalingExtra,
    StructureRun,
)
from .statistics import ELLIPSOID_COLUMNS, held

PROGRAM = (
    AutoProcProgram.autoProcProgramId,
    AutoProcProgram.processingPrograms,
    AutoProcProgram.processingStatus,
    AutoProcProgram.processingMessage,
    AutoProcProgram.processingStartTime,
    AutoProcProgram.processingEndTime,
    AutoProcProgram.recordTimeStamp,
)
PROGRAM_PLACE, RUN, SWEEP = 3, slice(0, 9), slice(0, 3)
"""Where a row of `runs` has the run's key, what there is to say of it, and collection, first and last image."""
PROGRAM_IN_FULL = (*PROGRAM, AutoProcProgram.processingCommandLine, AutoProcProgram.processingEnvironment)

CELL = (
    AutoProc.refinedCell_a,
    AutoProc.refinedCell_b,
    AutoProc.refinedCell_c,
    AutoProc.refinedCell_alpha,
    AutoProc.refinedCell_beta,
    AutoProc.refinedCell_gamma,
)

_other_sweep = aliased(AutoProcIntegration)
_merging = aliased(AutoProcProgram)
"""The run that merged the data which a structure is made of."""


def _ids() -> BindParameter[Any]:
    return bindparam("ids", expanding=True)


def of_session(name: str) -> ColumnElement[bool]:
    """Groups of the session of that name."""
    found = select(BLSession.sessionId).join(Proposal, Proposal.proposalId == BLSession.proposalId)
    return DataCollectionGroup.sessionId.in_(found.where(is_session(name)))


def of_proposal(name: str) -> ColumnElement[bool]:
    """Groups of the proposal of that name."""
    found = select(BLSession.sessionId).join(Proposal, Proposal.proposalId == BLSession.proposalId)
    return DataCollectionGroup.sessionId.in_(found.where(is_proposal(name)))


def sample_of_collection() -> ColumnElement[Any]:
    """The sample of a collection, which some programs note on its group only."""
    return func.coalesce(DataCollection.blSampleId, DataCollectionGroup.blSampleId)


def of_protein(protein_id: int) -> ColumnElement[bool]:
    """Collections of samples of a protein."""
    samples = (
        select(BLSample.blSampleId)
        .join(Crystal, Crystal.crystalId == BLSample.crystalId)
        .where(Crystal.proteinId == protein_id)
    )
    return sample_of_collection().in_(samples)


MOST_COLLECTIONS = 20_000


def collections(viewer: Viewer, where: list[ColumnElement[bool]]) -> AnySelect:
    """Visible collections that `where` selects, with their session and sample, newest first.

    Apart from their runs: the database then looks for those by the keys of the collections, however many runs there
    are.
    """
    sample = sample_of_collection()
    return (
        select(
            DataCollection.dataCollectionId,
            DataCollection.dataCollectionGroupId,
            DataCollectionGroup.sessionId,
            # The tables keep the key with and without a sign: MariaDB would answer a decimal number for either.
            cast(sample, UInt).label("blSampleId"),
            BLSample.name.label("sample"),
        )
        .join(DataCollectionGroup, DataCollectionGroup.dataCollectionGroupId == DataCollection.dataCollectionGroupId)
        .outerjoin(BLSample, BLSample.blSampleId == sample)
        .where(visible(viewer, DataCollection), *where)
        .order_by(DataCollection.dataCollectionId.desc())
        .limit(MOST_COLLECTIONS + 1)
    )


FROM_LINKS = "STRAIGHT_JOIN"
"""Begin at the links of the few collections that are asked about: MariaDB takes them for more than all runs together
where most runs have no job, and would go through those."""


@dataclass(frozen=True, slots=True)
class Link:
    """One way in which the connected database ties runs to collections: a column of each, and what joins the two."""

    collection: Any
    run: Any
    joined: tuple[ColumnElement[bool], ...] = ()

    @property
    def tables(self) -> tuple[Any, ...]:
        """The tables of both columns, in the order in which they lead from a collection to its runs."""
        return self.collection.class_, self.run.class_


@lru_cache(maxsize=8)
def links(catalogue: Catalogue) -> tuple[Link, ...]:
    """Every way in which runs are tied to collections, the usual one first."""
    run, jobs = AutoProcProgram.autoProcProgramId, place_of_jobs(catalogue)
    ways = [Link(AutoProcIntegration.dataCollectionId, AutoProcIntegration.autoProcProgramId)]
    if _has_jobs(catalogue):
        of_job = AutoProcProgram.processingJobId == ProcessingJob.processingJobId
        ways.append(Link(ProcessingJob.dataCollectionId, run, (of_job,)))
    ways.append(Link(jobs.sweep.dataCollectionId, jobs.run, (jobs.of_run == jobs.sweep.processingJobId,)))
    if catalogue.has(AutoProcProgram.dataCollectionId):
        ways.append(Link(AutoProcProgram.dataCollectionId, run))
    return tuple(ways)


def _links(catalogue: Catalogue) -> AnySelect:
    """Rows (collection, program, first and last image) of the collections `ids`, one for each sweep or link."""
    nothing = (cast(null(), UInt).label("startImageNumber"), cast(null(), UInt).label("endImageNumber"))
    images = (AutoProcIntegration.startImageNumber, AutoProcIntegration.endImageNumber)
    sweep, *others = links(catalogue)
    ways = [select(sweep.collection, sweep.run.label("program"), *images).where(sweep.collection.in_(_ids()))]
    for link in others:
        named, run = link.collection, link.run
        ways.append(select(named, run, *nothing).where(*link.joined, named.in_(_ids()), _unswept(named, run)))
    return select(union_all(*ways).subquery("linked"))


def _unswept(collection: Any, run: Any) -> ColumnElement[bool]:
    """True where a run integrated no sweep of the collection: most that are linked in another way have, and are told
    of with it."""
    swept = _other_sweep
    return ~exists().where(swept.autoProcProgramId == run, swept.dataCollectionId == collection)


def _has_jobs(catalogue: Catalogue) -> bool:
    return catalogue.has(AutoProcProgram.processingJobId) and catalogue.has_table(ProcessingJob)


def once_each(linked: Any) -> Any:
    """Each run of `linked` with one of its collections: whether the others are seen is asked once a run.

    `linked` has collections that the viewer sees only: of the one it is not asked.

    Asked for each of the hundreds of sweeps that were merged, it would be asked of as many others each time.
    """
    one = func.min(linked.c.dataCollectionId).label("dataCollectionId")
    return select(linked.c.program, one).group_by(linked.c.program).subquery("worked")


def _others_hidden(catalogue: Catalogue, viewer: Viewer, linked: Any) -> ColumnElement[bool]:
    """True for a run that worked on other collections too, of which the viewer does not see one."""
    unseen = unseen_collection(viewer)
    of_structure = works_on_others(catalogue, linked, _merging, unseen)
    # Most runs make no structure: their merging run is not looked for.
    return or_(
        *works_on_others(catalogue, linked, AutoProcProgram, unseen),
        and_(StructureRun.dataProgramId.is_not(None), or_(*of_structure)),
    )


def seen_group(viewer: Viewer) -> ColumnElement[bool]:
    """True for a group that the viewer sees."""
    seen = _seen_groups(viewer)
    return exists().where(seen.c.dataCollectionGroupId == DataCollectionGroup.dataCollectionGroupId)


def unseen_collection(viewer: Viewer) -> ColumnElement[bool]:
    """True for a collection that the viewer does not see, as they do not see its group."""
    seen = _seen_groups(viewer)
    return ~exists().where(seen.c.dataCollectionGroupId == DataCollection.dataCollectionGroupId)


@lru_cache(maxsize=256)
def _seen_groups(viewer: Viewer) -> CTE:
    """Groups that the viewer sees: said once, and asked for one of them at a time.

    SQLite reads no statement that is nested much deeper than what tells who sees a group.
    """
    seen = select(DataCollectionGroup.dataCollectionGroupId).where(visible(viewer, DataCollectionGroup))
    return seen.cte("seen_groups").prefix_with("NOT MATERIALIZED", dialect="sqlite")


def works_on_others(
    catalogue: Catalogue, linked: Any, run: Any, unseen: ColumnElement[bool]
) -> list[ColumnElement[bool]]:
    """Any of them is true where a run works on another collection than `linked` has, for which `unseen` is true.

    Each way by itself, by one key: a database looks for none of two keys in an index.
    """
    asked = place_of_jobs(catalogue)
    ways: list[tuple[Any, tuple[ColumnElement[bool], ...]]] = [
        (_other_sweep.dataCollectionId, (_other_sweep.autoProcProgramId == run.autoProcProgramId,))
    ]
    if _has_jobs(catalogue):
        job, sweep = ProcessingJob, asked.sweep
        ways.append((job.dataCollectionId, (job.processingJobId == run.processingJobId,)))
        ways.append((sweep.dataCollectionId, (sweep.processingJobId == run.processingJobId,)))
    else:
        of_run = (asked.run == run.autoProcProgramId, asked.of_run == asked.sweep.processingJobId)
        ways.append((asked.sweep.dataCollectionId, of_run))
    if catalogue.has(AutoProcProgram.dataCollectionId):
        ways.append((run.dataCollectionId, ()))
    return [
        exists()
        .where(*of_run, named != linked.c.dataCollectionId, DataCollection.dataCollectionId == named, unseen)
        .correlate(AutoProcProgram, StructureRun, _merging, linked)
        for named, of_run in ways
    ]


@lru_cache(maxsize=256)
def runs(catalogue: Catalogue, viewer: Viewer, *, in_full: bool = False) -> AnySelect:
    """Runs on the collections `ids`, which the viewer sees: a row for each sweep or link."""
    linked = _links(catalogue).cte("linked")
    worked = once_each(linked)
    told = (linked.c.dataCollectionId, linked.c.startImageNumber, linked.c.endImageNumber)
    found = outerjoin(then(worked, AutoProcProgram), StructureRun, StructureRun.autoProcProgramId == worked.c.program)
    seen: list[ColumnElement[bool]] = []
    if not viewer.sees_everything:
        found = outerjoin(found, _merging, _merging.autoProcProgramId == StructureRun.dataProgramId)
        seen = [~_others_hidden(catalogue, viewer, worked)]
    statement = read_from(select(*told, *(PROGRAM_IN_FULL if in_full else PROGRAM)), then(found, linked))
    return statement.where(
        AutoProcProgram.autoProcProgramId == worked.c.program, *seen, linked.c.program == worked.c.program
    )


@lru_cache(maxsize=256)
def runs_on_images(catalogue: Catalogue, viewer: Viewer) -> AnySelect:
    """The same without runs that make a structure of what another one merged."""
    statement = runs(catalogue, viewer).where(StructureRun.autoProcProgramId.is_(None))
    return statement.where(*_no_replacement(catalogue))


def makes_no_structure(catalogue: Catalogue) -> list[ColumnElement[bool]]:
    """True for runs that do not make a structure of what another one merged."""
    structure = exists().where(StructureRun.autoProcProgramId == AutoProcProgram.autoProcProgramId)
    return [~structure, *_no_replacement(catalogue)]


def _no_replacement(catalogue: Catalogue) -> list[ColumnElement[bool]]:
    if not catalogue.has(MXMRRun.autoProcProgramId):
        return []
    return [~exists().where(MXMRRun.autoProcProgramId == AutoProcProgram.autoProcProgramId)]


@lru_cache(maxsize=8)
def states(catalogue: Catalogue) -> AnySelect:
    """How far the runs on the collections `ids` are, and whether they have a result: for whoever watches them."""
    linked = _links(catalogue).subquery()
    made = select(func.count()).where(AutoProc.autoProcProgramId == linked.c.program).scalar_subquery()
    return (
        select(
            linked.c.dataCollectionId,
            linked.c.program,
            AutoProcProgram.processingStatus,
            AutoProcProgram.processingStartTime,
            AutoProcProgram.processingEndTime,
            made.label("made"),
        )
        .prefix_with(FROM_LINKS, dialect="mysql")
        .join(AutoProcProgram, AutoProcProgram.autoProcProgramId == linked.c.program)
    )


def one_run(catalogue: Catalogue, viewer: Viewer, program_id: int) -> AnySelect:
    """One run in full, on the collections `ids`."""
    return runs(catalogue, viewer, in_full=True).where(AutoProcProgram.autoProcProgramId == program_id)


def of_programs(catalogue: Catalogue, program_ids: Sequence[int]) -> ColumnElement[bool]:
    """Collections that runs worked on, or were asked to work on."""
    ways = [select(link.collection).where(*link.joined, link.run.in_(program_ids)) for link in links(catalogue)]
    return DataCollection.dataCollectionId.in_(select(union_all(*ways).subquery().c[0]))


_SCALING = (
    AutoProc.autoProcProgramId,
    AutoProc.autoProcId,
    AutoProc.spaceGroup,
    *CELL,
    AutoProcScaling.autoProcScalingId,
    ScalingExtra.kind,
    ScalingExtra.further,
    AutoProcScalingStatistics.scalingStatisticsType,
)
HEAD = slice(0, len(_SCALING))
"""Where a row of `scalings` says what it is of: run, result, space group, cell, scaling, kind, further, shell."""


@lru_cache(maxsize=8)
def scalings(catalogue: Catalogue) -> AnySelect:
    """What the runs `ids` made: a row for each range of resolution of each scaling, in any order.

    It ends in the columns of `held`.
    """
    return _scalings(catalogue, ())


@lru_cache(maxsize=8)
def scalings_in_full(catalogue: Catalogue) -> AnySelect:
    """The same with what only the page of one result shows."""
    return _scalings(catalogue, (ScalingExtra.ellipsoid, ScalingExtra.shells, *columns(catalogue, *ELLIPSOID_COLUMNS)))


def _scalings(catalogue: Catalogue, further: tuple[Any, ...]) -> AnySelect:
    # As the driver gives them: a column that is turned into something else costs all columns of very many rows time.
    as_held = [type_coerce(column, NullType()).label(column.key) for column in held(catalogue)]
    return (
        select(*_SCALING, *further, *as_held)
        .outerjoin(AutoProcScaling, AutoProcScaling.autoProcId == AutoProc.autoProcId)
        .outerjoin(
            AutoProcScalingStatistics,
            AutoProcScalingStatistics.autoProcScalingId == AutoProcScaling.autoProcScalingId,
        )
        .outerjoin(ScalingExtra, ScalingExtra.autoProcScalingId == AutoProcScaling.autoProcScalingId)
        .where(AutoProc.autoProcProgramId.in_(_ids()))
    )


def integrations(catalogue: Catalogue, program_id: int) -> AnySelect:
    """Sweeps that a run integrated, all columns: a row for each way of scaling that took one."""
    sweep, link = AutoProcIntegration, AutoProcScaling_has_Int
    return (
        select(link.autoProcScalingId, *all_columns(catalogue, sweep, omit=["autoProcProgramId"]))
        .select_from(sweep)
        .outerjoin(link, link.autoProcIntegrationId == sweep.autoProcIntegrationId)
        .where(sweep.autoProcProgramId == program_id)
        .order_by(sweep.autoProcIntegrationId, link.autoProcScalingId)
    )
