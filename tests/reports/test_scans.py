"""Heat maps of grid scans in a session's report: the right value in the right box, where it lies on the crystal."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pyispyb.db.writes import update_rows
from pyispyb.reports import scans
from pyispyb.reports.heatmap import colours, heat_map, legend
from pyispyb.reports.scans import METRICS, Scan
from pyispyb.tables import DataCollection, DataCollectionGroup, GridInfo
from tests.sharing.bag import THEIRS, share_proposal
from tests.world import World

from .results import ON_ONE
from .test_report import fetch, text_of

GRID = {
    "steps_x": 3,
    "steps_y": 2,
    "dx_mm": 0.02,
    "dy_mm": 0.01,
    "orientation": "horizontal",
    "snaked": True,
    "micronsPerPixelX": 0.5,
    "micronsPerPixelY": 0.5,
    "snapshot_offsetXPixel": 100,
    "snapshot_offsetYPixel": 50,
}


async def scan(world: World, collection: str, values: list[float | None], first: int = 1, **grid: Any) -> None:
    """A scan of a collection of the world, with Dozor scores from its first image on."""
    key = world.ids[collection]
    async with world.service.database() as db:
        of = DataCollection.dataCollectionId == key
        await update_rows(db, DataCollection, of, {"numberOfImages": len(values), "startImageNumber": first})
        mesh = DataCollectionGroup.dataCollectionGroupId == world.ids[collection.replace("collection", "group")]
        await update_rows(db, DataCollectionGroup, mesh, {"experimentType": "Mesh"})
    numbers = list(range(first, first + len(values)))
    sent = [
        ("/datacollections/grid-info", {"dataCollectionId": key, **GRID, **grid}),
        ("/datacollections/quality", {"dataCollectionId": key, "imageNumber": numbers, "dozor_score": values}),
    ]
    async with world.as_("key") as client:
        for path, document in sent:
            answer = await client.post(path, json=document)
            assert answer.status_code == 201, answer.text


async def test_a_scan_is_drawn_over_its_crystal(world: World, files_root: Path) -> None:
    picture = files_root / f"{world.number}-crystal.png"
    Image.new("RGB", (640, 480), "white").save(picture)
    async with world.service.database() as db:
        of = DataCollection.dataCollectionId == world.ids["collection"]
        await update_rows(db, DataCollection, of, {"xtalSnapshotFullPath1": str(picture), "axisStart": 90})
    await scan(world, "collection", [0, 1, 2, None, 4, 30.5], first=11, snaked=False)  # not kept everywhere
    reader = await fetch(world)
    text = text_of(reader)
    for told in ("Grid scan", "Dozor score", "ω 90° · best 30.5 at column 3, row 2"):
        assert told in text, told
    (drawn,) = [image for page in reader.pages for image in page.images]
    shown = pixels(drawn.data)
    high, wide, _ = shown.shape
    assert wide / high == pytest.approx(172.8 / 92.8, rel=0.01)  # 120 × 40 and a margin of 26.4
    red, green, blue = shown[int(high * 0.6), int(wide * (26.4 + 100) / 172.8)]
    assert (red > 200, green > 200, blue < 130) == (True, True, True), "the best box shines"
    assert shown[3, 3].min() > 250, "around the grid the crystal is seen"


async def test_what_no_picture_fits_is_drawn_alone(world: World) -> None:
    await scan(world, "collection", [0.5] * 6, micronsPerPixelX=None)
    reader = await fetch(world)
    assert "best 0.5 at column 1, row 1" in text_of(reader)
    assert len([image for page in reader.pages for image in page.images]) == 1


@pytest.mark.parametrize(
    ("upright", "snaked", "seen"),
    [
        (False, False, [[1, 2, 3], [4, 5, 6]]),
        (False, True, [[1, 2, 3], [6, 5, 4]]),
        (True, False, [[1, 3, 5], [2, 4, 6]]),
        (True, True, [[1, 4, 5], [2, 3, 6]]),
    ],
)
def test_boxes_stand_as_they_were_scanned(upright: bool, snaked: bool, seen: list[list[float]]) -> None:
    grid = {**GRID, "orientation": "vertical" if upright else "horizontal", "snaked": snaked}
    numbers = np.array([7, 8, 9, 10, 11, 12, 13, 6], dtype=float)
    values = scans._as_seen(numbers, np.array([1, 2, 3, 4, 5, 6, 99, 99], dtype=float), grid, 7)
    assert values.tolist() == seen, "images beyond the grid are of none of its boxes"


def test_the_first_indicator_that_a_scan_has_is_told_and_noise_does_not_shine() -> None:
    dozor, resolution = METRICS[0], METRICS[4]
    values = np.array([[0.1, np.nan], [0.2, 0.3]])
    assert drawn_of(values, dozor).span == (0.1, 5)
    assert drawn_of(values, dozor).best == (1, 1)
    assert drawn_of(values, resolution).span == (0.1, 0.3)
    assert drawn_of(values, resolution).best == (0, 0)


def drawn_of(values: Any, metric: Any = METRICS[0], place: Any = None, turn: float = 0) -> Scan:
    return Scan(values, metric, place, turn, values.shape[1] / values.shape[0], None, None)  # type: ignore[arg-type]


def test_a_turned_grid_is_drawn_turned_about_its_middle() -> None:
    values = np.array([[100.0, 100.0, 100.0]])
    upright = pixels(
        heat_map(drawn_of(values, place=(50, 90, 100, 20), turn=90), Image.new("RGB", (200, 200), "white"))
    )
    flat = pixels(heat_map(drawn_of(values, place=(50, 90, 100, 20)), Image.new("RGB", (200, 200), "white")))
    covered_down, covered_across = (upright.min(axis=2) < 200).any(axis=1), (flat.min(axis=2) < 200).any(axis=0)
    assert covered_down.mean() == pytest.approx(100 / 144, abs=0.03)
    assert covered_across.mean() == pytest.approx(100 / 144, abs=0.03)


def pixels(jpeg: bytes) -> Any:
    with Image.open(io.BytesIO(jpeg)) as image:
        return np.asarray(image.convert("RGB"))


def test_a_line_of_very_many_boxes_is_drawn_all_the_same() -> None:
    assert pixels(heat_map(drawn_of(np.ones((1, 5000))), None)).shape == (8, 480, 3)


def test_colours_are_those_of_the_page() -> None:
    assert colours(np.array([-1.0, 0.05, 1.0, 2.0])).tolist() == [
        [68, 1, 84],
        [70, 18, 100],
        [253, 231, 37],
        [253, 231, 37],
    ]
    assert len(legend()) == 11


@ON_ONE
async def test_only_so_many_boxes_are_drawn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await scan(world, "collection", [1.0] * 6)
    monkeypatch.setattr(scans, "MOST_BOXES", 5)
    reader = await fetch(world)
    assert "Grid scans are drawn as far as" in text_of(reader)
    assert "Dozor" not in text_of(reader)


@ON_ONE
async def test_a_grid_that_nothing_was_measured_of_yet_is_no_scan(world: World) -> None:
    async with world.as_("key") as client:
        answer = await client.post(
            "/datacollections/grid-info", json={"dataCollectionId": world.ids["collection"], **GRID}
        )
    assert answer.status_code == 201, answer.text
    assert "Dozor" not in text_of(await fetch(world))


@ON_ONE
async def test_a_grid_without_size_is_no_scan(world: World) -> None:
    await scan(world, "collection", [1.0] * 6)
    for steps in ({"steps_x": -3, "steps_y": -2}, {"steps_x": None}, {"steps_x": 0}):
        async with world.service.database() as db:
            await update_rows(db, GridInfo, GridInfo.dataCollectionId == world.ids["collection"], steps)
        assert "Dozor" not in text_of(await fetch(world))


async def test_scans_of_another_laboratory_are_not_drawn(world: World) -> None:
    bag = await share_proposal(world)
    await scan(bag, "their_collection", [1, 2, 3, 4, 5, 77])
    ours, theirs = text_of(await fetch(bag, "member")), text_of(await fetch(bag, THEIRS))
    assert "best 77" in theirs
    assert "Dozor" not in ours
