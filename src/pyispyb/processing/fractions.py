"""R values and correlations as fractions: some programs write them in percent, and ISPyB keeps what they write.

What is sent as JSON is in fractions, as it is asked for: it comes back as it was sent, however large it is.
"""

from collections.abc import Mapping
from typing import Any

Statistics = Mapping[str, Any]

CORRELATION = 1.5
"""Above this a correlation is in percent."""
OVERALL, SMALLEST, INNER = 2.0, 0.5, 0.9
"""R values are in percent where the largest over all data, the smallest of those, and the largest in the inner shell,
as far as they are told, are all above these. Of many crystals together Rmeas may be above 2 as a fraction, but then
Rpim is small, and the inner shell is better."""

IN_FRACTIONS = "inFractions"
"""What marks a way of scaling with R values that look like percent and were sent as fractions."""

_CORRELATIONS = ("ccHalf", "ccAnomalous")
_R_VALUES = (
    "rMerge",
    "rMeasWithinIPlusIMinus",
    "rMeasAllIPlusIMinus",
    "rPimWithinIPlusIMinus",
    "rPimAllIPlusIMinus",
)


def look_like_percent(shells: Mapping[Any, Statistics]) -> bool:
    """True where the R values of a result do. The outer shell does not tell: there 2 may well be 200 %."""
    overall, inner = _r_values(shells.get("overall", {})), _r_values(shells.get("innerShell", {}))
    return max(overall, default=0) > OVERALL and min(overall) > SMALLEST and max(inner, default=1) > INNER


def is_in_percent(scaling: Mapping[str, Any]) -> bool:
    """True where the R values of a way of scaling are, and nobody sent them as fractions."""
    return not scaling.get(IN_FRACTIONS) and look_like_percent(scaling["statistics"])


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


def scalings_in_fractions(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result with its statistics overall, in the inner and in the outer shell so."""
    return {**result, "scalings": [_scaling_in_fractions(scaling) for scaling in result["scalings"]]}


def _scaling_in_fractions(scaling: Mapping[str, Any]) -> dict[str, Any]:
    percent = is_in_percent(scaling)
    shells = scaling["statistics"].items()
    return {**scaling, "statistics": {name: in_fractions(each, percent=percent) for name, each in shells}}
