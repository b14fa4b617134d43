"""R values and correlations as fractions: some programs write them in percent, and ISPyB keeps what they write."""

from collections.abc import Mapping
from typing import Any

Statistics = Mapping[str, Any]

PERCENT = 1.5
"""Above this a correlation, or an R value over all data, is in percent."""

_CORRELATIONS = ("ccHalf", "ccAnomalous")
_R_VALUES = (
    "rMerge",
    "rMeasWithinIPlusIMinus",
    "rMeasAllIPlusIMinus",
    "rPimWithinIPlusIMinus",
    "rPimAllIPlusIMinus",
)


def is_in_percent(overall: Statistics) -> bool:
    """True where the R values of a result are. The outer shell alone does not tell: there 2 may well be 200 %."""
    return any((overall.get(name) or 0) > PERCENT for name in _R_VALUES)


def in_fractions(statistics: Statistics, *, percent: bool) -> dict[str, Any]:
    """Statistics of one range of resolution of a result whose R values are in `percent`, or not."""
    found = dict(statistics)
    for name in _CORRELATIONS:
        if found.get(name) is not None and abs(found[name]) > PERCENT:
            found[name] /= 100
    for name in _R_VALUES:
        if percent and found.get(name) is not None:
            found[name] /= 100
    return found


def shells_in_fractions(shells: Mapping[str, Statistics]) -> dict[str, dict[str, Any]]:
    """Statistics overall, in the inner and in the outer shell."""
    percent = is_in_percent(shells.get("overall", {}))
    return {name: in_fractions(statistics, percent=percent) for name, statistics in shells.items()}
