"""The rows that a fresh database starts with: one CSV file per table, named as the table.

Empty fields are NULL. `SpaceGroup.csv` follows the reference settings of the International Tables for Crystallography,
volume A. Drops of `ContainerType.csv` are placed within their well by fractions of its width and height.
"""

import csv
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from sqlalchemy import Table

from ...tables import Base


def lookup_rows() -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Each table that starts with rows, and these rows; referenced tables come first."""
    folder = files(__name__)
    for table in Base.metadata.sorted_tables:
        file = folder / f"{table.name}.csv"
        if file.is_file():
            lines = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
            yield table, [_typed(table, row) for row in lines]


def _typed(table: Table, row: dict[str, str]) -> dict[str, Any]:
    return {name: _value(table, name, text) for name, text in row.items()}


def _value(table: Table, name: str, text: str) -> Any:
    python_type = table.c[name].type.python_type
    if text == "":
        return None
    return bool(int(text)) if python_type is bool else python_type(text)
