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


def root(within: str) -> str:
    return f"<AutoProcContainer>{within}</AutoProcContainer>"


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
    assert answer.json()["_metadata"]["notKept"] == [
        "AutoProcScalingContainer.AutoProcScaling.recordTimeStamp",
        "AutoProcScalingContainer.AutoProcScalingStatistics.wilsonB",
    ]


async def test_a_text_too_long_is_cut_and_that_is_said(measured: World) -> None:
    answer = await send(measured, container(measured, environment="word " * 200))
    cut = "AutoProcProgramContainer.AutoProcProgram.processingEnvironment: the end"
    assert cut in answer.json()["_metadata"]["notKept"]
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
        ({"more": "<completeness>250</completeness>"}, {}, "scalings[0].statistics.overall.completeness"),
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


STRAY = """
  <AutoProcProgramContainer>
    <AutoProcProgram><processingPrograms>made-up 2.1</processingPrograms><processingFoo>1</processingFoo>
      <!-- of no account --></AutoProcProgram>
    <SomethingElse><processingMessage>x</processingMessage></SomethingElse>
  </AutoProcProgramContainer>
  <AutoProc unit="nm"><wavelength>1.1</wavelength><spaceGroup>P 21<note>sure</note></spaceGroup></AutoProc>
  <AutoProcScalingContainer>
    <AutoProcScaling><resolutionEllipsoidAxis11>1</resolutionEllipsoidAxis11></AutoProcScaling>
    <AutoProcScalingStatistics><rMerge>0.1</rMerge></AutoProcScalingStatistics>
    <AutoProcIntegrationContainer/>
  </AutoProcScalingContainer>
  <OtherContainer><AutoProc/></OtherContainer>"""


async def test_whatever_has_no_place_is_told_by_its_path(world: World) -> None:
    answer = await send(world, root(STRAY), dataCollectionId=world.ids["collection"])
    assert answer.status_code == 201, answer.text
    assert answer.json()["_metadata"]["notKept"] == [
        "AutoProc.@unit",
        "AutoProc.spaceGroup.note",
        "AutoProc.wavelength",
        "AutoProcProgramContainer.AutoProcProgram.processingFoo",
        "AutoProcProgramContainer.SomethingElse",
        "AutoProcScalingContainer.AutoProcScaling.resolutionEllipsoidAxis11",
        "OtherContainer",
    ]


PROGRAM = "<AutoProcProgramContainer><AutoProcProgram/></AutoProcProgramContainer>"
OVERALL = "<AutoProcScalingStatistics><rMerge>{}</rMerge></AutoProcScalingStatistics>"
SWEEP = "<AutoProcIntegrationContainer>{}</AutoProcIntegrationContainer>"
SWEEPS = "AutoProcScalingContainer.AutoProcIntegrationContainer"


@pytest.mark.parametrize(
    ("within", "field"),
    [
        (PROGRAM * 2, "AutoProcProgramContainer[1]"),
        (
            "<AutoProcProgramContainer><AutoProcProgram/><AutoProcProgram/></AutoProcProgramContainer>",
            "AutoProcProgramContainer.AutoProcProgram[1]",
        ),
        (
            "<AutoProc><spaceGroup>P 1</spaceGroup><spaceGroup>P 2</spaceGroup></AutoProc>",
            "AutoProc.spaceGroup[1]",
        ),
        (
            "<AutoProc><refinedCell_b>9</refinedCell_b></AutoProc><AutoProc><refinedCell_b>9.1</refinedCell_b></AutoProc>",
            "AutoProc[1].refinedCell_b",
        ),
        (
            "<AutoProcScalingContainer>" + OVERALL.format(0.1) + OVERALL.format(0.2) + "</AutoProcScalingContainer>",
            "AutoProcScalingContainer.AutoProcScalingStatistics[1].scalingStatisticsType",
        ),
        (
            "<AutoProcScalingContainer><AutoProcScalingStatistics><ccAno>.1</ccAno><ccAnomalous>.2</ccAnomalous>"
            "</AutoProcScalingStatistics></AutoProcScalingContainer>",
            "AutoProcScalingContainer.AutoProcScalingStatistics.ccAno",
        ),
        (
            "<AutoProcScalingContainer>"
            + SWEEP.format("<AutoProcIntegration><cell_b>9</cell_b><cell_b>8</cell_b></AutoProcIntegration>")
            + "</AutoProcScalingContainer>",
            f"{SWEEPS}.AutoProcIntegration.cell_b[1]",
        ),
        (
            "<AutoProcScalingContainer>"
            + SWEEP.format("<Image><dataCollectionId>1</dataCollectionId></Image>")
            + "</AutoProcScalingContainer>",
            f"{SWEEPS}.Image.dataCollectionId",
        ),
    ],
)
async def test_what_comes_twice_or_contradicts_is_refused(world: World, within: str, field: str) -> None:
    before = await written(world)
    answer = await send(world, root(within), dataCollectionId=world.ids["collection"])
    assert answer.status_code == 422, answer.text
    assert [error["path"] for error in answer.json()["errors"]] == [field]
    assert await written(world) == before


async def test_sweeps_that_name_the_collection_that_was_named_are_taken(measured: World) -> None:
    key = measured.ids["collection"]
    named = container(measured).replace("<Image>", f"<Image><dataCollectionId> {key} </dataCollectionId>")
    for query in ({}, {"dataCollectionId": key}):
        answer = await send(measured, named, **query)
        assert (answer.status_code, answer.json()["dataCollectionId"]) == (201, key), answer.text


async def test_several_ways_of_scaling_may_repeat_the_same_cell(measured: World) -> None:
    again = "<AutoProc><spaceGroup>P 21</spaceGroup><refinedCell_a>50.50</refinedCell_a></AutoProc></AutoProcContainer>"
    answer = await send(measured, container(measured).replace("</AutoProcContainer>", again))
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("<AutoProcContainer>\n <AutoProc>\n </AutoProk>\n</AutoProcContainer>", "line 3, column 13"),
        ("", "line 1, column 1"),
        ("<AutoProcContainer>&unknown;</AutoProcContainer>", "line 1, column 29"),
    ],
)
async def test_broken_xml_is_refused_with_its_place(world: World, content: str, place: str) -> None:
    answer = await send(world, content)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["path"] == "body"
    assert place in error["message"]
    assert place in answer.json()["detail"]


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
    assert answer.json()["_metadata"]["notKept"] == [
        "AutoProc.wavelength",
        "AutoProcProgramContainer.AutoProcProgram.processingEnvironment: the end",
        "AutoProcScalingContainer.AutoProcScaling.recordTimeStamp",
    ]
    told = await world.get("member", f"{RESULTS}/{answer.json()['autoProcProgramId']}")
    real = parse(REAL).getroot()
    assert told["pipeline"] == "autoPROC"
    assert told["spaceGroup"] == real.findtext("AutoProc/spaceGroup")
    assert told["cell"]["b"] == pytest.approx(float(real.findtext("AutoProc/refinedCell_b") or "nan"))
    containers = real.findall("AutoProcScalingContainer")
    for sweep, integration in zip(told["integrations"], real.iter("AutoProcIntegration"), strict=True):
        assert len(integration) == 17
        for child in integration:
            assert sweep[child.tag] == pytest.approx(float(child.text or "nan")), child.tag
    by_key = {scaling["autoProcScalingId"]: scaling for scaling in told["scalings"]}
    assert len(containers) == len(by_key) == 2
    for element, keys in zip(containers, answer.json()["scalings"], strict=True):
        scaling = by_key[keys["autoProcScalingId"]]
        for statistics in element.findall("AutoProcScalingStatistics"):
            _assert_same(statistics, scaling["statistics"][statistics.findtext("scalingStatisticsType")])
    files = await world.get("member", f"/processings/programs/{told['autoProcProgramId']}/attachments")
    assert [file["fileName"] for file in files] == [
        element.findtext("fileName") for element in real.iter("AutoProcProgramAttachment")
    ]


NAMES = {"DanoOverSigDano": "sigAno", "ccAno": "ccAnomalous"}


def _assert_same(sent: Element, told: dict[str, Any]) -> None:
    compared = 0
    for child in sent:
        if child.tag != "scalingStatisticsType" and child.text and child.text.strip():
            assert told[NAMES.get(child.tag, child.tag)] == pytest.approx(float(child.text)), child.tag
            compared += 1
    assert compared > 15


@pytest.mark.parametrize(
    ("within", "said"),
    [
        ("<AutoProc/>" * 1001, "AutoProc: comes 1,001 times"),
        (
            "<AutoProcScalingContainer>" + "<AutoProcIntegrationContainer/>" * 1001 + "</AutoProcScalingContainer>",
            "1,001",
        ),
        ("<a/>" * 200_000, "has 200,001 elements"),
    ],
)
async def test_more_than_any_program_writes_is_not_read(world: World, within: str, said: str) -> None:
    answer = await send(world, root(within), dataCollectionId=world.ids["collection"])
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
