"""Workflows: experiments of several steps that decide how to go on."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Double, EnumText, Int, LocalTime, Text, UInt
from .base import NOW, Base, column, index, key


class Workflow(Base, only="collab"):
    """One run of a workflow."""

    workflowId: Mapped[int] = key(UInt)
    workflowTitle: Mapped[str | None] = column(Text(255))
    workflowType: Mapped[str | None] = column(
        EnumText(
            "Characterisation",
            "Undefined",
            "BioSAXS Post Processing",
            "EnhancedCharacterisation",
            "LineScan",
            "MeshScan",
            "Dehydration",
            "KappaReorientation",
            "BurnStrategy",
            "XrayCentering",
            "DiffractionTomography",
            "TroubleShooting",
            "VisualReorientation",
            "HelicalCharacterisation",
            "GroupedProcessing",
            "MXPressE",
            "MXPressO",
            "MXPressL",
            "MXScore",
            "MXPressI",
            "MXPressM",
            "MXPressA",
            "CollectAndSpectra",
            "LowDoseDC",
            "EnergyInterleavedMAD",
            "MXPressF",
            "MXPressH",
            "MXPressP",
            "MXPressP_SAD",
            "MXPressR",
            "MXPressR_180",
            "MXPressR_dehydration",
            "MeshAndCollect",
            "MeshAndCollectFromFile",
        )
    )
    workflowTypeId: Mapped[int | None] = column(Int)
    comments: Mapped[str | None] = column(Text(1024))
    status: Mapped[str | None] = column(Text(255))
    resultFilePath: Mapped[str | None] = column(Text(255))
    logFilePath: Mapped[str | None] = column(Text(255))
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)


class WorkflowType(Base, only="collab"):
    """A kind of workflow."""

    workflowTypeId: Mapped[int] = key(Int)
    workflowTypeName: Mapped[str | None] = column(Text(45))
    comments: Mapped[str | None] = column(Text(2048))
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)


class WorkflowStep(Base, only="collab"):
    """One step of a workflow, its pictures and pages."""

    workflowStepId: Mapped[int] = key(Int)
    workflowId: Mapped[int] = column(UInt, "Workflow.workflowId", ondelete="CASCADE")
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


class WorkflowMesh(Base, only="collab"):
    """A grid scan within a workflow, and where it found the best diffraction."""

    __table_args__ = (index("bestPositionId"),)

    workflowMeshId: Mapped[int] = key(UInt)
    workflowId: Mapped[int] = column(UInt, "Workflow.workflowId", ondelete="CASCADE")
    bestPositionId: Mapped[int | None] = column(UInt)
    bestImageId: Mapped[int | None] = column(Int, "Image.imageId", ondelete="CASCADE")
    value1: Mapped[float | None] = column(Double)
    value2: Mapped[float | None] = column(Double)
    value3: Mapped[float | None] = column(Double)
    value4: Mapped[float | None] = column(Double)
    cartographyPath: Mapped[str | None] = column(Text(255))
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)


class WorkflowDehydration(Base, only="collab"):
    """A dehydration experiment within a workflow."""

    workflowDehydrationId: Mapped[int] = key(UInt)
    workflowId: Mapped[int] = column(UInt, "Workflow.workflowId", ondelete="CASCADE")
    dataFilePath: Mapped[str | None] = column(Text(255))
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)


class InputParameterWorkflow(Base, only="collab"):
    """One named parameter of a workflow."""

    inputParameterId: Mapped[int] = key(Int)
    workflowId: Mapped[int] = column(Int)
    parameterType: Mapped[str | None] = column(Text(255))
    name: Mapped[str | None] = column(Text(255))
    value: Mapped[str | None] = column(Text(255))
    comments: Mapped[str | None] = column(Text(2048))
