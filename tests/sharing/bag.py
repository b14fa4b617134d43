"""A proposal that two laboratories share, each with a sample that was measured in the same session."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from pyispyb.auth.secrets import digest, new_token
from pyispyb.clock import utc_now
from pyispyb.db.writes import insert_row, update_rows
from pyispyb.tables import (
    BagProposal,
    BLSample,
    Crystal,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    EnergyScan,
    Laboratory,
    Login,
    Person,
    Proposal,
    ProposalHasPerson,
    Protein,
    RobotAction,
    Token,
    XFEFluorescenceSpectrum,
)
from tests.world import NOW, World

LEADER, THEIRS, OUTSIDER = "leader", "theirs", "outsider"
"""Roles beside those of the world: the leader, a member of the other laboratory, and somebody of a third one.

`member` and `session_member` work in the laboratory that the samples of the world belong to.
"""


async def share_proposal(world: World) -> World:
    """Mark the world's proposal, give everybody a laboratory, and add what the other laboratory sent and measured.

    The names of its rows in `world.ids` begin with `their_`.
    """
    async with world.service.database() as db:
        for name in ("our_laboratory", "their_laboratory", "third_laboratory"):
            world.ids[name] = (await insert_row(db, Laboratory, {"name": f"{name} {world.number}"})).key
        for role, laboratory in ((LEADER, None), (THEIRS, "their_laboratory"), (OUTSIDER, "third_laboratory")):
            await _person(db, world, role, laboratory)
        for role in ("member", "session_member"):
            changed = {"laboratoryId": world.ids["our_laboratory"]}
            await update_rows(db, Person, Person.personId == world.ids[role], changed)
        await update_rows(db, Proposal, Proposal.proposalId == world.ids["proposal"], {"personId": world.ids[LEADER]})
        await db.execute(insert(ProposalHasPerson).values(proposalId=world.ids["proposal"], personId=world.ids[THEIRS]))
        await update_rows(db, Protein, Protein.proteinId == world.ids["protein"], {"personId": world.ids["member"]})
        await db.execute(insert(BagProposal).values(proposalId=world.ids["proposal"], markedAt=utc_now()))
    await _theirs(world)
    return world


async def _person(db: Any, world: World, role: str, laboratory: str | None) -> None:
    now, token = utc_now(), new_token()
    login = world.logins[role] = f"{role}{world.number}"
    values = {"login": login, "givenName": "Test", "familyName": f"{role} {world.number}"}
    if laboratory is not None:
        values["laboratoryId"] = world.ids[laboratory]
    world.ids[role] = (await insert_row(db, Person, values)).key
    made = await insert_row(db, Login, {"personId": world.ids[role], "plugin": "local", "createdAt": now})
    life = {"expiresAt": now + timedelta(hours=1)}
    await db.execute(insert(Token).values(tokenHash=digest(token), loginId=made.key, kind="access", **life))
    world.tokens[role] = token


async def _theirs(world: World) -> None:
    """One of everything, in the same session and the same puck."""
    ids = world.ids
    ids["their_protein"] = await world.add(
        Protein, proposalId=ids["proposal"], acronym="secret", name="Target", personId=ids[THEIRS]
    )
    ids["their_crystal"] = await world.add(Crystal, proteinId=ids["their_protein"])
    ids["their_sample"] = await world.add(
        BLSample, crystalId=ids["their_crystal"], containerId=ids["container"], name="secret-1", location="9"
    )
    await measure(world, "their_", ids["their_sample"])


async def measure(world: World, prefix: str, sample: int | None) -> None:
    """A group with a collection and a file, a robot action, a scan and a spectrum, in the world's session."""
    ids, start = world.ids, NOW - timedelta(minutes=20)
    of = {"blSampleId": sample}
    ids[f"{prefix}group"] = await world.add(
        DataCollectionGroup, sessionId=ids["session"], experimentType="Mesh", startTime=start, **of
    )
    ids[f"{prefix}collection"] = await world.add(
        DataCollection,
        dataCollectionGroupId=ids[f"{prefix}group"],
        startTime=start,
        endTime=start + timedelta(minutes=1),
        imagePrefix=f"{prefix}prefix",
        **of,
    )
    ids[f"{prefix}attachment"] = await world.add(
        DataCollectionFileAttachment, dataCollectionId=ids[f"{prefix}collection"], fileFullPath="/x.log"
    )
    times = {"startTimestamp": start, "endTimestamp": start}
    ids[f"{prefix}robot"] = await world.add(
        RobotAction, blsessionId=ids["session"], blsampleId=sample, actionType="LOAD", **times
    )
    when = {"sessionId": ids["session"], "startTime": start, "endTime": start, **of}
    ids[f"{prefix}scan"] = await world.add(EnergyScan, element="Zn", **when)
    ids[f"{prefix}spectrum"] = await world.add(XFEFluorescenceSpectrum, **when)
