"""Solutions of the past as rows: what the service makes of the same ones when they come over HTTP."""

from datetime import datetime, timedelta
from typing import Any

import orjson

from ...mx.structures.numbers import OF_RUN, OF_STEP
from ...mx.structures.schemas import PHASING
from ...tables import (
    AutoProcProgram,
    AutoProcProgramAttachment,
    AutoProcProgramMessage,
    MXMRRun,
    MXMRRunBlob,
    Phasing_has_Scaling,
    PhasingAnalysis,
    PhasingProgramRun,
    PhasingStatistics,
    PhasingStep,
    StructureRun,
)
from ..processing.runs import Run
from ..rows import Rows
from ..traces import Job
from .files import files_of
from .solutions import Solution, solutions_of

PAUSE = timedelta(seconds=4)
"""Between two runs one of which waits for the other."""
STATUS = {"success": "SUCCESS", "failed": "FAILED"}


def add_structures(rows: Rows, run: Run, data: tuple[int, int], merged: datetime, latest: datetime) -> list[Job]:
    """Plan what was made of merged data: keys of the run that merged them and of the scaling; answers jobs.

    What would not have begun by now is left out.
    """
    jobs: list[Job] = []
    clock = merged
    for solution in solutions_of(run):
        begin = clock + PAUSE
        if begin >= latest:
            break
        clock = min(begin + timedelta(seconds=round(60 * solution.minutes)), latest)
        jobs.append(_add(rows, solution, data, begin, clock))
    return jobs


def _add(rows: Rows, solution: Solution, data: tuple[int, int], begin: datetime, end: datetime) -> Job:
    program = rows.add(
        AutoProcProgram,
        **{**solution.program(), "processingStatus": STATUS[solution.state]},
        processingStartTime=begin,
        processingEndTime=end,
        recordTimeStamp=begin,
        dataCollectionId=solution.run.dataset.collections[0],
    )
    attachments, blobs, job = files_of(solution, begin, end)
    for attachment in attachments:
        rows.add(AutoProcProgramAttachment, autoProcProgramId=program, recordTimeStamp=end, **attachment)
    for message in solution.messages():
        rows.add(AutoProcProgramMessage, autoProcProgramId=program, recordTimeStamp=end, **message)
    is_phasing = solution.kind in PHASING
    step = run = None
    if solution.state == "success" and is_phasing:
        step = _add_step(rows, solution, data[1], begin, end)
    elif solution.state == "success":
        run = _add_run(rows, solution, (program, data[1]), begin, end)
        _add_blobs(rows, run, blobs)
    kept = (OF_STEP if is_phasing else OF_RUN) if step or run else ()
    further = {name: value for name, value in solution.numbers.items() if name not in kept}
    rows.put(
        StructureRun,
        {
            "autoProcProgramId": program,
            "autoProcScalingId": data[1],
            "dataProgramId": data[0],
            "kind": solution.kind,
            "mxMRRunId": run,
            "phasingStepId": step,
            "further": _json(further),
            "blobs": _json(blobs) if step else None,
        },
    )
    return job


def _add_run(rows: Rows, solution: Solution, keys: tuple[int, int], begin: datetime, end: datetime) -> int:
    return rows.add(
        MXMRRun,
        autoProcScalingId=keys[1],
        autoProcProgramId=keys[0],
        **{name: solution.numbers.get(name) for name in OF_RUN},
        success=True,
        message=solution.message,
        pipeline=solution.programs,
        commandLine=solution.command,
        starttime=begin,
        endtime=end,
    )


def _add_blobs(rows: Rows, run: int, blobs: list[dict[str, Any]]) -> None:
    for blob in blobs:
        views = [*blob["views"], None, None, None][:3]
        values = {name: value for name, value in blob.items() if name != "views"}
        rows.add(MXMRRunBlob, mxMRRunId=run, **values, view1=views[0], view2=views[1], view3=views[2])


def _add_step(rows: Rows, solution: Solution, scaling: int, begin: datetime, end: datetime) -> int:
    analysis = rows.add(PhasingAnalysis, recordTimeStamp=end)
    run = rows.add(
        PhasingProgramRun,
        phasingCommandLine=solution.command,
        phasingPrograms=solution.programs,
        phasingStatus=True,
        phasingMessage=solution.message,
        phasingStartTime=begin,
        phasingEndTime=end,
        recordTimeStamp=end,
    )
    data = {"phasingAnalysisId": analysis, "autoProcScalingId": scaling, "recordTimeStamp": end}
    scaled = rows.add(Phasing_has_Scaling, **data)
    numbers = {name: solution.numbers.get(name) for name in OF_STEP}
    step = rows.add(
        PhasingStep,
        **data,
        programRunId=run,
        phasingStepType="PHASING" if solution.kind == "phasing" else "MODELBUILDING",
        **{name: _text(value) for name, value in numbers.items()},
    )
    for number, shell in enumerate(solution.shells, start=1):
        for metric, value in shell["values"].items():
            rows.add(
                PhasingStatistics,
                phasingHasScalingId1=scaled,
                phasingStepId=step,
                numberOfBins=len(solution.shells),
                binNumber=number,
                lowRes=shell["lowRes"],
                highRes=shell["highRes"],
                nReflections=shell["nReflections"],
                metric=metric,
                statisticsValue=value,
                recordTimeStamp=end,
            )
    return step


def _text(value: Any) -> str | None:
    """Of columns that are text, whatever they hold."""
    if value is None:
        return None
    return str(int(value)) if isinstance(value, bool) else str(value)


def _json(content: Any) -> str | None:
    return orjson.dumps(content).decode() if content else None
