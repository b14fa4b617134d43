"""Where the simulated cluster takes up what people ask to be processed once more, over HTTP as any pipeline does."""

import asyncio
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

from ..beamline import target_of
from ..client import Caller, Refused, Unreachable
from ..experiment import Collection
from ..facility import Beamline, beamline
from ..optics import HC, Shot
from ..traces import Place
from .asked import RECIPES, Wish, asked_run
from .cluster import Cluster
from .datasets import Dataset

logger = logging.getLogger(__name__)

PAUSE = 2.0
"""Between two looks at what waits [s]."""
GROUP = "requests"
"""What folders of such runs are called after."""


class Desk:
    """Takes requests up, the oldest first, and gives them to a cluster."""

    def __init__(self, caller: Caller, cluster: Cluster, root: Path, pause: float = PAUSE) -> None:
        self._caller = caller
        self._cluster = cluster
        self._root = root
        self._pause = pause

    async def run(self) -> None:
        """Look again and again, until it is cancelled."""
        while True:
            try:
                await self.look()
            except Refused as error:
                logger.warning("requests: %s", error)
            except Unreachable as error:
                logger.info("requests: %s", error)
            await asyncio.sleep(self._pause)

    async def look(self) -> None:
        """Take up what waits now."""
        for job in reversed(await self._caller.get("processings/jobs", state="waiting")):
            number = job["processingJobId"]
            try:
                await self._caller.post(f"processings/jobs/{number}/take", {})
            except Refused as error:
                logger.info("request %s: %s", number, error)  # somebody called it off meanwhile
                continue
            await self._begin(job)

    async def _begin(self, job: dict[str, Any]) -> None:
        number = job["processingJobId"]
        dataset = await self._dataset(job["sweeps"]) if job["recipe"] in RECIPES else None
        if dataset is None:
            words = "These images are of no sample that is known here."
            failed = {"processingPrograms": job["recipe"], "processingStatus": "failed", "processingMessage": words}
            about = {"dataCollectionId": job["dataCollectionId"], **failed}
            await self._caller.post(f"processings/jobs/{number}/runs", about)
            return
        run = await asyncio.to_thread(asked_run, dataset, job["recipe"], Wish.of(job["parameters"]), number)
        self._cluster.fulfil(number, run)

    async def _dataset(self, sweeps: list[dict[str, Any]]) -> Dataset | None:
        """The images asked for; None where nobody knows what crystal they are of."""
        documents = [await self._caller.get(f"datacollections/{each['dataCollectionId']}") for each in sweeps]
        first = documents[0]
        sample = (first.get("BLSample") or {}).get("blSampleId")
        if sample is None or any(each.get("axisRange") is None for each in documents):
            return None
        target = target_of(await self._caller.get(f"samples/{sample}"))
        session = await self._caller.get(f"sessions/{first['sessionId']}")
        line = beamline(session["beamLineName"])
        start = datetime.fromisoformat(session["startDate"])
        place = Place.of_session(self._root, session["proposal"].lower(), line.name, start)
        taken = tuple(sweep_of(of, each, line) for of, each in zip(documents, sweeps, strict=True))
        return Dataset(place, target, taken, tuple(each["dataCollectionId"] for each in sweeps))


def sweep_of(document: dict[str, Any], asked: dict[str, Any], line: Beamline) -> Collection:
    """Some images of a collection as a sweep of their own, with the dose of the images before them."""
    first, images = asked["startImage"], asked["endImage"] - asked["startImage"] + 1
    before = first - (document.get("startImageNumber") or 1)
    width, overlap = float(document["axisRange"]), float(document.get("overlap") or 0)
    per_image = document["transmission"] * document["exposureTime"] / (10.0 * line.exposure * 3600)
    return Collection(
        group=GROUP,
        experimentType=document["experimentType"],
        run=document["dataCollectionNumber"],
        images=images,
        start=float(document["axisStart"]) + before * (width - overlap),
        width=width,
        exposure=document["exposureTime"],
        transmission=document["transmission"],
        shot=Shot(
            energy=HC / document["wavelength"],
            resolution=document["resolution"],
            corner=document["resolutionAtCorner"],
            distance=document["detectorDistance"],
        ),
        overlap=overlap,
        dose_before=before * per_image,
        dose=images * per_image,
        measured=images,
        first=first,
    )
