"""Experiments of several steps: what each step tells and leaves on disk."""

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ...tables import Workflow, WorkflowStep
from ..experiment import Target
from ..pictures.ink import save
from ..rows import Rows
from ..specimen import Floats
from ..traces import Job, Place
from .centring import Scanned
from .datasets import CHARACTERISATION, Dataset, Sweeps
from .reports import STYLE
from .runs import runs_of

BOX = 14
"""Pixels of a box in the picture of a grid."""
_VIRIDIS = np.array(((68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37)), dtype=np.float64)

Document = dict[str, Any]


@dataclass(frozen=True)
class Experiment:
    """What was done with a sample, as a workflow engine sees it."""

    place: Place
    target: Target
    folder: Path
    views: Sequence[Scanned]
    centrings: Sequence[Document]
    datasets: Sequence[Sweeps]
    end: datetime

    def screening(self) -> Document | None:
        """What the characterisation among the data sets found out."""
        sweeps = next((found for found in self.datasets if found[0].group == CHARACTERISATION), None)
        return runs_of(Dataset(self.place, self.target, sweeps, ()))[0].screening if sweeps else None

    @property
    def collected(self) -> int:
        """Sweeps that were measured."""
        return sum(len(found) for found in self.datasets if found[0].group != CHARACTERISATION)


def title_of(target: Target) -> tuple[str, str]:
    """Name and kind of the workflow that measures a sample."""
    if target.protein.strategy == "phasing":
        return "GPhL workflow, several orientations", "EnhancedCharacterisation"
    return "MXPressA", "MXPressA"


def add_workflow(rows: Rows, experiment: Experiment) -> tuple[int, list[Job]]:
    """Plan a workflow with its steps; answers its key, and the jobs that write the files."""
    steps = _steps(experiment)
    title, kind = title_of(experiment.target)
    failed = any(step["status"] == "failed" for step in steps)
    key = rows.add(
        Workflow,
        workflowTitle=title,
        workflowType=kind,
        status="failed" if failed else "success",
        comments=steps[-1]["comments"],
        recordTimeStamp=experiment.end - timedelta(minutes=6),
    )
    jobs: list[Job] = []
    for number, step in enumerate(steps, start=1):
        files, job = _files(experiment, number, step)
        jobs.append(job)
        told = {name: value for name, value in step.items() if name not in {"picture", "result", "report"}}
        at = experiment.end - timedelta(minutes=6 - number)
        rows.add(WorkflowStep, workflowId=key, recordTimeStamp=at, **told, **files)
    return key, jobs


def _steps(experiment: Experiment) -> list[Document]:
    """Steps in their order, each with what it shows."""
    steps = [_scan(view, number) for number, view in enumerate(experiment.views, start=1)]
    last = experiment.centrings[-1]
    found = last["results"][0] if last["results"] else None
    steps.append(
        _step("X-ray centring", last["status"], "Crystal centred" if found else "Nothing diffracts", result=last)
    )
    screening = experiment.screening()
    if screening is not None:
        output = screening["output"]
        status = "success" if output["strategySuccess"] else "failed"
        words = output["statusDescription"]
        steps.append(_step("Characterisation", status, words, result=screening, report=output))
    if experiment.collected:
        steps.append(_step("Data collection", "success", f"{experiment.collected} sweeps measured"))
    return steps


def _step(kind: str, status: str, comments: str, **more: Any) -> Document:
    shown = {"picture": None, "result": None, "report": None, "maxDozorScore": None}
    return {"workflowStepType": kind, "status": status, "comments": comments, **shown, **more}


def _scan(view: Scanned, number: int) -> Document:
    scores = view.scores()
    best = np.unravel_index(int(scores.argmax()), scores.shape)
    result = {
        "omega": view.grid.omega,
        "best": {"x": int(best[1]), "y": int(best[0]), "dozorScore": round(float(scores.max()), 2)},
        "dozorScores": np.round(scores, 2).tolist(),
    }
    words = f"{view.grid.steps_x} × {view.grid.steps_y} boxes at {view.grid.omega:g}°"
    name = "Mesh scan" if number == 1 else "Line scan"
    return _step(name, "success", words, picture=scores, result=result, maxDozorScore=f"{scores.max():.1f}")


def _files(experiment: Experiment, number: int, step: Document) -> tuple[Document, Job]:
    """Columns that name the files of a step, and the job that writes them."""
    folder = experiment.folder / f"step_{number:02}_{step['workflowStepType'].lower().replace(' ', '_')}"
    there = {"imageResultFilePath": "picture", "htmlResultFilePath": "report", "resultFilePath": "result"}
    names = {"picture": "grid.png", "report": "report.html", "result": "result.json"}
    columns = {column: str(folder / names[part]) if step[part] is not None else None for column, part in there.items()}
    return {"folderPath": str(folder), **columns}, partial(_write, folder, step)


def _write(folder: Path, step: Document) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if step["picture"] is not None:
        save(heat_map(step["picture"]), folder / "grid.png")
    if step["result"] is not None:
        (folder / "result.json").write_text(json.dumps(step["result"], indent=1), encoding="utf-8")
    if step["report"] is not None:
        (folder / "report.html").write_text(_page(step["report"]), encoding="utf-8")


def heat_map(scores: Floats) -> Image.Image:
    """Scores as a picture, the colours from dark to bright."""
    share = scores / max(float(scores.max()), 1.0) * (len(_VIRIDIS) - 1)
    low = np.clip(np.floor(share).astype(int), 0, len(_VIRIDIS) - 2)
    part = (share - low)[..., None]
    colours = _VIRIDIS[low] * (1 - part) + _VIRIDIS[low + 1] * part
    picture = Image.fromarray(colours.astype(np.uint8), "RGB")
    return picture.resize((picture.width * BOX, picture.height * BOX), Image.Resampling.NEAREST)


def _page(output: Document) -> str:
    plain = {name: value for name, value in output.items() if not isinstance(value, list)}
    cells = ((html.escape(name), html.escape(str(value))) for name, value in plain.items())
    rows = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in cells)
    head = f"<!doctype html><meta charset=utf-8><title>Characterisation</title><style>{STYLE}</style>"
    return f"{head}<h1>Characterisation</h1><table>{rows}</table>"
