"""What pipelines made of the data, as people read it in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

LogIn = Callable[..., Page]
API = "/ispyb/api/v1"


@pytest.fixture(scope="module")
def processed(facility: str) -> dict[str, Any]:
    """Results of a session that is over: the one with the most of them that ada sees."""
    with httpx.Client(base_url=f"{facility}{API}") as client:
        token = client.post("/auth/login", json={"login": "ada", "password": "demo-ada"}).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        sessions = client.get("/sessions", params={"previous": True, "limit": 20}).json()["results"]
        found = [
            {"sessionId": session["sessionId"], **client.get("/processings/results", params=of).json()}
            for session in sessions
            if (of := {"sessionId": session["sessionId"]})
        ]
    return max(found, key=lambda each: len(each["results"]))


@pytest.fixture(scope="module")
def collection(processed: dict[str, Any]) -> int:
    """A collection on which several pipelines did well."""
    ranks: set[tuple[int, int]] = {(run["dataCollectionIds"][0], run["rank"]) for run in processed["results"]}
    return next(at for at, rank in ranks if rank == 2 and (at, 1) in ranks)


def test_the_best_result_of_a_collection_comes_first_and_opens(log_in: LogIn, collection: int) -> None:
    page = log_in("ada", f"/collections/{collection}")
    runs = page.get_by_test_id("results").get_by_test_id("run")
    expect(runs.first).to_contain_text("best")
    expect(page.get_by_text("best", exact=True)).to_have_count(1)
    page.get_by_test_id("how-ranked").click()
    rule = page.get_by_role("listitem").filter(has_text="rounded to")
    expect(rule.first).to_contain_text("finest resolution limit")
    page.get_by_role("link", name="highest completeness").click()
    expect(page).to_have_url(re.compile("rank=completeness"))
    page.get_by_test_id("how-ranked").click()
    expect(rule.first).to_contain_text("highest completeness")
    told = [run.locator("td").nth(3).inner_text() for run in runs.filter(has_text="(").all()]
    shares = [float(found[0]) for text in told if (found := re.search(r"[\d.]+", text))]  # a mark may stand before it
    assert shares[0] > max(shares) - 2.1  # differences of 2 % say nothing
    page.get_by_role("link", name="finest resolution limit").click()
    expect(page).not_to_have_url(re.compile("rank="))

    runs.first.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"run=\d+"))
    table = page.get_by_test_id("shell-table")
    expect(table).to_contain_text("Overall")
    expect(table.get_by_role("row", name=re.compile("CC½"))).to_contain_text(re.compile(r"9\d\.\d"))
    expect(page.get_by_role("img", name="CC½ against resolution in Å")).to_be_visible()

    page.get_by_role("button", name=re.compile(r"What is in \S+\.mtz")).first.click()
    expect(page.get_by_test_id("file-summary")).to_contain_text("IMEAN")
    file = page.get_by_test_id("run-file").filter(has_text=".mtz").get_by_role("link").first
    with page.expect_download() as kept:
        file.click()
    assert kept.value.suggested_filename.endswith(".mtz")


def test_runs_drawn_beside_the_opened_one_are_in_the_address(log_in: LogIn, collection: int) -> None:
    page = log_in("ada", f"/collections/{collection}")
    page.get_by_test_id("run").first.get_by_role("link").click()
    other = page.get_by_role("list", name="Runs drawn").get_by_role("button", disabled=False).first
    other.click()
    expect(other).to_have_attribute("aria-pressed", "false")
    expect(page).to_have_url(re.compile("without="))
    page.reload()
    expect(other).to_have_attribute("aria-pressed", "false")


def test_cards_tell_the_best_result_of_their_collection(log_in: LogIn, page: Page, processed: dict[str, Any]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/processings/results" in request.url else None)
    log_in("ada", f"/sessions/{processed['sessionId']}")
    lines = page.get_by_test_id("result-line")
    expect(lines.filter(has_text="Å").first).to_contain_text("CC½")
    page.mouse.wheel(0, 2000)
    expect(lines.filter(has_text="Å").first).to_be_visible()
    assert len(asked) == 1, "one answer for all cards"


def test_samples_are_ranked_by_the_measure_in_the_address(log_in: LogIn, processed: dict[str, Any]) -> None:
    page = log_in("ada", f"/sessions/{processed['sessionId']}/by-sample")
    rows = page.get_by_test_id("standing")
    expect(rows.first).to_be_visible()

    def column(number: int) -> list[float]:
        cells = rows.locator(f"td:nth-child({number})").all_inner_texts()
        return [float(text) for text in cells if re.fullmatch(r"[\d.]+", text.strip())]

    assert column(3) == sorted(column(3)), "resolution: the lowest first"
    page.get_by_role("button", name="Rank by Completeness").click()
    expect(page).to_have_url(re.compile("metric=completeness"))
    expect(page.get_by_role("columnheader", name=re.compile("Completeness"))).to_have_attribute(
        "aria-sort", "descending"
    )
    assert column(6) == sorted(column(6), reverse=True)

    page.reload()
    expect(page.get_by_role("columnheader", name=re.compile("Completeness"))).to_have_attribute(
        "aria-sort", "descending"
    )
    page.get_by_test_id("result-position").and_(page.locator("[data-stage=result]")).first.click()
    expect(page).to_have_url(re.compile(r"sample=\d+"))
    expect(page.locator("tr[aria-current=true]")).to_have_count(1)
    with page.expect_download() as kept:
        page.get_by_role("button", name="CSV").click()
    assert kept.value.path().read_text().splitlines()[0].startswith("rank,sample,")


def test_what_is_compared_is_seen_without_scrolling(log_in: LogIn, processed: dict[str, Any]) -> None:
    page = log_in("ada", f"/sessions/{processed['sessionId']}/by-sample")
    page.set_viewport_size({"width": 1280, "height": 900})
    table = page.get_by_role("table")
    hidden = "table => table.parentElement.scrollWidth - table.parentElement.clientWidth"
    expect(page.get_by_test_id("standing").first).to_be_visible()
    assert table.evaluate(hidden) == 0
    page.get_by_role("combobox", name="Compared with").click()
    page.get_by_role("option", name="autoPROC").click()
    expect(page.get_by_role("columnheader", name="autoPROC")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("columnheader", name="Δ")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("columnheader", name="Rank by Rmeas")).to_be_attached()


def test_it_is_told_why_the_best_of_all_may_lose_in_one_number(log_in: LogIn, processed: dict[str, Any]) -> None:
    page = log_in("ada", f"/sessions/{processed['sessionId']}/by-sample?against=autoPROC&metric=completeness")
    expect(page.get_by_test_id("why-best")).to_contain_text("autoPROC is better in that one, but not by the rule")
    page.get_by_role("button", name="How the best is chosen").click()
    expect(page.get_by_role("listitem").filter(has_text="highest completeness")).to_contain_text("in the ellipsoid")
    expect(page.get_by_test_id("in-ellipsoid").first).to_have_attribute("title", re.compile(r"[\d.]+.% in the whole"))


def test_a_sample_that_is_not_collected_has_the_shape_of_the_legend(log_in: LogIn, processed: dict[str, Any]) -> None:
    page = log_in("ada", f"/sessions/{processed['sessionId']}/by-sample")
    of_stage = "[data-stage=uncollected] path"
    drawn = page.get_by_test_id("result-position").and_(page.locator("[data-stage=uncollected]")).first.locator("path")
    expect(drawn).to_be_attached()
    style = "path => [getComputedStyle(path).stroke, getComputedStyle(path).strokeWidth]"
    legend = page.locator(f"p svg{of_stage}")
    assert drawn.evaluate(style) == legend.evaluate(style)


def test_results_change_on_the_cards_while_one_looks(
    log_in: LogIn, page: Page, facility: str, pipeline: httpx.Client
) -> None:
    with httpx.Client(base_url=f"{facility}{API}") as client:
        token = client.post("/auth/login", json={"login": "ada", "password": "demo-ada"}).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        session = client.get("/sessions", params={"active": True}).json()["results"][0]["sessionId"]
        results = client.get("/processings/results", params={"sessionId": session}).json()["results"]
    # Of the sample that was measured first: nothing new pushes its few cards away.
    of_one_sample = [run for run in results if run["rank"] == 1 and run["blSampleId"]]
    sample = min(of_one_sample, key=lambda run: int(run["autoProcProgramId"]))["blSampleId"]
    log_in("ada", f"/sessions/{session}?sample={sample}")
    merged = page.get_by_test_id("result-line").filter(has_text="CC½")
    card = page.locator("[data-collection-id]", has=merged).first
    card.scroll_into_view_if_needed()
    collection = int(card.get_attribute("data-collection-id") or 0)
    line = page.locator(f"[data-collection-id='{collection}']").get_by_test_id("result-line")

    run = {"dataCollectionId": collection, "processingPrograms": "e2e 1.0", "processingStatus": "running"}
    program = pipeline.post("/processings/programs", json=run).raise_for_status().json()["autoProcProgramId"]
    expect(line).to_contain_text(re.compile(r"Running\s*e2e"))
    ended = {"processingStatus": "failed", "processingMessage": "Nothing to be indexed"}
    pipeline.patch(f"/processings/programs/{program}", json=ended).raise_for_status()
    expect(line).to_contain_text(re.compile(r"Failed\s*e2e"))
