"""How much is in the databases that are measured."""

from dataclasses import dataclass

SAMPLES_OF_A_PUCK = 16


@dataclass(frozen=True, slots=True)
class Sizes:
    """One measured proposal, and others beside it.

    The measured proposal, with the session that pages are read from, has the same size whatever surrounds it.
    """

    sessions: int
    collections: int
    """Collections of the measured proposal, one in each group."""
    session_collections: int
    """Those of them in the measured session."""
    processed_collections: int
    """Those of the next session, each with four results."""
    samples: int
    programs: int
    """Results of automatic processing of the measured proposal."""
    deep_page: int
    """Page of the measured session, of 25 rows, that is reached by going on from page to page."""
    images: int
    """Images of the one collection that has indicators."""
    other_proposals: int = 0
    other_sessions: int = 0
    """A multiple of the number of beamlines."""
    other_collections: int = 0
    other_programs: int = 0
    """Results of automatic processing of the others, of crystals of many forms."""

    @property
    def total_collections(self) -> int:
        """Rows of DataCollection."""
        return self.collections + self.other_collections


SMALL = Sizes(
    sessions=20,
    collections=20_000,
    session_collections=12_000,
    processed_collections=1_000,
    samples=1_600,
    programs=16_000,
    deep_page=400,
    images=3_600,
)
BIG = Sizes(
    sessions=20,
    collections=20_000,
    session_collections=12_000,
    processed_collections=1_000,
    samples=1_600,
    programs=16_000,
    deep_page=400,
    images=3_600,
    other_proposals=700,
    other_sessions=5_600,
    other_collections=980_000,
    other_programs=1_000_000,
)
QUICK = Sizes(
    sessions=4,
    collections=400,
    session_collections=240,
    processed_collections=20,
    samples=48,
    programs=100,
    deep_page=8,
    images=100,
)
QUICK_BIG = Sizes(
    sessions=4,
    collections=400,
    session_collections=240,
    processed_collections=20,
    samples=48,
    programs=100,
    deep_page=8,
    images=100,
    other_proposals=20,
    other_sessions=80,
    other_collections=1_200,
    other_programs=1_200,
)
