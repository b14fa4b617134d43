"""Workflows over HTTP."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from ...answers import Listed, answer
from ...auth.dependencies import Processor, Reader
from ...auth.file_routes import FileReader, Responses, file_route
from ...auth.once import OnceOnly
from ...db.dependencies import Db, Paged
from ...files.answers import picture, view
from ...keys import LARGEST_KEY, RowKey
from ...routers import Router
from ..filters import OfWhat
from . import reading, service
from .schemas import (
    NewStep,
    NewWorkflow,
    StepChange,
    StepFile,
    StepOut,
    StepStored,
    WorkflowChange,
    WorkflowDetail,
    WorkflowStored,
)

router = Router(tags=["Workflows"])

WorkflowId = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the workflow")]
StepId = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key of the step")]
FILE: Responses = {
    200: {"content": {"image/png": {}, "image/jpeg": {}, "text/html": {}, "text/plain": {}}, "description": "The file"}
}


@router.get("/datacollections/workflows", response_model=Listed[WorkflowDetail], operation_id="list_workflows")
async def list_workflows(viewer: Reader, db: Db, page: Paged, wanted: Annotated[OfWhat, Query()]) -> Response:
    """Workflows of a collection, group, sample, session or proposal, with their steps."""
    return answer(await reading.list_workflows(db, viewer, wanted.filter(), page))


@router.post(
    "/datacollections/workflows", response_model=WorkflowStored, status_code=201, operation_id="begin_workflow"
)
async def begin(sent: NewWorkflow, viewer: Processor, db: Db, once: OnceOnly) -> Response:
    """Announce a workflow on groups of collections."""
    return await once(
        viewer, lambda: service.begin(db, viewer, sent), location="/datacollections/workflows/{workflowId}"
    )


@router.get("/datacollections/workflows/steps", response_model=Listed[StepOut], operation_id="list_workflow_steps")
async def list_steps(
    viewer: Reader, db: Db, workflowId: Annotated[RowKey, Query(description="The workflow")]
) -> Response:
    """Steps of a workflow."""
    return answer(await reading.list_steps(db, viewer, workflowId))


@file_route(
    router,
    "/datacollections/workflows/steps/{workflowStepId}",
    operation_id="read_workflow_step_file",
    responses=FILE,
)
async def read_step_file(
    viewer: FileReader,
    db: Db,
    request: Request,
    workflowStepId: StepId,
    attachmentType: Annotated[StepFile, Query(description="Which of its files")] = "image",
    snapshot: Annotated[bool, Query(description="The small version of a picture")] = False,
) -> Response:
    """A file of a step: its picture, its report in a sandbox, or its result as text."""
    stored = await reading.step_file(db, viewer, workflowStepId, attachmentType)
    if attachmentType == "image":
        return await picture(request, stored, small=snapshot)
    return view(request, stored)


@router.patch(
    "/datacollections/workflows/steps/{workflowStepId}", response_model=StepStored, operation_id="change_workflow_step"
)
async def change_step(workflowStepId: StepId, sent: StepChange, viewer: Processor, db: Db) -> Response:
    """Say what has become of a step."""
    return answer(await service.change_step(db, viewer, workflowStepId, sent))


@router.get("/datacollections/workflows/{workflowId}", response_model=WorkflowDetail, operation_id="read_workflow")
async def read_workflow(viewer: Reader, db: Db, workflowId: WorkflowId) -> Response:
    """One workflow with its steps."""
    return answer(await reading.read_workflow(db, viewer, workflowId))


@router.patch("/datacollections/workflows/{workflowId}", response_model=WorkflowStored, operation_id="change_workflow")
async def change(workflowId: WorkflowId, sent: WorkflowChange, viewer: Processor, db: Db) -> Response:
    """Say what has become of a workflow; add groups of collections."""
    return answer(await service.change(db, viewer, workflowId, sent))


@router.post(
    "/datacollections/workflows/{workflowId}/steps",
    response_model=StepStored,
    status_code=201,
    operation_id="add_workflow_step",
)
async def add_step(workflowId: WorkflowId, sent: NewStep, viewer: Processor, db: Db, once: OnceOnly) -> Response:
    """Tell of one more step of a workflow."""
    return await once(viewer, lambda: service.add_step(db, viewer, workflowId, sent))
