"""Whom shares let see an object."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from .sight_queries import Owner


@dataclass
class Reach:
    """People and laboratories that shares reach, each with the name of who shared it."""

    people: dict[int, str] = field(default_factory=dict)
    laboratories: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Name of the laboratory, and who shared it, by its key."""

    def sentence_for(self, person_id: int) -> str:
        """Why somebody sees it that it is shared with."""
        return _by("It is shared with them.", self.people.get(person_id, ""))

    def groups(self) -> list[dict[str, Any]]:
        """The laboratories, as groups that see it."""
        return [
            {
                "kind": "laboratory",
                "name": name,
                "because": _by("It is shared with the laboratory.", by),
                "beamLines": [],
            }
            for name, by in self.laboratories.values()
        ]


def _by(because: str, name: str) -> str:
    return f"{because[:-1]} by {name}." if name else because


def reach_of_proposal(shares: Sequence[Row[Any]]) -> Reach:
    """Whom any share of a proposal reaches."""
    reach = Reach()
    for row in shares:
        _note(reach, row)
    return reach


def reach_of(shares: Sequence[Row[Any]], owners: Sequence[Owner], samples: int) -> Reach:
    """Whom shares show all of these samples, of which there are so many; `owners` tells of those that are known."""
    reach = Reach()
    if not samples or len(owners) != samples:
        return reach
    showing = [
        [row for row in shares if owner.sample == row.blSampleId or owner.protein == row.proteinId] for owner in owners
    ]
    by_laboratory: dict[int, int] = defaultdict(int)
    for rows in showing:
        for laboratory in {row.laboratoryId for row in rows if row.laboratoryId is not None}:
            by_laboratory[laboratory] += 1
    whole = {laboratory for laboratory, count in by_laboratory.items() if count == samples}
    for row in (row for rows in showing for row in rows):
        if row.laboratoryId in whole or (row.personId is not None and _sees_all(row, showing)):
            _note(reach, row)
    return reach


def _sees_all(receiver: Row[Any], showing: Sequence[Sequence[Row[Any]]]) -> bool:
    """True for a person who is shown each sample, by themselves or by their laboratory."""
    return all(
        any(
            row.personId == receiver.personId
            or (row.laboratoryId is not None and row.laboratoryId == receiver.receiverLaboratoryId)
            for row in rows
        )
        for rows in showing
    )


def _note(reach: Reach, row: Row[Any]) -> None:
    by = (row.sharedBy or "").strip()
    if row.personId is not None:
        reach.people.setdefault(row.personId, by)
    else:
        reach.laboratories.setdefault(row.laboratoryId, (row.laboratory or f"Laboratory {row.laboratoryId}", by))
