"""Workflows and their steps, read."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from ...access import Viewer
from ...answers import listed
from ...db.database import Database
from ...db.lists import read_page
from ...db.paging import Page
from ...errors import NotFound
from ...files.roots import Owner, Stored
from ...processing.reading import ResultFilter
from . import queries
from .schemas import StepFile, WorkflowState

USUAL_PAGE = 100

_WORDS: tuple[tuple[WorkflowState, tuple[str, ...]], ...] = (
    ("failed", ("fail", "unsuccess", "error", "abort", "stop", "cancel")),
    ("success", ("success", "finish", "complet", "done", "ended")),
    ("running", ("run", "start", "progress", "launch")),
    ("queued", ("queue", "wait", "submit", "pending")),
)
"""Workflow engines word how far they are as they like."""

_FILES: dict[StepFile, str] = {
    "image": "imageResultFilePath",
    "html": "htmlResultFilePath",
    "json": "resultFilePath",
}


def state_of(status: str | None) -> WorkflowState | None:
    """How far a workflow or a step is; None for a word that nobody here knows."""
    word = (status or "").casefold()
    return next((state for state, parts in _WORDS if any(part in word for part in parts)), None)


async def list_workflows(db: Database, viewer: Viewer, wanted: ResultFilter, page: Page) -> dict[str, Any]:
    """Workflows with their steps, newest first: three statements. Raises Invalid."""
    limit = page.size(USUAL_PAGE)
    statement = queries.workflows(db.catalogue, viewer, wanted.where())
    rows, more, total = await read_page(db, statement, queries.order(db.catalogue), page, limit)
    return listed(await _in_full(db, rows), limit=limit, skip=page.skip, total=total, after=more)


async def read_workflow(db: Database, viewer: Viewer, workflow_id: int) -> dict[str, Any]:
    """One workflow with its steps. Raises NotFound."""
    missing = NotFound.of("workflow", workflow_id)
    (workflow,) = await _in_full(db, [await db.one(queries.one(db.catalogue, viewer, workflow_id), missing)])
    return workflow


async def list_steps(db: Database, viewer: Viewer, workflow_id: int) -> dict[str, Any]:
    """Steps of a workflow, in their order. Raises NotFound."""
    steps = (await read_workflow(db, viewer, workflow_id))["steps"]
    return listed(steps, limit=len(steps), total=len(steps))


async def _in_full(db: Database, rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    if not rows:
        return []
    ids = {"ids": [row.workflowId for row in rows]}
    steps: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in await db.all(queries.steps(db.catalogue), ids):
        steps[row.workflowId].append(_step(row))
    groups: dict[int, list[int]] = defaultdict(list)
    for row in await db.all(queries.groups(db.catalogue), ids):
        groups[row.workflowId].append(row.dataCollectionGroupId)
    return [
        {
            **row._mapping,
            "dataCollectionGroupIds": groups[row.workflowId],
            "steps": steps[row.workflowId],
            "_metadata": {"state": state_of(row.status)},
        }
        for row in rows
    ]


def _step(row: Row[Any]) -> dict[str, Any]:
    held = row._mapping
    address = f"/datacollections/workflows/steps/{row.workflowStepId}?attachmentType="
    files = {kind: address + kind for kind, column in _FILES.items() if held[column]}
    return {
        **{name: held[name] for name in queries.STEP_COLUMNS},
        "_metadata": {"state": state_of(row.status), "files": files},
    }


async def step_file(db: Database, viewer: Viewer, step_id: int, kind: StepFile) -> Stored:
    """Where a file of a step is. Raises NotFound."""
    missing = NotFound.of("workflow step", step_id)
    row = await db.one(queries.step(db.catalogue, step_id), missing)
    await db.one(queries.one(db.catalogue, viewer, row.workflowId), missing)
    owner = await db.one(queries.owner(db.catalogue, row.workflowId), missing)
    return Stored(_path(row.folderPath, row._mapping[_FILES[kind]]), Owner.of(owner))


def _path(folder: str | None, name: str | None) -> str | None:
    """A file's full path; a name alone lies in the folder of the step."""
    return f"{folder.rstrip('/')}/{name}" if folder and name and "/" not in name else name
