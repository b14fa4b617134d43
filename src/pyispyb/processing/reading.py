"""Results of processing, read: of a collection, a sample, a session or a proposal, ranked."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Row

from ..access import Viewer
from ..answers import taking
from ..clock import local_now
from ..db.database import Database
from ..db.typing import AnySelect
from ..errors import Invalid, NotFound
from ..files.roots import Owner, Stored
from ..tables import AutoProcProgramAttachment, AutoProcProgramMessage, DataCollection, DataCollectionGroup
from . import queries
from .programs import collections_of, pipeline_name, run_with_collections, state_of
from .ranking import Rule, place
from .statistics import Said, put_right, told, told_ellipsoid

_CELL = ("a", "b", "c", "alpha", "beta", "gamma")


@dataclass(frozen=True, slots=True)
class ResultFilter:
    """Results of what; a value that nothing matches gives none."""

    dataCollectionId: int | None = None
    dataCollectionGroupId: int | None = None
    blSampleId: int | None = None
    proteinId: int | None = None
    sessionId: int | None = None
    session: str | None = None
    proposal: str | None = None

    def where(self) -> list[ColumnElement[bool]]:
        """WHERE on collections joined to their groups. Raises Invalid when nothing is named."""
        where: list[ColumnElement[bool]] = []
        if self.dataCollectionId is not None:
            where.append(DataCollection.dataCollectionId == self.dataCollectionId)
        if self.dataCollectionGroupId is not None:
            where.append(DataCollection.dataCollectionGroupId == self.dataCollectionGroupId)
        if self.blSampleId is not None:
            where.append(queries.sample_of_collection() == self.blSampleId)
        if self.proteinId is not None:
            where.append(queries.of_protein(self.proteinId))
        if self.sessionId is not None:
            where.append(DataCollectionGroup.sessionId == self.sessionId)
        if self.session is not None:
            where.append(queries.of_session(self.session))
        if self.proposal is not None:
            where.append(queries.of_proposal(self.proposal))
        if not where:
            raise Invalid.field("sessionId", "name a collection, group, sample, protein, session or proposal")
        return where


async def list_results(db: Database, viewer: Viewer, wanted: ResultFilter, rules: Sequence[Rule]) -> dict[str, Any]:
    """Runs on some collections and what they made, newest first: three statements. Raises Invalid."""
    found = await db.all(queries.collections(viewer, wanted.where()))
    collections = {row.dataCollectionId: row for row in found[: queries.MOST_COLLECTIONS]}
    results = await results_on(db, viewer, collections, rules) if collections else []
    return {
        "results": _ranked(results, rules),
        "ranking": [rule.as_json() for rule in rules],
        "truncated": len(found) > len(collections),
    }


async def results_on(
    db: Database, viewer: Viewer, collections: Mapping[int, Row[Any]], rules: Sequence[Rule]
) -> list[dict[str, Any]]:
    """Runs on collections, by key, and what they made, newest first, without their ranks."""
    now = local_now()
    runs: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in await db.all(queries.runs_on_images(db.catalogue, viewer), {"ids": list(collections)}):
        runs[row.autoProcProgramId].append(row)
    made = await _made(db, queries.scalings(db.catalogue), list(runs)) if runs else {}
    newest = sorted(runs, reverse=True)
    return [_result(collections, runs[program], made.get(program), rules, now) for program in newest]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things are in a row: a large answer has very many, and a place is found faster than a name."""

    program: int
    auto_proc: int
    scaling: Callable[[Any], tuple[Any, ...]]
    """Key of the scaling, range of resolution, kind, and what is kept beside the statistics."""
    cell: Callable[[Any], tuple[Any, ...]]
    statistics: slice
    """The last values of a row."""
    said: Said
    """What takes those that are there."""

    @classmethod
    def of(cls, labels: Sequence[str]) -> "_Layout":
        """Of rows with these columns."""
        scaling = ("autoProcScalingId", "scalingStatisticsType", "kind", "further")
        prefix = queries.STATISTICS_PREFIX
        names = [label.removeprefix(prefix) for label in labels if label.startswith(prefix)]
        return cls(
            labels.index("autoProcProgramId"),
            labels.index("autoProcId"),
            taking([labels.index(label) for label in scaling]),
            taking([labels.index(f"refinedCell_{name}") for name in _CELL]),
            slice(-len(names), None),
            Said(names),
        )


@dataclass(slots=True)
class _Made:
    """What one run made: a row for each range of resolution of each scaling."""

    layout: _Layout
    rows: list[Row[Any]]
    first: Row[Any]
    """Of what was stored first."""

    def scalings(self) -> list[dict[str, Any]]:
        """Each way of scaling, with its statistics."""
        found: dict[int, dict[str, Any]] = {}
        layout = self.layout
        for row in self.rows:
            key, shell, kind, beside = layout.scaling(row)
            if key is None:
                continue
            scaling = found.get(key)
            if scaling is None:
                scaling = found[key] = {"autoProcScalingId": key, "kind": kind, "statistics": {}}
            if shell is not None:
                further = _loaded(beside, {}).get(shell, {}) if beside else {}
                scaling["statistics"][shell] = put_right(layout.said(row[layout.statistics]), further)
        return list(found.values())

    def cell(self, row: Row[Any]) -> dict[str, float | None]:
        """The unit cell of a row."""
        return dict(zip(_CELL, self.layout.cell(row), strict=True))


async def _made(db: Database, statement: AnySelect, programs: list[int]) -> dict[int, _Made]:
    """What the runs made, by their key."""
    result = await db.execute(statement, {"ids": programs})
    layout = _Layout.of(list(result.keys()))
    made: dict[int, _Made] = {}
    for row in result.all():
        program = row[layout.program]
        of_run = made.get(program)
        if of_run is None:
            made[program] = _Made(layout, [row], row)
            continue
        of_run.rows.append(row)
        if row[layout.auto_proc] < of_run.first[layout.auto_proc]:
            of_run.first = row
    return made


def _result(
    collections: Mapping[int, Row[Any]],
    links: Sequence[Row[Any]],
    made: _Made | None,
    rules: Sequence[Rule],
    now: datetime,
) -> dict[str, Any]:
    run = links[0]
    ids = [run.dataCollectionId] if len(links) == 1 else sorted({link.dataCollectionId for link in links})
    about = [collections[key] for key in ids]
    first_collection = about[0]
    groups, one_sample = [first_collection.dataCollectionGroupId], True
    if len(about) > 1:
        groups = sorted({collection.dataCollectionGroupId for collection in about})
        one_sample = len({collection.blSampleId for collection in about}) == 1
    start, end = run.processingStartTime, run.processingEndTime
    scalings = made.scalings() if made is not None else []
    first = made.first if made is not None else None
    if len(scalings) > 1:
        scalings.sort(key=lambda scaling: place(rules, scaling["statistics"]))
    return {
        "autoProcProgramId": run.autoProcProgramId,
        "pipeline": pipeline_name(run.processingPrograms),
        "processingPrograms": run.processingPrograms,
        "state": state_of(run.processingStatus, start, end, now),
        "processingMessage": run.processingMessage,
        "processingStartTime": start,
        "processingEndTime": end,
        "duration": (end - start).total_seconds() if start and end else None,
        "dataCollectionIds": ids,
        "dataCollectionGroupIds": groups,
        "sweeps": _sweeps(links),
        "blSampleId": first_collection.blSampleId if one_sample else None,
        "sample": first_collection.sample if one_sample else None,
        "sessionId": first_collection.sessionId,
        "autoProcId": first.autoProcId if first is not None else None,
        "spaceGroup": first.spaceGroup if first is not None else None,
        "cell": made.cell(first) if made is not None and first is not None else None,
        "scalings": scalings,
        "rank": None,
    }


def _sweeps(links: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    found = {
        (link.dataCollectionId, link.startImageNumber, link.endImageNumber): None
        for link in links
        if link.startImageNumber is not None
    }
    return [
        {"dataCollectionId": collection, "startImageNumber": start, "endImageNumber": end}
        for collection, start, end in found
    ]


def _loaded(text: str | None, nothing: Any) -> Any:
    """JSON of ours; what is no JSON counts as nothing."""
    try:
        return orjson.loads(text) if text else nothing
    except orjson.JSONDecodeError:
        return nothing


def _ranked(results: list[dict[str, Any]], rules: Sequence[Rule]) -> list[dict[str, Any]]:
    """Results by sample in the order in which they came, the best first, runs without a result behind them."""
    samples: dict[Any, list[dict[str, Any]]] = {}
    for result in results:
        samples.setdefault(result["blSampleId"] or ("collections", tuple(result["dataCollectionIds"])), []).append(
            result
        )
    for of_sample in samples.values():
        with_result = [result for result in of_sample if result["scalings"]]
        if len(with_result) > 1:
            with_result.sort(key=lambda result: place(rules, result["scalings"][0]["statistics"]))
        for rank, result in enumerate(with_result, start=1):
            result["rank"] = rank
        of_sample.sort(key=lambda result: result["rank"] or len(results) + 1)
    return [result for of_sample in samples.values() for result in of_sample]


async def read_result(db: Database, viewer: Viewer, program_id: int, rules: Sequence[Rule]) -> dict[str, Any]:
    """One run and what it made, in full. Raises NotFound."""
    collections, links = await run_with_collections(db, viewer, program_id)
    made = (await _made(db, queries.scalings_in_full(db.catalogue), [program_id])).get(program_id)
    rows = made.rows if made is not None else ()
    return {
        **_result(collections, links, made, rules, local_now()),
        "processingCommandLine": links[0].processingCommandLine,
        "processingEnvironment": links[0].processingEnvironment,
        "shells": {
            str(row.autoProcScalingId): [told(shell.items(), {}) for shell in shells]
            for row in rows
            if row.autoProcScalingId is not None and (shells := _loaded(row.shells, []))
        },
        "ellipsoids": {
            str(row.autoProcScalingId): ellipsoid
            for row in rows
            if row.autoProcScalingId is not None
            and (ellipsoid := _loaded(row.ellipsoid, None) or told_ellipsoid(dict(row._mapping))) is not None
        },
    }


async def list_attachments(db: Database, viewer: Viewer, program_id: int) -> list[dict[str, Any]]:
    """Files of a run, the most important ones first. Raises NotFound."""
    await collections_of(db, viewer, program_id)
    where = AutoProcProgramAttachment.autoProcProgramId == program_id
    return [
        {
            "autoProcProgramAttachmentId": row.autoProcProgramAttachmentId,
            "autoProcProgramId": row.autoProcProgramId,
            "fileType": row.fileType,
            "fileName": row.fileName,
            "importanceRank": row.importanceRank,
            "url": f"/processings/attachments/{row.autoProcProgramAttachmentId}",
        }
        for row in await db.all(queries.attachments(db.catalogue, where))
    ]


async def attachment_file(db: Database, viewer: Viewer, attachment_id: int) -> Stored:
    """Where a file of a run is. Raises NotFound."""
    missing = NotFound.of("file of processing", attachment_id)
    where = AutoProcProgramAttachment.autoProcProgramAttachmentId == attachment_id
    row = await db.one(queries.attachments(db.catalogue, where), missing)
    collections, _ = await run_with_collections(db, viewer, row.autoProcProgramId, missing)
    owner = await db.one(queries.owner(min(collections)), missing)
    path = f"{row.filePath.rstrip('/')}/{row.fileName}" if row.filePath and row.fileName else None
    return Stored(path, Owner.of(owner))


async def list_messages(db: Database, viewer: Viewer, program_id: int) -> list[dict[str, Any]]:
    """What a run has to tell; nothing where this database keeps no such thing. Raises NotFound."""
    await collections_of(db, viewer, program_id)
    if not db.catalogue.has_table(AutoProcProgramMessage):
        return []
    return [dict(row._mapping) for row in await db.all(queries.messages(program_id))]
