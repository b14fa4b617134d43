"""Processing: jobs, programs, their messages and files."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Binary16, Blob, EnumText, Flag, Int, LocalTime, MediumInt, ProgramStatus, Text, TinyInt, UInt
from .base import NOW, Base, column, index, key


class IspybReference(Base):
    """A paper to cite when a beamline or a program was used."""

    referenceId: Mapped[int] = key(Int)
    referenceName: Mapped[str | None] = column(Text(255))
    referenceUrl: Mapped[str | None] = column(Text(1024))
    referenceBibtext: Mapped[bytes | None] = column(Blob)
    beamline: Mapped[str | None] = column(
        EnumText("All", "ID14-4", "ID23-1", "ID23-2", "ID29", "XRF", "AllXRF", "Mesh", "ID30A-1", "ID30A-2")
    )


class ProcessingPipelineCategory(Base, only="dls"):
    """A kind of processing pipeline."""

    processingPipelineCategoryId: Mapped[int] = key(Int)
    name: Mapped[str] = column(Text(20))


class ProcessingPipeline(Base, only="dls"):
    """A processing pipeline that the facility runs."""

    processingPipelineId: Mapped[int] = key(Int)
    name: Mapped[str] = column(Text(20))
    discipline: Mapped[str] = column(Text(10))
    processingPipelineCategoryId: Mapped[int | None] = column(
        Int, "ProcessingPipelineCategory.processingPipelineCategoryId"
    )
    pipelineStatus: Mapped[str | None] = column(EnumText("automatic", "optional", "deprecated"))
    reprocessing: Mapped[bool | None] = column(Flag, default=1)


class ProcessingJob(Base, only="dls"):
    """A request to process data: which recipe, on what, automatically or not."""

    processingJobId: Mapped[int] = key(Int)
    recordTimestamp: Mapped[datetime] = column(LocalTime, default=NOW)
    dataCollectionId: Mapped[int | None] = column(Int, "DataCollection.dataCollectionId")
    displayName: Mapped[str | None] = column(Text(80))
    comments: Mapped[str | None] = column(Text(255))
    recipe: Mapped[str | None] = column(Text(50))
    automatic: Mapped[bool | None] = column(Flag)


class ProcessingJobImageSweep(Base, only="dls"):
    """Images that a processing job works on."""

    processingJobImageSweepId: Mapped[int] = key(Int)
    processingJobId: Mapped[int | None] = column(Int, "ProcessingJob.processingJobId")
    dataCollectionId: Mapped[int | None] = column(Int, "DataCollection.dataCollectionId")
    startImage: Mapped[int | None] = column(MediumInt)
    endImage: Mapped[int | None] = column(MediumInt)


class ProcessingJobParameter(Base, only="dls"):
    """One named parameter of a processing job."""

    __table_args__ = (index("parameterKey", "processingJobId"),)

    processingJobParameterId: Mapped[int] = key(Int)
    processingJobId: Mapped[int | None] = column(Int, "ProcessingJob.processingJobId")
    parameterKey: Mapped[str | None] = column(Text(80))
    parameterValue: Mapped[str | None] = column(Text(1024))


class AutoProcProgram(Base):
    """One run of a processing program: when, how it ended, in whose words.

    The dls flavour links it to its collection through a `ProcessingJob`, the collab flavour through
    `dataCollectionId`; both also through `AutoProcIntegration`.
    """

    autoProcProgramId: Mapped[int] = key(UInt)
    processingCommandLine: Mapped[str | None] = column(Text(255))
    processingPrograms: Mapped[str | None] = column(Text(255))
    processingStatus: Mapped[str | None] = column(ProgramStatus())
    processingMessage: Mapped[str | None] = column(Text(255))
    processingStartTime: Mapped[datetime | None] = column(LocalTime)
    processingEndTime: Mapped[datetime | None] = column(LocalTime)
    processingEnvironment: Mapped[str | None] = column(Text(255))
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)
    processingJobId: Mapped[int | None] = column(Int, "ProcessingJob.processingJobId", only="dls")
    processingPipelineId: Mapped[int | None] = column(Int, only="dls")
    parentAutoProcProgramId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId", only="dls")
    jobUuid: Mapped[bytes | None] = column(Binary16, only="dls")
    dataCollectionId: Mapped[int | None] = column(
        Int, "DataCollection.dataCollectionId", ondelete="CASCADE", only="collab"
    )


class AutoProcProgramAttachment(Base):
    """A file that a processing program wrote or read."""

    autoProcProgramAttachmentId: Mapped[int] = key(UInt)
    autoProcProgramId: Mapped[int] = column(UInt, "AutoProcProgram.autoProcProgramId", ondelete="CASCADE")
    fileType: Mapped[str | None] = column(EnumText("Log", "Result", "Graph", "Debug", "Input"))
    fileName: Mapped[str | None] = column(Text(255))
    filePath: Mapped[str | None] = column(Text(255))
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)
    importanceRank: Mapped[int | None] = column(TinyInt, only="dls")
    deleted: Mapped[bool | None] = column(Flag, default=0, only="dls")


class AutoProcProgramMessage(Base, only="dls"):
    """Something a processing program has to tell."""

    autoProcProgramMessageId: Mapped[int] = key(UInt)
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    severity: Mapped[str] = column(EnumText("ERROR", "WARNING", "INFO"))
    autoProcProgramId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId")
    message: Mapped[str | None] = column(Text(200))
    description: Mapped[str | None] = column(Text())


class zc_ZocaloBuffer(Base, only="dls"):
    """What one run of a program already wrote, so that its messages can refer to it."""

    AutoProcProgramID: Mapped[int] = key(UInt, "AutoProcProgram.autoProcProgramId", ondelete="CASCADE")
    UUID: Mapped[int] = key(UInt)
    Reference: Mapped[int | None] = column(UInt)


class IspybAutoProcAttachment(Base, only="collab"):
    """What a processing file of a known name is."""

    autoProcAttachmentId: Mapped[int] = key(Int)
    fileName: Mapped[str] = column(Text(255))
    description: Mapped[str] = column(Text(255))
    step: Mapped[str | None] = column(
        EnumText("XDS", "XSCALE", "SCALA", "SCALEPACK", "TRUNCATE", "DIMPLE"), default="XDS"
    )
    fileCategory: Mapped[str | None] = column(EnumText("input", "output", "log", "correction"), default="output")
    hasGraph: Mapped[bool] = column(Flag, default=0)
