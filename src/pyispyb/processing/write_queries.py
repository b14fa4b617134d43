"""SQL of what is asked before something is written: what it belongs to, and whether it is there."""

from functools import cache, lru_cache

from sqlalchemy import and_, bindparam, exists, or_, select

from ..access import Viewer, visible, visible_one
from ..db.catalogue import Catalogue
from ..db.typing import AnySelect
from ..db.writes import columns
from ..proposals.measured import SESSION, of_collection
from ..tables import (
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcProgramAttachment,
    AutoProcProgramMessage,
    AutoProcScaling_has_Int,
    DataCollection,
    Image,
)
from .queries import PROGRAM, PROGRAM_IN_FULL
from .schemas import Integration


@lru_cache(maxsize=256)
def collections_to_write(viewer: Viewer) -> AnySelect:
    """Those of the collections `ids` that are visible: where they were measured, and if one of `same_runs` is there."""
    again = _of_same_run(select(AutoProc.autoProcId)).where(
        AutoProcIntegration.dataCollectionId == DataCollection.dataCollectionId
    )
    wanted = select(
        DataCollection.dataCollectionId, *SESSION, exists(again.correlate(DataCollection)).label("has_same_run")
    )
    return of_collection(wanted).where(
        DataCollection.dataCollectionId.in_(bindparam("ids", expanding=True)), visible_one(viewer, DataCollection)
    )


@cache
def same_runs() -> AnySelect:
    """Runs of the same `programs`, `command` and `start`, or the one that was `announced`, whose sweeps of the
    `collection` were stored before.

    In no order: for the first of one, MariaDB may go through all runs there are instead of the few of the collection.
    """
    return _of_same_run(select(*PROGRAM_IN_FULL)).where(AutoProcIntegration.dataCollectionId == bindparam("collection"))


def _of_same_run(results: AnySelect) -> AnySelect:
    """Those of results, with their sweeps, that are of such a run. A begin that is not said is no other's begin."""
    program = AutoProcProgram
    return (
        results.select_from(AutoProc)
        .join(program, program.autoProcProgramId == AutoProc.autoProcProgramId)
        .join(AutoProcIntegration, AutoProcIntegration.autoProcProgramId == program.autoProcProgramId)
        .where(
            program.processingPrograms == bindparam("programs"),
            or_(
                program.autoProcProgramId == bindparam("announced"),
                and_(
                    program.processingCommandLine.is_not_distinct_from(bindparam("command")),
                    program.processingStartTime == bindparam("start"),
                ),
            ),
        )
    )


def result_of(program_id: int) -> AnySelect:
    """What a run made, if that was stored."""
    return select(AutoProc.autoProcId).where(AutoProc.autoProcProgramId == program_id).limit(1)


@lru_cache(maxsize=8)
def sweeps_of_scalings(catalogue: Catalogue) -> AnySelect:
    """The sweeps of each way of scaling that the runs `ids` stored, in their order, with all that is said of them."""
    link, sweep = AutoProcScaling_has_Int, AutoProcIntegration
    said = columns(catalogue, *(getattr(sweep, name) for name in Integration.model_fields))
    return (
        select(link.autoProcScalingId, link.autoProcIntegrationId, *said)
        .join(sweep, sweep.autoProcIntegrationId == link.autoProcIntegrationId)
        .where(sweep.autoProcProgramId.in_(bindparam("ids", expanding=True)))
        .order_by(link.autoProcScalingId, link.autoProcIntegrationId)
    )


def files_of_run(program_id: int) -> AnySelect:
    """Names and folders of what a run has files of."""
    file = AutoProcProgramAttachment
    return select(file.fileName, file.filePath).where(file.autoProcProgramId == program_id)


def messages_of_run(program_id: int) -> AnySelect:
    """What a run had to tell."""
    message = AutoProcProgramMessage
    return select(message.severity, message.message, message.description).where(message.autoProcProgramId == program_id)


def program_to_change(program_id: int) -> AnySelect:
    """A run, held until the transaction ends."""
    return select(*PROGRAM).where(AutoProcProgram.autoProcProgramId == program_id).with_for_update()


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
