"""MXCuBE's words for a collection as columns of DataCollection and DataCollectionGroup."""

from datetime import datetime
from typing import Any

from .schemas import Collection, Group, Oscillation

# How control software words a kind of experiment that ISPyB spells differently.
_EXPERIMENT_TYPES = {
    "normal": "OSC",
    "characterisation": "Characterization",
    "mesh scan": "Mesh",
    "multiwedge": "Collect - Multiwedge",
    "collect": "OSC",
}

_SAME_NAME = (
    "wavelength",
    "resolution",
    "resolutionAtCorner",
    "detectorDistance",
    "detectorId",
    "xBeam",
    "yBeam",
    "beamSizeAtSampleX",
    "beamSizeAtSampleY",
    "beamShape",
    "slitGapHorizontal",
    "slitGapVertical",
    "synchrotronMode",
    "flux",
    "flux_end",
    "totalAbsorbedDose",
    "transmission",
    "undulatorGap1",
    "undulatorGap2",
    "undulatorGap3",
    "xtalSnapshotFullPath1",
    "xtalSnapshotFullPath2",
    "xtalSnapshotFullPath3",
    "xtalSnapshotFullPath4",
    "actualContainerBarcode",
    "actualContainerSlotInSC",
    "actualSampleBarcode",
    "actualSampleSlotInContainer",
    "comments",
)

_ENDED = ("success", "fail", "stop", "abort", "error")


def experiment_type(worded: str | None) -> str | None:
    """ISPyB's word for a kind of experiment."""
    return None if worded is None else _EXPERIMENT_TYPES.get(worded.strip().casefold(), worded.strip()) or None


def has_ended(status: str | None) -> bool:
    """True for a status that says a collection is over."""
    return any(word in (status or "").casefold() for word in _ENDED)


def group_values(group: Group, now: datetime) -> dict[str, Any]:
    """Columns of a new group."""
    return {
        "sessionId": group.sessionId,
        "experimentType": experiment_type(group.experimentType),
        "blSampleId": group.sample_id,
        "workflowId": group.workflowId,
        "startTime": group.collection_start_time or now,
        "actualContainerBarcode": group.actualContainerBarcode,
        "actualContainerSlotInSC": group.actualContainerSlotInSC,
        "actualSampleBarcode": group.actualSampleBarcode,
        "actualSampleSlotInContainer": group.actualSampleSlotInContainer,
        "comments": group.comments,
    }


def collection_values(sent: Collection) -> dict[str, Any]:
    """Columns of a collection; None for whatever was not sent."""
    files = sent.fileinfo
    return {
        **{name: getattr(sent, name) for name in _SAME_NAME},
        **(_sweep_values(sent.oscillation_sequence[0]) if sent.oscillation_sequence else {}),
        "blSampleId": sent.sample_id,
        "experimentType": experiment_type(sent.experiment_type),
        "runStatus": sent.status,
        "startTime": sent.collection_start_time,
        "endTime": sent.collection_end_time,
        "imageDirectory": files.directory,
        "imagePrefix": files.prefix,
        "imageSuffix": files.suffix,
        "fileTemplate": files.template,
        "dataCollectionNumber": files.run_number,
        "centeringMethod": sent.centringMethod,
        "actualCenteringPosition": sent.actualCentringPosition,
        "strategySubWedgeOrigId": sent.screening_sub_wedge_id,
    }


def _sweep_values(sweep: Oscillation) -> dict[str, Any]:
    return {
        "axisStart": sweep.start,
        "axisRange": sweep.range,
        "axisEnd": _axis_end(sweep),
        "overlap": sweep.overlap,
        "numberOfImages": sweep.number_of_images,
        "startImageNumber": sweep.start_image_number,
        "numberOfPasses": sweep.number_of_passes,
        "exposureTime": sweep.exposure_time,
        "kappaStart": sweep.kappaStart,
        "phiStart": sweep.phiStart,
    }


def _axis_end(sweep: Oscillation) -> float | None:
    """Rotation after the last image [degrees]; neighbouring images share `overlap`."""
    if sweep.start is None or sweep.range is None or not sweep.number_of_images:
        return None
    step = sweep.range - (sweep.overlap or 0)
    # Sums of tenths are not exact; nobody turns a goniometer by less than a microdegree.
    return round(sweep.start + step * (sweep.number_of_images - 1) + sweep.range, 6)


def mesh(sweep: Oscillation) -> tuple[int, int, float, float] | None:
    """Points across and down, and the width and height of one step [mm], of a sweep that is a grid."""
    lines, images, size = sweep.number_of_lines or 1, sweep.number_of_images or 0, sweep.mesh_range
    if lines < 2 or size is None or images < lines:
        return None
    across = images // lines
    return across, lines, abs(size[0]) / across, abs(size[1]) / lines
