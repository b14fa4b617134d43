"""What control software sends, in the words of MXCuBE's collection dictionaries, and what it gets.

Fields that ISPyB has no place for are passed over, as these dictionaries carry much that is not for us; but for
indicators, which are a document of ours.
"""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from ..incoming import BlankOrNumber, Incoming, Number, Time
from ..keys import LARGEST_KEY, RowKey
from ..proposals.schemas import LocalTimeIn


def _key_in(name: str) -> BeforeValidator:
    """MXCuBE keeps the whole answer of a write and sends it back where a key belongs."""

    def unwrap(value: Any) -> Any:
        return value.get(name) if isinstance(value, dict) else value

    return BeforeValidator(unwrap)


def _positive_or_none(value: int | None) -> int | None:
    """Control software writes 0 or -1 for what ISPyB does not know, such as a sample mounted by hand."""
    return value if value is not None and value > 0 else None


def _empty_is_none(value: Any) -> Any:
    """Sweeps that are no grid carry an empty `mesh_range`."""
    return None if isinstance(value, str | list) and not value else value


GroupKey = Annotated[RowKey, _key_in("dataCollectionGroupId")]
EnergyScanKey = Annotated[RowKey, _key_in("energyScanId")]
Count = Annotated[Annotated[int, Field(ge=-(2**63), lt=2**63)] | None, BlankOrNumber]
OptionalKey = Annotated[Annotated[int, Field(le=LARGEST_KEY)] | None, BlankOrNumber, AfterValidator(_positive_or_none)]


class _In(BaseModel):
    model_config = ConfigDict(extra="ignore", allow_inf_nan=False, coerce_numbers_to_str=True)


class Oscillation(_In):
    """One sweep of `oscillation_sequence`."""

    start: Number = Field(None, description="Rotation at the begin [degrees]")
    range: Number = Field(None, description="Rotation of one image [degrees]")
    overlap: Number = Field(None, description="Overlap of neighbouring images [degrees]")
    number_of_images: Count = Field(None, ge=0, description="Images")
    start_image_number: Count = Field(None, description="Number of the first image")
    number_of_passes: Count = Field(None, description="Passes")
    exposure_time: Number = Field(None, ge=0, description="Exposure of one image [s]")
    kappaStart: Number = Field(None, description="Kappa [degrees]")
    phiStart: Number = Field(None, description="Phi [degrees]")
    number_of_lines: Count = Field(None, description="Lines of a grid; 1 or none for anything else")
    mesh_range: Annotated[tuple[float, float] | None, BeforeValidator(_empty_is_none)] = Field(
        None, description="Width and height of a grid [mm]; empty or none for anything else"
    )


class FileInfo(_In):
    """Where the images are."""

    directory: str | None = Field(None, description="Folder of the images")
    prefix: str | None = Field(None, description="Begin of the file names")
    suffix: str | None = Field(None, description="Ending of the file names")
    template: str | None = Field(None, description="File name with a place for the number")
    run_number: Count = Field(None, description="Run number")


class SampleReference(_In):
    """The sample of a collection."""

    blSampleId: OptionalKey = Field(None, description="The sample")


class Collection(_In):
    """A data collection as MXCuBE's `mx_collection` describes it."""

    collection_id: OptionalKey = Field(None, description="Key, to change a collection that exists")
    group_id: GroupKey | None = Field(None, description="Its group: key, or the answer that made it")
    sessionId: OptionalKey = Field(None, description="Its session; must be that of the group")
    blSampleId: OptionalKey = Field(None, description="The sample")
    sample_reference: SampleReference | None = Field(None, description="The sample, when `blSampleId` is not given")
    oscillation_sequence: list[Oscillation] = Field(default_factory=list, description="The first sweep is kept")
    fileinfo: FileInfo = Field(default_factory=FileInfo, description="Where the images are")
    status: str | None = Field(None, description="How it goes or went")
    collection_start_time: Time = Field(None, description="Begin; now when a new collection has none")
    collection_end_time: Time = Field(None, description="End; now when the status says it ended")
    experiment_type: str | None = Field(None, description="Kind of experiment")
    wavelength: Number = Field(None, description="Wavelength [Å]")
    resolution: Annotated[
        Number, BeforeValidator(lambda value: value.get("upper") if isinstance(value, dict) else value)
    ] = Field(None, description="Resolution at the edge of the detector [Å]")
    resolutionAtCorner: Number = Field(None, description="Resolution at the corner of the detector [Å]")
    detectorDistance: Number = Field(None, description="Sample to detector [mm]")
    detectorId: OptionalKey = Field(
        None, validation_alias=AliasChoices("detectorId", "detector_id"), description="Detector"
    )
    xBeam: Number = Field(None, description="Beam on the detector, across [mm]")
    yBeam: Number = Field(None, description="Beam on the detector, down [mm]")
    beamSizeAtSampleX: Number = Field(None, description="Width of the beam at the sample [mm]")
    beamSizeAtSampleY: Number = Field(None, description="Height of the beam at the sample [mm]")
    beamShape: str | None = Field(None, description="Shape of the beam")
    slitGapHorizontal: Number = Field(None, description="Slit gap [mm]")
    slitGapVertical: Number = Field(None, description="Slit gap [mm]")
    synchrotronMode: str | None = Field(None, description="Filling mode of the machine")
    flux: Number = Field(None, description="Flux at the begin [photons/s]")
    flux_end: Number = Field(None, description="Flux at the end [photons/s]")
    totalAbsorbedDose: Number = Field(None, description="Absorbed dose [MGy]")
    transmission: Number = Field(None, description="Transmission of the attenuators [%]")
    undulatorGap1: Number = Field(None, description="Undulator gap [mm]")
    undulatorGap2: Number = Field(None, description="Undulator gap [mm]")
    undulatorGap3: Number = Field(None, description="Undulator gap [mm]")
    xtalSnapshotFullPath1: str | None = Field(None, description="Crystal snapshot")
    xtalSnapshotFullPath2: str | None = Field(None, description="Crystal snapshot")
    xtalSnapshotFullPath3: str | None = Field(None, description="Crystal snapshot")
    xtalSnapshotFullPath4: str | None = Field(None, description="Crystal snapshot")
    centringMethod: str | None = Field(None, description="How the crystal was centred")
    actualCentringPosition: str | None = Field(None, description="Motors at which it was centred")
    actualContainerBarcode: str | None = Field(None, description="Barcode of the container")
    actualContainerSlotInSC: Count = Field(None, description="Place of the container in the sample changer")
    actualSampleBarcode: str | None = Field(None, description="Barcode of the sample")
    actualSampleSlotInContainer: Count = Field(None, description="Place of the sample in the container")
    screening_sub_wedge_id: OptionalKey = Field(None, description="Strategy this collection follows")
    comments: str | None = Field(None, description="Remarks")

    @property
    def sample_id(self) -> int | None:
        """The sample, wherever it was named."""
        return self.blSampleId or (self.sample_reference.blSampleId if self.sample_reference else None) or None


class Group(_In):
    """A group of collections: a few fields, or a whole `mx_collection`."""

    sessionId: RowKey = Field(description="Its session; a number in a string is accepted")
    experimentType: str | None = Field(
        None, validation_alias=AliasChoices("experimentType", "experiment_type"), description="Kind of experiment"
    )
    blSampleId: OptionalKey = Field(None, description="The sample")
    sample_reference: SampleReference | None = Field(None, description="The sample, when `blSampleId` is not given")
    workflowId: OptionalKey = Field(
        None, validation_alias=AliasChoices("workflowId", "workflow_id"), description="Workflow"
    )
    collection_start_time: Time = Field(
        None, validation_alias=AliasChoices("startTime", "collection_start_time"), description="Begin; now when none"
    )
    actualContainerBarcode: str | None = Field(None, description="Barcode of the container")
    actualContainerSlotInSC: Count = Field(None, description="Place of the container in the sample changer")
    actualSampleBarcode: str | None = Field(None, description="Barcode of the sample")
    actualSampleSlotInContainer: Count = Field(None, description="Place of the sample in the container")
    comments: str | None = Field(None, description="Remarks")

    @property
    def sample_id(self) -> int | None:
        """The sample, wherever it was named."""
        return self.blSampleId or (self.sample_reference.blSampleId if self.sample_reference else None) or None


class Image(_In):
    """One image of a collection."""

    dataCollectionId: RowKey = Field(description="Its collection")
    imageNumber: int = Field(ge=0, lt=2**31, description="Number")
    fileName: str | None = Field(None, description="File name")
    fileLocation: str | None = Field(None, description="Folder")
    jpegFileFullPath: str | None = Field(None, description="The image as JPEG")
    jpegThumbnailFileFullPath: str | None = Field(None, description="The image as small JPEG")
    measuredIntensity: Number = Field(None, description="Intensity of the beam [photons/s]")
    cumulativeIntensity: Number = Field(None, description="Intensity so far [photons]")
    synchrotronCurrent: Number = Field(None, description="Ring current [mA]")
    temperature: Number = Field(None, description="Temperature at the sample [K]")
    machineMessage: str | None = Field(None, description="What the machine's operators said")
    comments: str | None = Field(None, description="Remarks")


class RobotAction(_In):
    """Something the sample changer did."""

    sessionId: RowKey = Field(validation_alias=AliasChoices("sessionId", "blsessionId"), description="Its session")
    blSampleId: OptionalKey = Field(
        None, validation_alias=AliasChoices("blSampleId", "blsampleId"), description="The sample"
    )
    startTimestamp: LocalTimeIn = Field(description="Begin")
    endTimestamp: LocalTimeIn = Field(description="End")
    actionType: str | None = Field(None, description="LOAD, UNLOAD, DISPOSE, WASH …")
    status: str | None = Field(None, description="SUCCESS, ERROR, CRITICAL, WARNING …")
    message: str | None = Field(None, description="What the robot said")
    containerLocation: Count = Field(None, description="Place in the container")
    dewarLocation: Count = Field(None, description="Place of the container")
    sampleBarcode: str | None = Field(None, description="Barcode that was read")
    xtalSnapshotBefore: str | None = Field(None, description="Picture before")
    xtalSnapshotAfter: str | None = Field(None, description="Picture after")


class _Scan(_In):
    sessionId: RowKey = Field(description="Its session")
    blSampleId: OptionalKey = Field(None, description="The sample")
    startTime: Time = Field(None, description="Begin; now when none")
    endTime: Time = Field(None, description="End; now when none")
    exposureTime: Number = Field(None, description="Exposure [s]")
    axisPosition: Number = Field(None, description="Rotation [degrees]")
    beamSizeVertical: Number = Field(None, description="Height of the beam [mm]")
    beamSizeHorizontal: Number = Field(None, description="Width of the beam [mm]")
    crystalClass: str | None = Field(None, description="Class given to the crystal")
    comments: str | None = Field(None, description="Remarks")
    filename: str | None = Field(None, description="File of the result")
    flux: Number = Field(None, description="Flux at the begin [photons/s]")
    flux_end: Number = Field(None, description="Flux at the end [photons/s]")
    workingDirectory: str | None = Field(None, description="Folder")
    scanFileFullPath: str | None = Field(None, description="File of the measured points")


class EnergyScan(_Scan):
    """A scan over an absorption edge."""

    element: str | None = Field(None, description="Element")
    edgeEnergy: str | None = Field(None, description="The edge as text")
    startEnergy: Number = Field(None, description="Begin of the scan [keV]")
    endEnergy: Number = Field(None, description="End of the scan [keV]")
    transmissionFactor: Number = Field(None, description="Transmission of the attenuators [%]")
    fluorescenceDetector: str | None = Field(None, description="Detector")
    synchrotronCurrent: Number = Field(None, description="Ring current [mA]")
    temperature: Number = Field(None, description="Temperature at the sample [K]")
    peakEnergy: Number = Field(None, description="Energy of the peak of f″ [keV]")
    peakFPrime: Number = Field(None, description="f′ at the peak [electrons]")
    peakFDoublePrime: Number = Field(None, description="f″ at the peak [electrons]")
    inflectionEnergy: Number = Field(None, description="Energy of the inflection point [keV]")
    inflectionFPrime: Number = Field(None, description="f′ at the inflection point [electrons]")
    inflectionFDoublePrime: Number = Field(None, description="f″ at the inflection point [electrons]")
    remoteEnergy: Number = Field(None, description="Energy away from the edge [keV]")
    remoteFPrime: Number = Field(None, description="f′ away from the edge [electrons]")
    remoteFDoublePrime: Number = Field(None, description="f″ away from the edge [electrons]")
    xrayDose: Number = Field(None, description="Absorbed dose [MGy; in EM electrons/Å²]")
    jpegChoochFileFullPath: str | None = Field(None, description="Plot of f′ and f″")
    choochFileFullPath: str | None = Field(None, description="Table of f′ and f″")


class Spectrum(_Scan):
    """An X-ray fluorescence spectrum."""

    energy: Number = Field(None, description="Energy of the exciting beam [keV]")
    beamTransmission: Number = Field(None, description="Transmission of the attenuators [%]")
    jpegScanFileFullPath: str | None = Field(None, description="Plot of the spectrum")
    annotatedPymcaXfeSpectrum: str | None = Field(None, description="Fitted spectrum as page")
    fittedDataFileFullPath: str | None = Field(None, description="Fitted spectrum as table")


class ScanSample(_In):
    """Which sample an energy scan was made of."""

    energyScanId: EnergyScanKey = Field(description="The scan: key, or the answer that made it")
    blSampleId: RowKey = Field(description="The sample")


class GridInfo(_In):
    """Where the points of a grid scan lie."""

    dataCollectionId: RowKey = Field(description="Its collection")
    steps_x: float = Field(gt=0, le=10_000, multiple_of=1, description="Points across")
    steps_y: float = Field(gt=0, le=10_000, multiple_of=1, description="Points down")
    dx_mm: Number = Field(None, description="Width of one step [mm]")
    dy_mm: Number = Field(None, description="Height of one step [mm]")
    meshAngle: Number = Field(None, description="Goniometer angle of the grid [degrees]")
    orientation: str | None = Field(None, description="`horizontal` when lines run across, `vertical` when down")
    snaked: bool | None = Field(None, description="Every other line runs backwards")
    xOffset: Number = Field(None, description="Offset across [mm]")
    yOffset: Number = Field(None, description="Offset down [mm]")
    micronsPerPixelX: Number = Field(None, gt=0, description="Scale of the snapshot across [µm/pixel]")
    micronsPerPixelY: Number = Field(None, gt=0, description="Scale of the snapshot down [µm/pixel]")
    snapshot_offsetXPixel: Number = Field(None, description="Left edge of the grid on the snapshot [pixel]")
    snapshot_offsetYPixel: Number = Field(None, description="Top edge of the grid on the snapshot [pixel]")


# Millions of mistakes in a column would take longer to tell than anybody reads.
Column = Annotated[list[float | None], Field(fail_fast=True)] | None
WholeColumn = Annotated[list[int | None], Field(fail_fast=True)] | None
ImageNumber = Annotated[int, Field(ge=0, lt=2**31)]


class Indicators(Incoming):
    """Quality indicators of many images, as columns of equal length. Columns that are not sent stay as they are."""

    dataCollectionId: RowKey = Field(description="Their collection")
    imageNumber: list[ImageNumber] = Field(
        min_length=1, max_length=100_000, fail_fast=True, description="Numbers of the images, each once"
    )
    spotTotal: WholeColumn = Field(None, description="Spots")
    inResTotal: WholeColumn = Field(None, description="Spots within the resolution range")
    goodBraggCandidates: WholeColumn = Field(None, description="Spots that look like Bragg reflections")
    iceRings: WholeColumn = Field(None, description="Ice rings")
    method1Res: Column = Field(None, description="Resolution by the first method [Å]")
    method2Res: Column = Field(None, description="Resolution by the second method [Å]")
    maxUnitCell: Column = Field(None, description="Longest cell edge that the spots allow [Å]")
    pctSaturationTop50Peaks: Column = Field(None, description="Saturation of the strongest spots [%]")
    inResolutionOvrlSpots: WholeColumn = Field(None, description="Overlapping spots")
    binPopCutOffMethod2Res: Column = Field(None, description="Cut-off of the second method")
    totalIntegratedSignal: Column = Field(None, description="Signal in all spots [photons]")
    dozor_score: Column = Field(None, description="Diffraction signal as Dozor scores it")
    driftFactor: Column = Field(None, description="Drift of the signal")


class Kept(BaseModel):
    """What became of a write."""

    model_config = ConfigDict(populate_by_name=True)

    notKept: list[str] = Field(description="Columns that this facility's database has no place for")


class _Out(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    metadata: Kept = Field(alias="_metadata", description="What became of the write")


class GroupOut(_Out):
    """A group as it was written."""

    dataCollectionGroupId: int = Field(description="Key")
    sessionId: int = Field(description="Its session")
    experimentType: str | None = Field(description="Kind of experiment")
    blSampleId: int | None = Field(description="The sample")
    workflowId: int | None = Field(description="Its workflow")


class CollectionOut(_Out):
    """A collection as it was written."""

    dataCollectionId: int = Field(description="Key")
    dataCollectionGroupId: int = Field(description="Its group")
    sessionId: int = Field(description="Its session")
    runStatus: str | None = Field(description="How it goes or went")
    startTime: datetime | None = Field(description="Begin")
    endTime: datetime | None = Field(description="End")


class ImageOut(_Out):
    """An image as it was written."""

    imageId: int = Field(description="Key")
    dataCollectionId: int = Field(description="Its collection")
    imageNumber: int = Field(description="Number")


class RobotActionOut(_Out):
    """A robot action as it was written."""

    robotActionId: int = Field(description="Key")
    sessionId: int = Field(description="Its session")
    blSampleId: int | None = Field(description="The sample")


class EnergyScanOut(_Out):
    """An energy scan as it was written."""

    energyScanId: int = Field(description="Key")
    sessionId: int = Field(description="Its session")
    blSampleId: int | None = Field(description="The sample")


class SpectrumOut(_Out):
    """A fluorescence spectrum as it was written."""

    xfeFluorescenceSpectrumId: int = Field(description="Key")
    sessionId: int = Field(description="Its session")
    blSampleId: int | None = Field(description="The sample")


class GridInfoOut(_Out):
    """A grid as it was written."""

    gridInfoId: int = Field(description="Key")
    dataCollectionId: int = Field(description="Its collection")


class IndicatorsOut(_Out):
    """What became of indicators."""

    dataCollectionId: int = Field(description="Their collection")
    added: int = Field(description="Images that had none before")
    changed: int = Field(description="Images that had some before")
