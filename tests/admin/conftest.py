"""A database of its own, where nobody else's world has administrators."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import BACKENDS, make_settings, new_database
from tests.service import running_service
from tests.world import World, build_world


@pytest.fixture(params=BACKENDS)
async def alone(request: pytest.FixtureRequest, tmp_path: Path, files_root: Path) -> AsyncIterator[World]:
    """The only world of its database."""
    url = await new_database(request.param, request, tmp_path)
    async with running_service(make_settings(url, files_root)) as service:
        yield await build_world(service)
