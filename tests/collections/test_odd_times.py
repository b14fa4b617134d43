"""Times at the ends of the calendar, as other programs may write them, break no route."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from pyispyb.tables import (
    BLSession,
    DataCollection,
    DataCollectionGroup,
    EnergyScan,
    XFEFluorescenceSpectrum,
)
from tests.access.test_reads import READS, address
from tests.furnish import furnish
from tests.world import World

TIMES: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (BLSession.sessionId, "session", ("startDate", "endDate")),
    (DataCollection.dataCollectionId, "collection", ("startTime",)),
    (DataCollectionGroup.dataCollectionGroupId, "group", ("startTime",)),
    (EnergyScan.energyScanId, "energy_scan", ("startTime", "endTime")),
    (XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId, "spectrum", ("startTime", "endTime")),
)
"""Times of the first session of a world, by the key of their row."""

LAST, FIRST = datetime(9999, 12, 31, 23, 59, 59), datetime(1, 1, 1)


async def write(world: World, **values: object) -> None:
    """Change a collection as another program would."""
    async with world.service.database() as db:
        this = DataCollection.dataCollectionId == world.ids["collection"]
        await db.execute(update(DataCollection).where(this).values(endTime=None, **values))


@pytest.mark.parametrize(
    ("start", "images", "exposure"),
    [(LAST, 3600, 0.1), (LAST, 2_000_000_000, 1e30), (FIRST, 10, -1.0), (LAST, 1, -1e30)],
)
async def test_an_end_beyond_the_calendar_is_not_known(
    world: World, start: datetime, images: int, exposure: float
) -> None:
    await write(world, startTime=start, numberOfImages=images, exposureTime=exposure)
    found = await world.get("member", f"/datacollections/{world.ids['collection']}")
    assert found["startTime"] == start.isoformat()
    assert found["endTime"] is None
    assert found["_metadata"]["endTimeExpected"]


@pytest.mark.parametrize("time", [FIRST, LAST], ids=["first", "last"])
async def test_no_route_breaks_at_the_ends_of_the_calendar(world: World, files_root: Path, time: datetime) -> None:
    await furnish(world, files_root)
    async with world.service.database() as db:
        for key, name, columns in TIMES:
            await db.execute(update(key.class_).where(key == world.ids[name]).values(dict.fromkeys(columns, time)))
    async with world.as_("administrator") as client:
        for read in READS:
            if not read.path.endswith("/live") and not read.refused:
                answer = await client.get(address(world, read))
                assert answer.status_code in {200, 404}, (read, answer.text)
