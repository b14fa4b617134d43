"""Samples and proteins over all sessions, crystals found by their cell, and pipelines compared, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

LogIn = Callable[..., Page]
API = "/ispyb/api/v1"


@pytest.fixture(scope="module")
def runs(facility: str) -> list[dict[str, Any]]:
    """Results of the protein of ada's that has two crystal forms, and most results in one session."""
    with httpx.Client(base_url=f"{facility}{API}") as client:
        token = client.post("/auth/login", json={"login": "ada", "password": "demo-ada"}).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        (protein,) = client.get("/proteins", params={"search": "TMPA"}).json()["results"]
        found = client.get("/processings/results", params={"proteinId": protein["proteinId"]}).json()["results"]
    sessions = [run["sessionId"] for run in found]
    session = max(set(sessions), key=sessions.count)
    return [run | {"proteinId": protein["proteinId"]} for run in found if run["sessionId"] == session]


def test_from_a_protein_to_its_isomorphous_crystals_and_one_of_them(log_in: LogIn, runs: list[dict[str, Any]]) -> None:
    page = log_in("ada", f"/proteins/{runs[0]['proteinId']}")
    forms = page.get_by_test_id("crystal-form")
    expect(forms).to_have_count(2)
    expect(forms.first).to_contain_text("C 1 2 1")
    forms.first.get_by_role("link", name="Find crystals like these").click()
    expect(page).to_have_url(re.compile(r"/cells\?.*any=true"))
    rows = page.get_by_test_id("result-row")
    expect(rows.first).to_contain_text("C 1 2 1")
    assert "P 21 21 21" not in " ".join(rows.all_inner_texts()), "another crystal form"

    page.get_by_label("Space group").fill("P 43 21 2")
    page.get_by_role("button", name="Search").last.click()
    expect(page.get_by_text("No result has such a crystal")).to_be_visible()
    page.go_back()
    rows.first.get_by_role("rowheader").get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/samples/\d+$"))
    expect(page.get_by_test_id("crystal-found")).to_contain_text("as expected")
    expect(page.get_by_test_id("sample-session").first).to_be_visible()
    expect(page.get_by_test_id("collection-card").first).to_be_visible()


def test_two_pipelines_are_compared_and_brushed(log_in: LogIn, runs: list[dict[str, Any]]) -> None:
    page = log_in("ada", f"/sessions/{runs[0]['sessionId']}/by-sample?pipeline=autoPROC&against=fast_dp")
    points = page.get_by_test_id("scatter-point")
    rows = page.get_by_test_id("standing")
    expect(points.first).to_be_visible()
    before = rows.count()
    field = page.get_by_test_id("scatter").locator("rect").first.bounding_box()
    assert field is not None
    # The half of better resolution: the lower left quarter, since the diagonal runs through it.
    page.mouse.move(field["x"] + 2, field["y"] + field["height"] - 2)
    page.mouse.down()
    page.mouse.move(field["x"] + field["width"] / 2, field["y"] + field["height"] / 2, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile("range=.*other="))
    within = page.locator("[data-testid=scatter-point][data-within=true]").count()
    assert 0 < within < points.count()
    assert rows.count() <= within < before
    page.reload()
    expect(page.get_by_role("status").filter(has_text=f"{within} of")).to_be_visible()
    page.get_by_role("button", name="show all").last.click()
    expect(rows).to_have_count(before)
    page.get_by_role("slider", name="Resolution shown, to").press("ArrowLeft")
    expect(page).to_have_url(re.compile("range="))
