"""SQL of structures. One is seen with the merged data that it was made of: by those who see the run that merged them.

Three kinds of rows tell of a structure: ours, which name a run of AutoProcProgram; rows of MXMRRun and of PhasingStep
that other programs wrote, which no row of ours names.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select

from ...db.catalogue import Catalogue
from ...db.typing import AnySelect
from ...db.writes import columns
from ...processing.queries import PROGRAM_IN_FULL
from ...tables import (
    AutoProc,
    AutoProcProgram,
    AutoProcScaling,
    MXMRRun,
    MXMRRunBlob,
    PhasingProgramAttachment,
    PhasingProgramRun,
    PhasingStatistics,
    PhasingStep,
    SpaceGroup,
    StructureRun,
)
from .numbers import OF_RUN, OF_STEP

MOST = 5000
"""Structures of each of the three kinds that are listed."""

FILE_COLUMNS = (
    MXMRRun.outputCoordFile,
    MXMRRun.outputMTZFile,
    MXMRRun.logFile,
    MXMRRun.inputCoordFile,
    MXMRRun.inputMTZFile,
)
"""Paths of files in a run, of the collab flavour."""

_RUN_COLUMNS = tuple(getattr(MXMRRun, name) for name in OF_RUN)
_COLLAB_COLUMNS = (MXMRRun.success, MXMRRun.message, MXMRRun.pipeline, MXMRRun.starttime, MXMRRun.endtime)
_STEP_COLUMNS = tuple(getattr(PhasingStep, name) for name in OF_STEP)
_BLOB_COLUMNS = (
    MXMRRunBlob.x,
    MXMRRunBlob.y,
    MXMRRunBlob.z,
    MXMRRunBlob.height,
    MXMRRunBlob.occupancy,
    MXMRRunBlob.nearestAtomName,
    MXMRRunBlob.nearestAtomChainId,
    MXMRRunBlob.nearestAtomResName,
    MXMRRunBlob.nearestAtomResSeq,
    MXMRRunBlob.nearestAtomDistance,
    MXMRRunBlob.mapType,
    MXMRRunBlob.filePath,
    MXMRRunBlob.view1,
    MXMRRunBlob.view2,
    MXMRRunBlob.view3,
)


def scaling(scaling_id: int) -> AnySelect:
    """The run that made merged data."""
    return (
        select(AutoProc.autoProcProgramId)
        .join(AutoProcScaling, AutoProcScaling.autoProcId == AutoProc.autoProcId)
        .where(AutoProcScaling.autoProcScalingId == scaling_id, AutoProc.autoProcProgramId.is_not(None))
    )


def announced(program_id: int) -> AnySelect:
    """An announced run, held until the transaction ends."""
    return (
        select(StructureRun.autoProcScalingId, StructureRun.mxMRRunId, StructureRun.phasingStepId)
        .where(StructureRun.autoProcProgramId == program_id)
        .with_for_update()
    )


def space_group(name: str) -> AnySelect:
    """The key of a space group, however its name is spaced."""
    short = name.replace(" ", "")
    return select(SpaceGroup.spaceGroupId).where(SpaceGroup.spaceGroupShortName.in_((name, short))).limit(1)


def of_data(column: Any) -> ColumnElement[bool]:
    """True for what was made of data that the runs `ids` merged."""
    return column.in_(bindparam("ids", expanding=True))  # type: ignore[no-any-return]


def _blob_count() -> Any:
    return (
        select(func.count())
        .where(MXMRRunBlob.mxMRRunId == MXMRRun.mxMRRunId)
        .correlate(MXMRRun)
        .scalar_subquery()
        .label("blobRows")
    )


@lru_cache(maxsize=8)
def ours(catalogue: Catalogue) -> AnySelect:
    """Structures that came through this service."""
    return (
        select(
            StructureRun.autoProcScalingId,
            StructureRun.dataProgramId,
            StructureRun.kind,
            StructureRun.mxMRRunId,
            StructureRun.phasingStepId,
            StructureRun.further,
            StructureRun.blobs,
            *PROGRAM_IN_FULL,
            *columns(catalogue, *_RUN_COLUMNS),
            *_STEP_COLUMNS,
            _blob_count(),
        )
        .join(AutoProcProgram, AutoProcProgram.autoProcProgramId == StructureRun.autoProcProgramId)
        .outerjoin(MXMRRun, MXMRRun.mxMRRunId == StructureRun.mxMRRunId)
        .outerjoin(PhasingStep, PhasingStep.phasingStepId == StructureRun.phasingStepId)
        .order_by(StructureRun.autoProcProgramId.desc())
        .limit(MOST)
    )


@lru_cache(maxsize=8)
def others_runs(catalogue: Catalogue) -> AnySelect:
    """Rows of MXMRRun that other programs wrote."""
    linked = catalogue.has(MXMRRun.autoProcProgramId)
    statement: AnySelect = (
        select(
            MXMRRun.autoProcScalingId,
            AutoProc.autoProcProgramId.label("dataProgramId"),
            MXMRRun.mxMRRunId,
            *columns(catalogue, *_RUN_COLUMNS, *_COLLAB_COLUMNS, *FILE_COLUMNS, MXMRRun.commandLine),
            *(PROGRAM_IN_FULL if linked else ()),
            _blob_count(),
        )
        .join(AutoProcScaling, AutoProcScaling.autoProcScalingId == MXMRRun.autoProcScalingId)
        .join(AutoProc, AutoProc.autoProcId == AutoProcScaling.autoProcId)
        .where(~exists().where(StructureRun.mxMRRunId == MXMRRun.mxMRRunId))
        .order_by(MXMRRun.mxMRRunId.desc())
        .limit(MOST)
    )
    if linked:
        statement = statement.outerjoin(AutoProcProgram, AutoProcProgram.autoProcProgramId == MXMRRun.autoProcProgramId)
    return statement


@lru_cache(maxsize=8)
def others_steps(catalogue: Catalogue) -> AnySelect:
    """Rows of PhasingStep that other programs wrote."""
    run = PhasingProgramRun
    return (
        select(
            PhasingStep.autoProcScalingId,
            AutoProc.autoProcProgramId.label("dataProgramId"),
            PhasingStep.phasingStepId,
            PhasingStep.phasingStepType,
            PhasingStep.programRunId,
            *_STEP_COLUMNS,
            SpaceGroup.spaceGroupShortName.label("spaceGroup"),
            run.phasingPrograms,
            run.phasingStatus,
            run.phasingMessage,
            run.phasingStartTime,
            run.phasingEndTime,
            run.phasingCommandLine,
            run.phasingEnvironment,
        )
        .join(AutoProcScaling, AutoProcScaling.autoProcScalingId == PhasingStep.autoProcScalingId)
        .join(AutoProc, AutoProc.autoProcId == AutoProcScaling.autoProcId)
        .outerjoin(run, run.phasingProgramRunId == PhasingStep.programRunId)
        .outerjoin(SpaceGroup, SpaceGroup.spaceGroupId == PhasingStep.spaceGroupId)
        .where(
            or_(PhasingStep.phasingStepType != "PREPARE", PhasingStep.phasingStepType.is_(None)),
            ~exists().where(StructureRun.phasingStepId == PhasingStep.phasingStepId),
        )
        .order_by(PhasingStep.phasingStepId.desc())
        .limit(MOST)
    )


def blobs(catalogue: Catalogue, run_id: int) -> AnySelect:
    """Blobs of a run as this database has them, in the order in which they were written."""
    return (
        select(*columns(catalogue, *_BLOB_COLUMNS))
        .where(MXMRRunBlob.mxMRRunId == run_id)
        .order_by(MXMRRunBlob.mxMRRunBlobId)
        .limit(1000)
    )


def statistics(step_id: int) -> AnySelect:
    """Quality of phases by range of resolution: a row for each number."""
    table = PhasingStatistics
    return (
        select(table.binNumber, table.lowRes, table.highRes, table.nReflections, table.metric, table.statisticsValue)
        .where(table.phasingStepId == step_id, table.metric.is_not(None))
        .order_by(table.binNumber, table.phasingStatisticsId)
        .limit(5000)
    )


def phasing_files(run_id: int) -> AnySelect:
    """Files of a run of a phasing program."""
    table = PhasingProgramAttachment
    return (
        select(table.phasingProgramAttachmentId, table.fileType, table.fileName, table.filePath)
        .where(table.phasingProgramRunId == run_id)
        .order_by(table.phasingProgramAttachmentId)
        .limit(1000)
    )
