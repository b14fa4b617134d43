"""What programs will make of the merged data of a run: the same data give the same solution."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from ...mx.structures.schemas import Kind
from ..macromolecules import MACROMOLECULES
from ..processing.outcomes import Outcome
from ..processing.runs import Message, Run
from .models import SELENIUMS, Crystal, crystal_of

SOLVED = ("autoPROC", "xia2 dials")
"""Pipelines whose merged data are solved."""
ALSO = 0.35
"""Share of the data sets of the second of them that are."""
RISK = 0.05
"""Share of good data that come to nothing."""
FITTED = 0.5
"""Share of the data sets of fragments in which one is fitted."""
COMES_OUT = 2.9
"""Phases from heavy atoms come out of better resolution than this [Å]."""
FAINTEST = 4.5
"""Blobs below this height are not reported [σ]."""
SHELLS = 8


@dataclass(frozen=True)
class Solution:
    """A run of a program on merged data, as it will turn out."""

    run: Run
    programs: str
    folder: str
    """Name of its folder below that of the data set."""
    command: str
    minutes: float
    kind: Kind
    state: Literal["success", "failed"]
    message: str
    numbers: dict[str, Any] = field(default_factory=dict)
    shells: list[dict[str, Any]] = field(default_factory=list)
    blobs: list[dict[str, Any]] = field(default_factory=list)
    """Without their pictures."""

    def program(self) -> dict[str, Any]:
        """What is told of it, as ISPyB names that; its times aside."""
        return {
            "processingPrograms": self.programs,
            "processingCommandLine": self.command,
            "processingStatus": self.state,
            "processingMessage": self.message,
            "processingEnvironment": self.run.node,
        }

    def messages(self) -> list[Message]:
        """Why it came to nothing."""
        if self.state == "success":
            return []
        return [{"severity": "ERROR", "message": self.message, "description": f"{self.programs} gave up."}]


def solutions_of(run: Run) -> list[Solution]:
    """Every solution that the merged data of a run give rise to."""
    dataset = run.dataset
    protein = dataset.target.protein
    pipeline = run.pipeline
    known = MACROMOLECULES.get(protein.acronym) == protein
    if run.outcome is None or pipeline is None or pipeline.name not in SOLVED or not known:
        return []
    rng = dataset.chance("structures", pipeline.name)
    first = pipeline.name == SOLVED[0]
    if not first and rng.random() > ALSO:
        return []
    crystal = crystal_of(protein)
    if protein.strategy == "phasing" and run.outcome.anomalous and first:
        return list(_from_heavy_atoms(run, run.outcome, crystal, rng))
    refined = _dimple(run, run.outcome, crystal, rng)
    fitted = protein.strategy == "fragments" and first and refined.state == "success" and rng.random() < FITTED
    return [refined, _fitted(run, refined, rng)] if fitted else [refined]


def _resolution(outcome: Outcome) -> float:
    return outcome.merged[0].resolution


def _failed(solution: Solution, message: str) -> Solution:
    return Solution(
        solution.run,
        solution.programs,
        solution.folder,
        solution.command,
        solution.minutes,
        solution.kind,
        "failed",
        message,
    )


def _dimple(run: Run, outcome: Outcome, crystal: Crystal, rng: random.Random) -> Solution:
    """A known model refined against the data, and what it does not explain."""
    high = _resolution(outcome)
    work = round(min(0.32, 0.118 + 0.045 * high + rng.gauss(0, 0.008)), 4)
    free = round(work + rng.uniform(0.025, 0.05), 4)
    heights = _heights(outcome, rng)[: rng.choice((0, 1, 2, 2))]
    blobs = [
        _blob(crystal, at, height) for at, height in zip(crystal.blobs, heights, strict=False) if height > FAINTEST
    ]
    said = {0: "No blobs", 1: "1 blob"}.get(len(blobs), f"{len(blobs)} blobs")
    assert run.pipeline is not None
    solution = Solution(
        run,
        programs="DIMPLE 2.6.2",
        folder=f"{run.folder}-dimple",
        command=f"dimple {run.pipeline.reflections} {run.dataset.target.protein.acronym}.pdb {run.folder}-dimple",
        minutes=rng.uniform(1.2, 5.5),
        kind="refinement",
        state="success",
        message=f"{said} in the difference map",
        numbers={
            **_limits(outcome),
            "rValueStart": round(work + rng.uniform(0.05, 0.11), 4),
            "rValueEnd": work,
            "rFreeValueStart": round(free + rng.uniform(0.03, 0.09), 4),
            "rFreeValueEnd": free,
            "rmsBonds": round(rng.uniform(0.007, 0.016), 4),
            "rmsAngles": round(rng.uniform(1.1, 1.9), 2),
            "meanB": round(9 * high + rng.uniform(4, 14), 1),
            "numberOfAtoms": crystal.model[0].count_atom_sites(),
            "numberOfResidues": crystal.model[0][0].get_polymer().length(),
        },
        blobs=blobs,
    )
    if rng.random() < RISK:
        return _failed(solution, "The unit cell differs too much from that of the model")
    return solution


def _heights(outcome: Outcome, rng: random.Random) -> tuple[float, float]:
    """Of the blobs in the map that is made of the data [σ]: the emptier the cell, the higher they stand out."""
    compound = 0.053 * math.sqrt(2 * outcome.symmetry.per_volume) * rng.uniform(0.92, 1.06)
    ion = compound * (1.05 - 0.21 * _resolution(outcome)) * rng.uniform(0.9, 1.1)
    return compound, ion


def _fitted(run: Run, refined: Solution, rng: random.Random) -> Solution:
    numbers = refined.numbers
    better = round(rng.uniform(0.002, 0.009), 4)
    solution = Solution(
        run,
        programs="PHENIX LigandFit 1.21",
        folder=f"{run.folder}-ligandfit",
        command=f"phenix.ligandfit data={refined.folder}/final.mtz model={refined.folder}/final.pdb ligand=UNL.cif",
        minutes=rng.uniform(6, 14),
        kind="ligand fit",
        state="success",
        message="Fitted into the highest blob",
        numbers={
            **{name: numbers[name] for name in ("spaceGroup", "lowRes", "highRes", "solventContent")},
            "rValueStart": numbers["rValueEnd"],
            "rFreeValueStart": numbers["rFreeValueEnd"],
            "rValueEnd": round(numbers["rValueEnd"] - better, 4),
            "rFreeValueEnd": round(numbers["rFreeValueEnd"] - better / 2, 4),
            "ligandCode": "UNL",
            "ligandCC": round(rng.uniform(0.7, 0.92), 2),
        },
    )
    return solution if refined.blobs else _failed(solution, "There is no density to fit a ligand into")


def _from_heavy_atoms(run: Run, outcome: Outcome, crystal: Crystal, rng: random.Random) -> Iterator[Solution]:
    """Phases from the anomalous differences of selenium, and a chain built into them."""
    assert run.pipeline is not None
    high = _resolution(outcome)
    figure = round(max(0.25, 0.82 - 0.1 * high + rng.gauss(0, 0.02)), 3)
    phased = Solution(
        run,
        programs="fast_ep 1.2",
        folder=f"{run.folder}-fast_ep",
        command=f"fast_ep sad={run.pipeline.reflections} atom=Se",
        minutes=rng.uniform(4, 11),
        kind="phasing",
        state="success",
        message=f"{SELENIUMS} selenium sites",
        numbers={
            **_limits(outcome),
            "method": "SAD",
            "enantiomorph": rng.random() < 0.5,
            "numberOfSites": SELENIUMS,
            "FOM": figure,
            "mapCC": round(min(0.9, figure + 0.12), 3),
        },
        shells=_shells(outcome, figure, rng),
        blobs=[
            _blob(crystal, site, 24 - 4 * place + rng.uniform(0, 2), "anomalous")
            for place, site in enumerate(crystal.sites)
        ],
    )
    if high > COMES_OUT or rng.random() < RISK:
        yield _failed(phased, "No substructure: the best CCall is 14 %")
        return
    yield phased
    work = round(0.19 + 0.04 * high + rng.gauss(0, 0.01), 4)
    yield Solution(
        run,
        programs="Buccaneer 1.6.12",
        folder=f"{run.folder}-buccaneer",
        command=f"buccaneer_pipeline -mtzin {phased.folder}/fast_ep.mtz",
        minutes=rng.uniform(9, 21),
        kind="model building",
        state="success",
        message="One chain, its sequence docked",
        numbers={
            **_limits(outcome),
            "rValueEnd": work,
            "rFreeValueEnd": round(work + rng.uniform(0.03, 0.055), 4),
            "numberOfResidues": crystal.model[0][0].get_polymer().length(),
        },
    )


def _limits(outcome: Outcome) -> dict[str, Any]:
    overall = outcome.merged[0].statistics["overall"]
    return {
        "spaceGroup": outcome.symmetry.name,
        "lowRes": overall["resolutionLimitLow"],
        "highRes": overall["resolutionLimitHigh"],
        "solventContent": round(0.42 + (sum(outcome.cell[:3]) % 17) / 100, 2),
    }


def _shells(outcome: Outcome, figure: float, rng: random.Random) -> list[dict[str, Any]]:
    """Figures of merit and correlations that fall with resolution."""
    limits = _limits(outcome)
    low, high = limits["lowRes"], limits["highRes"]
    unique = outcome.merged[0].statistics["overall"]["nTotalUniqueObservations"]
    edges = [low, *((place / SHELLS / high**3) ** (-1 / 3) for place in range(1, SHELLS + 1))]
    found = []
    for place in range(SHELLS):
        fall = 1.25 - 0.55 * place / (SHELLS - 1)
        values = {
            "FOM": round(min(0.95, figure * fall + rng.gauss(0, 0.01)), 3),
            "CC": round(min(0.95, (figure + 0.1) * fall + rng.gauss(0, 0.012)), 3),
        }
        shell = {"lowRes": round(edges[place], 2), "highRes": round(edges[place + 1], 2)}
        count = (place + 1) * unique // SHELLS - place * unique // SHELLS
        found.append({**shell, "nReflections": count, "values": values})
    return found


def _blob(crystal: Crystal, place: Any, height: float, of_map: str = "difference") -> dict[str, Any]:
    """A peak and the atom next to it."""
    nearest = min(crystal.model[0].all(), key=lambda site: site.atom.pos.dist(place))
    return {
        "x": round(place.x, 2),
        "y": round(place.y, 2),
        "z": round(place.z, 2),
        "height": round(height, 1),
        "nearestAtomName": nearest.atom.name,
        "nearestAtomChainId": nearest.chain.name,
        "nearestAtomResName": nearest.residue.name,
        "nearestAtomResSeq": nearest.residue.seqid.num,
        "nearestAtomDistance": round(nearest.atom.pos.dist(place), 2),
        "mapType": of_map,
    }
