"""Requests to process data once more, over the wire."""

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, Field, model_validator

from ..incoming import Incoming
from ..keys import RowKey
from ..processing.schemas import ProgramOut, ProgramState
from .recipes import Recipe

MOST_SWEEPS = 200
MOST_PARAMETERS = 50
JobState = Literal["waiting", "cancelled", "expired", "queued", "running", "success", "failed"]


class Sweep(Incoming):
    """Images of one collection, the first and the last included."""

    dataCollectionId: RowKey = Field(description="The collection")
    startImage: int = Field(ge=1, le=8_388_607, description="Number of the first image")
    endImage: int = Field(ge=1, le=8_388_607, description="Number of the last image")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.endImage < self.startImage:
            raise ValueError("endImage lies before startImage")
        return self


class Parameter(Incoming):
    """One parameter of the recipe."""

    parameterKey: str = Field(min_length=1, max_length=80, description="What the pipeline calls it")
    parameterValue: str = Field(min_length=1, max_length=1024, description="Its value, as text")


class NewJob(Incoming):
    """A request to process images of one or more collections."""

    recipe: str = Field(min_length=1, max_length=50, description="One of `/processings/recipes`")
    displayName: str | None = Field(None, max_length=80, description="A name for it; that of the recipe when none")
    comments: str | None = Field(None, max_length=255, description="Why, in the words of who asks")
    sweeps: list[Sweep] = Field(min_length=1, max_length=MOST_SWEEPS, description="What to process")
    parameters: list[Parameter] = Field(
        default_factory=list, max_length=MOST_PARAMETERS, description="Parameters that are not left to the pipeline"
    )

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        keys = [parameter.parameterKey for parameter in self.parameters]
        if len(set(keys)) < len(keys):
            raise ValueError("a parameter is given twice")
        if len({(sweep.dataCollectionId, sweep.startImage, sweep.endImage) for sweep in self.sweeps}) < len(
            self.sweeps
        ):
            raise ValueError("a sweep is given twice")
        return self


class JobRun(BaseModel):
    """One run that was made for a request."""

    autoProcProgramId: int = Field(description="Key of the run")
    processingPrograms: str | None = Field(description="What ran")
    state: ProgramState = Field(description="How far it is")
    processingMessage: str | None = Field(description="What it says of itself")


class SweepOut(BaseModel):
    """Images of one collection, and where they lie."""

    dataCollectionId: int | None = Field(description="The collection")
    startImage: int | None = Field(description="Number of the first image")
    endImage: int | None = Field(description="Number of the last image")
    imageDirectory: str | None = Field(description="Folder of its images")
    fileTemplate: str | None = Field(description="How its images are called")


class JobOut(BaseModel):
    """A request, what became of it, and the runs made for it."""

    processingJobId: int = Field(description="Key of the request")
    dataCollectionId: int | None = Field(description="Its first collection")
    displayName: str | None = Field(description="Its name")
    recipe: str | None = Field(description="What was asked for")
    comments: str | None = Field(description="Why, in the words of who asked")
    automatic: bool | None = Field(description="True for one that no person asked for")
    recordTimestamp: datetime | None = Field(description="When it was asked for")
    requestedBy: str | None = Field(description="Who asked, where that was a person here")
    state: JobState = Field(
        description="Waiting for a pipeline, cancelled, expired as none took it up, or what its newest run says"
    )
    sweeps: list[SweepOut] = Field(description="Images asked for")
    parameters: dict[str, str] = Field(description="Parameters by their key")
    runs: list[JobRun] = Field(description="Runs made for it, the oldest first")


class Recipes(BaseModel):
    """What may be asked for at this facility."""

    recipes: list[Recipe] = Field(description="In the order in which pages show them")


class JobRunStored(ProgramOut):
    """A run that was announced, and the request it is made for."""

    processingJobId: int = Field(description="Key of the request")
