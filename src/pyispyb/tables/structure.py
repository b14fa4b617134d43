"""From merged data to a structure: phasing, molecular replacement, entries in the PDB."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Double, EnumText, Flag, Float, Int, LocalTime, MediumInt, SmallInt, Text, UInt
from .base import NOW, Base, column, index, key


class PhasingAnalysis(Base):
    """A set of steps towards phases."""

    phasingAnalysisId: Mapped[int] = key(Int)
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)


class PhasingProgramRun(Base):
    """One run of a phasing program."""

    phasingProgramRunId: Mapped[int] = key(Int)
    phasingCommandLine: Mapped[str | None] = column(Text(255))
    phasingPrograms: Mapped[str | None] = column(Text(255))
    phasingStatus: Mapped[bool | None] = column(Flag)
    phasingMessage: Mapped[str | None] = column(Text(255))
    phasingStartTime: Mapped[datetime | None] = column(LocalTime)
    phasingEndTime: Mapped[datetime | None] = column(LocalTime)
    phasingEnvironment: Mapped[str | None] = column(Text(255))
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime, default=NOW)
    phasingDirectory: Mapped[str | None] = column(Text(255), only="collab")


class PhasingProgramAttachment(Base):
    """A file that a phasing program wrote or read."""

    phasingProgramAttachmentId: Mapped[int] = key(Int)
    phasingProgramRunId: Mapped[int] = column(Int, "PhasingProgramRun.phasingProgramRunId", ondelete="CASCADE")
    fileType: Mapped[str | None] = column(
        EnumText(
            "Map",
            "Logfile",
            "PDB",
            "CSV",
            "INS",
            "RES",
            "TXT",
            "DSIGMA_RESOLUTION",
            "OCCUPANCY_SITENUMBER",
            "CONTRAST_CYCLE",
            "CCALL_CCWEAK",
            "IMAGE",
        )
    )
    fileName: Mapped[str | None] = column(Text(45))
    filePath: Mapped[str | None] = column(Text(255))
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)
    input: Mapped[bool | None] = column(Flag, only="collab")


class PhasingStep(Base):
    """One step towards phases, and the step it follows."""

    __table_args__ = (index("phasingAnalysisId"),)

    phasingStepId: Mapped[int] = key(UInt)
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    previousPhasingStepId: Mapped[int | None] = column(UInt)
    programRunId: Mapped[int | None] = column(Int, "PhasingProgramRun.phasingProgramRunId")
    spaceGroupId: Mapped[int | None] = column(UInt, "SpaceGroup.spaceGroupId")
    autoProcScalingId: Mapped[int | None] = column(UInt, "AutoProcScaling.autoProcScalingId")
    phasingAnalysisId: Mapped[int | None] = column(UInt)
    phasingStepType: Mapped[str | None] = column(
        EnumText("PREPARE", "SUBSTRUCTUREDETERMINATION", "PHASING", "MODELBUILDING", "REFINEMENT", "LIGAND_FIT")
    )
    method: Mapped[str | None] = column(Text(45))
    solventContent: Mapped[str | None] = column(Text(45))
    enantiomorph: Mapped[str | None] = column(Text(45))
    lowRes: Mapped[str | None] = column(Text(45), unit="Å")
    highRes: Mapped[str | None] = column(Text(45), unit="Å")
    groupName: Mapped[str | None] = column(Text(45), only="collab")


class PreparePhasingData(Base):
    """Data made ready for phasing."""

    preparePhasingDataId: Mapped[int] = key(Int)
    phasingAnalysisId: Mapped[int] = column(Int, "PhasingAnalysis.phasingAnalysisId", ondelete="CASCADE")
    phasingProgramRunId: Mapped[int] = column(Int, "PhasingProgramRun.phasingProgramRunId", ondelete="CASCADE")
    spaceGroupId: Mapped[int | None] = column(UInt, "SpaceGroup.spaceGroupId", ondelete="CASCADE")
    lowRes: Mapped[float | None] = column(Double, unit="Å")
    highRes: Mapped[float | None] = column(Double, unit="Å")
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)


class SubstructureDetermination(Base):
    """The search for the anomalous scatterers."""

    substructureDeterminationId: Mapped[int] = key(Int)
    phasingAnalysisId: Mapped[int] = column(Int, "PhasingAnalysis.phasingAnalysisId", ondelete="CASCADE")
    phasingProgramRunId: Mapped[int] = column(Int, "PhasingProgramRun.phasingProgramRunId", ondelete="CASCADE")
    spaceGroupId: Mapped[int | None] = column(UInt, "SpaceGroup.spaceGroupId", ondelete="CASCADE")
    method: Mapped[str | None] = column(EnumText("SAD", "MAD", "SIR", "SIRAS", "MR", "MIR", "MIRAS", "RIP", "RIPAS"))
    lowRes: Mapped[float | None] = column(Double, unit="Å")
    highRes: Mapped[float | None] = column(Double, unit="Å")
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)


class Phasing(Base):
    """Phases found in one space group."""

    phasingId: Mapped[int] = key(Int)
    phasingAnalysisId: Mapped[int] = column(Int, "PhasingAnalysis.phasingAnalysisId", ondelete="CASCADE")
    phasingProgramRunId: Mapped[int] = column(Int, "PhasingProgramRun.phasingProgramRunId", ondelete="CASCADE")
    spaceGroupId: Mapped[int | None] = column(UInt, "SpaceGroup.spaceGroupId", ondelete="CASCADE")
    method: Mapped[str | None] = column(EnumText("solvent flattening", "solvent flipping", "e", "SAD", "shelxe"))
    solventContent: Mapped[float | None] = column(Double)
    enantiomorph: Mapped[bool | None] = column(Flag)
    lowRes: Mapped[float | None] = column(Double, unit="Å")
    highRes: Mapped[float | None] = column(Double, unit="Å")
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime, default=NOW)


class ModelBuilding(Base):
    """A model built into phases."""

    modelBuildingId: Mapped[int] = key(Int)
    phasingAnalysisId: Mapped[int] = column(Int, "PhasingAnalysis.phasingAnalysisId", ondelete="CASCADE")
    phasingProgramRunId: Mapped[int] = column(Int, "PhasingProgramRun.phasingProgramRunId", ondelete="CASCADE")
    spaceGroupId: Mapped[int | None] = column(UInt, "SpaceGroup.spaceGroupId", ondelete="CASCADE")
    lowRes: Mapped[float | None] = column(Double, unit="Å")
    highRes: Mapped[float | None] = column(Double, unit="Å")
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)


class Phasing_has_Scaling(Base):
    """Which scaled data were phased."""

    phasingHasScalingId: Mapped[int] = key(Int)
    phasingAnalysisId: Mapped[int] = column(Int, "PhasingAnalysis.phasingAnalysisId", ondelete="CASCADE")
    autoProcScalingId: Mapped[int] = column(UInt, "AutoProcScaling.autoProcScalingId", ondelete="CASCADE")
    datasetNumber: Mapped[int | None] = column(Int)
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime, default=NOW)


class PhasingStatistics(Base):
    """Quality of phases in one range of resolution."""

    phasingStatisticsId: Mapped[int] = key(Int)
    phasingHasScalingId1: Mapped[int | None] = column(
        Int, "Phasing_has_Scaling.phasingHasScalingId", ondelete="CASCADE"
    )
    phasingHasScalingId2: Mapped[int | None] = column(
        Int, "Phasing_has_Scaling.phasingHasScalingId", ondelete="CASCADE"
    )
    phasingStepId: Mapped[int | None] = column(UInt, "PhasingStep.phasingStepId")
    numberOfBins: Mapped[int | None] = column(Int)
    binNumber: Mapped[int | None] = column(Int)
    lowRes: Mapped[float | None] = column(Double, unit="Å")
    highRes: Mapped[float | None] = column(Double, unit="Å")
    metric: Mapped[str | None] = column(
        EnumText(
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
        )
    )
    statisticsValue: Mapped[float | None] = column(Double)
    nReflections: Mapped[int | None] = column(Int)
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime, default=NOW)


class MXMRRun(Base):
    """A molecular replacement or difference map calculation. R values are fractions.

    The dls flavour hangs it on a program, the collab flavour keeps its files, times and state here.
    """

    mxMRRunId: Mapped[int] = key(Int)
    autoProcScalingId: Mapped[int] = column(UInt, "AutoProcScaling.autoProcScalingId")
    rValueStart: Mapped[float | None] = column(Float)
    rValueEnd: Mapped[float | None] = column(Float)
    rFreeValueStart: Mapped[float | None] = column(Float)
    rFreeValueEnd: Mapped[float | None] = column(Float)
    LLG: Mapped[float | None] = column(Float, only="dls")
    TFZ: Mapped[float | None] = column(Float, only="dls")
    spaceGroup: Mapped[str | None] = column(Text(45), only="dls")
    autoProcProgramId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId", only="dls")
    success: Mapped[bool | None] = column(Flag, default=0, only="collab")
    message: Mapped[str | None] = column(Text(255), only="collab")
    pipeline: Mapped[str | None] = column(Text(50), only="collab")
    inputCoordFile: Mapped[str | None] = column(Text(255), only="collab")
    outputCoordFile: Mapped[str | None] = column(Text(255), only="collab")
    inputMTZFile: Mapped[str | None] = column(Text(255), only="collab")
    outputMTZFile: Mapped[str | None] = column(Text(255), only="collab")
    runDirectory: Mapped[str | None] = column(Text(255), only="collab")
    logFile: Mapped[str | None] = column(Text(255), only="collab")
    commandLine: Mapped[str | None] = column(Text(255), only="collab")
    starttime: Mapped[datetime | None] = column(LocalTime, only="collab")
    endtime: Mapped[datetime | None] = column(LocalTime, only="collab")


class MXMRRunBlob(Base):
    """Density that a model does not explain, such as a ligand's."""

    mxMRRunBlobId: Mapped[int] = key(Int)
    mxMRRunId: Mapped[int] = column(Int, "MXMRRun.mxMRRunId")
    view1: Mapped[str | None] = column(Text(255))
    view2: Mapped[str | None] = column(Text(255))
    view3: Mapped[str | None] = column(Text(255))
    filePath: Mapped[str | None] = column(Text(255), only="dls")
    x: Mapped[float | None] = column(Float, only="dls", unit="Å")
    y: Mapped[float | None] = column(Float, only="dls", unit="Å")
    z: Mapped[float | None] = column(Float, only="dls", unit="Å")
    height: Mapped[float | None] = column(Float, only="dls")
    occupancy: Mapped[float | None] = column(Float, only="dls")
    nearestAtomName: Mapped[str | None] = column(Text(4), only="dls")
    nearestAtomChainId: Mapped[str | None] = column(Text(2), only="dls")
    nearestAtomResName: Mapped[str | None] = column(Text(4), only="dls")
    nearestAtomResSeq: Mapped[int | None] = column(MediumInt, only="dls")
    nearestAtomDistance: Mapped[float | None] = column(Float, only="dls", unit="Å")
    mapType: Mapped[str | None] = column(EnumText("anomalous", "difference"), only="dls")


class PDBEntry(Base):
    """A published entry whose data may have come from this facility."""

    pdbEntryId: Mapped[int] = key(Int)
    autoProcProgramId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId", ondelete="CASCADE")
    code: Mapped[str | None] = column(Text(4))
    cell_a: Mapped[float | None] = column(Float, unit="Å")
    cell_b: Mapped[float | None] = column(Float, unit="Å")
    cell_c: Mapped[float | None] = column(Float, unit="Å")
    cell_alpha: Mapped[float | None] = column(Float, unit="°")
    cell_beta: Mapped[float | None] = column(Float, unit="°")
    cell_gamma: Mapped[float | None] = column(Float, unit="°")
    resolution: Mapped[float | None] = column(Float, unit="Å")
    pdbTitle: Mapped[str | None] = column(Text(255))
    pdbAuthors: Mapped[str | None] = column(Text(600))
    pdbDate: Mapped[datetime | None] = column(LocalTime)
    pdbBeamlineName: Mapped[str | None] = column(Text(50))
    beamlines: Mapped[str | None] = column(Text(100))
    distance: Mapped[float | None] = column(Float)
    autoProcCount: Mapped[int | None] = column(SmallInt)
    dataCollectionCount: Mapped[int | None] = column(SmallInt)
    beamlineMatch: Mapped[bool | None] = column(Flag)
    authorMatch: Mapped[bool | None] = column(Flag)


class PDBEntry_has_AutoProcProgram(Base):
    """How near a published unit cell is to a processed one."""

    pdbEntryHasAutoProcId: Mapped[int] = key(Int)
    pdbEntryId: Mapped[int] = column(Int, "PDBEntry.pdbEntryId", ondelete="CASCADE")
    autoProcProgramId: Mapped[int] = column(UInt, "AutoProcProgram.autoProcProgramId", ondelete="CASCADE")
    distance: Mapped[float | None] = column(Float)
