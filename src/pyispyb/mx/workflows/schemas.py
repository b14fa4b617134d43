"""What workflow engines send, and what readers get."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from ...incoming import BlankIsNone, Incoming, Number
from ...keys import RowKey
from ...processing.schemas import Kept

WorkflowState = Literal["queued", "running", "success", "failed"]
StepFile = Literal["image", "html", "json"]
MOST_STEPS, MOST_GROUPS = 200, 500


Path255 = Annotated[Annotated[str, Field(max_length=255)] | None, BlankIsNone]
Path1024 = Annotated[Annotated[str, Field(max_length=1024)] | None, BlankIsNone]
Word = Annotated[Annotated[str, Field(max_length=45)] | None, BlankIsNone]


class StepFields(BaseModel):
    """One step of a workflow."""

    workflowStepType: Word = Field(None, description="What it does, such as `Mesh scan` or `Centring`")
    status: Word = Field(None, description="How far it is: `queued`, `running`, `success` or `failed`")
    comments: str | None = Field(None, max_length=2048, description="Remarks")
    crystalSizeX: Number = Field(None, description="Size of the crystal along the spindle [mm]")
    crystalSizeY: Number = Field(None, description="Size of the crystal across the spindle [mm]")
    crystalSizeZ: Number = Field(None, description="Size of the crystal along the beam [mm]")
    maxDozorScore: Number = Field(None, description="Highest Dozor score")


class StepFiles(BaseModel):
    """Files of a step. They are served from the folders of its session only."""

    folderPath: Path1024 = Field(None, description="Folder of the step; files without one lie in it")
    imageResultFilePath: Path1024 = Field(None, description="A picture, JPEG or PNG")
    htmlResultFilePath: Path1024 = Field(None, description="A report as a page")
    resultFilePath: Path1024 = Field(None, description="The result as JSON")


class NewStep(Incoming, StepFields, StepFiles):
    """A step that begins, or that is over."""

    status: Word = Field("running", description="How far it is: `queued`, `running`, `success` or `failed`")


class StepChange(Incoming, StepFields, StepFiles):
    """What has become of a step; what is not sent stays."""


class WorkflowFields(BaseModel):
    """One run of a workflow."""

    workflowTitle: Path255 = Field(None, description="Its name")
    workflowType: Word = Field(None, description="Its kind, such as `MXPressA`; some databases know a few only")
    status: Path255 = Field(None, description="How far it is: `queued`, `running`, `success` or `failed`")
    comments: str | None = Field(None, max_length=1024, description="Remarks")


class WorkflowFiles(BaseModel):
    """Files of a workflow."""

    resultFilePath: Path255 = Field(None, description="File of the result")
    logFilePath: Path255 = Field(None, description="File of the log")


class NewWorkflow(Incoming, WorkflowFields, WorkflowFiles):
    """A workflow that measures groups of collections."""

    dataCollectionGroupIds: list[RowKey] = Field(
        min_length=1, max_length=MOST_GROUPS, description="Groups of collections that are measured in it"
    )
    status: Path255 = Field("running", description="How far it is: `queued`, `running`, `success` or `failed`")
    steps: list[NewStep] = Field(default_factory=list, max_length=MOST_STEPS, description="Its steps, in their order")


class WorkflowChange(Incoming, WorkflowFields, WorkflowFiles):
    """What has become of a workflow; what is not sent stays, groups are added."""

    dataCollectionGroupIds: list[RowKey] = Field(
        default_factory=list, max_length=MOST_GROUPS, description="More groups that are measured in it"
    )

    @model_validator(mode="after")
    def _kind_stays(self) -> Self:
        if "workflowType" in self.model_fields_set and self.workflowType is None:
            raise ValueError("workflowType cannot be taken back")
        return self


class WorkflowStored(BaseModel):
    """A workflow, written."""

    workflowId: int = Field(description="Key")
    dataCollectionGroupId: int = Field(description="The first of its groups")
    dataCollectionGroupIds: list[int] = Field(description="Its groups")
    workflowStepIds: list[int] = Field(description="Keys of its steps, in their order")
    status: str | None = Field(description="How far it is")
    metadata: Kept = Field(alias="_metadata", description="About the write")


class StepStored(BaseModel):
    """A step, written."""

    workflowStepId: int = Field(description="Key")
    workflowId: int = Field(description="Its workflow")
    dataCollectionGroupId: int = Field(description="The first group of the workflow")
    status: str | None = Field(description="How far it is")
    metadata: Kept = Field(alias="_metadata", description="About the write")


class StateOut(BaseModel):
    """How far something is, whatever word its engine has for it."""

    state: WorkflowState | None = Field(description="How far it is; null for a word that is not known")


class StepMetadata(StateOut):
    """How far a step is, and its files."""

    files: dict[StepFile, str] = Field(description="Addresses of the files that are recorded")


class StepOut(StepFields):
    """One step of a workflow."""

    workflowStepId: int = Field(description="Key")
    workflowId: int = Field(description="Its workflow")
    recordTimeStamp: datetime | None = Field(description="When it was written")
    metadata: StepMetadata = Field(alias="_metadata", description="In short")


class WorkflowDetail(WorkflowFields):
    """One run of a workflow with its steps."""

    workflowId: int = Field(description="Key")
    recordTimeStamp: datetime | None = Field(description="When it began")
    dataCollectionGroupIds: list[int] = Field(description="Groups of collections that were measured in it")
    steps: list[StepOut] = Field(description="Its steps, in their order")
    metadata: StateOut = Field(alias="_metadata", description="In short")
