"""Where the connected database keeps X-ray centring: in ISPyB's own tables, or in ours that stand in for them."""

from dataclasses import dataclass
from functools import lru_cache

from ...db.catalogue import Catalogue
from ...tables import OwnXrayCentring, OwnXrayCentringResult, XrayCentring, XrayCentringResult


@dataclass(frozen=True, slots=True)
class Place:
    """The tables."""

    centring: type[XrayCentring | OwnXrayCentring]
    result: type[XrayCentringResult | OwnXrayCentringResult]


_ISPYB, _OURS = Place(XrayCentring, XrayCentringResult), Place(OwnXrayCentring, OwnXrayCentringResult)


@lru_cache(maxsize=8)
def place_of(catalogue: Catalogue) -> Place:
    """Where centring is kept."""
    return _ISPYB if all(map(catalogue.has_table, (XrayCentring, XrayCentringResult))) else _OURS
