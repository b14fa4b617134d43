"""Worlds whose proposal two laboratories share."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import delete

from pyispyb.tables import BagProposal
from tests.live.test_stream import served
from tests.world import World

from .bag import share_proposal

__all__ = ["bag", "served"]


@pytest.fixture
async def bag(world: World) -> AsyncIterator[World]:
    """A shared proposal; afterwards it is none, as the tests that follow may know of none."""
    yield await share_proposal(world)
    async with world.service.database() as db:
        await db.execute(delete(BagProposal).where(BagProposal.proposalId == world.ids["proposal"]))
