"""A session's report drawn as PDF."""

from collections.abc import Callable
from typing import Any

from reportlab.lib.units import mm

from ..collections.kinds import SCANS
from . import wording
from .heatmap import legend
from .report import Group, Report, Sample
from .scans import Scan
from .sheet import LEADING, LEFT, RIGHT, SOFT, STRONG, Head, Sheet
from .wording import NOTHING, completeness, first_of, fixed, percent

Snapshot = Callable[[Group], bytes | None]
Map = Callable[[Scan], bytes]

PICTURE = (35 * mm, 26 * mm)

MAP, GAP = (55 * mm, 41 * mm), 4.5 * mm
MAPS_IN_A_ROW = 3

SAMPLES = (
    Head("Sample", 34 * mm),
    Head("Protein", 16 * mm),
    Head("Times", 12 * mm),
    Head("Best pipeline", 22 * mm),
    Head("Space group", 19 * mm),
    Head("Res. [Å]", 13 * mm, "right"),
    Head("Compl. [%]", 16 * mm, "right"),
    Head("CC½ outer [%]", 20 * mm, "right"),
    Head("Rmeas inner [%]", 22 * mm, "right"),
)

SHELLS = (("overall", "Overall"), ("innerShell", "Inner shell"), ("outerShell", "Outer shell"))

STATISTICS = (
    Head("", 20 * mm),
    Head("Resolution [Å]", 27 * mm, "right"),
    Head("Unique refl.", 19 * mm, "right"),
    Head("Compl. [%]", 17 * mm, "right"),
    Head("Mult.", 13 * mm, "right"),
    Head("I/σ(I)", 14 * mm, "right"),
    Head("CC½ [%]", 15 * mm, "right"),
    Head("Rmerge [%]", 17 * mm, "right"),
    Head("Rmeas [%]", 16 * mm, "right"),
    Head("Rpim [%]", 16 * mm, "right"),
)

PIPELINES = (
    Head("Pipeline", 42 * mm),
    Head("State", 18 * mm),
    Head("Space group", 24 * mm),
    Head("Cell [Å, °]", 48 * mm),
    Head("Resolution [Å]", 22 * mm, "right"),
    Head("Compl. [%]", 20 * mm, "right"),
)


def draw(report: Report, snapshot: Snapshot, map_of: Map) -> bytes:
    """The report as PDF; `snapshot` gives the picture of a group as JPEG, where it has one, `map_of` that of a scan."""
    session = report.session
    name = str(session["session"] or session["sessionId"])
    sheet = Sheet(f"Session {name}", report.facility, f"{report.facility} · session {name}")
    _title(sheet, report, name)
    _samples(sheet, report.samples)
    _section(sheet, "Measurements")
    for sentence in report.left_out:
        sheet.paragraph(sentence, colour=SOFT)
    if not report.groups:
        sheet.paragraph("Nothing was measured that you can see.", colour=SOFT)
    for group in report.groups:
        _group(sheet, group, snapshot(group), map_of)
    return sheet.finish()


def _title(sheet: Sheet, report: Report, name: str) -> None:
    session = report.session
    sheet.down(4 * mm)
    sheet.write(f"Session {name}", font=STRONG, size=20, to=RIGHT - 45 * mm)
    sheet.write(report.facility, size=10, colour=SOFT, align="right", x=RIGHT - 45 * mm)
    sheet.down(7 * mm)
    if session["title"]:
        sheet.write(session["title"], size=11)
        sheet.down(6 * mm)
    sheet.rule(above=2.5 * mm)
    sheet.down(2 * mm)
    facts = (
        ("Proposal", session["proposal"]),
        ("Beamline", session["beamLineName"]),
        ("Time", f"{wording.moment(session['startDate'])} to {wording.moment(session['endDate'])}"),
        ("Local contact", session["beamLineOperator"]),
    )
    for label, value in facts:
        if value:
            sheet.write(label, colour=SOFT)
            sheet.write(str(value), LEFT + 26 * mm)
            sheet.down()
    if report.people:
        sheet.write("People", colour=SOFT)
        _people(sheet, report.people)
    sheet.down(1 * mm)


def _people(sheet: Sheet, people: list[str]) -> None:
    """Two names a line."""
    for at in range(0, len(people), 2):
        for column, person in enumerate(people[at : at + 2]):
            x = LEFT + (26 + 74 * column) * mm
            sheet.write(person, x, to=x + 72 * mm)
        sheet.down()
        sheet.room(LEADING)


def _section(sheet: Sheet, title: str) -> None:
    sheet.room(26 * mm)
    sheet.down(5 * mm)
    sheet.mark(title)
    sheet.write(title, font=STRONG, size=12)
    sheet.down(6 * mm)


def _overall(result: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
    return result["scalings"][0]["statistics"] if result and result["scalings"] else {}


def _samples(sheet: Sheet, samples: list[Sample]) -> None:
    _section(sheet, "Samples")
    if not samples:
        sheet.paragraph("Nothing was measured of a sample that is registered.", colour=SOFT)
        return
    sheet.table(SAMPLES, [_sample(sample) for sample in samples])
    sheet.down(1 * mm)
    sheet.paragraph("Completeness of anisotropic data is that within their ellipsoid, where it was told.", colour=SOFT)


def _sample(sample: Sample) -> list[str]:
    shells, best = _overall(sample.best), sample.best
    overall, inner, outer = (shells.get(name, {}) for name, _ in SHELLS)
    return [
        sample.name,
        sample.protein or NOTHING,
        str(sample.groups),
        best["pipeline"] if best else "no result",
        (best["spaceGroup"] or NOTHING) if best else NOTHING,
        fixed(overall.get("resolutionLimitHigh"), 2),
        fixed(completeness(overall), 1),
        percent(outer.get("ccHalf")),
        percent(first_of(inner, "rMeasAllIPlusIMinus", "rMeasWithinIPlusIMinus")),
    ]


def _group(sheet: Sheet, group: Group, picture: bytes | None, map_of: Map) -> None:
    first = group.collections[0]
    told = wording.parameters(group.collections)
    rows = (len(told) + 1) // 2
    high = max(rows * LEADING, PICTURE[1] if picture else 0.0)
    results = min(len(group.results), 6) + (6 if group.best else 0)
    sheet.room(10 * mm + high + results * LEADING + (_MAP_ROW if group.scans else 0))
    sheet.down(3.5 * mm)
    sheet.rule(above=4.5 * mm)
    name = first.sample or first.imagePrefix or f"Collection {first.dataCollectionId}"
    sheet.mark(name, level=1)
    end = sheet.write(name, font=STRONG, size=10, to=LEFT + 80 * mm)
    about = [first.protein, wording.kind(group.kind), _parts(group), wording.moment(first.startTime)]
    sheet.write(" · ".join(part for part in about if part), end + 3 * mm, colour=SOFT)
    sheet.down(5.5 * mm)
    top = sheet.y
    if picture is not None:
        sheet.picture(picture, RIGHT - PICTURE[0], top + 3 * mm, *PICTURE)
    for at, (label, value) in enumerate(told):
        sheet.y = top - (at % rows) * LEADING
        x = LEFT + (at // rows) * 64 * mm
        sheet.write(label, x, to=x + 27 * mm, colour=SOFT)
        sheet.write(value, x + 28 * mm, to=x + 63 * mm)
    sheet.y = top - high
    if first.comments:
        sheet.paragraph(first.comments, colour=SOFT)
    _maps(sheet, group.scans, map_of)
    _results(sheet, group)


_MAP_ROW = MAP[1] + 3 * LEADING + 3 * mm


def _maps(sheet: Sheet, scans: list[Scan], map_of: Map) -> None:
    """Heat maps beside each other, each with its colours and its best box under it."""
    for at in range(0, len(scans), MAPS_IN_A_ROW):
        some = [(LEFT + place * (MAP[0] + GAP), scan) for place, scan in enumerate(scans[at : at + MAPS_IN_A_ROW])]
        sheet.room(_MAP_ROW)
        top = sheet.y + 1 * mm
        high = max(sheet.picture(map_of(scan), x, top, *MAP, align="left") for x, scan in some)
        sheet.y = top - high - LEADING
        for x, scan in some:
            _colours(sheet, scan, x)
        sheet.down()
        for x, scan in some:
            sheet.write(wording.scan(scan), x, to=x + MAP[0], colour=SOFT)
        sheet.down(1.1 * LEADING)


def _colours(sheet: Sheet, scan: Scan, x: float) -> None:
    """What is drawn, and the colours of its values from the lowest to the highest."""
    low, high = (wording.value(scan, number) for number in scan.span)
    end = sheet.write(scan.metric.name, x, to=x + 22 * mm, colour=SOFT)
    end = sheet.write(low, end + 2 * mm, to=x + MAP[0], colour=SOFT)
    begin = end + 1 * mm
    end = max(begin, x + MAP[0] - sheet.width_of(high) - 1 * mm)
    sheet.gradient(legend(), begin, end)
    sheet.write(high, end + 1 * mm, to=x + MAP[0] + 1 * mm, colour=SOFT)


def _parts(group: Group) -> str | None:
    what = "scans" if group.kind.lower() in SCANS else "sweeps"
    return f"{len(group.collections)} {what}" if len(group.collections) > 1 else None


def _results(sheet: Sheet, group: Group) -> None:
    best = group.best
    sheet.down(1.5 * mm)
    said = [sentence for each in group.screenings for sentence in wording.characterisation(each)]
    said += [wording.centring(each) for each in group.centrings]
    for sentence in said:
        sheet.paragraph(sentence)
    if not group.results:
        if not said:
            sheet.write("No centring" if group.kind.lower() in SCANS else "Not processed", colour=SOFT)
            sheet.down()
        return
    if best is not None:
        shells = _overall(best)
        rows = [[words, *_statistics(shells[shell])] for shell, words in SHELLS if shell in shells]
        sheet.table(STATISTICS, rows)
        sheet.down(1 * mm)
    # A characterisation that went well has been told above, and has nothing that was merged.
    runs = [run for run in group.results if run["scalings"] or not (group.screenings and run["state"] == "success")]
    if runs:
        sheet.table(PIPELINES, [_run(run) for run in runs], is_strong=lambda row: runs[row] is best)
    for run in runs:
        if run["state"] == "failed" and run["processingMessage"]:
            sheet.paragraph(f"{run['pipeline']} failed: {run['processingMessage']}", colour=SOFT)


def _statistics(shell: dict[str, Any]) -> list[str]:
    limits = (fixed(shell.get(f"resolutionLimit{end}"), 2) for end in ("Low", "High"))
    return [
        " – ".join(limits),
        fixed(shell.get("nTotalUniqueObservations"), 0),
        fixed(completeness(shell), 1),
        fixed(shell.get("multiplicity"), 1),
        fixed(shell.get("meanIOverSigI"), 1),
        percent(shell.get("ccHalf")),
        percent(shell.get("rMerge")),
        percent(first_of(shell, "rMeasAllIPlusIMinus", "rMeasWithinIPlusIMinus")),
        percent(first_of(shell, "rPimAllIPlusIMinus", "rPimWithinIPlusIMinus")),
    ]


def _run(run: dict[str, Any]) -> list[str]:
    overall = _overall(run).get("overall", {})
    return [
        run["pipeline"],
        run["state"],
        run["spaceGroup"] or NOTHING,
        wording.cell(run["cell"]),
        fixed(overall.get("resolutionLimitHigh"), 2),
        fixed(completeness(overall), 1),
    ]
