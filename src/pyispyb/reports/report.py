"""What a session's report tells: whose it is, the best of each sample, how everything was measured and what it said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from ..access import Viewer
from ..db.database import Database
from ..db.paging import Page
from ..errors import NotFound
from ..files.roots import FileRoots, Owner, Stored
from ..files.thumbnails import picture, thumbnail
from ..mx.centring.service import list_centrings
from ..mx.screening.reading import list_screenings
from ..processing.fractions import scalings_in_fractions
from ..processing.ranking import Rule
from ..processing.reading import ResultFilter, list_results
from ..proposals import persons, sessions
from ..settings import Settings
from . import queries
from .heatmap import heat_map
from .scans import MOST_BOXES, Scan, scans_of

MOST_GROUPS = 500
"""Groups of collections that are told one by one: more pages than that nobody reads."""
MOST_COLLECTIONS = 5000

Result = dict[str, Any]
Found = dict[str, Any]


@dataclass(slots=True)
class Group:
    """Collections that belong together, and runs on them, the best first."""

    collections: list[Row[Any]]
    results: list[Result] = field(default_factory=list)
    screenings: list[Found] = field(default_factory=list)
    """Characterisations, as `mx.screening.reading` has them."""
    centrings: list[Found] = field(default_factory=list)
    """X-ray centrings, as `mx.centring.service` has them."""
    scans: list[Scan] = field(default_factory=list)
    """Grid scans, of those of its collections that have values."""

    @property
    def kind(self) -> str:
        """What was measured: the column experimentType."""
        return str(self.collections[0].experimentType or "")

    @property
    def best(self) -> Result | None:
        """The best of the runs that made something and ended well."""
        return next((result for result in self.results if result["rank"] is not None), None)


@dataclass(slots=True)
class Sample:
    """A sample, how often it was measured, and the best that came of it in the session."""

    name: str
    protein: str | None
    groups: int = 0
    best: Result | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told."""

    facility: str
    session: dict[str, Any]
    people: list[str]
    samples: list[Sample]
    groups: list[Group]
    left_out: list[str]
    """Sentences that say what is not told."""


async def gather(db: Database, settings: Settings, viewer: Viewer, session_id: int, rules: Sequence[Rule]) -> Report:
    """What a viewer may be told of a session, in a bounded number of statements. Raises NotFound."""
    session = await sessions.read_session(db, settings, viewer, session_id)
    people = await persons.list_persons(db, viewer, session_id=session_id, proposal=None)
    statement = queries.measured(db.catalogue, viewer, queries.in_session(session_id))
    rows = list(await db.all(statement.limit(MOST_COLLECTIONS + 1)))
    found = await list_results(db, viewer, ResultFilter(sessionId=session_id), rules)
    results = [scalings_in_fractions(result) for result in found["results"]]
    groups = _groups(rows[:MOST_COLLECTIONS], results)
    wanted, page = ResultFilter(sessionId=session_id), Page(limit=MOST_COLLECTIONS)
    for screening in (await list_screenings(db, viewer, wanted, page))["results"]:
        if (group := groups.get(screening["dataCollectionGroupId"])) is not None:
            group.screenings.append(screening)
    for centring in (await list_centrings(db, viewer, wanted, page))["results"]:
        if (group := groups.get(centring["dataCollectionGroupId"])) is not None:
            group.centrings.append(centring)
    told = list(groups.values())
    scans, are_cut = await scans_of(db, [row for group in told[:MOST_GROUPS] for row in group.collections])
    for group in told:
        group.scans += [scans[row.dataCollectionId] for row in group.collections if row.dataCollectionId in scans]
    return Report(
        settings.facility,
        session,
        [_person(person) for person in people["results"]],
        _samples(told),
        told[:MOST_GROUPS],
        _left_out(len(told), is_cut=len(rows) > MOST_COLLECTIONS, without_map=are_cut),
    )


def _person(person: Mapping[str, Any]) -> str:
    name = " ".join(str(person[part]) for part in ("givenName", "familyName") if person[part])
    role = person["_metadata"]["role"]
    return f"{name} ({role})" if role else name


def _groups(rows: Sequence[Row[Any]], results: Sequence[Result]) -> dict[int, Group]:
    """By key, in the order in which they were measured; a run on collections of several stands with each of them."""
    groups: dict[int, Group] = {}
    of_collection: dict[int, int] = {}
    for row in rows:
        groups.setdefault(row.dataCollectionGroupId, Group([])).collections.append(row)
        of_collection[row.dataCollectionId] = row.dataCollectionGroupId
    for result in results:
        for group in dict.fromkeys(of_collection.get(key) for key in result["dataCollectionIds"]):
            if group is not None:
                groups[group].results.append(result)
    return groups


def _samples(groups: Sequence[Group]) -> list[Sample]:
    samples: dict[int, Sample] = {}
    for group in groups:
        row = group.collections[0]
        if row.blSampleId is None:
            continue
        sample = samples.setdefault(row.blSampleId, Sample(row.sample or f"sample {row.blSampleId}", row.protein))
        sample.groups += 1
        best = next((result for result in group.results if result["rank"] == 1), None)
        sample.best = sample.best or best
    return sorted(samples.values(), key=lambda sample: as_counted(sample.name))


def as_counted(name: str) -> list[tuple[int, str]]:
    """An order in which x2 comes before x10."""
    return [(int(part), "") if part.isdecimal() else (0, part.casefold()) for part in re.split(r"(\d+)", name)]


def _left_out(groups: int, *, is_cut: bool, without_map: bool) -> list[str]:
    told = []
    if groups > MOST_GROUPS:
        told.append(
            f"The session has more measurements than a report tells one by one: the first {MOST_GROUPS} of {groups} "
            "follow. The table of results has all of them."
        )
    if is_cut:
        told.append(f"Only the first {MOST_COLLECTIONS:,} data collections of the session are counted here.")
    if without_map:
        told.append(f"Grid scans are drawn as far as they have {MOST_BOXES:,} boxes together.")
    return told


def snapshot(roots: FileRoots, group: Group) -> bytes | None:
    """A small picture of the crystal as JPEG; None where there is none, and where it lies under a map."""
    if any(scan.place is not None for scan in group.scans):
        return None
    for row in group.collections:
        try:
            if (path := _snapshot_of(roots, row)) is not None:
                return thumbnail(path)
        except (NotFound, OSError):
            continue
    return None


def map_of(roots: FileRoots, scan: Scan) -> bytes:
    """The heat map of a scan as JPEG, over the picture of the crystal where there is one."""
    under = None
    try:
        if scan.place is not None and (path := _snapshot_of(roots, scan.collection)) is not None:
            under = picture(path)
    except (NotFound, OSError):
        pass
    return heat_map(scan, under)


def _snapshot_of(roots: FileRoots, row: Row[Any]) -> Path | None:
    """The first picture of the crystal of a collection; None where none was recorded. Raises NotFound."""
    recorded = row.xtalSnapshotFullPath1
    return roots.find(Stored(recorded, Owner.of(row))) if recorded else None
