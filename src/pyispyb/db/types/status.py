"""How processing ended, which the two flavours keep in different ways."""

from typing import Any

from sqlalchemy import Dialect

from .portable import Processor
from .texts import EnumText

_WORDS = {"1": "SUCCESS", "SUCCESS": "SUCCESS", "0": "FAILED", "FAILED": "FAILED", "RUNNING": "RUNNING"}


def _program_status(value: Any) -> str | None:
    return _WORDS.get(str(value).upper())


class ProgramStatus(EnumText):
    """How a processing program ended: `SUCCESS`, `FAILED`, `RUNNING`, or None when it has not said.

    The dls flavour keeps 1 and 0 (and NULL until the end), the collab flavour the words; both read as words.
    Compare and write with `stored_status`, never with a bare number: MariaDB takes a number for an ENUM's position.
    """

    cache_ok = True

    def __init__(self) -> None:
        super().__init__("RUNNING", "FAILED", "SUCCESS", "0", "1")

    def bind_processor(self, dialect: Dialect) -> Processor:
        """Text only."""
        return _text_only

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """Numbers and words to words."""
        return _program_status


def _text_only(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError("a processing status is text; see stored_status")


def stored_status(status: str | None, *, as_word: bool) -> str | None:
    """`SUCCESS`, `FAILED` or `RUNNING` as a column keeps it: as a word, or as 1, 0 and NULL written as text.

    `as_word` is true where `Catalogue.facts(AutoProcProgram.processingStatus)` is no integer.
    """
    if as_word or status is None:
        return status
    return {"SUCCESS": "1", "FAILED": "0"}.get(status)
