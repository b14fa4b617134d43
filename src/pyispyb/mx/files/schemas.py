"""What is told of a model or a file of reflections."""

from typing import Literal

from pydantic import BaseModel, Field

from ...processing.answer_schemas import Cell


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
