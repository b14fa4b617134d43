"""Whatever somebody holds, they see what the roles say: checked against the roles written down a second time."""

from dataclasses import dataclass
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from pyispyb.auth.secrets import digest, new_token
from pyispyb.clock import utc_now
from pyispyb.db.writes import insert_row, update_rows
from pyispyb.tables import (
    Login,
    Permission,
    Person,
    Proposal,
    ProposalHasPerson,
    Session_has_Person,
    Token,
    UserGroup,
    UserGroup_has_Permission,
    UserGroup_has_Person,
)
from tests.world import World

PROPOSALS = ("proposal", "other_proposal")
SESSIONS = {
    "session": ("proposal", "BL1"),
    "past_session": ("proposal", "BL1"),
    "coming_session": ("proposal", "BL2"),
    "other_session": ("other_proposal", "BL2"),
}
COLLECTIONS = {
    "collection": "session",
    "second_collection": "session",
    "past_collection": "past_session",
    "other_collection": "other_session",
}
STAFF = {"bl_mx": {"BL0", "BL1", "BL2"}, "bl_em": {"EM1"}}


@dataclass(frozen=True)
class Held:
    """What a person holds."""

    permissions: frozenset[str]
    member_of: frozenset[str]
    leads: str | None
    named_on: frozenset[str]

    def sees_session(self, name: str) -> bool:
        proposal, beamline = SESSIONS[name]
        return (
            "all_proposals" in self.permissions
            or any(beamline in STAFF.get(permission, ()) for permission in self.permissions)
            or proposal in self.member_of
            or proposal == self.leads
            or name in self.named_on
        )

    def sees_proposal(self, name: str) -> bool:
        return (
            name in self.member_of
            or name == self.leads
            or any(self.sees_session(session) for session, (proposal, _) in SESSIONS.items() if proposal == name)
        )


def some(*values: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=2)


HELD = st.builds(
    Held,
    permissions=some("bl_mx", "bl_em", "all_proposals", "view_activity", "manage_persons"),
    member_of=some(*PROPOSALS),
    leads=st.sampled_from((None, *PROPOSALS)),
    named_on=some(*SESSIONS),
)


async def newcomer(world: World, held: Held) -> None:
    """Make a person who holds these things; `world.tokens["newcomer"]` is theirs."""
    now, token = utc_now(), new_token()
    async with world.service.database() as db:
        person = (await insert_row(db, Person, {"familyName": "Newcomer"})).key
        for name in held.permissions:
            permission = (await insert_row(db, Permission, {"type": name, "description": name})).key
            group = (await insert_row(db, UserGroup, {"name": token[:12] + name})).key
            await db.execute(insert(UserGroup_has_Permission).values(userGroupId=group, permissionId=permission))
            await db.execute(insert(UserGroup_has_Person).values(userGroupId=group, personId=person))
        for name in held.member_of:
            await db.execute(insert(ProposalHasPerson).values(proposalId=world.ids[name], personId=person))
        for name in held.named_on:
            await insert_row(db, Session_has_Person, {"sessionId": world.ids[name], "personId": person})
        if held.leads is not None:
            await update_rows(db, Proposal, Proposal.proposalId == world.ids[held.leads], {"personId": person})
        login = (await insert_row(db, Login, {"personId": person, "plugin": "local", "createdAt": now})).key
        await db.execute(
            insert(Token).values(
                tokenHash=digest(token), loginId=login, kind="access", expiresAt=now + timedelta(hours=1)
            )
        )
    world.tokens["newcomer"] = token


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(held=HELD)
async def test_people_see_what_their_roles_grant_and_nothing_else(world: World, held: Held) -> None:
    await newcomer(world, held)
    sessions, proposals = set(), set()
    for name in PROPOSALS:
        proposal = getattr(world, name)
        sessions |= {
            row["sessionId"] for row in (await world.get("newcomer", "/sessions", proposal=proposal))["results"]
        }
        proposals |= {
            row["proposalId"] for row in (await world.get("newcomer", "/proposals", search=proposal))["results"]
        }
    assert sessions == {world.ids[name] for name in SESSIONS if held.sees_session(name)}
    assert proposals == {world.ids[name] for name in PROPOSALS if held.sees_proposal(name)}
    async with world.as_("newcomer") as client:
        for collection, session in COLLECTIONS.items():
            answer = await client.get(f"/datacollections/{world.ids[collection]}")
            assert answer.status_code == (200 if held.sees_session(session) else 404)
