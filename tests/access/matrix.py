"""The matrix once more, in plain Python over a made-up facility: what `access` must agree with.

Nothing of `access` is used here. `Eyes` is somebody who looks: a person by their place, or the beamlines of a key.
"""

from dataclasses import dataclass

from .random_worlds import UNKNOWN, Facility, M, Sh


@dataclass(frozen=True)
class Eyes:
    """Who looks at a facility: a person, or a key."""

    facility: Facility
    person: int | None = None
    key: frozenset[str] | None = None

    # -- what they are

    @property
    def sees_everything(self) -> bool:
        """An administrator."""
        return self.person is not None and self.facility.people[self.person].sees_everything

    @property
    def beamlines(self) -> set[str]:
        """Beamlines of staff or key."""
        if self.person is None:
            return set(self.key or ())
        return self.facility.people[self.person].beamlines

    @property
    def laboratory(self) -> int | None:
        """Where they work."""
        return None if self.person is None else self.facility.people[self.person].laboratory

    def leads(self, proposal: int) -> bool:
        """They are the proposal's person."""
        return self.person is not None and self.facility.proposals[proposal].leader == self.person

    def is_member(self, proposal: int) -> bool:
        """They are on the proposal."""
        return self.person is not None and self.person in self.facility.proposals[proposal].members

    def is_named(self, session: int) -> bool:
        """They are on the session."""
        return self.person is not None and self.person in self.facility.sessions[session].named

    def is_staff_of(self, proposal: int) -> bool:
        """One of its sessions is on a beamline of theirs."""
        return any(s.proposal == proposal and s.beamline in self.beamlines for s in self.facility.sessions)

    def _bag(self, proposal: int) -> bool:
        return self.facility.proposals[proposal].bag

    def _proposal_of(self, session: int) -> int:
        return self.facility.sessions[session].proposal

    # -- shares

    def receives(self, share: Sh) -> bool:
        """A share that holds reaches them."""
        if share.revoked or self.person is None:
            return False
        by_laboratory = share.laboratory is not None and share.laboratory == self.laboratory
        return share.person == self.person or by_laboratory

    def is_shown(self, sample: int) -> bool:
        """A sample is shared with them, by itself or with its protein."""
        protein = self.facility.samples[sample].protein
        return any(
            self.receives(share)
            and (share.sample == sample or (share.protein is not None and share.protein == protein))
            for share in self.facility.shares
        )

    def _shared_from(self, proposal: int) -> bool:
        return any(
            self.receives(share) and proposal_of_share(self.facility, share) == proposal
            for share in self.facility.shares
        )

    # -- whose a sample is

    def is_ours(self, sample: int) -> bool:
        """A sample of their laboratory, or of their own protein, in a shared proposal that they take part in."""
        proposal = proposal_of_sample(self.facility, sample)
        if proposal is None or self.person is None:
            return False
        takes_part = self._bag(proposal) and (
            self.is_member(proposal)
            or any(s.proposal == proposal and self.person in s.named for s in self.facility.sessions)
        )
        protein = self.facility.samples[sample].protein
        assert protein is not None
        laboratory = laboratory_of(self.facility, sample)
        same = laboratory is not None and laboratory == self.laboratory
        return takes_part and (same or self.facility.proteins[protein].person == self.person)

    # -- what they see

    def session(self, session: int) -> bool:
        """A session's header."""
        found = self.facility.sessions[session]
        return (
            self.sees_everything
            or found.beamline in self.beamlines
            or self.leads(found.proposal)
            or self.is_member(found.proposal)
            or self.is_named(session)
        )

    def _all_of_session(self, session: int) -> bool:
        found = self.facility.sessions[session]
        if self.sees_everything or found.beamline in self.beamlines or self.leads(found.proposal):
            return True
        return not self._bag(found.proposal) and (self.is_member(found.proposal) or self.is_named(session))

    def proposal_people(self, proposal: int) -> bool:
        """A proposal's people."""
        named = any(self.is_named(s) for s in range(len(self.facility.sessions)) if self._proposal_of(s) == proposal)
        return (
            self.sees_everything
            or self.leads(proposal)
            or self.is_member(proposal)
            or named
            or self.is_staff_of(proposal)
        )

    def proposal(self, proposal: int) -> bool:
        """A proposal's header."""
        return self.proposal_people(proposal) or self._shared_from(proposal)

    def measured(self, session: int, samples: set[int]) -> bool:
        """What was made in a session of these samples."""
        if self._all_of_session(session):
            return True
        if not samples:
            return False
        proposal = self._proposal_of(session)
        takes_part = self._bag(proposal) and (self.is_member(proposal) or self.is_named(session))
        if takes_part and all(map(self.is_ours, samples)):
            return True
        return self._shared_from(proposal) and all(map(self.is_shown, samples))

    def group(self, group: int) -> bool:
        """A group, its collections, their files."""
        found = self.facility.groups[group]
        named = {found.sample, *found.collections} - {None}
        return self.measured(found.session, {sample for sample in named if sample is not None})

    def run(self, collections: set[int], merged: set[int]) -> bool:
        """A run of a program on these collections; of what another merged, where it makes a structure."""
        groups = self.facility.collections
        return bool(collections) and all(self.group(groups[place]) for place in collections | merged)

    def each_of(self, groups: set[int]) -> bool:
        """What was made of these groups together, and of nothing else."""
        return bool(groups) and all(map(self.group, groups))

    def made(self, made: M) -> bool:
        """A robot action, scan or spectrum."""
        return self.measured(made.session, set() if made.sample is None else {made.sample})

    def _all_of_proposal(self, proposal: int) -> bool:
        return (
            self.is_staff_of(proposal) or self.leads(proposal) or (self.is_member(proposal) and not self._bag(proposal))
        )

    def _needs(self, sample: int, session: int) -> bool:
        """A session measured a sample, or waits for it."""
        facility = self.facility
        if any(group.session == session and group.sample == sample for group in facility.groups):
            return True
        place = facility.samples[sample].container
        if place is None or proposal_of_sample(facility, sample) != self._proposal_of(session):
            return False
        container = facility.containers[place]
        beamline = facility.sessions[session].beamline
        return container.session == session or (container.beamline is not None and container.beamline == beamline)

    def sample(self, sample: int) -> bool:
        """A sample and its parts."""
        if self.sees_everything:
            return True
        if self.person is None:
            return self._key_sees(sample)
        proposal = proposal_of_sample(self.facility, sample)
        if proposal is not None and self._all_of_proposal(proposal):
            return True
        named_where_needed = any(
            self.is_named(session)
            and self._needs(sample, session)
            and (not self._bag(self._proposal_of(session)) or self.is_ours(sample))
            for session in range(len(self.facility.sessions))
        )
        of_laboratory = proposal is not None and self.is_member(proposal) and self.is_ours(sample)
        return named_where_needed or of_laboratory or self.is_shown(sample)

    def _key_sees(self, sample: int) -> bool:
        place = self.facility.samples[sample].container
        if place is not None and self._on_beamline(place):
            return True
        return any(
            group.sample == sample and self.facility.sessions[group.session].beamline in self.beamlines
            for group in self.facility.groups
        )

    def _on_beamline(self, container: int) -> bool:
        found = self.facility.containers[container]
        if found.beamline in self.beamlines:
            return True
        return found.session is not None and self.session(found.session)

    def protein(self, protein: int) -> bool:
        """A protein or its crystal."""
        found = self.facility.proteins[protein]
        if self.sees_everything or any(
            sample.protein == protein and self.sample(place) for place, sample in enumerate(self.facility.samples)
        ):
            return True
        if self.person is None:
            return False
        if self._all_of_proposal(found.proposal):
            return True
        if self.is_member(found.proposal) and self._bag(found.proposal) and self._owns(protein):
            return True
        return any(self.receives(share) and share.protein == protein for share in self.facility.shares)

    def container(self, container: int) -> bool:
        """A container."""
        found = self.facility.containers[container]
        if self.sees_everything or any(
            sample.container == container and self.sample(place) for place, sample in enumerate(self.facility.samples)
        ):
            return True
        if self.person is None:
            return self._on_beamline(container)
        if found.proposal is not None and self._all_of_proposal(found.proposal):
            return True
        return found.session is not None and self._all_of_session(found.session)

    def share(self, place: int) -> bool:
        """A share, taken back or not."""
        share = self.facility.shares[place]
        if self.sees_everything:
            return True
        if self.person is None:
            return False
        if share.creator == self.person or self.receives(share):
            return True
        proposal = proposal_of_share(self.facility, share)
        if proposal is None:
            return False
        return self._all_of_proposal(proposal) or (
            self._bag(proposal) and self.is_member(proposal) and self._is_of_laboratory(share)
        )

    def _is_of_laboratory(self, share: Sh) -> bool:
        if share.sample is not None:
            return self.is_ours(share.sample)
        assert share.protein is not None
        return self._owns(share.protein)

    def _owns(self, protein: int) -> bool:
        """A protein names them or somebody of their laboratory."""
        owner = self.facility.proteins[protein].person
        if owner in (None, UNKNOWN):
            return False
        laboratory = self.facility.people[owner].laboratory
        return owner == self.person or (laboratory is not None and laboratory == self.laboratory)


def proposal_of_sample(facility: Facility, sample: int) -> int | None:
    """The proposal of a sample; None for one without crystal."""
    protein = facility.samples[sample].protein
    return None if protein is None else facility.proteins[protein].proposal


def proposal_of_share(facility: Facility, share: Sh) -> int | None:
    """The proposal of what is shared."""
    if share.sample is not None:
        return proposal_of_sample(facility, share.sample)
    assert share.protein is not None
    return facility.proteins[share.protein].proposal


def laboratory_of(facility: Facility, sample: int) -> int | None:
    """The laboratory of the protein's person, else of who sent the container, else nobody's."""
    found = facility.samples[sample]
    owner = None if found.protein is None else facility.proteins[found.protein].person
    if owner not in (None, UNKNOWN) and facility.people[owner].laboratory is not None:
        laboratory: int | None = facility.people[owner].laboratory
        return laboratory
    container = None if found.container is None else facility.containers[found.container]
    if container is None or container.proposal is None or container.sender is None:
        return None
    return facility.people[container.sender].laboratory
