"""SQL of what only py-ispyb's shapes need: which sweeps were scaled how, and states of everything at once."""

from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, literal, null, or_, select

from ...db.catalogue import Catalogue
from ...db.typing import AnySelect
from ...mx.centring.place import place_of as place_of_centring
from ...tables import (
    AutoProcIntegration,
    AutoProcProgramAttachment,
    AutoProcScaling_has_Int,
    DataCollection,
    Screening,
    ScreeningOutput,
)


def _ids() -> Any:
    return bindparam("ids", expanding=True)


@lru_cache(maxsize=1)
def integrations() -> AnySelect:
    """Sweeps that the runs `ids` integrated: a row for each way in which one was scaled."""
    link = AutoProcScaling_has_Int
    return (
        select(
            AutoProcIntegration.autoProcProgramId,
            AutoProcIntegration.autoProcIntegrationId,
            AutoProcIntegration.dataCollectionId,
            AutoProcIntegration.refinedXBeam,
            AutoProcIntegration.refinedYBeam,
            DataCollection.xBeam,
            DataCollection.yBeam,
            link.autoProcScalingId,
        )
        .join(DataCollection, DataCollection.dataCollectionId == AutoProcIntegration.dataCollectionId)
        .outerjoin(link, link.autoProcIntegrationId == AutoProcIntegration.autoProcIntegrationId)
        .where(AutoProcIntegration.autoProcProgramId.in_(_ids()))
        .order_by(AutoProcIntegration.autoProcIntegrationId)
    )


@lru_cache(maxsize=1)
def integrating() -> AnySelect:
    """Those of the runs `ids` that integrated images."""
    return select(AutoProcIntegration.autoProcProgramId).where(AutoProcIntegration.autoProcProgramId.in_(_ids()))


@lru_cache(maxsize=8)
def attachment_counts(catalogue: Catalogue) -> AnySelect:
    """Rows (run, number) of the files of the runs `ids`."""
    table = AutoProcProgramAttachment
    statement = select(table.autoProcProgramId, func.count().label("n")).where(table.autoProcProgramId.in_(_ids()))
    if catalogue.has(table.deleted):
        statement = statement.where(func.coalesce(table.deleted, 0) == 0)
    return statement.group_by(table.autoProcProgramId)


@lru_cache(maxsize=8)
def screenings(catalogue: Catalogue) -> AnySelect:
    """How characterisations of the collections `ids`, or of their groups as a whole, ended."""
    aligned = ScreeningOutput.alignmentSuccess
    of_group = Screening.dataCollectionId.is_(None) & (
        Screening.dataCollectionGroupId == DataCollection.dataCollectionGroupId
    )
    return (
        select(
            DataCollection.dataCollectionId,
            Screening.programVersion.label("program"),
            ScreeningOutput.strategySuccess,
            ScreeningOutput.indexingSuccess,
            aligned if catalogue.has(aligned) else null().label("alignmentSuccess"),
        )
        .join(Screening, or_(Screening.dataCollectionId == DataCollection.dataCollectionId, of_group))
        .join(ScreeningOutput, ScreeningOutput.screeningId == Screening.screeningId)
        .where(DataCollection.dataCollectionId.in_(_ids()))
        .order_by(Screening.screeningId)
    )


@lru_cache(maxsize=8)
def centrings(catalogue: Catalogue) -> AnySelect:
    """How X-ray centring of the groups of the collections `ids` ended."""
    centring = place_of_centring(catalogue).centring
    return (
        select(DataCollection.dataCollectionId, literal("xrc").label("program"), centring.status)
        .join(centring, centring.dataCollectionGroupId == DataCollection.dataCollectionGroupId)
        .where(DataCollection.dataCollectionId.in_(_ids()))
        .order_by(centring.xrayCentringId)
    )
