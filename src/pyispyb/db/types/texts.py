"""Text, lists of known values, and bytes."""

from typing import Any

from sqlalchemy import Dialect, LargeBinary, String
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

from .portable import Portable, Processor, is_sqlite

IGNORE_CASE = "NOCASE"
"""SQLite's collation that ignores the case of ASCII letters; MariaDB's default collations ignore case anyway."""

ENUM_LENGTH = 45
"""Room for an enum's value in a database of ours, where enums are text."""


class Text(Portable[str]):
    """Text of at most `length` characters, or a TEXT without; compares without regard to case on every database."""

    impl = String
    cache_ok = True

    def __init__(self, length: int | None = None) -> None:
        super().__init__(length)
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """NOCASE on SQLite."""
        collation = IGNORE_CASE if is_sqlite(dialect) else None
        return String(self.length, collation) if self.length else SqlText(collation=collation)


class LongText(Portable[str]):
    """Text of any length; JSON documents are kept so, unparsed."""

    impl = SqlText
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """LONGTEXT on MariaDB."""
        return SqlText(collation=IGNORE_CASE) if is_sqlite(dialect) else dialect.type_descriptor(mysql.LONGTEXT())


class EnumText(Text):
    """Text with a list of known `values`.

    In a facility's table the column may be an ENUM with fewer or more values: what is stored reads as it is,
    and `Catalogue.facts` tells what the connected database accepts.
    """

    cache_ok = True

    def __init__(self, *values: str) -> None:
        super().__init__(ENUM_LENGTH)
        self.values = values


class Blob(Portable[bytes]):
    """Bytes, up to 64 KiB on MariaDB."""

    impl = LargeBinary
    cache_ok = True


def _sixteen_bytes(value: Any) -> bytes | None:
    if value is None:
        return None
    if not isinstance(value, bytes) or len(value) != 16:
        raise ValueError("an identifier of 16 bytes has 16 bytes")
    return value


class Binary16(Portable[bytes]):
    """An identifier of 16 bytes, such as a UUID, or a number with its most significant byte first."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """BINARY(16) on MariaDB, which would pad a shorter value."""
        return LargeBinary() if is_sqlite(dialect) else dialect.type_descriptor(mysql.BINARY(16))

    def bind_processor(self, dialect: Dialect) -> Processor:
        """Exactly 16 bytes."""
        return _sixteen_bytes

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """Drivers answer bytes already."""
        return None
