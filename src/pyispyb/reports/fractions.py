"""R values and correlations as fractions: some programs write them in percent, and ISPyB keeps what they write."""

from collections.abc import Mapping
from typing import Any

Statistics = Mapping[str, Any]

CORRELATION = 1.5
"""Above this a correlation is in percent."""
OVERALL, SMALLEST, INNER = 2.0, 0.5, 0.9
"""R values are in percent where the largest over all data, the smallest of those, and the largest in the inner shell,
as far as they are told, are all above these. Of many crystals together Rmeas may be above 2 as a fraction, but then
Rpim is small, and the inner shell is better."""

_CORRELATIONS = ("ccHalf", "ccAnomalous")
_R_VALUES = (
    "rMerge",
    "rMeasWithinIPlusIMinus",
    "rMeasAllIPlusIMinus",
    "rPimWithinIPlusIMinus",
    "rPimAllIPlusIMinus",
)


def is_in_percent(shells: Mapping[str, Statistics]) -> bool:
    """True where the R values of a result are. The outer shell does not tell: there 2 may well be 200 %."""
    overall, inner = _r_values(shells.get("overall", {})), _r_values(shells.get("innerShell", {}))
    return max(overall, default=0) > OVERALL and min(overall) > SMALLEST and max(inner, default=1) > INNER


def _r_values(statistics: Statistics) -> list[float]:
    return [value for name in _R_VALUES if (value := statistics.get(name))]


def in_fractions(statistics: Statistics, *, percent: bool) -> dict[str, Any]:
    """Statistics of one range of resolution of a result whose R values are in `percent`, or not."""
    found = dict(statistics)
    for name in _CORRELATIONS:
        if found.get(name) is not None and abs(found[name]) > CORRELATION:
            found[name] /= 100
    for name in _R_VALUES:
        if percent and found.get(name) is not None:
            found[name] /= 100
    return found


def shells_in_fractions(shells: Mapping[str, Statistics]) -> dict[str, dict[str, Any]]:
    """Statistics overall, in the inner and in the outer shell."""
    percent = is_in_percent(shells)
    return {name: in_fractions(statistics, percent=percent) for name, statistics in shells.items()}
