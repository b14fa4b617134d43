"""Databases like a facility's: the two flavours of ISPyB's schema as MariaDB tables, from the facts in `data/schema`.

They have what our own fresh databases have not: real ENUMs, BOOLs and TIMESTAMPs, zero dates as defaults, shouting
column names, Latin-1 tables (dls), and only the tables and columns of their flavour.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from .servers import MariaDB

Flavour = Literal["dls", "collab"]
Facts = dict[str, Any]

SCHEMA = Path(__file__).parent / "data" / "schema"
CHARACTER_SET = {"dls": "latin1", "collab": "utf8mb4"}


@cache
def all_tables() -> dict[str, Facts]:
    """Facts about every table of both flavours, by name."""
    return {
        name: facts for file in sorted(SCHEMA.glob("*.json")) for name, facts in json.loads(file.read_text()).items()
    }


@cache
def flavour_tables(flavour: Flavour) -> dict[str, dict[str, Facts]]:
    """Columns of every table of one flavour, under the names and with the properties they have there."""
    return {
        name: dict(
            _as_in(flavour, column, facts)
            for column, facts in table["columns"].items()
            if facts.get("only", flavour) == flavour
        )
        for name, table in all_tables().items()
        if flavour in table["flavours"]
    }


def build_flavour(server: MariaDB, flavour: Flavour, database: str) -> str:
    """Make a database of one flavour in place of whatever had its name; answers its address."""
    url = server.create(database, CHARACTER_SET[flavour])
    tables = flavour_tables(flavour)
    statements = ["SET FOREIGN_KEY_CHECKS = 0", *(_create_table(flavour, name, tables) for name in tables)]
    server.run(";\n".join(statements), database)
    return url


def _as_in(flavour: Flavour, column: str, facts: Facts) -> tuple[str, Facts]:
    """A column's name and facts in one flavour."""
    if flavour == "dls":
        return column, facts
    differences = facts.get("collab", {})
    here = {key: value for key, value in {**facts, **differences}.items() if value is not None}
    if "type" in differences and differences["type"] != "enum":
        here.pop("values", None)
    return differences.get("name", column), here


def _create_table(flavour: Flavour, name: str, tables: dict[str, dict[str, Facts]]) -> str:
    columns = tables[name]
    key = [column for column, facts in columns.items() if facts.get("pk")]
    lines = [_column(name, column, tables, counted=key == [column]) for column in columns]
    lines.append(f"PRIMARY KEY ({_quoted(key)})")
    lines += [
        f"{'UNIQUE ' if kind == 'unique' else ''}KEY ({_quoted(names)})"
        for kind, *names in all_tables()[name]["indexes"]
        if {column.lower() for column in names} <= {column.lower() for column in columns}
    ]
    for column, facts in columns.items():
        if target := _target(facts, tables):
            reaction = f" ON DELETE {facts['ondelete']}" if facts.get("ondelete") else ""
            lines.append(f"FOREIGN KEY (`{column}`) REFERENCES `{target[0]}` (`{target[1]}`){reaction}")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE `{name}` (\n  {body}\n) ENGINE=InnoDB DEFAULT CHARSET={CHARACTER_SET[flavour]}"


def _column(table: str, column: str, tables: dict[str, dict[str, Facts]], counted: bool) -> str:
    facts = tables[table][column]
    kind = _type(table, column, tables)
    if computed := facts.get("computed"):
        return f"`{column}` {kind} GENERATED ALWAYS AS {computed} VIRTUAL"
    parts = [f"`{column}`", kind, "NOT NULL" if facts.get("required") or facts.get("pk") else "NULL"]
    if "default" in facts:
        parts.append(f"DEFAULT {facts['default']}")
    elif counted and "int" in kind and not facts.get("fk"):
        parts.append("AUTO_INCREMENT")
    return " ".join(parts)


def _type(table: str, column: str, tables: dict[str, dict[str, Facts]]) -> str:
    """A foreign key has the type of what it refers to, as InnoDB asks for."""
    facts = tables[table][column]
    target = _target(facts, tables)
    if target and target != (table, column):
        return _type(*target, tables)
    if facts["type"] == "enum":
        return "ENUM(" + ", ".join("'" + value.replace("'", "''") + "'" for value in facts["values"]) + ")"
    if facts["type"] == "bool":
        return "TINYINT(1)"
    return str(facts["type"]) + (" UNSIGNED" if facts.get("unsigned") else "")


def _target(facts: Facts, tables: dict[str, dict[str, Facts]]) -> tuple[str, str] | None:
    """Table and column that a foreign key refers to, spelt as in this flavour."""
    if not facts.get("fk"):
        return None
    table, column = facts["fk"].split(".")
    return table, next(name for name in tables[table] if name.lower() == column.lower())


def _quoted(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
