"""What processing programs send, and what they get.

The words are ISPyB's own column names; where the two schema flavours differ, the word is that of the flavour which has
it. Numbers are JSON numbers in the unit that the description names; R values and correlations are fractions.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, LiteralString, Self

from pydantic import AfterValidator, AliasChoices, BaseModel, Field, ValidationError, ValidationInfo, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from ..incoming import BlankOrNumber, Incoming, Number, PlainFirst, Time, what_is_said
from ..keys import RowKey

ProgramState = Literal["queued", "running", "success", "failed"]
Severity = Literal["ERROR", "WARNING", "INFO"]
ShellName = Literal["overall", "innerShell", "outerShell"]

MOST_SHELLS, MOST_SWEEPS, MOST_FILES = 200, 1000, 500
MOST_SWEEPS_TOGETHER = 5000
"""Of all ways of scaling of a result: each is told wherever one of its collections is shown."""


Count = Annotated[
    Annotated[int, Field(ge=0, lt=2**32)] | None,
    BlankOrNumber,
    PlainFirst("Input should be a whole number from 0 to 4294967295"),
]
Quality = Annotated[Number, PlainFirst("Input should be a finite number")]
Resolution = Annotated[
    Annotated[float, Field(gt=0)] | None, BlankOrNumber, PlainFirst("Input should be a number greater than 0")
]
Percentage = Annotated[
    Annotated[float, Field(ge=0, le=101)] | None,
    BlankOrNumber,
    PlainFirst("Input should be a percentage from 0 to 100"),
]
"""Up to 101: programs that count what can be in another way than what is find a few more."""
Vector = tuple[float, float, float]
ROUNDED = 0.05
"""How far products of axes may be from those of unit vectors at right angles: programs write two digits at least."""
CORRELATION = 1.01
"""The largest number that may be a correlation, rounded."""
IN_PERCENT = "correlations may be in percent"
"""What a document is validated with, as context, whose program writes correlations as it likes."""


class StatisticsFields(BaseModel):
    """Quality of merged data in one range of resolution."""

    resolutionLimitLow: Resolution = Field(None, description="Low resolution limit [Å]")
    resolutionLimitHigh: Resolution = Field(None, description="High resolution limit [Å]")
    rMerge: Quality = Field(None, description="Rmerge, as a fraction")
    rMeasWithinIPlusIMinus: Quality = Field(None, description="Rmeas within I+ and I−, as a fraction")
    rMeasAllIPlusIMinus: Quality = Field(None, description="Rmeas over all of I+ and I−, as a fraction")
    rPimWithinIPlusIMinus: Quality = Field(None, description="Rpim within I+ and I−, as a fraction")
    rPimAllIPlusIMinus: Quality = Field(None, description="Rpim over all of I+ and I−, as a fraction")
    fractionalPartialBias: Quality = Field(None, description="Fractional bias of partially recorded reflections")
    nTotalObservations: Count = Field(None, description="Observations")
    nTotalUniqueObservations: Count = Field(None, description="Unique reflections")
    meanIOverSigI: Quality = Field(None, description="Mean of I/σ(I)")
    completeness: Percentage = Field(None, description="Completeness [%]")
    multiplicity: Quality = Field(None, description="Multiplicity")
    anomalousCompleteness: Percentage = Field(None, description="Completeness of Bijvoet pairs [%]")
    anomalousMultiplicity: Quality = Field(None, description="Multiplicity of Bijvoet pairs")
    ccHalf: Quality = Field(None, description="CC½: correlation of intensities of random half data sets, from -1 to 1")
    ccAnomalous: Quality = Field(
        None,
        validation_alias=AliasChoices("ccAnomalous", "ccAno"),
        description="Correlation of anomalous differences of random half data sets, from -1 to 1",
    )
    sigAno: Quality = Field(
        None,
        validation_alias=AliasChoices("sigAno", "DanoOverSigDano"),
        description="Mean anomalous difference over its standard deviation",
    )
    isa: Quality = Field(None, description="Asymptotic I/σ(I) of the error model (Diederichs, 2010)")
    resIOverSigI2: Resolution = Field(None, description="Resolution at which I/σ(I) falls to 2 [Å]")
    completenessSpherical: Percentage = Field(None, description="Completeness within a sphere, of anisotropic data [%]")
    completenessEllipsoidal: Percentage = Field(None, description="Completeness within the fitted ellipsoid [%]")
    anomalousCompletenessSpherical: Percentage = Field(None, description="The same of Bijvoet pairs, in a sphere [%]")
    anomalousCompletenessEllipsoidal: Percentage = Field(
        None, description="The same of Bijvoet pairs, in the ellipsoid [%]"
    )
    anomalous: bool | None = Field(None, description="I+ and I− were kept apart")
    comments: str | None = Field(None, description="Remarks")


if TYPE_CHECKING:
    Statistics = dict[str, Any]
else:
    Statistics = what_is_said("Statistics", StatisticsFields)


class Ellipsoid(Incoming):
    """Limits of anisotropic diffraction: three axes at right angles, and the resolution along each."""

    axes: tuple[Vector, Vector, Vector] = Field(description="Directions of the axes, as unit vectors")
    limits: Vector = Field(description="Resolution along each axis [Å]")

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if min(self.limits) <= 0:
            raise ValueError("a resolution is greater than 0")
        for one, axis in enumerate(self.axes):
            for other in range(one, 3):
                product = sum(a * b for a, b in zip(axis, self.axes[other], strict=True))
                if abs(product - (one == other)) > ROUNDED:
                    raise ValueError("axes are unit vectors at right angles")
        return self


class Integration(Incoming):
    """One integrated sweep of images."""

    dataCollectionId: RowKey | None = Field(None, description="Its collection; that of the document when none")
    startImageNumber: Count = Field(None, description="First image")
    endImageNumber: Count = Field(None, description="Last image")
    refinedDetectorDistance: Number = Field(None, description="Refined distance of the detector [mm]")
    refinedXBeam: Number = Field(None, description="Refined position of the beam, horizontal, as the program has it")
    refinedYBeam: Number = Field(None, description="Refined position of the beam, vertical, as the program has it")
    rotationAxisX: Number = Field(None, description="Rotation axis, x")
    rotationAxisY: Number = Field(None, description="Rotation axis, y")
    rotationAxisZ: Number = Field(None, description="Rotation axis, z")
    beamVectorX: Number = Field(None, description="Direct beam, x")
    beamVectorY: Number = Field(None, description="Direct beam, y")
    beamVectorZ: Number = Field(None, description="Direct beam, z")
    cell_a: Number = Field(None, ge=0, description="Cell edge a [Å]")
    cell_b: Number = Field(None, ge=0, description="Cell edge b [Å]")
    cell_c: Number = Field(None, ge=0, description="Cell edge c [Å]")
    cell_alpha: Number = Field(None, ge=0, le=180, description="Cell angle α [degrees]")
    cell_beta: Number = Field(None, ge=0, le=180, description="Cell angle β [degrees]")
    cell_gamma: Number = Field(None, ge=0, le=180, description="Cell angle γ [degrees]")
    anomalous: bool | None = Field(None, description="I+ and I− were kept apart")

    @model_validator(mode="after")
    def _first_before_last(self) -> Self:
        first, last = self.startImageNumber, self.endImageNumber
        if first is not None and last is not None and last < first:
            raise ValueError("endImageNumber lies before startImageNumber")
        return self


def _mistake(reason: LiteralString, *place: str | int) -> InitErrorDetails:
    return InitErrorDetails(type=PydanticCustomError("value_error", reason), loc=place, input=None)


_TURNED: Final = "resolutionLimitLow is finer than resolutionLimitHigh"
_NO_CORRELATION: Final = "Input should be a correlation as a fraction, from -1 to 1"


def _mistakes(
    where: str, shells: Iterable[tuple[str | int, Statistics]], *, are_fractions: bool
) -> Iterator[InitErrorDetails]:
    """Ranges of resolution whose low limit is the finer one, and correlations that are none."""
    for place, shell in shells:
        low, high = shell.get("resolutionLimitLow"), shell.get("resolutionLimitHigh")
        if low is not None and high is not None and low < high:
            yield _mistake(_TURNED, where, place)
        for name in ("ccHalf", "ccAnomalous") if are_fractions else ():
            value = shell.get(name)
            if value is not None and abs(value) > CORRELATION:
                yield _mistake(_NO_CORRELATION, where, place, name)


class Scaling(Incoming):
    """Sweeps scaled and merged together, in one way."""

    kind: Literal["isotropic", "anisotropic"] | None = Field(None, description="How the data were cut and merged")
    ellipsoid: Ellipsoid | None = Field(None, description="Limits of diffraction, of anisotropic data")
    statistics: dict[ShellName, Statistics] = Field(description="Quality overall, in the inner and the outer shell")
    shells: list[Statistics] = Field(
        default_factory=list, max_length=MOST_SHELLS, description="Quality by resolution, from low to high"
    )
    integrations: list[Integration] = Field(
        min_length=1, max_length=MOST_SWEEPS, description="The sweeps that were scaled together"
    )

    @model_validator(mode="after")
    def _whole(self, about: ValidationInfo) -> Self:
        if "overall" not in self.statistics:
            raise ValueError("statistics must have an overall entry")
        # Here and not where they are: this is asked of hundreds.
        are_fractions = about.context != IN_PERCENT
        mistakes = [
            *_mistakes("shells", enumerate(self.shells), are_fractions=are_fractions),
            *_mistakes("statistics", self.statistics.items(), are_fractions=are_fractions),
        ]
        if mistakes:
            raise ValidationError.from_exception_data("Scaling", mistakes)
        return self


def _file_name(name: str) -> str:
    if name in {".", ".."}:
        raise ValueError("is a folder")
    return name


class Attachment(Incoming):
    """A file that a program wrote or read."""

    fileType: Literal["Log", "Result", "Graph", "Debug", "Input"] = Field(description="What it is")
    fileName: Annotated[str, AfterValidator(_file_name)] = Field(
        min_length=1, max_length=255, pattern=r"^[^/\\\x00-\x1f\x7f]+$", description="Name of the file"
    )
    filePath: str = Field(
        max_length=255, pattern=r"^/[^\x00-\x1f\x7f]*$", description="Folder of the file, from the root on"
    )
    importanceRank: int | None = Field(None, ge=1, le=127, description="1 is shown first")


class Message(Incoming):
    """Something a program has to tell."""

    severity: Severity = Field(description="How much it matters")
    message: str = Field(max_length=200, description="In a sentence")
    description: str | None = Field(None, max_length=20_000, description="In full")


class Program(Incoming):
    """A run of a program."""

    processingPrograms: str = Field(min_length=1, max_length=255, description="Name of the pipeline or programs")
    processingCommandLine: str | None = Field(None, max_length=255, description="How it was called")
    processingStatus: ProgramState = Field("success", description="How far it is")
    processingMessage: str | None = Field(None, max_length=255, description="What it says of itself")
    processingStartTime: Time = Field(None, description="Begin")
    processingEndTime: Time = Field(None, description="End; now when none and it has ended")
    processingEnvironment: str | None = Field(None, max_length=255, description="Where it ran")

    @model_validator(mode="after")
    def _begin_before_end(self) -> Self:
        start, end = self.processingStartTime, self.processingEndTime
        if start is not None and end is not None and end < start:
            raise ValueError("processingEndTime lies before processingStartTime")
        return self


class NewProgram(Program):
    """A run of a program that begins, or waits."""

    dataCollectionId: RowKey = Field(description="The collection it works on")
    processingStatus: ProgramState = Field("running", description="How far it is")
    attachments: list[Attachment] = Field(default_factory=list, max_length=MOST_FILES, description="Its files")
    messages: list[Message] = Field(default_factory=list, max_length=MOST_FILES, description="What it has to tell")


class ProgramChange(Incoming):
    """What has become of a run; what is not sent stays, files and messages are added."""

    processingStatus: ProgramState | None = Field(None, description="How far it is")
    processingMessage: str | None = Field(None, max_length=255, description="What it says of itself")
    processingStartTime: Time = Field(None, description="Begin")
    processingEndTime: Time = Field(
        None, description="End; now when none and it has ended; a run that waits or goes on has none"
    )
    processingEnvironment: str | None = Field(None, max_length=255, description="Where it ran")
    attachments: list[Attachment] = Field(default_factory=list, max_length=MOST_FILES, description="More files")
    messages: list[Message] = Field(default_factory=list, max_length=MOST_FILES, description="More to tell")


class Result(Incoming):
    """What one run of a program made of one or more sweeps: stored as a whole or not at all."""

    dataCollectionId: RowKey | None = Field(None, description="Collection of the sweeps that name none")
    autoProcProgramId: RowKey | None = Field(None, description="The run, if it was announced; else it is made")
    program: Program = Field(description="The run")
    spaceGroup: str | None = Field(
        None, max_length=45, pattern=r"^[^\x00-\x1f\x7f]*$", description="Space group, as in `P 43 21 2`"
    )
    refinedCell_a: Number = Field(None, ge=0, description="Cell edge a [Å]")
    refinedCell_b: Number = Field(None, ge=0, description="Cell edge b [Å]")
    refinedCell_c: Number = Field(None, ge=0, description="Cell edge c [Å]")
    refinedCell_alpha: Number = Field(None, ge=0, le=180, description="Cell angle α [degrees]")
    refinedCell_beta: Number = Field(None, ge=0, le=180, description="Cell angle β [degrees]")
    refinedCell_gamma: Number = Field(None, ge=0, le=180, description="Cell angle γ [degrees]")
    scalings: list[Scaling] = Field(
        min_length=1,
        max_length=20,
        description="Ways in which the sweeps were scaled and merged, of at most 5,000 integrations together",
    )
    attachments: list[Attachment] = Field(default_factory=list, max_length=MOST_FILES, description="Its files")
    messages: list[Message] = Field(default_factory=list, max_length=MOST_FILES, description="What it has to tell")

    @model_validator(mode="after")
    def _sweeps_are_not_too_many(self) -> Self:
        sweeps = sum(len(scaling.integrations) for scaling in self.scalings)
        if sweeps > MOST_SWEEPS_TOGETHER:
            raise ValueError(f"scalings have {sweeps:,} integrations together, at most {MOST_SWEEPS_TOGETHER:,} can be")
        return self

    @model_validator(mode="after")
    def _collections_named(self) -> Self:
        for at, scaling in enumerate(self.scalings):
            for place, sweep in enumerate(scaling.integrations):
                if sweep.dataCollectionId is None and self.dataCollectionId is None:
                    raise ValueError(
                        f"scalings[{at}].integrations[{place}] names no dataCollectionId, nor does the document"
                    )
        return self


class Kept(BaseModel):
    """What became of the write."""

    notKept: list[str] = Field(description="Fields that this facility's database has no column for")


class ProgramOut(BaseModel):
    """A run, written."""

    autoProcProgramId: int = Field(description="Key")
    dataCollectionId: int = Field(description="The first of its collections")
    dataCollectionIds: list[int] = Field(description="The collections it works on")
    processingStatus: ProgramState = Field(description="How far it is")
    metadata: Kept = Field(alias="_metadata", description="About the write")


class ScalingKeys(BaseModel):
    """Keys of one way of scaling."""

    autoProcScalingId: int = Field(description="Key")
    autoProcIntegrationIds: list[int] = Field(description="Keys of its integrations")


class ResultKept(Kept):
    """What became of the write of a result."""

    known: bool = Field(
        description="True when the very same result was stored before: only files and messages that are new were added"
    )


class ResultStored(BaseModel):
    """A result, written."""

    autoProcProgramId: int = Field(description="Key of the run")
    dataCollectionId: int = Field(description="The first of its collections")
    autoProcId: int = Field(description="Key of space group and cell")
    scalings: list[ScalingKeys] = Field(description="Keys of the ways of scaling, as they were sent")
    metadata: ResultKept = Field(alias="_metadata", description="About the write")
