"""Columns of numbers in the files that beamlines and CHOOCH write.

- two columns, energy and counts (`.raw`, `.dat`, `.csv`), with any header before them;
- three columns, energy, f″ and f′, as CHOOCH writes them (`.efs`);
- a spectrum as SPEC and PyMca write it (`.mca`, `.dat`): counts by channel after `@A`, a calibration after `@CALIB`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

LARGEST_FILE = 8 * 2**20
"""Bytes of the largest file that is read."""
MOST_POINTS = 65_536

_COMMENT = ("#", "!", ";", "%", "/")
_SEPARATOR = re.compile(r"[\s,;]+")

Columns = list[list[float]]


class UnreadableError(Exception):
    """The file does not hold columns of numbers; the message says what is wrong with it."""


def read_columns(path: Path, least: int) -> Columns:
    """Columns of a file, at least so many, ordered by the first of them.

    Raises UnreadableError, and OSError when the file cannot be read.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableError(f"The file is larger than {LARGEST_FILE // 2**20} MiB.")
    text = path.read_text(encoding="latin-1")
    rows = list(_channels(text) if re.search(r"^@A ", text, re.MULTILINE) else _rows(text.splitlines()))
    if not rows:
        raise UnreadableError("The file has no rows of numbers.")
    width = min(map(len, rows))
    if width < least:
        raise UnreadableError(f"The file has {width} columns of numbers; {least} are needed.")
    return [list(column) for column in zip(*(row[:width] for row in sorted(rows)), strict=True)]


def _rows(lines: list[str]) -> Iterator[list[float]]:
    """Rows of two numbers and more; what comes before the first of them is the header."""
    found = 0
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith(_COMMENT):
            continue
        row = _numbers(stripped)
        if row is None or len(row) < 2:
            if found:
                raise UnreadableError(f"Line {number} of the file is not a row of numbers.")
            continue
        found += 1
        if found > MOST_POINTS:
            raise UnreadableError(f"The file has more than {MOST_POINTS} rows.")
        yield row


def _numbers(line: str) -> list[float] | None:
    try:
        row = [float(word) for word in _SEPARATOR.split(line) if word]
    except ValueError:
        return None
    return row if all(number - number == 0 for number in row) else None


def _channels(text: str) -> Iterator[list[float]]:
    """Rows of energy and counts of the first spectrum after `@A`; a backslash goes on in the next line."""
    calibration = re.search(r"^#?@CALIB\s+(.+)$", text, re.MULTILINE)
    factors = _numbers(calibration[1].strip()) if calibration else None
    if not factors or len(factors) < 2:
        raise UnreadableError("The spectrum has no calibration of its channels.")
    spectrum = re.search(r"^@A((?:[^\n]*\\\n)*[^\n]*)", text, re.MULTILINE)
    assert spectrum is not None
    counts = _numbers(spectrum[1].replace("\\", " ").strip())
    if counts is None:
        raise UnreadableError("The spectrum has something that is not a number.")
    if len(counts) > MOST_POINTS:
        raise UnreadableError(f"The spectrum has more than {MOST_POINTS} channels.")
    zero, slope, *square = factors
    bend = square[0] if square else 0.0
    for channel, count in enumerate(counts):
        yield [zero + slope * channel + bend * channel**2, count]
