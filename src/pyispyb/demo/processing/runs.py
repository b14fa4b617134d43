"""What each program will make of a data set: the same data give the same run."""

import math
import random
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..macromolecules import Cell
from ..specimen import Diffraction
from .datasets import Dataset
from .outcomes import Outcome, outcome_of
from .pipelines import PIPELINES, Pipeline, Refusal
from .signal import damage
from .strategies import characterisation
from .symmetry import symmetry

NODES = 12
QUEUED = 0.004
"""Share of runs that the cluster forgot."""

Message = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """A run of a program on a data set, as it will turn out."""

    dataset: Dataset
    programs: str
    folder: str
    """Name of its folder below that of the data set."""
    command: str
    node: str | None
    minutes: float
    """How long it takes on the cluster."""
    state: Literal["queued", "success", "failed"]
    message: str | None = None
    messages: list[Message] = field(default_factory=list)
    outcome: Outcome | None = None
    pipeline: Pipeline | None = None
    """None for the program that plans."""
    screening: dict[str, Any] | None = None
    """What that one finds out of the crystal."""

    def program(self) -> dict[str, Any]:
        """What is told of it, as ISPyB names that; its times aside."""
        return {
            "processingPrograms": self.programs,
            "processingCommandLine": self.command,
            "processingStatus": self.state,
            "processingMessage": self.message,
            "processingEnvironment": self.node,
        }

    def made(self) -> dict[str, Any]:
        """Space group, cell and ways of scaling, as ISPyB is told of them; nothing of a run without an outcome."""
        outcome = self.outcome
        if outcome is None:
            return {}
        return {
            "spaceGroup": outcome.symmetry.name,
            **_named("refinedCell_", outcome.cell),
            "scalings": [
                {
                    "kind": merged.kind,
                    "ellipsoid": merged.ellipsoid,
                    "statistics": merged.statistics,
                    "shells": merged.shells,
                    "integrations": self._integrations(outcome),
                }
                for merged in outcome.merged
            ],
        }

    def _integrations(self, outcome: Outcome) -> list[dict[str, Any]]:
        swept = zip(self.dataset.collections, self.dataset.sweeps, outcome.sweep_cells, strict=True)
        return [
            {
                "dataCollectionId": collection,
                "startImageNumber": sweep.first,
                "endImageNumber": sweep.first + sweep.measured - 1,
                "refinedDetectorDistance": round(sweep.shot.distance * 1.0004, 2),
                **_named("cell_", cell),
                "anomalous": outcome.anomalous,
            }
            for collection, sweep, cell in swept
        ]


def _named(prefix: str, cell: Cell) -> dict[str, float]:
    names = ("a", "b", "c", "alpha", "beta", "gamma")
    return {prefix + name: float(value) for name, value in zip(names, cell, strict=True)}


def runs_of(dataset: Dataset) -> list[Run]:
    """Every run that a data set gives rise to."""
    return [_strategy(dataset)] if dataset.characterisation else [_run(dataset, each) for each in PIPELINES]


def _strategy(dataset: Dataset) -> Run:
    """The few images of a characterisation, indexed, and what to measure next."""
    rng = dataset.chance("EDNA")
    diffraction = dataset.target.diffraction
    run = Run(
        dataset,
        programs="EDNA 1.12",
        folder="EDNA",
        command=f"edna-mxv1-characterisation --image {dataset.name}_master.h5",
        node=_node(rng),
        minutes=rng.uniform(0.6, 1.8),
        state="success",
    )
    if rng.random() < 0.03 + bad_luck(diffraction):
        refusal = Refusal("Too few spots indexed", "MOSFLM and LABELIT index none of the four images.")
        return replace(given_up(run, refusal), screening=characterisation(dataset, refusal.message))
    crystal = symmetry(dataset.target.protein.space_group, dataset.target.protein.cell)
    screening = characterisation(dataset, None)
    best = screening["output"]["strategies"][0]
    words = f"{crystal.name}, mosaicity {diffraction.mosaicity:.2f}°, {diffraction.resolution:.2f} Å: "
    words += f"{best['phiEnd'] - best['phiStart']:g}° from {best['phiStart']:g}°, {best['rotation']:g}° images"
    return replace(run, message=words, screening=screening)


def _run(dataset: Dataset, pipeline: Pipeline) -> Run:
    rng = dataset.chance(pipeline.name)
    run = planned(dataset, pipeline, rng)
    if rng.random() < QUEUED:
        return replace(run, state="queued", node=None)
    if rng.random() < pipeline.risk + bad_luck(dataset.target.diffraction):
        return given_up(run, rng.choice(pipeline.refusals))
    return ended(run, outcome_of(dataset, pipeline, rng))


def planned(dataset: Dataset, pipeline: Pipeline, rng: random.Random) -> Run:
    """A run of which nothing is known but how it is called and how long it takes."""
    return Run(
        dataset,
        programs=pipeline.programs,
        folder=pipeline.folder,
        command=pipeline.command.format(data=f"{dataset.name}_master.h5", name=dataset.target.name),
        node=_node(rng),
        minutes=rng.uniform(*pipeline.minutes),
        state="success",
        pipeline=pipeline,
    )


def ended(run: Run, outcome: Outcome) -> Run:
    """The run with what it made, and what it says of that."""
    finest = min(merged.resolution for merged in outcome.merged)
    message = f"Processed to {finest:.2f} Å in {outcome.symmetry.name}"
    return replace(run, outcome=outcome, message=message, messages=_messages(run.dataset, outcome))


def _node(rng: random.Random) -> str:
    return f"cluster node {rng.randrange(NODES) + 1:02}, 24 cores"


def bad_luck(diffraction: Diffraction) -> float:
    """Share of runs that fail for the crystal: none on good ones, most on those that hardly diffract."""
    return 0.85 / (1 + math.exp((3.1 - diffraction.resolution) / 0.1))


def given_up(run: Run, refusal: Refusal) -> Run:
    """The run as it fails."""
    message = {"severity": "ERROR", "message": refusal.message, "description": refusal.description}
    return replace(run, state="failed", message=refusal.message, messages=[message])


def _messages(dataset: Dataset, outcome: Outcome) -> list[Message]:
    """What a careful program warns of."""
    found: list[Message] = []
    if dataset.target.diffraction.icy:
        found.append(_said("WARNING", "Ice rings at 3.90, 3.67 and 3.44 Å", "Reflections on the rings were left out."))
    if (lost := damage(dataset)) > 0.3:
        words = f"The scale of the last images is {1 - lost:.2f} of that of the first."
        found.append(_said("WARNING", "Radiation damage", words))
    overall = outcome.merged[0].statistics["overall"]
    if overall["completeness"] < 95:
        words = f"The spindle turned by {dataset.turn:g}° in all."
        found.append(_said("WARNING", f"The data are {overall['completeness']:.0f} % complete", words))
    if outcome.anomalous:
        words = f"CCano {overall['ccAnomalous']:.2f} overall."
        found.append(_said("INFO", "Friedel mates were kept apart", words))
    return found


def _said(severity: str, message: str, description: str) -> Message:
    return {"severity": severity, "message": message, "description": description}
