"""An AutoProcContainer is stored as it is, number by number."""

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, parse

import httpx
import pytest
from sqlalchemy import update

from pyispyb.tables import DataCollection
from tests.world import World

from .documents import container
from .test_results import RESULTS, said, written

REAL = Path(__file__).parents[3] / "shared" / "data" / "autoPROC-two-ap_scaling_containers.xml"
PATH = "/processings/autoproc-container"


async def send(world: World, content: str | bytes, **query: Any) -> httpx.Response:
    async with world.as_("key") as client:
        return await client.post(PATH, content=content, params=query, headers={"Content-Type": "application/xml"})


@pytest.fixture
async def measured(world: World) -> World:
    """The first collection says where its images are."""
    await _place(world, f"/data/{world.proposal}/x", "x_1_%05d.cbf")
    return world


async def _place(world: World, folder: str, template: str) -> None:
    async with world.service.database() as db:
        await db.execute(
            update(DataCollection)
            .where(DataCollection.dataCollectionId == world.ids["collection"])
            .values(imageDirectory=folder, fileTemplate=template)
        )


@pytest.mark.parametrize("template", ["x_1_%05d.cbf", "x_1_#####.cbf"])
async def test_the_collection_is_found_by_its_images(measured: World, template: str) -> None:
    await _place(measured, f"/data/{measured.proposal}/x", template)
    answer = await send(measured, container(measured))
    assert answer.status_code == 201, answer.text
    told = await measured.get("member", f"{RESULTS}/{answer.json()['autoProcProgramId']}")
    assert told["dataCollectionIds"] == [measured.ids["collection"]]
    assert told["processingStartTime"] == "2026-11-20T10:00:00"
    (scaling,) = told["scalings"]
    assert said(scaling["statistics"]["overall"]) == pytest.approx(
        {"resolutionLimitLow": 50, "resolutionLimitHigh": 1.9, "ccAnomalous": 0.25}
    )
    assert "wilsonB" in answer.json()["_metadata"]["notKept"]


async def test_a_text_too_long_is_cut_and_that_is_said(measured: World) -> None:
    answer = await send(measured, container(measured, environment="word " * 200))
    assert "processingEnvironment: the end" in answer.json()["_metadata"]["notKept"]
    told = await measured.get("member", f"{RESULTS}/{answer.json()['autoProcProgramId']}")
    assert len(told["processingEnvironment"]) == 255


async def test_sent_again_it_is_stored_once(measured: World) -> None:
    first = (await send(measured, container(measured))).json()
    before = await written(measured)
    again = (await send(measured, container(measured))).json()
    assert again["_metadata"]["known"] is True
    assert again["autoProcProgramId"] == first["autoProcProgramId"]
    assert await written(measured) == before


@pytest.mark.parametrize(
    ("change", "query", "field"),
    [
        ({"file": "y_1_00001.cbf"}, {}, "AutoProcIntegrationContainer.Image"),
        ({"folder": "/data/elsewhere"}, {}, "AutoProcIntegrationContainer.Image"),
        ({"high": "fine"}, {}, "scalings[0].statistics.overall.resolutionLimitHigh"),
        ({"high": "99"}, {}, "scalings[0].statistics.overall"),
    ],
)
async def test_a_mistake_is_named_and_leaves_nothing(
    measured: World, change: dict[str, str], query: dict[str, int], field: str
) -> None:
    before = await written(measured)
    answer = await send(measured, container(measured, **change), **query)
    assert answer.status_code == 422, answer.text
    assert field in [error["path"] for error in answer.json()["errors"]]
    assert await written(measured) == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<",
        b"{}",
        b"<AutoProcContainer>",
        b"<Other/>",
        b"<AutoProcContainer/>",
        b"\xff\xfe\x00\x00",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><AutoProcContainer>&b;</AutoProcContainer>',
        b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><AutoProcContainer>&d;</AutoProcContainer>',
        b"<AutoProcContainer>" + b"<a>" * 300 + b"</a>" * 300 + b"</AutoProcContainer>",
    ],
    ids=range(10),
)
async def test_what_is_no_container_is_refused(measured: World, content: bytes) -> None:
    before = await written(measured)
    answer = await send(measured, content, dataCollectionId=measured.ids["collection"])
    assert answer.status_code == 422, answer.text
    assert "root:" not in answer.text
    assert await written(measured) == before


async def test_a_collection_of_others_is_not_found_by_its_images(measured: World) -> None:
    async with measured.service.database() as db:
        await db.execute(
            update(DataCollection)
            .where(DataCollection.dataCollectionId == measured.ids["other_collection"])
            .values(imageDirectory=f"/data/{measured.other_proposal}", fileTemplate="x_1_%05d.cbf")
        )
    answer = await send(measured, container(measured, folder=f"/data/{measured.other_proposal}"))
    assert answer.status_code == 422
    assert "no collection has the image" in answer.json()["detail"]
    answer = await send(measured, container(measured), dataCollectionId=measured.ids["other_collection"])
    assert answer.status_code == 404


@pytest.mark.skipif(not REAL.is_file(), reason="the real container is not beside the project")
async def test_a_real_container_comes_back_number_by_number(world: World) -> None:
    answer = await send(world, REAL.read_bytes(), dataCollectionId=world.ids["collection"])
    assert answer.status_code == 201, answer.text
    told = await world.get("member", f"{RESULTS}/{answer.json()['autoProcProgramId']}")
    root = parse(REAL).getroot()
    assert told["pipeline"] == "autoPROC"
    assert told["spaceGroup"] == root.findtext("AutoProc/spaceGroup")
    assert told["cell"]["b"] == pytest.approx(float(root.findtext("AutoProc/refinedCell_b") or "nan"))
    containers = root.findall("AutoProcScalingContainer")
    by_key = {scaling["autoProcScalingId"]: scaling for scaling in told["scalings"]}
    assert len(containers) == len(by_key) == 2
    for element, keys in zip(containers, answer.json()["scalings"], strict=True):
        scaling = by_key[keys["autoProcScalingId"]]
        for statistics in element.findall("AutoProcScalingStatistics"):
            _assert_same(statistics, scaling["statistics"][statistics.findtext("scalingStatisticsType")])
    files = await world.get("member", f"/processings/programs/{told['autoProcProgramId']}/attachments")
    assert [file["fileName"] for file in files] == [
        element.findtext("fileName") for element in root.iter("AutoProcProgramAttachment")
    ]


NAMES = {"DanoOverSigDano": "sigAno", "ccAno": "ccAnomalous"}


def _assert_same(sent: Element, told: dict[str, Any]) -> None:
    compared = 0
    for child in sent:
        if child.tag != "scalingStatisticsType" and child.text and child.text.strip():
            assert told[NAMES.get(child.tag, child.tag)] == pytest.approx(float(child.text)), child.tag
            compared += 1
    assert compared > 15
