"""Quality indicators of many images: columns in, columns out."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pyispyb.acquisition.schemas import Indicators
from pyispyb.tables import DataCollection, ImageQualityIndicators
from tests.world import World

PATH = "/datacollections/quality"


async def store(world: World, **columns: Any) -> dict[str, Any]:
    async with world.as_("key") as client:
        answer = await client.post(PATH, json={"dataCollectionId": world.ids["collection"], **columns})
    assert answer.status_code == 201, answer.text
    stored: dict[str, Any] = answer.json()
    return stored


async def read(world: World) -> dict[str, Any]:
    found: dict[str, Any] = await world.get("member", PATH, dataCollectionId=world.ids["collection"])
    return found


async def test_indicators_come_back_by_image(world: World) -> None:
    await store(world, imageNumber=[2, 1, 3], spotTotal=[20, 10, None], method1Res=[2.5, None, 1.5])
    found = await read(world)
    assert found["imageNumber"] == [1, 2, 3]
    assert found["spotTotal"] == [10, 20, None]
    assert found["method1Res"] == [None, 2.5, 1.5]
    assert found["total"] == 3


async def test_a_column_sent_later_leaves_the_others_alone(world: World) -> None:
    await store(world, imageNumber=[1, 2], spotTotal=[10, 20])
    changed = await store(world, imageNumber=[2, 3], method2Res=[1.8, 1.9])
    assert (changed["added"], changed["changed"]) == (1, 1)
    found = await read(world)
    assert found["spotTotal"] == [10, 20, None]
    assert found["method2Res"] == [None, 1.8, 1.9]


async def test_a_column_this_database_lacks_is_reported(world: World) -> None:
    stored = await store(world, imageNumber=[1], driftFactor=[0.1])
    lacks = not world.service.databases.catalogue.has(ImageQualityIndicators.driftFactor)
    assert stored["_metadata"]["notKept"] == (["driftFactor"] if lacks else [])


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        ({"imageNumber": [1, 2], "spotTotal": [1], "method1Res": [1.0, 2.0, 3.0]}, ["spotTotal", "method1Res"]),
        ({"imageNumber": [1, 1], "spotTotal": [1, 2]}, ["imageNumber"]),
        ({"imageNumber": []}, ["imageNumber"]),
        ({"imageNumber": [1], "spotTotal": [2**63]}, ["spotTotal"]),
        ({"imageNumber": [2**63], "spotTotal": [1]}, ["imageNumber[0]"]),
        ({"imageNumber": [1, 2], "spotTotal": [1, 2**70]}, ["spotTotal[1]"]),
        ({"imageNumber": [1], "dozorScore": [1]}, ["dozorScore"]),
    ],
)
async def test_columns_that_do_not_fit_are_all_named(world: World, columns: dict[str, Any], fields: list[str]) -> None:
    problem = await world.refused("key", "POST", PATH, json={"dataCollectionId": world.ids["collection"], **columns})
    assert problem["status"] == 422
    assert [error["path"] for error in problem["errors"]] == fields
    assert (await read(world))["total"] == 0


@st.composite
def any_columns(draw: st.DrawFn) -> dict[str, list[Any]]:
    """Some columns of indicators of some images, with and without a value."""
    numbers = draw(st.lists(st.integers(1, 5000), min_size=1, max_size=6, unique=True))
    columns: dict[str, list[Any]] = {"imageNumber": numbers}
    for name, field in Indicators.model_fields.items():
        if name not in {"dataCollectionId", "imageNumber"} and draw(st.booleans()):
            # Quarters are kept by a FLOAT of any database as they are.
            value = (
                st.integers(0, 30_000)
                if "int" in str(field.annotation)
                else st.integers(0, 30_000).map(lambda n: n / 4)
            )
            columns[name] = draw(st.lists(st.none() | value, min_size=len(numbers), max_size=len(numbers)))
    return columns


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(columns=any_columns())
async def test_any_valid_columns_come_back(world: World, columns: dict[str, list[Any]]) -> None:
    collection = await world.add(DataCollection, dataCollectionGroupId=world.ids["group"])
    async with world.as_("key") as client:
        answer = await client.post(PATH, json={"dataCollectionId": collection, **columns})
    assert answer.status_code == 201, answer.text
    lost = set(answer.json()["_metadata"]["notKept"])
    told = await world.get("member", PATH, dataCollectionId=collection)
    order = sorted(range(len(columns["imageNumber"])), key=columns["imageNumber"].__getitem__)
    for name, values in columns.items():
        wanted = [values[place] for place in order]
        assert told[name] == (None if name in lost or not any(value is not None for value in wanted) else wanted), name
