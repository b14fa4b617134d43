"""Runs, their results, files and messages as py-ispyb tells them. Who sees a run is decided where it always is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row

from ...access import Viewer
from ...answers import listed
from ...db.database import Database
from ...db.paging import Page, part_of
from ...errors import Invalid, NotFound
from ...processing import file_queries, reading
from ...processing import queries as runs_sql
from ...processing.statistics import held, told
from ...tables import AutoProcProgramAttachment, AutoProcProgramMessage, DataCollection
from . import queries

Tree = dict[str, Any]

_STATUS = {"SUCCESS": 1, "FAILED": 0}
_CENTRED = {"success": 1, "failed": 0}


async def _visible(db: Database, viewer: Viewer, where: ColumnElement[bool]) -> list[int]:
    return [row.dataCollectionId for row in await db.all(runs_sql.collections(viewer, [where]))]


async def _runs(
    db: Database, viewer: Viewer, collection_ids: Sequence[int] = (), program_id: int | None = None
) -> Sequence[Row[Any]]:
    """Runs in full on collections, or one run: a row for each sweep or link, of what the viewer sees."""
    where: ColumnElement[bool] = DataCollection.dataCollectionId.in_(collection_ids)
    if program_id is not None:
        where = runs_sql.of_programs(db.catalogue, [program_id])
    visible = await _visible(db, viewer, where)
    if not visible:
        return ()
    rows = await db.all(runs_sql.runs(db.catalogue, viewer, in_full=True), {"ids": visible})
    return [row for row in rows if program_id in (None, row.autoProcProgramId)]


async def _runs_named(
    db: Database, viewer: Viewer, collection_id: int | None, program_id: int | None
) -> dict[int, Row[Any]]:
    """The same by key, newest first. Raises Invalid where nothing is named."""
    if collection_id is None and program_id is None:
        raise Invalid.field("dataCollectionId", "name a collection, or a run with `autoProcProgramId`")
    rows = await _runs(db, viewer, [collection_id] if collection_id is not None else [], program_id)
    found = {
        row.autoProcProgramId: row for row in rows if collection_id is None or row.dataCollectionId == collection_id
    }
    return dict(sorted(found.items(), reverse=True))


async def list_programs(
    db: Database, viewer: Viewer, collection_id: int | None, program_id: int | None, page: Page, *, integrated: bool
) -> Tree:
    """Runs that integrated images, with what they made, or those that did not. Raises Invalid."""
    runs = await _runs_named(db, viewer, collection_id, program_id)
    integrating = await _integrating(db, runs)
    wanted = [key for key in runs if (key in integrating) is integrated]
    shown, more = part_of(wanted, page)
    found = [_program(runs[key]) for key in shown]
    if shown:
        await _add_metadata(db, shown, found)
        if integrated:
            await _add_integrations(db, shown, found)
    return listed(found, limit=page.size(), skip=page.skip, total=len(wanted), after=more)


async def _integrating(db: Database, runs: Iterable[int]) -> set[int]:
    ids = list(runs)
    return {row[0] for row in await db.all(queries.integrating(), {"ids": ids})} if ids else set()


def _program(row: Row[Any]) -> Tree:
    names = [column.key for column in runs_sql.PROGRAM_IN_FULL]
    return {**{name: getattr(row, name) for name in names}, "processingStatus": _STATUS.get(row.processingStatus or "")}


async def _add_metadata(db: Database, shown: list[int], programs: list[Tree]) -> None:
    counts = {row[0]: row.n for row in await db.all(queries.attachment_counts(db.catalogue), {"ids": shown})}
    messages: dict[int, list[Tree]] = defaultdict(list)
    for message in await _messages(db, shown):
        messages[message["autoProcProgramId"]].append(message)
    for program in programs:
        key = program["autoProcProgramId"]
        program["_metadata"] = {
            "attachments": counts.get(key, 0),
            "imageSweepCount": 0,
            "autoProcProgramMessages": messages[key],
        }


async def _messages(db: Database, program_ids: Sequence[int]) -> list[Tree]:
    """Nothing where this database keeps no such thing."""
    if not program_ids or not db.catalogue.has_table(AutoProcProgramMessage):
        return []
    return [dict(row._mapping) for row in await db.all(file_queries.messages(), {"ids": list(program_ids)})]


async def _add_integrations(db: Database, shown: list[int], programs: list[Tree]) -> None:
    scalings = await _scalings(db, shown)
    sweeps: dict[int, dict[int, Tree]] = defaultdict(dict)
    for row in await db.all(queries.integrations(), {"ids": shown}):
        sweep = sweeps[row.autoProcProgramId].setdefault(
            row.autoProcIntegrationId,
            {
                "refinedXBeam": row.refinedXBeam,
                "refinedYBeam": row.refinedYBeam,
                "AutoProcScalingHasInt": [],
                "DataCollection": {"xBeam": row.xBeam, "yBeam": row.yBeam},
            },
        )
        if row.autoProcScalingId in scalings:
            sweep["AutoProcScalingHasInt"].append({"AutoProcScaling": scalings[row.autoProcScalingId]})
    for program in programs:
        of_run = list(sweeps[program["autoProcProgramId"]].values())
        program["AutoProcIntegration"] = of_run
        program["_metadata"]["imageSweepCount"] = len(of_run)


async def _scalings(db: Database, shown: list[int]) -> dict[int, Tree]:
    """Each way of scaling by its key, with space group and cell."""
    names = [column.key for column in held(db.catalogue)]
    rows = await db.all(runs_sql.scalings(db.catalogue), {"ids": shown})
    found: dict[int, Tree] = {}
    for row, numbers in zip(rows, told(names, rows), strict=True):
        if row.autoProcScalingId is None:
            continue
        cell = {column.key: getattr(row, column.key) for column in runs_sql.CELL}
        scaling = found.setdefault(
            row.autoProcScalingId,
            {"AutoProc": {"spaceGroup": row.spaceGroup, **cell}, "AutoProcScalingStatistics": []},
        )
        if row.scalingStatisticsType is not None:
            statistics = {
                **dict(zip(names, row[-len(names) :], strict=True)),
                **numbers,
                "scalingStatisticsType": row.scalingStatisticsType,
            }
            scaling["AutoProcScalingStatistics"].append(statistics)
    return found


async def list_messages(
    db: Database, viewer: Viewer, collection_id: int | None, program_id: int | None, message_id: int | None, page: Page
) -> Tree:
    """What runs have to tell, oldest first. Raises Invalid."""
    runs = await _runs_named(db, viewer, collection_id, program_id)
    found = [
        message
        for message in await _messages(db, list(runs))
        if message_id in (None, message["autoProcProgramMessageId"])
    ]
    shown, more = part_of(found, page)
    return listed(shown, limit=page.size(), skip=page.skip, total=len(found), after=more)


async def list_attachments(
    db: Database, viewer: Viewer, program_id: int | None, attachment_id: int | None, base: str, page: Page
) -> Tree:
    """Files of a run, or one file; `base` is that of the API. Raises Invalid."""
    if program_id is None and attachment_id is not None:
        where = AutoProcProgramAttachment.autoProcProgramAttachmentId == attachment_id
        row = await db.first(file_queries.attachments(db.catalogue, where))
        program_id = row.autoProcProgramId if row is not None else 0
    if program_id is None:
        raise Invalid.field("autoProcProgramId", "name a run, or a file with `autoProcProgramAttachmentId`")
    try:
        files = await reading.list_attachments(db, viewer, program_id)
    except NotFound:
        files = []
    found = [
        {**file, "_metadata": {"url": base + file["url"]}}
        for file in files
        if attachment_id in (None, file["autoProcProgramAttachmentId"])
    ]
    shown, more = part_of(found, page)
    return listed(shown, limit=page.size(), skip=page.skip, total=len(found), after=more)


class _Statuses:
    """Entries by collection, kind and program, none of them twice."""

    def __init__(self) -> None:
        self.told: dict[int, Tree] = {}

    def note(self, row: Row[Any], kind: str, program: str | None, more: Tree) -> None:
        by_program = self.told.setdefault(row.dataCollectionId, {}).setdefault(kind, {})
        entry = {"dataCollectionId": row.dataCollectionId, "program": program, **more}
        known = by_program.setdefault(program or "", [])
        if entry not in known:
            known.append(entry)


async def list_statuses(db: Database, viewer: Viewer, collection_ids: Sequence[int]) -> Tree:
    """How far everything is that was done with collections; those that the viewer does not see are left out."""
    statuses = _Statuses()
    visible = await _visible(db, viewer, DataCollection.dataCollectionId.in_(collection_ids))
    if not visible:
        return {"statuses": {}}
    ids = {"ids": visible}
    for row in await db.all(queries.screenings(db.catalogue), ids):
        flags = {"status": int(bool(row.strategySuccess)), "indexingSuccess": int(bool(row.indexingSuccess))}
        aligned = None if row.alignmentSuccess is None else int(row.alignmentSuccess)
        statuses.note(row, "screening", row.program, {**flags, "alignmentSuccess": aligned})
    for row in await db.all(queries.centrings(db.catalogue), ids):
        statuses.note(row, "xrc", row.program, {"status": _CENTRED.get(row.status or "")})
    runs = await db.all(runs_sql.runs(db.catalogue, viewer), ids)
    integrating = await _integrating(db, {row.autoProcProgramId for row in runs})
    for row in runs:
        kind = "autoIntegration" if row.autoProcProgramId in integrating else "processing"
        ended = _STATUS.get(row.processingStatus or "")
        statuses.note(row, kind, row.processingPrograms, {"autoProcProgramId": row.autoProcProgramId, "status": ended})
    return {"statuses": statuses.told}


async def count_messages(db: Database, viewer: Viewer, collection_ids: Sequence[int]) -> Tree:
    """How many messages of which severity the runs on collections left."""
    runs: dict[int, set[int]] = defaultdict(set)
    for row in await _runs(db, viewer, collection_ids):
        runs[row.autoProcProgramId].add(row.dataCollectionId)
    names = {"ERROR": "errors", "WARNING": "warnings", "INFO": "info"}
    statuses: dict[int, Tree] = {}
    for message in await _messages(db, list(runs)):
        for collection in runs[message["autoProcProgramId"]]:
            counts = statuses.setdefault(collection, dict.fromkeys(names.values(), 0))
            if message["severity"] in names:
                counts[names[message["severity"]]] += 1
    return {"statuses": statuses}
