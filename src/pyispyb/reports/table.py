"""Results as a table: a row for each, numbers as numbers, units in the headings."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Literal

import xlsxwriter

from .choice import Taken

Cell = str | int | float | datetime | None
Format = Literal["csv", "xlsx"]

MEDIA_TYPES: Mapping[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what stands below it of each result, and how many decimals are worth showing."""

    heading: str
    of: Callable[[Taken], Cell]
    decimals: int | None = None
    width: int = 9


def _said(name: str) -> Callable[[Taken], Cell]:
    return lambda taken: taken.result[name]


def _cell(name: str) -> Callable[[Taken], Cell]:
    return lambda taken: (taken.result["cell"] or {}).get(name)


def _in(shell: str, *names: str) -> Callable[[Taken], Cell]:
    """The first of these statistics that a shell has."""

    def value(taken: Taken) -> Cell:
        found = taken.shells.get(shell, {})
        return next((found[name] for name in names if found.get(name) is not None), None)

    return value


def _kind(taken: Taken) -> Cell:
    scalings = taken.result["scalings"]
    return scalings[0]["kind"] if scalings else None


STATISTICS: tuple[tuple[str, str, tuple[str, ...], int], ...] = (
    ("Resolution, low", "Å", ("resolutionLimitLow",), 2),
    ("Resolution, high", "Å", ("resolutionLimitHigh",), 2),
    ("Observations", "", ("nTotalObservations",), 0),
    ("Unique reflections", "", ("nTotalUniqueObservations",), 0),
    ("Completeness", "%", ("completeness",), 1),
    ("Multiplicity", "", ("multiplicity",), 1),
    ("I/σ(I)", "", ("meanIOverSigI",), 1),
    ("CC½", "", ("ccHalf",), 3),
    ("Rmerge", "", ("rMerge",), 3),
    ("Rmeas", "", ("rMeasAllIPlusIMinus", "rMeasWithinIPlusIMinus"), 3),
    ("Rpim", "", ("rPimAllIPlusIMinus", "rPimWithinIPlusIMinus"), 3),
    ("Completeness, anomalous", "%", ("anomalousCompleteness",), 1),
    ("Multiplicity, anomalous", "", ("anomalousMultiplicity",), 1),
    ("CC anomalous", "", ("ccAnomalous",), 3),
    ("Completeness, ellipsoidal", "%", ("completenessEllipsoidal",), 1),
    ("Completeness, spherical", "%", ("completenessSpherical",), 1),
)
"""Name, unit, columns of which the first that is there counts, and decimals."""

SHELLS = (("overall", "overall"), ("innerShell", "inner shell"), ("outerShell", "outer shell"))

COLUMNS: tuple[Column, ...] = (
    Column("Proposal", lambda taken: taken.proposal, width=12),
    Column("Session", lambda taken: taken.session, width=14),
    Column("Sample", lambda taken: taken.sample, width=24),
    Column("Protein", lambda taken: taken.places[0].protein, width=14),
    Column("Place", _said("rank"), 0),
    Column("Pipeline", _said("pipeline"), width=18),
    Column("State", _said("state")),
    Column("Begin of processing", _said("processingStartTime"), width=19),
    Column("Processing time [s]", _said("duration"), 0),
    Column("Space group", _said("spaceGroup"), width=14),
    *(Column(f"{edge} [Å]", _cell(edge), 2) for edge in "abc"),
    *(Column(f"{letter} [°]", _cell(name), 2) for letter, name in zip("αβγ", ("alpha", "beta", "gamma"), strict=True)),
    Column("Merged as", _kind, width=12),
    *(
        Column(f"{name}, {words}" + (f" [{unit}]" if unit else ""), _in(shell, *names), decimals)
        for shell, words in SHELLS
        for name, unit, names, decimals in STATISTICS
    ),
    Column("Resolution at I/σ(I) = 2 [Å]", _in("overall", "resIOverSigI2"), 2),
    Column("ISa", _in("overall", "isa"), 1),
    Column("Run", _said("autoProcProgramId"), 0),
    Column("Data collections", lambda taken: " ".join(map(str, taken.result["dataCollectionIds"])), width=14),
)


def _row(taken: Taken) -> list[Cell]:
    return [column.of(taken) for column in COLUMNS]


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula: people choose names of samples."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def csv_lines(taken: Sequence[Taken], extra: tuple[str, Sequence[str]] | None = None) -> Iterator[bytes]:
    """Lines of CSV; `extra` is the heading and the cells of one more column, in front."""
    yield "\ufeff".encode()  # spreadsheets take UTF-8 for something else without it
    heading = [column.heading for column in COLUMNS]
    yield _line(heading if extra is None else [extra[0], *heading])
    for at, each in enumerate(taken):
        row = _row(each)
        yield _line(row if extra is None else [extra[1][at], *row])


def _line(cells: Sequence[Cell]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow([_in_csv(cell) for cell in cells])
    return text.getvalue().encode()


def _in_csv(cell: Cell) -> Any:
    if isinstance(cell, str):
        return inert(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    # Seven digits are those of the single precision in which databases keep most of them.
    return f"{cell:.7g}" if isinstance(cell, float) else cell


def write_xlsx(taken: Sequence[Taken], to: BinaryIO, title: str) -> None:
    """A workbook with one sheet, written row by row."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(to, options) as book:
        sheet = book.add_worksheet("Results")
        book.set_properties({"title": title})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        times = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        shown: dict[int | None, Any] = {
            decimals: book.add_format({"num_format": "0" if not decimals else "0." + "0" * decimals})
            for decimals in {column.decimals for column in COLUMNS if column.decimals is not None}
        }
        for at, column in enumerate(COLUMNS):
            sheet.set_column(at, at, column.width)
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, len(taken), len(COLUMNS) - 1)
        sheet.write_row(0, 0, [column.heading for column in COLUMNS], head)
        for line, each in enumerate(taken, start=1):
            for at, (column, cell) in enumerate(zip(COLUMNS, _row(each), strict=True)):
                if isinstance(cell, str):
                    sheet.write_string(line, at, inert(cell))
                elif isinstance(cell, datetime):
                    sheet.write_datetime(line, at, cell, times)
                elif cell is not None:
                    sheet.write_number(line, at, cell, shown.get(column.decimals))
