"""A service starts on a database that it can serve, and says in a sentence what another one lacks."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy.ext.asyncio import AsyncEngine

from pyispyb.db.create import create_database
from pyispyb.db.engine import create_engine
from pyispyb.db.migrations import configuration
from pyispyb.db.ready import NotReadyError, require_ready


async def refusal(url: str) -> str:
    with pytest.raises(NotReadyError) as caught:
        await require_ready(url, connect_timeout=1.0)
    return str(caught.value)


async def back_to(engine: AsyncEngine, revision: str) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(lambda bound: command.downgrade(configuration(bound), revision))


async def test_only_a_whole_database_of_this_version_is_served(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'ispyb.sqlite'}"
    assert "There is no database at" in (found := await refusal(url))
    assert "db create" in found
    assert not list(tmp_path.iterdir()), "looking for it makes none"
    (tmp_path / "ispyb.sqlite").touch()
    assert "has no ISPyB tables" in await refusal(url)
    engine = create_engine(url)
    await create_database(engine)
    await require_ready(url, connect_timeout=1.0)
    await back_to(engine, "0001")
    assert "db upgrade" in (found := await refusal(url))
    assert "0001" in found
    await back_to(engine, "base")
    assert "missing" in await refusal(url)
    await engine.dispose()


async def test_a_server_that_does_not_answer_is_said_to() -> None:
    assert "does not answer" in await refusal("mysql+asyncmy://nobody@127.0.0.1:1/ispyb")
