"""SQL of characterisations: what was found out about crystals, and the strategies that follow from it.

A screening names its collection, or only its group, as some programs write it. It is seen with the group.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, literal, select, union

from ...access import Viewer, visible
from ...db.catalogue import Catalogue
from ...db.paging import Key
from ...db.typing import AnySelect
from ...db.writes import all_columns
from ...tables import (
    BLSample,
    DataCollection,
    DataCollectionGroup,
    Screening,
    ScreeningInput,
    ScreeningOutput,
    ScreeningOutputLattice,
    ScreeningStrategy,
    ScreeningStrategySubWedge,
    ScreeningStrategyWedge,
)
from ...tables.base import Base

ORDER = (Key(Screening.screeningId),)
INPUT, OUTPUT, LATTICE = "input_", "output_", "lattice_"
STRATEGY, WEDGE, SUB_WEDGE = "strategy_", "wedge_", "part_"
NOT_SHOWN = ("xmlSampleInformation", "diffractionPlanId", "bltimeStamp")


def prefixed(catalogue: Catalogue, table: type[Base], prefix: str) -> list[Any]:
    """Every column of a table that this database has, under a name of its own."""
    return [column.label(prefix + column.key) for column in all_columns(catalogue, table, NOT_SHOWN)]


def _ids_where(where: list[ColumnElement[bool]]) -> AnySelect:
    """Screenings of the collections that `where` selects, and of their groups."""
    group = DataCollectionGroup.dataCollectionGroupId
    joined = select(Screening.screeningId).join(
        DataCollection, DataCollection.dataCollectionId == Screening.dataCollectionId
    )
    of_collections = joined.join(DataCollectionGroup, group == DataCollection.dataCollectionGroupId).where(*where)
    groups = select(group).outerjoin(DataCollection, DataCollection.dataCollectionGroupId == group).where(*where)
    of_groups = select(Screening.screeningId).where(
        Screening.dataCollectionId.is_(None), Screening.dataCollectionGroupId.in_(groups)
    )
    return select(union(of_collections, of_groups).subquery().c[0])


def screenings(catalogue: Catalogue, viewer: Viewer, where: list[ColumnElement[bool]]) -> AnySelect:
    """Visible screenings of what `where` selects of collections joined to their groups."""
    return seen(catalogue, viewer).where(Screening.screeningId.in_(_ids_where(where)))


def screening(catalogue: Catalogue, viewer: Viewer, screening_id: int) -> AnySelect:
    """One visible screening."""
    return seen(catalogue, viewer).where(Screening.screeningId == screening_id)


@lru_cache(maxsize=256)
def seen(catalogue: Catalogue, viewer: Viewer) -> AnySelect:
    """Visible screenings with the session and the sample."""
    group = func.coalesce(DataCollection.dataCollectionGroupId, Screening.dataCollectionGroupId)
    sample = func.coalesce(DataCollection.blSampleId, DataCollectionGroup.blSampleId)
    program = Screening.autoProcProgramId
    return (
        select(
            Screening.screeningId,
            Screening.dataCollectionId,
            group.label("dataCollectionGroupId"),
            DataCollectionGroup.sessionId,
            sample.label("blSampleId"),
            BLSample.name.label("sample"),
            program if catalogue.has(program) else literal(None).label("autoProcProgramId"),
            Screening.programVersion,
            Screening.shortComments,
            Screening.comments,
            Screening.bltimeStamp,
        )
        .select_from(Screening)
        .outerjoin(DataCollection, DataCollection.dataCollectionId == Screening.dataCollectionId)
        .join(DataCollectionGroup, DataCollectionGroup.dataCollectionGroupId == group)
        .outerjoin(BLSample, BLSample.blSampleId == sample)
        .where(visible(viewer, DataCollectionGroup))
    )


def _ids() -> Any:
    return bindparam("ids", expanding=True)


@lru_cache(maxsize=8)
def outputs(catalogue: Catalogue) -> AnySelect:
    """What the screenings `ids` were given and found out: a row for each lattice."""
    return (
        select(
            Screening.screeningId,
            *prefixed(catalogue, ScreeningInput, INPUT),
            *prefixed(catalogue, ScreeningOutput, OUTPUT),
            *prefixed(catalogue, ScreeningOutputLattice, LATTICE),
        )
        .outerjoin(ScreeningInput, ScreeningInput.screeningId == Screening.screeningId)
        .outerjoin(ScreeningOutput, ScreeningOutput.screeningId == Screening.screeningId)
        .outerjoin(
            ScreeningOutputLattice, ScreeningOutputLattice.screeningOutputId == ScreeningOutput.screeningOutputId
        )
        .where(Screening.screeningId.in_(_ids()))
        .order_by(
            ScreeningOutput.screeningOutputId,
            ScreeningInput.screeningInputId,
            ScreeningOutputLattice.screeningOutputLatticeId,
        )
    )


@lru_cache(maxsize=8)
def strategies(catalogue: Catalogue) -> AnySelect:
    """Strategies of the screenings `ids`, in full: a row for each part of a wedge."""
    strategy, wedge, part = ScreeningStrategy, ScreeningStrategyWedge, ScreeningStrategySubWedge
    return (
        select(
            *prefixed(catalogue, strategy, STRATEGY),
            *prefixed(catalogue, wedge, WEDGE),
            *prefixed(catalogue, part, SUB_WEDGE),
        )
        .select_from(strategy)
        .join(ScreeningOutput, ScreeningOutput.screeningOutputId == strategy.screeningOutputId)
        .outerjoin(wedge, wedge.screeningStrategyId == strategy.screeningStrategyId)
        .outerjoin(part, part.screeningStrategyWedgeId == wedge.screeningStrategyWedgeId)
        .where(ScreeningOutput.screeningId.in_(_ids()))
        .order_by(
            strategy.screeningStrategyId,
            wedge.wedgeNumber,
            wedge.screeningStrategyWedgeId,
            part.subWedgeNumber,
            part.screeningStrategySubWedgeId,
        )
    )
