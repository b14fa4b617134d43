"""SQL of how far sessions are."""

from functools import lru_cache

from sqlalchemy import bindparam, func, literal, select, union_all

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

    `collected` are all of them; `processed`, by the number that tells their `runs`, those that runs worked on;
    `unprocessed`, those that might be and are not; `searched`, those searched for crystals, and `found`, those where
    one was found. `narrowed` is the viewer, where they do not see all that is in these sessions.
    """
    place = place_of(catalogue)
    centring, result = place.centring, place.result
    session, group = DataCollectionGroup.sessionId, DataCollectionGroup.dataCollectionGroupId
    seen = [session.in_(bindparam("ids", expanding=True)), *narrowed_rows(narrowed, GROUPS)]
    nothing = literal(0).label("runs")
    collected = (
        select(session, literal("collected").label("what"), nothing, func.count().label("n"))
        .where(*seen, *is_event(GROUPS))
        .group_by(session)
    )
    by_group = runs_by_group(catalogue, viewer, seen, bindparam("given_up", type_=LocalTime())).cte()
    processed = select(by_group.c.sessionId, literal("processed"), by_group.c.runs, func.count()).group_by(
        by_group.c.sessionId, by_group.c.runs
    )
    stopped_before = bindparam("stopped_before", type_=LocalTime())
    unprocessed = (
        select(session, literal("unprocessed"), nothing, func.count())
        .where(*seen, group.not_in(select(by_group.c.dataCollectionGroupId)))
        .where(*is_processable(catalogue, stopped_before))
        .group_by(session)
    )
    over = [*seen, centring.dataCollectionGroupId == group, func.coalesce(centring.status, "") != "pending"]
    of_centring = result.xrayCentringId == centring.xrayCentringId
    searched = select(session, literal("searched"), nothing, func.count(group.distinct())).where(*over)
    found = select(session, literal("found"), nothing, func.count(group.distinct())).where(
        *over, of_centring, func.coalesce(result.status, "") != "failure"
    )
    return union_all(collected, processed, unprocessed, searched.group_by(session), found.group_by(session))
