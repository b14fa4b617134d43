"""BioSAXS: experiments, runs, frames and data collections."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Flag, Int, LocalTime, Text, UInt
from .base import NOW, Base, column, index, key


class Experiment(Base, only="collab"):
    """A BioSAXS experiment: measurements prepared and made together."""

    experimentId: Mapped[int] = key(Int)
    sessionId: Mapped[int | None] = column(UInt, "BLSession.sessionId", ondelete="CASCADE")
    proposalId: Mapped[int] = column(Int)
    name: Mapped[str | None] = column(Text(255))
    creationDate: Mapped[datetime | None] = column(LocalTime)
    experimentType: Mapped[str | None] = column(Text(128))
    sourceFilePath: Mapped[str | None] = column(Text(256))
    dataAcquisitionFilePath: Mapped[str | None] = column(Text(256))
    status: Mapped[str | None] = column(Text(45))
    comments: Mapped[str | None] = column(Text(512))


class Run(Base, only="collab"):
    """How frames were taken. Times, temperatures [°C], energy [keV] and beam centre [pixels] are text."""

    runId: Mapped[int] = key(Int)
    timePerFrame: Mapped[str | None] = column(Text(45), unit="s")
    timeStart: Mapped[str | None] = column(Text(45))
    timeEnd: Mapped[str | None] = column(Text(45))
    storageTemperature: Mapped[str | None] = column(Text(45), unit="°C")
    exposureTemperature: Mapped[str | None] = column(Text(45), unit="°C")
    spectrophotometer: Mapped[str | None] = column(Text(45))
    energy: Mapped[str | None] = column(Text(45), unit="keV")
    creationDate: Mapped[datetime | None] = column(LocalTime)
    frameAverage: Mapped[str | None] = column(Text(45))
    frameCount: Mapped[str | None] = column(Text(45))
    transmission: Mapped[str | None] = column(Text(45))
    beamCenterX: Mapped[str | None] = column(Text(45), unit="pixels")
    beamCenterY: Mapped[str | None] = column(Text(45), unit="pixels")
    pixelSizeX: Mapped[str | None] = column(Text(45))
    pixelSizeY: Mapped[str | None] = column(Text(45))
    radiationRelative: Mapped[str | None] = column(Text(45))
    radiationAbsolute: Mapped[str | None] = column(Text(45))
    normalization: Mapped[str | None] = column(Text(45))


class Measurement(Base, only="collab"):
    """One specimen measured under one set of conditions. Temperatures [°C] and volumes [µL] are text."""

    measurementId: Mapped[int] = key(Int)
    specimenId: Mapped[int] = column(Int, "Specimen.specimenId", ondelete="CASCADE")
    runId: Mapped[int | None] = column(Int, "Run.runId", ondelete="CASCADE")
    code: Mapped[str | None] = column(Text(100))
    imageDirectory: Mapped[str | None] = column(Text(512))
    priorityLevelId: Mapped[int | None] = column(Int)
    exposureTemperature: Mapped[str | None] = column(Text(45), unit="°C")
    viscosity: Mapped[str | None] = column(Text(45))
    flow: Mapped[bool | None] = column(Flag)
    extraFlowTime: Mapped[str | None] = column(Text(45), unit="s")
    volumeToLoad: Mapped[str | None] = column(Text(45), unit="µL")
    waitTime: Mapped[str | None] = column(Text(45), unit="s")
    transmission: Mapped[str | None] = column(Text(45))
    comments: Mapped[str | None] = column(Text(512))
    pathToH5: Mapped[str | None] = column(Text(512))


class SaxsDataCollection(Base, only="collab"):
    """Measurements that make one curve: a sample between its buffers, or an elution."""

    dataCollectionId: Mapped[int] = key(Int)
    experimentId: Mapped[int] = column(Int, "Experiment.experimentId", ondelete="CASCADE")
    comments: Mapped[str | None] = column(Text(5120))


class MeasurementToDataCollection(Base, only="collab"):
    """Which measurements make one curve, in their order."""

    measurementToDataCollectionId: Mapped[int] = key(Int)
    dataCollectionId: Mapped[int | None] = column(Int, "SaxsDataCollection.dataCollectionId", ondelete="CASCADE")
    measurementId: Mapped[int | None] = column(Int, "Measurement.measurementId", ondelete="CASCADE")
    dataCollectionOrder: Mapped[int | None] = column(Int)


class Frame(Base, only="collab"):
    """One curve measured in one exposure."""

    __table_args__ = (index("filePath"),)

    frameId: Mapped[int] = key(Int)
    filePath: Mapped[str | None] = column(Text(255))
    comments: Mapped[str | None] = column(Text(45))
    creationDate: Mapped[datetime] = column(LocalTime, default=NOW)
    frameSetId: Mapped[int | None] = column(UInt)


class FrameList(Base, only="collab"):
    """Curves that belong together."""

    frameListId: Mapped[int] = key(Int)
    comments: Mapped[int | None] = column(Int)


class FrameToList(Base, only="collab"):
    """Which curves belong together."""

    frameToListId: Mapped[int] = key(Int)
    frameListId: Mapped[int] = column(Int, "FrameList.frameListId", ondelete="CASCADE")
    frameId: Mapped[int] = column(Int, "Frame.frameId", ondelete="CASCADE")


class FrameSet(Base, only="collab"):
    """The curves of one run."""

    frameSetId: Mapped[int] = key(Int)
    runId: Mapped[int] = column(Int, "Run.runId", ondelete="CASCADE")
    frameListId: Mapped[int | None] = column(Int, "FrameList.frameListId", ondelete="CASCADE")
    detectorId: Mapped[int | None] = column(Int)
    detectorDistance: Mapped[str | None] = column(Text(45))
    filePath: Mapped[str | None] = column(Text(255))
    internalPath: Mapped[str | None] = column(Text(255))


class Merge(Base, only="collab"):
    """The average of a measurement's frames, without those that radiation damage changed."""

    mergeId: Mapped[int] = key(Int)
    measurementId: Mapped[int | None] = column(Int, "Measurement.measurementId", ondelete="CASCADE")
    frameListId: Mapped[int | None] = column(Int, "FrameList.frameListId", ondelete="CASCADE")
    discardedFrameNameList: Mapped[str | None] = column(Text(1024))
    averageFilePath: Mapped[str | None] = column(Text(255))
    framesCount: Mapped[str | None] = column(Text(45))
    framesMerge: Mapped[str | None] = column(Text(45))
    creationDate: Mapped[datetime | None] = column(LocalTime)
