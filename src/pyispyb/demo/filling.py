"""Makes the pictures and data files of the pool.

A program of its own, `python -m pyispyb.demo.filling FOLDER`: drawing keeps one core busy for seconds, and in the same
process it would get in the way of everything else that a set-up does.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from .cbf import write_cbf
from .facility import BEAMLINES
from .frames import HALF_WIDTH, PIXEL, expose
from .hdf5 import IMAGES_PER_FILE, Setting, write_data
from .macromolecules import MACROMOLECULES, Macromolecule
from .pictures.camera import empty_goniometer, on_crystal, on_loop, photograph
from .pictures.diffraction import picture
from .pictures.ink import save_with_thumbnail
from .pool import CLASSES, FRAMES, LOOP_ORIENTATIONS, ORIENTATIONS, Class, Pool
from .specimen import POOL, make_specimen
from .structures.density import pictured, write_views
from .structures.models import crystal_of

WIDTH = 0.5
"""Turn of the spindle during an image [degrees]."""


def fill(pool: Pool) -> None:
    """Make everything, and leave one core to the rest of the set-up.

    Pictures come from several threads: drawing mostly happens outside the interpreter.
    """
    pool.folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=max(1, (os.cpu_count() or 1) - 1)) as threads:
        work = [threads.submit(_expose, pool, kind) for kind in CLASSES]
        work += [threads.submit(_photograph, pool, number) for number in range(POOL)]
        work += [threads.submit(_draw_blobs, pool, protein) for protein in MACROMOLECULES.values()]
        for done in work:
            done.result()
    save_with_thumbnail(empty_goniometer(), pool.empty)


def _photograph(pool: Pool, number: int) -> None:
    specimen = make_specimen(number)
    for omega in ORIENTATIONS:
        save_with_thumbnail(photograph(specimen, on_crystal(specimen, omega)), pool.crystal(number, omega))
    for omega in LOOP_ORIENTATIONS:
        save_with_thumbnail(photograph(specimen, on_loop(specimen, omega)), pool.loop(number, omega))


def _expose(pool: Pool, kind: Class) -> None:
    lattice = kind.lattice()
    geometry = kind.geometry
    frames = np.stack([expose(lattice, WIDTH * number, WIDTH, geometry) for number in range(FRAMES)])
    for frame, path in zip(frames, pool.images(kind), strict=True):
        save_with_thumbnail(picture(frame), path)
    detector = f"{BEAMLINES[0].detector.manufacturer} {BEAMLINES[0].detector.model}"
    setting = Setting(geometry.wavelength, geometry.distance, PIXEL, 0.01, 0.0, WIDTH, IMAGES_PER_FILE, detector)
    write_data(pool.data(kind), frames, setting)
    for number, path in enumerate(pool.single_images(kind)):
        write_cbf(path, frames[number], _single(setting, number))


def _single(setting: Setting, number: int) -> Setting:
    """How an image of a file of its own was measured, at the beamline that writes such: its detector is smaller."""
    detector = next(beamline.detector for beamline in BEAMLINES if beamline.cbf)
    scale = detector.half_width / HALF_WIDTH
    return replace(
        setting,
        distance=setting.distance * scale,
        pixel=setting.pixel * scale,
        start=90.0 * number,
        detector=f"{detector.manufacturer} {detector.model}",
    )


def _draw_blobs(pool: Pool, protein: Macromolecule) -> None:
    refined = pictured(protein)
    for number, blob in enumerate(crystal_of(protein).blobs):
        write_views(pool.blob(protein, number), refined, blob)


if __name__ == "__main__":
    fill(Pool(Path(sys.argv[1])))
