"""Control software of the beamline BL1."""

import pytest

from tests.world import World

from .mxcube import MXCuBE


@pytest.fixture
async def mxcube(world: World) -> MXCuBE:
    """Logged in with the key of BL1, where the proposal's session runs."""
    client = MXCuBE(world.service, world.tokens["key"])
    await client.log_in()
    return client
