"""A collection in the words of MXCuBE's collection dictionary."""

from datetime import datetime
from typing import Any

from . import columns
from .experiment import Collection, Target
from .facility import FACILITY, Beamline

SAME_NAME = (
    "wavelength",
    "resolution",
    "resolutionAtCorner",
    "detectorDistance",
    "xBeam",
    "yBeam",
    "beamSizeAtSampleX",
    "beamSizeAtSampleY",
    "beamShape",
    "slitGapHorizontal",
    "slitGapVertical",
    "synchrotronMode",
    "flux",
    "transmission",
    "undulatorGap1",
    "actualContainerBarcode",
    "actualContainerSlotInSC",
    "actualSampleBarcode",
    "actualSampleSlotInContainer",
)
"""What MXCuBE calls as ISPyB does and knows when a collection begins."""
AT_THE_END = ("flux_end", "comments")
"""What it knows only when the collection is over."""


def collection(
    target: Target, beamline: Beamline, step: Collection, paths: dict[str, Any], start: datetime
) -> dict[str, Any]:
    """The dictionary of a collection that begins; paths are columns of DataCollection. Keys come from the caller."""
    row = columns.of_collection(target, beamline, step)
    directory = paths["imageDirectory"]
    snapshots = {name: path for name, path in paths.items() if name.startswith("xtalSnapshotFullPath")}
    return {
        **{name: row[name] for name in SAME_NAME},
        **snapshots,
        "status": columns.RUNNING,
        "experiment_type": step.experimentType,
        "collection_start_time": f"{start:%Y-%m-%d %H:%M:%S}",
        "centringMethod": row["centeringMethod"],
        "helical": step.experimentType == "Helical",
        "sample_reference": {
            "blSampleId": target.blSampleId,
            "spacegroup": target.protein.space_group,
            "cell": ",".join(f"{length:g}" for length in target.protein.cell),
        },
        "fileinfo": {
            "directory": directory,
            "prefix": target.name,
            "suffix": row["imageSuffix"],
            "template": paths["fileTemplate"],
            "run_number": step.run,
            "process_directory": directory.replace("RAW_DATA", "PROCESSED_DATA"),
            "archive_directory": directory,
        },
        "oscillation_sequence": [
            {
                "start": step.start,
                "range": step.width,
                "offset": 0.0,
                "overlap": step.overlap,
                "number_of_images": step.images,
                "start_image_number": 1,
                "number_of_passes": 1,
                "number_of_lines": 1,
                "exposure_time": step.exposure,
                "kappaStart": 0.0,
                "phiStart": 0.0,
            }
        ],
        "in_interleave": None,
    }


def end(target: Target, beamline: Beamline, step: Collection) -> dict[str, Any]:
    """What the dictionary of a collection has besides when it ended as planned."""
    row = columns.of_collection(target, beamline, step)
    return {"status": columns.run_status(step), **{name: row[name] for name in AT_THE_END}}


def setup(beamline: Beamline) -> dict[str, Any]:
    """The dictionary of a beamline's set-up."""
    return {
        "synchrotron_name": FACILITY,
        "directory_prefix": "files",
        "default_exposure_time": beamline.exposure,
        "minimum_exposure_time": 0.002,
        "detector_fileext": "h5",
        "detector_type": "EIGER",
        "detector_manufacturer": beamline.detector.manufacturer,
        "detector_model": beamline.detector.model,
        "detector_px": beamline.detector.pixel_mm,
        "detector_py": beamline.detector.pixel_mm,
        "undulators": [{"type": "In-vacuum U20"}],
        "focusing_optic": "Kirkpatrick-Baez mirrors",
        "monochromator_type": "Si(111) double crystal",
        "beam_divergence_vertical": 40.0,
        "beam_divergence_horizontal": 120.0,
        "polarisation": 0.99,
        "maximum_phi_speed": 180.0,
        "minimum_phi_oscillation": 0.02,
        "input_files_server": None,
    }
