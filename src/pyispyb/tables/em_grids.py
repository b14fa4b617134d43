"""Electron microscopy grids and tomograms: atlas, squares, holes, milling, tilt series."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import EnumText, Flag, Float, Int, LocalTime, Text, UInt
from .base import NOW, Base, column, key


class Atlas(Base, only="dls"):
    """Overview image of a whole grid."""

    atlasId: Mapped[int] = key(Int)
    dataCollectionGroupId: Mapped[int] = column(Int, "DataCollectionGroup.dataCollectionGroupId")
    atlasImage: Mapped[str] = column(Text(255))
    pixelSize: Mapped[float] = column(Float)
    cassetteSlot: Mapped[int | None] = column(UInt)
    hasRed: Mapped[bool | None] = column(Flag, default=0)
    hasBlue: Mapped[bool | None] = column(Flag, default=0)
    hasGreen: Mapped[bool | None] = column(Flag, default=0)
    hasYellow: Mapped[bool | None] = column(Flag, default=0)
    hasCyan: Mapped[bool | None] = column(Flag, default=0)
    hasMagenta: Mapped[bool | None] = column(Flag, default=0)
    hasGrey: Mapped[bool | None] = column(Flag, default=0)
    mode: Mapped[str | None] = column(
        EnumText("Bright Field and Fluorescent", "Bright Field", "Fluorescent", "Tomography", "Single Particle")
    )


class GridSquare(Base, only="dls"):
    """One square of a grid: its place on the atlas and its own image."""

    gridSquareId: Mapped[int] = key(Int)
    atlasId: Mapped[int] = column(Int, "Atlas.atlasId")
    gridSquareLabel: Mapped[int | None] = column(Int)
    gridSquareImage: Mapped[str | None] = column(Text(255))
    pixelLocationX: Mapped[int | None] = column(Int, unit="pixels")
    pixelLocationY: Mapped[int | None] = column(Int, unit="pixels")
    height: Mapped[int | None] = column(Int, unit="pixels")
    width: Mapped[int | None] = column(Int, unit="pixels")
    angle: Mapped[float | None] = column(Float, unit="°")
    stageLocationX: Mapped[float | None] = column(Float)
    stageLocationY: Mapped[float | None] = column(Float)
    qualityIndicator: Mapped[float | None] = column(Float)
    pixelSize: Mapped[float | None] = column(Float)
    hasRed: Mapped[bool | None] = column(Flag, default=0)
    hasBlue: Mapped[bool | None] = column(Flag, default=0)
    hasGreen: Mapped[bool | None] = column(Flag, default=0)
    hasYellow: Mapped[bool | None] = column(Flag, default=0)
    hasCyan: Mapped[bool | None] = column(Flag, default=0)
    hasMagenta: Mapped[bool | None] = column(Flag, default=0)
    hasGrey: Mapped[bool | None] = column(Flag, default=0)
    mode: Mapped[str | None] = column(
        EnumText("Bright Field and Fluorescent", "Bright Field", "Fluorescent", "Tomography", "Single Particle")
    )


class FoilHole(Base, only="dls"):
    """One hole of a grid square: its place on the square's image and its own image."""

    foilHoleId: Mapped[int] = key(Int)
    gridSquareId: Mapped[int] = column(Int, "GridSquare.gridSquareId")
    foilHoleLabel: Mapped[str] = column(Text(30))
    foilHoleImage: Mapped[str | None] = column(Text(255))
    pixelLocationX: Mapped[int | None] = column(Int, unit="pixels")
    pixelLocationY: Mapped[int | None] = column(Int, unit="pixels")
    diameter: Mapped[int | None] = column(Int, unit="pixels")
    stageLocationX: Mapped[float | None] = column(Float)
    stageLocationY: Mapped[float | None] = column(Float)
    qualityIndicator: Mapped[float | None] = column(Float)
    pixelSize: Mapped[float | None] = column(Float)


class MillingStepName(Base, only="dls"):
    """The name of a step of lamella milling, and its recipe."""

    millingStepNameId: Mapped[int] = key(Int)
    step: Mapped[str] = column(Text(45))
    recipe: Mapped[str] = column(Text(45))


class MillingStep(Base, only="dls"):
    """One step of milling a lamella on a grid square with a focused beam."""

    millingStepId: Mapped[int] = key(Int)
    gridSquareId: Mapped[int] = column(Int, "GridSquare.gridSquareId", ondelete="CASCADE")
    millingStepNameId: Mapped[int | None] = column(Int, "MillingStepName.millingStepNameId", ondelete="CASCADE")
    isEnabled: Mapped[bool | None] = column(Flag, default=0)
    status: Mapped[str | None] = column(EnumText("Finished", "Failed", "Aborted"))
    executionTime: Mapped[float | None] = column(Float, unit="s")
    stageX: Mapped[float | None] = column(Float)
    stageY: Mapped[float | None] = column(Float)
    stageZ: Mapped[float | None] = column(Float)
    rotation: Mapped[float | None] = column(Float, unit="°")
    alphaTilt: Mapped[float | None] = column(Float, unit="°")
    beamType: Mapped[str | None] = column(EnumText("Electron", "Ion"))
    beamVoltage: Mapped[float | None] = column(Float)
    beamCurrent: Mapped[float | None] = column(Float)
    millingAngle: Mapped[float | None] = column(Float, unit="°")
    depthCorrection: Mapped[float | None] = column(Float)
    lamellaOffset: Mapped[float | None] = column(Float)
    trenchHeightFront: Mapped[float | None] = column(Float)
    trenchHeightRear: Mapped[float | None] = column(Float)
    widthOverlapFrontLeft: Mapped[float | None] = column(Float)
    widthOverlapFrontRight: Mapped[float | None] = column(Float)
    widthOverlapRearLeft: Mapped[float | None] = column(Float)
    widthOverlapRearRight: Mapped[float | None] = column(Float)


class Tomogram(Base, only="dls"):
    """A volume reconstructed from a tilt series."""

    tomogramId: Mapped[int] = key(Int)
    dataCollectionId: Mapped[int | None] = column(Int, "DataCollection.dataCollectionId", ondelete="CASCADE")
    autoProcProgramId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId", ondelete="SET NULL")
    volumeFile: Mapped[str | None] = column(Text(255))
    stackFile: Mapped[str | None] = column(Text(255))
    sizeX: Mapped[int | None] = column(Int)
    sizeY: Mapped[int | None] = column(Int)
    sizeZ: Mapped[int | None] = column(Int)
    pixelSpacing: Mapped[float | None] = column(Float)
    residualErrorMean: Mapped[float | None] = column(Float)
    residualErrorSD: Mapped[float | None] = column(Float)
    xAxisCorrection: Mapped[float | None] = column(Float)
    tiltAngleOffset: Mapped[float | None] = column(Float)
    zShift: Mapped[float | None] = column(Float)
    fileDirectory: Mapped[str | None] = column(Text(255))
    centralSliceImage: Mapped[str | None] = column(Text(255))
    tomogramMovie: Mapped[str | None] = column(Text(255))
    xyShiftPlot: Mapped[str | None] = column(Text(255))
    projXY: Mapped[str | None] = column(Text(255))
    projXZ: Mapped[str | None] = column(Text(255))
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime, default=NOW)
    globalAlignmentQuality: Mapped[float | None] = column(Float)
    gridSquareId: Mapped[int | None] = column(Int, "GridSquare.gridSquareId")
    pixelLocationX: Mapped[int | None] = column(Int)
    pixelLocationY: Mapped[int | None] = column(Int)
    thickness: Mapped[float | None] = column(Float)


class ProcessedTomogram(Base, only="dls"):
    """A file made from a tomogram, such as a denoised or a segmented one."""

    processedTomogramId: Mapped[int] = key(Int)
    tomogramId: Mapped[int] = column(Int, "Tomogram.tomogramId", ondelete="CASCADE")
    filePath: Mapped[str | None] = column(Text(255))
    processingType: Mapped[str | None] = column(Text(255))
    feature: Mapped[str | None] = column(
        EnumText(
            "Membrane",
            "Microtubule",
            "Ribosome",
            "Tric",
            "Actin",
            "Cytoplasm",
            "Cytoplasmic granule",
            "Lipid droplet",
            "Mitochondrial granule",
            "Mitochondrion",
            "Npc",
            "Nuclear envelope",
            "Nucleus",
            "Prohibitin",
            "Proteasome",
            "Vault",
            "Vimentin",
            "Void",
        )
    )


class TiltImageAlignment(Base, only="dls"):
    """How one movie of a tilt series was aligned in its tomogram."""

    movieId: Mapped[int] = key(Int, "Movie.movieId", ondelete="CASCADE")
    tomogramId: Mapped[int] = key(Int, "Tomogram.tomogramId", ondelete="CASCADE")
    defocusU: Mapped[float | None] = column(Float, unit="Å")
    defocusV: Mapped[float | None] = column(Float, unit="Å")
    psdFile: Mapped[str | None] = column(Text(255))
    resolution: Mapped[float | None] = column(Float, unit="Å")
    fitQuality: Mapped[float | None] = column(Float)
    refinedMagnification: Mapped[float | None] = column(Float)
    refinedTiltAngle: Mapped[float | None] = column(Float, unit="°")
    refinedTiltAxis: Mapped[float | None] = column(Float, unit="°")
    residualError: Mapped[float | None] = column(Float)
