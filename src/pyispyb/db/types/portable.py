"""What every type of ours shares."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Dialect
from sqlalchemy.types import TypeDecorator

Processor = Callable[[Any], Any] | None
Value = TypeVar("Value")


def is_sqlite(dialect: Dialect) -> bool:
    """True where values are stored by SQLite's rules."""
    return dialect.name == "sqlite"


class Portable(TypeDecorator[Value]):
    """A type that knows its Python type, as SQLAlchemy's own do."""

    @property
    def python_type(self) -> type[Any]:
        """What a value that is not NULL reads as."""
        return self.impl_instance.python_type
