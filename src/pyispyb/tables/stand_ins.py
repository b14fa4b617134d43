"""Tables of ours that stand in for those of ISPyB which one of its flavours lacks.

dls has no workflows, collab no X-ray centring and no processing jobs. A database that has ISPyB's own table never uses
the stand-in. Their columns are those of `workflow.py`, `grids.py` and `processing.py`; unlike other times of ours,
`recordTimeStamp` is facility-local.
"""

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Flag, Float, Int, LocalTime, MediumInt, Text, UInt
from .base import Base, column, index, key


class OwnWorkflow(Base, table="pyispyb_workflow"):
    """One run of a workflow, where there is no table Workflow."""

    workflowId: Mapped[int] = key(UInt)
    workflowTitle: Mapped[str | None] = column(Text(255))
    workflowType: Mapped[str | None] = column(Text(45))
    comments: Mapped[str | None] = column(Text(1024))
    status: Mapped[str | None] = column(Text(255))
    resultFilePath: Mapped[str | None] = column(Text(255))
    logFilePath: Mapped[str | None] = column(Text(255))
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)


class OwnWorkflowStep(Base, table="pyispyb_workflow_step"):
    """One step of a workflow, where there is no table WorkflowStep. Sizes in mm, as text."""

    __table_args__ = (index("workflowId"),)

    workflowStepId: Mapped[int] = key(UInt)
    workflowId: Mapped[int] = column(UInt)
    workflowStepType: Mapped[str | None] = column(Text(45))
    status: Mapped[str | None] = column(Text(45))
    folderPath: Mapped[str | None] = column(Text(1024))
    imageResultFilePath: Mapped[str | None] = column(Text(1024))
    htmlResultFilePath: Mapped[str | None] = column(Text(1024))
    resultFilePath: Mapped[str | None] = column(Text(1024))
    comments: Mapped[str | None] = column(Text(2048))
    crystalSizeX: Mapped[str | None] = column(Text(45), unit="mm")
    crystalSizeY: Mapped[str | None] = column(Text(45), unit="mm")
    crystalSizeZ: Mapped[str | None] = column(Text(45), unit="mm")
    maxDozorScore: Mapped[str | None] = column(Text(45))
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)


class OwnGroupWorkflow(Base, table="pyispyb_group_workflow"):
    """The workflow that a group of collections was measured in, where the group has no column for it."""

    __table_args__ = (index("workflowId"),)

    dataCollectionGroupId: Mapped[int] = key(UInt)
    workflowId: Mapped[int] = column(UInt)


class OwnXrayCentring(Base, table="pyispyb_xray_centring"):
    """One attempt to find the crystal with X-rays, where there is no table XrayCentring."""

    __table_args__ = (index("dataCollectionGroupId"),)

    xrayCentringId: Mapped[int] = key(UInt)
    dataCollectionGroupId: Mapped[int] = column(UInt)
    status: Mapped[str | None] = column(Text(10))
    xrayCentringType: Mapped[str | None] = column(Text(2))


class OwnXrayCentringResult(Base, table="pyispyb_xray_centring_result"):
    """One crystal found by X-ray centring, in grid boxes, where there is no table XrayCentringResult."""

    __table_args__ = (index("xrayCentringId"),)

    xrayCentringResultId: Mapped[int] = key(UInt)
    xrayCentringId: Mapped[int] = column(UInt)
    centreOfMassX: Mapped[float | None] = column(Float, unit="boxes")
    centreOfMassY: Mapped[float | None] = column(Float, unit="boxes")
    centreOfMassZ: Mapped[float | None] = column(Float, unit="boxes")
    maxVoxelX: Mapped[int | None] = column(Int, unit="boxes")
    maxVoxelY: Mapped[int | None] = column(Int, unit="boxes")
    maxVoxelZ: Mapped[int | None] = column(Int, unit="boxes")
    numberOfVoxels: Mapped[int | None] = column(Int)
    totalCount: Mapped[float | None] = column(Float)
    boundingBoxMinX: Mapped[float | None] = column(Float, unit="boxes")
    boundingBoxMaxX: Mapped[float | None] = column(Float, unit="boxes")
    boundingBoxMinY: Mapped[float | None] = column(Float, unit="boxes")
    boundingBoxMaxY: Mapped[float | None] = column(Float, unit="boxes")
    boundingBoxMinZ: Mapped[float | None] = column(Float, unit="boxes")
    boundingBoxMaxZ: Mapped[float | None] = column(Float, unit="boxes")
    status: Mapped[str | None] = column(Text(10))
    gridInfoId: Mapped[int | None] = column(Int)
    blSampleId: Mapped[int | None] = column(UInt)


class OwnProcessingJob(Base, table="pyispyb_processing_job"):
    """A request to process data, where there is no table ProcessingJob."""

    __table_args__ = (index("dataCollectionId"),)

    processingJobId: Mapped[int] = key(UInt)
    recordTimestamp: Mapped[datetime] = column(LocalTime)
    dataCollectionId: Mapped[int | None] = column(UInt)
    displayName: Mapped[str | None] = column(Text(80))
    comments: Mapped[str | None] = column(Text(255))
    recipe: Mapped[str | None] = column(Text(50))
    automatic: Mapped[bool | None] = column(Flag)


class OwnProcessingJobImageSweep(Base, table="pyispyb_processing_job_image_sweep"):
    """Images that a job works on, where there is no table ProcessingJobImageSweep."""

    __table_args__ = (index("processingJobId"), index("dataCollectionId"))

    processingJobImageSweepId: Mapped[int] = key(UInt)
    processingJobId: Mapped[int] = column(UInt)
    dataCollectionId: Mapped[int | None] = column(UInt)
    startImage: Mapped[int | None] = column(MediumInt)
    endImage: Mapped[int | None] = column(MediumInt)


class OwnProcessingJobParameter(Base, table="pyispyb_processing_job_parameter"):
    """One named parameter of a job, where there is no table ProcessingJobParameter."""

    __table_args__ = (index("processingJobId"),)

    processingJobParameterId: Mapped[int] = key(UInt)
    processingJobId: Mapped[int] = column(UInt)
    parameterKey: Mapped[str | None] = column(Text(80))
    parameterValue: Mapped[str | None] = column(Text(1024))


class OwnProcessingJobRun(Base, table="pyispyb_processing_job_run"):
    """The job that a run was made for, where AutoProcProgram has no column for it."""

    __table_args__ = (index("processingJobId"),)

    autoProcProgramId: Mapped[int] = key(UInt)
    processingJobId: Mapped[int] = column(UInt)
