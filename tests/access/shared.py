"""A proposal that two laboratories share: the world of the tests, and a colleague of the other laboratory."""

from datetime import timedelta

import orjson
from sqlalchemy import insert, select

from pyispyb.auth.secrets import digest, new_api_token, new_token
from pyispyb.clock import utc_now
from pyispyb.db.writes import insert_row, update_rows
from pyispyb.tables import (
    ApiKey,
    BagProposal,
    EnergyScan,
    Laboratory,
    Login,
    Person,
    Proposal,
    ProposalHasPerson,
    Protein,
    Token,
    XFEFluorescenceSpectrum,
)
from tests.world import World

LEADER = "leader"
OTHER_LABORATORY = "other_laboratory"
EXPIRED = "expired_key"
LIFE = timedelta(hours=1)


async def share_between_laboratories(world: World) -> World:
    """Mark the proposal as shared by two laboratories; its sample is of the member's."""
    now = utc_now()
    ids = world.ids
    async with world.service.database() as db:
        ours = (await insert_row(db, Laboratory, {"name": f"Ours {world.number}"})).key
        theirs = (await insert_row(db, Laboratory, {"name": f"Theirs {world.number}"})).key
        colleague = await insert_row(
            db, Person, {"login": f"colleague{world.number}", "familyName": "Other", "laboratoryId": theirs}
        )
        ids["laboratory"], ids["other_person"] = ours, colleague.key
        await db.execute(insert(ProposalHasPerson).values(proposalId=ids["proposal"], personId=colleague.key))
        for role in ("member", "session_member"):
            await update_rows(db, Person, Person.personId == ids[role], {"laboratoryId": ours})
        await update_rows(db, Protein, Protein.proteinId == ids["protein"], {"personId": ids["member"]})
        for table, key, made in (
            (EnergyScan, EnergyScan.energyScanId, ids["energy_scan"]),
            (XFEFluorescenceSpectrum, XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId, ids["spectrum"]),
        ):
            await update_rows(db, table, key == made, {"blSampleId": ids["sample1"]})
        await db.execute(insert(BagProposal).values(proposalId=ids["proposal"], markedAt=now))
        leader = await db.scalar(select(Proposal.personId).where(Proposal.proposalId == ids["proposal"]))
    world.tokens[LEADER] = await log_in(world, leader)
    world.tokens[OTHER_LABORATORY] = await log_in(world, ids["other_person"])
    world.tokens[EXPIRED] = await make_key(world, "BL1", expired=True)
    return world


async def log_in(world: World, person: int) -> str:
    """An access token of a new log-in; `ids["login"]` is its number."""
    token, now = new_token(), utc_now()
    async with world.service.database() as db:
        login = world.ids["login"] = (
            await insert_row(db, Login, {"personId": person, "plugin": "local", "createdAt": now})
        ).key
        await db.execute(
            insert(Token).values(tokenHash=digest(token), loginId=login, kind="access", expiresAt=now + LIFE)
        )
    return token


async def make_key(world: World, beamline: str, *, expired: bool = False) -> str:
    """A new key of a beamline; `ids["api_key"]` is its number."""
    token, now = new_api_token(), utc_now()
    async with world.service.database() as db:
        made = await insert_row(
            db,
            ApiKey,
            {
                "name": f"extra-{digest(token)[:12]}",
                "secretHash": digest(token),
                "scopes": "read acquisition:write processing:write",
                "beamLines": orjson.dumps([beamline]).decode(),
                "createdAt": now,
                "expiresAt": now - timedelta(minutes=1) if expired else None,
            },
        )
    world.ids["api_key"] = made.key
    return token
