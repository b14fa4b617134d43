"""SQL of how far characterisations, workflows and X-ray centring of some collections are: for whoever watches them."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, cast, func, literal, select, union_all

from ..db.catalogue import Catalogue
from ..db.typing import AnySelect, AnyUnion
from ..tables import DataCollection, Screening, ScreeningOutput, ScreeningStrategy
from .centring.place import place_of as place_of_centring
from .workflows.place import place_of as place_of_workflows

KEYS = {"screening": "screeningId", "workflow": "workflowId", "centring": "xrayCentringId"}
"""Kinds, and what their keys are called."""


@lru_cache(maxsize=8)
def progress(catalogue: Catalogue) -> AnyUnion:
    """Rows (kind, key, dataCollectionId, mark) of the collections `ids`; the mark changes when something does."""
    return union_all(*_screenings(), _workflows(catalogue), _centrings(catalogue))


def _ids() -> Any:
    return bindparam("ids", expanding=True)


def _row(kind: str, key: Any, mark: ColumnElement[Any]) -> tuple[Any, ...]:
    return (
        literal(kind).label("kind"),
        key.label("key"),
        DataCollection.dataCollectionId,
        cast(mark, Integer).label("mark"),
    )


def _count(key: Any, *where: ColumnElement[bool]) -> Any:
    return select(func.count(key)).where(*where).scalar_subquery()


def _screenings() -> list[AnySelect]:
    """Of collections, and of groups as a whole. Some programs write one in several steps."""
    outputs = _count(ScreeningOutput.screeningOutputId, ScreeningOutput.screeningId == Screening.screeningId)
    strategies = _count(
        ScreeningStrategy.screeningStrategyId,
        ScreeningStrategy.screeningOutputId == ScreeningOutput.screeningOutputId,
        ScreeningOutput.screeningId == Screening.screeningId,
    )
    rows = select(*_row("screening", Screening.screeningId, outputs + 1000 * strategies)).select_from(Screening)
    return [
        rows.join(DataCollection, DataCollection.dataCollectionId == Screening.dataCollectionId).where(
            Screening.dataCollectionId.in_(_ids())
        ),
        rows.join(DataCollection, DataCollection.dataCollectionGroupId == Screening.dataCollectionGroupId).where(
            Screening.dataCollectionId.is_(None), DataCollection.dataCollectionId.in_(_ids())
        ),
    ]


def _crc(*columns: Any) -> ColumnElement[int]:
    """CRC-32 of texts; the bar parts them."""
    text: Any = literal("")
    for column in columns:
        text = text + "|" + func.coalesce(column, "~")
    return func.crc32(text, type_=Integer)


def _workflows(catalogue: Catalogue) -> AnySelect:
    place = place_of_workflows(catalogue)
    workflow, step = place.workflow, place.step
    of_steps = (
        select(func.coalesce(func.sum(_crc(step.status, step.comments, step.imageResultFilePath)), 0))
        .where(step.workflowId == workflow.workflowId)
        .scalar_subquery()
    )
    mark = _crc(workflow.status, workflow.comments) + of_steps
    return select(*_row("workflow", workflow.workflowId, mark)).where(
        place.of_group == workflow.workflowId,
        place.group == DataCollection.dataCollectionGroupId,
        DataCollection.dataCollectionId.in_(_ids()),
    )


def _centrings(catalogue: Catalogue) -> AnySelect:
    centring = place_of_centring(catalogue).centring
    return (
        select(*_row("centring", centring.xrayCentringId, _crc(centring.status)))
        .join(DataCollection, DataCollection.dataCollectionGroupId == centring.dataCollectionGroupId)
        .where(DataCollection.dataCollectionId.in_(_ids()))
    )
