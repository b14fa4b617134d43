"""Shapes of py-ispyb. A status is a number there: 0 failed, 1 succeeded, null has not ended."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from ...answers import Told
from ...processing.answer_schemas import ProgramMessageOut
from ...processing.schemas import ShellName, StatisticsFields

Status = Literal[0, 1]


class ProgramStatus(BaseModel):
    """How a run ended."""

    dataCollectionId: int = Field(description="The collection")
    autoProcProgramId: int = Field(description="The run")
    program: str | None = Field(description="Programs as they name themselves")
    status: Status | None = Field(description="1 succeeded, 0 failed, null not ended")


class CentringStatus(BaseModel):
    """How X-ray centring ended."""

    dataCollectionId: int = Field(description="The collection")
    program: str = Field(description="`xrc`")
    status: Status | None = Field(description="1 found something, 0 nothing, null not ended")


class ScreeningStatus(BaseModel):
    """How a characterisation ended."""

    dataCollectionId: int = Field(description="The collection")
    program: str | None = Field(description="Program and version")
    status: Status = Field(description="1 where it has a strategy")
    indexingSuccess: Status = Field(description="1 where it could index")
    alignmentSuccess: Status | None = Field(description="1 where it could align the crystal; null where not kept")


class Statuses(BaseModel):
    """Of one collection, by program; what nothing was done of is left out."""

    screening: dict[str, list[ScreeningStatus]] | None = Field(None, description="Characterisations")
    xrc: dict[str, list[CentringStatus]] | None = Field(None, description="X-ray centring")
    autoIntegration: dict[str, list[ProgramStatus]] | None = Field(None, description="Runs that integrated images")
    processing: dict[str, list[ProgramStatus]] | None = Field(None, description="Runs of what was merged before")


class StatusesList(BaseModel):
    """By collection."""

    statuses: dict[int, Statuses] = Field(description="By key of the collection")


class MessageCounts(BaseModel):
    """How many messages the runs on a collection left."""

    errors: int = Field(description="Errors")
    warnings: int = Field(description="Warnings")
    info: int = Field(description="Notes")


class MessageStatuses(BaseModel):
    """By collection."""

    statuses: dict[int, MessageCounts] = Field(description="By key of the collection; those without are left out")


class AutoProcTold(BaseModel):
    """Space group and cell."""

    spaceGroup: str | None = Field(description="Space group")
    refinedCell_a: float | None = Field(description="Edge a [Å]")
    refinedCell_b: float | None = Field(description="Edge b [Å]")
    refinedCell_c: float | None = Field(description="Edge c [Å]")
    refinedCell_alpha: float | None = Field(description="Angle α [degrees]")
    refinedCell_beta: float | None = Field(description="Angle β [degrees]")
    refinedCell_gamma: float | None = Field(description="Angle γ [degrees]")


class ScalingStatisticsTold(Told, StatisticsFields):
    """Quality of merged data in one range of resolution, as the program wrote it."""

    scalingStatisticsType: ShellName | None = Field(description="Which range")


class ScalingTold(BaseModel):
    """A way of scaling."""

    AutoProc: AutoProcTold = Field(description="Space group and cell")
    AutoProcScalingStatistics: list[ScalingStatisticsTold] = Field(description="Overall, inner and outer shell")


class ScalingLinkTold(BaseModel):
    """That a sweep was scaled."""

    AutoProcScaling: ScalingTold = Field(description="How")


class BeamTold(BaseModel):
    """Where the beam was recorded to be."""

    xBeam: float | None = Field(description="Beam, horizontal [mm]")
    yBeam: float | None = Field(description="Beam, vertical [mm]")


class IntegrationTold(BaseModel):
    """An integrated sweep."""

    refinedXBeam: float | None = Field(description="Refined beam, horizontal, as the program has it")
    refinedYBeam: float | None = Field(description="Refined beam, vertical, as the program has it")
    AutoProcScalingHasInt: list[ScalingLinkTold] = Field(description="Ways in which it was scaled")
    DataCollection: BeamTold = Field(description="The collection")


class ProgramMetadata(BaseModel):
    """About a run."""

    attachments: int = Field(description="How many files it has")
    imageSweepCount: int = Field(description="How many sweeps it integrated")
    autoProcProgramMessages: list[ProgramMessageOut] = Field(description="What it has to tell")


class ProgramTold(BaseModel):
    """A run."""

    autoProcProgramId: int = Field(description="Key")
    processingCommandLine: str | None = Field(description="How it was called")
    processingPrograms: str | None = Field(description="Programs as they name themselves")
    processingStatus: Status | None = Field(description="1 succeeded, 0 failed, null not ended")
    processingMessage: str | None = Field(description="What it says of itself")
    processingStartTime: datetime | None = Field(description="Begin")
    processingEndTime: datetime | None = Field(description="End")
    processingEnvironment: str | None = Field(description="Where it ran")
    recordTimeStamp: datetime | None = Field(description="When it was noted")
    metadata: ProgramMetadata = Field(alias="_metadata", description="About the run")


class ProgramIntegrationTold(ProgramTold):
    """A run that integrated images, with what it made."""

    AutoProcIntegration: list[IntegrationTold] = Field(description="Its sweeps")


class AttachmentMetadata(BaseModel):
    """About a file."""

    url: str = Field(description="Where it is read")


class AttachmentTold(BaseModel):
    """A file of a run."""

    autoProcProgramAttachmentId: int = Field(description="Key")
    autoProcProgramId: int = Field(description="Its run")
    fileName: str | None = Field(description="Name")
    fileType: str | None = Field(description="Log, Result, Graph, Debug or Input")
    importanceRank: int | None = Field(description="1 is shown first")
    metadata: AttachmentMetadata = Field(alias="_metadata", description="About the file")
