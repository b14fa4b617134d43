"""Results of everything that one sees, by unit cell and space group."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import gemmi
from sqlalchemy import ColumnElement, Row

from ...access import Viewer
from ...answers import listed
from ...db.database import Database
from ...db.paging import Key, after, cursor_after, order_by
from ...db.typing import AnySelect
from ...errors import Invalid
from ...processing import queries as processing
from ...processing.ranking import DEFAULT
from ...processing.reading import ranked, results_on
from ...tables import AutoProc
from . import lattice, queries
from .lattice import Cell, Centring, Tolerance

LOOKED_AT = 500
"""Most cells that one page is chosen from: in another setting, few of those with such edges are alike."""

NEWEST = 10_000
"""Most results of a space group that are asked about one by one whether somebody sees them."""

_ORDER = (Key(AutoProc.autoProcId),)
_NAMES = ("a", "b", "c", "alpha", "beta", "gamma")
_cell_of = attrgetter(*(column.key for column in processing.CELL))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a cell, a space group by its number, or both."""

    cell: Cell | None
    centring: Centring
    any_setting: bool
    tolerance: Tolerance
    group: int | None

    def where(self) -> list[ColumnElement[bool]]:
        """WHERE of what may be alike: the beginning of the index on cells; in one setting, of what is alike."""
        where: list[ColumnElement[bool]] = []
        if self.cell is not None and self.any_setting:
            ranges = lattice.lengths(self.cell, self.centring, self.tolerance)
            where += queries.edges_within([ranges] * 3)
        elif self.cell is not None:
            near = [(edge, self.tolerance.of_edge(edge)) for edge in self.cell[:3]]
            where += queries.edges_within([[(edge - off, edge + off)] for edge, off in near])
            where.append(queries.angles_within(self.cell[3:], self.tolerance.angle))
        if self.group is not None:
            where.append(queries.spelled(lattice.spellings(self.group)))
        return where

    def alike(self, row: Row[Any]) -> Cell | None:
        """The cell of a result in the axes of the wanted one; None where it is another lattice."""
        assert self.cell is not None
        found = _cell_of(row)
        if None in found or not lattice.is_cell(found):
            return None
        if not self.any_setting:
            return lattice.same_setting(self.cell, found, self.tolerance)
        centring = lattice.centring_of(row.spaceGroup, found)
        return lattice.any_setting(self.cell, self.centring, found, centring, self.tolerance)


def group_number(symbol: str) -> int:
    """Number of the space group with this symbol or number. Raises Invalid."""
    group = gemmi.find_spacegroup_by_name(symbol.strip())
    if group is None:
        raise Invalid.field("spaceGroup", "is no space group: write it as P 43 21 2, or as its number")
    return int(group.number)


async def find_cells(db: Database, viewer: Viewer, wanted: Wanted, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """Results like what is wanted, newest first: four statements, six at most.

    A page may hold fewer than `limit`, and go on. Raises Invalid.
    """
    if wanted.cell is not None and not lattice.is_cell(wanted.cell):
        raise Invalid.field("alpha", "no cell has these angles")
    rows = await _looked_at(db, viewer, wanted, cursor)
    # Some cells take a millisecond, and others are waiting.
    matches, last = await asyncio.to_thread(_matches, rows[:LOOKED_AT], wanted, limit)
    more = cursor_after(_ORDER, last) if last is not None and last is not rows[-1] else None
    return listed(await _in_full(db, viewer, matches, wanted.cell), limit=limit, after=more)


async def _looked_at(db: Database, viewer: Viewer, wanted: Wanted, cursor: str | None) -> Sequence[Row[Any]]:
    """The newest results that may be alike and that the viewer sees, one more than are looked at."""
    where = [*wanted.where(), *after(_ORDER, cursor)]

    async def rows(statement: AnySelect) -> Sequence[Row[Any]]:
        return await db.all(statement.order_by(*order_by(_ORDER)).limit(LOOKED_AT + 1))

    few_or_seen = wanted.cell is not None or viewer.sees_everything or bool(viewer.beamlines)
    behind = None if few_or_seen else await db.scalar(queries.behind_newest(where, NEWEST))
    if behind is None:
        return await rows(queries.results(db.catalogue, viewer, where))
    # A space group alone selects very many. Who sees many of them sees enough among the newest.
    found = await rows(queries.results(db.catalogue, viewer, [*where, AutoProc.autoProcId > behind]))
    return found if len(found) > LOOKED_AT else await rows(queries.own_results(db.catalogue, viewer, where))


Match = tuple[Row[Any], Cell | None]


def _matches(rows: Sequence[Row[Any]], wanted: Wanted, limit: int) -> tuple[list[Match], Row[Any] | None]:
    """The rows that are alike, at most so many, and the last one that was looked at."""
    found: list[Match] = []
    last: Row[Any] | None = None
    for row in rows:
        if len(found) == limit:
            break
        last = row
        if wanted.cell is None:
            found.append((row, None))
        elif (cell := wanted.alike(row)) is not None:
            found.append((row, cell))
    return found, last


async def _in_full(db: Database, viewer: Viewer, matches: list[Match], asked: Cell | None) -> list[dict[str, Any]]:
    """The results as lists of results tell them, with what is told of their cells."""
    cells = {row.autoProcProgramId: cell for row, cell in matches}
    if not cells:
        return []
    where = [processing.of_programs(db.catalogue, list(cells))]
    about = {row.dataCollectionId: row for row in await db.all(processing.collections(viewer, where))}
    results = await results_on(db, viewer, about, DEFAULT) if about else []
    found = [result for result in results if result["autoProcProgramId"] in cells]
    ranked(found, DEFAULT)  # the newest stay first
    return [{**result, **_compared(asked, cells[result["autoProcProgramId"]])} for result in found]


def _compared(asked: Cell | None, found: Cell | None) -> dict[str, Any]:
    if asked is None or found is None:
        return {"inAskedAxes": None, "deviation": None}
    edges = [100 * (f / w - 1) for w, f in zip(asked[:3], found[:3], strict=True)]
    angles = [f - w for w, f in zip(asked[3:], found[3:], strict=True)]
    return {
        "inAskedAxes": dict(zip(_NAMES, (round(value, 3) for value in found), strict=True)),
        "deviation": dict(zip(_NAMES, (round(value, 3) for value in (*edges, *angles)), strict=True)),
    }
