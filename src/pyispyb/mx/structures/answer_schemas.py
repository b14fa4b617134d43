"""What readers get of structures."""

from pydantic import BaseModel, ConfigDict, Field

from ...answers import Told
from ...files.contents import Content
from ...processing.answer_schemas import ProgramHead
from .schemas import Kind, StructureNumbers


class StructureNumbersOut(Told, StructureNumbers):
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
