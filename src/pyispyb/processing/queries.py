"""SQL of processing: runs of programs, what they made, their files.

A run is seen with the collections it worked on: by those who see every one of them. It is linked to them through the
sweeps it integrated, and besides through its job (dls) or by itself (collab).
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    bindparam,
    exists,
    func,
    literal,
    null,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from ..access import Viewer, visible
from ..db.catalogue import Catalogue
from ..db.types import UInt
from ..db.typing import AnySelect
from ..db.writes import columns
from ..proposals.names import is_proposal, is_session
from ..tables import (
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcProgramAttachment,
    AutoProcProgramMessage,
    AutoProcScaling,
    AutoProcScaling_has_Int,
    AutoProcScalingStatistics,
    BLSample,
    BLSession,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    Image,
    ProcessingJob,
    Proposal,
    ScalingExtra,
)
from .statistics import COLUMNS, ELLIPSOID_COLUMNS

PROGRAM = (
    AutoProcProgram.autoProcProgramId,
    AutoProcProgram.processingPrograms,
    AutoProcProgram.processingStatus,
    AutoProcProgram.processingMessage,
    AutoProcProgram.processingStartTime,
    AutoProcProgram.processingEndTime,
    AutoProcProgram.recordTimeStamp,
)
PROGRAM_IN_FULL = (*PROGRAM, AutoProcProgram.processingCommandLine, AutoProcProgram.processingEnvironment)

CELL = (
    AutoProc.refinedCell_a,
    AutoProc.refinedCell_b,
    AutoProc.refinedCell_c,
    AutoProc.refinedCell_alpha,
    AutoProc.refinedCell_beta,
    AutoProc.refinedCell_gamma,
)
STATISTICS_PREFIX = "stat_"

_other_sweep = aliased(AutoProcIntegration)


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


def _linked(catalogue: Catalogue, chosen: Any) -> AnySelect:
    """Rows (collection, session, sample, program, first and last image) of the collections of a subquery."""
    about = (chosen.c.dataCollectionId, chosen.c.sessionId, chosen.c.blSampleId)
    nothing = (type_coerce(null(), UInt).label("startImageNumber"), type_coerce(null(), UInt).label("endImageNumber"))
    ways: list[AnySelect] = [
        select(
            *about,
            AutoProcIntegration.autoProcProgramId.label("program"),
            AutoProcIntegration.startImageNumber,
            AutoProcIntegration.endImageNumber,
        ).join(AutoProcIntegration, AutoProcIntegration.dataCollectionId == chosen.c.dataCollectionId)
    ]
    if catalogue.has(AutoProcProgram.processingJobId) and catalogue.has_table(ProcessingJob):
        ways.append(
            select(*about, AutoProcProgram.autoProcProgramId, *nothing)
            .join(ProcessingJob, ProcessingJob.dataCollectionId == chosen.c.dataCollectionId)
            .join(AutoProcProgram, AutoProcProgram.processingJobId == ProcessingJob.processingJobId)
        )
    if catalogue.has(AutoProcProgram.dataCollectionId):
        ways.append(
            select(*about, AutoProcProgram.autoProcProgramId, *nothing).join(
                AutoProcProgram, AutoProcProgram.dataCollectionId == chosen.c.dataCollectionId
            )
        )
    linked = ways[0] if len(ways) == 1 else union_all(*ways)
    return select(linked.subquery("linked"))


def _chosen(viewer: Viewer, where: list[ColumnElement[bool]]) -> Any:
    return (
        select(
            DataCollection.dataCollectionId,
            DataCollectionGroup.sessionId,
            sample_of_collection().label("blSampleId"),
        )
        .join(DataCollectionGroup, DataCollectionGroup.dataCollectionGroupId == DataCollection.dataCollectionGroupId)
        .where(visible(viewer, DataCollection), *where)
        .cte("chosen")
    )


def _others_hidden(viewer: Viewer, linked: Any) -> ColumnElement[bool]:
    """True for a run that integrated sweeps of other collections too, of which the viewer does not see one."""
    return (
        exists()
        .where(
            _other_sweep.autoProcProgramId == AutoProcProgram.autoProcProgramId,
            _other_sweep.dataCollectionId != linked.c.dataCollectionId,
            DataCollection.dataCollectionId == _other_sweep.dataCollectionId,
            visible(viewer, DataCollection).is_not(true()),
        )
        .correlate(AutoProcProgram, linked)
    )


def runs(
    catalogue: Catalogue, viewer: Viewer, where: list[ColumnElement[bool]], most: int, *, program_id: int | None = None
) -> AnySelect:
    """Runs on the visible collections that `where` selects, a row for each sweep or link, newest run first.

    With `program_id` that run alone, in full.
    """
    linked = _linked(catalogue, _chosen(viewer, where)).subquery()
    statement: AnySelect = (
        select(
            linked.c.dataCollectionId,
            linked.c.sessionId,
            linked.c.blSampleId,
            linked.c.startImageNumber,
            linked.c.endImageNumber,
            BLSample.name.label("sample"),
            *(PROGRAM if program_id is None else PROGRAM_IN_FULL),
        )
        .join(AutoProcProgram, AutoProcProgram.autoProcProgramId == linked.c.program)
        .outerjoin(BLSample, BLSample.blSampleId == linked.c.blSampleId)
        .order_by(AutoProcProgram.autoProcProgramId.desc(), linked.c.dataCollectionId)
        .limit(most)
    )
    if program_id is not None:
        statement = statement.where(AutoProcProgram.autoProcProgramId == program_id)
    return statement if viewer.sees_everything else statement.where(~_others_hidden(viewer, linked))


def one_run(catalogue: Catalogue, viewer: Viewer, program_id: int) -> AnySelect:
    """One run in full, a row for each sweep or link; none where the viewer does not see every collection of it."""
    return runs(catalogue, viewer, [of_program(catalogue, program_id)], 1000, program_id=program_id)


def owner_of_run(catalogue: Catalogue, viewer: Viewer, program_id: int) -> AnySelect:
    """The session whose folders hold the files of a visible run: that of its first collection."""
    run = one_run(catalogue, viewer, program_id).order_by(None).subquery()
    return (
        select(Proposal.proposalCode, Proposal.proposalNumber, BLSession.visit_number, BLSession.beamLineName)
        .select_from(run)
        .join(BLSession, BLSession.sessionId == run.c.sessionId)
        .join(Proposal, Proposal.proposalId == BLSession.proposalId)
        .order_by(run.c.dataCollectionId)
        .limit(1)
    )


def of_program(catalogue: Catalogue, program_id: int) -> ColumnElement[bool]:
    """Collections that a run worked on."""
    swept = select(AutoProcIntegration.dataCollectionId).where(AutoProcIntegration.autoProcProgramId == program_id)
    ways: list[AnySelect] = [swept]
    if catalogue.has(AutoProcProgram.processingJobId) and catalogue.has_table(ProcessingJob):
        ways.append(
            select(ProcessingJob.dataCollectionId)
            .join(AutoProcProgram, AutoProcProgram.processingJobId == ProcessingJob.processingJobId)
            .where(AutoProcProgram.autoProcProgramId == program_id)
        )
    if catalogue.has(AutoProcProgram.dataCollectionId):
        ways.append(select(AutoProcProgram.dataCollectionId).where(AutoProcProgram.autoProcProgramId == program_id))
    return DataCollection.dataCollectionId.in_(select(union_all(*ways).subquery().c[0]))


@lru_cache(maxsize=8)
def scalings(catalogue: Catalogue) -> AnySelect:
    """What the runs `ids` made: a row for each range of resolution of each scaling, newest run first."""
    return _scalings(catalogue, (ScalingExtra.kind, ScalingExtra.further))


@lru_cache(maxsize=8)
def scalings_in_full(catalogue: Catalogue) -> AnySelect:
    """The same with what only the page of one result shows."""
    extra = (ScalingExtra.kind, ScalingExtra.further, ScalingExtra.ellipsoid, ScalingExtra.shells)
    return _scalings(catalogue, (*extra, *columns(catalogue, *ELLIPSOID_COLUMNS)))


def _scalings(catalogue: Catalogue, extra: tuple[Any, ...]) -> AnySelect:
    statistics = [column.label(STATISTICS_PREFIX + column.key) for column in columns(catalogue, *COLUMNS)]
    return (
        select(
            AutoProc.autoProcProgramId,
            AutoProc.autoProcId,
            AutoProc.spaceGroup,
            *CELL,
            AutoProcScaling.autoProcScalingId,
            *extra,
            AutoProcScalingStatistics.scalingStatisticsType,
            *statistics,
        )
        .outerjoin(AutoProcScaling, AutoProcScaling.autoProcId == AutoProc.autoProcId)
        .outerjoin(
            AutoProcScalingStatistics,
            AutoProcScalingStatistics.autoProcScalingId == AutoProcScaling.autoProcScalingId,
        )
        .outerjoin(ScalingExtra, ScalingExtra.autoProcScalingId == AutoProcScaling.autoProcScalingId)
        .where(AutoProc.autoProcProgramId.in_(_ids()))
        .order_by(AutoProc.autoProcId, AutoProcScaling.autoProcScalingId)
    )


def collections_to_write(viewer: Viewer, ids: list[int]) -> AnySelect:
    """Visible collections with where they were measured."""
    return (
        select(
            DataCollection.dataCollectionId,
            BLSession.sessionId,
            BLSession.beamLineName,
            BLSession.visit_number,
            BLSession.proposalId,
            Proposal.proposalCode,
            Proposal.proposalNumber,
        )
        .join(DataCollectionGroup, DataCollectionGroup.dataCollectionGroupId == DataCollection.dataCollectionGroupId)
        .join(BLSession, BLSession.sessionId == DataCollectionGroup.sessionId)
        .join(Proposal, Proposal.proposalId == BLSession.proposalId)
        .where(DataCollection.dataCollectionId.in_(ids), visible(viewer, DataCollection))
    )


def same_run(collection_id: int, values: dict[str, Any]) -> AnySelect:
    """The run of the same call, begun at the same moment, whose sweeps of a collection were stored before."""
    return (
        select(AutoProcProgram.autoProcProgramId, AutoProc.autoProcId)
        .join(AutoProcIntegration, AutoProcIntegration.autoProcProgramId == AutoProcProgram.autoProcProgramId)
        .join(AutoProc, AutoProc.autoProcProgramId == AutoProcProgram.autoProcProgramId)
        .where(
            AutoProcIntegration.dataCollectionId == collection_id,
            *(getattr(AutoProcProgram, name) == value for name, value in values.items()),
        )
        .order_by(AutoProcProgram.autoProcProgramId)
        .limit(1)
    )


def result_of(program_id: int) -> AnySelect:
    """What a run made, if that was stored."""
    return select(AutoProc.autoProcId).where(AutoProc.autoProcProgramId == program_id).limit(1)


def keys_of_scalings(auto_proc_id: int) -> AnySelect:
    """Rows (scaling, integration) of a stored result."""
    link = AutoProcScaling_has_Int
    return (
        select(AutoProcScaling.autoProcScalingId, link.autoProcIntegrationId)
        .join(link, link.autoProcScalingId == AutoProcScaling.autoProcScalingId)
        .where(AutoProcScaling.autoProcId == auto_proc_id)
        .order_by(AutoProcScaling.autoProcScalingId, link.autoProcIntegrationId)
    )


def program_to_change(program_id: int) -> AnySelect:
    """A run, held until the transaction ends."""
    return select(*PROGRAM).where(AutoProcProgram.autoProcProgramId == program_id).with_for_update()


def attachments(catalogue: Catalogue, where: ColumnElement[bool]) -> AnySelect:
    """Files of runs, the most important ones first; those that were taken back are left out."""
    table = AutoProcProgramAttachment
    rank = table.importanceRank if catalogue.has(table.importanceRank) else literal(None).label("importanceRank")
    statement: AnySelect = select(
        table.autoProcProgramAttachmentId, table.autoProcProgramId, table.fileType, table.fileName, table.filePath, rank
    ).where(where)
    if catalogue.has(table.deleted):
        statement = statement.where(func.coalesce(table.deleted, 0) == 0)
    return statement.order_by(func.coalesce(rank, 99), table.autoProcProgramAttachmentId).limit(1000)


def messages(program_id: int) -> AnySelect:
    """What a run has to tell, as it told it."""
    table = AutoProcProgramMessage
    return (
        select(
            table.autoProcProgramMessageId,
            table.autoProcProgramId,
            table.severity,
            table.message,
            table.description,
            table.recordTimeStamp,
        )
        .where(table.autoProcProgramId == program_id)
        .order_by(table.autoProcProgramMessageId)
        .limit(1000)
    )


def collection_of_image(viewer: Viewer, folder: str, file_name: str) -> AnySelect:
    """Visible collections that noted an image of that name in that folder."""
    return (
        select(Image.dataCollectionId)
        .join(DataCollection, DataCollection.dataCollectionId == Image.dataCollectionId)
        .where(
            Image.fileName == file_name,
            Image.fileLocation.in_((folder, folder + "/")),
            visible(viewer, DataCollection),
        )
        .order_by(Image.dataCollectionId.desc())
        .limit(2)
    )


def collections_in_folder(viewer: Viewer, folder: str) -> AnySelect:
    """Visible collections whose images lie in a folder."""
    return (
        select(DataCollection.dataCollectionId, DataCollection.fileTemplate)
        .where(DataCollection.imageDirectory.in_((folder, folder + "/")), visible(viewer, DataCollection))
        .order_by(DataCollection.dataCollectionId.desc())
        .limit(1000)
    )
