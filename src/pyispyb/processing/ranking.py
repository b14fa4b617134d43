"""Which of several results of the same sample is the best, by a rule that is told with the results."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, inf
from typing import Any, Literal, get_args

from ..errors import Invalid
from .answer_schemas import Metric
from .schemas import ShellName

_COLUMNS: Mapping[Metric, tuple[str, str | None]] = {
    "resolution": ("resolutionLimitHigh", None),
    "resIOverSigI2": ("resIOverSigI2", None),
    "ccHalf": ("ccHalf", None),
    "completeness": ("completenessEllipsoidal", "completeness"),  # a sphere holds much that anisotropic data cannot
    "rMeas": ("rMeasAllIPlusIMinus", "rMeasWithinIPlusIMinus"),
    "rMerge": ("rMerge", None),
    "rPim": ("rPimAllIPlusIMinus", "rPimWithinIPlusIMinus"),
    "meanIOverSigI": ("meanIOverSigI", None),
    "multiplicity": ("multiplicity", None),
}
"""The statistics a metric is read from: the first, or where a result does not say it the other."""

_LOWER_IS_BETTER = frozenset({"resolution", "resIOverSigI2", "rMeas", "rMerge", "rPim"})
_SIGNS: Mapping[Metric, int] = {metric: 1 if metric in _LOWER_IS_BETTER else -1 for metric in _COLUMNS}
_STEPS: Mapping[Metric, float] = {
    "resolution": 0.05,
    "resIOverSigI2": 0.05,
    "ccHalf": 0.02,
    "completeness": 2.0,
    "rMeas": 0.005,
    "rMerge": 0.005,
    "rPim": 0.005,
    "meanIOverSigI": 0.5,
    "multiplicity": 0.5,
}
"""Differences smaller than these say nothing about which data are better."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One comparison; the next decides among those that it finds equal."""

    metric: Metric
    shell: ShellName

    @property
    def better(self) -> Literal["lower", "higher"]:
        """Which of two numbers is better."""
        return "lower" if self.metric in _LOWER_IS_BETTER else "higher"

    def as_json(self) -> dict[str, Any]:
        """As it is told."""
        return {"metric": self.metric, "shell": self.shell, "better": self.better, "step": _STEPS[self.metric]}


DEFAULT: tuple[Rule, ...] = (
    Rule("resolution", "overall"),
    Rule("completeness", "overall"),
    Rule("ccHalf", "outerShell"),
    Rule("rMeas", "innerShell"),
)


def rules_of(wanted: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of words such as `ccHalf:outerShell`; the usual ones for none. Raises Invalid."""
    return tuple(_rule(word) for word in wanted) or DEFAULT


def _rule(word: str) -> Rule:
    metric, _, shell = word.partition(":")
    metrics, shells = get_args(Metric), get_args(ShellName)
    if metric not in metrics or (shell or "overall") not in shells:
        raise Invalid.field(
            "rank", f"is a metric ({', '.join(metrics)}) and after a colon a shell ({', '.join(shells)})"
        )
    return Rule(metric, shell or "overall")  # type: ignore[arg-type]


Place = Callable[[Mapping[str, Mapping[str, Any]]], tuple[Any, ...]]
"""What results are sorted by, of their statistics by range of resolution."""


def placing(rules: Sequence[Rule]) -> Place:
    """What puts the best first by these rules; what lacks a number comes behind what has one.

    Correlations are compared as fractions, however they were written.
    """
    compared = [(rule.shell, *_read_from(rule.metric), rule.metric == "ccHalf") for rule in rules]

    def place(shells: Mapping[str, Mapping[str, Any]]) -> tuple[Any, ...]:
        steps: list[float] = []
        exact: list[float] = []
        for shell, name, other, scale, correlates in compared:
            statistics = shells.get(shell, _NOTHING)
            number = statistics.get(name)
            if number is None and other is not None:
                number = statistics.get(other)
            if number is None:
                steps.append(inf)
                continue
            if correlates and abs(number) > 1.5:
                number /= 100
            number *= scale
            steps.append(floor(number + 0.5))
            exact.append(number)
        return (*steps, *exact)

    return place


def _read_from(metric: Metric) -> tuple[str, str | None, float]:
    """Where a metric is read from first, where else, and what makes steps of it, fewer for the better."""
    name, other = _COLUMNS[metric]
    return name, other, _SIGNS[metric] / _STEPS[metric]


_NOTHING: Mapping[str, Any] = {}
