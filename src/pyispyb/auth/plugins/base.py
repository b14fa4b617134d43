"""What a way of logging in is, and what it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from ...db.database import Databases
from ..schemas import Credentials

REFUSED = "The name, password or token is not right."

Kind = Literal["password", "redirect", "token"]
"""How a page offers it: with a form, with a button that leads elsewhere, or not at all since programs use it."""


class BrokenPluginError(Exception):
    """A way of logging in cannot be had as configured; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody turned out to be: a person or a key of this ISPyB."""

    plugin: str
    person_id: int | None = None
    api_key_id: int | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """What a provider outside says of somebody; `auth/persons.py` finds out which person that is.

    `memberships` tells for each user group of ISPyB that follows the provider whether they belong to it.
    """

    plugin: str
    login: str
    external_id: str | int | None = None
    given_name: str | None = None
    family_name: str | None = None
    email: str | None = None
    memberships: Mapping[str, bool] = field(default_factory=dict)


class Plugin(Protocol):
    """One way of logging in. It knows nothing of our tokens, sessions and rights."""

    name: str
    label: str
    kind: Kind

    def offer(self) -> dict[str, str]:
        """What a page needs to offer it; nothing secret."""
        ...

    async def identify(self, databases: Databases, credentials: Credentials) -> Identity | Claims:
        """Who this is.

        Raises LoginRefused with `REFUSED`, after the same time whatever is wrong, and ProviderUnavailable within two
        seconds when somebody else has to be asked and does not answer.
        """
        ...

    async def close(self) -> None:
        """Give back what it holds, when the service ends."""
        ...


def memberships(configured: Mapping[str, str], held: Iterable[Any]) -> dict[str, bool]:
    """For each ISPyB group of `configured` (provider's name → ISPyB's), whether one of its names is in `held`."""
    names = {name for name in held if isinstance(name, str)}
    found: dict[str, bool] = {}
    for provided, group in configured.items():
        found[group] = found.get(group, False) or provided in names
    return found
