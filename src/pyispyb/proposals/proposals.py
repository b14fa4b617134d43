"""Proposals, in the words of the domain."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, or_

from ..access import Viewer
from ..answers import listed
from ..db.database import Database
from ..db.lists import read_page
from ..db.paging import WHOLE_LIST, Page
from ..errors import NotFound
from ..settings import Settings
from ..tables import Proposal
from . import queries
from .names import is_proposal


@dataclass(frozen=True, slots=True)
class ProposalFilter:
    """Which proposals; a value that nothing matches gives none."""

    proposal: str | None = None
    proposalId: int | None = None
    search: str | None = None
    beamLineName: str | None = None
    proposalCode: str | None = None
    proposalNumber: str | None = None
    archived: bool = False

    def asker(self, viewer: Viewer) -> Viewer:
        """Staff find proposals of archived beamlines only where they ask for them, or name one."""
        asked = self.archived or any(value is not None for value in (self.proposal, self.proposalId, self.beamLineName))
        return viewer if asked else viewer.without_archived()


def _where(viewer: Viewer, wanted: ProposalFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.proposal is not None:
        where.append(is_proposal(wanted.proposal))
    if wanted.proposalId is not None:
        where.append(Proposal.proposalId == wanted.proposalId)
    if wanted.proposalCode is not None:
        where.append(Proposal.proposalCode == wanted.proposalCode)
    if wanted.proposalNumber is not None:
        where.append(Proposal.proposalNumber == wanted.proposalNumber)
    if wanted.search:
        named = Proposal.proposalNumber.startswith(wanted.search, autoescape=True)
        where.append(or_(is_proposal(wanted.search), named, Proposal.title.contains(wanted.search, autoescape=True)))
    if wanted.beamLineName is not None:
        where.append(queries.proposals_on(viewer, wanted.beamLineName))
    return where


async def list_proposals(
    db: Database, settings: Settings, viewer: Viewer, wanted: ProposalFilter, page: Page
) -> dict[str, Any]:
    """A page of proposals, newest first; without a limit as many as clients that know no paging need."""
    limit = page.size(WHOLE_LIST)
    viewer = wanted.asker(viewer)
    statement = queries.proposals(db.catalogue, viewer, _where(viewer, wanted))
    rows, more, total = await read_page(db, statement, queries.PROPOSAL_ORDER, page, limit)
    results = await _with_counts(db, settings, viewer, rows)
    return listed(results, limit=limit, skip=page.skip, after=more, total=total)


async def _with_counts(
    db: Database, settings: Settings, viewer: Viewer, rows: Sequence[Row[Any]]
) -> list[dict[str, Any]]:
    if not rows:
        return []
    counted: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in await db.all(queries.proposal_counts(viewer), {"ids": [row.proposalId for row in rows]}):
        counted[row.proposalId].append(row)
    return [_proposal(row, counted[row.proposalId], settings) for row in rows]


def _proposal(row: Row[Any], counted: list[Row[Any]], settings: Settings) -> dict[str, Any]:
    beamlines = sorted({part.beamLineName for part in counted if part.beamLineName})
    starts = [part.lastSession for part in counted if part.lastSession is not None]
    held = row._mapping
    return {
        "proposalId": row.proposalId,
        "proposal": f"{row.proposalCode or ''}{row.proposalNumber or ''}",
        "proposalCode": row.proposalCode,
        "proposalNumber": row.proposalNumber,
        "title": row.title,
        "type": held.get("proposalType"),
        "state": held.get("state"),
        "_metadata": {
            "persons": sum(part.persons for part in counted),
            "sessions": sum(part.sessions for part in counted),
            "beamLines": beamlines,
            "uiGroups": settings.ui_groups(*beamlines),
            "lastSession": max(starts, default=None),
            "bag": row.bag is not None,
        },
    }


async def read_proposal(db: Database, settings: Settings, viewer: Viewer, name: str) -> dict[str, Any]:
    """One proposal by its name. Raises NotFound."""
    found = await list_proposals(db, settings, viewer, ProposalFilter(proposal=name), Page(limit=1))
    if not found["results"]:
        raise NotFound.of("proposal", name)
    proposal: dict[str, Any] = found["results"][0]
    return proposal
