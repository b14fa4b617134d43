"""The mark of a favourite among the words of a remark.

SynchWeb keeps it there, as `_FLAG_`: whoever works with either program finds the favourites of both. People see the
remark without it.
"""

import re

from sqlalchemy import ColumnElement

MARK = "_FLAG_"
_MARK_WITH_SPACE = re.compile(rf"\s*{MARK}")


def is_favourite(kept: str | None) -> bool:
    """True for the remark of a favourite, as the database keeps it."""
    return kept is not None and MARK in kept


def words_of(kept: str | None) -> str | None:
    """What people wrote; None where there is nothing but the mark."""
    if kept is None or MARK not in kept:
        return kept
    return _MARK_WITH_SPACE.sub("", kept).strip() or None


def with_words(words: str | None, *, favourite: bool) -> str | None:
    """A remark as the database keeps it."""
    # With its space even alone: SynchWeb takes both away together.
    return f"{words_of(words) or ''} {MARK}" if favourite else words_of(words)


def marked(comments: ColumnElement[str]) -> ColumnElement[bool]:
    """True where a column of remarks has the mark."""
    return comments.contains(MARK, autoescape=True)
