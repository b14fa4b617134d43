"""Data collections: what was measured, when, how, and how good its images are."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from ..db.types import Double, EnumText, Flag, Float, Int, LocalDate, LocalTime, LongText, MediumInt, Text, UInt
from .base import NOW, Base, column, index, key


class DataCollectionGroup(Base):
    """Data collections of one sample that belong together, such as the sweeps of one MAD experiment."""

    dataCollectionGroupId: Mapped[int] = key(Int)
    sessionId: Mapped[int] = column(UInt, "BLSession.sessionId", ondelete="CASCADE")
    comments: Mapped[str | None] = column(Text(1024))
    blSampleId: Mapped[int | None] = column(UInt, "BLSample.blSampleId", ondelete="CASCADE")
    experimentType: Mapped[str | None] = column(
        EnumText(
            "SAD",
            "SAD - Inverse Beam",
            "OSC",
            "Collect - Multiwedge",
            "MAD",
            "Helical",
            "Multi-positional",
            "Mesh",
            "Burn",
            "MAD - Inverse Beam",
            "Characterization",
            "Dehydration",
            "tomo",
            "experiment",
            "EM",
            "PDF",
            "PDF+Bragg",
            "Bragg",
            "single particle",
            "Serial Fixed",
            "Serial Jet",
            "Standard",
            "Time Resolved",
            "Diamond Anvil High Pressure",
            "Custom",
            "XRF map",
            "Energy scan",
            "XRF spectrum",
            "XRF map xas",
            "Mesh3D",
            "Screening",
            "Still",
            "SSX-Chip",
            "SSX-Jet",
            "Metal ID",
        )
    )
    startTime: Mapped[datetime | None] = column(LocalTime)
    endTime: Mapped[datetime | None] = column(LocalTime)
    crystalClass: Mapped[str | None] = column(Text(20))
    detectorMode: Mapped[str | None] = column(Text(255))
    actualSampleBarcode: Mapped[str | None] = column(Text(45))
    actualSampleSlotInContainer: Mapped[int | None] = column(UInt)
    actualContainerBarcode: Mapped[str | None] = column(Text(45))
    actualContainerSlotInSC: Mapped[int | None] = column(UInt)
    xtalSnapshotFullPath: Mapped[str | None] = column(Text(255))
    scanParameters: Mapped[str | None] = column(LongText, only="dls")
    experimentTypeId: Mapped[int | None] = column(UInt, "ExperimentType.experimentTypeId", only="dls")
    workflowId: Mapped[int | None] = column(UInt, "Workflow.workflowId", ondelete="CASCADE", only="collab")


class DataCollection(Base):
    """One sweep, scan or acquisition. `runStatus` says how it ended; paths name folders and files of the facility.

    The columns from `magnification` on are those of electron microscopy.
    """

    __table_args__ = (
        index("blSampleId"),
        index("sessionId"),
        index("dataCollectionNumber"),
        index("imageDirectory"),
        index("imagePrefix"),
        index("startTime"),
        index("dataCollectionGroupId", "startTime"),
    )

    dataCollectionId: Mapped[int] = key(Int)
    dataCollectionGroupId: Mapped[int] = column(Int, "DataCollectionGroup.dataCollectionGroupId")
    blSampleId: Mapped[int | None] = column(Int)
    sessionId: Mapped[int | None] = column(Int)
    experimentType: Mapped[str | None] = column(Text(24))
    dataCollectionNumber: Mapped[int | None] = column(UInt)
    startTime: Mapped[datetime | None] = column(LocalTime)
    endTime: Mapped[datetime | None] = column(LocalTime)
    runStatus: Mapped[str | None] = column(Text(45))
    axisStart: Mapped[float | None] = column(Float, unit="°")
    axisEnd: Mapped[float | None] = column(Float, unit="°")
    axisRange: Mapped[float | None] = column(Float, unit="°")
    overlap: Mapped[float | None] = column(Float, unit="°")
    numberOfImages: Mapped[int | None] = column(UInt)
    startImageNumber: Mapped[int | None] = column(UInt)
    numberOfPasses: Mapped[int | None] = column(UInt)
    exposureTime: Mapped[float | None] = column(Float, unit="s")
    imageDirectory: Mapped[str | None] = column(Text(255))
    imagePrefix: Mapped[str | None] = column(Text(100))
    imageSuffix: Mapped[str | None] = column(Text(45))
    imageContainerSubPath: Mapped[str | None] = column(Text(255))
    fileTemplate: Mapped[str | None] = column(Text(255))
    wavelength: Mapped[float | None] = column(Float, unit="Å")
    resolution: Mapped[float | None] = column(Float, unit="Å")
    detectorDistance: Mapped[float | None] = column(Float, unit="mm")
    xBeam: Mapped[float | None] = column(Float, unit="mm")
    yBeam: Mapped[float | None] = column(Float, unit="mm")
    comments: Mapped[str | None] = column(Text(1024))
    printableForReport: Mapped[bool | None] = column(Flag, default=1)
    crystalClass: Mapped[str | None] = column(Text(20))
    slitGapVertical: Mapped[float | None] = column(Float, unit="mm")
    slitGapHorizontal: Mapped[float | None] = column(Float, unit="mm")
    transmission: Mapped[float | None] = column(Float, unit="%")
    synchrotronMode: Mapped[str | None] = column(Text(20))
    xtalSnapshotFullPath1: Mapped[str | None] = column(Text(255))
    xtalSnapshotFullPath2: Mapped[str | None] = column(Text(255))
    xtalSnapshotFullPath3: Mapped[str | None] = column(Text(255))
    xtalSnapshotFullPath4: Mapped[str | None] = column(Text(255))
    rotationAxis: Mapped[str | None] = column(EnumText("Omega", "Kappa", "Phi"))
    phiStart: Mapped[float | None] = column(Float, unit="°")
    kappaStart: Mapped[float | None] = column(Float, unit="°")
    omegaStart: Mapped[float | None] = column(Float, unit="°")
    chiStart: Mapped[float | None] = column(Float, unit="°")
    resolutionAtCorner: Mapped[float | None] = column(Float, unit="Å")
    detector2Theta: Mapped[float | None] = column(Float, unit="°")
    detectorMode: Mapped[str | None] = column(Text(255))
    undulatorGap1: Mapped[float | None] = column(Float, unit="mm")
    undulatorGap2: Mapped[float | None] = column(Float, unit="mm")
    undulatorGap3: Mapped[float | None] = column(Float, unit="mm")
    beamSizeAtSampleX: Mapped[float | None] = column(Float, unit="mm")
    beamSizeAtSampleY: Mapped[float | None] = column(Float, unit="mm")
    centeringMethod: Mapped[str | None] = column(Text(255))
    averageTemperature: Mapped[float | None] = column(Float, unit="K")
    actualSampleBarcode: Mapped[str | None] = column(Text(45))
    actualSampleSlotInContainer: Mapped[int | None] = column(Int)
    actualContainerBarcode: Mapped[str | None] = column(Text(45))
    actualContainerSlotInSC: Mapped[int | None] = column(Int)
    actualCenteringPosition: Mapped[str | None] = column(Text(255))
    beamShape: Mapped[str | None] = column(Text(45))
    positionId: Mapped[int | None] = column(Int)
    detectorId: Mapped[int | None] = column(Int, "Detector.detectorId")
    focalSpotSizeAtSampleX: Mapped[float | None] = column(Float)
    polarisation: Mapped[float | None] = column(Float)
    focalSpotSizeAtSampleY: Mapped[float | None] = column(Float)
    apertureId: Mapped[int | None] = column(Int)
    screeningOrigId: Mapped[int | None] = column(Int)
    startPositionId: Mapped[int | None] = column(Int, "MotorPosition.motorPositionId")
    endPositionId: Mapped[int | None] = column(Int, "MotorPosition.motorPositionId")
    flux: Mapped[float | None] = column(Double, unit="photons/s")
    strategySubWedgeOrigId: Mapped[int | None] = column(
        UInt, "ScreeningStrategySubWedge.screeningStrategySubWedgeId", use_alter=True
    )
    blSubSampleId: Mapped[int | None] = column(Int, "BLSubSample.blSubSampleId")
    flux_end: Mapped[float | None] = column(Double, unit="photons/s")
    bestWilsonPlotPath: Mapped[str | None] = column(Text(255))
    processedDataFile: Mapped[str | None] = column(Text(255))
    datFullPath: Mapped[str | None] = column(Text(255))
    magnification: Mapped[float | None] = column(Float)
    totalAbsorbedDose: Mapped[float | None] = column(Double, unit="MGy; e⁻/Å² in EM")
    binning: Mapped[bool | None] = column(Flag, default=1)
    particleDiameter: Mapped[float | None] = column(Float, unit="nm")
    boxSize_CTF: Mapped[float | None] = column(Float, unit="pixels")
    minResolution: Mapped[float | None] = column(Float, unit="Å")
    minDefocus: Mapped[float | None] = column(Float, unit="Å")
    maxDefocus: Mapped[float | None] = column(Float, unit="Å")
    defocusStepSize: Mapped[float | None] = column(Float, unit="Å")
    amountAstigmatism: Mapped[float | None] = column(Float, unit="Å")
    extractSize: Mapped[float | None] = column(Float, unit="pixels")
    bgRadius: Mapped[float | None] = column(Float, unit="nm")
    voltage: Mapped[float | None] = column(Float, unit="kV")
    objAperture: Mapped[float | None] = column(Float, unit="µm")
    c1aperture: Mapped[float | None] = column(Float, unit="µm")
    c2aperture: Mapped[float | None] = column(Float, unit="µm")
    c3aperture: Mapped[float | None] = column(Float, unit="µm")
    c1lens: Mapped[float | None] = column(Float, unit="%")
    c2lens: Mapped[float | None] = column(Float, unit="%")
    c3lens: Mapped[float | None] = column(Float, unit="%")
    totalExposedDose: Mapped[float | None] = column(Float, only="dls", unit="e⁻/Å²")
    nominalMagnification: Mapped[float | None] = column(Float, only="dls")
    nominalDefocus: Mapped[float | None] = column(Float, only="dls", unit="Å")
    imageSizeX: Mapped[int | None] = column(MediumInt, only="dls", unit="pixels")
    imageSizeY: Mapped[int | None] = column(MediumInt, only="dls", unit="pixels")
    pixelSizeOnImage: Mapped[float | None] = column(Float, only="dls")
    phasePlate: Mapped[bool | None] = column(Flag, only="dls")
    dataCollectionPlanId: Mapped[int | None] = column(UInt, "DiffractionPlan.diffractionPlanId", only="dls")
    xBeamPix: Mapped[float | None] = column(Float, only="collab", unit="pixels")
    yBeamPix: Mapped[float | None] = column(Float, only="collab", unit="pixels")
    imageQualityIndicatorsPlotPath: Mapped[str | None] = column(Text(512), only="collab")
    imageQualityIndicatorsCSVPath: Mapped[str | None] = column(Text(512), only="collab")


class DataCollectionComment(Base, only="dls"):
    """What somebody wrote about a data collection."""

    dataCollectionCommentId: Mapped[int] = key(Int)
    dataCollectionId: Mapped[int] = column(Int, "DataCollection.dataCollectionId", ondelete="CASCADE")
    personId: Mapped[int] = column(UInt, "Person.personId", ondelete="CASCADE")
    createTime: Mapped[datetime] = column(LocalTime, default=NOW)
    comments: Mapped[str | None] = column(Text(4000))
    modTime: Mapped[date | None] = column(LocalDate)


class DataCollectionFileAttachment(Base):
    """A further file of a data collection, such as a log or a plot."""

    dataCollectionFileAttachmentId: Mapped[int] = key(Int)
    dataCollectionId: Mapped[int] = column(Int, "DataCollection.dataCollectionId", ondelete="CASCADE")
    fileFullPath: Mapped[str] = column(Text(255))
    createTime: Mapped[datetime] = column(LocalTime, default=NOW)
    fileType: Mapped[str | None] = column(EnumText("snapshot", "log", "xy", "recip", "pia", "warning", "params"))


class Image(Base):
    """One image of a data collection; only some beamlines register them."""

    __table_args__ = (
        index("imageNumber"),
        index("fileLocation", "fileName"),
    )

    imageId: Mapped[int] = key(Int)
    dataCollectionId: Mapped[int] = column(Int, "DataCollection.dataCollectionId", ondelete="CASCADE")
    BLTIMESTAMP: Mapped[datetime | None] = column(LocalTime, default=NOW, only="dls")
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    imageNumber: Mapped[int | None] = column(UInt)
    fileName: Mapped[str | None] = column(Text(255))
    fileLocation: Mapped[str | None] = column(Text(255))
    measuredIntensity: Mapped[float | None] = column(Float)
    jpegFileFullPath: Mapped[str | None] = column(Text(255))
    jpegThumbnailFileFullPath: Mapped[str | None] = column(Text(255))
    temperature: Mapped[float | None] = column(Float, unit="K")
    cumulativeIntensity: Mapped[float | None] = column(Float)
    synchrotronCurrent: Mapped[float | None] = column(Float, unit="mA")
    comments: Mapped[str | None] = column(Text(1024))
    machineMessage: Mapped[str | None] = column(Text(1024))
    motorPositionId: Mapped[int | None] = column(Int, "MotorPosition.motorPositionId", ondelete="CASCADE")


class ImageQualityIndicators(Base):
    """What spot finding says about one image. `dozor_score` grows with the quality of diffraction.

    The dls flavour's key is (dataCollectionId, imageNumber), as here; the collab flavour numbers the rows instead.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    dataCollectionId: Mapped[int] = key(Int)
    imageNumber: Mapped[int] = key(MediumInt)
    imageId: Mapped[int | None] = column(Int)
    autoProcProgramId: Mapped[int | None] = column(UInt)
    spotTotal: Mapped[int | None] = column(UInt)
    inResTotal: Mapped[int | None] = column(UInt)
    goodBraggCandidates: Mapped[int | None] = column(UInt)
    iceRings: Mapped[int | None] = column(UInt)
    method1Res: Mapped[float | None] = column(Float, unit="Å")
    method2Res: Mapped[float | None] = column(Float, unit="Å")
    maxUnitCell: Mapped[float | None] = column(Float, unit="Å")
    pctSaturationTop50Peaks: Mapped[float | None] = column(Float)
    inResolutionOvrlSpots: Mapped[int | None] = column(UInt)
    binPopCutOffMethod2Res: Mapped[float | None] = column(Float, unit="Å")
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)
    totalIntegratedSignal: Mapped[float | None] = column(Double)
    dozor_score: Mapped[float | None] = column(Double)
    driftFactor: Mapped[float | None] = column(Float, only="dls")
    imageQualityIndicatorsId: Mapped[int | None] = column(UInt, only="collab")


class MotorPosition(Base):
    """Where the goniometer's motors stood."""

    motorPositionId: Mapped[int] = key(Int)
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    phiX: Mapped[float | None] = column(Double, unit="mm")
    phiY: Mapped[float | None] = column(Double, unit="mm")
    phiZ: Mapped[float | None] = column(Double, unit="mm")
    sampX: Mapped[float | None] = column(Double, unit="mm")
    sampY: Mapped[float | None] = column(Double, unit="mm")
    omega: Mapped[float | None] = column(Double, unit="°")
    kappa: Mapped[float | None] = column(Double, unit="°")
    phi: Mapped[float | None] = column(Double, unit="°")
    chi: Mapped[float | None] = column(Double, unit="°")
    gridIndexY: Mapped[int | None] = column(Int)
    gridIndexZ: Mapped[int | None] = column(Int)


class DataAcquisition(Base):
    """How one sample cell was measured."""

    dataAcquisitionId: Mapped[int] = key(UInt)
    sampleCellId: Mapped[int] = column(UInt)
    framesCount: Mapped[str | None] = column(Text(45))
    energy: Mapped[str | None] = column(Text(45), unit="keV")
    waitTime: Mapped[str | None] = column(Text(45), unit="s")
    detectorDistance: Mapped[str | None] = column(Text(45))


class DataReductionStatus(Base, only="collab"):
    """State of the data reduction of a data collection."""

    dataReductionStatusId: Mapped[int] = key(UInt)
    dataCollectionId: Mapped[int] = column(UInt)
    status: Mapped[str | None] = column(Text(15))
    filename: Mapped[str | None] = column(Text(255))
    message: Mapped[str | None] = column(Text(255))
