"""Runs of the past as rows: what the service makes of the same results when they come over HTTP."""

from datetime import datetime, timedelta
from typing import Any

import orjson

from ...processing.schemas import Ellipsoid
from ...processing.statistics import as_table, stored_ellipsoid
from ...tables import (
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcProgramAttachment,
    AutoProcProgramMessage,
    AutoProcScaling,
    AutoProcScaling_has_Int,
    AutoProcScalingStatistics,
    ScalingExtra,
)
from ..rows import Rows
from ..structures.records import add_structures
from ..traces import Job
from .crystals import add_screening
from .datasets import Dataset
from .files import files_of
from .runs import Run, runs_of
from .shells import Statistics

STATUS = {"success": "SUCCESS", "failed": "FAILED", "queued": None}
AS_TEXT = ("sigAno", "isa")
"""Statistics that ISPyB keeps as text."""
OF_ANISOTROPIC = (
    "completenessSpherical",
    "completenessEllipsoidal",
    "anomalousCompletenessSpherical",
    "anomalousCompletenessEllipsoidal",
)
SOON = 20
"""Runs begin within so many seconds after their data."""
OVER = timedelta(seconds=15)
"""Every run of the past ended this long ago: the cluster was quick with the last ones."""


def add_runs(rows: Rows, dataset: Dataset, measured: datetime, now: datetime) -> list[Job]:
    """Plan every run on a data set that was measured until then; answers jobs that write the files."""
    rng = dataset.chance("cluster")
    jobs: list[Job] = []
    for run in runs_of(dataset):
        begin = min(measured + timedelta(seconds=rng.randrange(2, SOON)), now - 2 * OVER)
        end = min(begin + timedelta(seconds=round(60 * run.minutes)), now - OVER)
        jobs += add_run(rows, run, (begin, end), now)
    return jobs


def add_run(rows: Rows, run: Run, times: tuple[datetime, datetime], now: datetime, **of: int) -> list[Job]:
    """Plan a run that began and ended then, with what it made and columns of its own; answers jobs for the files."""
    begin, end = times
    jobs: list[Job] = []
    program = _add_program(rows, run, begin, end, of)
    if run.outcome is not None:
        scaling = _add_outcome(rows, run, program, end)
        jobs += add_structures(rows, run, (program, scaling), end, now - OVER)
    if run.screening is not None:
        add_screening(rows, run.screening, run.dataset.collections[0], program, end)
    for message in run.messages:
        rows.add(AutoProcProgramMessage, autoProcProgramId=program, recordTimeStamp=end, **message)
    attachments, job = files_of(run, begin, end)
    for attachment in attachments:
        rows.add(AutoProcProgramAttachment, autoProcProgramId=program, recordTimeStamp=end, **attachment)
    return [*jobs, job] if attachments else jobs


def _add_program(rows: Rows, run: Run, begin: datetime, end: datetime, of: dict[str, int]) -> int:
    waits = run.state == "queued"
    return rows.add(
        AutoProcProgram,
        **{**run.program(), "processingStatus": STATUS[run.state]},
        processingStartTime=None if waits else begin,
        processingEndTime=None if waits else end,
        recordTimeStamp=begin,
        dataCollectionId=run.dataset.collections[0],
        **of,
    )


def _add_outcome(rows: Rows, run: Run, program: int, end: datetime) -> int:
    """Answers the key of the first way of scaling."""
    made = run.made()
    scalings = made.pop("scalings")
    result = rows.add(AutoProc, autoProcProgramId=program, recordTimeStamp=end, **made)
    for scaling in scalings:
        ellipsoid = scaling["ellipsoid"]
        columns = stored_ellipsoid(Ellipsoid.model_construct(**ellipsoid)) if ellipsoid else {}
        key = rows.add(AutoProcScaling, autoProcId=result, recordTimeStamp=end, **columns)
        for name, statistics in scaling["statistics"].items():
            rows.add(
                AutoProcScalingStatistics,
                scalingStatisticsType=name,
                autoProcScalingId=key,
                recordTimeStamp=end,
                **_as_kept(statistics),
            )
        rows.put(
            ScalingExtra,
            {
                "autoProcScalingId": key,
                "kind": scaling["kind"],
                "ellipsoid": _json(ellipsoid) if ellipsoid else None,
                "shells": _json(as_table(scaling["shells"])),
                "further": None,
            },
        )
        for sweep in scaling["integrations"]:
            swept = rows.add(AutoProcIntegration, autoProcProgramId=program, recordTimeStamp=end, **sweep)
            rows.add(AutoProcScaling_has_Int, autoProcScalingId=key, autoProcIntegrationId=swept, recordTimeStamp=end)
    return key - len(scalings) + 1


def _as_kept(statistics: Statistics) -> dict[str, Any]:
    """A value for the same columns every time, so that rows go in together."""
    kept = {"isa": None, "resIOverSigI2": None, **dict.fromkeys(OF_ANISOTROPIC), **statistics}
    return kept | {name: f"{kept[name]:g}" for name in AS_TEXT if kept[name] is not None}


def _json(content: Any) -> str:
    return orjson.dumps(content).decode()
