"""SQL of proposals, sessions and their people."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from ..access import Viewer, reasons, sees_whole, visible, visible_one
from ..db.catalogue import Catalogue
from ..db.paging import Key
from ..db.typing import AnySelect, AnyUnion
from ..db.writes import columns
from ..tables import (
    BagProposal,
    BeamLineSetup,
    BLSession,
    DataCollectionGroup,
    Person,
    Proposal,
    ProposalHasPerson,
    Session_has_Person,
    SessionType,
)

Where = Collection[ColumnElement[bool]]

# What a list of sessions shows of a set-up; the rest is read with the one set-up.
_SETUP = (
    BeamLineSetup.beamLineSetupId,
    BeamLineSetup.setupDate,
    BeamLineSetup.synchrotronName,
    BeamLineSetup.synchrotronMode,
    BeamLineSetup.undulatorType1,
    BeamLineSetup.undulatorType2,
    BeamLineSetup.undulatorType3,
    BeamLineSetup.focalSpotSizeAtSample,
    BeamLineSetup.focusingOptic,
    BeamLineSetup.beamDivergenceHorizontal,
    BeamLineSetup.beamDivergenceVertical,
    BeamLineSetup.polarisation,
    BeamLineSetup.monochromatorType,
    BeamLineSetup.maxExpTimePerDataCollection,
    BeamLineSetup.minExposureTimePerImage,
    BeamLineSetup.goniostatMaxOscillationSpeed,
    BeamLineSetup.goniostatMinOscillationWidth,
    BeamLineSetup.CS,
)

PROPOSAL_ORDER = (Key(Proposal.proposalId),)
SETUP_PREFIX = "setup_"


def _ids() -> BindParameter[Any]:
    """The keys that a statement is about; they come when it is sent."""
    return bindparam("ids", expanding=True)


def proposals(catalogue: Catalogue, viewer: Viewer, where: Where) -> AnySelect:
    """Proposals the viewer may see."""
    everything = _proposals(catalogue, viewer)
    return everything.where(*where) if where else everything


@lru_cache(maxsize=256)
def _proposals(catalogue: Catalogue, viewer: Viewer) -> AnySelect:
    wanted = columns(
        catalogue,
        Proposal.proposalId,
        Proposal.proposalCode,
        Proposal.proposalNumber,
        Proposal.title,
        Proposal.proposalType,
        Proposal.state,
    )
    statement = select(*wanted, BagProposal.proposalId.label("bag"))
    shared = statement.outerjoin(BagProposal, BagProposal.proposalId == Proposal.proposalId)
    return shared.where(visible(viewer, Proposal))


@lru_cache(maxsize=256)
def proposal_counts(viewer: Viewer) -> AnyUnion:
    """Rows (proposalId, beamLineName, sessions, lastSession) for each beamline, and one with persons for each proposal.

    Of the proposals `ids`.
    The person row has a beamline of None and its count in `persons`.
    """
    people = [visible(viewer, ProposalHasPerson)] if viewer.shares else []
    sessions = (
        select(
            BLSession.proposalId,
            BLSession.beamLineName,
            func.count().label("sessions"),
            func.max(BLSession.startDate).label("lastSession"),
            literal(0).label("persons"),
        )
        .where(BLSession.proposalId.in_(_ids()), visible(viewer, BLSession))
        .group_by(BLSession.proposalId, BLSession.beamLineName)
    )
    persons = (
        select(ProposalHasPerson.proposalId, null(), literal(0), null(), func.count().label("persons"))
        .where(ProposalHasPerson.proposalId.in_(_ids()), *people)
        .group_by(ProposalHasPerson.proposalId)
    )
    return union_all(sessions, persons)


def session_order(*, ascending: bool) -> tuple[Key, Key]:
    """Sessions by their begin; the key parts those that begin together."""
    return Key(BLSession.startDate, not ascending), Key(BLSession.sessionId, not ascending)


def session_keys(viewer: Viewer, where: Where) -> AnySelect:
    """Keys of the sessions the viewer may see.

    Joined outwards, though every session has a proposal: MariaDB then begins at the proposals only where the filter is
    about them, and at the sessions in their order elsewhere.
    """
    return (
        select(BLSession.sessionId)
        .outerjoin(Proposal, Proposal.proposalId == BLSession.proposalId)
        .where(visible(viewer, BLSession), *where)
    )


@lru_cache(maxsize=8)
def sessions(catalogue: Catalogue) -> AnySelect:
    """The sessions `ids`, in any order, with their proposal and set-up.

    Apart from the keys of a page: what is sorted to find it is narrow, and this is built but once.
    """
    wanted = columns(
        catalogue,
        BLSession.sessionId,
        BLSession.proposalId,
        BLSession.visit_number,
        BLSession.beamLineName,
        BLSession.startDate,
        BLSession.endDate,
        BLSession.scheduled,
        BLSession.nbShifts,
        BLSession.comments,
        BLSession.beamLineOperator,
        BLSession.nbReimbDewars,
        BLSession.lastUpdate,
    )
    setup = [column.label(SETUP_PREFIX + column.key) for column in columns(catalogue, *_SETUP)]
    return (
        select(*wanted, Proposal.proposalCode, Proposal.proposalNumber, Proposal.title, *setup)
        .join(Proposal, Proposal.proposalId == BLSession.proposalId)
        .outerjoin(BeamLineSetup, BeamLineSetup.beamLineSetupId == BLSession.beamLineSetupId)
        .where(BLSession.sessionId.in_(_ids()))
    )


def session_counts(viewer: Viewer) -> AnyUnion:
    """Rows (sessionId, what, n, name) of the sessions `ids`: groups and persons counted, session types named."""
    return _session_counts(viewer if viewer.is_narrowed else None)


@lru_cache(maxsize=256)
def _session_counts(narrowed: Viewer | None) -> AnyUnion:
    parts = [_groups(DataCollectionGroup.sessionId.in_(_ids()))] if narrowed is None else _seen_groups(narrowed)
    persons = (
        select(Session_has_Person.sessionId, literal("persons"), func.count(), null())
        .where(Session_has_Person.sessionId.in_(_ids()))
        .group_by(Session_has_Person.sessionId)
    )
    types = select(SessionType.sessionId, literal("type"), literal(1), SessionType.typeName).where(
        SessionType.sessionId.in_(_ids())
    )
    return union_all(*parts, persons, types)


def _groups(where: ColumnElement[bool]) -> AnySelect:
    return (
        select(
            DataCollectionGroup.sessionId.label("sessionId"),
            literal("groups").label("what"),
            func.count().label("n"),
            null().label("name"),
        )
        .where(where)
        .group_by(DataCollectionGroup.sessionId)
    )


def _seen_groups(narrowed: Viewer) -> list[AnySelect]:
    """Groups of sessions that are seen as a whole are counted unseen; those of others are looked at one by one."""
    whole = sees_whole(narrowed)

    def of_sessions(condition: ColumnElement[bool]) -> ColumnElement[bool]:
        asked = select(BLSession.sessionId).where(BLSession.sessionId.in_(_ids()), condition)
        return DataCollectionGroup.sessionId.in_(asked)

    return [
        _groups(of_sessions(whole)),
        _groups(and_(of_sessions(whole.is_not(true())), visible(narrowed, DataCollectionGroup))),
    ]


def running(now: datetime) -> ColumnElement[bool]:
    """Sessions that have begun and not ended."""
    return (BLSession.startDate <= now) & (BLSession.endDate >= now)


def of_session_type(name: str) -> ColumnElement[bool]:
    """Sessions with a type of that name."""
    return BLSession.sessionId.in_(select(SessionType.sessionId).where(SessionType.typeName == name))


def proposals_on(viewer: Viewer, beamline: str) -> ColumnElement[bool]:
    """Proposals with a session on a beamline that the viewer may see."""
    return Proposal.proposalId.in_(
        select(BLSession.proposalId).where(BLSession.beamLineName == beamline, visible(viewer, BLSession))
    )


def last_visit(proposal_id: int) -> AnySelect:
    """The highest visit number of a proposal."""
    return select(func.max(BLSession.visit_number)).where(BLSession.proposalId == proposal_id)


def lock_proposal(viewer: Viewer, proposal_id: int) -> AnySelect:
    """A visible proposal, held until the transaction ends: its visits are numbered one after the other."""
    return (
        select(Proposal.proposalId, Proposal.proposalCode, Proposal.proposalNumber)
        .where(Proposal.proposalId == proposal_id, visible_one(viewer, Proposal))
        .with_for_update()
    )


def same_session(proposal_id: int, beamline: str, start: datetime) -> AnySelect:
    """A session of that proposal which begins at the same time at the same place."""
    return select(BLSession.sessionId).where(
        BLSession.proposalId == proposal_id, BLSession.beamLineName == beamline, BLSession.startDate == start
    )


def session_head(viewer: Viewer, where: ColumnElement[bool]) -> AnySelect:
    """What a write needs to know of the session it goes to."""
    return (
        select(
            BLSession.sessionId,
            BLSession.proposalId,
            BLSession.beamLineName,
            BLSession.visit_number,
            Proposal.proposalCode,
            Proposal.proposalNumber,
        )
        .join(Proposal, Proposal.proposalId == BLSession.proposalId)
        .where(where, visible_one(viewer, BLSession))
    )


def session_to_change(catalogue: Catalogue, viewer: Viewer, session_id: int) -> AnySelect:
    """What can be changed of a session, held until the transaction ends, and why the viewer sees it."""
    wanted = columns(
        catalogue,
        BLSession.startDate,
        BLSession.endDate,
        BLSession.nbShifts,
        BLSession.comments,
        BLSession.beamLineOperator,
        BLSession.nbReimbDewars,
    )
    seen = reasons(viewer, BLSession)
    return select(*wanted, *seen).where(BLSession.sessionId == session_id).with_for_update()


def usable_setup(viewer: Viewer, setup_id: int) -> AnySelect:
    """A set-up that no session has yet, or one that the viewer sees."""
    used = exists().where(BLSession.beamLineSetupId == setup_id)
    seen = exists().where(BLSession.beamLineSetupId == setup_id, visible(viewer, BLSession))
    return select(BeamLineSetup.beamLineSetupId).where(BeamLineSetup.beamLineSetupId == setup_id, or_(~used, seen))


_PERSON = (Person.personId, Person.givenName, Person.familyName, Person.login)


def session_persons(viewer: Viewer, where: ColumnElement[bool]) -> AnySelect:
    """People of the sessions that `where` selects, with their role there."""
    return (
        select(
            *_PERSON,
            Session_has_Person.role,
            Session_has_Person.remote,
            literal(1).label("sessions"),
            BLSession.startDate.label("lastSession"),
        )
        .join(Session_has_Person, Session_has_Person.personId == Person.personId)
        .join(BLSession, BLSession.sessionId == Session_has_Person.sessionId)
        .join(Proposal, Proposal.proposalId == BLSession.proposalId)
        .where(where, visible(viewer, BLSession))
        .order_by(Person.familyName, Person.personId)
    )


def proposal_persons(viewer: Viewer, where: ColumnElement[bool]) -> AnySelect:
    """Members of the proposals that `where` selects, with what they take part in as far as the viewer sees it."""
    part = (
        select(
            Session_has_Person.personId,
            BLSession.proposalId,
            func.count().label("sessions"),
            func.max(BLSession.startDate).label("lastSession"),
        )
        .join(BLSession, BLSession.sessionId == Session_has_Person.sessionId)
        .join(Proposal, Proposal.proposalId == BLSession.proposalId)
        .where(where, visible(viewer, BLSession))
        .group_by(Session_has_Person.personId, BLSession.proposalId)
        .subquery()
    )
    return (
        select(
            *_PERSON,
            null().label("role"),
            null().label("remote"),
            func.coalesce(part.c.sessions, 0).label("sessions"),
            part.c.lastSession,
        )
        .join(ProposalHasPerson, ProposalHasPerson.personId == Person.personId)
        .join(Proposal, Proposal.proposalId == ProposalHasPerson.proposalId)
        .outerjoin(part, (part.c.personId == Person.personId) & (part.c.proposalId == Proposal.proposalId))
        .where(where, visible(viewer, ProposalHasPerson))
        .order_by(Person.familyName, Person.personId)
    )


def newest_of_each_beamline(viewer: Viewer, where: Where, now: datetime) -> AnySelect:
    """Keys: of each beamline the session nearest to now that `where` leaves: the running, else the latest begun."""
    rank = func.row_number().over(
        partition_by=BLSession.beamLineName,
        order_by=(running(now).desc(), BLSession.startDate.desc(), BLSession.sessionId.desc()),
    )
    ranked = (
        select(BLSession.sessionId, BLSession.beamLineName, rank.label("place"))
        .join(Proposal, Proposal.proposalId == BLSession.proposalId)
        .where(visible(viewer, BLSession), *where)
        .subquery()
    )
    return select(ranked.c.sessionId).where(ranked.c.place == 1).order_by(ranked.c.beamLineName)
