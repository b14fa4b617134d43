"""What was found out about crystals, as people read it in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

LogIn = Callable[..., Page]
API = "/ispyb/api/v1"


@pytest.fixture(scope="module")
def ask(facility: str) -> Callable[..., list[dict[str, Any]]]:
    """Rows of a list, as an administrator sees it."""

    def rows(path: str, **query: Any) -> list[dict[str, Any]]:
        with httpx.Client(base_url=f"{facility}{API}") as client:
            token = client.post("/auth/login", json={"login": "admin", "password": "demo-admin"}).json()["token"]
            client.headers["Authorization"] = f"Bearer {token}"
            found: list[dict[str, Any]] = client.get(path, params=query).json()["results"]
            return found

    return rows


def test_a_strategy_is_drawn_wedge_by_wedge(
    log_in: LogIn, facility: str, ask: Callable[..., list[dict[str, Any]]]
) -> None:
    """Of one with several orientations, the scan at the edge that it follows from as well."""
    sessions = ask("/sessions", proposal="mx440", limit=20)
    screening = next(
        each
        for session in sessions
        for each in ask("/processings/screenings", sessionId=session["sessionId"])
        if each["ScreeningOutput"] and len(each["ScreeningOutput"][0]["ScreeningStrategy"]) == 3
    )
    page = log_in("admin", f"/sessions/{screening['sessionId']}/collections/{screening['dataCollectionId']}")
    panel = page.get_by_test_id("strategy")
    expect(panel).to_contain_text("Indexed, strategy found")
    strategies = panel.get_by_test_id("one-strategy")
    expect(strategies).to_have_count(3)
    expect(strategies.first.get_by_role("img", name=re.compile("κ 0°, φ 0°"))).to_be_visible()
    strategies.last.locator("summary").click()
    expect(strategies.last.get_by_role("img", name=re.compile("κ"))).to_have_count(2)
    expect(strategies.last.get_by_role("row")).to_have_count(13)
    page.goto(f"{facility}/sessions/{screening['sessionId']}?kind=es")
    scan = page.get_by_test_id("energyscan-card").first
    expect(scan.get_by_role("img", name="f″ and f′ against energy")).to_be_visible()


def test_a_workflow_and_the_centre_of_the_crystal_stand_by_the_grid(
    log_in: LogIn, ask: Callable[..., list[dict[str, Any]]]
) -> None:
    """The centre is shown on both views; a step's picture opens, and its result is read beneath all steps."""
    workflow = next(
        each
        for session in ask("/sessions", proposal="mx422", limit=20)
        for each in ask("/datacollections/workflows", sessionId=session["sessionId"])
        if each["_metadata"]["state"] == "success"
    )
    group = min(workflow["dataCollectionGroupIds"])
    event = ask("/events", dataCollectionGroupId=group)[-1]
    page = log_in("admin", f"/sessions/{event['sessionId']}/collections/{event['id']}")
    place = re.compile(r"3-D.*column [\d.]+, row [\d.]+, depth [\d.]+ \(\d+, \d+, \d+.µm from the corner\)")
    expect(page.get_by_test_id("centring")).to_contain_text(place)
    shown = page.get_by_role("region", name="Grid scan").get_by_test_id("centre")
    expect(shown).to_have_count(2)
    page.get_by_role("application", name=re.compile("^Heat map")).hover()
    expect(page.get_by_test_id("image-peek")).to_be_visible()
    page.mouse.move(0, 0)
    panel = page.get_by_test_id("workflow")
    expect(panel).to_contain_text("MXPressA")
    panel.get_by_role("button", name="Enlarge Mesh scan").click()
    expect(page.get_by_role("dialog").get_by_role("img", name="Mesh scan")).to_be_visible()
    page.keyboard.press("Escape")
    panel.get_by_role("button", name="JSON of Mesh scan").click()
    expect(panel.get_by_role("region", name="JSON of Mesh scan")).to_contain_text(re.compile(r'"\w+": [\d.]+'))
    expect(page).to_have_url(re.compile(r"file=step-\d+-json"))
