"""Grid scans and X-ray centring."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Double, EnumText, Flag, Float, Int, LocalTime, Text, UInt
from .base import NOW, Base, column, key


class XrayCentring(Base, only="dls"):
    """One attempt to find the crystal with X-rays."""

    xrayCentringId: Mapped[int] = key(Int)
    dataCollectionGroupId: Mapped[int] = column(Int, "DataCollectionGroup.dataCollectionGroupId", ondelete="CASCADE")
    status: Mapped[str | None] = column(EnumText("success", "failed", "pending"))
    xrayCentringType: Mapped[str | None] = column(EnumText("2d", "3d"))


class XrayCentringResult(Base, only="dls"):
    """One crystal found by X-ray centring, in grid boxes."""

    xrayCentringResultId: Mapped[int] = key(Int)
    xrayCentringId: Mapped[int] = column(Int, "XrayCentring.xrayCentringId", ondelete="CASCADE")
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
    status: Mapped[str | None] = column(EnumText("success", "failure", "pending"))
    gridInfoId: Mapped[int | None] = column(Int)
    blSampleId: Mapped[int | None] = column(UInt, "BLSample.blSampleId", ondelete="SET NULL")


class GridImageMap(Base, only="dls"):
    """Which image belongs to which position of a grid scan."""

    gridImageMapId: Mapped[int] = key(Int)
    dataCollectionId: Mapped[int | None] = column(Int, "DataCollection.dataCollectionId")
    imageNumber: Mapped[int | None] = column(Int)
    outputFileId: Mapped[str | None] = column(Text(80))
    positionX: Mapped[float | None] = column(Float)
    positionY: Mapped[float | None] = column(Float)


class GridInfo(Base):
    """The grid of a grid scan: its boxes and its place on the snapshot of the sample.

    The dls flavour has a scale in µm per pixel, the collab flavour in pixels per µm.
    """

    gridInfoId: Mapped[int] = key(Int)
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    xOffset: Mapped[float | None] = column(Double)
    yOffset: Mapped[float | None] = column(Double)
    dx_mm: Mapped[float | None] = column(Double, unit="mm")
    dy_mm: Mapped[float | None] = column(Double, unit="mm")
    steps_x: Mapped[float | None] = column(Double, unit="boxes")
    steps_y: Mapped[float | None] = column(Double, unit="boxes")
    meshAngle: Mapped[float | None] = column(Double, unit="°")
    workflowMeshId: Mapped[int | None] = column(UInt, "WorkflowMesh.workflowMeshId")
    orientation: Mapped[str | None] = column(EnumText("vertical", "horizontal"), default="horizontal")
    dataCollectionGroupId: Mapped[int | None] = column(Int, "DataCollectionGroup.dataCollectionGroupId")
    snapshot_offsetXPixel: Mapped[float | None] = column(Float, unit="pixels")
    snapshot_offsetYPixel: Mapped[float | None] = column(Float, unit="pixels")
    snaked: Mapped[bool | None] = column(Flag, default=0, only="dls")
    dataCollectionId: Mapped[int | None] = column(
        Int, "DataCollection.dataCollectionId", ondelete="CASCADE", only="dls"
    )
    patchesX: Mapped[int | None] = column(UInt, default=1, only="dls")
    patchesY: Mapped[int | None] = column(UInt, default=1, only="dls")
    micronsPerPixelX: Mapped[float | None] = column(Float, only="dls", unit="µm/pixel")
    micronsPerPixelY: Mapped[float | None] = column(Float, only="dls", unit="µm/pixel")
    pixelspermicronX: Mapped[float | None] = column(Float, only="collab", unit="pixels/µm")
    pixelspermicronY: Mapped[float | None] = column(Float, only="collab", unit="pixels/µm")
