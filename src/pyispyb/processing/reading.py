"""Results of processing, read: of a collection, a sample, a session or a proposal, ranked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row

from ..access import Viewer
from ..clock import local_now
from ..db.database import Database
from ..errors import Invalid, NotFound
from ..files.contents import content_of
from ..files.roots import Owner, Stored
from ..tables import AutoProcProgramAttachment, AutoProcProgramMessage, DataCollection, DataCollectionGroup
from . import file_queries, queries
from .made import NOTHING, Made, loaded, made_by_run
from .programs import collections_of, pipeline_name, run_with_collections, state_of
from .ranking import Place, Rule, placing
from .schemas import ProgramState
from .statistics import of_table, told_ellipsoid


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
        "results": ranked(results, rules),
        "ranking": [rule.as_json() for rule in rules],
        "truncated": len(found) > len(collections),
    }


async def results_on(
    db: Database, viewer: Viewer, collections: Mapping[int, Row[Any]], rules: Sequence[Rule]
) -> list[dict[str, Any]]:
    """Runs on collections, by key, and what they made, newest first, without their ranks."""
    runs: dict[int, list[Sequence[Any]]] = defaultdict(list)
    for row in await db.tuples(queries.runs_on_images(db.catalogue, viewer), {"ids": list(collections)}):
        runs[row[queries.PROGRAM_PLACE]].append(row)
    rows = await db.tuples(queries.scalings(db.catalogue), {"ids": list(runs)}) if runs else ()
    made = made_by_run(db.catalogue, rows)
    now, place = local_now(), placing(rules)
    newest = sorted(runs, reverse=True)
    return [_result(collections, runs[program], made.get(program, NOTHING), place, now) for program in newest]


def _result(
    collections: Mapping[int, Sequence[Any]],
    links: Sequence[Sequence[Any]],
    made: Made,
    place: Place,
    now: datetime,
) -> dict[str, Any]:
    _, _, _, program, programs, status, message, start, end = links[0][queries.RUN]
    ids = [links[0][0]] if len(links) == 1 else sorted({link[0] for link in links})
    _, group, session, sample_id, sample = collections[ids[0]]
    groups, one_sample = [group], True
    if len(ids) > 1:
        about = [collections[key] for key in ids]
        groups = sorted({group for _, group, _, _, _ in about})
        one_sample = len({sample_id for _, _, _, sample_id, _ in about}) == 1
    scalings = list(made.scalings.values())
    if len(scalings) > 1:
        scalings.sort(key=lambda scaling: place(scaling["statistics"]))
    return {
        "autoProcProgramId": program,
        "pipeline": pipeline_name(programs),
        "processingPrograms": programs,
        "state": _state(status, start, end, now, made),
        "processingMessage": message,
        "processingStartTime": start,
        "processingEndTime": end,
        "duration": (end - start).total_seconds() if start and end else None,
        "dataCollectionIds": ids,
        "dataCollectionGroupIds": groups,
        "sweeps": _sweeps(links),
        "blSampleId": sample_id if one_sample else None,
        "sample": sample if one_sample else None,
        "sessionId": session,
        "autoProcId": made.autoProcId,
        "spaceGroup": made.spaceGroup,
        "cell": made.cell,
        "scalings": scalings,
        "rank": None,
    }


def _state(status: str | None, start: datetime | None, end: datetime | None, now: datetime, made: Made) -> ProgramState:
    """How far a run is. One that never said so and made something has done its work: most of old databases say nothing.

    `standing` has the same rule, as SQL.
    """
    state = state_of(status, start, end, now)
    return "success" if status is None and made.scalings and state != "running" else state


def _sweeps(links: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    swept = [link[queries.SWEEP] for link in links if link[1] is not None]
    return [
        {"dataCollectionId": collection, "startImageNumber": start, "endImageNumber": end}
        for collection, start, end in dict.fromkeys(swept)
    ]


def ranked(results: list[dict[str, Any]], rules: Sequence[Rule]) -> list[dict[str, Any]]:
    """Results by sample in the order in which they came, the best first, runs without one behind them.

    What a run made that has not ended, or failed, is no result to be taken for the best.
    """
    place = placing(rules)
    samples: dict[Any, list[dict[str, Any]]] = {}
    for result in results:
        samples.setdefault(result["blSampleId"] or ("collections", tuple(result["dataCollectionIds"])), []).append(
            result
        )
    in_order: list[dict[str, Any]] = []
    for of_sample in samples.values():
        with_result = [result for result in of_sample if result["scalings"] and result["state"] == "success"]
        if len(with_result) > 1:
            with_result.sort(key=lambda result: place(result["scalings"][0]["statistics"]))
        for rank, result in enumerate(with_result, start=1):
            result["rank"] = rank
        in_order += with_result
        if len(with_result) < len(of_sample):
            in_order += [result for result in of_sample if result["rank"] is None]
    return in_order


async def read_result(db: Database, viewer: Viewer, program_id: int, rules: Sequence[Rule]) -> dict[str, Any]:
    """One run and what it made, in full. Raises NotFound."""
    collections, links = await run_with_collections(db, viewer, program_id)
    rows = await db.all(queries.scalings_in_full(db.catalogue), {"ids": [program_id]})
    made = made_by_run(db.catalogue, rows).get(program_id, NOTHING)
    return {
        **_result(collections, links, made, placing(rules), local_now()),
        "processingCommandLine": links[0].processingCommandLine,
        "processingEnvironment": links[0].processingEnvironment,
        "shells": {
            str(row.autoProcScalingId): of_table(shells)
            for row in rows
            if row.autoProcScalingId is not None and (shells := loaded(row.shells, []))
        },
        "ellipsoids": {
            str(row.autoProcScalingId): ellipsoid
            for row in rows
            if row.autoProcScalingId is not None
            and (ellipsoid := loaded(row.ellipsoid, None) or told_ellipsoid(dict(row._mapping))) is not None
        },
        "integrations": _integrations(await db.all(queries.integrations(db.catalogue, program_id))),
    }


def _integrations(rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    """Every sweep that a run integrated, with the ways of scaling that took it."""
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        sweep = dict(row._mapping)
        scaling = sweep.pop("autoProcScalingId")
        told = found.setdefault(row.autoProcIntegrationId, {**sweep, "autoProcScalingIds": []})
        if scaling is not None:
            told["autoProcScalingIds"].append(scaling)
    return list(found.values())


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
            "content": content_of(row.fileName or ""),
            "url": f"/processings/attachments/{row.autoProcProgramAttachmentId}",
        }
        for row in await db.all(file_queries.attachments(db.catalogue, where))
    ]


async def attachment_file(db: Database, viewer: Viewer, attachment_id: int) -> Stored:
    """Where a file of a run is. Raises NotFound."""
    missing = NotFound.of("file of processing", attachment_id)
    where = AutoProcProgramAttachment.autoProcProgramAttachmentId == attachment_id
    row = await db.one(file_queries.attachments(db.catalogue, where), missing)
    collections, _ = await run_with_collections(db, viewer, row.autoProcProgramId, missing)
    owner = await db.one(file_queries.owner(min(collections)), missing)
    path = f"{row.filePath.rstrip('/')}/{row.fileName}" if row.filePath and row.fileName else None
    return Stored(path, Owner.of(owner))


async def list_messages(db: Database, viewer: Viewer, program_id: int) -> list[dict[str, Any]]:
    """What a run has to tell; nothing where this database keeps no such thing. Raises NotFound."""
    await collections_of(db, viewer, program_id)
    if not db.catalogue.has_table(AutoProcProgramMessage):
        return []
    return [dict(row._mapping) for row in await db.all(file_queries.messages(), {"ids": [program_id]})]
