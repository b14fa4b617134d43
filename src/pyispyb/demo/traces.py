"""What each step leaves on disk, and under which columns of ISPyB the paths are stored.

Nothing is written here: every function answers columns, and jobs that make the files they name.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from . import facility, fluorescence, images
from .experiment import Collection, EnergyScan, Fluorescence, Robot, Target
from .facility import Beamline
from .indicators import Indicators
from .pictures import plots
from .pictures.ink import save, thumbnail_path
from .pool import NOTHING, ORIENTATIONS, Pool, link_picture, nearest

Job = Callable[[], None]


@dataclass(frozen=True)
class Traces:
    """Columns of one row and the files behind them."""

    columns: dict[str, Any]
    jobs: list[Job]
    images: list[dict[str, Any]] = field(default_factory=list)
    """Columns of the rows of images that there is a picture of."""
    attachments: dict[str, str] = field(default_factory=dict)
    """Paths of attached files and their fileType."""
    last_jobs: list[Job] = field(default_factory=list)
    """Those that make the files which tell how it ended."""

    def write(self) -> None:
        """Make the files that are there when the step begins."""
        for job in self.jobs:
            job()

    def close(self) -> None:
        """Make the files that are there when it is over."""
        for job in self.last_jobs:
            job()

    def write_all(self) -> None:
        """Make the files of a step that is over."""
        self.write()
        self.close()


@dataclass(frozen=True)
class Place:
    """Where a session writes, and what it takes from."""

    pool: Pool
    folder: Path
    beamline: Beamline

    @classmethod
    def of_session(cls, root: Path, proposal: str, beamline: str, start: datetime) -> "Place":
        """The folder of a session below the root of all files."""
        folder = root / proposal / beamline.lower() / f"{start:%Y%m%d}"
        return cls(Pool(root / "pool"), folder, facility.beamline(beamline))

    def sample(self, target: Target) -> Path:
        """The folder of a sample."""
        return self.folder / "RAW_DATA" / target.protein.acronym / target.name

    def processed(self, target: Target) -> Path:
        """The folder of what programs made of a sample."""
        return self.folder / "PROCESSED_DATA" / target.protein.acronym / target.name

    def runs(self, target: Target) -> int:
        """Runs of a sample that are on disk already."""
        folder = self.sample(target)
        return sum(1 for _ in folder.glob("run_*")) if folder.is_dir() else 0


def of_robot(place: Place, target: Target, step: Robot, start: datetime) -> Traces:
    """Pictures of the goniometer before and after."""
    folder = place.sample(target) / "robot"
    stem = f"{target.name}_{step.actionType.lower()}_{start:%H%M%S}"
    full = place.pool.loop(target.specimen.number, 0)
    mounted = step.actionType == "LOAD" and step.status == "SUCCESS"
    before = full if step.actionType == "UNLOAD" else place.pool.empty
    after = full if mounted else place.pool.empty
    columns: dict[str, Any] = {}
    jobs: list[Job] = [partial(_folder, folder)]
    for column, source, word in (("xtalSnapshotBefore", before, "before"), ("xtalSnapshotAfter", after, "after")):
        path = folder / f"{stem}_{word}.jpg"
        columns[column] = str(path)
        jobs.append(partial(link_picture, source, path))
    return Traces(columns, jobs)


def of_collection(
    place: Place,
    target: Target,
    step: Collection,
    indicators: Indicators | None,
    start: datetime,
    *,
    plotted: bool = False,
    every_box: bool = False,
) -> Traces:
    """Data, snapshots, pictures of some images, the log; when plotted, the indicators as a picture.

    Indicators are None for a collection that failed before its first image. Of a grid there are pictures of the first
    and the best box, or of every box.
    """
    folder = place.sample(target) / f"run_{step.run:02}_{step.group}"
    stem = f"{target.name}_{step.run}"
    data = images.template(stem, place.beamline, step)
    columns: dict[str, Any] = {"imageDirectory": f"{folder}/", "fileTemplate": data}
    jobs: list[Job] = [partial(_folder, folder)]
    for number, source in enumerate(_snapshots(place.pool, target, step), start=1):
        path = folder / f"{stem}_{number}.snapshot.jpg"
        columns[f"xtalSnapshotFullPath{number}"] = str(path)
        jobs.append(partial(link_picture, source, path))
    log = folder / f"{stem}.log"
    attachments = {str(log): "log"}
    last_jobs: list[Job] = [partial(_write, log, _log(target, step, start))]
    if indicators is None:
        return Traces(columns, jobs, [], attachments, last_jobs)
    if plotted:
        plot = folder / f"{stem}_quality.png"
        columns["imageQualityIndicatorsPlotPath"] = str(plot)
        title = f"{stem}   {step.measured} images"
        jobs.append(lambda: save(plots.quality(indicators, title), plot))
    jobs += images.write(place.pool, folder, stem, target, place.beamline, step, indicators)
    pictured = [
        {
            "imageNumber": number,
            "fileName": data % number if "%" in data else data,
            "fileLocation": f"{folder}/",
            **picture,
        }
        for number, picture in _pictures(place.pool, target, step, indicators, every_box=every_box)
    ]
    return Traces(columns, jobs, pictured, attachments, last_jobs)


def _pictures(
    pool: Pool, target: Target, step: Collection, indicators: Indicators, *, every_box: bool
) -> list[tuple[int, dict[str, str]]]:
    """Numbers of images and the columns that name the pictures of them.

    The pictures lie in the pool, where all sessions share them; neighbouring numbers have different ones.
    """
    last = int(indicators.imageNumber[-1])
    spots = _named(pool.images(nearest(target.diffraction)))
    if not step.grid:
        numbers = range(1, last + 1) if last < 10 else (1, last)
        return [(number, spots[number % len(spots)]) for number in numbers]
    nothing = _named(pool.images(NOTHING))
    scores = indicators.dozor_score.tolist()
    boxes = range(1, last + 1) if every_box else sorted({1, int(indicators.dozor_score.argmax()) + 1})
    return [(box, (spots if scores[box - 1] > 1 else nothing)[box % len(spots)]) for box in boxes]


def _named(pictures: list[Path]) -> list[dict[str, str]]:
    """Columns of Image that name each picture."""
    return [
        {"jpegFileFullPath": str(picture), "jpegThumbnailFileFullPath": str(thumbnail_path(picture))}
        for picture in pictures
    ]


def of_energy_scan(
    place: Place, target: Target, step: EnergyScan, start: datetime
) -> tuple[Traces, fluorescence.EdgeScan]:
    """The measured points, f' and f'' as a table, and the plot of them; and the scan itself."""
    scan = fluorescence.scan_edge(step.element, target.blSampleId)
    folder = place.sample(target) / "energy_scan"
    stem = f"{target.name}_{step.element}_{start:%H%M%S}"
    raw, table, plot = folder / f"{stem}.raw", folder / f"{stem}.efs", folder / f"{stem}.png"
    measured = "".join(f"{energy:.5f} {counts:.0f}\n" for energy, counts in zip(scan.energy, scan.counts, strict=True))
    factors = "".join(
        f"{energy * 1000:.2f} {f_double_prime:.3f} {f_prime:.3f}\n"
        for energy, f_double_prime, f_prime in zip(scan.energy, scan.f_double_prime, scan.f_prime, strict=True)
    )
    title = f"{step.element} {scan.edge.shell} edge   {target.name}"
    jobs: list[Job] = [
        partial(_folder, folder),
        partial(_write, raw, measured),
        partial(_write, table, factors),
        lambda: save(plots.edge(scan, title), plot),
    ]
    columns = {
        "scanFileFullPath": str(raw),
        "choochFileFullPath": str(table),
        "jpegChoochFileFullPath": str(plot),
        "filename": raw.name,
    }
    return Traces(columns, jobs), scan


def of_fluorescence(place: Place, target: Target, step: Fluorescence, start: datetime) -> Traces:
    """The counts and the plot of them."""
    spectrum = fluorescence.spectrum(dict(target.protein.elements), step.energy, target.blSampleId)
    folder = place.sample(target) / "xrf"
    stem = f"{target.name}_{start:%H%M%S}"
    raw, plot = folder / f"{stem}.dat", folder / f"{stem}.png"
    counts = "".join(f"{energy:.3f} {n:.0f}\n" for energy, n in zip(spectrum.energy, spectrum.counts, strict=True))
    title = f"Fluorescence at {step.energy} keV   {target.name}"
    jobs: list[Job] = [
        partial(_folder, folder),
        partial(_write, raw, counts),
        lambda: save(plots.fluorescence(spectrum, title), plot),
    ]
    columns = {"scanFileFullPath": str(raw), "jpegScanFileFullPath": str(plot), "filename": raw.name}
    return Traces(columns, jobs)


def _snapshots(pool: Pool, target: Target, step: Collection) -> list[Path]:
    number = target.specimen.number
    if step.grid:
        return [pool.loop(number, round(step.grid.omega))]
    return [pool.crystal(number, omega) for omega in ORIENTATIONS]


def _log(target: Target, step: Collection, start: datetime) -> str:
    lines = [
        f"{start:%Y-%m-%d %H:%M:%S} {step.experimentType} of {target.name} ({target.code}), run {step.run}",
        f"energy       {step.shot.energy:.4f} keV",
        f"resolution   {step.shot.resolution:.2f} A at {step.shot.distance:.2f} mm",
        f"transmission {step.transmission:.1f} %",
        f"images       {step.measured} of {step.images}, {step.width:g} degrees and {step.exposure:g} s each",
        f"outcome      {step.ending}{': ' + step.comments if step.comments else ''}",
    ]
    return "\n".join(lines) + "\n"


def _folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
