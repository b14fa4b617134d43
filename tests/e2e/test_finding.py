"""Finding things, walking from one to the next, and comparing them on a phone, in a real browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
from playwright.sync_api import Page, expect

LogIn = Callable[..., Page]
API = "/ispyb/api/v1"
FIELD = "Search proposals, sessions, samples"
# A protein with many samples, which the facility has measured.
MANY = "TMPA"


@contextmanager
def _ada(facility: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{facility}{API}") as client:
        token = client.post("/auth/login", json={"login": "ada", "password": "demo-ada"}).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def _first(facility: str, path: str, **query: str | int) -> dict[str, str]:
    with _ada(facility) as client:
        first: dict[str, str] = client.get(path, params=query).json()["results"][0]
        return first


def test_enter_opens_what_is_named_exactly(log_in: LogIn, facility: str) -> None:
    sample, protein = _first(facility, "/samples"), _first(facility, "/proteins")
    page = log_in("ada", "/sessions")
    expect(page.get_by_label(FIELD)).to_be_visible()
    for typed, place in (
        (sample["name"], f"/samples/{sample['blSampleId']}"),
        (protein["acronym"], f"/proteins/{protein['proteinId']}"),
    ):
        page.keyboard.press("Control+k")
        page.keyboard.type(typed)
        # Before anything is found, as fast fingers do.
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"{place}$"))


def test_arrows_go_through_what_was_found_and_escape_closes_it(log_in: LogIn, facility: str) -> None:
    acronym = _first(facility, "/proteins", search=MANY)["acronym"]
    page = log_in("ada", "/sessions")
    expect(page.get_by_label(FIELD)).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type(acronym)
    chosen = page.locator("[data-combobox-selected]")
    expect(chosen).to_contain_text(acronym)
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    expect(chosen).to_have_text(re.compile("samples …$"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("option")).not_to_have_count(7)
    expect(chosen).to_contain_text(acronym)
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)


def test_keys_walk_from_a_collection_to_its_neighbours(log_in: LogIn, facility: str) -> None:
    # One that is over: in a running one another collection may be the newest at any moment.
    session = _first(facility, "/sessions", proposal="mx415", previous=True)["sessionId"]
    newest = _first(facility, "/events", sessionId=session, eventType="dc")["id"]
    page = log_in("ada", f"/collections/{newest}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    here = re.compile(f"/collections/{newest}$")
    page.keyboard.press("j")
    expect(page).not_to_have_url(here)
    page.get_by_role("button", name="Next newer collection").click()
    expect(page).to_have_url(here)


def test_c_writes_what_the_numbers_do_not_say(log_in: LogIn, facility: str) -> None:
    # One that is over: in a running one a card soon stands for a newer collection of its group.
    session = _first(facility, "/sessions", proposal="mx415", previous=True)["sessionId"]
    newest = _first(facility, "/events", sessionId=session, eventType="dc")["id"]
    page = log_in("ada", f"/sessions/{session}/collections/{newest}")
    opened = page.get_by_test_id("collection-beside")
    expect(opened.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("c")
    field = opened.get_by_role("textbox", name="Comment on the collection")
    expect(field).to_be_focused()
    field.fill("two lattices")
    field.press("Control+Enter")
    expect(field).to_have_count(0)
    expect(opened.locator("header").get_by_text("two lattices")).to_be_visible()
    expect(page.locator(f"[data-collection-id='{newest}']")).to_contain_text("two lattices")


def test_f_marks_a_favourite_that_everybody_finds(log_in: LogIn, facility: str) -> None:
    session = _first(facility, "/sessions", proposal="mx415", previous=True)["sessionId"]
    newest = _first(facility, "/events", sessionId=session, eventType="dc", favourite=False)["id"]
    page = log_in("ada", f"/sessions/{session}")
    card = page.locator(f"[data-collection-id='{newest}']")
    star = card.get_by_role("button", name="Favourite")
    expect(star).to_have_attribute("aria-pressed", "false")
    card.focus()
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("f")
    expect(star).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Favourites").click()
    expect(page).to_have_url(re.compile("favourite=true"))
    expect(page.get_by_test_id("collection-card").first).to_be_visible()
    expect(page.locator("[data-favourite=false]")).to_have_count(0)
    card.get_by_role("heading").click()
    opened = page.get_by_test_id("collection-beside")
    expect(opened.get_by_role("button", name="Favourite")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("f")
    expect(opened.get_by_role("button", name="Favourite")).to_have_attribute("aria-pressed", "false")
    expect(star).to_have_attribute("aria-pressed", "false")


def test_a_comment_puts_nobody_elses_away_unseen(log_in: LogIn, facility: str) -> None:
    session = _first(facility, "/sessions", proposal="mx415", previous=True)["sessionId"]
    collection = _first(facility, "/events", sessionId=session, eventType="dc")["id"]
    page = log_in("ada", f"/collections/{collection}")
    expect(page.get_by_role("button", name="Comment on the collection")).to_be_visible()
    with page.expect_response(lambda answer: answer.url.endswith(f"/datacollections/{collection}")):
        page.keyboard.press("c")
    field = page.get_by_role("textbox", name="Comment on the collection")
    field.fill("mine")
    with _ada(facility) as elsewhere:
        address = f"/datacollections/{collection}"
        elsewhere.patch(address, json={"comments": "twinned, says the other"}).raise_for_status()
        field.press("Control+Enter")
        expect(page.get_by_role("status").filter(has_text="twinned, says the other")).to_be_visible()
        expect(field).to_have_value("mine")
        assert elsewhere.get(address).json()["comments"] == "twinned, says the other"
        field.press("Control+Enter")
        expect(field).to_have_count(0)
        assert elsewhere.get(address).json()["comments"] == "mine"


def test_results_stand_below_each_other_on_a_phone(log_in: LogIn, facility: str) -> None:
    protein = _first(facility, "/proteins", search=MANY)["proteinId"]
    with _ada(facility) as client:
        results = client.get("/processings/results", params={"proteinId": protein}).json()["results"]
    best = next(result for result in results if result["rank"] == 1)
    page = log_in("ada", f"/samples/{best['blSampleId']}")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_test_id("result-row").first).to_be_visible()
    columns = page.get_by_test_id("result-row").evaluate_all(
        """rows => rows.map(row => [...row.querySelectorAll('[data-part=measure]')]
            .map(cell => Math.round(cell.getBoundingClientRect().left)).join())"""
    )
    assert len(columns) > 1
    assert len(set(columns)) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    unit = page.locator("[data-label='Resol.']").first.evaluate("cell => getComputedStyle(cell, '::after').content")
    assert "Å" in unit
