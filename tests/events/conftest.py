"""What a list costs, as the log tells."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import pytest

from tests.world import World


@pytest.fixture
def statements_of(caplog: pytest.LogCaptureFixture) -> Callable[..., Awaitable[tuple[int, int]]]:
    """Statements that a list took, as the log tells, and how many rows it showed."""

    async def ask(world: World, path: str, **query: Any) -> tuple[int, int]:
        caplog.clear()
        with caplog.at_level("INFO", logger="pyispyb.requests"):
            found = await world.get("member", path, **query)
        (line,) = [record.getMessage() for record in caplog.records if record.name == "pyispyb.requests"]
        rows = found if isinstance(found, list) else found["results"]
        return orjson.loads(line)["statements"], len(rows)

    return ask
