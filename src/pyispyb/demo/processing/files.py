"""What a run leaves on disk: a log, and where it succeeded a report, its statistics as a table, and merged data.

Merged data are made when somebody asks for them.
"""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from ..on_demand import Order, leave
from ..traces import Job
from . import reports
from .runs import Run

Attachment = dict[str, Any]


def folder_of(run: Run) -> Path:
    """Where a run writes."""
    return run.dataset.folder / run.folder


def files_of(run: Run, begin: datetime, end: datetime) -> tuple[list[Attachment], Job]:
    """The files of a run that is over as ISPyB is told of them, and the job that makes them."""
    names = _names(run)
    folder = str(folder_of(run))
    attachments = [
        {"fileType": kind, "fileName": name, "filePath": folder, "importanceRank": rank}
        for rank, (name, kind) in enumerate(names.items(), start=1)
    ]
    return attachments, partial(_write, run, begin, end)


def log_of(run: Run, begin: datetime) -> list[Attachment]:
    """The log alone, as ISPyB is told of it before the others are there."""
    attachments, _ = files_of(run, begin, begin)
    return [each for each in attachments if each["fileName"] == _log(run)]


def write_log_so_far(run: Run, begin: datetime, share: float) -> None:
    """The log of a run that has done this share of its work."""
    folder = folder_of(run)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _log(run)).write_text(reports.log_so_far(run, begin, share), encoding="utf-8")


def _names(run: Run) -> dict[str, str]:
    """Names and types of the files, the most important ones first; a run that waits has none."""
    log = {_log(run): "Log"}
    if run.state == "queued":
        return {}
    if run.outcome is None or run.pipeline is None:
        return log
    return {"report.html": "Log", **dict.fromkeys(_merged(run), "Result"), "statistics.csv": "Graph", **log}


def _log(run: Run) -> str:
    return f"{run.folder}.log"


def _merged(run: Run) -> dict[str, Order]:
    """Files of merged data by their names: one of each way of merging."""
    assert run.pipeline is not None
    assert run.outcome is not None
    names = {"isotropic": run.pipeline.reflections, "anisotropic": run.pipeline.within_ellipsoid}
    found = ((names[merged.kind], merged.reflections) for merged in run.outcome.merged)
    return {name: Order("merged", data) for name, data in found if name is not None}


def _write(run: Run, begin: datetime, end: datetime) -> None:
    folder = folder_of(run)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _log(run)).write_text(reports.log(run, begin, end), encoding="utf-8")
    if run.outcome is None or run.pipeline is None:
        return
    (folder / "report.html").write_text(reports.page(run, end), encoding="utf-8")
    (folder / "statistics.csv").write_text(reports.table(run.outcome), encoding="utf-8")
    leave(folder, _merged(run))
