"""A simulated cluster that processes data as they are measured, and tells ISPyB so over HTTP."""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import datetime
from typing import Any

from ...clock import local_now
from ..client import Caller, Refused, Unreachable
from ..structures import files as structures
from ..structures.solutions import Solution, solutions_of
from .centring import Scanned, centrings
from .container import container
from .datasets import Dataset
from .files import Attachment, files_of, log_of, write_log_so_far
from .runs import Run, runs_of

logger = logging.getLogger(__name__)

SLOTS = 8
"""Runs at the same time; the others wait."""
QUICKEST, SLOWEST = 5.0, 60.0
"""How long a run takes, if nobody is in a greater hurry [s]."""
STEPS = 12
"""How often a run writes into its log on the way."""
LONGEST = 42.0
"""Minutes of the slowest run on a cluster that is not simulated."""


class Cluster:
    """Runs every pipeline on what it is given; the pace makes all runs take that many times as long."""

    def __init__(self, caller: Caller, pace: float = 1.0) -> None:
        self._caller = caller
        self._pace = pace
        self._slots = asyncio.Semaphore(SLOTS)
        self._work: set[asyncio.Task[None]] = set()

    def take(self, dataset: Dataset) -> None:
        """Begin with a data set; whoever measured it goes on at once."""
        task = asyncio.create_task(self._process(dataset))
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    def fulfil(self, job: int, run: Run) -> None:
        """Begin with the run that somebody asked for; whoever took the request up goes on at once."""
        task = asyncio.create_task(self._heard(run, self._announce(run, f"processings/jobs/{job}/runs")))
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    def centre(self, group: int, views: list[Scanned], sample: int) -> None:
        """Find the crystal on the grid scans of a group; whoever measured them goes on at once."""
        task = asyncio.create_task(self._centre(group, views, sample))
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _centre(self, group: int, views: list[Scanned], sample: int) -> None:
        try:
            for document in await asyncio.to_thread(centrings, views, sample):
                await self._caller.post("processings/xray-centrings", {"dataCollectionGroupId": group, **document})
        except Refused as error:
            logger.warning("X-ray centring: %s", error)
        except Unreachable as error:
            logger.info("X-ray centring: %s", error)

    async def finish(self) -> None:
        """Wait until everything that was given is processed."""
        while self._work:
            await asyncio.wait(self._work)

    async def close(self) -> None:
        """Drop whatever is not done."""
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        await self._caller.close()

    async def _process(self, dataset: Dataset) -> None:
        runs = await asyncio.to_thread(runs_of, dataset)
        await asyncio.gather(*(self._tell(run) for run in runs))

    async def _tell(self, run: Run) -> None:
        """One run, from where it is heard of to its end."""
        by_xml = run.pipeline is not None and run.pipeline.xml
        await self._heard(run, self._hand_in(run) if by_xml else self._announce(run))

    @staticmethod
    async def _heard(run: Run, telling: Coroutine[Any, Any, None]) -> None:
        """What is told, whether or not ISPyB listens."""
        try:
            await telling
        except Refused as error:
            logger.warning("%s: %s", run.programs, error)
        except Unreachable as error:
            logger.info("%s: %s", run.programs, error)

    async def _announce(self, run: Run, where: str = "processings/programs") -> None:
        """Say that the run waits, that it has begun, and how it ended."""
        waiting = run.program() | {"processingStatus": "queued", "processingMessage": None}
        announced = await self._caller.post(where, {"dataCollectionId": run.dataset.collections[0], **waiting})
        if run.state == "queued":
            return
        program = announced["autoProcProgramId"]
        async with self._slots:
            begin = local_now()
            told = log_of(run, begin)
            await asyncio.to_thread(write_log_so_far, run, begin, 0.0)
            await self._caller.patch(
                f"processings/programs/{program}",
                {"processingStatus": "running", "processingStartTime": begin.isoformat(), "attachments": told},
            )
            end, attachments = await self._work_on(run, begin)
        more = {"attachments": [each for each in attachments if each not in told], "messages": run.messages}
        if run.screening is not None:
            about = {"dataCollectionId": run.dataset.collections[0], "autoProcProgramId": program}
            await self._caller.post("processings/screenings", {**about, **run.screening})
        if run.outcome is None:
            ended = {name: value for name, value in _ended(run, begin, end).items() if name in CHANGED}
            await self._caller.patch(f"processings/programs/{program}", ended | more)
        else:
            result = {"autoProcProgramId": program, "program": _ended(run, begin, end), **run.made(), **more}
            made = await self._caller.post("processings/results", result)
            for solution in await asyncio.to_thread(solutions_of, run):
                await self._solve(solution, made["scalings"][0]["autoProcScalingId"])

    async def _solve(self, solution: Solution, scaling: int) -> None:
        """Say that a structure is made of merged data, and what came of it."""
        about = {"autoProcScalingId": scaling, "kind": solution.kind}
        async with self._slots:
            begin = local_now()
            running = solution.program() | {"processingStatus": "running", "processingMessage": None}
            times = {"processingStartTime": begin.isoformat()}
            announced = await self._caller.post("structures", {**about, "program": running | times})
            await asyncio.sleep(self._pace * self._seconds(solution.minutes))
            end = local_now()
            attachments, blobs, write = structures.files_of(solution, begin, end)
            await asyncio.to_thread(write)
        ended = solution.program() | times | {"processingEndTime": end.isoformat()}
        result = {"program": ended, "attachments": attachments, **solution.numbers}
        await self._caller.post(
            "structures",
            {
                **about,
                "autoProcProgramId": announced["autoProcProgramId"],
                **result,
                "shells": solution.shells,
                "blobs": blobs,
                "messages": solution.messages(),
            },
        )

    async def _hand_in(self, run: Run) -> None:
        """Say nothing until there is a container with everything, or a run that failed."""
        if run.state == "queued":
            return
        async with self._slots:
            begin = local_now()
            end, attachments = await self._work_on(run, begin)
        if run.outcome is not None:
            content = container(_ended(run, begin, end), run.made(), attachments)
            await self._caller.post_xml("processings/autoproc-container", content)
            return
        failed = {"dataCollectionId": run.dataset.collections[0], **_ended(run, begin, end)}
        await self._caller.post(
            "processings/programs", {**failed, "attachments": attachments, "messages": run.messages}
        )

    async def _work_on(self, run: Run, begin: datetime) -> tuple[datetime, list[Attachment]]:
        """Take the time it takes and write the files; answers the end and what there is to download."""
        for step in range(STEPS):
            await asyncio.to_thread(write_log_so_far, run, begin, step / STEPS)
            await asyncio.sleep(self._pace * self._seconds(run.minutes) / STEPS)
        end = local_now()
        attachments, write = files_of(run, begin, end)
        await asyncio.to_thread(write)
        return end, attachments

    @staticmethod
    def _seconds(minutes: float) -> float:
        """How long it takes here what takes so long on a real cluster."""
        return QUICKEST + (SLOWEST - QUICKEST) * minutes / LONGEST


CHANGED = frozenset({"processingStatus", "processingMessage", "processingStartTime", "processingEndTime"})
"""What is not known of a run when it is announced."""


def _ended(run: Run, begin: datetime, end: datetime) -> dict[str, Any]:
    """What is told of a run that is over."""
    times = {"processingStartTime": begin.isoformat(), "processingEndTime": end.isoformat()}
    return run.program() | times
