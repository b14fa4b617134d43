"""The steps of an experiment in the words of ISPyB: columns without keys, times and paths."""

from typing import Any

from ..collections.favourites import with_words
from . import images
from .experiment import Collection, EnergyScan, Fluorescence, Target
from .facility import Beamline
from .fluorescence import EDGES, EdgeScan
from .grids import Grid
from .pictures.camera import MICRONS_PER_PIXEL, on_loop

RUNNING = "Data collection running"
STOPPED = "Data collection stopped"


def of_collection(target: Target, beamline: Beamline, step: Collection) -> dict[str, Any]:
    """Columns of DataCollection: angles [degrees], lengths [mm], wavelength and resolutions [Å], transmission [%]."""
    detector = beamline.detector
    return {
        "blSampleId": target.blSampleId,
        "experimentType": step.experimentType,
        "dataCollectionNumber": step.run,
        "axisStart": step.start,
        "axisEnd": round(step.start + (step.width - step.overlap) * (step.images - 1) + step.width, 3),
        "axisRange": step.width,
        "overlap": step.overlap,
        "numberOfImages": step.images,
        "startImageNumber": 1,
        "numberOfPasses": 1,
        "exposureTime": step.exposure,
        "imagePrefix": target.name,
        "imageSuffix": images.suffix(beamline, step),
        "wavelength": round(step.shot.wavelength, 5),
        "resolution": step.shot.resolution,
        "resolutionAtCorner": step.shot.corner,
        "detectorDistance": step.shot.distance,
        "xBeam": round(detector.half_width + 0.31, 3),
        "yBeam": round(detector.pixels[1] * detector.pixel_mm / 2 - 0.42, 3),
        "transmission": step.transmission,
        "flux": beamline.flux * step.transmission / 100,
        "flux_end": beamline.flux * step.transmission / 100 * 0.997,
        "beamSizeAtSampleX": beamline.beam[0] / 1000,
        "beamSizeAtSampleY": beamline.beam[1] / 1000,
        "beamShape": "ellipse",
        "slitGapHorizontal": round(beamline.beam[0] / 1000 * 1.5, 3),
        "slitGapVertical": round(beamline.beam[1] / 1000 * 1.5, 3),
        "undulatorGap1": round(4.2 + 0.18 * step.shot.energy, 3),
        "synchrotronMode": "Uniform filling",
        "rotationAxis": "Omega",
        "omegaStart": step.start,
        "kappaStart": 0.0,
        "phiStart": 0.0,
        "averageTemperature": 100.0,
        "centeringMethod": "Loop centring" if step.grid else "X-ray centring",
        "actualSampleBarcode": target.code,
        "actualSampleSlotInContainer": target.slot,
        "actualContainerBarcode": target.container,
        "actualContainerSlotInSC": target.containerSlot,
        "comments": with_words(step.comments, favourite=step.favourite),
    }


def run_status(step: Collection) -> str:
    """How control software words the end."""
    return f"Data collection {step.ending}"


def of_group(target: Target, step: Collection) -> dict[str, Any]:
    """Columns of DataCollectionGroup."""
    return {
        "blSampleId": target.blSampleId,
        "experimentType": step.experimentType,
        "actualSampleBarcode": target.code,
        "actualSampleSlotInContainer": target.slot,
        "actualContainerBarcode": target.container,
        "actualContainerSlotInSC": target.containerSlot,
    }


def of_grid(target: Target, grid: Grid) -> dict[str, Any]:
    """Columns of GridInfo.

    Steps are in mm, the spindle angle in degrees, the corner of the grid in pixels of the first snapshot; the scale of
    that is given both ways.
    """
    corner = on_loop(target.specimen, grid.omega).pixel(*grid.corner())
    return {
        "steps_x": grid.steps_x,
        "steps_y": grid.steps_y,
        "dx_mm": round(grid.step[0] / 1000, 4),
        "dy_mm": round(grid.step[1] / 1000, 4),
        "meshAngle": grid.omega,
        "orientation": grid.orientation,
        "snaked": grid.snaked,
        "patchesX": 1,
        "patchesY": 1,
        "snapshot_offsetXPixel": round(corner[0], 1),
        "snapshot_offsetYPixel": round(corner[1], 1),
        "micronsPerPixelX": MICRONS_PER_PIXEL,
        "micronsPerPixelY": MICRONS_PER_PIXEL,
        "pixelspermicronX": round(1 / MICRONS_PER_PIXEL, 5),
        "pixelspermicronY": round(1 / MICRONS_PER_PIXEL, 5),
    }


def of_energy_scan(target: Target, beamline: Beamline, step: EnergyScan, scan: EdgeScan) -> dict[str, Any]:
    """Columns of EnergyScan: energies in keV, scattering factors in electrons, beam size in mm, transmission in %."""
    edge = EDGES[step.element]
    return {
        "blSampleId": target.blSampleId,
        "fluorescenceDetector": "Silicon drift detector",
        "element": step.element,
        "edgeEnergy": edge.shell,
        "startEnergy": round(float(scan.energy[0]), 4),
        "endEnergy": round(float(scan.energy[-1]), 4),
        "transmissionFactor": step.transmission,
        "exposureTime": step.exposure,
        "synchrotronCurrent": 200.0,
        "temperature": 100.0,
        "beamSizeHorizontal": beamline.beam[0] / 1000,
        "beamSizeVertical": beamline.beam[1] / 1000,
        "flux": beamline.flux * step.transmission / 100,
        **scan.results(),
    }


def of_fluorescence(target: Target, beamline: Beamline, step: Fluorescence) -> dict[str, Any]:
    """Columns of XFEFluorescenceSpectrum: energy in keV, beam size in mm, transmission in %."""
    return {
        "blSampleId": target.blSampleId,
        "energy": step.energy,
        "exposureTime": step.exposure,
        "beamTransmission": step.transmission,
        "beamSizeHorizontal": beamline.beam[0] / 1000,
        "beamSizeVertical": beamline.beam[1] / 1000,
        "flux": beamline.flux * step.transmission / 100,
    }
