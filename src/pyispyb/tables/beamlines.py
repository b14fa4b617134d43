"""Beamlines: their set-ups, detectors, apertures and statistics."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Double, EnumText, Flag, Float, Int, LocalTime, MediumInt, SmallInt, Text, TinyInt, UInt
from .base import NOW, Base, column, index, itself, key, unique


class Aperture(Base):
    """An aperture in the beam."""

    apertureId: Mapped[int] = key(UInt)
    sizeX: Mapped[float | None] = column(Float, unit="µm")


class Detector(Base):
    """A detector that a beamline has or had. Pixel sizes are in mm, distances in mm."""

    __table_args__ = (
        index(
            "detectorType",
            "detectorManufacturer",
            "detectorModel",
            "detectorPixelSizeHorizontal",
            "detectorPixelSizeVertical",
            prefixes={"detectorType": 100, "detectorManufacturer": 100, "detectorModel": 100},
        ),
        unique("detectorSerialNumber"),
    )

    detectorId: Mapped[int] = key(Int)
    detectorType: Mapped[str | None] = column(Text(255))
    detectorManufacturer: Mapped[str | None] = column(Text(255))
    detectorModel: Mapped[str | None] = column(Text(255))
    detectorPixelSizeHorizontal: Mapped[float | None] = column(Float, unit="mm")
    detectorPixelSizeVertical: Mapped[float | None] = column(Float, unit="mm")
    detectorMaxResolution: Mapped[float | None] = column(Float, unit="Å")
    detectorMinResolution: Mapped[float | None] = column(Float, unit="Å")
    detectorSerialNumber: Mapped[str | None] = column(Text(30))
    detectorDistanceMin: Mapped[float | None] = column(Double, unit="mm")
    detectorDistanceMax: Mapped[float | None] = column(Double, unit="mm")
    trustedPixelValueRangeLower: Mapped[float | None] = column(Double)
    trustedPixelValueRangeUpper: Mapped[float | None] = column(Double)
    sensorThickness: Mapped[float | None] = column(Float)
    overload: Mapped[float | None] = column(Float)
    XGeoCorr: Mapped[str | None] = column(Text(255))
    YGeoCorr: Mapped[str | None] = column(Text(255))
    detectorMode: Mapped[str | None] = column(Text(255))
    density: Mapped[float | None] = column(Float)
    composition: Mapped[str | None] = column(Text(16))
    numberOfPixelsX: Mapped[int | None] = column(MediumInt, only="dls", unit="pixels")
    numberOfPixelsY: Mapped[int | None] = column(MediumInt, only="dls", unit="pixels")
    detectorRollMin: Mapped[float | None] = column(Double, only="dls", unit="°")
    detectorRollMax: Mapped[float | None] = column(Double, only="dls", unit="°")
    localName: Mapped[str | None] = column(Text(40))
    numberOfROIPixelsX: Mapped[int | None] = column(MediumInt, only="dls", unit="pixels")
    numberOfROIPixelsY: Mapped[int | None] = column(MediumInt, only="dls", unit="pixels")
    CS: Mapped[float | None] = column(Float, only="collab")


class UntrustedRegion(Base, only="collab"):
    """A rectangle of a detector whose pixels are not to be used, in pixels from the first corner to the second."""

    untrustedRegionId: Mapped[int] = key(Int)
    detectorId: Mapped[int] = column(Int, "Detector.detectorId", ondelete="CASCADE")
    x1: Mapped[int] = column(Int, unit="pixels")
    x2: Mapped[int] = column(Int, unit="pixels")
    y1: Mapped[int] = column(Int, unit="pixels")
    y2: Mapped[int] = column(Int, unit="pixels")


class BeamLineSetup(Base):
    """What a beamline could do during a session: its ranges, optics and limits."""

    beamLineSetupId: Mapped[int] = key(UInt)
    recordTimeStamp: Mapped[datetime] = column(LocalTime, default=NOW)
    active: Mapped[bool | None] = column(Flag, default=0, only="dls")
    detectorId: Mapped[int | None] = column(Int, "Detector.detectorId", only="dls")
    synchrotronMode: Mapped[str | None] = column(Text(255))
    undulatorType1: Mapped[str | None] = column(Text(45))
    undulatorType2: Mapped[str | None] = column(Text(45))
    undulatorType3: Mapped[str | None] = column(Text(45))
    focalSpotSizeAtSample: Mapped[float | None] = column(Float)
    focusingOptic: Mapped[str | None] = column(Text(255))
    beamDivergenceHorizontal: Mapped[float | None] = column(Float)
    beamDivergenceVertical: Mapped[float | None] = column(Float)
    polarisation: Mapped[float | None] = column(Float)
    monochromatorType: Mapped[str | None] = column(Text(255))
    setupDate: Mapped[datetime | None] = column(LocalTime)
    synchrotronName: Mapped[str | None] = column(Text(255))
    maxExpTimePerDataCollection: Mapped[float | None] = column(Double, unit="s")
    maxExposureTimePerImage: Mapped[float | None] = column(Float, only="dls", unit="s")
    minExposureTimePerImage: Mapped[float | None] = column(Double, unit="s")
    goniostatMaxOscillationSpeed: Mapped[float | None] = column(Double, unit="°/s")
    goniostatMaxOscillationWidth: Mapped[float | None] = column(Double, only="dls", unit="°")
    goniostatMinOscillationWidth: Mapped[float | None] = column(Double, unit="°")
    maxTransmission: Mapped[float | None] = column(Double, only="dls", unit="%")
    minTransmission: Mapped[float | None] = column(Double, unit="%")
    CS: Mapped[float | None] = column(Float, unit="mm")
    beamlineName: Mapped[str | None] = column(Text(50), only="dls")
    beamSizeXMin: Mapped[float | None] = column(Float, only="dls", unit="µm")
    beamSizeXMax: Mapped[float | None] = column(Float, only="dls", unit="µm")
    beamSizeYMin: Mapped[float | None] = column(Float, only="dls", unit="µm")
    beamSizeYMax: Mapped[float | None] = column(Float, only="dls", unit="µm")
    energyMin: Mapped[float | None] = column(Float, only="dls", unit="eV")
    energyMax: Mapped[float | None] = column(Float, only="dls", unit="eV")
    omegaMin: Mapped[float | None] = column(Float, only="dls", unit="°")
    omegaMax: Mapped[float | None] = column(Float, only="dls", unit="°")
    kappaMin: Mapped[float | None] = column(Float, only="dls", unit="°")
    kappaMax: Mapped[float | None] = column(Float, only="dls", unit="°")
    phiMin: Mapped[float | None] = column(Float, only="dls", unit="°")
    phiMax: Mapped[float | None] = column(Float, only="dls", unit="°")
    numberOfImagesMax: Mapped[int | None] = column(MediumInt, only="dls")
    numberOfImagesMin: Mapped[int | None] = column(MediumInt, only="dls")
    boxSizeXMin: Mapped[float | None] = column(Double, only="dls", unit="µm")
    boxSizeXMax: Mapped[float | None] = column(Double, only="dls", unit="µm")
    boxSizeYMin: Mapped[float | None] = column(Double, only="dls", unit="µm")
    boxSizeYMax: Mapped[float | None] = column(Double, only="dls", unit="µm")
    monoBandwidthMin: Mapped[float | None] = column(Double, only="dls", unit="%")
    monoBandwidthMax: Mapped[float | None] = column(Double, only="dls", unit="%")
    preferredDataCentre: Mapped[str | None] = column(Text(30), only="dls")
    amplitudeContrast: Mapped[float | None] = column(Float, only="dls")


class BeamlineStats(Base):
    """One recorded state of a beamline and its ring."""

    beamlineStatsId: Mapped[int] = key(Int)
    beamline: Mapped[str | None] = column(Text(10))
    recordTimeStamp: Mapped[datetime | None] = column(LocalTime)
    ringCurrent: Mapped[float | None] = column(Float, unit="mA")
    energy: Mapped[float | None] = column(Float)
    gony: Mapped[float | None] = column(Float)
    beamW: Mapped[float | None] = column(Float)
    beamH: Mapped[float | None] = column(Float)
    flux: Mapped[float | None] = column(Double, unit="photons/s")
    scanFileW: Mapped[str | None] = column(Text(255))
    scanFileH: Mapped[str | None] = column(Text(255))


class BeamApertures(Base):
    """Flux through one aperture at the time of a `BeamlineStats` row."""

    beamAperturesid: Mapped[int] = key(Int)
    beamlineStatsId: Mapped[int | None] = column(Int, "BeamlineStats.beamlineStatsId", ondelete="CASCADE")
    flux: Mapped[float | None] = column(Double, unit="photons/s")
    x: Mapped[float | None] = column(Float)
    y: Mapped[float | None] = column(Float)
    apertureSize: Mapped[int | None] = column(SmallInt, unit="µm")


class BeamCentres(Base):
    """Beam position on the sample camera at one zoom level, at the time of a `BeamlineStats` row."""

    beamCentresid: Mapped[int] = key(Int)
    beamlineStatsId: Mapped[int | None] = column(Int, "BeamlineStats.beamlineStatsId", ondelete="CASCADE")
    x: Mapped[float | None] = column(Float)
    y: Mapped[float | None] = column(Float)
    zoom: Mapped[int | None] = column(TinyInt)


class BeamlineAction(Base):
    """Something a beamline did or was told during a session.

    MariaDB moves `startTimestamp` with every change of its row.
    """

    beamlineActionId: Mapped[int] = key(Int)
    startTimestamp: Mapped[datetime] = column(LocalTime, default=NOW, onupdate=itself("startTimestamp"))
    endTimestamp: Mapped[datetime | None] = column(LocalTime)
    sessionId: Mapped[int | None] = column(UInt, "BLSession.sessionId")
    message: Mapped[str | None] = column(Text(255))
    parameter: Mapped[str | None] = column(Text(50))
    value: Mapped[str | None] = column(Text(30))
    loglevel: Mapped[str | None] = column(EnumText("DEBUG", "CRITICAL", "INFO"))
    status: Mapped[str | None] = column(EnumText("PAUSED", "RUNNING", "TERMINATED", "COMPLETE", "ERROR", "EPICSFAIL"))


class EMMicroscope(Base, only="collab"):
    """An electron microscope."""

    emMicroscopeId: Mapped[int] = key(UInt)
    instrumentName: Mapped[str] = column(Text(100))
    voltage: Mapped[float | None] = column(Float, unit="kV")
    CS: Mapped[float | None] = column(Float, unit="mm")
    detectorPixelSize: Mapped[float | None] = column(Float)
    C2aperture: Mapped[float | None] = column(Float, unit="µm")
    ObjAperture: Mapped[float | None] = column(Float, unit="µm")
    C2lens: Mapped[float | None] = column(Float)
