"""Events over the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ..collections.state import State


class _Row(BaseModel):
    model_config = ConfigDict(populate_by_name=True)


class WorkflowOut(_Row):
    """The workflow a group of collections belongs to."""

    workflowId: int = Field(description="Key")
    workflowType: str | None = Field(None, description="Kind of workflow")
    workflowTitle: str | None = Field(None, description="Title")
    status: str | None = Field(None, description="How it went, as the workflow engine words it")
    comments: str | None = Field(None, description="Remarks")


class EventGroup(_Row):
    """What the collections of a group have in common."""

    dataCollectionGroupId: int = Field(description="Key")
    experimentType: str | None = Field(description="Kind of experiment, such as `OSC` or `Mesh`")
    comments: str | None = Field(description="Remarks")
    Workflow: WorkflowOut | None = Field(description="Its workflow, where this database keeps one")


class GridOut(_Row):
    """A grid scan: where its points lie, and in which order they were measured."""

    gridInfoId: int = Field(description="Key")
    dataCollectionId: int | None = Field(None, description="Its collection; null where the grid hangs on the group")
    dataCollectionGroupId: int | None = Field(None, description="Its group")
    steps_x: float | None = Field(None, description="Points across")
    steps_y: float | None = Field(None, description="Points down")
    dx_mm: float | None = Field(None, description="Width of one step [mm]")
    dy_mm: float | None = Field(None, description="Height of one step [mm]")
    meshAngle: float | None = Field(None, description="Goniometer angle of the grid [degrees]")
    orientation: str | None = Field(None, description="`horizontal` when lines run across, `vertical` when down")
    snaked: bool | None = Field(None, description="Every other line runs backwards")
    xOffset: float | None = Field(None, description="Offset across [mm]")
    yOffset: float | None = Field(None, description="Offset down [mm]")
    micronsPerPixelX: float | None = Field(None, description="Scale of the snapshot across [µm/pixel]")
    micronsPerPixelY: float | None = Field(None, description="Scale of the snapshot down [µm/pixel]")
    snapshot_offsetXPixel: float | None = Field(None, description="Left edge of the grid on the snapshot [pixel]")
    snapshot_offsetYPixel: float | None = Field(None, description="Top edge of the grid on the snapshot [pixel]")
    patchesX: int | None = Field(None, description="Patches across")
    patchesY: int | None = Field(None, description="Patches down")


class CollectionSnapshots(_Row):
    """Which pictures a collection has."""

    first: bool = Field(alias="1", description="First crystal snapshot")
    second: bool = Field(alias="2", description="Second crystal snapshot")
    third: bool = Field(alias="3", description="Third crystal snapshot")
    fourth: bool = Field(alias="4", description="Fourth crystal snapshot")
    analysis: bool = Field(description="Plot of the per-image analysis")


class CollectionEventMetadata(_Row):
    """What is worked out for a collection."""

    snapshots: CollectionSnapshots = Field(description="Which pictures there are")
    state: State = Field(description="How it goes or went, from `runStatus` and the times")
    favourite: bool = Field(description="Somebody who sees it marked it as a favourite")


class CollectionItem(_Row):
    """A data collection on a page of events."""

    dataCollectionId: int = Field(description="Key")
    dataCollectionGroupId: int = Field(description="Its group")
    dataCollectionNumber: int | None = Field(None, description="Run number")
    experimentType: str | None = Field(description="Kind of experiment of its group")
    runStatus: str | None = Field(None, description="How it went, as control software words it")
    imagePrefix: str | None = Field(None, description="Begin of the image file names")
    imageSuffix: str | None = Field(None, description="Ending of the image file names")
    imageDirectory: str | None = Field(None, description="Folder of the images")
    fileTemplate: str | None = Field(None, description="Image file name with a place for the number")
    numberOfImages: int | None = Field(None, description="Images asked for")
    startImageNumber: int | None = Field(None, description="Number of the first image")
    numberOfPasses: int | None = Field(None, description="Passes")
    exposureTime: float | None = Field(None, description="Exposure of one image [s]")
    axisStart: float | None = Field(None, description="Rotation at the begin [degrees]")
    axisEnd: float | None = Field(None, description="Rotation at the end [degrees]")
    axisRange: float | None = Field(None, description="Rotation of one image [degrees]")
    overlap: float | None = Field(None, description="Overlap of neighbouring images [degrees]")
    rotationAxis: str | None = Field(None, description="Axis that rotates")
    omegaStart: float | None = Field(None, description="Omega at the begin [degrees]")
    phiStart: float | None = Field(None, description="Phi at the begin [degrees]")
    kappaStart: float | None = Field(None, description="Kappa at the begin [degrees]")
    chiStart: float | None = Field(None, description="Chi at the begin [degrees]")
    wavelength: float | None = Field(None, description="Wavelength [Å]")
    resolution: float | None = Field(None, description="Resolution at the edge of the detector [Å]")
    resolutionAtCorner: float | None = Field(None, description="Resolution at the corner of the detector [Å]")
    detectorDistance: float | None = Field(None, description="Sample to detector [mm]")
    xBeam: float | None = Field(None, description="Beam on the detector, across [mm]")
    yBeam: float | None = Field(None, description="Beam on the detector, down [mm]")
    transmission: float | None = Field(None, description="Transmission of the attenuators [%]")
    flux: float | None = Field(None, description="Flux at the begin [photons/s]")
    beamSizeAtSampleX: float | None = Field(None, description="Width of the beam at the sample [mm]")
    beamSizeAtSampleY: float | None = Field(None, description="Height of the beam at the sample [mm]")
    totalAbsorbedDose: float | None = Field(None, description="Absorbed dose [MGy; in EM electrons/Å²]")
    comments: str | None = Field(None, description="Remarks")
    DataCollectionGroup: EventGroup = Field(description="Its group")
    GridInfo: list[GridOut] = Field(description="Its grids; empty for anything but a grid scan")
    metadata: CollectionEventMetadata = Field(alias="_metadata", description="Worked out")


class RobotSnapshots(_Row):
    """Which pictures a robot action has."""

    before: bool = Field(description="Before the action")
    after: bool = Field(description="After the action")


class RobotMetadata(_Row):
    """What is worked out for a robot action."""

    snapshots: RobotSnapshots = Field(description="Which pictures there are")


class RobotItem(_Row):
    """Something the sample changer did."""

    robotActionId: int = Field(description="Key")
    actionType: str | None = Field(description="LOAD, UNLOAD, DISPOSE, WASH …")
    status: str | None = Field(description="SUCCESS, ERROR, CRITICAL, WARNING …")
    message: str | None = Field(description="What the robot said")
    containerLocation: int | None = Field(description="Place in the container")
    dewarLocation: int | None = Field(description="Place of the container")
    sampleBarcode: str | None = Field(description="Barcode that was read")
    metadata: RobotMetadata = Field(alias="_metadata", description="Worked out")


class ScanSnapshots(_Row):
    """Which pictures an energy scan has."""

    chooch: bool = Field(description="Plot of f′ and f″ against energy")


class ScanMetadata(_Row):
    """What is worked out for an energy scan."""

    snapshots: ScanSnapshots = Field(description="Which pictures there are")
    favourite: bool = Field(description="Marked as a favourite, with another program")


class EnergyScanItem(_Row):
    """A scan over an absorption edge."""

    energyScanId: int = Field(description="Key")
    element: str | None = Field(description="Element")
    edgeEnergy: str | None = Field(description="The edge as text")
    startEnergy: float | None = Field(description="Begin of the scan [keV]")
    endEnergy: float | None = Field(description="End of the scan [keV]")
    transmissionFactor: float | None = Field(description="Transmission of the attenuators [%]")
    exposureTime: float | None = Field(description="Exposure of one point [s]")
    peakEnergy: float | None = Field(description="Energy of the peak of f″ [keV]")
    peakFPrime: float | None = Field(description="f′ at the peak [electrons]")
    peakFDoublePrime: float | None = Field(description="f″ at the peak [electrons]")
    inflectionEnergy: float | None = Field(description="Energy of the inflection point [keV]")
    inflectionFPrime: float | None = Field(description="f′ at the inflection point [electrons]")
    inflectionFDoublePrime: float | None = Field(description="f″ at the inflection point [electrons]")
    comments: str | None = Field(description="Remarks")
    metadata: ScanMetadata = Field(alias="_metadata", description="Worked out")


class SpectrumSnapshots(_Row):
    """Which pictures a fluorescence spectrum has."""

    spectrum: bool = Field(description="Plot of the spectrum")


class SpectrumMetadata(_Row):
    """What is worked out for a fluorescence spectrum."""

    snapshots: SpectrumSnapshots = Field(description="Which pictures there are")
    favourite: bool = Field(description="Marked as a favourite, with another program")


class SpectrumItem(_Row):
    """An X-ray fluorescence spectrum."""

    xfeFluorescenceSpectrumId: int = Field(description="Key")
    energy: float | None = Field(description="Energy of the exciting beam [keV]")
    exposureTime: float | None = Field(description="Exposure [s]")
    beamTransmission: float | None = Field(description="Transmission of the attenuators [%]")
    filename: str | None = Field(description="File of the spectrum")
    comments: str | None = Field(description="Remarks")
    metadata: SpectrumMetadata = Field(alias="_metadata", description="Worked out")


class EventOut(_Row):
    """Something that happened in a session."""

    id: int = Field(description="Key in the table of its kind; for `dc` the data collection")
    type: Literal["dc", "robot", "es", "xrf"] = Field(description="Kind: collection, robot, energy scan, fluorescence")
    startTime: datetime | None = Field(description="Begin, facility-local")
    endTime: datetime | None = Field(description="End, facility-local")
    duration: float | None = Field(description="Length [min]")
    count: int = Field(description="Collections in the group; 1 for other kinds")
    attachments: int = Field(description="Files attached to the collection")
    session: str | None = Field(description="Name of the session; null where you do not see that")
    sessionId: int = Field(description="The session")
    proposal: str = Field(description="Name of the proposal")
    blSample: str | None = Field(description="Name of the sample")
    blSampleId: int | None = Field(description="The sample")
    Item: CollectionItem | RobotItem | EnergyScanItem | SpectrumItem = Field(description="What the kind has to say")


class EventTypeOut(_Row):
    """A kind of event that occurs."""

    eventType: str = Field(description="What `eventType` of `events` takes")
    eventTypeName: str = Field(description="Name for people")
    count: int = Field(description="How many there are")


class ProcessingProgress(_Row):
    """Groups of data collections by the best that became of them; grid scans that no run worked on are nowhere."""

    success: int = Field(description="A run of processing ended well")
    running: int = Field(description="None has yet, but one waits or runs")
    failed: int = Field(description="Runs failed, and there is nothing else")
    none: int = Field(description="No run worked on what was collected, grid scans, what failed and what runs aside")


class SessionProgress(_Row):
    """How far a session is, counted among what the viewer sees."""

    sessionId: int = Field(description="The session")
    collections: int = Field(description="Groups of data collections")
    processing: ProcessingProgress = Field(description="How far their processing is")
    searched: int = Field(description="Groups whose grid scans were searched for crystals")
    withCrystal: int = Field(description="Those of them in which a crystal was found")
