"""Structures, read: of a collection, a sample, a protein or a session, ranked; and one in full."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from ...access import Viewer
from ...clock import local_now
from ...db.database import Database
from ...errors import NotFound
from ...processing import queries as processing
from ...processing.programs import pipeline_name, run_with_collections
from ...processing.reading import ResultFilter
from ...tables import AutoProc, MXMRRun, PhasingStep, StructureRun
from . import queries
from .others import of_run, of_step
from .ours import of_ours

_KEY = re.compile(r"(run|mr|phasing)-(\d{1,10})")

Found = dict[str, Any]
"""A structure as `StructureOut` has it, and what only the rows of one tell."""


async def list_structures(db: Database, viewer: Viewer, wanted: ResultFilter) -> dict[str, Any]:
    """Structures made of the data of some collections: five statements. Raises Invalid."""
    rows = await db.all(processing.collections(viewer, wanted.where()))
    collections = {row.dataCollectionId: row for row in rows[: processing.MOST_COLLECTIONS]}
    data: dict[int, list[Row[Any]]] = defaultdict(list)
    if collections:
        for row in await db.all(processing.runs_on_images(db.catalogue, viewer), {"ids": list(collections)}):
            data[row.autoProcProgramId].append(row)
    found, truncated = await _made_of(db, list(data)) if data else ([], False)
    about = {program: _about(links, collections) for program, links in data.items()}
    structures = [each | about[each["dataProgramId"]] for each in found]
    return {
        "results": [_without_rows(each) for each in _ranked(structures)],
        "truncated": truncated or len(rows) > len(collections),
    }


async def _made_of(db: Database, programs: list[int]) -> tuple[list[Found], bool]:
    """What was made of the data that these runs merged, and whether there is more."""
    now, given = local_now(), {"ids": programs}
    where = (queries.of_data(StructureRun.dataProgramId), queries.of_data(AutoProc.autoProcProgramId))
    ours = await db.all(queries.ours(db.catalogue).where(where[0]), given)
    runs = await db.all(queries.others_runs(db.catalogue).where(where[1]), given)
    steps = await db.all(queries.others_steps(db.catalogue).where(where[1]), given)
    found = [
        *(of_ours(row, now) for row in ours),
        *(of_run(row, now) for row in runs),
        *(of_step(row, now) for row in steps),
    ]
    return found, any(len(rows) == queries.MOST for rows in (ours, runs, steps))


def _about(links: Sequence[Row[Any]], collections: Mapping[int, Row[Any]]) -> dict[str, Any]:
    """Whose data a run merged."""
    ids = sorted({link.dataCollectionId for link in links})
    samples = {collections[key].blSampleId for key in ids}
    first = collections[ids[0]]
    return {
        "dataPipeline": pipeline_name(links[0].processingPrograms),
        "dataCollectionIds": ids,
        "dataCollectionGroupIds": sorted({collections[key].dataCollectionGroupId for key in ids}),
        "blSampleId": first.blSampleId if len(samples) == 1 else None,
        "sample": first.sample if len(samples) == 1 else None,
        "sessionId": first.sessionId,
    }


def _ranked(found: list[Found]) -> list[Found]:
    """By sample, the best first; runs without a result behind them, the newest first."""
    samples: dict[Any, list[Found]] = defaultdict(list)
    for each in found:
        samples[each["blSampleId"] or ("collections", *each["dataCollectionIds"])].append(each)
    for of_sample in samples.values():
        made = sorted((each for each in of_sample if each["state"] == "success"), key=_place)
        for rank, each in enumerate(made, start=1):
            each["rank"] = rank
        others = [each for each in of_sample if each["state"] != "success"]
        others.sort(key=lambda each: each["processingStartTime"] or datetime.max, reverse=True)
        of_sample[:] = [*made, *others]
    return [each for of_sample in samples.values() for each in of_sample]


_HIGHER_IS_BETTER = ("TFZ", "ligandCC", "FOM")


def _place(each: Found) -> tuple[Any, ...]:
    numbers = [each["rFreeValueEnd"], each["rValueEnd"]]
    numbers += [None if each[name] is None else -each[name] for name in _HIGHER_IS_BETTER]
    return tuple((number is None, number or 0.0) for number in numbers)


@dataclass(frozen=True, slots=True)
class Opened:
    """One structure, and the collections whose data were merged, by key."""

    structure: Found
    collections: Mapping[int, Row[Any]]


async def open_structure(db: Database, viewer: Viewer, structure_id: str) -> Opened:
    """One structure as its rows tell it. Raises NotFound unless the viewer sees all the data that it was made of."""
    missing = NotFound.of("structure", structure_id)
    match = _KEY.fullmatch(structure_id)
    if match is None:
        raise missing
    kind, key = match[1], int(match[2])
    now = local_now()
    if kind == "run":
        where = StructureRun.autoProcProgramId == key
        found = of_ours(await db.one(queries.ours(db.catalogue).where(where), missing), now)
    elif kind == "mr":
        found = of_run(await db.one(queries.others_runs(db.catalogue).where(MXMRRun.mxMRRunId == key), missing), now)
    else:
        step = PhasingStep.phasingStepId == key
        found = of_step(await db.one(queries.others_steps(db.catalogue).where(step), missing), now)
    if found["dataProgramId"] is None:
        raise missing
    collections, links = await run_with_collections(db, viewer, found["dataProgramId"], missing)
    return Opened(found | _about(links, collections), collections)


async def in_full(db: Database, found: Found) -> dict[str, Any]:
    """All that is told of one structure, but for its files."""
    return {
        **_without_rows(found),
        "processingCommandLine": found["rows"]["commandLine"],
        "processingEnvironment": found["rows"]["environment"],
        "shells": await _shells(db, found),
        "blobs": [
            _told(found["structureId"], number, blob) for number, blob in enumerate(await blobs_of(db, found), start=1)
        ],
    }


async def blobs_of(db: Database, found: Found) -> list[dict[str, Any]]:
    """Blobs of a structure with the paths of their pictures, the highest first."""
    run, held = found["mxMRRunId"], found["rows"]["blobs"]
    if held is None and run is not None:
        rows = await db.all(queries.blobs(db.catalogue, run))
        held = [{**row._mapping, "views": [row.view1, row.view2, row.view3]} for row in rows]
    blobs = [{**blob, "views": _paths(blob)} for blob in held or []]
    return sorted(blobs, key=lambda blob: -(blob.get("height") or 0.0))


def _paths(blob: Mapping[str, Any]) -> list[str]:
    """Pictures of a blob: names below its folder, or paths where it has none."""
    folder = (blob.get("filePath") or "").rstrip("/")
    return [f"{folder}/{view}" if folder else view for view in blob["views"] if view]


_BLOB = (
    "x",
    "y",
    "z",
    "height",
    "occupancy",
    "nearestAtomName",
    "nearestAtomChainId",
    "nearestAtomResName",
    "nearestAtomResSeq",
    "nearestAtomDistance",
    "mapType",
)


def _told(structure_id: str, number: int, blob: Mapping[str, Any]) -> dict[str, Any]:
    base = f"/structures/{structure_id}/blobs/{number}/views"
    views = [f"{base}/{view}" for view in range(1, len(blob["views"]) + 1)]
    return {"number": number, **{name: blob.get(name) for name in _BLOB}, "views": views}


async def _shells(db: Database, found: Found) -> list[dict[str, Any]]:
    if found["phasingStepId"] is None:
        return []
    shells: dict[Any, dict[str, Any]] = {}
    for row in await db.all(queries.statistics(found["phasingStepId"])):
        limits = {"lowRes": row.lowRes, "highRes": row.highRes, "nReflections": row.nReflections}
        shells.setdefault(row.binNumber, {**limits, "values": {}})["values"][row.metric] = row.statisticsValue
    return list(shells.values())


_ROWS = frozenset({"rows", "mxMRRunId", "phasingStepId"})


def _without_rows(found: Found) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in _ROWS}
