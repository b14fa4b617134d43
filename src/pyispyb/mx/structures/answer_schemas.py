"""What readers get of structures."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ...processing.answer_schemas import Cell, ProgramHead
from .contents import Content
from .schemas import Kind, StructureNumbers


class StructureNumbersOut(StructureNumbers):
    """How good a structure is, and what it is made of; null where nobody said."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    method: str | None = Field(description="Where the phases come from, of phasing")  # type: ignore[assignment]


class StructureOut(StructureNumbersOut, ProgramHead):
    """A run that made a structure, or tried to."""

    structureId: str = Field(description="Key")
    autoProcProgramId: int | None = Field(description="Key of the run; null where another program keeps no run")  # type: ignore[assignment]
    autoProcScalingId: int = Field(description="The merged data it started from")
    dataProgramId: int = Field(description="The run that merged the data")
    dataPipeline: str = Field(description="Name of the pipeline that merged the data")
    kind: Kind = Field(description="What was done")
    dataCollectionIds: list[int] = Field(description="The collections whose data were merged")
    dataCollectionGroupIds: list[int] = Field(description="Their groups")
    blSampleId: int | None = Field(description="The sample; null for none, or for several")
    sample: str | None = Field(description="Name of the sample")
    sessionId: int | None = Field(description="The session of the first collection")
    blobCount: int = Field(description="How many blobs there are that the model does not explain")
    rank: int | None = Field(
        description="Place among the structures of the same sample, 1 the best: by Rfree, R, then TFZ, ligand "
        "correlation or figure of merit; null without result"
    )


class Structures(BaseModel):
    """Structures of some collections."""

    results: list[StructureOut] = Field(description="By sample, the best first; runs without a result behind them")
    truncated: bool = Field(description="There are more than are told")


class PhasingShellOut(BaseModel):
    """Quality of phases in one range of resolution."""

    lowRes: float | None = Field(description="Low resolution limit [Å]")
    highRes: float | None = Field(description="High resolution limit [Å]")
    nReflections: int | None = Field(description="Reflections")
    values: dict[str, float | None] = Field(description="Numbers by what they measure")


class BlobOut(BaseModel):
    """Density that the model does not explain."""

    number: int = Field(description="Its place in the list, from 1")
    x: float | None = Field(description="Position in the frame of the model, x [Å]")
    y: float | None = Field(description="Position in the frame of the model, y [Å]")
    z: float | None = Field(description="Position in the frame of the model, z [Å]")
    height: float | None = Field(description="Height of the peak [σ of the map]")
    occupancy: float | None = Field(description="Occupancy, of a site of an anomalous scatterer")
    nearestAtomName: str | None = Field(description="Nearest atom")
    nearestAtomChainId: str | None = Field(description="Its chain")
    nearestAtomResName: str | None = Field(description="Its residue's name")
    nearestAtomResSeq: int | None = Field(description="Its residue's number")
    nearestAtomDistance: float | None = Field(description="Its distance [Å]")
    mapType: str | None = Field(description="The map that it is a peak of")
    views: list[str] = Field(description="Where pictures of it are read, below the base of this API")


class StructureFileOut(BaseModel):
    """A file of a structure."""

    file: str = Field(description="Key within the structure")
    fileName: str = Field(description="Name")
    fileType: str | None = Field(description="What the program calls it: Log, Result, Input …")
    content: Content = Field(description="What is in it, by its name")
    url: str = Field(description="Where it is read, below the base of this API; `/summary`, `/map` behind it")


class StructureDetail(StructureOut):
    """One structure in full."""

    processingCommandLine: str | None = Field(description="How it was called")
    processingEnvironment: str | None = Field(description="Where it ran")
    shells: list[PhasingShellOut] = Field(description="Quality of phases by resolution, from low to high")
    blobs: list[BlobOut] = Field(description="What the model does not explain, the highest first")
    files: list[StructureFileOut] = Field(description="Its files")


class MtzDataset(BaseModel):
    """A data set in a file of reflections."""

    project: str = Field(description="Project")
    crystal: str = Field(description="Crystal")
    name: str = Field(description="Name")
    wavelength: float | None = Field(description="Wavelength [Å]")


class MtzColumn(BaseModel):
    """A column of a file of reflections."""

    label: str = Field(description="Label, as in `FWT`")
    type: str = Field(description="Type: F amplitude, P phase [degrees], J intensity, Q standard deviation, …")
    dataset: str = Field(description="Its data set")
    present: int = Field(description="Reflections that have a value")
    minimum: float | None = Field(description="Smallest value")
    maximum: float | None = Field(description="Largest value")


class ReflectionsSummary(BaseModel):
    """A file of reflections."""

    content: Literal["reflections"] = Field(description="What it is")
    title: str = Field(description="Title")
    spaceGroup: str | None = Field(description="Space group")
    cell: Cell = Field(description="Unit cell")
    lowRes: float | None = Field(description="Low resolution limit [Å]")
    highRes: float | None = Field(description="High resolution limit [Å]")
    reflections: int = Field(description="Reflections")
    possible: int | None = Field(description="Unique reflections that there are to the high resolution limit")
    completeness: float | None = Field(description="Share of these that the file has, as a fraction")
    datasets: list[MtzDataset] = Field(description="Data sets")
    columns: list[MtzColumn] = Field(description="Columns")
    maps: list[str] = Field(description="Kinds of maps that can be had of it")
    history: list[str] = Field(description="What programs noted, the last one first")


class LigandSummary(BaseModel):
    """A ligand of a model."""

    name: str = Field(description="Name of the compound, such as `GOL`")
    number: str = Field(description="Number of the residue, with its insertion code")
    x: float | None = Field(description="Centre of its atoms, x [Å]")
    y: float | None = Field(description="Centre of its atoms, y [Å]")
    z: float | None = Field(description="Centre of its atoms, z [Å]")


class ChainSummary(BaseModel):
    """A chain of a model."""

    name: str = Field(description="Name")
    residues: int = Field(description="Residues of the polymer")
    ligands: list[LigandSummary] = Field(description="Ligands")
    waters: int = Field(description="Waters")


class ModelSummary(BaseModel):
    """A model."""

    content: Literal["model"] = Field(description="What it is")
    title: str | None = Field(description="Title")
    spaceGroup: str | None = Field(description="Space group")
    cell: Cell = Field(description="Unit cell")
    resolution: float | None = Field(description="High resolution limit, as its header says [Å]")
    rWork: float | None = Field(description="R of working reflections, as its header says, as a fraction")
    rFree: float | None = Field(description="Rfree, as its header says, as a fraction")
    atoms: int = Field(description="Atoms")
    residues: int = Field(description="Residues of polymers")
    waters: int = Field(description="Waters")
    meanB: float | None = Field(description="Mean B factor [Å²]")
    center: list[float] | None = Field(description="Centre of mass, x, y and z [Å]")
    chains: list[ChainSummary] = Field(description="Chains of the first model")


FileSummary = ReflectionsSummary | ModelSummary
