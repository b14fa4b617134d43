"""Samples, proteins and containers, in the words of the domain."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, or_

from ..access import Viewer
from ..answers import listed, taking
from ..db.database import Database
from ..db.lists import read_page
from ..db.paging import WHOLE_LIST, Key, Page
from ..db.writes import update_rows
from ..errors import NotFound
from ..proposals.names import is_proposal
from ..tables import BLSample, BLSubSample, Container, Crystal, Protein
from . import queries
from .schemas import SampleChange

_CHANGEABLE = ("blSampleStatus", "location", "isInSampleChanger", "lastKnownCenteringPosition", "lastImageURL")


@dataclass(frozen=True, slots=True)
class SampleFilter:
    """Which samples; a value that nothing matches gives none."""

    blSampleId: int | None = None
    proposal: str | None = None
    beamLineName: str | None = None
    proteinId: int | None = None
    containerId: int | None = None
    sessionId: int | None = None
    search: str | None = None
    status: str | None = None


def _sample_where(viewer: Viewer, wanted: SampleFilter) -> list[Any]:
    where: list[Any] = []
    if wanted.blSampleId is not None:
        where.append(BLSample.blSampleId == wanted.blSampleId)
    if wanted.proposal is not None:
        where.append(is_proposal(wanted.proposal))
    if wanted.beamLineName is not None:
        where.append(Container.beamlineLocation == wanted.beamLineName)
    if wanted.proteinId is not None:
        where.append(Crystal.proteinId == wanted.proteinId)
    if wanted.containerId is not None:
        where.append(BLSample.containerId == wanted.containerId)
    if wanted.sessionId is not None:
        where.append(queries.measured_in(wanted.sessionId, viewer))
    if wanted.search:
        matches = [column.contains(wanted.search, autoescape=True) for column in (BLSample.name, Protein.acronym)]
        where.append(or_(*matches, BLSample.code == wanted.search, Container.code == wanted.search))
    if wanted.status is not None:
        where.append(queries.with_status(wanted.status, viewer))
    return where


async def list_samples(
    db: Database, viewer: Viewer, wanted: SampleFilter, page: Page, *, by: str = "blSampleId", ascending: bool = True
) -> dict[str, Any]:
    """A page of samples. Of one proposal and without a limit, all of them: control software knows no paging."""
    where = _sample_where(viewer, wanted)
    limit = page.size(WHOLE_LIST) if wanted.proposal is not None else page.size()
    order = queries.sample_order(by, ascending=ascending)
    rows, more, total = await read_page(
        db, queries.sample_keys(viewer, where), order, page, limit, queries.samples(db.catalogue)
    )
    counted: dict[int, list[Row[Any]]] = defaultdict(list)
    if rows:
        for row in await db.all(queries.sample_counts(viewer), {"ids": [row.blSampleId for row in rows]}):
            counted[row.blSampleId].append(row)
    results = [_sample(row, counted[row.blSampleId]) for row in rows]
    return listed(results, limit=limit, skip=page.skip, total=total, after=more)


def _sample(row: Row[Any], counted: list[Row[Any]]) -> dict[str, Any]:
    nested = {
        table: dict(zip(names, taken_from(row), strict=True))
        for table, (names, taken_from) in _tables(row._fields).items()
    }
    own = nested[_OWN]
    proposal = f"{own.pop('proposalCode') or ''}{own.pop('proposalNumber') or ''}"
    own.pop("proposalId")
    own.pop("recordTimeStamp", None)
    if own.get("isInSampleChanger") is not None:
        own["isInSampleChanger"] = bool(own["isInSampleChanger"])
    crystal = nested["Crystal"]
    measured = [part for part in counted if part.kind is not None]
    return {
        **own,
        "Container": nested["Container"],
        "Crystal": {**crystal, "space_group": crystal["spaceGroup"], "Protein": nested["Protein"]},
        "DiffractionPlan": nested["DiffractionPlan"],
        "_metadata": {
            "datacollections": int(sum(part.n for part in measured)),
            "subsamples": sum(part.n for part in counted if part.kind is None),
            "proposal": proposal,
            "types": sorted(part.kind for part in measured if part.kind),
            "lastCollection": max((part.last for part in measured if part.last), default=None),
        },
    }


_OWN = ""
"""Stands for the table of the row itself, whose labels have no dot."""


@lru_cache(maxsize=8)
def _tables(labels: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]]:
    """For each table in labels such as `Crystal.name` its columns, and what takes their values from a row."""
    places: dict[str, dict[str, int]] = {table: {} for table in (_OWN, *queries.NESTED)}
    for place, label in enumerate(labels):
        table, dot, name = label.rpartition(".")
        places[table if dot else _OWN][name] = place
    return {table: (tuple(named), taking(list(named.values()))) for table, named in places.items()}


async def read_sample(db: Database, viewer: Viewer, sample_id: int) -> dict[str, Any]:
    """One sample. Raises NotFound."""
    found = await list_samples(db, viewer, SampleFilter(blSampleId=sample_id), Page(limit=1))
    if not found["results"]:
        raise NotFound.of("sample", sample_id)
    sample: dict[str, Any] = found["results"][0]
    return sample


async def change_sample(db: Database, viewer: Viewer, sample_id: int, change: SampleChange) -> dict[str, Any]:
    """Change status and position of a sample; the rest of what was sent is passed over, and said to be.

    Raises NotFound for a sample that is not on the key's beamline.
    """
    await db.one(queries.writable_sample(viewer, sample_id), NotFound.of("sample", sample_id))
    sent = change.model_dump(exclude_unset=True)
    values = {name: value for name, value in sent.items() if name in _CHANGEABLE}
    not_kept = await update_rows(db, BLSample, BLSample.blSampleId == sample_id, values)
    ignored = [name for name in sent if name not in _CHANGEABLE and name != "blSampleId"]
    sample = await read_sample(db, viewer, sample_id)
    sample["_metadata"]["notKept"] = [*not_kept, *ignored]
    return sample


async def list_sub_samples(
    db: Database, viewer: Viewer, page: Page, *, sample_id: int | None, protein_id: int | None, proposal: str | None
) -> dict[str, Any]:
    """A page of parts of samples."""
    where: list[Any] = []
    if sample_id is not None:
        where.append(BLSubSample.blSampleId == sample_id)
    if protein_id is not None:
        where.append(Crystal.proteinId == protein_id)
    if proposal is not None:
        where.append(is_proposal(proposal))
    order, limit = (Key(BLSubSample.blSubSampleId, descending=False),), page.size()
    rows, more, total = await read_page(db, queries.sub_samples(db.catalogue, viewer, where), order, page, limit)
    results = [{**_without(dict(row._mapping), "sample_name"), "sample": row.sample_name} for row in rows]
    return listed(results, limit=limit, skip=page.skip, total=total, after=more)


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


async def list_proteins(
    db: Database,
    viewer: Viewer,
    page: Page,
    *,
    proposal: str | None = None,
    protein_id: int | None = None,
    search: str | None = None,
    in_full: bool = False,
) -> dict[str, Any]:
    """A page of proteins, newest first."""
    where: list[Any] = []
    if protein_id is not None:
        where.append(Protein.proteinId == protein_id)
    if proposal is not None:
        where.append(is_proposal(proposal))
    if search:
        where.append(
            or_(Protein.acronym.contains(search, autoescape=True), Protein.name.contains(search, autoescape=True))
        )
    order, limit = (Key(Protein.proteinId),), page.size()
    statement = queries.proteins(db.catalogue, viewer, where, in_full=in_full)
    rows, more, total = await read_page(db, statement, order, page, limit)
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    if rows:
        for part in await db.all(queries.protein_counts(db.catalogue, viewer, [row.proteinId for row in rows])):
            counts[part.proteinId][part.what] = part.n
    results = [_protein(row, counts[row.proteinId]) for row in rows]
    return listed(results, limit=limit, skip=page.skip, total=total, after=more)


def _protein(row: Row[Any], counts: dict[str, int]) -> dict[str, Any]:
    proposal = f"{row.proposalCode or ''}{row.proposalNumber or ''}"
    metadata = {what: counts.get(what, 0) for what in ("pdbs", "crystals", "samples", "datacollections")}
    columns = _without(dict(row._mapping), "proposalCode", "proposalNumber")
    return {**columns, "_metadata": {**metadata, "proposal": proposal}}


async def read_protein(db: Database, viewer: Viewer, protein_id: int) -> dict[str, Any]:
    """One protein with its sequence. Raises NotFound."""
    found = await list_proteins(db, viewer, Page(limit=1), protein_id=protein_id, in_full=True)
    if not found["results"]:
        raise NotFound.of("protein", protein_id)
    protein: dict[str, Any] = found["results"][0]
    return protein


async def list_containers(
    db: Database,
    viewer: Viewer,
    page: Page,
    *,
    proposal: str | None = None,
    beamline: str | None = None,
    session_id: int | None = None,
    container_id: int | None = None,
) -> dict[str, Any]:
    """A page of containers, newest first."""
    where: list[Any] = []
    if container_id is not None:
        where.append(Container.containerId == container_id)
    if proposal is not None:
        where.append(queries.holds_samples_of(is_proposal(proposal), viewer))
    if beamline is not None:
        where.append(Container.beamlineLocation == beamline)
    if session_id is not None:
        where.append(queries.assigned_to(session_id, viewer))
    order, limit = (Key(Container.containerId),), page.size()
    rows, more, total = await read_page(db, queries.containers(db.catalogue, viewer, where), order, page, limit)
    counts: dict[int, int] = {}
    if rows:
        counted = await db.all(queries.container_counts(viewer, [row.containerId for row in rows]))
        counts = {row.containerId: row.n for row in counted}
    results = [_container(row, counts.get(row.containerId, 0)) for row in rows]
    return listed(results, limit=limit, skip=page.skip, total=total, after=more)


def _container(row: Row[Any], samples: int) -> dict[str, Any]:
    proposal = f"{row.proposalCode or ''}{row.proposalNumber or ''}" or None
    columns = _without(dict(row._mapping), *_NOT_OF_CONTAINER)
    return {
        **columns,
        "dewarId": row.dewarId if row.seesShipment else None,
        "sessionId": row.sessionId if row.seesSession else None,
        "_metadata": {"samples": samples, "proposal": proposal if row.seesProposal else None},
    }


_NOT_OF_CONTAINER = ("proposalCode", "proposalNumber", "seesProposal", "seesShipment", "seesSession")


async def read_container(db: Database, viewer: Viewer, container_id: int) -> dict[str, Any]:
    """One container. Raises NotFound."""
    found = await list_containers(db, viewer, Page(limit=1), container_id=container_id)
    if not found["results"]:
        raise NotFound.of("container", container_id)
    container: dict[str, Any] = found["results"][0]
    return container
