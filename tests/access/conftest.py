"""A world with something behind every route, which tests of access only read."""

from pathlib import Path

import pytest

from tests.furnish import furnish
from tests.service import Service
from tests.world import World, build_world


@pytest.fixture(scope="session")
async def furnished(service: Service, files_root: Path) -> World:
    """The world of one test for many: nothing may be changed in it."""
    return await furnish(await build_world(service), files_root)
