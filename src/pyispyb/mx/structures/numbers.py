"""Numbers of a structure as the connected database keeps them: in its own columns, or beside them."""

from collections.abc import Mapping
from typing import Any

from ...db.catalogue import Catalogue
from ...tables import MXMRRun, PhasingStep
from ...tables.base import Base
from .schemas import NUMBERS, PHASING, Kind, StructureNumbers

OF_RUN = ("rValueStart", "rValueEnd", "rFreeValueStart", "rFreeValueEnd", "LLG", "TFZ", "spaceGroup")
"""Numbers that MXMRRun has a column of the same name for, in one flavour or both."""

OF_STEP = ("method", "solventContent", "enantiomorph", "lowRes", "highRes")
"""Numbers that PhasingStep has a column of the same name for: of text, whatever they are."""


def table_of(kind: Kind) -> type[Base]:
    """Where a structure of this kind is kept."""
    return PhasingStep if kind in PHASING else MXMRRun


def stored(catalogue: Catalogue, kind: Kind, sent: StructureNumbers) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values for the columns of the kind's table, and those that it has none for."""
    table = table_of(kind)
    names = OF_STEP if kind in PHASING else OF_RUN
    values: dict[str, Any] = {}
    further: dict[str, Any] = {}
    for name in NUMBERS:
        value = getattr(sent, name)
        if value is None:
            continue
        if name in names and catalogue.has(getattr(table, name)):
            values[name] = _as_text(value) if kind in PHASING else value
        else:
            further[name] = value
    return values, further


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def told(row: Mapping[str, Any], further: Mapping[str, Any]) -> dict[str, Any]:
    """Every number of a structure by its name, from a row with the columns of both tables; None where nobody said."""
    found = {name: row.get(name) for name in (*OF_RUN, *OF_STEP)}
    for name in ("solventContent", "lowRes", "highRes"):
        found[name] = _number(found[name])
    if found["enantiomorph"] is not None:
        found["enantiomorph"] = str(found["enantiomorph"]).strip().lower() not in {"0", "false", "no", "original", ""}
    return {name: found.get(name) if found.get(name) is not None else further.get(name) for name in NUMBERS}


def _number(text: Any) -> float | None:
    """A number that is kept as text; programs write other texts there too."""
    try:
        number = float(text)
    except (TypeError, ValueError):
        return None
    return number if number - number == 0 else None
