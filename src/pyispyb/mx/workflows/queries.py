"""SQL of workflows. One is seen by those who see every group of collections that was measured in it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, select, true, type_coerce

from ...access import Viewer, visible
from ...db.catalogue import Catalogue
from ...db.paging import Key
from ...db.types import LooseFloat
from ...db.typing import AnySelect
from ...proposals.measured import OWNER, in_session
from ...tables import DataCollection, DataCollectionGroup
from .place import Place, place_of

NUMBERS_AS_TEXT = ("crystalSizeX", "crystalSizeY", "crystalSizeZ", "maxDozorScore")
"""What ISPyB keeps of a step as text; engines wrote other texts there too, which are no numbers."""
STEP_COLUMNS = (
    "workflowStepId",
    "workflowId",
    "workflowStepType",
    "status",
    "comments",
    *NUMBERS_AS_TEXT,
    "recordTimeStamp",
)
FILE_COLUMNS = ("folderPath", "imageResultFilePath", "htmlResultFilePath", "resultFilePath")
WORKFLOW_COLUMNS = ("workflowId", "workflowTitle", "workflowType", "status", "comments", "recordTimeStamp")


def _columns(table: type[Any], names: tuple[str, ...]) -> list[Any]:
    return [getattr(table, name) for name in names]


def _step_columns(table: type[Any]) -> list[Any]:
    """Columns of a step, its numbers as numbers."""
    found = _columns(table, STEP_COLUMNS + FILE_COLUMNS)
    return [
        type_coerce(column, LooseFloat()).label(column.key) if column.key in NUMBERS_AS_TEXT else column
        for column in found
    ]


def order(catalogue: Catalogue) -> tuple[Key, ...]:
    """Newest first."""
    return (Key(place_of(catalogue).workflow.workflowId),)


def _linked(place: Place) -> ColumnElement[bool]:
    """Its groups; where the group itself names the workflow, both sides are one column."""
    return place.group == DataCollectionGroup.dataCollectionGroupId


def seen(catalogue: Catalogue, viewer: Viewer) -> AnySelect:
    """Workflows that have a group, and none that the viewer does not see."""
    place = place_of(catalogue)
    workflow = place.workflow
    of_this = (place.of_group == workflow.workflowId, _linked(place))
    statement: AnySelect = select(*_columns(workflow, WORKFLOW_COLUMNS))
    if viewer.sees_everything:
        return statement.where(exists().where(*of_this).correlate(workflow))
    groups = visible(viewer, DataCollectionGroup)
    return statement.where(
        exists().where(*of_this, groups).correlate(workflow),
        ~exists().where(*of_this, groups.is_not(true())).correlate(workflow),
    )


def workflows(catalogue: Catalogue, viewer: Viewer, where: list[ColumnElement[bool]]) -> AnySelect:
    """Visible workflows of the groups that `where` selects, of groups joined to their collections."""
    place = place_of(catalogue)
    group = DataCollectionGroup.dataCollectionGroupId
    found = (
        select(place.of_group)
        .select_from(DataCollectionGroup)
        .outerjoin(DataCollection, DataCollection.dataCollectionGroupId == group)
        .where(_linked(place), place.of_group.is_not(None), *where)
    )
    return seen(catalogue, viewer).where(place.workflow.workflowId.in_(found))


def seen_of(catalogue: Catalogue, viewer: Viewer, ids: Collection[int]) -> AnySelect:
    """Those of these workflows that the viewer sees."""
    return seen(catalogue, viewer).where(place_of(catalogue).workflow.workflowId.in_(ids))


def one(catalogue: Catalogue, viewer: Viewer, workflow_id: int) -> AnySelect:
    """A visible workflow."""
    return seen(catalogue, viewer).where(place_of(catalogue).workflow.workflowId == workflow_id)


def steps(catalogue: Catalogue) -> AnySelect:
    """Steps of the workflows `ids`, in the order they were told."""
    step = place_of(catalogue).step
    return (
        select(*_step_columns(step))
        .where(step.workflowId.in_(bindparam("ids", expanding=True)))
        .order_by(step.workflowStepId)
    )


def step(catalogue: Catalogue, step_id: int) -> AnySelect:
    """One step, whoever may see it."""
    table = place_of(catalogue).step
    return select(*_step_columns(table)).where(table.workflowStepId == step_id)


def groups(catalogue: Catalogue) -> AnySelect:
    """Rows (workflow, group) of the workflows `ids`."""
    place = place_of(catalogue)
    return (
        select(place.of_group.label("workflowId"), place.group.label("dataCollectionGroupId"))
        .where(place.of_group.in_(bindparam("ids", expanding=True)))
        .order_by(place.group)
    )


def workflow_of_group(catalogue: Catalogue, group_id: int) -> AnySelect:
    """The workflow that a group was measured in."""
    place = place_of(catalogue)
    return select(place.of_group).where(place.group == group_id, place.of_group.is_not(None))


def owner(catalogue: Catalogue, workflow_id: int) -> AnySelect:
    """What tells whose folders the files of a workflow lie in."""
    place = place_of(catalogue)
    return (
        in_session(select(*OWNER).select_from(DataCollectionGroup))
        .where(_linked(place), place.of_group == workflow_id)
        .order_by(DataCollectionGroup.dataCollectionGroupId)
        .limit(1)
    )
