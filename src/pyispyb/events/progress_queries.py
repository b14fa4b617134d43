"""SQL of how far sessions are."""

from functools import lru_cache

from sqlalchemy import and_, bindparam, case, func, literal, select, union_all

from ..access import Viewer
from ..db.catalogue import Catalogue
from ..db.types import LocalTime
from ..db.typing import AnyUnion
from ..mx.centring.place import place_of
from ..processing.standing import runs_by_group
from ..tables import DataCollectionGroup
from .filters import is_event, is_processable
from .queries import narrowed_rows
from .sources import GROUPS


@lru_cache(maxsize=256)
def progress(catalogue: Catalogue, viewer: Viewer, narrowed: Viewer | None) -> AnyUnion:
    """Rows (sessionId, what, runs, n): how many groups of the sessions `ids`, which the viewer sees, are what.

    Each is one of `processed`, by the number that tells the `runs` that worked on it; `unprocessed`, where some might
    have; `other`; and `nothing`, without collections. Beside that, `searched` are those searched for crystals, and
    `withCrystal` those where one was found. `narrowed` is the viewer, where they do not see all that is in the
    sessions.
    """
    place = place_of(catalogue)
    centring, result = place.centring, place.result
    session, group = DataCollectionGroup.sessionId, DataCollectionGroup.dataCollectionGroupId
    seen = [session.in_(bindparam("ids", expanding=True)), *narrowed_rows(narrowed, GROUPS)]
    worked_on = runs_by_group(catalogue, viewer, seen, bindparam("given_up", type_=LocalTime())).subquery()
    # Each is looked into only where those before it do not say what the group is.
    what = case(
        (worked_on.c.runs.is_not(None), "processed"),
        (and_(*is_processable(catalogue, bindparam("stopped_before", type_=LocalTime()))), "unprocessed"),
        (and_(*is_event(GROUPS)), "other"),
        else_="nothing",
    )
    collected = (
        select(session, what.label("what"), func.coalesce(worked_on.c.runs, 0).label("runs"), func.count().label("n"))
        .join_from(DataCollectionGroup, worked_on, worked_on.c.dataCollectionGroupId == group, isouter=True)
        .where(*seen)
        .group_by(session, what, worked_on.c.runs)
    )
    over = [*seen, centring.dataCollectionGroupId == group, func.coalesce(centring.status, "") != "pending"]
    of_centring = result.xrayCentringId == centring.xrayCentringId
    searched = select(session, literal("searched"), literal(0), func.count(group.distinct())).where(*over)
    found = select(session, literal("withCrystal"), literal(0), func.count(group.distinct())).where(
        *over, of_centring, func.coalesce(result.status, "") != "failure"
    )
    return union_all(collected, searched.group_by(session), found.group_by(session))
