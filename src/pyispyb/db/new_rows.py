"""Rows of several tables that belong together, such as a document: added all at once.

A row may hold the key of another one before the database gave it. Nothing is sent until all of them are known, and
then in as few round trips as the database allows: most of the time of a document went into waiting for one.
"""

from collections.abc import Sequence

from ..tables.base import Base
from .catalogue import Catalogue
from .database import Addition, Database
from .driver import NewKey
from .writes import Values, checked

Key = int | NewKey
"""The key of a row that is there, or is to be added."""


class NewRows:
    """Gathers rows in the order in which they are to be added, and what this database has no column for."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._additions: list[Addition] = []
        self._not_kept: set[str] = set()

    @property
    def catalogue(self) -> Catalogue:
        """What the database has."""
        return self._db.catalogue

    @property
    def not_kept(self) -> list[str]:
        """What was said and is not kept: columns, and other things that were noted."""
        return sorted(self._not_kept)

    def note_not_kept(self, *names: str) -> None:
        """Note what this database has no place for."""
        self._not_kept.update(names)

    def add(self, table: type[Base], values: Values) -> NewKey:
        """A row, by its key. Raises Invalid for values the database cannot keep."""
        key = NewKey()
        self._additions.append(Addition(table, [self._kept(table, values)], key))
        return key

    def add_all(self, table: type[Base], rows: Sequence[Values], places: Sequence[str] | None = None) -> None:
        """Rows with the same columns whose keys nobody asks for. Raises Invalid for values the database cannot keep.

        `places` tell where each row comes from, as in `files[0].`.
        """
        places = places or [f"[{number}]." for number in range(len(rows))]
        if rows:
            kept = [self._kept(table, row, at) for row, at in zip(rows, places, strict=True)]
            self._additions.append(Addition(table, kept))

    def _kept(self, table: type[Base], values: Values, at: str = "") -> Values:
        kept, not_kept = checked(self.catalogue, table, values, at)
        self._not_kept.update(not_kept)
        return kept

    async def write(self) -> None:
        """Add them; their keys are known afterwards."""
        additions, self._additions = self._additions, []
        if additions:
            await self._db.insert_all(additions)
