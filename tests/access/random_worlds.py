"""Worlds that nobody thought of: people, laboratories, proposals, what was sent and measured, what is shared.

A `Facility` is plain data that hypothesis makes up; everything refers to everything else by its place in a list. Some
links are missing, some lead to nobody, and some cross proposals, as they do in the databases of facilities.
"""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

LABORATORIES, PEOPLE, PROPOSALS, SESSIONS, PROTEINS, CONTAINERS, SAMPLES = 2, 5, 3, 5, 5, 4, 10
NOBODY_KNOWN = 2**31 - 5
"""A person that a protein names and that is not there."""
UNKNOWN = "unknown"

BEAMLINES = ("BL0", "BL1", "BL2", "EM1", None)
STAFF = {"bl_mx": {"BL0", "BL1", "BL2"}, "bl_em": {"EM1"}}
KEYS = (frozenset({"BL1"}), frozenset({"EM1", "BL2"}))


@dataclass(frozen=True)
class P:
    """A person."""

    laboratory: int | None
    permissions: frozenset[str]

    @property
    def beamlines(self) -> set[str]:
        """Beamlines they are staff of."""
        return {name for permission in self.permissions for name in STAFF.get(permission, ())}

    @property
    def sees_everything(self) -> bool:
        """An administrator."""
        return "all_proposals" in self.permissions


@dataclass(frozen=True)
class Pr:
    """A proposal."""

    leader: int
    members: frozenset[int]
    bag: bool


@dataclass(frozen=True)
class S:
    """A session."""

    proposal: int
    beamline: str | None
    named: frozenset[int]


@dataclass(frozen=True)
class Pn:
    """A protein with one crystal; `person` may be nobody, or somebody who is not there."""

    proposal: int
    person: Any


@dataclass(frozen=True)
class C:
    """A container: sent for a proposal by somebody, standing somewhere, assigned to a session; or none of it."""

    proposal: int | None
    sender: int | None
    beamline: str | None
    session: int | None


@dataclass(frozen=True)
class X:
    """A sample."""

    protein: int | None
    container: int | None


@dataclass(frozen=True)
class G:
    """A group of collections; a collection names a sample, none, or none as 0."""

    session: int
    sample: int | None
    collections: tuple[int | None, ...]


@dataclass(frozen=True)
class M:
    """A robot action, scan or spectrum."""

    session: int
    sample: int | None


@dataclass(frozen=True)
class R:
    """A run of a program on collections, counted through all groups and from the first again at the end.

    It integrated sweeps of some, names one as its own or by its job, and its job asked for sweeps of others. It may
    make a structure of what the run before it merged.
    """

    sweeps: tuple[int, ...]
    named: int | None
    asked: tuple[int, ...]
    makes_structure: bool


@dataclass(frozen=True)
class Sc:
    """A characterisation: of a collection, counted through all of them, or of a group only, or of nothing known."""

    collection: int | None
    group: int | None


@dataclass(frozen=True)
class Sh:
    """A share of a sample or protein with a person or laboratory."""

    sample: int | None
    protein: int | None
    person: int | None
    laboratory: int | None
    creator: int
    revoked: bool


@dataclass(frozen=True)
class Facility:
    """All of it."""

    people: tuple[P, ...]
    proposals: tuple[Pr, ...]
    sessions: tuple[S, ...]
    proteins: tuple[Pn, ...]
    containers: tuple[C, ...]
    samples: tuple[X, ...]
    groups: tuple[G, ...]
    robot: tuple[M, ...]
    scans: tuple[M, ...]
    spectra: tuple[M, ...]
    shares: tuple[Sh, ...]
    runs: tuple[R, ...]
    screenings: tuple[Sc, ...]
    workflows: tuple[frozenset[int], ...]
    """Groups that each was measured in; the first workflow to name a group has it."""
    centrings: tuple[int, ...]
    """The group of each."""

    @property
    def collections(self) -> list[int]:
        """The group of each collection."""
        return [place for place, group in enumerate(self.groups) for _ in group.collections]


def _index(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(strategy, strategy, st.none())


def _some(count: int, most: int = 2) -> st.SearchStrategy[frozenset[int]]:
    return st.frozensets(_index(count), max_size=most)


def _times(strategy: st.SearchStrategy[Any], count: int, least: int | None = None) -> st.SearchStrategy[Any]:
    return st.lists(strategy, min_size=count if least is None else least, max_size=count).map(tuple)


_PERSON = st.builds(
    P,
    laboratory=_maybe(_index(LABORATORIES)),
    permissions=st.sampled_from([frozenset()] * 5 + [frozenset({"bl_mx"}), frozenset({"bl_em"})]),
)
_SHARE = st.builds(
    lambda what, whom, creator, revoked: Sh(
        sample=what[1] if what[0] == "sample" else None,
        protein=what[1] if what[0] == "protein" else None,
        person=whom[1] if whom[0] == "person" else None,
        laboratory=whom[1] if whom[0] == "laboratory" else None,
        creator=creator,
        revoked=revoked,
    ),
    what=st.one_of(st.tuples(st.just("sample"), _index(SAMPLES)), st.tuples(st.just("protein"), _index(PROTEINS))),
    whom=st.one_of(
        st.tuples(st.just("person"), _index(PEOPLE)), st.tuples(st.just("laboratory"), _index(LABORATORIES))
    ),
    creator=_index(PEOPLE),
    revoked=st.sampled_from([False, False, False, True]),
)
_MADE = st.builds(M, session=_index(SESSIONS), sample=_maybe(_index(SAMPLES)))

FACILITIES = st.builds(
    Facility,
    people=_times(_PERSON, PEOPLE).map(lambda people: (*people[:-1], P(None, frozenset({"all_proposals"})))),
    proposals=_times(
        st.builds(Pr, leader=_index(PEOPLE), members=_some(PEOPLE, 3), bag=st.sampled_from([True, True, False])),
        PROPOSALS,
    ),
    sessions=_times(
        st.builds(S, proposal=_index(PROPOSALS), beamline=st.sampled_from(BEAMLINES), named=_some(PEOPLE)), SESSIONS
    ),
    proteins=_times(
        st.builds(Pn, proposal=_index(PROPOSALS), person=st.one_of(_index(PEOPLE), st.none(), st.just(UNKNOWN))),
        PROTEINS,
    ),
    containers=_times(
        st.builds(
            C,
            proposal=_maybe(_index(PROPOSALS)),
            sender=_maybe(_index(PEOPLE)),
            beamline=st.sampled_from(BEAMLINES),
            session=st.one_of(st.none(), _index(SESSIONS)),
        ),
        CONTAINERS,
    ),
    samples=_times(st.builds(X, protein=_maybe(_index(PROTEINS)), container=_maybe(_index(CONTAINERS))), SAMPLES),
    groups=_times(
        st.builds(
            G,
            session=_index(SESSIONS),
            sample=_maybe(_index(SAMPLES)),
            collections=_times(_maybe(_index(SAMPLES)), 2, least=0),
        ),
        16,
        least=10,
    ),
    robot=_times(_MADE, 8, least=4),
    scans=_times(_MADE, 8, least=4),
    spectra=_times(_MADE, 8, least=4),
    shares=_times(_SHARE, 8, least=3),
    runs=_times(
        st.builds(
            R,
            sweeps=_times(_index(32), 2, least=0),
            named=_maybe(_index(32)),
            asked=_times(_index(32), 1, least=0),
            makes_structure=st.sampled_from([False, False, True]),
        ),
        12,
        least=6,
    ),
    screenings=_times(st.builds(Sc, collection=_maybe(_index(32)), group=_maybe(_index(10))), 6, least=3),
    workflows=_times(_some(10, 3), 4, least=2),
    centrings=_times(_index(10), 4, least=2),
)
