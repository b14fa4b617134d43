"""What characterisation programs send, and what readers get.

The words are ISPyB's own column names. Completeness is a fraction, as EDNA and BEST write it.
"""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from ...incoming import BlankIsNone, Incoming, Number
from ...keys import RowKey
from ...processing.schemas import MOST_FILES, Attachment, Count, Kept

MOST_STRATEGIES, MOST_LATTICES, MOST_WEDGES, MOST_SUB_WEDGES = 20, 50, 100, 100


Word = Annotated[Annotated[str, Field(max_length=45)] | None, BlankIsNone]
Remark = Annotated[Annotated[str, Field(max_length=255)] | None, BlankIsNone]


class LatticeFields(BaseModel):
    """A lattice that indexing found: its symmetry, its cell and how it lies."""

    spaceGroup: Word = Field(None, description="Space group, as in `P43212`")
    pointGroup: Word = Field(None, description="Point group, as in `P422`")
    bravaisLattice: Word = Field(None, description="Bravais lattice, as in `tP`")
    rawOrientationMatrix_a_x: Number = Field(None, description="Orientation matrix, a along x, as the program has it")
    rawOrientationMatrix_a_y: Number = Field(None, description="The same, a along y")
    rawOrientationMatrix_a_z: Number = Field(None, description="The same, a along z")
    rawOrientationMatrix_b_x: Number = Field(None, description="The same, b along x")
    rawOrientationMatrix_b_y: Number = Field(None, description="The same, b along y")
    rawOrientationMatrix_b_z: Number = Field(None, description="The same, b along z")
    rawOrientationMatrix_c_x: Number = Field(None, description="The same, c along x")
    rawOrientationMatrix_c_y: Number = Field(None, description="The same, c along y")
    rawOrientationMatrix_c_z: Number = Field(None, description="The same, c along z")
    unitCell_a: Number = Field(None, ge=0, description="Cell edge a [Å]")
    unitCell_b: Number = Field(None, ge=0, description="Cell edge b [Å]")
    unitCell_c: Number = Field(None, ge=0, description="Cell edge c [Å]")
    unitCell_alpha: Number = Field(None, ge=0, le=180, description="Cell angle α [degrees]")
    unitCell_beta: Number = Field(None, ge=0, le=180, description="Cell angle β [degrees]")
    unitCell_gamma: Number = Field(None, ge=0, le=180, description="Cell angle γ [degrees]")
    labelitIndexing: bool | None = Field(None, description="Labelit indexed it")


class SubWedgeFields(BaseModel):
    """A part of a wedge that is measured in one go: the same exposure on the same turn."""

    subWedgeNumber: Count = Field(None, description="Its place within the wedge, from 1")
    rotationAxis: Word = Field(None, description="The axis that turns: `omega`, `phi` or `kappa`")
    axisStart: Number = Field(None, description="Begin of the turn [degrees]")
    axisEnd: Number = Field(None, description="End of the turn [degrees]")
    oscillationRange: Number = Field(None, gt=0, description="Turn during an image [degrees]")
    exposureTime: Number = Field(None, ge=0, description="Exposure of an image [s]")
    transmission: Number = Field(None, ge=0, le=100, description="Transmission of the attenuators [%]")
    numberOfImages: Count = Field(None, description="Images")
    completeness: Number = Field(None, ge=0, le=1, description="Completeness it reaches, as a fraction")
    multiplicity: Number = Field(None, ge=0, description="Multiplicity it reaches")
    resolution: Number = Field(None, gt=0, description="Resolution [Å]")
    doseTotal: Number = Field(None, ge=0, description="Dose it gives [MGy]")
    comments: Remark = Field(None, description="Remarks")


class WedgeFields(BaseModel):
    """A part of a strategy that is measured at one orientation of the crystal and one wavelength."""

    wedgeNumber: Count = Field(None, description="Its place within the strategy, from 1")
    wavelength: Number = Field(None, gt=0, description="Wavelength [Å]")
    phi: Number = Field(None, description="Orientation: phi [degrees]")
    kappa: Number = Field(None, description="Orientation: kappa [degrees]")
    chi: Number = Field(None, description="Orientation: chi [degrees]")
    resolution: Number = Field(None, gt=0, description="Resolution [Å]")
    completeness: Number = Field(None, ge=0, le=1, description="Completeness it reaches, as a fraction")
    multiplicity: Number = Field(None, ge=0, description="Multiplicity it reaches")
    doseTotal: Number = Field(None, ge=0, description="Dose it gives [MGy]")
    numberOfImages: Count = Field(None, description="Images")
    comments: Remark = Field(None, description="Remarks, such as what the wedge is for")


class StrategyFields(BaseModel):
    """One way of measuring the crystal."""

    program: Word = Field(None, description="Program that made it, such as `BEST`")
    anomalous: bool = Field(False, description="It is made for anomalous differences")
    phiStart: Number = Field(None, description="Begin of the first turn [degrees]")
    phiEnd: Number = Field(None, description="End of the last turn [degrees]")
    rotation: Number = Field(None, description="Turn during an image [degrees]")
    exposureTime: Number = Field(None, ge=0, description="Exposure of an image [s]")
    transmission: Number = Field(None, ge=0, le=100, description="Transmission of the attenuators [%]")
    resolution: Number = Field(None, gt=0, description="Resolution [Å]")
    rankingResolution: Number = Field(None, gt=0, description="Resolution by which crystals are ranked [Å]")
    completeness: Number = Field(None, ge=0, le=1, description="Completeness it reaches, as a fraction")
    multiplicity: Number = Field(None, ge=0, description="Multiplicity it reaches")


class OutputFields(BaseModel):
    """What a characterisation found out."""

    program: Word = Field(None, description="Program, such as `EDNA MXv1`")
    statusDescription: str | None = Field(None, max_length=1024, description="What the program says of how it went")
    indexingSuccess: bool = Field(description="Indexing succeeded")
    strategySuccess: bool = Field(description="A strategy was found")
    alignmentSuccess: bool | None = Field(None, description="An orientation was found that aligns the crystal")
    screeningSuccess: bool | None = Field(None, description="The characterisation as a whole succeeded")
    mosaicityEstimated: bool = Field(False, description="Mosaicity is estimated, not refined")
    mosaicity: Number = Field(None, ge=0, description="Mosaicity [degrees]")
    resolutionObtained: Number = Field(None, gt=0, description="Resolution that was reached [Å]")
    rankingResolution: Number = Field(None, gt=0, description="Resolution by which crystals are ranked [Å]")
    iOverSigma: Number = Field(None, description="I/σ(I) at the highest resolution")
    numSpotsFound: Count = Field(None, description="Spots found")
    numSpotsUsed: Count = Field(None, description="Spots that the lattice explains")
    numSpotsRejected: Count = Field(None, description="Spots left out")
    rejectedReflections: Count = Field(None, description="Reflections left out on integration")
    spotDeviationR: Number = Field(None, ge=0, description="Root mean square distance of spots from prediction [mm]")
    spotDeviationTheta: Number = Field(None, ge=0, description="The same on the rotation axis [degrees]")
    beamShiftX: Number = Field(None, description="Shift of the beam, horizontal [mm]")
    beamShiftY: Number = Field(None, description="Shift of the beam, vertical [mm]")
    diffractionRings: bool | None = Field(None, description="There are rings of ice or powder")
    doseTotal: Number = Field(None, ge=0, description="Dose of the strategy in all [MGy]")
    totalExposureTime: Number = Field(None, ge=0, description="Exposure of the strategy in all [s]")
    totalRotationRange: Number = Field(None, ge=0, description="Turn of the strategy in all [degrees]")
    totalNumberOfImages: int | None = Field(None, ge=0, lt=2**31, description="Images of the strategy in all")
    rFriedel: Number = Field(None, ge=0, description="R value between Friedel mates, as a fraction")


class InputFields(BaseModel):
    """What a characterisation was given."""

    beamX: Number = Field(None, description="Beam, horizontal [mm]")
    beamY: Number = Field(None, description="Beam, vertical [mm]")
    rmsErrorLimits: Number = Field(None, ge=0, description="Largest deviation of spots [mm]")
    minimumFractionIndexed: Number = Field(None, ge=0, le=1, description="Least share of spots to be indexed")
    maximumFractionRejected: Number = Field(None, ge=0, le=1, description="Largest share of reflections left out")
    minimumSignalToNoise: Number = Field(None, ge=0, description="Least I/σ(I) at the resolution aimed at")


class Lattice(Incoming, LatticeFields):
    """A lattice, as it is sent."""


class SubWedge(Incoming, SubWedgeFields):
    """A part of a wedge, as it is sent."""

    @model_validator(mode="after")
    def _turns(self) -> Self:
        if self.axisStart is not None and self.axisEnd is not None and self.axisEnd == self.axisStart:
            raise ValueError("axisEnd is axisStart: nothing turns")
        return self


class Wedge(Incoming, WedgeFields):
    """A wedge, as it is sent."""

    subWedges: list[SubWedge] = Field(
        default_factory=list, max_length=MOST_SUB_WEDGES, description="Its parts, in the order of measuring"
    )


class Strategy(Incoming, StrategyFields):
    """A strategy, as it is sent."""

    wedges: list[Wedge] = Field(
        default_factory=list, max_length=MOST_WEDGES, description="Its wedges, in the order of measuring"
    )


class Input(Incoming, InputFields):
    """What a characterisation was given, as it is sent."""


class Output(Incoming, OutputFields):
    """What a characterisation found out, as it is sent."""

    lattices: list[Lattice] = Field(default_factory=list, max_length=MOST_LATTICES, description="The best one first")
    strategies: list[Strategy] = Field(
        default_factory=list, max_length=MOST_STRATEGIES, description="The recommended one first"
    )

    @model_validator(mode="after")
    def _no_strategy_without_success(self) -> Self:
        if self.strategies and not self.strategySuccess:
            raise ValueError("has strategies, but strategySuccess is false")
        return self


class Screening(Incoming):
    """A characterisation of a crystal by one program: stored as a whole or not at all."""

    dataCollectionId: RowKey | None = Field(None, description="The collection whose images were looked at")
    dataCollectionGroupId: RowKey | None = Field(None, description="Or the group of collections")
    autoProcProgramId: RowKey | None = Field(None, description="The run of the program, if it was announced")
    programVersion: Word = Field(None, description="Name and version of the program")
    shortComments: Annotated[Annotated[str, Field(max_length=20)] | None, BlankIsNone] = Field(
        None, description="Remark in two or three words"
    )
    comments: Remark = Field(None, description="Remarks")
    input: Input | None = Field(None, description="What the program was given")
    output: Output = Field(description="What it found out")
    attachments: list[Attachment] = Field(
        default_factory=list, max_length=MOST_FILES, description="Its files; they are listed with its run"
    )

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if self.dataCollectionId is None and self.dataCollectionGroupId is None:
            raise ValueError("names neither dataCollectionId nor dataCollectionGroupId")
        return self


class StrategyKeys(BaseModel):
    """Keys of one strategy: collections that follow it name the sub-wedge they were made from."""

    screeningStrategyId: int = Field(description="Key")
    screeningStrategyWedgeIds: list[int] = Field(description="Keys of its wedges, in their order")
    screeningStrategySubWedgeIds: list[list[int]] = Field(description="Keys of the parts of each wedge")


class ScreeningStored(BaseModel):
    """A characterisation, written."""

    screeningId: int = Field(description="Key")
    dataCollectionId: int | None = Field(description="Its collection; null for one of a group")
    dataCollectionGroupId: int = Field(description="The group of collections")
    screeningOutputId: int = Field(description="Key of what it found out")
    autoProcProgramId: int | None = Field(description="The run that its files are listed with")
    strategies: list[StrategyKeys] = Field(description="Keys of the strategies, as they were sent")
    metadata: Kept = Field(alias="_metadata", description="About the write")


class LatticeOut(LatticeFields):
    """A lattice that indexing found."""

    screeningOutputLatticeId: int = Field(description="Key")


class SubWedgeOut(SubWedgeFields):
    """A part of a wedge."""

    screeningStrategySubWedgeId: int = Field(description="Key")


class WedgeOut(WedgeFields):
    """A wedge of a strategy."""

    screeningStrategyWedgeId: int = Field(description="Key")
    ScreeningStrategySubWedge: list[SubWedgeOut] = Field(description="Its parts, in the order of measuring")


class StrategyOut(StrategyFields):
    """A strategy."""

    screeningStrategyId: int = Field(description="Key")
    ScreeningStrategyWedge: list[WedgeOut] = Field(description="Its wedges, in the order of measuring")


class OutputOut(OutputFields):
    """What a characterisation found out."""

    screeningOutputId: int = Field(description="Key")
    ScreeningOutputLattice: list[LatticeOut] = Field(description="Lattices, the best one first")
    ScreeningStrategy: list[StrategyOut] = Field(description="Strategies, the recommended one first")


class InputOut(InputFields):
    """What a characterisation was given."""

    screeningInputId: int = Field(description="Key")


class ScreeningMetadata(BaseModel):
    """How a characterisation went, in a word."""

    state: Literal["strategy", "indexed", "failed"] = Field(
        description="There is a strategy; only a lattice; or not even that"
    )


class ScreeningOut(BaseModel):
    """A characterisation of a crystal by one program."""

    screeningId: int = Field(description="Key")
    dataCollectionId: int | None = Field(description="The collection whose images were looked at")
    dataCollectionGroupId: int | None = Field(description="The group of collections")
    sessionId: int = Field(description="The session")
    blSampleId: int | None = Field(description="The sample")
    sample: str | None = Field(description="Name of the sample")
    autoProcProgramId: int | None = Field(description="The run of the program, where this database tells")
    programVersion: str | None = Field(description="Name and version of the program")
    shortComments: str | None = Field(description="Remark in two or three words")
    comments: str | None = Field(description="Remarks")
    bltimeStamp: datetime | None = Field(description="When it was written")
    ScreeningInput: list[InputOut] = Field(description="What the program was given")
    ScreeningOutput: list[OutputOut] = Field(description="What it found out")
    metadata: ScreeningMetadata = Field(alias="_metadata", description="In short")
