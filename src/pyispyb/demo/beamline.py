"""A simulated beamline that measures one sample after the other and tells ISPyB so over HTTP, as MXCuBE does."""

import asyncio
import logging
import math
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ..clock import local_now
from . import columns, mxcube, traces
from .chance import chance
from .client import Client, Refused, Unreachable
from .experiment import Collection, EnergyScan, Fluorescence, Robot, Step, Target, plan
from .facility import Beamline
from .indicators import Indicators
from .macromolecules import MACROMOLECULES, Cell, Macromolecule
from .processing.centring import Scanned
from .processing.datasets import Dataset, grouped
from .traces import Place, Traces

logger = logging.getLogger(__name__)

LAST_WORD = 2.0
"""How long a beamline that is switched off may still take to say that its collection was stopped [s]."""
PARTS = 12
"""Indicators of a collection come in so many parts."""
CELL = ("cell_a", "cell_b", "cell_c", "cell_alpha", "cell_beta", "cell_gamma")


class SimulatedBeamline:
    """Measures for one proposal; one event about every `interval` seconds."""

    def __init__(
        self,
        beamline: Beamline,
        proposal: str,
        client: Client,
        root: Path,
        interval: float,
        process: Callable[[Dataset], None] | None = None,
        centre: Callable[[int, list[Scanned], int], None] | None = None,
    ) -> None:
        self.beamline = beamline
        self.proposal = proposal
        self.client = client
        self.root = root
        self.interval = interval
        self.process = process
        """What is done with a data set; it must not take time."""
        self.centre = centre
        """What is done with the grid scans of a group and their sample; it must not take time."""
        self._detector: int | None = None

    async def run(self) -> None:
        """Measure until cancelled, whatever happens to the server meanwhile."""
        try:
            await asyncio.sleep(chance("first move", self.beamline.name).uniform(0, self.interval))
            while True:
                try:
                    await self._work_on_session()
                except Refused as error:
                    logger.warning("%s: %s", self.beamline.name, error)
                except Unreachable as error:
                    logger.info("%s: %s", self.beamline.name, error)
                await asyncio.sleep(self.interval)
        finally:
            await self.client.close()

    async def _work_on_session(self) -> None:
        """Log on, find the session that runs, and measure the samples in the sample changer once each."""
        session = await self._session()
        if session is None:
            return
        await self._describe(session)
        start = datetime.fromisoformat(session["startDate"])
        place = Place.of_session(self.root, self.proposal, self.beamline.name, start)
        async for target in self._targets():
            if local_now() >= datetime.fromisoformat(session["endDate"]):
                return
            await _Visit(self, session["sessionId"], place, target).measure()

    async def _session(self) -> dict[str, Any] | None:
        await self.client.get("user/current")
        found = await self.client.get("sessions", proposal=self.proposal.upper(), beamLineName=self.beamline.name)
        now = local_now()
        running = (
            session
            for session in found
            if datetime.fromisoformat(session["startDate"]) <= now < datetime.fromisoformat(session["endDate"])
        )
        return next(running, None)

    async def _describe(self, session: dict[str, Any]) -> None:
        """Say how the beamline is set up, once."""
        if self._detector is not None:
            return
        setup = await self.client.post("beamline-setups/beamline-setup", mxcube.setup(self.beamline))
        await self.client.patch(
            f"sessions/{session['sessionId']}/associate-beamline-setup", beamLineSetupId=setup["beamLineSetupId"]
        )
        detector = self.beamline.detector
        found = await self.client.get("detectors", manufacturer=detector.manufacturer, model=detector.model)
        self._detector = found["detectorId"]

    @property
    def detector(self) -> int | None:
        """Key of the detector, once known."""
        return self._detector

    async def _targets(self) -> AsyncIterator[Target]:
        """The samples in the sample changer: those never measured first, then by place."""
        samples = await self.client.get("samples", proposal=self.proposal, beamLineName=self.beamline.name)
        mounted = [sample for sample in samples if sample["Container"]["sampleChangerLocation"]]
        mounted.sort(
            key=lambda sample: (
                _measured(sample),
                _number(sample["Container"]["sampleChangerLocation"]),
                _number(sample["location"]),
            )
        )
        for sample in mounted:
            yield target_of(sample)


class _Visit:
    """One sample on the goniometer."""

    def __init__(self, beamline: SimulatedBeamline, session: int, place: Place, target: Target) -> None:
        self.line = beamline
        self.client = beamline.client
        self.session = session
        self.place = place
        self.target = target
        self.groups: dict[str, dict[str, Any]] = {}
        self.collections: dict[int, int] = {}
        """Keys of the collections by their runs."""
        self.views: list[Scanned] = []
        """Grid scans that are over."""

    async def measure(self) -> None:
        """All steps, each registered as it happens; data sets are processed as soon as they are whole."""
        before = await asyncio.to_thread(self.place.runs, self.target)
        planned = plan(self.target, self.line.beamline, local_now().isoformat())
        steps = [replace(step, run=step.run + before) if isinstance(step, Collection) else step for step in planned]
        whole = {sweeps[-1].run: sweeps for sweeps in grouped(steps)}
        last_grid = max((step.run for step in steps if isinstance(step, Collection) and step.grid), default=None)
        for step in steps:
            await asyncio.sleep(min(step.pause, self.line.interval / 2))
            await self._do(step)
            if isinstance(step, Collection) and step.run == last_grid and self.line.centre and self.views:
                group = self.groups[step.group]["dataCollectionGroupId"]
                self.line.centre(group, self.views, self.target.blSampleId)
            if isinstance(step, Collection) and self.line.process and (sweeps := whole.get(step.run)):
                keys = tuple(self.collections[sweep.run] for sweep in sweeps)
                self.line.process(Dataset(self.place, self.target, sweeps, keys))

    async def _do(self, step: Step) -> None:
        if isinstance(step, Collection):
            await self._collect(step)
            return
        start = local_now()
        await asyncio.sleep(self._duration(step))
        if isinstance(step, Robot):
            await self._robot(step, start)
        elif isinstance(step, EnergyScan):
            await self._energy_scan(step, start)
        else:
            await self._fluorescence(step, start)

    def _duration(self, step: Step) -> float:
        """A step takes its time, but never so long that nothing happens on the page."""
        return min(step.seconds, 2 * self.line.interval)

    async def _robot(self, step: Robot, start: datetime) -> None:
        made = await _written(traces.of_robot(self.place, self.target, step, start))
        await self.client.post(
            "events/robot-action",
            {
                "sessionId": self.session,
                "blSampleId": self.target.blSampleId,
                "startTimestamp": start.isoformat(),
                "endTimestamp": local_now().isoformat(),
                "actionType": step.actionType,
                "status": step.status,
                "message": step.message,
                "containerLocation": self.target.slot,
                "dewarLocation": self.target.containerSlot,
                "sampleBarcode": self.target.code,
                **made.columns,
            },
        )

    async def _energy_scan(self, step: EnergyScan, start: datetime) -> None:
        made, scan = traces.of_energy_scan(self.place, self.target, step, start)
        await _written(made)
        row = columns.of_energy_scan(self.target, self.line.beamline, step, scan)
        sample = row.pop("blSampleId")
        stored = await self.client.post("events/energyscan", {**self._scan(start), **row, **made.columns})
        await self.client.patch("events/energyscan/associate-bl-sample", {"energyScanId": stored, "blSampleId": sample})

    async def _fluorescence(self, step: Fluorescence, start: datetime) -> None:
        made = await _written(traces.of_fluorescence(self.place, self.target, step, start))
        row = columns.of_fluorescence(self.target, self.line.beamline, step)
        await self.client.post("events/xfe-fluorescence-spectrum", {**self._scan(start), **row, **made.columns})

    def _scan(self, start: datetime) -> dict[str, Any]:
        return {"sessionId": self.session, "startTime": start.isoformat(), "endTime": local_now().isoformat()}

    async def _collect(self, step: Collection) -> None:
        start = local_now()
        indicators = await asyncio.to_thread(step.indicators, self.target) if step.measured else None
        made = await _written(traces.of_collection(self.place, self.target, step, indicators, start, every_box=True))
        sent = mxcube.collection(self.target, self.line.beamline, step, made.columns, start)
        sent |= {"sessionId": str(self.session), "detectorId": self.line.detector}
        if step.group not in self.groups:
            self.groups[step.group] = await self.client.post("datacollections/group", sent)
        sent["group_id"] = self.groups[step.group]
        stored = await self.client.post("datacollections/datacollection", sent)
        sent["collection_id"] = self.collections[step.run] = stored["dataCollectionId"]
        try:
            await self._watch(step, stored["dataCollectionId"], made, indicators)
        except asyncio.CancelledError:
            await self._stop(sent)
            raise
        await asyncio.to_thread(made.close)
        await self.client.post(
            "datacollections/datacollection", sent | mxcube.end(self.target, self.line.beamline, step)
        )
        if step.measured:
            await self.client.patch(f"samples/{self.target.blSampleId}", {"blSampleStatus": "Data collected"})

    async def _watch(self, step: Collection, collection: int, made: Traces, indicators: Indicators | None) -> None:
        """Register the grid, then indicators and pictures of images as they come."""
        if step.grid:
            grid = columns.of_grid(self.target, step.grid)
            made_grid = await self.client.post("datacollections/grid-info", {"dataCollectionId": collection, **grid})
        duration = self._duration(step)
        if indicators is None:
            await asyncio.sleep(duration)
            return
        part = math.ceil(step.measured / min(PARTS, step.measured))
        for first in range(0, step.measured, part):
            await asyncio.sleep(duration * part / max(step.measured, part))
            values = indicators.columns(first, first + part)
            await self.client.post("datacollections/quality", {"dataCollectionId": collection, **values})
            for image in made.images:
                if first < image["imageNumber"] <= first + part:
                    await self.client.post("images/image", {"dataCollectionId": collection, **image})
        if step.grid:
            self.views.append(Scanned(made_grid["gridInfoId"], step.grid, indicators))

    async def _stop(self, sent: dict[str, Any]) -> None:
        """Say that a collection ends now, as the beamline is switched off."""
        try:
            async with asyncio.timeout(LAST_WORD):
                await self.client.post("datacollections/datacollection", {**sent, "status": columns.STOPPED})
        except (TimeoutError, Refused, Unreachable):
            logger.info("%s was switched off in the middle of a collection", self.line.beamline.name)


async def _written(made: Traces) -> Traces:
    """Write the files of a step, before they are registered."""
    await asyncio.to_thread(made.write)
    return made


def target_of(sample: dict[str, Any]) -> Target:
    """A sample as ISPyB lists it."""
    crystal, container = sample["Crystal"], sample["Container"]
    name = re.sub(r"[^A-Za-z0-9_.-]+", "_", sample["name"] or f"sample{sample['blSampleId']}")
    return Target(
        blSampleId=sample["blSampleId"],
        name=name[:40],
        code=sample["code"] or "",
        protein=_macromolecule(crystal),
        container=container["code"] or "",
        containerSlot=_number(container["sampleChangerLocation"]),
        slot=_number(sample["location"]),
    )


def _macromolecule(crystal: dict[str, Any]) -> Macromolecule:
    """What is known of a protein; one that somebody added to the demo is measured in the standard way."""
    acronym = crystal["Protein"]["acronym"] or "unknown"
    if acronym in MACROMOLECULES:
        return MACROMOLECULES[acronym]
    a, b, c, alpha, beta, gamma = (float(crystal.get(name) or 90) for name in CELL)
    cell: Cell = (a, b, c, alpha, beta, gamma)
    folder = re.sub(r"[^A-Za-z0-9_.-]+", "_", acronym)[:30]
    return Macromolecule(folder, acronym, 0.0, crystal.get("spaceGroup") or "", cell)


def _measured(sample: dict[str, Any]) -> bool:
    return bool(sample["_metadata"]["datacollections"])


def _number(text: str | int | None) -> int:
    """A place such as "7"; 0 for one that is no number."""
    digits = re.sub(r"\D", "", str(text or ""))
    return int(digits or 0)
