"""Worlds for questions about access."""

from pathlib import Path

import pytest

from tests.furnish import furnish
from tests.service import Service
from tests.world import World, build_world

from .shared import share_between_laboratories


@pytest.fixture(scope="session")
async def shared_world(service: Service, files_root: Path) -> World:
    """A world whose proposal is shared by two laboratories, with something behind every route."""
    return await share_between_laboratories(await furnish(await build_world(service), files_root))


@pytest.fixture(scope="session")
async def fuzzed_world(service: Service, files_root: Path) -> World:
    """One more such world, in which anything may be changed."""
    return await share_between_laboratories(await furnish(await build_world(service), files_root))
