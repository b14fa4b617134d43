"""What programs that solve, build and refine structures send, and what they get.

The words are ISPyB's own column names where it has one. R values, correlations and contents are fractions.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from ...incoming import BlankOrNumber, Incoming, Number, PlainFirst
from ...keys import RowKey
from ...processing.schemas import MOST_FILES, Attachment, Count, Kept, Message, Program, ProgramState

Kind = Literal["phasing", "molecular replacement", "ligand fit", "model building", "refinement"]
PHASING: frozenset[Kind] = frozenset({"phasing", "model building"})
"""Kinds that ISPyB keeps as steps towards phases; the others as a run on a model that was there."""

PhasingMethod = Literal["SAD", "MAD", "SIR", "SIRAS", "MIR", "MIRAS", "RIP", "RIPAS", "MR-SAD"]
Metric = Literal[
    "Rcullis",
    "Average Fragment Length",
    "Chain Count",
    "Residues Count",
    "CC",
    "PhasingPower",
    "FOM",
    '<d"/sig>',
    "Best CC",
    "CC(1/2)",
    "Weak CC",
    "CFOM",
    "Pseudo_free_CC",
    "CC of partial model",
    "Start R-work",
    "Start R-free",
    "Final R-work",
    "Final R-free",
]
MapType = Literal["difference", "anomalous"]
ViewFile = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^/\\\x00]+$")]
RValue = Annotated[
    Annotated[float, Field(ge=0, le=1)] | None,
    BlankOrNumber,
    PlainFirst("Input should be an R value as a fraction, from 0 to 1: 21.3 % are 0.213"),
]

MOST_BLOBS, MOST_SHELLS = 100, 100
LONGEST_CHAIN = 4
"""Characters that mmCIF has for the name of a chain."""


class StructureNumbers(BaseModel):
    """How good a structure is, and what it is made of."""

    method: PhasingMethod | None = Field(None, description="Where the phases come from, of phasing")
    spaceGroup: str | None = Field(None, max_length=45, description="Space group, as in `P 43 21 2`")
    lowRes: Number = Field(None, gt=0, description="Low resolution limit [Å]")
    highRes: Number = Field(None, gt=0, description="High resolution limit [Å]")
    solventContent: Number = Field(None, ge=0, le=1, description="Solvent content, as a fraction")
    enantiomorph: bool | None = Field(None, description="The other hand of the substructure was the right one")
    rValueStart: RValue = Field(None, description="R of working reflections before, as a fraction")
    rValueEnd: RValue = Field(None, description="R of working reflections in the end, as a fraction")
    rFreeValueStart: RValue = Field(None, description="Rfree before, as a fraction")
    rFreeValueEnd: RValue = Field(None, description="Rfree in the end, as a fraction")
    LLG: Number = Field(None, description="Log-likelihood gain of molecular replacement")
    TFZ: Number = Field(None, description="Z-score of the translation function")
    rmsBonds: Number = Field(None, ge=0, description="RMS deviation of bond lengths from ideal ones [Å]")
    rmsAngles: Number = Field(None, ge=0, description="RMS deviation of bond angles from ideal ones [degrees]")
    meanB: Number = Field(None, description="Mean B factor of all atoms [Å²]")
    numberOfAtoms: Count = Field(None, description="Atoms of the model, hydrogens aside")
    numberOfResidues: Count = Field(None, description="Residues that were built")
    numberOfSites: Count = Field(None, description="Sites of anomalous scatterers that were found")
    ligandCode: str | None = Field(None, max_length=5, description="Code of the ligand that was fitted, as in the PDB")
    ligandCC: Number = Field(None, ge=-1, le=1, description="Correlation of the ligand with density, as a fraction")
    FOM: Number = Field(None, ge=0, le=1, description="Mean figure of merit of the phases")
    mapCC: Number = Field(None, ge=-1, le=1, description="Correlation of the map with the model, as a fraction")


NUMBERS = tuple(StructureNumbers.model_fields)


class PhasingShell(Incoming):
    """Quality of phases in one range of resolution."""

    lowRes: Number = Field(None, gt=0, description="Low resolution limit [Å]")
    highRes: Number = Field(None, gt=0, description="High resolution limit [Å]")
    nReflections: Count = Field(None, lt=2**31, description="Reflections")
    values: dict[Metric, float] = Field(min_length=1, description="Numbers by what they measure")


class Blob(Incoming):
    """Density that the model does not explain."""

    x: float = Field(description="Position in the frame of the model, x [Å]")
    y: float = Field(description="Position in the frame of the model, y [Å]")
    z: float = Field(description="Position in the frame of the model, z [Å]")
    height: float | None = Field(None, description="Height of the peak [σ of the map]")
    occupancy: float | None = Field(None, description="Occupancy, of a site of an anomalous scatterer")
    nearestAtomName: str | None = Field(None, max_length=4, description="Nearest atom, as in `CA`")
    nearestAtomChainId: str | None = Field(None, max_length=LONGEST_CHAIN, description="Its chain")
    nearestAtomResName: str | None = Field(None, max_length=4, description="Its residue's name")
    nearestAtomResSeq: int | None = Field(None, ge=-32768, le=2**23 - 1, description="Its residue's number")
    nearestAtomDistance: float | None = Field(None, ge=0, description="Its distance [Å]")
    mapType: MapType | None = Field(None, description="The map that it is a peak of")
    filePath: str | None = Field(None, max_length=255, description="Folder of the pictures")
    views: list[ViewFile] = Field(
        default_factory=list, max_length=3, description="File names of pictures from up to three sides"
    )

    @model_validator(mode="after")
    def _folder_named(self) -> Self:
        if self.views and not self.filePath:
            raise ValueError("filePath names the folder of the views")
        return self


class Structure(Incoming, StructureNumbers):
    """What one run of a program made of merged data: stored as a whole or not at all."""

    autoProcScalingId: RowKey = Field(description="The merged data that it started from")
    autoProcProgramId: RowKey | None = Field(None, description="The run, if it was announced; else it is made")
    kind: Kind = Field(description="What was done")
    program: Program = Field(description="The run; its state says whether it is announced, done or failed")
    shells: list[PhasingShell] = Field(
        default_factory=list, max_length=MOST_SHELLS, description="Quality of phases by resolution, from low to high"
    )
    blobs: list[Blob] = Field(
        default_factory=list, max_length=MOST_BLOBS, description="What the model does not explain, the highest first"
    )
    attachments: list[Attachment] = Field(
        default_factory=list, max_length=MOST_FILES, description="Model, map coefficients, maps, logs"
    )
    messages: list[Message] = Field(default_factory=list, max_length=MOST_FILES, description="What it has to tell")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.lowRes is not None and self.highRes is not None and self.lowRes < self.highRes:
            raise ValueError("lowRes is finer than highRes")
        if self.shells and self.kind not in PHASING:
            raise ValueError("shells are of phasing and model building")
        if self.program.processingStatus != "success" and (self.blobs or self.shells):
            raise ValueError("blobs and shells come with a result: say processingStatus success")
        return self


class StructureStored(BaseModel):
    """A structure, written."""

    structureId: str = Field(description="Key")
    autoProcProgramId: int = Field(description="Key of the run")
    autoProcScalingId: int = Field(description="The merged data")
    dataCollectionId: int = Field(description="The first of its collections")
    state: ProgramState = Field(description="How far it is")
    metadata: Kept = Field(alias="_metadata", description="About the write")
