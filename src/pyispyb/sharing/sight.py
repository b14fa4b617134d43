"""Who sees an object, and why: the rules of `access` read from the object's side.

It tells what `access` decides and decides nothing itself; tests hold the two against each other.
"""

from collections.abc import Collection, Iterable
from typing import Any

import orjson
from sqlalchemy import Row

from ..access import Reason, Right, Role, Viewer, may, reasons_of, why
from ..clock import utc_now
from ..db.database import Database
from ..errors import NotFound
from ..settings import Settings
from ..tables import BLSample, BLSession, DataCollection, Proposal
from ..tables.base import Base
from . import queries, sight_queries
from .sight_queries import MOST, Owner, Seen
from .sight_shares import Reach, reach_of, reach_of_proposal

Answer = dict[str, Any]


async def of_proposal(db: Database, settings: Settings, viewer: Viewer, name: str) -> Answer:
    """Who sees a proposal. Raises NotFound."""
    row = await db.one(queries.proposal(viewer, name), NotFound.of("proposal", name))
    held = reasons_of(viewer, Proposal, row)
    if _only_shared(held):
        return _answer(viewer, Proposal, held)
    beamlines = await _beamlines(db, row.proposalId)
    seen = Seen(row.proposalId, bag=row.bag is not None, named=sight_queries.sessions_of_proposal(row.proposalId))
    reach = reach_of_proposal(await db.all(sight_queries.shares(viewer, row.proposalId)))
    return await _told(db, settings, viewer, Proposal, held, seen, reach, beamlines, beamlines)


async def of_session(db: Database, settings: Settings, viewer: Viewer, session_id: int) -> Answer:
    """Who sees a session. Raises NotFound."""
    held = await _held(db, viewer, BLSession, session_id, "session")
    head = await db.one(sight_queries.session(session_id), NotFound.of("session", session_id))
    seen = Seen(head.proposalId, bag=head.bag is not None, named=sight_queries.one_session(session_id))
    beamlines = _names(head.beamLineName)
    return await _told(db, settings, viewer, BLSession, held, seen, None, beamlines, beamlines)


async def of_collection(db: Database, settings: Settings, viewer: Viewer, collection_id: int) -> Answer:
    """Who sees a data collection. Raises NotFound."""
    missing = NotFound.of("data collection", collection_id)
    held = await _held(db, viewer, DataCollection, collection_id, "data collection")
    if _only_shared(held):
        return _answer(viewer, DataCollection, held)
    head = await db.one(sight_queries.session_of_collection(collection_id), missing)
    samples = [row.sample for row in await db.all(sight_queries.samples_of_group(head.dataCollectionGroupId))]
    owners = await _owners(db, samples)
    seen = Seen(
        head.proposalId,
        bag=head.bag is not None,
        named=sight_queries.one_session(head.sessionId),
        owners=owners if len(owners) == len(samples) else (),
    )
    reach = reach_of(await db.all(sight_queries.shares(viewer, head.proposalId)), owners, len(samples))
    beamlines = _names(head.beamLineName)
    return await _told(db, settings, viewer, DataCollection, held, seen, reach, beamlines, beamlines)


async def of_sample(db: Database, settings: Settings, viewer: Viewer, sample_id: int) -> Answer:
    """Who sees a sample. Raises NotFound."""
    held = await _held(db, viewer, BLSample, sample_id, "sample")
    if _only_shared(held):
        return _answer(viewer, BLSample, held)
    head = await db.one(sight_queries.sample(sample_id), NotFound.of("sample", sample_id))
    owners = await _owners(db, [sample_id])
    seen = Seen(
        head.proposalId,
        bag=head.bag is not None,
        named=sight_queries.sessions_that_need(sample_id, head),
        owners=owners,
    )
    reach = reach_of(await db.all(sight_queries.shares(viewer, head.proposalId)), owners, 1)
    places = {row.beamLineName for row in await db.all(sight_queries.places_of(sample_id, head))}
    staffed = await _beamlines(db, head.proposalId)
    return await _told(db, settings, viewer, BLSample, held, seen, reach, staffed, _names(*places))


async def _held(db: Database, viewer: Viewer, table: type[Base], key: int, what: str) -> list[Reason]:
    held = await why(db, viewer, table, key)
    if not held:
        raise NotFound.of(what, key)
    return held


def _only_shared(held: Iterable[Reason]) -> bool:
    """Those with whom something is shared learn nothing of who else sees it."""
    return {reason.role for reason in held} == {Role.RECEIVER}


async def _owners(db: Database, samples: Collection[int]) -> tuple[Owner, ...]:
    rows = await db.all(sight_queries.owners(samples))
    return tuple(Owner(row.sample, row.protein, row.proposal, row.laboratory, row.person) for row in rows)


async def _beamlines(db: Database, proposal_id: int) -> frozenset[str]:
    return _names(*(row.beamLineName for row in await db.all(sight_queries.beamlines_of(proposal_id))))


def _names(*beamlines: str | None) -> frozenset[str]:
    """Names of beamlines as they are compared: without regard to case."""
    return frozenset(beamline.casefold() for beamline in beamlines if beamline)


async def _told(
    db: Database,
    settings: Settings,
    viewer: Viewer,
    table: type[Base],
    held: list[Reason],
    seen: Seen,
    shared: Reach | None,
    staffed: frozenset[str],
    keyed: frozenset[str],
) -> Answer:
    """The answer; `shared` is None for what no share shows."""
    reach = shared or Reach()
    rows = await db.all(sight_queries.people(seen, reach.people))
    people = _people(rows[:MOST], _SENTENCES[table], reach)
    keys, all_keys = await _keys(db, keyed)
    groups = [*await _administrators(db), *_staff(settings, staffed), *reach.groups()]
    complete = len(rows) <= MOST and all_keys and (shared is None or _knows_every_share(held, bag=seen.bag))
    return _answer(viewer, table, held, people, groups, keys, complete=complete)


def _knows_every_share(held: Iterable[Reason], *, bag: bool) -> bool:
    """Whether the viewer may know of every share of the proposal: others are not told whether there are more."""
    whole = {Role.ADMINISTRATOR, Role.STAFF, Role.LEADER} | (set() if bag else {Role.MEMBER})
    return not whole.isdisjoint(reason.role for reason in held)


def _answer(
    viewer: Viewer,
    table: type[Base],
    held: list[Reason],
    people: list[Answer] | None = None,
    groups: list[Answer] | None = None,
    keys: list[Answer] | None = None,
    *,
    complete: bool = False,
) -> Answer:
    return {
        "you": {
            "may": [action.value for action in may(viewer, table, held)],
            "because": " ".join(dict.fromkeys(reason.because for reason in held)),
        },
        "people": people or [],
        "groups": groups or [],
        "keys": keys or [],
        "complete": complete,
    }


_NAMED: dict[type[Base], str] = {
    Proposal: "Is on one of its sessions.",
    BLSession: "Is on the session.",
    DataCollection: "Is on the session.",
    BLSample: "Is on a session that it was measured in or waits for.",
}
_PART = " Works in the laboratory that it belongs to."
_SENTENCES = {
    table: {
        sight_queries.LEADS: "Leads the proposal.",
        sight_queries.MEMBER: "Is on the proposal.",
        sight_queries.MEMBER_OF_PART: "Is on the proposal." + _PART,
        sight_queries.NAMED: named,
        sight_queries.NAMED_ON_PART: named + _PART,
    }
    for table, named in _NAMED.items()
}


def _people(rows: Iterable[Row[Any]], sentences: dict[str, str], reach: Reach) -> list[Answer]:
    people: dict[int, Answer] = {}
    for row in rows:
        person = people.setdefault(
            row.personId,
            {
                "personId": row.personId,
                "givenName": row.givenName,
                "familyName": row.familyName,
                "laboratoryId": row.laboratoryId,
                "laboratory": row.laboratory,
                "because": [],
            },
        )
        told = sentences.get(row.kind) or reach.sentence_for(row.personId)
        if told not in person["because"]:
            person["because"].append(told)
    return list(people.values())


async def _administrators(db: Database) -> list[Answer]:
    rows = await db.all(sight_queries.administrators())
    because = "Its members are administrators who see every proposal."
    return [{"kind": "administrators", "name": row.name, "because": because, "beamLines": []} for row in rows]


def _staff(settings: Settings, beamlines: frozenset[str]) -> list[Answer]:
    """The groups of beamlines whose staff sees it."""
    groups = []
    for group in settings.beamline_groups:
        names = [found.beamLineName for found in group.beamLines if found.beamLineName.casefold() in beamlines]
        if names:
            because = f"Its members are staff of {', '.join(names)}."
            groups.append({"kind": "staff", "name": group.groupName, "because": because, "beamLines": names})
    return groups


async def _keys(db: Database, beamlines: frozenset[str]) -> tuple[list[Answer], bool]:
    """Keys that read on one of these beamlines, and whether that is all of them."""
    rows = await db.all(sight_queries.keys(utc_now()))
    found = []
    for row in rows[:MOST]:
        covered = [name for name in orjson.loads(row.beamLines) if name.casefold() in beamlines]
        if covered and Right.READ in row.scopes.split():
            found.append({"name": row.name, "because": f"The key covers {', '.join(covered)}."})
    return found, len(rows) <= MOST
