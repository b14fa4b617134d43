"""Which events: the filters of the stream as predicates on each of its sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, false, func, not_, or_, select

from ..access import Viewer
from ..collections import state
from ..collections.favourites import marked
from ..collections.kinds import SCANS
from ..db.catalogue import Catalogue
from ..db.typing import AnySelect
from ..processing import programs
from ..processing.queries import of_session
from ..processing.standing import OF_COLLECTION, OF_GROUP, any_failed, runs_by_group, runs_on, stands
from ..tables import (
    BLSample,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    EnergyScan,
    GridInfo,
    RobotAction,
)
from .sources import COLLECTIONS, ENERGY_SCANS, GROUPED, GROUPS, ROBOT_ACTIONS, Kind, Source

Status = Literal["success", "failed", "stopped", "running", "processed", "processerror"]

Processing = Literal["success", "running", "failed", "none"]
"""A standing; or that no run worked on what was collected, and might have."""

KINDS: tuple[Kind, ...] = ("dc", "robot", "es", "xrf")


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events; a value that nothing matches gives none."""

    session: str | None = None
    sessionId: int | None = None
    proposal: str | None = None
    proposalId: int | None = None
    beamLineName: str | None = None
    dataCollectionId: int | None = None
    dataCollectionGroupId: int | None = None
    blSampleId: int | None = None
    blSubSampleId: int | None = None
    proteinId: int | None = None
    eventType: str | None = None
    status: Status | None = None
    processing: Processing | None = None
    favourite: bool | None = None
    search: str | None = None

    @property
    def of_one_session(self) -> bool:
        """Asked for a single session."""
        return self.session is not None or self.sessionId is not None

    @property
    def of_session_key_alone(self) -> bool:
        """The session is named by its key and by nothing else."""
        others = (self.session, self.proposal, self.proposalId, self.beamLineName)
        return self.sessionId is not None and all(value is None for value in others)

    @property
    def ungrouped(self) -> bool:
        """Asked for the collections themselves, not for their groups."""
        return self.dataCollectionId is not None or self.dataCollectionGroupId is not None

    @property
    def of_whole_sessions(self) -> bool:
        """Asked for everything in some sessions."""
        others = (self.eventType, self.status, self.processing, self.favourite, self.search)
        return not self.ungrouped and not self.of_samples and all(value is None for value in others)

    @property
    def of_processing(self) -> bool:
        """Asked for what became of the data."""
        return self.processing is not None or self.status in _OF_RUNS

    @property
    def of_samples(self) -> bool:
        """Asked for what was measured from a sample or protein."""
        return any(value is not None for value in (self.blSampleId, self.blSubSampleId, self.proteinId))


def sources(wanted: EventFilter) -> tuple[Source, ...]:
    """The sources that can hold such events; the rest is not looked at."""
    found: Sequence[Source] = (COLLECTIONS,) if wanted.ungrouped else GROUPED
    if wanted.eventType is not None:
        kind = wanted.eventType.casefold()
        found = [source for source in found if source.kind == (kind if kind in KINDS else "dc")]
    if wanted.status is not None:
        kinds = {"dc", "robot"} if wanted.status in {"success", "failed"} else {"dc"}
        found = [source for source in found if source.kind in kinds]
    if wanted.processing is not None:
        found = [source for source in found if source.kind == "dc"]
    if wanted.blSubSampleId is not None or wanted.favourite:
        found = [source for source in found if source is not ROBOT_ACTIONS]
    return tuple(found)


def predicates(
    catalogue: Catalogue, viewer: Viewer, source: Source, wanted: EventFilter, now: datetime
) -> list[ColumnElement[bool]]:
    """WHERE of one source, but for the sessions it is limited to."""
    where: list[ColumnElement[bool]] = []
    if wanted.blSampleId is not None:
        where.append(source.sample == wanted.blSampleId)
    if wanted.proteinId is not None:
        where.append(source.sample.in_(_samples_of_protein(wanted.proteinId)))
    if wanted.blSubSampleId is not None and source.sub_sample is not None:
        where.append(source.sub_sample == wanted.blSubSampleId)
    if source.kind == "dc":
        return where + _collection_predicates(catalogue, viewer, source, wanted, now)
    return where + _other_predicates(source, wanted)


def _samples_of_protein(protein_id: int) -> AnySelect:
    return (
        select(BLSample.blSampleId)
        .join(Crystal, Crystal.crystalId == BLSample.crystalId)
        .where(Crystal.proteinId == protein_id)
    )


def _other_predicates(source: Source, wanted: EventFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if source is ROBOT_ACTIONS and wanted.status is not None:
        right = RobotAction.status == "SUCCESS"
        where.append(right if wanted.status == "success" else and_(RobotAction.status.is_not(None), ~right))
    if wanted.favourite is not None and source is not ROBOT_ACTIONS:
        where.append(_is_favourite(source.text, wanted.favourite))
    if wanted.search:
        where.append(_found_in(source, wanted.search))
    return where


def _is_favourite(comments: Any, wanted: bool) -> ColumnElement[bool]:
    return marked(comments) if wanted else or_(comments.is_(None), ~marked(comments))


def _found_in(source: Source, text: str) -> ColumnElement[bool]:
    ways = [source.sample.in_(_samples_named(text)), source.text.contains(text, autoescape=True)]
    if source is ENERGY_SCANS:
        ways.append(EnergyScan.element == text)
    return or_(*ways)


def _samples_named(text: str) -> AnySelect:
    return select(BLSample.blSampleId).where(BLSample.name.startswith(text, autoescape=True))


def _collection_predicates(
    catalogue: Catalogue, viewer: Viewer, source: Source, wanted: EventFilter, now: datetime
) -> list[ColumnElement[bool]]:
    """On the group where the question is about the group, on its collections where it is about them."""
    where: list[ColumnElement[bool]] = []
    if wanted.eventType is not None and wanted.eventType.casefold() != "dc":
        where.append(_of_type(wanted.eventType, source))
    members = _member_predicates(wanted, now)
    # A group without collections is an intention, not an event.
    where += members if source is COLLECTIONS else [_newest_member(members).is_not(None)]
    if wanted.of_processing:
        where += _standing(catalogue, viewer, source, wanted, now - programs.GIVEN_UP)
    if wanted.processing == "none":
        where.append(not_(_is_grid(catalogue, source)))
    return where


def _standing(
    catalogue: Catalogue, viewer: Viewer, source: Source, wanted: EventFilter, given_up: datetime
) -> list[ColumnElement[bool]]:
    """What became of the data is what is asked for.

    Groups are asked one by one until a page is full, which is soon where processing went well. For what few of a
    session are, all of them would be asked: there it is found out for all at once.
    """
    if source is COLLECTIONS:
        return _processing_predicates(wanted, runs_on(catalogue, viewer, OF_COLLECTION, given_up))
    session = _of_session(wanted)
    if not session or wanted.processing == "success" or wanted.status == "processed":
        return _processing_predicates(wanted, runs_on(catalogue, viewer, OF_GROUP, given_up))
    found = runs_by_group(catalogue, viewer, session, given_up).subquery()
    group = DataCollectionGroup.dataCollectionGroupId
    if wanted.processing == "none":
        # Other filters of processing would leave none of these.
        return [group.not_in(select(found.c.dataCollectionGroupId))] if wanted.status not in _OF_RUNS else [false()]
    such = select(found.c.dataCollectionGroupId).where(*_processing_predicates(wanted, found.c.runs))
    return [group.in_(such)]


def _of_session(wanted: EventFilter) -> list[ColumnElement[bool]]:
    """Groups of the one session that is asked for, if one is."""
    where = [DataCollectionGroup.sessionId == wanted.sessionId] if wanted.sessionId is not None else []
    return where + ([of_session(wanted.session)] if wanted.session is not None else [])


def _processing_predicates(wanted: EventFilter, runs: ColumnElement[int]) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.processing is not None:
        where.append(runs == 0 if wanted.processing == "none" else stands(runs, wanted.processing))
    if wanted.status == "processed":
        where.append(stands(runs, "success"))
    if wanted.status == "processerror":
        where.append(any_failed(runs))
    return where


def _member_predicates(wanted: EventFilter, now: datetime) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.dataCollectionId is not None:
        where.append(DataCollection.dataCollectionId == wanted.dataCollectionId)
    if wanted.dataCollectionGroupId is not None:
        where.append(DataCollection.dataCollectionGroupId == wanted.dataCollectionGroupId)
    if wanted.status in _AS_STATE:
        where.append(state.has_state(_AS_STATE[wanted.status], now - state.GIVEN_UP))
    if wanted.processing == "none":
        where.append(_is_measured(now - state.GIVEN_UP))
    if wanted.blSubSampleId is not None:
        where.append(DataCollection.blSubSampleId == wanted.blSubSampleId)
    if wanted.favourite is not None:
        where.append(_is_favourite(DataCollection.comments, wanted.favourite))
    if wanted.search:
        where.append(_collection_found(wanted.search))
    return where


def _is_measured(given_up: Any) -> ColumnElement[bool]:
    """True for collections with something to process: what failed may have no images, and what runs is not whole."""
    return or_(state.has_state("done", given_up), state.has_state("stopped", given_up))


def is_processable(catalogue: Catalogue, given_up: Any) -> list[ColumnElement[bool]]:
    """Groups that a run may be expected to work on: what `processing=none` finds, if none did.

    A collection that began before `given_up` and never said that it ended was stopped.
    """
    return [_newest_member([_is_measured(given_up)]).is_not(None), not_(_is_grid(catalogue, GROUPS))]


def is_event(source: Source) -> list[ColumnElement[bool]]:
    """Rows of a source that are events: a group without collections is an intention, and none."""
    return [_newest_member([]).is_not(None)] if source is GROUPS else []


def _newest_member(where: list[ColumnElement[bool]]) -> ScalarSelect[int]:
    """The newest collection of a group that `where` leaves, or NULL.

    MariaDB would turn EXISTS into a join and read every group there is before it takes the newest; a subquery of one
    value is asked only for the groups it comes to.
    """
    return (
        select(DataCollection.dataCollectionId)
        .where(DataCollection.dataCollectionGroupId == DataCollectionGroup.dataCollectionGroupId, *where)
        .order_by(DataCollection.dataCollectionId.desc())
        .limit(1)
        .scalar_subquery()
    )


def shown_member(source: Source, wanted: EventFilter, now: datetime) -> ScalarSelect[int] | None:
    """The collection that a group is shown by: the newest that the filter is about; None for the newest of all."""
    if source is not GROUPS:
        return None
    where = _member_predicates(wanted, now)
    return _newest_member(where) if where else None


def _is_grid(catalogue: Catalogue, source: Source) -> ColumnElement[bool]:
    """A scan for crystals, which nobody processes: by its kind, or since there is a grid of it."""
    group = (DataCollection if source is COLLECTIONS else DataCollectionGroup).dataCollectionGroupId
    is_scan = func.lower(func.coalesce(DataCollectionGroup.experimentType, "")).in_(sorted(SCANS))
    of_kind = exists().where(DataCollectionGroup.dataCollectionGroupId == group, is_scan)
    ways = [of_kind if source is COLLECTIONS else is_scan, exists().where(GridInfo.dataCollectionGroupId == group)]
    if catalogue.has(GridInfo.dataCollectionId):
        member = DataCollection.__table__.alias("member")
        of_member = GridInfo.dataCollectionId == member.c.dataCollectionId
        ways.append(exists().where(member.c.dataCollectionGroupId == group, of_member))
    return or_(*ways)


def _of_type(experiment_type: str, source: Source) -> ColumnElement[bool]:
    if source is COLLECTIONS:
        return exists().where(
            DataCollectionGroup.dataCollectionGroupId == DataCollection.dataCollectionGroupId,
            DataCollectionGroup.experimentType == experiment_type,
        )
    return DataCollectionGroup.experimentType == experiment_type


def _collection_found(text: str) -> ColumnElement[bool]:
    named = exists().where(
        BLSample.blSampleId == DataCollection.blSampleId, BLSample.name.contains(text, autoescape=True)
    )
    return or_(
        DataCollection.imagePrefix.contains(text, autoescape=True),
        DataCollection.comments.contains(text, autoescape=True),
        named,
    )


_OF_RUNS = frozenset({"processed", "processerror"})
_AS_STATE: dict[str, state.State] = {"success": "done", **{name: name for name in state.STATES}}
