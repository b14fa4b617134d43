"""Workflows and their steps: announced, followed, ended."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from ...access import Viewer
from ...clock import local_now
from ...db.database import Database
from ...db.new_rows import Key, NewRows
from ...db.writes import insert_row, update_rows
from ...errors import Invalid, NotFound
from ..targets import writable_group
from . import queries, schemas
from .place import link, place_of


async def begin(db: Database, viewer: Viewer, sent: schemas.NewWorkflow) -> dict[str, Any]:
    """Announce a workflow on groups of collections, with the steps there are. Raises NotFound, Forbidden, Invalid."""
    wanted = sorted(set(sent.dataCollectionGroupIds))
    await _require_writable(db, viewer, wanted)
    values = sent.model_dump(exclude={"dataCollectionGroupIds", "steps"})
    written = await insert_row(db, place_of(db.catalogue).workflow, {**values, "recordTimeStamp": local_now()})
    await _link(db, wanted, written.key)
    rows = NewRows(db)
    steps = [_add_step(rows, written.key, step) for step in sent.steps]
    await rows.write()
    return _stored(written.key, wanted, [int(step) for step in steps], sent.status, written.not_kept)


async def change(db: Database, viewer: Viewer, workflow_id: int, sent: schemas.WorkflowChange) -> dict[str, Any]:
    """Say what has become of a workflow. Raises NotFound, Forbidden, Invalid."""
    before, known = await writable_workflow(db, viewer, workflow_id)
    more = sorted(set(sent.dataCollectionGroupIds) - set(known))
    await _require_writable(db, viewer, [known[0], *more])
    await _link(db, more, workflow_id)
    table = place_of(db.catalogue).workflow
    values = sent.model_dump(exclude_unset=True, exclude={"dataCollectionGroupIds"})
    not_kept = await update_rows(db, table, table.workflowId == workflow_id, values)
    steps = [step.workflowStepId for step in await db.all(queries.steps(db.catalogue), {"ids": [workflow_id]})]
    return _stored(workflow_id, sorted([*known, *more]), steps, values.get("status", before.status), not_kept)


async def add_step(db: Database, viewer: Viewer, workflow_id: int, sent: schemas.NewStep) -> dict[str, Any]:
    """Tell of one more step. Raises NotFound, Forbidden, Invalid."""
    _, groups = await writable_workflow(db, viewer, workflow_id)
    rows = NewRows(db)
    step = _add_step(rows, workflow_id, sent)
    await rows.write()
    return _step_stored(int(step), workflow_id, groups[0], sent.status)


async def change_step(db: Database, viewer: Viewer, step_id: int, sent: schemas.StepChange) -> dict[str, Any]:
    """Say what has become of a step. Raises NotFound, Forbidden, Invalid."""
    missing = NotFound.of("workflow step", step_id)
    before = await db.one(queries.step(db.catalogue, step_id), missing)
    _, groups = await writable_workflow(db, viewer, before.workflowId, missing)
    table = place_of(db.catalogue).step
    values = sent.model_dump(exclude_unset=True)
    await update_rows(db, table, table.workflowStepId == step_id, _kept(values))
    return _step_stored(step_id, before.workflowId, groups[0], values.get("status", before.status))


async def writable_workflow(
    db: Database, viewer: Viewer, workflow_id: int, missing: NotFound | None = None
) -> tuple[Row[Any], list[int]]:
    """A workflow on a beamline of the key, and its groups. Raises NotFound, Forbidden."""
    missing = missing or NotFound.of("workflow", workflow_id)
    row = await db.one(queries.one(db.catalogue, viewer, workflow_id), missing)
    found = await db.all(queries.groups(db.catalogue), {"ids": [workflow_id]})
    groups = [link.dataCollectionGroupId for link in found]
    await writable_group(db, viewer, groups[0])
    return row, groups


async def _require_writable(db: Database, viewer: Viewer, groups: Sequence[int]) -> None:
    """Groups that the key may write about, all of one session."""
    sessions = {(await writable_group(db, viewer, group)).sessionId for group in groups}
    if len(sessions) > 1:
        raise Invalid.field("dataCollectionGroupIds", "the groups of a workflow are of one session")


async def _link(db: Database, groups: Sequence[int], workflow_id: int) -> None:
    for group in groups:
        known = await db.scalar(queries.workflow_of_group(db.catalogue, group))
        if known is not None and known != workflow_id:
            raise Invalid.field("dataCollectionGroupIds", f"group {group} was measured in another workflow")
        if known is None:
            await link(db, group, workflow_id)


def _add_step(rows: NewRows, workflow_id: int, sent: schemas.NewStep) -> Key:
    values = {**_kept(sent.model_dump()), "workflowId": workflow_id, "recordTimeStamp": local_now()}
    return rows.add(place_of(rows.catalogue).step, values)


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    """Values of a step as ISPyB keeps them: its numbers as text."""
    return {name: f"{value:.15g}" if isinstance(value, float) else value for name, value in values.items()}


def _stored(
    key: int, groups: Sequence[int], steps: list[int], status: str | None, not_kept: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "workflowId": key,
        "dataCollectionGroupId": groups[0],
        "dataCollectionGroupIds": list(groups),
        "workflowStepIds": steps,
        "status": status,
        "_metadata": {"notKept": sorted(not_kept)},
    }


def _step_stored(key: int, workflow_id: int, group_id: int, status: str | None) -> dict[str, Any]:
    return {
        "workflowStepId": key,
        "workflowId": workflow_id,
        "dataCollectionGroupId": group_id,
        "status": status,
        "_metadata": {"notKept": []},
    }
