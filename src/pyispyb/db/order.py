"""Tables that are read in the order in which they are named.

Databases know too little of new tables, and of those whose rows tell little of each other: they would begin at a large
one, once for each row of a small one.
"""

from functools import reduce
from typing import Any

from sqlalchemy import Join, inspect, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from .typing import AnySelect


class _Then(Join):
    """A table, and the one that is read for each of its rows: what joins them stands in WHERE."""

    inherit_cache = True


@compiles(_Then)
def _then(join: _Then, compiler: SQLCompiler, **options: Any) -> str:
    """SQLite keeps to the order of this join; for MariaDB it is one like any other."""
    options = {**options, "asfrom": True, "from_linter": None}
    return f"{compiler.process(join.left, **options)} CROSS JOIN {compiler.process(join.right, **options)}"


def then(left: Any, right: Any) -> Join:
    """Tables, and the one that is read for each of their rows."""
    return _Then(inspect(left).selectable, inspect(right).selectable, true())


def in_order(statement: AnySelect, *tables: Any) -> AnySelect:
    """The statement, reading from these tables one after the other; a table that is named again is read once."""
    read = dict.fromkeys(inspect(table).selectable for table in tables)
    return read_from(statement, reduce(then, read))


def read_from(statement: AnySelect, joined: Any) -> AnySelect:
    """The statement, reading from joined tables in the order in which they stand there."""
    return statement.prefix_with("STRAIGHT_JOIN", dialect="mysql").select_from(joined)
