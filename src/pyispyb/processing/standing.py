"""How far the processing of collections is, as SQL: for filters and counts.

A collection, or a group of them, stands by the best that became of its data:

- `success`: a run ended well;
- `running`: none has yet, but one waits or runs;
- `failed`: runs failed, and there is nothing else.

What no run worked on has no standing. Runs are those that a viewer sees, without those that make a structure of what
another one merged. Runs are told as a number: it grows by `FAILED`, `OPEN` and `SUCCEEDED` where there are such runs,
at most once for each way in which runs are tied to collections.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, or_, select, union_all

from ..access import Viewer
from ..db.catalogue import Catalogue
from ..db.order import in_order
from ..db.typing import AnySelect
from ..tables import AutoProc, AutoProcProgram, DataCollection, DataCollectionGroup
from . import queries

Standing = Literal["success", "running", "failed"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
"""The best first."""

FAILED, OPEN, SUCCEEDED = 1, 0x10, 0x100

_LEAST: dict[Standing, int] = {"success": SUCCEEDED, "running": OPEN, "failed": FAILED}
_FIRST_TIME = datetime(1970, 1, 1)
"""Before it there are zero dates only, which read as no time."""

_worked_on = DataCollection.__table__.alias("worked_on")

OF_COLLECTION = _worked_on.c.dataCollectionId == DataCollection.dataCollectionId
OF_GROUP = _worked_on.c.dataCollectionGroupId == DataCollectionGroup.dataCollectionGroupId


def standing_of(runs: int) -> Standing | None:
    """The standing that a number of runs tells."""
    return next((each for each in STANDINGS if runs >= _LEAST[each]), None)


def stands(runs: ColumnElement[int], standing: Standing) -> ColumnElement[bool]:
    """True where a number of runs tells this standing."""
    return runs >= SUCCEEDED if standing == "success" else runs.between(_LEAST[standing], _LEAST[standing] * 0x10 - 1)


def any_failed(runs: ColumnElement[int]) -> ColumnElement[bool]:
    """True where a number of runs tells that one failed, whatever became of others."""
    return runs % OPEN != 0


def runs_on(catalogue: Catalogue, viewer: Viewer, of: ColumnElement[bool], given_up: Any) -> ColumnElement[int]:
    """Runs that the viewer sees of one collection or group, as a number.

    `of` is `OF_COLLECTION` or `OF_GROUP`, of the statement around it. A run that began before `given_up` and never said
    that it ended has failed. Every way in which runs are tied to collections is looked at by itself, by one key.
    """
    ways: list[ColumnElement[int]] = []
    for link in queries.links(catalogue):
        way = in_order(select(_number(given_up)), _worked_on, *link.tables, AutoProcProgram)
        tied = link.run == AutoProcProgram.autoProcProgramId
        way = way.where(of, link.collection == _worked_on.c.dataCollectionId, *link.joined, tied)
        way = way.where(*_seen_on_images(catalogue, viewer, _worked_on))
        ways.append(way.correlate(DataCollection, DataCollectionGroup).scalar_subquery())
    return reduce(add, ways)


def runs_by_group(
    catalogue: Catalogue, viewer: Viewer, groups: Sequence[ColumnElement[bool]], given_up: Any
) -> AnySelect:
    """Rows (sessionId, dataCollectionGroupId, runs): the same of those of many groups that runs worked on.

    Only of groups that the viewer sees, whatever `groups` selects.
    """
    seen = [] if viewer.sees_everything else [queries.seen_group(viewer)]
    group = DataCollectionGroup.dataCollectionGroupId
    ways = []
    for link in queries.links(catalogue):
        way = select(DataCollectionGroup.sessionId, group, DataCollection.dataCollectionId, link.run.label("program"))
        way = in_order(way, DataCollectionGroup, DataCollection, *link.tables)
        tied = link.collection == DataCollection.dataCollectionId
        ways.append(way.where(*groups, *seen, DataCollection.dataCollectionGroupId == group, tied, *link.joined))
    linked = union_all(*ways).cte("linked")
    worked = queries.once_each(linked)
    statement = select(linked.c.sessionId, linked.c.dataCollectionGroupId, _number(given_up).label("runs"))
    return (
        in_order(statement, worked, AutoProcProgram, linked)
        .where(
            AutoProcProgram.autoProcProgramId == worked.c.program,
            *_seen_on_images(catalogue, viewer, worked),
            linked.c.program == worked.c.program,
        )
        .group_by(linked.c.sessionId, linked.c.dataCollectionGroupId)
    )


def _seen_on_images(catalogue: Catalogue, viewer: Viewer, linked: Any) -> list[ColumnElement[bool]]:
    """Runs that the viewer sees and that make no structure."""
    where = queries.makes_no_structure(catalogue)
    if viewer.sees_everything:
        return where
    unseen = queries.unseen_collection(viewer)
    return where + [~others for others in queries.works_on_others(catalogue, linked, AutoProcProgram, unseen)]


def _number(given_up: Any) -> ColumnElement[int]:
    """Some runs as a number. `programs.state_of` is the same rule, for rows, and `reading` for those with a result.

    One flavour keeps how a run ended as 1 and 0, the other in words. What never said so and made something is done.
    """
    said = func.coalesce(func.upper(cast(AutoProcProgram.processingStatus, String(16))), "")
    start, end = AutoProcProgram.processingStartTime, AutoProcProgram.processingEndTime
    begun = or_(start.is_not(None), said == "RUNNING")
    silent = and_(begun, func.coalesce(start, end).between(_FIRST_TIME, given_up))
    made = exists().where(AutoProc.autoProcProgramId == AutoProcProgram.autoProcProgramId)
    succeeded = or_(said.in_(("1", "SUCCESS")), and_(said == "", or_(start.is_(None), silent), made))
    failed = or_(said.in_(("0", "FAILED")), silent)
    return (
        _any(case((succeeded, SUCCEEDED), else_=0))
        + _any(case((succeeded, 0), (failed, 0), else_=OPEN))
        + _any(case((succeeded, 0), (failed, FAILED), else_=0))
    )


def _any(part: ColumnElement[int]) -> ColumnElement[int]:
    """What it is in any row; 0 of no rows."""
    return func.coalesce(func.max(part), 0)
