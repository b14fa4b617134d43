"""Whole numbers, numbers and flags."""

from math import isfinite
from typing import Any

from sqlalchemy import Boolean, Dialect, Integer
from sqlalchemy import Double as SqlDouble
from sqlalchemy import Float as SqlFloat
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

from .portable import Portable, Processor, is_sqlite


class Int(Portable[int]):
    """Signed integer of 4 bytes on MariaDB."""

    impl = Integer
    cache_ok = True
    on_mariadb: TypeEngine[int] = mysql.INTEGER()

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """SQLite's one integer type is INTEGER, and only under this name it is a row's own key."""
        return Integer() if is_sqlite(dialect) else dialect.type_descriptor(self.on_mariadb)


class UInt(Int):
    """Unsigned integer of 4 bytes."""

    cache_ok = True
    on_mariadb = mysql.INTEGER(unsigned=True)


class MediumInt(Int):
    """Signed integer of 3 bytes."""

    cache_ok = True
    on_mariadb = mysql.MEDIUMINT()


class SmallInt(Int):
    """Signed integer of 2 bytes."""

    cache_ok = True
    on_mariadb = mysql.SMALLINT()


class TinyInt(Int):
    """Signed integer of 1 byte."""

    cache_ok = True
    on_mariadb = mysql.TINYINT()


def finite(value: float | None) -> float | None:
    """A number as it is kept. Raises ValueError for NaN and infinities."""
    if value is None:
        return None
    number = float(value)
    if not isfinite(number):
        raise ValueError(f"{number} is not a finite number")
    return number


class Float(Portable[float]):
    """Number of single precision; NaN and infinities are refused with ValueError on every database."""

    impl = SqlFloat
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor:
        """Finite numbers only."""
        return finite

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """Drivers answer Python floats already."""
        return None


class Double(Float):
    """Number of double precision: a Python float, never a Decimal."""

    impl = SqlDouble
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """MariaDB's own type would answer Decimal."""
        return SqlDouble() if is_sqlite(dialect) else dialect.type_descriptor(mysql.DOUBLE(asdecimal=False))


def _number(value: Any) -> float | None:
    try:
        return finite(value)
    except (TypeError, ValueError):
        return None


def _whole_number(value: Any) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


class LooseFloat(Float):
    """A number that one flavour keeps as text; text that is no number reads as None."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """Text to float."""
        return _number


class LooseInt(Int):
    """A whole number that one flavour keeps as text; text that is no number reads as None."""

    cache_ok = True
    on_mariadb = mysql.INTEGER()

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """Text to int."""
        return _whole_number


def flag(value: Any) -> bool | None:
    """A number or bits that a table holds as yes or no."""
    if value is None:
        return None
    return any(value) if isinstance(value, bytes) else bool(value)


def _flag_to_store(value: Any) -> int | None:
    return None if value is None else int(bool(value))


class Flag(Portable[bool]):
    """Yes or no; whatever number but 0 a table holds reads as True."""

    impl = Boolean
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """TINYINT(1) on MariaDB."""
        return Boolean() if is_sqlite(dialect) else dialect.type_descriptor(mysql.TINYINT(display_width=1))

    def bind_processor(self, dialect: Dialect) -> Processor:
        """1 or 0."""
        return _flag_to_store

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """True, False or None."""
        return flag
