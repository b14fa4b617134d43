"""What readers get of processing."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from ..answers import Told
from ..files.contents import Content
from .schemas import Ellipsoid, ProgramState, Severity, ShellName, StatisticsFields

Metric = Literal[
    "resolution", "resIOverSigI2", "ccHalf", "completeness", "rMeas", "rMerge", "rPim", "meanIOverSigI", "multiplicity"
]


class Sweep(BaseModel):
    """Images of a collection that a run worked on."""

    dataCollectionId: int = Field(description="The collection")
    startImageNumber: int | None = Field(description="First image")
    endImageNumber: int | None = Field(description="Last image")


class IntegrationOut(Sweep):
    """One integrated sweep of images, with what the program refined."""

    autoProcIntegrationId: int = Field(description="Key")
    autoProcScalingIds: list[int] = Field(description="Ways of scaling that took it")
    refinedDetectorDistance: float | None = Field(description="Refined distance of the detector [mm]")
    refinedXBeam: float | None = Field(description="Refined position of the beam, horizontal, as the program has it")
    refinedYBeam: float | None = Field(description="Refined position of the beam, vertical, as the program has it")
    rotationAxisX: float | None = Field(description="Rotation axis, x")
    rotationAxisY: float | None = Field(description="Rotation axis, y")
    rotationAxisZ: float | None = Field(description="Rotation axis, z")
    beamVectorX: float | None = Field(description="Direct beam, x")
    beamVectorY: float | None = Field(description="Direct beam, y")
    beamVectorZ: float | None = Field(description="Direct beam, z")
    cell_a: float | None = Field(description="Cell edge a [Å]")
    cell_b: float | None = Field(description="Cell edge b [Å]")
    cell_c: float | None = Field(description="Cell edge c [Å]")
    cell_alpha: float | None = Field(description="Cell angle α [degrees]")
    cell_beta: float | None = Field(description="Cell angle β [degrees]")
    cell_gamma: float | None = Field(description="Cell angle γ [degrees]")
    anomalous: bool | None = Field(description="I+ and I− were kept apart")
    recordTimeStamp: datetime | None = Field(description="When it was written")


class Cell(BaseModel):
    """A unit cell."""

    a: float | None = Field(description="Edge a [Å]")
    b: float | None = Field(description="Edge b [Å]")
    c: float | None = Field(description="Edge c [Å]")
    alpha: float | None = Field(description="Angle α [degrees]")
    beta: float | None = Field(description="Angle β [degrees]")
    gamma: float | None = Field(description="Angle γ [degrees]")


class StatisticsOut(Told, StatisticsFields):
    """Quality of merged data in one range of resolution. What nobody said is left out."""


class ScalingOut(BaseModel):
    """Sweeps scaled and merged together, in one way."""

    autoProcScalingId: int = Field(description="Key")
    kind: Literal["isotropic", "anisotropic"] | None = Field(description="How the data were cut and merged")
    statistics: dict[ShellName, StatisticsOut] = Field(description="Quality overall, in the inner and the outer shell")
    inFractions: Literal[True] | None = Field(
        None, description="True where R values look like percent and were sent as fractions; else left out"
    )


class ProgramHead(BaseModel):
    """A run of a program."""

    autoProcProgramId: int = Field(description="Key")
    pipeline: str = Field(description="Name of the pipeline without its version")
    processingPrograms: str | None = Field(description="Pipeline or programs as they name themselves")
    state: ProgramState = Field(description="How far it is")
    processingMessage: str | None = Field(description="What it says of itself")
    processingStartTime: datetime | None = Field(description="Begin")
    processingEndTime: datetime | None = Field(description="End")
    duration: float | None = Field(description="From begin to end [s]")


class ResultOut(ProgramHead):
    """A run of a program, and what it made of the data."""

    dataCollectionIds: list[int] = Field(description="The collections it worked on; in a list, of those asked for")
    dataCollectionGroupIds: list[int] = Field(description="Their groups")
    sweeps: list[Sweep] = Field(description="The images it worked on, where that is known")
    blSampleId: int | None = Field(description="The sample; null for none, or for several")
    sample: str | None = Field(description="Name of the sample")
    sessionId: int | None = Field(description="The session of the first collection")
    autoProcId: int | None = Field(description="Key of space group and cell; null for a run without a result")
    spaceGroup: str | None = Field(description="Space group")
    cell: Cell | None = Field(description="Refined unit cell")
    scalings: list[ScalingOut] = Field(description="Ways of scaling, the best one first")
    rank: int | None = Field(
        description="Place among the results of the same sample, 1 the best; null without result, or a good end"
    )


class RankingRule(BaseModel):
    """By what results are ranked, in order: the next decides among equals."""

    metric: Metric = Field(description="What is compared")
    shell: ShellName = Field(description="In which range of resolution")
    better: Literal["lower", "higher"] = Field(description="Which is better")
    step: float = Field(description="Differences smaller than this make equals")


class Results(BaseModel):
    """Results of some collections."""

    results: list[ResultOut] = Field(description="By sample, the best first; runs without a result behind them")
    ranking: list[RankingRule] = Field(description="The rule that ranked them")
    truncated: bool = Field(description="There are more runs than are told")


class ResultDetail(ResultOut):
    """One result in full."""

    processingCommandLine: str | None = Field(description="How it was called")
    processingEnvironment: str | None = Field(description="Where it ran")
    shells: dict[int, list[StatisticsOut]] = Field(description="Quality by resolution, by key of the way of scaling")
    ellipsoids: dict[int, Ellipsoid] = Field(description="Limits of anisotropic diffraction, by the same key")
    integrations: list[IntegrationOut] = Field(description="Its integrated sweeps, in the order they were written")


class ProgramAttachmentOut(BaseModel):
    """A file of a run."""

    autoProcProgramAttachmentId: int = Field(description="Key")
    autoProcProgramId: int = Field(description="Its run")
    fileType: str | None = Field(description="Log, Result, Graph, Debug or Input")
    fileName: str | None = Field(description="Name")
    importanceRank: int | None = Field(description="1 is shown first; null where nobody said")
    content: Content = Field(description="What is in it, by its name")
    url: str = Field(description="Where it is read, below the base of this API; `/summary` behind it")


class ProgramMessageOut(BaseModel):
    """Something a run has to tell."""

    autoProcProgramMessageId: int = Field(description="Key")
    autoProcProgramId: int = Field(description="Its run")
    severity: Severity | None = Field(description="How much it matters")
    message: str | None = Field(description="In a sentence")
    description: str | None = Field(description="In full")
    recordTimeStamp: datetime | None = Field(description="When")


class StateCounts(BaseModel):
    """How many runs of a collection are how far."""

    queued: int = Field(description="Waiting")
    running: int = Field(description="Running")
    success: int = Field(description="Ended well")
    failed: int = Field(description="Ended badly")
