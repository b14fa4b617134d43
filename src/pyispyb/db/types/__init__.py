"""Column types that read and compare alike on SQLite and on both flavours of MariaDB schema.

A read never fails for what a facility's table holds: zero dates, values an enum does not list,
flags other than 0 and 1. A write is strict: naive times, finite numbers.
"""

from .moments import LocalClock, LocalDate, LocalTime, UtcTime
from .numbers import Double, Flag, Float, Int, LooseFloat, LooseInt, MediumInt, SmallInt, TinyInt, UInt, finite, flag
from .server import database_account, local_now
from .status import ProgramStatus, stored_status
from .texts import Binary16, Blob, EnumText, LongText, Text

__all__ = [
    "Binary16",
    "Blob",
    "Double",
    "EnumText",
    "Flag",
    "Float",
    "Int",
    "LocalClock",
    "LocalDate",
    "LocalTime",
    "LongText",
    "LooseFloat",
    "LooseInt",
    "MediumInt",
    "ProgramStatus",
    "SmallInt",
    "Text",
    "TinyInt",
    "UInt",
    "UtcTime",
    "database_account",
    "finite",
    "flag",
    "local_now",
    "stored_status",
]
