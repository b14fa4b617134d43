"""Requests of the past as rows: what people asked to be processed once more, and what became of that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from ...clock import utc_of
from ...tables import ProcessingJob, ProcessingJobImageSweep, ProcessingJobParameter, Reprocessing
from .. import people
from ..recipes import RECIPES
from ..rows import Rows
from ..traces import Job
from .asked import Wish, asked_run
from .datasets import Dataset, Sweeps
from .records import OVER, add_run
from .requests import GROUP

SHARE, OF_LATE = 0.05, 0.3
"""Of the samples of which somebody wanted more, in older sessions and in recent ones."""
LATEST = timedelta(minutes=6)
"""Nobody asked later than this before now: every request is answered."""


@dataclass(frozen=True)
class _Story:
    """What was asked for, why, and what became of it."""

    recipe: str
    comments: str
    parameters: dict[str, str]
    images: float = 1.0
    """Share of the images of each sweep, from the first one."""
    is_cancelled: bool = False
    several: bool = False


_STORIES = (
    _Story("autoprocessing-xia2-dials", "The last images were dark.", {}, images=0.6),
    _Story("autoprocessing-autoPROC", "For the figure in the paper.", {"d_min": "2.6", "anomalous": "false"}),
    _Story("autoprocessing-xia2-3dii", "Form B, perhaps?", {"unit_cell": "41.2,52.8,63.1,90,90,90"}),
    _Story("autoprocessing-multi-xia2-dials", "Both sweeps together.", {"anomalous": "true"}, several=True),
    _Story("autoprocessing-xia2-dials", "Wrong sample, sorry.", {"spacegroup": "P 21"}, is_cancelled=True),
)
"""Told in turn."""


def add_requests(
    rows: Rows, datasets: Sequence[Dataset], proposal: str, measured: datetime, now: datetime, *, recent: bool
) -> list[Job]:
    """Plan what somebody asked of a sample that was measured until then, if anybody did; answers jobs for the files."""
    swept = [each for each in datasets if not each.characterisation]
    if not swept or swept[0].chance("requests").random() > (OF_LATE if recent else SHARE):
        return []
    story = _STORIES[len(rows.of(ProcessingJob)) % len(_STORIES)]
    if story.several and len(swept) == 1:
        story = _STORIES[0]
    asked = _narrowed(swept if story.several else swept[:1], story.images)
    rng = asked.chance("who asks")
    when = min(measured + timedelta(minutes=rng.randrange(9, 90)), now - LATEST)
    person = people.person_id(rng.choice(people.proposal(proposal).members))
    number = _add_request(rows, asked, story, person, when)
    if story.is_cancelled:
        return []
    run = asked_run(asked, story.recipe, Wish.of(story.parameters), number)
    begin = when + timedelta(seconds=12)
    end = min(begin + timedelta(seconds=round(60 * run.minutes)), now - OVER)
    return add_run(rows, run, (begin, end), now, processingJobId=number)


def _narrowed(datasets: Sequence[Dataset], share: float) -> Dataset:
    """The first images of all sweeps, as one data set."""
    sweeps: Sweeps = tuple(
        replace(sweep, group=GROUP, measured=round(share * sweep.measured))
        for each in datasets
        for sweep in each.sweeps
    )
    return replace(datasets[0], sweeps=sweeps, collections=tuple(key for each in datasets for key in each.collections))


def _add_request(rows: Rows, asked: Dataset, story: _Story, person: int, when: datetime) -> int:
    title = next(recipe.title for recipe in RECIPES if recipe.recipe == story.recipe)
    number = rows.add(
        ProcessingJob,
        dataCollectionId=asked.collections[0],
        displayName=f"{title}, {asked.target.name}",
        comments=story.comments,
        recipe=story.recipe,
        automatic=False,
        recordTimestamp=when,
    )
    of_job: dict[str, Any] = {"processingJobId": number}
    for collection, sweep in zip(asked.collections, asked.sweeps, strict=True):
        images = {"startImage": sweep.first, "endImage": sweep.first + sweep.measured - 1}
        rows.add(ProcessingJobImageSweep, **of_job, dataCollectionId=collection, **images)
    for key, value in story.parameters.items():
        rows.add(ProcessingJobParameter, **of_job, parameterKey=key, parameterValue=value)
    asked_at = utc_of(when)
    ends = {
        "takenAt": None if story.is_cancelled else asked_at + timedelta(seconds=4),
        "cancelledAt": asked_at + timedelta(minutes=2) if story.is_cancelled else None,
    }
    rows.put(Reprocessing, {**of_job, "requestedBy": person, "requestedAt": asked_at, **ends})
    return number
