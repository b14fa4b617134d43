"""What a list costs does not grow with what it shows."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from pyispyb.tables import (
    BLSample,
    BLSession,
    Container,
    Crystal,
    DataCollection,
    DataCollectionGroup,
    Proposal,
    ProposalHasPerson,
    Protein,
)
from tests.world import NOW, World

MOST = 4
"""Statements of a list, the one that tells who asks among them."""


async def _more(world: World, path: str, number: int) -> None:
    ids = world.ids
    if path == "/events":
        group = await world.add(DataCollectionGroup, sessionId=ids["session"], startTime=NOW)
        await world.add(DataCollection, dataCollectionGroupId=group, startTime=NOW)
    elif path == "/sessions":
        await world.add(
            BLSession,
            proposalId=ids["proposal"],
            beamLineName="BL1",
            startDate=NOW - timedelta(days=number),
            endDate=NOW,
            visit_number=50 + number,
        )
    elif path == "/proposals":
        added = await world.add(
            Proposal, proposalCode="st", proposalNumber=f"{world.number}{number:02}", personId=ids["member"]
        )
        async with world.service.database() as db:
            await db.execute(ProposalHasPerson.__table__.insert().values(proposalId=added, personId=ids["member"]))
    elif path == "/containers":
        await world.add(
            Container,
            beamlineLocation="BL1",
            sessionId=ids["session"],
            code=f"C{world.number}-{number}",
            priorityPipelineId=None,
        )
    elif path == "/proteins":
        await world.add(Protein, proposalId=ids["proposal"], acronym=f"p{number}")
    else:
        crystal = await world.add(Crystal, proteinId=ids["protein"])
        await world.add(BLSample, crystalId=crystal, name=f"s{number}")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/events", {"sessionId": "{session}"}),
        ("/events", {"proposalId": "{proposal}"}),
        ("/sessions", {"proposalId": "{proposal}"}),
        ("/proposals", {}),
        ("/samples", {"proposal": "{name}"}),
        ("/proteins", {"proposal": "{name}"}),
        ("/containers", {"proposal": "{name}"}),
        ("/containers", {"sessionId": "{session}"}),
    ],
    ids=str,
)
async def test_a_list_of_many_takes_no_more_statements_than_one_of_few(
    world: World, statements_of: Callable[..., Awaitable[tuple[int, int]]], path: str, query: dict[str, str]
) -> None:
    asked = {key: value.format(**world.ids, name=world.proposal) for key, value in query.items()}
    await _more(world, path, 0)
    few, rows_before = await statements_of(world, path, **asked)
    for number in range(1, 13):
        await _more(world, path, number)
    many, rows_after = await statements_of(world, path, **asked)
    if path != "/containers" or "sessionId" in query:
        assert rows_after == rows_before + 12
    assert many == few <= MOST
