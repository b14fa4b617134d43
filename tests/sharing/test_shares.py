"""What is shown across laboratories, to whom, by whom, and how it is taken back."""

from typing import Any

import orjson
import pytest
from sqlalchemy import select, update

from pyispyb.tables import Audit, BagProposal, Container, Person, Proposal, ProposalHasPerson, Protein, Share
from tests.world import World

from .bag import LEADER, OUTSIDER, THEIRS
from .test_bag import is_seen


async def share(world: World, role: str, **sent: Any) -> dict[str, Any]:
    """A share that somebody makes; it must succeed."""
    async with world.as_(role) as client:
        answer = await client.post("/shares", json=sent)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def take_back(world: World, role: str, share_id: int) -> int:
    async with world.as_(role) as client:
        return (await client.delete(f"/shares/{share_id}")).status_code


async def test_a_sample_is_shown_to_a_person_until_it_is_taken_back(bag: World) -> None:
    sample, collection = f"/samples/{bag.ids['their_sample']}", f"/datacollections/{bag.ids['their_collection']}"
    made = await share(bag, THEIRS, blSampleId=bag.ids["their_sample"], personId=bag.ids["member"])
    assert (made["name"], made["familyName"], made["sharedBy"]) == (
        "secret-1",
        f"member {bag.number}",
        f"Test {THEIRS} {bag.number}",
    )
    assert await is_seen(bag, "member", sample)
    assert await is_seen(bag, "member", collection)
    assert not await is_seen(bag, "session_member", sample)
    events = await bag.get("member", "/events", sessionId=bag.ids["session"], total="exact")
    assert (len(events["results"]), events["total"]) == (7, 7)
    assert await take_back(bag, THEIRS, made["shareId"]) == 204
    assert not await is_seen(bag, "member", sample)
    assert not await is_seen(bag, "member", collection)
    assert await take_back(bag, THEIRS, made["shareId"]) == 404


async def test_a_protein_is_shown_with_its_samples_to_a_laboratory(bag: World) -> None:
    await share(bag, THEIRS, proteinId=bag.ids["their_protein"], laboratoryId=bag.ids["our_laboratory"])
    for role in ("member", "session_member"):
        assert await is_seen(bag, role, f"/proteins/{bag.ids['their_protein']}")
        assert await is_seen(bag, role, f"/samples/{bag.ids['their_sample']}")
    assert not await is_seen(bag, OUTSIDER, f"/samples/{bag.ids['their_sample']}")


async def test_a_shared_sample_shows_no_other_sample_of_its_protein(bag: World) -> None:
    await share(bag, "member", blSampleId=bag.ids["sample1"], login=bag.logins[THEIRS])
    assert await is_seen(bag, THEIRS, f"/samples/{bag.ids['sample1']}")
    assert not await is_seen(bag, THEIRS, f"/samples/{bag.ids['sample2']}")
    protein = await bag.get(THEIRS, f"/proteins/{bag.ids['protein']}")
    assert (protein["_metadata"]["samples"], protein["_metadata"]["datacollections"]) == (1, 2)


async def test_somebody_outside_gets_the_sample_its_results_and_the_name_of_the_proposal(bag: World) -> None:
    await share(bag, THEIRS, blSampleId=bag.ids["their_sample"], login=bag.logins[OUTSIDER])
    ids = bag.ids
    proposals = (await bag.get(OUTSIDER, "/proposals"))["results"]
    assert [row["proposal"] for row in proposals] == [bag.proposal]
    assert proposals[0]["_metadata"]["sessions"] == proposals[0]["_metadata"]["persons"] == 0
    samples = await bag.get(OUTSIDER, "/samples", total="exact")
    assert [row["blSampleId"] for row in samples["results"]] == [ids["their_sample"]]
    assert samples["results"][0]["_metadata"]["datacollections"] == 1
    events = await bag.get(OUTSIDER, "/events", blSampleId=ids["their_sample"], total="exact")
    assert (len(events["results"]), events["total"]) == (4, 4)
    for path, query in (
        ("/sessions", {}),
        ("/events", {}),
        ("/events", {"sessionId": ids["session"]}),
        ("/events", {"proposal": bag.proposal}),
        ("/persons", {"proposal": bag.proposal}),
        ("/persons", {"sessionId": ids["session"]}),
    ):
        paging = {} if path == "/persons" else {"total": "exact"}
        found = await bag.get(OUTSIDER, path, **query, **paging)
        assert (path, found["results"], found["total"]) == (path, [], 0)
    assert await bag.get(OUTSIDER, "/events/types") == []
    for hidden in (
        f"/sessions/{ids['session']}",
        f"/samples/{ids['sample1']}",
        f"/datacollections/{ids['collection']}",
        f"/proteins/{ids['protein']}",
        f"/sessions/{ids['session']}/access",
    ):
        assert not await is_seen(bag, OUTSIDER, hidden)
    people = await bag.get(OUTSIDER, f"/samples/{ids['their_sample']}/access")
    assert (people["people"], people["groups"], people["keys"], people["complete"]) == ([], [], [], False)
    assert people["you"] == {"may": ["see"], "because": f"It is shared with you by Test {THEIRS} {bag.number}."}


async def test_a_receiver_is_told_of_no_session_unless_they_see_it(bag: World) -> None:
    ids = bag.ids
    async with bag.service.database() as db:
        there = Container.containerId == ids["container"]
        await db.execute(update(Container).where(there).values(sessionId=ids["session"]))
    for role in (OUTSIDER, "member"):
        await share(bag, THEIRS, blSampleId=ids["their_sample"], login=bag.logins[role])
    for role, sees in ((OUTSIDER, False), ("member", True), (THEIRS, True), ("administrator", True)):
        for name, of, number in (("blSampleId", "their_sample", 4), ("dataCollectionGroupId", "their_group", 1)):
            events = (await bag.get(role, "/events", **{name: ids[of]}))["results"]
            named = [(event["session"], event["proposal"]) for event in events]
            assert (role, named) == (role, [(f"{bag.proposal}-1" if sees else None, bag.proposal)] * number)
        collection = await bag.get(role, f"/datacollections/{ids['their_collection']}")
        assert (role, collection["session"]) == (role, f"{bag.proposal}-1" if sees else None)
        container = await bag.get(role, f"/containers/{ids['container']}")
        assert (role, container["sessionId"]) == (role, ids["session"] if sees else None)
        assert (container["dewarId"] is not None) == sees
        assert container["_metadata"]["proposal"] == bag.proposal


async def test_what_is_shared_with_me_is_not_mine_to_share_or_to_remark_on(bag: World) -> None:
    await share(bag, THEIRS, blSampleId=bag.ids["their_sample"], personId=bag.ids["member"])
    on = {"blSampleId": bag.ids["their_sample"], "login": bag.logins[OUTSIDER]}
    assert (await bag.refused("member", "POST", "/shares", json=on))["status"] == 403
    path = f"/datacollections/{bag.ids['their_collection']}"
    assert (await bag.refused("member", "PATCH", path, json={"comments": "mine"}))["status"] == 403
    on = {"proteinId": bag.ids["their_protein"], "login": bag.logins[OUTSIDER]}
    assert (await bag.refused("member", "POST", "/shares", json=on))["status"] == 403


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("nobody", 401),
        ("stranger", 404),
        ("member", 404),
        ("session_member", 404),
        ("staff", 403),
        ("administrator", 403),
        ("key", 403),
        (THEIRS, 201),
        (LEADER, 201),
    ],
)
async def test_only_their_laboratory_and_the_leader_share_a_sample(bag: World, role: str, status: int) -> None:
    sent = {"blSampleId": bag.ids["their_sample"], "laboratoryId": bag.ids["our_laboratory"]}
    async with bag.as_(role) as client:
        answer = await client.post("/shares", json=sent)
    assert answer.status_code == status, answer.text
    assert await is_seen(bag, "member", f"/samples/{bag.ids['their_sample']}") == (status == 201)


async def test_in_an_ordinary_proposal_only_the_leader_shares(world: World) -> None:
    sent = {"blSampleId": world.ids["sample1"], "login": world.logins["stranger"]}
    problem = await world.refused("member", "POST", "/shares", json=sent)
    assert problem["status"] == 403
    assert "leader of the proposal" in problem["detail"]


async def test_sharing_a_protein_of_several_laboratories_is_the_leader_s(bag: World) -> None:
    """A protein that names nobody may have samples of every laboratory: one of them must not show the others'."""
    async with bag.service.database() as db:
        table = Protein.__table__
        await db.execute(table.update().where(table.c.proteinId == bag.ids["protein"]).values(personId=None))
        await db.execute(Share.__table__.delete().where(Share.proposalId == bag.ids["proposal"]))
    await share(bag, LEADER, blSampleId=bag.ids["sample1"], personId=bag.ids["member"])
    sent = {"proteinId": bag.ids["protein"], "login": bag.logins[OUTSIDER]}
    assert (await bag.refused("member", "POST", "/shares", json=sent))["status"] == 403


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"personId": "stranger"}, "personId"),
        ({"laboratoryId": "third_laboratory"}, "laboratoryId"),
        ({"personId": "missing"}, "personId"),
    ],
)
async def test_keys_of_people_and_laboratories_outside_are_not_to_be_guessed(
    bag: World, sent: dict[str, str], field: str
) -> None:
    ids = {**bag.ids, "missing": 2**31 - 1}
    body = {"blSampleId": ids["their_sample"], **{name: ids[value] for name, value in sent.items()}}
    problem = await bag.refused(THEIRS, "POST", "/shares", json=body)
    assert problem["status"] == 422
    assert [error["path"] for error in problem["errors"]] == [field]
    assert "stranger" not in problem["detail"]


async def test_an_unknown_login_is_refused(bag: World) -> None:
    body = {"blSampleId": bag.ids["their_sample"], "login": "nobody-has-this"}
    assert (await bag.refused(THEIRS, "POST", "/shares", json=body))["status"] == 422


async def test_a_login_names_one_person_whatever_the_database_takes_for_the_same(bag: World) -> None:
    person = await bag.add(Person, login=f"jos\u00e9{bag.number}", familyName="Accent")
    for login in (f"jose{bag.number}", f"jos\u00e9{bag.number} ", f"JOS\u00c9{bag.number}", "\u0416\u0416"):
        body = {"blSampleId": bag.ids["their_sample"], "login": login}
        problem = await bag.refused(THEIRS, "POST", "/shares", json=body)
        assert (problem["status"], [error["path"] for error in problem["errors"]]) == (422, ["login"])
    made = await share(bag, THEIRS, blSampleId=bag.ids["their_sample"], login=f"JOS\u00e9{bag.number}")
    assert made["personId"] == person


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"blSampleId": 1},
        {"blSampleId": 1, "proteinId": 1, "personId": 1},
        {"blSampleId": 1, "personId": 1, "login": "x"},
        {"personId": 1},
    ],
)
async def test_a_share_names_one_thing_and_one_receiver(bag: World, sent: dict[str, Any]) -> None:
    assert (await bag.refused(THEIRS, "POST", "/shares", json=sent))["status"] == 422


async def test_shared_twice_is_one_share(bag: World) -> None:
    sent = {"blSampleId": bag.ids["their_sample"], "personId": bag.ids["member"]}
    first, second = await share(bag, THEIRS, **sent), await share(bag, LEADER, **sent)
    assert first["shareId"] == second["shareId"]
    assert await take_back(bag, LEADER, first["shareId"]) == 204
    assert not await is_seen(bag, "member", f"/samples/{bag.ids['their_sample']}")


@pytest.mark.parametrize("role", [THEIRS, LEADER])
async def test_an_answer_is_not_repeated_to_whoever_may_share_no_more(bag: World, role: str) -> None:
    sent = {"blSampleId": bag.ids["their_sample"], "personId": bag.ids["member"]}
    async with bag.as_(role) as client:
        client.headers["Idempotency-Key"] = f"share-{bag.number}"
        first = await client.post("/shares", json=sent)
        again = await client.post("/shares", json=sent)
        assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
        async with bag.service.database() as db:
            gone = ProposalHasPerson.personId == bag.ids[role]
            await db.execute(ProposalHasPerson.__table__.delete().where(gone))
            of_proposal = Proposal.proposalId == bag.ids["proposal"]
            await db.execute(update(Proposal).where(of_proposal).values(personId=bag.ids["stranger"]))
        assert (await client.post("/shares", json=sent)).status_code == 404
    async with bag.service.database() as db:
        member = {"proposalId": bag.ids["proposal"], "personId": bag.ids[role]}
        await db.execute(ProposalHasPerson.__table__.insert().values(member))
        await db.execute(BagProposal.__table__.delete().where(BagProposal.proposalId == bag.ids["proposal"]))
    async with bag.as_(role) as client:
        refused = await client.post("/shares", json=sent, headers={"Idempotency-Key": f"share-{bag.number}"})
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("nobody", 401),
        ("stranger", 404),
        ("session_member", 404),
        ("member", 403),
        ("staff", 403),
        ("key", 404),
        (THEIRS, 204),
        (LEADER, 204),
        ("administrator", 204),
    ],
)
async def test_who_takes_a_share_back(bag: World, role: str, status: int) -> None:
    made = await share(bag, THEIRS, blSampleId=bag.ids["their_sample"], personId=bag.ids["member"])
    assert await take_back(bag, role, made["shareId"]) == status
    assert await is_seen(bag, "member", f"/samples/{bag.ids['their_sample']}") == (status != 204)


async def test_who_shared_it_takes_it_back_after_leaving_the_proposal(bag: World) -> None:
    made = await share(bag, THEIRS, blSampleId=bag.ids["their_sample"], personId=bag.ids["member"])
    async with bag.service.database() as db:
        gone = ProposalHasPerson.personId == bag.ids[THEIRS]
        await db.execute(ProposalHasPerson.__table__.delete().where(gone))
    assert not await is_seen(bag, THEIRS, f"/samples/{bag.ids['their_sample']}")
    assert await take_back(bag, THEIRS, made["shareId"]) == 204


async def test_shares_are_listed_to_those_they_concern(bag: World) -> None:
    made = await share(bag, THEIRS, proteinId=bag.ids["their_protein"], personId=bag.ids["member"])
    listed = {
        role: [row["shareId"] for row in (await bag.get(role, "/shares", proposal=bag.proposal))["results"]]
        for role in (THEIRS, LEADER, "member", "session_member", "staff", "administrator", "stranger", "key")
    }
    seen = [made["shareId"]]
    assert listed == {
        **dict.fromkeys((THEIRS, LEADER, "member", "staff", "administrator"), seen),
        **{role: [] for role in ("session_member", "stranger", "key")},
    }
    of_sample = await bag.get("member", "/shares", blSampleId=bag.ids["their_sample"])
    assert [row["shareId"] for row in of_sample["results"]] == seen
    assert (await bag.get("member", "/shares", blSampleId=bag.ids["sample1"]))["results"] == []
    may = {
        role: (await bag.get(role, "/shares"))["results"][0]["_metadata"]["may"] for role in (THEIRS, LEADER, "member")
    }
    assert may == {THEIRS: ["see", "take back"], LEADER: ["see", "take back"], "member": ["see"]}


async def test_sharing_leaves_its_trace(bag: World) -> None:
    made = await share(bag, THEIRS, blSampleId=bag.ids["their_sample"], personId=bag.ids["member"])
    await take_back(bag, LEADER, made["shareId"])
    async with bag.as_(LEADER) as client:
        for wanted in (False, False, True):
            await client.patch(f"/proposals/{bag.proposal}/sharing", json={"bag": wanted})
    people = [f"person:{bag.ids[role]}" for role in (THEIRS, LEADER)]
    async with bag.service.database() as db:
        found = select(Audit.action, Audit.subject, Audit.objectId, Audit.detail)
        rows = await db.all(found.where(Audit.subject.in_(people)).order_by(Audit.auditId))
    assert [(row.action, row.subject) for row in rows] == [
        ("share.create", people[0]),
        ("share.revoke", people[1]),
        ("proposal.bag", people[1]),
        ("proposal.bag", people[1]),
    ]
    assert rows[0].objectId == rows[1].objectId == str(made["shareId"])
    assert orjson.loads(rows[0].detail)["personId"] == bag.ids["member"]
    assert [orjson.loads(row.detail)["bag"] for row in rows[2:]] == [False, True]
