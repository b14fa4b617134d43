"""What runs made, of the rows that tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ..db.catalogue import Catalogue
from .fractions import IN_FRACTIONS
from .queries import HEAD
from .statistics import held, told


@dataclass(slots=True)
class Made:
    """Space group and cell of what a run stored first, and every way of scaling by its key."""

    autoProcId: int | None
    spaceGroup: str | None
    cell: dict[str, float | None] | None
    scalings: dict[int, dict[str, Any]]


NOTHING = Made(None, None, None, {})
"""Of a run that stored no result."""


def made_by_run(catalogue: Catalogue, rows: Sequence[Sequence[Any]]) -> dict[int, Made]:
    """What each run made, by its key, of rows of `queries.scalings`: there may be very many."""
    statistics = told([column.key for column in held(catalogue)], rows)
    found: dict[int, Made] = {}
    for row, numbers in zip(rows, statistics, strict=True):
        run, result, space_group, a, b, c, alpha, beta, gamma, key, kind, further, shell = row[HEAD]
        made = found.get(run)
        if made is None or result < made.autoProcId:
            cell = {"a": a, "b": b, "c": c, "alpha": alpha, "beta": beta, "gamma": gamma}
            made = found[run] = Made(result, space_group, cell, {} if made is None else made.scalings)
        if key is None:
            continue
        scaling = made.scalings.get(key)
        if scaling is None:
            scaling = made.scalings[key] = {"autoProcScalingId": key, "kind": kind, "statistics": {}}
            if further and IN_FRACTIONS in loaded(further, {}):
                scaling[IN_FRACTIONS] = True
        if shell is not None:
            scaling["statistics"][shell] = {**_beside(further, shell), **numbers} if further else numbers
    return found


def _beside(further: str, shell: str) -> dict[str, Any]:
    """Numbers of a range of resolution that this database has no column for."""
    found: dict[str, Any] = loaded(further, {}).get(shell, {})
    return found


def loaded(text: str | None, nothing: Any) -> Any:
    """JSON of ours; what is no JSON counts as nothing."""
    try:
        return orjson.loads(text) if text else nothing
    except orjson.JSONDecodeError:
        return nothing
