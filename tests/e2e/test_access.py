"""Who sees what, as the page tells it and lets people change it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

LogIn = Callable[..., Page]
API = "/ispyb/api/v1"
PROPOSAL = "mx415"


@contextmanager
def client_of(facility: str, login: str) -> Iterator[httpx.Client]:
    """A program of one of the demo's people."""
    with httpx.Client(base_url=f"{facility}{API}") as client:
        token = client.post("/auth/login", json={"login": login, "password": f"demo-{login}"}).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


@pytest.fixture
def ada(facility: str) -> Iterator[httpx.Client]:
    """Leads the proposal."""
    with client_of(facility, "ada") as client:
        yield client


@pytest.fixture
def bo(facility: str) -> Iterator[httpx.Client]:
    """A guest from another laboratory, on the sessions of the proposal."""
    with client_of(facility, "bo") as client:
        yield client


@pytest.fixture
def session(ada: httpx.Client) -> int:
    """The session of the proposal that runs now."""
    found = ada.get("/sessions", params={"proposal": PROPOSAL, "active": True}).json()["results"]
    return int(found[0]["sessionId"])


@pytest.fixture
def unshared(ada: httpx.Client) -> Iterator[None]:
    """Afterwards the proposal is as it was, and nothing of it is shared."""
    yield
    ada.patch(f"/proposals/{PROPOSAL}/sharing", json={"bag": False}).raise_for_status()
    for share in ada.get("/shares", params={"proposal": PROPOSAL}).json()["results"]:
        ada.delete(f"/shares/{share['shareId']}").raise_for_status()


def samples(client: httpx.Client, session: int) -> list[str]:
    """Names of the samples of a session that somebody sees."""
    found = client.get("/samples", params={"sessionId": session, "limit": 500}).json()["results"]
    return [sample["name"] for sample in found]


def test_a_session_tells_first_why_one_sees_it_then_who_else(log_in: LogIn, session: int) -> None:
    page = log_in("ada", f"/sessions/{session}/people")
    panel = page.get_by_test_id("access-panel")
    expect(panel.get_by_role("region", name="You")).to_contain_text("You are on the session.")
    expect(panel.get_by_role("listitem").filter(has_text="Bo Sample")).to_contain_text("Is on the session.")
    administrators = panel.get_by_text("Its members are administrators").first
    expect(administrators).to_be_hidden()
    panel.get_by_text(re.compile("^Administrators")).click()
    expect(administrators).to_be_visible()


def test_a_collection_tells_who_sees_it_by_keyboard(log_in: LogIn, session: int) -> None:
    page = log_in("bo", f"/sessions/{session}")
    page.get_by_test_id("collection-card").first.get_by_role("heading").click()
    button = page.get_by_test_id("collection-beside").get_by_role("button", name=re.compile("^Who sees"))
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("access-panel")).to_contain_text("You are on the session.")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("access-panel")).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.usefixtures("unshared")
def test_laboratories_kept_apart_lose_sight_of_each_other(
    log_in: LogIn, session: int, ada: httpx.Client, bo: httpx.Client
) -> None:
    before = samples(ada, session)
    assert samples(bo, session) == before
    page = log_in("ada", f"/proposals/{PROPOSAL}")
    page.get_by_role("button", name=re.compile("Keep laboratories apart")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("samples of their own laboratory")
    dialog.get_by_role("button", name="Keep apart").click()
    expect(page.get_by_text("Laboratories are kept apart (BAG).")).to_be_visible()
    assert samples(ada, session) == before
    assert samples(bo, session) == []
    page.get_by_role("button", name=re.compile("Let all see all")).click()
    page.get_by_role("dialog").get_by_role("button", name="Let all see all").click()
    expect(page.get_by_text("Everybody on the proposal sees all of it.")).to_be_visible()
    assert samples(bo, session) == before


@pytest.mark.usefixtures("unshared")
def test_a_sample_is_shared_marked_and_taken_back(
    log_in: LogIn, browser: Browser, facility: str, session: int, ada: httpx.Client, bo: httpx.Client
) -> None:
    ada.patch(f"/proposals/{PROPOSAL}/sharing", json={"bag": True}).raise_for_status()
    page = log_in("ada", f"/sessions/{session}/samples")
    row = page.get_by_test_id("sample-row").first
    name = row.get_by_role("link").first.inner_text()
    row.get_by_role("button", name=f"Who sees {name}").click()
    page.get_by_role("button", name="Share …").click()
    form = page.get_by_test_id("share-form")
    form.get_by_role("combobox").or_(form.get_by_role("textbox")).last.fill("Bo")
    page.get_by_role("option", name=re.compile("Bo Sample")).click()
    form.get_by_role("button", name="Share", exact=True).click()
    share = page.get_by_test_id("share")
    expect(share).to_contain_text("Bo Sample")
    expect(share).to_contain_text("by Ada Example")
    assert samples(bo, session) == [name]

    guest = browser.new_context().new_page()
    token = {"login": "bo", "password": "demo-bo", "cookies": True}
    guest.request.post(f"{facility}{API}/auth/login", data=token, headers={"X-ISPyB-Page": "1"})
    guest.goto(f"{facility}/sessions/{session}/samples")
    expect(guest.get_by_role("img", name="Shared with you by Ada Example")).to_be_visible()
    guest.goto(f"{facility}/proposals/{PROPOSAL}")
    expect(guest.get_by_role("region", name="Shared with you")).to_contain_text(name)
    guest.context.close()

    share.get_by_role("button", name=re.compile("^Take back")).click()
    page.get_by_role("dialog", name=re.compile("^Take back")).get_by_role("button", name="Take back").click()
    expect(share).to_have_count(0)
    assert samples(bo, session) == []


def test_a_copied_link_works_without_log_in(
    log_in: LogIn, page: Page, facility: str, session: int, ada: httpx.Client
) -> None:
    events = ada.get("/events", params={"sessionId": session, "limit": 500}).json()["results"]
    attached = next(event["Item"] for event in events if event["type"] == "dc" and event["attachments"])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    log_in("ada", f"/collections/{attached['dataCollectionId']}")
    page.get_by_test_id("file-link").first.click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_attached()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(facility)
    assert httpx.get(link).status_code == 200
    assert httpx.get(link.partition("?")[0]).status_code == 401
