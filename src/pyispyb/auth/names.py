"""Logins as names of people: which of them are the same, and whom they name."""

from typing import TypeGuard

from sqlalchemy import select

from ..db.database import Database
from ..db.writes import refusal
from ..tables import Person


def same_login(one: str | None, other: str) -> bool:
    """True for logins that differ in the case of the letters A to Z at most.

    Databases take more for the same, depending on their collation: `ä` and `a`, or blanks at the end.
    """
    return one is not None and one.encode().lower() == other.encode().lower()


def is_login(value: object) -> TypeGuard[str]:
    """True for a text that can be somebody's login: without blanks around it and letters that cannot be seen.

    What a provider says is taken as it is or not at all: `root` with a blank is not `root`.
    """
    return isinstance(value, str) and bool(value) and value == value.strip() and value.isprintable()


async def person_named(db: Database, login: str) -> int | None:
    """The person with this login; None for nobody's, and for one that several people have."""
    if refusal(db.catalogue.facts(Person.login), login) is not None:
        return None  # A Latin-1 column holds no such login, and MariaDB refuses to compare it with one.
    rows = await db.all(select(Person.personId, Person.login).where(Person.login == login).limit(10))
    found = [row.personId for row in rows if same_login(row.login, login)]
    return found[0] if len(found) == 1 else None
