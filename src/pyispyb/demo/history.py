"""Everything that was measured until now: the steps of each session as rows, what programs made of them, the files."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ..tables import (
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    GridInfo,
    Image,
    ImageQualityIndicators,
    ProcessingJob,
    RobotAction,
    Workflow,
    XFEFluorescenceSpectrum,
)
from ..tables import (
    EnergyScan as EnergyScanRow,
)
from . import columns, traces
from .chance import chance
from .experiment import Collection, EnergyScan, Fluorescence, Robot, Step, Target, plan
from .facility import Beamline
from .processing.centring import Scanned, centrings
from .processing.crystals import add_centrings
from .processing.datasets import Dataset, grouped
from .processing.past import add_requests
from .processing.records import add_runs
from .processing.workflows import Experiment, add_workflow
from .rows import Rows
from .traces import Job, Place, Traces

FULL_DETAIL = timedelta(days=4)
"""Sessions that ended longer ago keep the indicators of every tenth image of a sweep, and few pictures of grids."""
PLOTTED = timedelta(days=14)
"""Sessions that ended longer ago have no quality plots any more."""
PLOTS_PER_SESSION = 15
AUTOMATED = 0.35
"""Share of the samples of recent sessions that a workflow measured."""
LAST_END = timedelta(seconds=90)
"""Nothing of the past ended later than this before now."""


@dataclass
class Session:
    """A session with the samples that were measured in it, in their order."""

    sessionId: int
    proposal: str
    beamline: Beamline
    detectorId: int
    start: datetime
    end: datetime
    place: Place
    targets: list[Target]


@dataclass
class History:
    """Turns sessions into rows and jobs."""

    rows: Rows
    now: datetime
    jobs: list[Job] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Before the groups of collections, which refer to them.
        self.rows.put(Workflow)

    def measure(self, session: Session) -> None:
        """Plan everything that happened in a session."""
        visits = [(target, plan(target, session.beamline, session.sessionId)) for target in session.targets]
        first = session.start + timedelta(minutes=15)
        last = min(session.end - timedelta(minutes=20), self.now - LAST_END)
        busy = sum(step.pause + step.seconds + 1 for _, steps in visits for step in steps)
        idle = (last - first).total_seconds() - busy
        if idle < 0:
            raise ValueError(f"{len(visits)} samples do not fit into session {session.sessionId}")
        writer = _SessionWriter(self, session, full=session.end > self.now - FULL_DETAIL)
        rng = chance("pauses", session.sessionId)
        shares = [rng.expovariate(1) for _ in visits]
        clock = first
        for (target, steps), share in zip(visits, shares, strict=True):
            clock += timedelta(seconds=int(0.98 * idle * share / sum(shares)))
            clock = writer.visit(target, steps, clock)

    def keep(self, made: Traces) -> dict[str, Any]:
        """Remember to write the files; answers the columns that name them."""
        self.jobs.append(made.write_all)
        return made.columns


class _SessionWriter:
    """Writes the steps of one session, keeping its groups together."""

    def __init__(self, history: History, session: Session, *, full: bool) -> None:
        self.history = history
        self.rows = history.rows
        self.session = session
        self.full = full
        self.plots = PLOTS_PER_SESSION if session.end > history.now - PLOTTED else 0
        self.views: list[Scanned] = []
        """Grid scans of the sample that is on the goniometer."""

    def visit(self, target: Target, steps: list[Step], clock: datetime) -> datetime:
        """One sample from load to unload; answers when it was over."""
        self.views = []
        groups: dict[str, int] = {}
        collections: dict[int, tuple[int, datetime]] = {}
        for step in steps:
            start = clock + timedelta(seconds=round(step.pause))
            clock = start + timedelta(seconds=max(1, round(step.seconds)))
            if isinstance(step, Robot):
                self.robot(target, step, start, clock)
            elif isinstance(step, Collection):
                collections[step.run] = self.collection(target, step, (start, clock), groups), clock
            elif isinstance(step, EnergyScan):
                self.energy_scan(target, step, start, clock)
            else:
                self.fluorescence(target, step, start, clock)
        self.crystal(target, steps, groups, clock)
        # Before the runs of programs, some of which refer to them.
        self.rows.put(ProcessingJob)
        datasets = []
        for sweeps in grouped(steps):
            keys = tuple(collections[sweep.run][0] for sweep in sweeps)
            measured = collections[sweeps[-1].run][1]
            datasets.append(dataset := Dataset(self.session.place, target, sweeps, keys))
            self.history.jobs += add_runs(self.rows, dataset, measured, self.history.now)
        self.history.jobs += add_requests(
            self.rows, datasets, self.session.proposal, clock, self.history.now, recent=self.full
        )
        return clock

    def crystal(self, target: Target, steps: list[Step], groups: dict[str, int], end: datetime) -> None:
        """Where X-ray centring found the crystal, and in some visits of recent sessions the workflow around it all."""
        if not self.views:
            return
        found = centrings(self.views, target.blSampleId)
        add_centrings(self.rows, found, groups["mesh"])
        gphl = target.protein.strategy == "phasing"
        share = 1.0 if gphl else AUTOMATED
        if not self.full or chance("workflow", self.session.sessionId, target.blSampleId).random() > share:
            return
        folder = self.session.place.processed(target) / "workflow"
        experiment = Experiment(self.session.place, target, folder, self.views, found, grouped(steps), end)
        workflow, jobs = add_workflow(self.rows, experiment)
        self.history.jobs += jobs
        for group in groups.values():
            self.rows.of(DataCollectionGroup)[group - 1]["workflowId"] = workflow

    def robot(self, target: Target, step: Robot, start: datetime, end: datetime) -> None:
        self.rows.add(
            RobotAction,
            blsessionId=self.session.sessionId,
            blsampleId=target.blSampleId,
            startTimestamp=start,
            endTimestamp=end,
            actionType=step.actionType,
            status=step.status,
            message=step.message,
            containerLocation=target.slot,
            dewarLocation=target.containerSlot,
            sampleBarcode=target.code,
            **self.history.keep(traces.of_robot(self.session.place, target, step, start)),
        )

    def collection(
        self, target: Target, step: Collection, times: tuple[datetime, datetime], groups: dict[str, int]
    ) -> int:
        start, end = times
        group = groups.get(step.group) or self.group(target, step, start)
        groups[step.group] = group
        self.rows.of(DataCollectionGroup)[group - 1]["endTime"] = end
        indicators = step.indicators(target) if step.measured else None
        plotted = indicators is not None and not step.grid and step.measured > 100 and self.plots > 0
        self.plots -= plotted
        made = traces.of_collection(
            self.session.place, target, step, indicators, start, plotted=plotted, every_box=self.full
        )
        collection = self.rows.add(
            DataCollection,
            dataCollectionGroupId=group,
            sessionId=self.session.sessionId,
            detectorId=self.session.detectorId,
            startTime=start,
            endTime=end,
            runStatus=columns.run_status(step),
            **columns.of_collection(target, self.session.beamline, step),
            **self.history.keep(made),
        )
        if step.grid:
            grid = self.rows.add(
                GridInfo,
                dataCollectionId=collection,
                dataCollectionGroupId=group,
                recordTimeStamp=start,
                **columns.of_grid(target, step.grid),
            )
            if indicators is not None:
                self.views.append(Scanned(grid, step.grid, indicators))
        for image in made.images:
            self.rows.add(Image, dataCollectionId=collection, recordTimeStamp=end, **image)
        for path, kind in made.attachments.items():
            self.rows.add(
                DataCollectionFileAttachment,
                dataCollectionId=collection,
                fileFullPath=path,
                fileType=kind,
                createTime=end,
            )
        if indicators is not None:
            thin = 1 if self.full or step.measured < 1000 else 10
            values = indicators.thinned(thin).columns()
            self.rows.extend(
                ImageQualityIndicators, {"dataCollectionId": [collection] * len(values["imageNumber"]), **values}
            )
        return collection

    def group(self, target: Target, step: Collection, start: datetime) -> int:
        return self.rows.add(
            DataCollectionGroup,
            sessionId=self.session.sessionId,
            startTime=start,
            endTime=start,
            **columns.of_group(target, step),
        )

    def energy_scan(self, target: Target, step: EnergyScan, start: datetime, end: datetime) -> None:
        made, scan = traces.of_energy_scan(self.session.place, target, step, start)
        self.rows.add(
            EnergyScanRow,
            sessionId=self.session.sessionId,
            startTime=start,
            endTime=end,
            **columns.of_energy_scan(target, self.session.beamline, step, scan),
            **self.history.keep(made),
        )

    def fluorescence(self, target: Target, step: Fluorescence, start: datetime, end: datetime) -> None:
        self.rows.add(
            XFEFluorescenceSpectrum,
            sessionId=self.session.sessionId,
            startTime=start,
            endTime=end,
            **columns.of_fluorescence(target, self.session.beamline, step),
            **self.history.keep(traces.of_fluorescence(self.session.place, target, step, start)),
        )
