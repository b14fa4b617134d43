"""Characterisations, read: of a collection, group, sample, session or proposal, with lattices and strategies."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import Row

from ...access import Viewer
from ...answers import listed
from ...db.database import Database
from ...db.lists import read_page
from ...db.paging import Page
from ...errors import NotFound
from ...processing.reading import ResultFilter
from . import queries

Tree = dict[str, Any]

USUAL_PAGE = 100


async def list_screenings(db: Database, viewer: Viewer, wanted: ResultFilter, page: Page) -> dict[str, Any]:
    """Characterisations with all that belongs to them, newest first: three statements. Raises Invalid."""
    limit = page.size(USUAL_PAGE)
    statement = queries.screenings(db.catalogue, viewer, wanted.where())
    rows, more, total = await read_page(db, statement, queries.ORDER, page, limit)
    return listed(await _in_full(db, rows), limit=limit, skip=page.skip, total=total, after=more)


async def read_screening(db: Database, viewer: Viewer, screening_id: int) -> dict[str, Any]:
    """One characterisation. Raises NotFound."""
    missing = NotFound.of("characterisation", screening_id)
    row = await db.one(queries.screening(db.catalogue, viewer, screening_id), missing)
    (screening,) = await _in_full(db, [row])
    return screening


async def _in_full(db: Database, rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    if not rows:
        return []
    ids = {"ids": [row.screeningId for row in rows]}
    strategies = _strategies(await db.all(queries.strategies(db.catalogue), ids))
    inputs: dict[int, dict[int, Tree]] = defaultdict(dict)
    outputs: dict[int, dict[int, Tree]] = defaultdict(dict)
    lattices: dict[int, dict[int, Tree]] = defaultdict(dict)
    for row in await db.all(queries.outputs(db.catalogue), ids):
        _note(inputs[row.screeningId], row, queries.INPUT, "screeningInputId", ("screeningId",))
        output = _note(outputs[row.screeningId], row, queries.OUTPUT, "screeningOutputId", ("screeningId",))
        if output is not None:
            of_output = lattices[output["screeningOutputId"]]
            _note(of_output, row, queries.LATTICE, "screeningOutputLatticeId", ("screeningOutputId",))
    for of_screening in outputs.values():
        for key, output in of_screening.items():
            output |= {"ScreeningOutputLattice": list(lattices[key].values()), "ScreeningStrategy": strategies[key]}
    return [_screening(row, inputs[row.screeningId].values(), outputs[row.screeningId].values()) for row in rows]


def _screening(row: Row[Any], inputs: Iterable[Tree], outputs: Iterable[Tree]) -> dict[str, Any]:
    found = list(outputs)
    return {
        **row._mapping,
        "ScreeningInput": list(inputs),
        "ScreeningOutput": found,
        "_metadata": {"state": _state(found)},
    }


def _state(outputs: Sequence[Tree]) -> Literal["strategy", "indexed", "failed"]:
    """How it went. Some programs leave a flag unset that what they wrote contradicts."""
    if any(output["strategySuccess"] or output["ScreeningStrategy"] for output in outputs):
        return "strategy"
    return "indexed" if any(output["indexingSuccess"] for output in outputs) else "failed"


def _strategies(rows: Iterable[Row[Any]]) -> dict[int, list[Tree]]:
    """Strategies by the key of the output they belong to, each with its wedges and their parts."""
    outputs: dict[int, dict[int, Tree]] = defaultdict(dict)
    wedges: dict[int, dict[int, Tree]] = defaultdict(dict)
    parts: dict[int, dict[int, Tree]] = defaultdict(dict)
    for row in rows:
        of_output = outputs[row.strategy_screeningOutputId]
        strategy = _note(of_output, row, queries.STRATEGY, "screeningStrategyId", ("screeningOutputId",))
        assert strategy is not None
        of_strategy = wedges[strategy["screeningStrategyId"]]
        wedge = _note(of_strategy, row, queries.WEDGE, "screeningStrategyWedgeId", ("screeningStrategyId",))
        if wedge is not None:
            of_wedge = parts[wedge["screeningStrategyWedgeId"]]
            _note(of_wedge, row, queries.SUB_WEDGE, "screeningStrategySubWedgeId", ("screeningStrategyWedgeId",))
    for of_strategy in wedges.values():
        for key, wedge in of_strategy.items():
            wedge["ScreeningStrategySubWedge"] = list(parts[key].values())
    for of_output in outputs.values():
        for key, strategy in of_output.items():
            strategy["ScreeningStrategyWedge"] = list(wedges[key].values())
    return defaultdict(list, {key: list(of_output.values()) for key, of_output in outputs.items()})


def _note(found: dict[int, Tree], row: Row[Any], prefix: str, key: str, omit: tuple[str, ...]) -> Tree | None:
    """The object of a table within a joined row, made once; None where the outer join found nothing."""
    number = row._mapping[prefix + key]
    if number is None:
        return None
    if number not in found:
        names = [label for label in row._mapping if label.startswith(prefix)]
        own = {label.removeprefix(prefix): row._mapping[label] for label in names}
        found[number] = {name: value for name, value in own.items() if name not in omit}
    return found[number]
