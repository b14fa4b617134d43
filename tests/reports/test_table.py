"""Results as a table that spreadsheets open: numbers are numbers, and no name is a formula."""

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import gemmi
import openpyxl
import pytest

from pyispyb.db.writes import update_rows
from pyispyb.processing.fractions import scalings_in_fractions
from pyispyb.reports.table import inert
from pyispyb.tables import BLSample
from tests.processing.documents import container, result
from tests.world import World

from .results import ON_ONE, run, store

TABLE = "/processings/table"


async def rows(world: World, kind: str, **query: Any) -> list[dict[str, Any]]:
    """Rows by heading."""
    async with world.as_("member") as client:
        answer = await client.get(TABLE, params={"sessionId": world.ids["session"], "format": kind, **query})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].endswith(f"_results.{kind}")
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    head, *lines = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


async def test_a_row_is_the_best_of_a_sample_or_every_run(world: World, files_root: Path) -> None:
    worse = await run(world, files_root, "collection", "autoPROC 1.0.5", 2.1)
    better = await run(world, files_root, "collection", "xia2 dials", 1.6)
    other = await run(world, files_root, "second_collection", "autoPROC 1.0.5", 1.9)
    best = await rows(world, "xlsx")
    assert {row["Run"] for row in best} == {better, other}
    every = await rows(world, "xlsx", which="every")
    assert [row["Run"] for row in every] == [other, better, worse]
    assert [row["Place"] for row in every] == [1, 1, 2]
    row = next(row for row in best if row["Run"] == better)
    assert row["Resolution, high, overall [Å]"] == pytest.approx(1.6)
    assert row["Unique reflections, overall"] == 11803
    assert row["Rmeas, inner shell"] == pytest.approx(0.041)
    assert row["CC½, outer shell"] == pytest.approx(0.747)
    assert row["Begin of processing"] == datetime(2026, 11, 20, 10)
    assert row["Merged as"] == "anisotropic"
    by_text = next(row for row in await rows(world, "csv") if row["Run"] == str(better))
    for heading, cell in row.items():
        text = by_text[heading]
        if isinstance(cell, int | float):
            assert float(text) == pytest.approx(cell, rel=1e-6), heading
        elif not isinstance(cell, datetime):
            assert text == (cell or ""), heading


@ON_ONE
async def test_no_name_is_a_formula(world: World, files_root: Path) -> None:
    name = "=1+1"
    await run(world, files_root, "collection", "autoPROC", 2.1)
    async with world.service.database() as db:
        await update_rows(db, BLSample, BLSample.blSampleId == world.ids["sample1"], {"name": name})
    async with world.as_("member") as client:
        answer = await client.get(TABLE, params={"sessionId": world.ids["session"], "format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.data_type for cell in sheet[2] if str(cell.value).endswith(name)] == ["s"]
    async with world.as_("member") as client:
        text = (await client.get(TABLE, params={"sessionId": world.ids["session"]})).content.decode("utf-8-sig")
    assert f"'{name}" in text.splitlines()[1]
    others = ("+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\tx", "a=b")
    assert [inert(other)[0] for other in others] == [*("'", "'", "'", "'", "a")]


@pytest.mark.parametrize(
    "shells",
    [
        {"overall": {"rMerge": 1.48, "rMeasAllIPlusIMinus": 1.53, "rPimAllIPlusIMinus": 0.07}},
        {"overall": {"rMerge": 2.6, "rPimAllIPlusIMinus": 0.12}},
        {"overall": {"rMerge": 2.6}, "innerShell": {"rMerge": 0.3}},
        {"overall": {}, "outerShell": {"rMerge": 3.0}},
    ],
)
def test_fractions_of_many_crystals_stay_what_they_are(shells: dict[str, dict[str, float]]) -> None:
    result = {"scalings": [{"statistics": shells}]}
    assert scalings_in_fractions(result) == result


OUTER = (
    "</AutoProcScalingStatistics><AutoProcScalingStatistics><scalingStatisticsType>outerShell</scalingStatisticsType>"
)


@ON_ONE
async def test_percentages_of_a_program_are_told_as_fractions(world: World, files_root: Path) -> None:
    overall = "<rMeasAllIPlusIMinus>6.8</rMeasAllIPlusIMinus><ccHalf>99.5</ccHalf>"
    sent = container(world, more=f"{overall}{OUTER}<rMeasAllIPlusIMinus>150</rMeasAllIPlusIMinus>")
    async with world.as_("key") as client:
        answer = await client.post(
            "/processings/autoproc-container",
            content=sent,
            params={"dataCollectionId": world.ids["collection"]},
            headers={"Content-Type": "application/xml"},
        )
    assert answer.status_code == 201, answer.text
    (row,) = await rows(world, "xlsx")
    assert row["Rmeas, overall"] == pytest.approx(0.068)
    assert row["CC½, overall"] == pytest.approx(0.995)
    assert row["Rmeas, outer shell"] == pytest.approx(1.5)


async def test_fractions_that_look_like_percent_come_back_as_they_were_sent(world: World, files_root: Path) -> None:
    sent = result(world.ids["collection"])
    overall = {"resolutionLimitLow": 67.4, "resolutionLimitHigh": 1.5, "rMerge": 2.75}
    sent["scalings"][0] |= {"statistics": {"overall": overall}, "shells": [{**overall, "rMerge": 3.5}]}
    run = await store(world, sent)
    told = await world.get("member", f"/processings/results/{run}")
    assert told["scalings"][0]["statistics"]["overall"] == overall
    assert told["scalings"][0]["inFractions"]
    (row,) = await rows(world, "xlsx")
    assert row["Rmerge, overall"] == pytest.approx(2.75)
    async with world.as_("member") as client:
        block = gemmi.cif.read_string((await client.get(f"/processings/results/{run}/deposition")).text).sole_block()
    assert [
        float(block.find_value("_reflns.pdbx_Rmerge_I_obs")),
        *map(float, block.find_values("_reflns_shell.Rmerge_I_obs")),
    ] == [2.75, 3.5]
