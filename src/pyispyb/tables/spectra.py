"""Energy scans and fluorescence: spectra, maps."""

# ruff: noqa: N801 - classes are named as their tables

from datetime import datetime

from sqlalchemy.orm import Mapped

from ..db.types import Blob, Double, Float, Int, LocalTime, Text, TinyInt, UInt
from .base import Base, column, key


class EnergyScan(Base):
    """A scan of the energy over an absorption edge. Energies are in eV or keV, as the beamline writes them."""

    energyScanId: Mapped[int] = key(UInt)
    sessionId: Mapped[int] = column(UInt, "BLSession.sessionId", ondelete="CASCADE")
    blSampleId: Mapped[int | None] = column(UInt, "BLSample.blSampleId")
    fluorescenceDetector: Mapped[str | None] = column(Text(255))
    scanFileFullPath: Mapped[str | None] = column(Text(255))
    jpegChoochFileFullPath: Mapped[str | None] = column(Text(255))
    element: Mapped[str | None] = column(Text(45))
    startEnergy: Mapped[float | None] = column(Float)
    endEnergy: Mapped[float | None] = column(Float)
    transmissionFactor: Mapped[float | None] = column(Float, unit="%")
    exposureTime: Mapped[float | None] = column(Float, unit="s")
    axisPosition: Mapped[float | None] = column(Float, unit="°")
    synchrotronCurrent: Mapped[float | None] = column(Float, unit="mA")
    temperature: Mapped[float | None] = column(Float, unit="K")
    peakEnergy: Mapped[float | None] = column(Float)
    peakFPrime: Mapped[float | None] = column(Float, unit="e⁻")
    peakFDoublePrime: Mapped[float | None] = column(Float, unit="e⁻")
    inflectionEnergy: Mapped[float | None] = column(Float)
    inflectionFPrime: Mapped[float | None] = column(Float, unit="e⁻")
    inflectionFDoublePrime: Mapped[float | None] = column(Float, unit="e⁻")
    xrayDose: Mapped[float | None] = column(Float)
    startTime: Mapped[datetime | None] = column(LocalTime)
    endTime: Mapped[datetime | None] = column(LocalTime)
    edgeEnergy: Mapped[str | None] = column(Text(255))
    filename: Mapped[str | None] = column(Text(255))
    beamSizeVertical: Mapped[float | None] = column(Float, unit="mm")
    beamSizeHorizontal: Mapped[float | None] = column(Float, unit="mm")
    choochFileFullPath: Mapped[str | None] = column(Text(255))
    crystalClass: Mapped[str | None] = column(Text(20))
    comments: Mapped[str | None] = column(Text(1024))
    flux: Mapped[float | None] = column(Double, unit="photons/s")
    flux_end: Mapped[float | None] = column(Double, unit="photons/s")
    workingDirectory: Mapped[str | None] = column(Text(45))
    blSubSampleId: Mapped[int | None] = column(Int, "BLSubSample.blSubSampleId")
    remoteEnergy: Mapped[float | None] = column(Float, only="collab")
    remoteFPrime: Mapped[float | None] = column(Float, only="collab", unit="e⁻")
    remoteFDoublePrime: Mapped[float | None] = column(Float, only="collab", unit="e⁻")


class XFEFluorescenceSpectrum(Base):
    """A fluorescence spectrum. Energies are in eV or keV, as the beamline writes them."""

    xfeFluorescenceSpectrumId: Mapped[int] = key(UInt)
    sessionId: Mapped[int] = column(UInt, "BLSession.sessionId", ondelete="CASCADE")
    blSampleId: Mapped[int | None] = column(UInt, "BLSample.blSampleId", ondelete="CASCADE")
    jpegScanFileFullPath: Mapped[str | None] = column(Text(255))
    startTime: Mapped[datetime | None] = column(LocalTime)
    endTime: Mapped[datetime | None] = column(LocalTime)
    filename: Mapped[str | None] = column(Text(255))
    exposureTime: Mapped[float | None] = column(Float, unit="s")
    axisPosition: Mapped[float | None] = column(Float, unit="°")
    beamTransmission: Mapped[float | None] = column(Float, unit="%")
    annotatedPymcaXfeSpectrum: Mapped[str | None] = column(Text(255))
    fittedDataFileFullPath: Mapped[str | None] = column(Text(255))
    scanFileFullPath: Mapped[str | None] = column(Text(255))
    energy: Mapped[float | None] = column(Float)
    beamSizeVertical: Mapped[float | None] = column(Float, unit="mm")
    beamSizeHorizontal: Mapped[float | None] = column(Float, unit="mm")
    crystalClass: Mapped[str | None] = column(Text(20))
    comments: Mapped[str | None] = column(Text(1024))
    blSubSampleId: Mapped[int | None] = column(Int, "BLSubSample.blSubSampleId")
    flux: Mapped[float | None] = column(Double, unit="photons/s")
    flux_end: Mapped[float | None] = column(Double, unit="photons/s")
    workingDirectory: Mapped[str | None] = column(Text(512))


class BLSample_has_EnergyScan(Base):
    """Energy scans of a sample."""

    blSampleId: Mapped[int] = column(UInt, "BLSample.blSampleId", ondelete="CASCADE")
    energyScanId: Mapped[int] = column(UInt, "EnergyScan.energyScanId", ondelete="CASCADE")
    blSampleHasEnergyScanId: Mapped[int] = key(UInt)


class XRFFluorescenceMappingROI(Base):
    """A range of energy that a fluorescence map counts, and the colour it is shown in."""

    xrfFluorescenceMappingROIId: Mapped[int] = key(Int)
    startEnergy: Mapped[float] = column(Float)
    endEnergy: Mapped[float] = column(Float)
    element: Mapped[str | None] = column(Text(2))
    edge: Mapped[str | None] = column(Text(15))
    r: Mapped[int | None] = column(TinyInt)
    g: Mapped[int | None] = column(TinyInt)
    b: Mapped[int | None] = column(TinyInt)
    blSampleId: Mapped[int | None] = column(UInt, "BLSample.blSampleId", only="dls")
    scalar: Mapped[str | None] = column(Text(50), only="dls")


class XRFFluorescenceMapping(Base):
    """How much one range of energy fluoresced over a grid. `data` is packed as `dataFormat` says."""

    xrfFluorescenceMappingId: Mapped[int] = key(Int)
    xrfFluorescenceMappingROIId: Mapped[int] = column(
        Int, "XRFFluorescenceMappingROI.xrfFluorescenceMappingROIId", ondelete="CASCADE"
    )
    gridInfoId: Mapped[int | None] = column(Int, "GridInfo.gridInfoId", only="dls")
    dataFormat: Mapped[str | None] = column(Text(15), only="dls")
    data: Mapped[bytes | None] = column(Blob, only="dls")
    opacity: Mapped[float | None] = column(Float, default=1, only="dls")
    points: Mapped[int | None] = column(Int, only="dls")
    colourMap: Mapped[str | None] = column(Text(20), only="dls")
    min: Mapped[int | None] = column(Int, only="dls")
    max: Mapped[int | None] = column(Int, only="dls")
    autoProcProgramId: Mapped[int | None] = column(UInt, "AutoProcProgram.autoProcProgramId", only="dls")
    dataCollectionId: Mapped[int | None] = column(
        Int, "DataCollection.dataCollectionId", ondelete="CASCADE", only="collab"
    )
    imageNumber: Mapped[int | None] = column(UInt, only="collab")
    counts: Mapped[int | None] = column(UInt, only="collab")


class XFEFluorescenceComposite(Base, only="dls"):
    """Three fluorescence maps shown as red, green and blue."""

    xfeFluorescenceCompositeId: Mapped[int] = key(UInt)
    r: Mapped[int] = column(Int, "XRFFluorescenceMapping.xrfFluorescenceMappingId")
    g: Mapped[int] = column(Int, "XRFFluorescenceMapping.xrfFluorescenceMappingId")
    b: Mapped[int] = column(Int, "XRFFluorescenceMapping.xrfFluorescenceMappingId")
    rOpacity: Mapped[float] = column(Float, default=1)
    bOpacity: Mapped[float] = column(Float, default=1)
    gOpacity: Mapped[float] = column(Float, default=1)
    opacity: Mapped[float] = column(Float, default=1)
