"""Where the connected database keeps workflows: in ISPyB's own tables, or in those of ours that stand in for them."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import InstrumentedAttribute

from ...db.catalogue import Catalogue
from ...db.database import Database
from ...db.writes import insert_row, update_rows
from ...tables import (
    DataCollectionGroup,
    OwnGroupWorkflow,
    OwnWorkflow,
    OwnWorkflowStep,
    Workflow,
    WorkflowStep,
)


@dataclass(frozen=True, slots=True)
class Place:
    """The tables, and the columns that say which group was measured in which workflow."""

    workflow: type[Workflow | OwnWorkflow]
    step: type[WorkflowStep | OwnWorkflowStep]
    group: InstrumentedAttribute[int]
    of_group: InstrumentedAttribute[int | None] | InstrumentedAttribute[int]


_ISPYB = Place(Workflow, WorkflowStep, DataCollectionGroup.dataCollectionGroupId, DataCollectionGroup.workflowId)
_OURS = Place(OwnWorkflow, OwnWorkflowStep, OwnGroupWorkflow.dataCollectionGroupId, OwnGroupWorkflow.workflowId)


@lru_cache(maxsize=8)
def place_of(catalogue: Catalogue) -> Place:
    """Where workflows are kept."""
    whole = all(map(catalogue.has_table, (Workflow, WorkflowStep))) and catalogue.has(DataCollectionGroup.workflowId)
    return _ISPYB if whole else _OURS


async def link(db: Database, group_id: int, workflow_id: int) -> None:
    """Note that a group which has no workflow yet is measured in one."""
    if place_of(db.catalogue) is _ISPYB:
        where = DataCollectionGroup.dataCollectionGroupId == group_id
        await update_rows(db, DataCollectionGroup, where, {"workflowId": workflow_id})
    else:
        await insert_row(db, OwnGroupWorkflow, {"dataCollectionGroupId": group_id, "workflowId": workflow_id})
