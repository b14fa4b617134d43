"""What runs say of themselves: logs, reports and tables."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from .outcomes import Merged, Outcome
from .runs import Run
from .shells import Statistics

IN_LOG = (
    ("Low resolution limit", "resolutionLimitLow", "{:.2f}"),
    ("High resolution limit", "resolutionLimitHigh", "{:.2f}"),
    ("Rmerge", "rMerge", "{:.3f}"),
    ("Rmeas (all I+ and I-)", "rMeasAllIPlusIMinus", "{:.3f}"),
    ("Rpim (all I+ and I-)", "rPimAllIPlusIMinus", "{:.3f}"),
    ("Total number of observations", "nTotalObservations", "{}"),
    ("Total number unique", "nTotalUniqueObservations", "{}"),
    ("Mean I/sigma(I)", "meanIOverSigI", "{:.1f}"),
    ("Completeness [%]", "completeness", "{:.1f}"),
    ("Multiplicity", "multiplicity", "{:.1f}"),
    ("CC(1/2)", "ccHalf", "{:.3f}"),
    ("Anomalous completeness [%]", "anomalousCompleteness", "{:.1f}"),
    ("Anomalous multiplicity", "anomalousMultiplicity", "{:.1f}"),
    ("Anomalous correlation", "ccAnomalous", "{:.3f}"),
    ("DANO/sigma(DANO)", "sigAno", "{:.3f}"),
)
"""Statistics of a log: what they are called, where they are, how they are written."""
IN_TABLE = tuple(name for _, name, _ in IN_LOG)
SHELLS = ("overall", "innerShell", "outerShell")
STYLE = (
    "body{font:15px sans-serif;margin:2em;max-width:60em}table{border-collapse:collapse}"
    "td,th{padding:.2em .8em;text-align:right;border-bottom:1px solid #ccc}"
    "th:first-child,td:first-child{text-align:left}"
)
PARTS = 12
"""Lines of a log that tell how far the images of a sweep are read."""
WIDTH, HEIGHT = 480, 200
"""Size of the graph [px]."""


def log_so_far(run: Run, begin: datetime, share: float = 1.0) -> str:
    """What a run has printed before it has come to a result: when this share of the images is read."""
    return "\n".join(_read(run, begin, share)) + "\n"


def _read(run: Run, begin: datetime, share: float) -> list[str]:
    sweeps = run.dataset.sweeps
    images = [f"images {each.measured} x {each.width:g} degrees, {each.shot.wavelength:.5f} A" for each in sweeps]
    steps = [
        f"read   images {each.measured * part // PARTS + 1} to {each.measured * (part + 1) // PARTS} of {each.measured}"
        for each in sweeps
        for part in range(PARTS if each.measured >= PARTS else 0)
    ]
    head = [f"{run.programs}", f"$ {run.command}", f"begin  {begin:%Y-%m-%d %H:%M:%S} on {run.node}"]
    return [*head, *images, *steps[: round(share * len(steps))]]


def log(run: Run, begin: datetime, end: datetime) -> str:
    """What a run prints."""
    dataset = run.dataset
    lines = _read(run, begin, 1.0)
    if run.outcome is not None:
        cell = " ".join(f"{number:.2f}" for number in run.outcome.cell)
        lines += ["", f"Space group  {run.outcome.symmetry.name}", f"Unit cell    {cell}"]
        lines.append(f"Mosaicity    {dataset.target.diffraction.mosaicity:.2f}")
        for merged in run.outcome.merged:
            lines += ["", *_block(merged)]
    for message in run.messages:
        lines += ["", f"{message['severity']}: {message['message']}", message["description"]]
    lines += ["", f"{run.message}", f"end    {end:%Y-%m-%d %H:%M:%S}"]
    return "\n".join(lines) + "\n"


def _block(merged: Merged) -> list[str]:
    """Overall, inner and outer shell side by side."""
    head = f"{f'Merged, {merged.kind}':<30}" + "".join(
        f"{name:>14}" for name in ("Overall", "InnerShell", "OuterShell")
    )
    columns = [merged.statistics[name] for name in SHELLS]
    return [head, *(f"{words:<30}" + "".join(f"{cell:>14}" for cell in cells) for words, cells in _lines(columns))]


def _lines(columns: Iterable[Statistics]) -> list[tuple[str, list[str]]]:
    columns = list(columns)
    return [(words, [form.format(each[name]) for each in columns]) for words, name, form in IN_LOG]


def table(outcome: Outcome) -> str:
    """Statistics by resolution, separated by commas."""
    lines = [",".join(("merged", *IN_TABLE))]
    lines += [
        ",".join((merged.kind, *(str(shell[name]) for name in IN_TABLE)))
        for merged in outcome.merged
        for shell in merged.shells
    ]
    return "\n".join(lines) + "\n"


def page(run: Run, end: datetime) -> str:
    """A page that stands alone: statistics, and a graph for each way of merging."""
    assert run.outcome is not None
    title = escape(f"{run.programs}: {run.dataset.name}")
    cell = " ".join(f"{number:.2f}" for number in run.outcome.cell)
    parts = [
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><style>{STYLE}</style>",
        f"<h1>{title}</h1><p>{end:%Y-%m-%d %H:%M}: {escape(run.message or '')}. Unit cell {cell}.</p>",
    ]
    parts += [f"<p><b>{escape(m['message'])}.</b> {escape(m['description'])}</p>" for m in run.messages]
    for merged in run.outcome.merged:
        parts.append(f"<h2>Merged, {merged.kind}</h2>{_graph(merged.shells)}<table>")
        parts.append("<tr><th></th><th>Overall</th><th>Inner shell</th><th>Outer shell</th></tr>")
        for words, cells in _lines(merged.statistics[name] for name in SHELLS):
            parts.append(f"<tr><td>{escape(words)}</td>{''.join(f'<td>{each}</td>' for each in cells)}</tr>")
        parts.append("</table>")
    return "\n".join(parts) + "</html>\n"


def _graph(shells: list[Statistics]) -> str:
    """CC½ and completeness by resolution, as a drawing."""
    finest = shells[-1]["resolutionLimitHigh"]
    across = [WIDTH * (finest / shell["resolutionLimitHigh"]) ** 2 for shell in shells]
    halves = _curve(across, [shell["ccHalf"] for shell in shells])
    complete = _curve(across, [shell["completeness"] / 100 for shell in shells])
    return (
        f"<svg width={WIDTH} height={HEIGHT + 20} role=img aria-label='CC½ and completeness by resolution'>"
        f"<rect width={WIDTH} height={HEIGHT} fill=none stroke=#999 />"
        f"<polyline points='{halves}' fill=none stroke=#1f62b0 stroke-width=2 />"
        f"<polyline points='{complete}' fill=none stroke=#2b8a3e stroke-width=2 />"
        f"<text y={HEIGHT + 16} font-size=13>CC½ (blue) and completeness (green), 0 to 1, to {finest:.2f} Å</text>"
        "</svg>"
    )


def _curve(across: list[float], heights: list[float]) -> str:
    return " ".join(f"{x:.1f},{HEIGHT * (1 - y):.1f}" for x, y in zip(across, heights, strict=True))
