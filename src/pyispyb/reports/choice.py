"""Which results are taken home: the best of each sample, every one, or those that are named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from ..access import Viewer
from ..db.database import Database
from ..errors import NotFound
from ..processing import queries as processing_queries
from ..processing.fractions import scalings_in_fractions
from ..processing.ranking import Rule
from ..processing.reading import ResultFilter, list_results, results_on
from ..proposals.names import session_name
from . import queries

MOST_RUNS = 500
"""Runs that may be named."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Results of what, of one pipeline or all; of these the best of each sample, or every one; or only certain runs."""

    of: ResultFilter | None
    runs: tuple[int, ...] = ()
    every: bool = False
    pipeline: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A result, R values as fractions, and the collections it was made of as `queries.places` tells them."""

    result: dict[str, Any]
    places: tuple[Row[Any], ...]

    @property
    def shells(self) -> dict[str, dict[str, Any]]:
        """Statistics of the best way of scaling; none of a run without result."""
        scalings = self.result["scalings"]
        return scalings[0]["statistics"] if scalings else {}

    @property
    def session(self) -> str | None:
        """Name of the session, where the viewer may know it."""
        place = self.places[0]
        return session_name(place) if place.sees_session else None

    @property
    def proposal(self) -> str:
        """Name of the proposal."""
        place = self.places[0]
        return f"{place.proposalCode or ''}{place.proposalNumber or ''}"

    @property
    def sample(self) -> str:
        """Name of the sample; without one, of the collection, as its images are named."""
        place = self.places[0]
        if self.result["sample"]:
            return str(self.result["sample"])
        named = [str(part) for part in (place.imagePrefix, place.dataCollectionNumber) if part is not None]
        return "_".join(named) or f"collection_{place.dataCollectionId}"


async def take(db: Database, viewer: Viewer, wanted: Wanted, rules: Sequence[Rule]) -> list[Taken]:
    """The results, by sample, in a bounded number of statements.

    Raises NotFound where there are none that the viewer sees, or a named run is not among them; Invalid where nothing
    is named.
    """
    results = await _results(db, viewer, wanted, rules)
    known = {result["autoProcProgramId"] for result in results}
    for run in wanted.runs:
        if run not in known:
            raise NotFound.of("processing run", run)
    if wanted.pipeline is not None:
        results = [result for result in results if result["pipeline"] == wanted.pipeline]
    if wanted.runs:
        results = [result for result in results if result["autoProcProgramId"] in wanted.runs]
    elif not wanted.every:
        results = _best(results)
    if not results:
        raise NotFound("No result that you can see is there to be taken home.")
    return await _placed(db, viewer, results)


async def _results(db: Database, viewer: Viewer, wanted: Wanted, rules: Sequence[Rule]) -> list[dict[str, Any]]:
    if wanted.of is not None or not wanted.runs:
        found: list[dict[str, Any]] = (await list_results(db, viewer, wanted.of or ResultFilter(), rules))["results"]
        return found
    where = [processing_queries.of_programs(db.catalogue, wanted.runs)]
    rows = await db.all(processing_queries.collections(viewer, where))
    return await results_on(db, viewer, {row.dataCollectionId: row for row in rows}, rules) if rows else []


def sample_key(result: dict[str, Any]) -> Any:
    """What the results of one sample have in common; without a sample, those of the same collections."""
    return result["blSampleId"] or ("collections", tuple(result["dataCollectionIds"]))


def _best(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first of each sample that has a result: they come ranked."""
    best: dict[Any, dict[str, Any]] = {}
    for result in results:
        if result["rank"] is not None:
            best.setdefault(sample_key(result), result)
    return list(best.values())


async def _placed(db: Database, viewer: Viewer, results: list[dict[str, Any]]) -> list[Taken]:
    ids = sorted({key for result in results for key in result["dataCollectionIds"]})
    places = {row.dataCollectionId: row for row in await db.all(queries.places(viewer), {"ids": ids})}
    return [
        Taken(scalings_in_fractions(result), tuple(places[key] for key in result["dataCollectionIds"] if key in places))
        for result in results
        if any(key in places for key in result["dataCollectionIds"])
    ]


def label_of(taken: Iterable[Taken]) -> str:
    """What they are called together: the session, where it is one that may be named, else the proposal."""
    taken = list(taken)
    sessions = {each.session for each in taken}
    proposals = {each.proposal for each in taken}
    if len(sessions) == 1 and (session := sessions.pop()) is not None:
        return session
    return proposals.pop() if len(proposals) == 1 else "ispyb"
