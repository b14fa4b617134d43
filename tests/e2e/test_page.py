"""The page as people use it, in a real browser, on a facility that measures meanwhile."""

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

LogIn = Callable[..., Page]
API = "/ispyb/api/v1"


def _sessions_of(facility: str, login: str) -> list[dict[str, str]]:
    with httpx.Client(base_url=f"{facility}{API}") as client:
        token = client.post("/auth/login", json={"login": login, "password": f"demo-{login}"}).json()["token"]
        found = client.get("/sessions", params={"active": True}, headers={"Authorization": f"Bearer {token}"})
        sessions: list[dict[str, str]] = found.json()["results"]
        return sessions


def _process_one_more(pipeline: httpx.Client, session: str) -> int:
    """Tell of a run on the newest pair of grid scans that has none: the facility's own runs may be minutes apart."""

    def pairs(**more: str) -> list[int]:
        wanted = {"sessionId": session, "eventType": "Mesh", **more}
        found = pipeline.get("/events", params=wanted).raise_for_status().json()["results"]
        return [event["id"] for event in found if event["count"] == 2]

    processed = pairs(processing="success")
    collection = next(key for key in pairs() if key not in processed)
    run = {"dataCollectionId": collection, "processingPrograms": "e2e 3.0", "processingStatus": "success"}
    pipeline.post("/processings/programs", json=run).raise_for_status()
    return collection


@pytest.fixture
def session_page(log_in: LogIn, facility: str) -> Page:
    """The page of a session that runs now."""
    session = _sessions_of(facility, "ada")[0]["sessionId"]
    page = log_in("ada", f"/sessions/{session}")
    expect(page.get_by_test_id("collection-card").first).to_be_visible()
    return page


def test_a_wrong_password_is_refused_in_words(log_in: LogIn) -> None:
    page = log_in("ada", password="not hers")
    expect(page.get_by_role("alert")).to_contain_text("refused")
    expect(page.get_by_test_id("login-form")).to_be_visible()


def test_after_log_in_the_running_sessions_come_first(log_in: LogIn, facility: str) -> None:
    page = log_in("ada")
    running = page.get_by_test_id("session-card")
    expect(running.first).to_be_visible()
    for session in _sessions_of(facility, "ada"):
        expect(page.get_by_text(session["session"], exact=True).first).to_be_visible()


def test_a_running_session_tells_how_far_it_is_while_one_looks(log_in: LogIn, pipeline: httpx.Client) -> None:
    page = log_in("ada")
    card = page.get_by_test_id("session-card").first
    counts = card.get_by_role("list", name="Collected and processed so far")
    expect(counts).to_contain_text(re.compile(r"\d+ collections"))
    page.evaluate("window.neverReloaded = true")
    processed = counts.locator("[data-standing=success]")
    before = processed.inner_text()
    _process_one_more(pipeline, card.get_attribute("data-session-id") or "")
    expect(processed).not_to_have_text(before)
    assert page.evaluate("window.neverReloaded") is True
    processed.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/sessions/\d+\?processing=success"))
    expect(page.get_by_role("button", name=re.compile("^Processed"))).to_have_attribute("aria-pressed", "true")


def test_log_in_returns_to_the_address_asked_for(log_in: LogIn) -> None:
    page = log_in("ada", "/proposals")
    expect(page).to_have_url(re.compile(r"/proposals$"))
    expect(page.get_by_text("mx415").first).to_be_visible()


def test_a_new_collection_appears_without_reload(session_page: Page) -> None:
    cards = session_page.get_by_test_id("collection-card")
    session_page.evaluate("window.neverReloaded = true")
    known = set(cards.evaluate_all("found => found.map(card => card.dataset.collectionId)"))
    assert known
    session_page.wait_for_function(
        """known => [...document.querySelectorAll('[data-testid=collection-card]')]
            .some(card => card.dataset.collectionId && !known.includes(card.dataset.collectionId))""",
        arg=list(known),
        timeout=60_000,
    )
    assert session_page.evaluate("window.neverReloaded") is True


def test_a_collection_opens_and_closes_by_keyboard(session_page: Page) -> None:
    session_page.get_by_test_id("collection-card").first.focus()
    session_page.keyboard.press("Enter")
    expect(session_page).to_have_url(re.compile(r"/sessions/\d+/collections/\d+"))
    expect(session_page.get_by_test_id("collection-beside")).to_contain_text("Geometry")
    session_page.keyboard.press("Escape")
    expect(session_page).to_have_url(re.compile(r"/sessions/\d+(\?.*)?$"))


def test_filters_are_in_the_address_and_come_back_with_it(session_page: Page) -> None:
    session_page.get_by_role("button", name=re.compile("Grid scan")).or_(
        session_page.get_by_role("radio", name=re.compile("Grid scan"))
    ).first.click()
    expect(session_page).to_have_url(re.compile("Mesh"))
    badges = session_page.get_by_test_id("collection-card")
    expect(badges.first).to_contain_text("Grid scan")
    session_page.reload()
    expect(badges.first).to_contain_text("Grid scan")
    assert all("Grid scan" in text for text in badges.all_inner_texts())


def test_what_is_processed_joins_the_list_that_is_filtered_by_it(
    log_in: LogIn, facility: str, pipeline: httpx.Client
) -> None:
    session = _sessions_of(facility, "ada")[0]["sessionId"]
    page = log_in("ada", f"/sessions/{session}")
    page.get_by_role("button", name=re.compile("^Processed")).click()
    expect(page).to_have_url(re.compile("processing=success"))
    cards = page.get_by_test_id("collection-card")
    made = cards.first.get_by_test_id("result-line").or_(cards.first.get_by_test_id("screening-line")).first
    expect(made).to_be_visible()
    page.reload()
    expect(made).to_be_visible()
    collection = _process_one_more(pipeline, session)
    joined = page.locator(f"[data-testid=collection-card][data-collection-id='{collection}']")
    expect(joined.get_by_test_id("result-line")).to_contain_text("e2e")


def test_a_search_without_result_says_so(session_page: Page) -> None:
    session_page.get_by_placeholder("Prefix, sample, comment").fill("nothing is called this")
    expect(session_page.get_by_test_id("collection-card")).to_have_count(0)
    expect(session_page.get_by_text("Nothing matches these filters")).to_be_visible()


def _measured_pair(page: Page) -> Locator:
    """Two grid scans of a crystal that are done; the oldest, which newer ones do not push away."""
    return page.get_by_test_id("collection-card").filter(has_text="2 in group").filter(has_text="Done").last


def test_pointing_at_one_view_of_a_crystal_shows_its_column_in_the_other(session_page: Page) -> None:
    session_page.goto(f"{session_page.url}?kind=Mesh")
    pair = _measured_pair(session_page)
    maps = pair.get_by_role("img", name=re.compile("^Heat map"))
    expect(maps).to_have_count(2)
    expect(pair.get_by_test_id("linked-band")).to_have_count(0)
    band = maps.nth(0).get_by_test_id("linked-band")
    for _ in range(10):  # pictures that arrive meanwhile move the list below the pointer
        maps.nth(1).hover()
        session_page.wait_for_timeout(200)
        if band.is_visible():
            break
    expect(band).to_be_visible()
    session_page.mouse.move(0, 0)
    expect(pair.get_by_test_id("linked-band")).to_have_count(0)


def test_a_click_on_a_box_of_a_grid_shows_its_image(session_page: Page) -> None:
    session_page.goto(f"{session_page.url}?kind=Mesh")
    pair = _measured_pair(session_page)
    pair.get_by_role("heading").click()
    beside = session_page.get_by_test_id("collection-beside")
    beside.get_by_role("application", name=re.compile("^Heat map")).click()
    expect(session_page).to_have_url(re.compile(r"image=\d+"))
    image = re.search(r"image=(\d+)", session_page.url)
    assert image
    expect(beside.get_by_role("textbox", name="Image number")).to_have_value(image[1])


def test_the_image_typed_is_shown_and_stands_in_the_address(session_page: Page) -> None:
    sweeps = session_page.get_by_test_id("collection-card").filter(has_text=re.compile(r"\d × \d"))
    sweeps.filter(has_text="Done").filter(has_not_text="in group").first.get_by_role("heading").click()
    number = session_page.get_by_test_id("collection-beside").get_by_role("textbox", name="Image number")
    number.fill("3")
    expect(session_page).to_have_url(re.compile(r"image=3"))
    # A picture where the detector's files are not on disk, else the numbers of the detector.
    picture = session_page.get_by_role("button", name="Enlarge image 3")
    numbers = session_page.get_by_role("application", name=re.compile(r"\b3\b"))
    expect(picture.or_(numbers)).to_be_attached()


@pytest.mark.parametrize("path", ["/sessions/abc", "/collections/0", "/nothing"])
def test_a_wrong_address_keeps_the_way_back(log_in: LogIn, path: str) -> None:
    page = log_in("ada", path)
    expect(page.get_by_text("There is no such page")).to_be_visible()
    expect(page.get_by_role("navigation", name="Places")).to_be_visible()


def test_a_page_that_could_not_be_drawn_can_be_tried_again(log_in: LogIn) -> None:
    page = log_in("ada")
    expect(page.get_by_test_id("session-card").first).to_be_visible()
    page.route("**/user/current", lambda route: route.abort())
    page.reload()
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    page.unroute("**/user/current")
    again.click()
    expect(page.get_by_test_id("session-card").first).to_be_visible()


def test_the_session_of_a_competing_group_does_not_exist(log_in: LogIn, facility: str) -> None:
    own = {session["sessionId"] for session in _sessions_of(facility, "ada")}
    foreign = next(
        session["sessionId"] for session in _sessions_of(facility, "cleo") if session["sessionId"] not in own
    )
    page = log_in("ada", f"/sessions/{foreign}")
    expect(page.get_by_text(re.compile("not found|no such|cannot see|can see", re.IGNORECASE)).first).to_be_visible()
    expect(page.get_by_test_id("collection-card")).to_have_count(0)


def test_dark_mode_stays_after_a_reload(log_in: LogIn) -> None:
    page = log_in("ada")
    expect(page.get_by_test_id("session-card").first).to_be_visible()
    scheme = page.locator("html")
    for _ in range(3):
        if scheme.get_attribute("data-mantine-color-scheme") == "dark":
            break
        page.get_by_test_id("theme-toggle").click()
        page.wait_for_timeout(500)  # one step of the toggle is drawn before the next is judged
    expect(scheme).to_have_attribute("data-mantine-color-scheme", "dark")
    page.reload()
    expect(scheme).to_have_attribute("data-mantine-color-scheme", "dark")


def test_a_phone_shows_the_session_without_sideways_scrolling(session_page: Page) -> None:
    session_page.set_viewport_size({"width": 390, "height": 844})
    expect(session_page.get_by_test_id("collection-card").first).to_be_visible()
    overflow = session_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 1


def test_logging_out_ends_it(log_in: LogIn) -> None:
    page = log_in("ada")
    expect(page.get_by_test_id("session-card").first).to_be_visible()
    page.get_by_test_id("user-menu").click()
    page.get_by_text(re.compile("log out|sign out", re.IGNORECASE)).click()
    expect(page.get_by_test_id("login-form")).to_be_visible()
    page.go_back()
    expect(page.get_by_test_id("login-form")).to_be_visible()
