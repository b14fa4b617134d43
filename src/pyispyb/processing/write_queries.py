"""SQL of what is asked before something is written: what it belongs to, and whether it is there."""

from functools import lru_cache

from sqlalchemy import ScalarSelect, bindparam, func, select

from ..access import Viewer, visible, visible_one
from ..db.typing import AnySelect
from ..proposals.measured import SESSION, of_collection
from ..tables import (
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcScaling,
    AutoProcScaling_has_Int,
    DataCollection,
    Image,
)
from .queries import PROGRAM


@lru_cache(maxsize=256)
def collection_to_write(viewer: Viewer) -> AnySelect:
    """The collection `id`, if it is visible, with where it was measured and what `same_run` tells."""
    return _to_write(viewer).where(DataCollection.dataCollectionId == bindparam("id"))


@lru_cache(maxsize=256)
def collections_to_write(viewer: Viewer) -> AnySelect:
    """The same of the collections `ids`."""
    return _to_write(viewer).where(DataCollection.dataCollectionId.in_(bindparam("ids", expanding=True)))


def _to_write(viewer: Viewer) -> AnySelect:
    wanted = select(DataCollection.dataCollectionId, *SESSION, _same_run().label("same_run"))
    return of_collection(wanted).where(visible_one(viewer, DataCollection))


def _same_run() -> ScalarSelect[int]:
    """The first run of the same `programs`, `command` and `start` whose sweeps of a collection were stored before.

    Asked with the collection, as a result's way to the database and back takes longer than finding its run; nothing is
    the same as what is not said. In no order: for the first one of one, MariaDB may go through all runs there are.
    """
    program = AutoProcProgram
    return (
        select(func.min(AutoProc.autoProcProgramId))
        .join(program, program.autoProcProgramId == AutoProc.autoProcProgramId)
        .join(AutoProcIntegration, AutoProcIntegration.autoProcProgramId == program.autoProcProgramId)
        .where(
            AutoProcIntegration.dataCollectionId == DataCollection.dataCollectionId,
            program.processingPrograms == bindparam("programs"),
            program.processingCommandLine == bindparam("command"),
            program.processingStartTime == bindparam("start"),
        )
        .correlate(DataCollection)
        .scalar_subquery()
    )


def result_of(program_id: int) -> AnySelect:
    """What a run made first, if anything was stored."""
    return select(func.min(AutoProc.autoProcId)).where(AutoProc.autoProcProgramId == program_id)


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
