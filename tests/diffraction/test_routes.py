"""Images over HTTP: as numbers, as a picture, told about; and what is answered where there is none."""

import asyncio
import io
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image as Picture
from sqlalchemy import update

from pyispyb.keys import LARGEST_KEY
from pyispyb.tables import DataCollection, Detector, Image
from tests.world import World

from .detectors import DEAD, HEIGHT, WIDTH, frame, write_cbf, write_series


@pytest.fixture
def folder(files_root: Path, tmp_path: Path) -> Path:
    inside = files_root / tmp_path.name
    inside.mkdir()
    return inside


async def recorded(world: World, folder: Path, template: str, **columns: Any) -> int:
    """The collection of the world, with these files."""
    key = world.ids["collection"]
    values = {"imageDirectory": f"{folder}/", "fileTemplate": template, "startImageNumber": 1, "numberOfImages": 6}
    async with world.service.database() as db:
        await db.execute(
            update(DataCollection).where(DataCollection.dataCollectionId == key).values({**values, **columns})
        )
    return key


async def get(world: World, what: str, key: int, headers: dict[str, str] | None = None, **query: Any) -> httpx.Response:
    async with world.as_("member") as client:
        return await client.get(f"/data/images{what}", params={"dataCollectionId": key, **query}, headers=headers)


def pixels(answer: httpx.Response) -> Any:
    """What a client makes of the bytes."""
    assert answer.status_code == 200, answer.text
    shape = int(answer.headers["X-Image-Height"]), int(answer.headers["X-Image-Width"])
    return np.frombuffer(answer.content, np.dtype(answer.headers["X-Image-Type"]).newbyteorder("<")).reshape(shape)


async def test_an_image_is_sent_as_numbers(world: World, folder: Path) -> None:
    write_series(folder)
    key = await recorded(world, folder, "x_1_master.h5")
    wanted = frame(4)
    wanted[DEAD] = 2**16 - 1
    answer = await get(world, "", key, imageNumber=5, type="counts")
    assert np.array_equal(pixels(answer), wanted)
    assert answer.headers["X-Image-Masked"] == "65535"
    assert "private" in answer.headers["Cache-Control"]
    floats = pixels(await get(world, "", key, imageNumber=5))
    assert floats.dtype == np.float32
    assert (floats[DEAD], floats[10, 20]) == (-1, 1004)
    small = pixels(await get(world, "", key, imageNumber=5, type="counts", binning=10))
    assert small.shape == (HEIGHT // 10, WIDTH // 10)
    assert small[1, 2] == 1004
    added = await get(world, "", key, imageNumber=2, type="counts", frames=3)
    assert pixels(added)[10, 20] == 1001 + 1002 + 1003
    assert answer.headers["ETag"] != added.headers["ETag"]


@pytest.mark.parametrize("encoding", ["zstd", "gzip", "identity"])
async def test_numbers_are_packed_as_the_client_takes_them(world: World, folder: Path, encoding: str) -> None:
    write_series(folder)
    key = await recorded(world, folder, "x_1_master.h5")
    answer = await get(world, "", key, {"Accept-Encoding": encoding}, type="counts")
    assert answer.headers.get("Content-Encoding", "identity") == encoding
    assert pixels(answer)[10, 20] == 1000


async def test_an_image_that_a_client_has_is_not_sent_again(world: World, folder: Path) -> None:
    write_series(folder)
    key = await recorded(world, folder, "x_1_master.h5")
    for what in ("", "/preview"):
        tag = (await get(world, what, key)).headers["ETag"]
        again = await get(world, what, key, {"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert (await get(world, what, key, {"If-None-Match": tag}, imageNumber=2)).status_code == 200


async def test_a_picture_has_about_the_width_that_is_asked_for(world: World, folder: Path) -> None:
    write_series(folder)
    key = await recorded(world, folder, "x_1_master.h5")
    sizes = {}
    for width in (16, 30, 1000):
        answer = await get(world, "/preview", key, width=width, imageNumber=1)
        assert answer.headers["content-type"] == "image/png"
        with Picture.open(io.BytesIO(answer.content)) as picture:
            sizes[width] = picture.size
    assert sizes == {16: (15, 10), 30: (30, 20), 1000: (60, 40)}
    async with world.as_("member") as client:
        told = await client.head("/data/images/preview", params={"dataCollectionId": key})
    assert (told.status_code, told.content) == (200, b"")


async def test_the_header_says_where_each_value_came_from(world: World, folder: Path) -> None:
    write_series(folder)
    key = await recorded(
        world, folder, "x_1_master.h5", detectorDistance=213.5, wavelength=0.98, axisRange=0.2, totalAbsorbedDose=3.5
    )
    header = await world.get("member", "/data/images/header", dataCollectionId=key)
    assert (header["format"], header["imagesOnDisk"], header["width"], header["height"]) == ("HDF5", 6, WIDTH, HEIGHT)
    assert header["detectorDistance"] == {"value": pytest.approx(200), "source": "image", "database": 213.5}
    assert header["dose"] == {"value": 3.5, "source": "database", "database": 3.5}
    radius = 19.5 * 0.075
    theta = np.arctan(radius / 200) / 2
    assert header["resolution"]["value"] == pytest.approx(0.9763 / (2 * np.sin(theta)))
    assert header["resolution"]["source"] == "computed"
    assert header["braggy_hdr"] is None
    braggy = (await world.get("member", "/data/images/header", dataCollectionId=key, imageNumber=3))["braggy_hdr"]
    assert braggy["detector_distance"] == pytest.approx(0.2)
    assert (braggy["beam_ocx"], braggy["max"], braggy["min"]) == (-0.5, 1002, 0)


async def test_what_the_image_does_not_say_the_database_does(world: World, folder: Path) -> None:
    write_series(folder, files=1)
    (folder / "x_1_data_000001.h5").rename(folder / "bare.h5")
    detector = await world.add(
        Detector, detectorModel="X", detectorPixelSizeHorizontal=0.2, detectorPixelSizeVertical=0.1
    )
    key = await recorded(
        world, folder, "bare.h5", detectorDistance=213.5, exposureTime=0.02, xBeam=6.0, yBeam=2.0, detectorId=detector
    )
    header = await world.get("member", "/data/images/header", dataCollectionId=key)
    assert header["detectorDistance"] == {"value": 213.5, "source": "database", "database": 213.5}
    assert header["exposureTime"]["source"] == "database"
    assert (header["beamCentreX"]["value"], header["beamCentreY"]["value"]) == (pytest.approx(30), pytest.approx(20))


@pytest.mark.parametrize("template", ["x_1_%05d.cbf", "x_1_#####.cbf"])
async def test_a_template_names_the_file_of_each_image(world: World, folder: Path, template: str) -> None:
    for number in (1, 2):
        write_cbf(folder / f"x_1_{number:05}.cbf", number)
    key = await recorded(world, folder, template)
    assert pixels(await get(world, "", key, imageNumber=2))[10, 20] == 1002
    header = await world.get("member", "/data/images/header", dataCollectionId=key)
    assert (header["format"], header["imagesOnDisk"], header["bits"]) == ("CBF", None, 32)


@pytest.mark.parametrize("template", ["x_1_%06d.h5", "x_1_######.h5", "x_%06d.h5"])
async def test_the_master_of_a_series_is_found(world: World, folder: Path, template: str) -> None:
    write_series(folder, "x_1" if template.startswith("x_1_") else "x_101")
    key = await recorded(world, folder, template, startImageNumber=101)
    assert pixels(await get(world, "", key, imageNumber=103))[10, 20] == 1002
    assert pixels(await get(world, "", key))[10, 20] == 1000
    assert (await get(world, "", key, imageNumber=100)).status_code == 404


async def test_the_file_recorded_of_an_image_comes_first(world: World, folder: Path) -> None:
    write_cbf(folder / "moved_2.cbf", 9)
    key = await recorded(world, folder, "x_1_%05d.cbf")
    async with world.service.database() as db:
        await db.execute(update(Image).where(Image.dataCollectionId == key).values(imageNumber=7))
    await world.add(Image, dataCollectionId=key, imageNumber=2, fileName="moved_2.cbf", fileLocation=f"{folder}/")
    assert pixels(await get(world, "", key, imageNumber=2))[10, 20] == 1009


async def test_a_histogram_has_a_bin_less_than_edges(world: World, folder: Path) -> None:
    write_series(folder)
    key = await recorded(world, folder, "x_1_master.h5")
    told = await world.get("member", "/data/images/histogram", dataCollectionId=key, imageNumber=1)
    assert told["shape"] == [len(told["values"])] == [len(told["bins"]) - 1]
    assert told["max"] == max(told["values"])


@pytest.mark.parametrize("what", ["", "/preview", "/header", "/histogram"])
async def test_there_is_a_reason_where_there_is_no_image(world: World, folder: Path, what: str) -> None:
    master = write_series(folder)

    async def reason(template: str | None, status: int, **query: Any) -> str:
        key = await recorded(world, folder, template)  # type: ignore[arg-type]
        answer = await get(world, what, key, **query)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert str(folder) not in answer.text
        detail: str = answer.json()["detail"]
        return detail

    assert "not there any more" in await reason("gone_master.h5", 404)
    assert "recorded" in await reason(None, 404)
    assert "lies outside" in await reason("../../../x_master.h5", 404)
    if what != "/header":
        assert "holds 6 images so far" in await reason(master.name, 404, imageNumber=7)
    (folder / "x.txt").write_text("no image")
    assert "not from this one" in await reason("x.txt", 422)
    (folder / "cut.h5").write_bytes(master.read_bytes()[:3000])
    assert "damaged" in await reason("cut.h5", 422)
    (folder / "x_1_00001.cbf").write_bytes(b"###CBF")
    assert await reason("x_1_%05d.cbf", 422)


async def test_a_mistake_is_named(world: World) -> None:
    for what, name, value in (
        ("", "imageNumber", -1),
        ("", "binning", 0),
        ("", "frames", 21),
        ("", "type", "float64"),
        ("/preview", "width", 100_000),
        ("/preview", "method", "median"),
        ("/preview", "low", "dark"),
        ("/preview", "low", "nan"),
        ("/preview", "high", "inf"),
        ("/header", "imageNumber", LARGEST_KEY + 1),
    ):
        answer = await get(world, what, world.ids["collection"], **{name: value})
        assert answer.status_code == 422, name
        assert answer.json()["errors"][0]["path"] == name


async def test_a_scale_that_ends_before_it_begins_is_refused(world: World) -> None:
    answer = await get(world, "/preview", world.ids["collection"], low=5, high=5)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"path": "high", "message": "must be more than `low`"}]


async def test_many_at_once_are_answered(world: World, folder: Path) -> None:
    write_series(folder)
    key = await recorded(world, folder, "x_1_master.h5")
    answers = await asyncio.gather(*(get(world, "", key, imageNumber=1 + n % 6) for n in range(24)))
    assert [pixels(answer)[10, 20] for answer in answers] == [1000 + n % 6 for n in range(24)]
